"""Reads the questions with answers, and the steps of a how-to, that a note has for search engines (FM-19).

Search engines require that readers see the same texts. So a question or step counts only if the text of the note
contains it, whatever its markup and punctuation there.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final, NamedTuple

from msgspec.structs import replace

from garden.model.diagnostic import Diagnostic, Place
from garden.model.note import Meta, TitledText
from garden.reading.frontmatter.parsing.quoting import quoted
from garden.reading.frontmatter.parsing.yaml_nodes import YamlMapping, YamlNode, YamlScalar, YamlSequence


class _Form(NamedTuple):
    """The form of the items of a key: the names of their two parts, and the noun for messages."""

    title: str
    text: str
    noun: str


QUESTIONS: Final = "faq"
"""The key of questions."""

STEPS: Final = ("howto-steps", "howto_steps")
"""The keys of steps, of which the first with any counts."""

_FORMS: Final = {QUESTIONS: _Form("question", "answer", "question")} | dict.fromkeys(
    STEPS, _Form("name", "text", "step")
)
_LINK: Final = re.compile(r"!?\[\[(?:[^\]|\n]*\|)?([^\]|\n]*)\]\]")
_MARKUP: Final = re.compile(r"[*`]+|\b_+|_+\b")
_WORD: Final = re.compile(r"\w+")


def titled_texts(key: str, node: YamlNode) -> tuple[TitledText, ...]:
    """Return the items of a list of mappings; nothing for any other value, which is for the author's own purposes."""
    form = _FORMS[key]
    if not isinstance(node, YamlSequence):
        return ()
    return tuple(
        TitledText(_value(item, form.title), _value(item, form.text))
        for item in node.items
        if isinstance(item, YamlMapping)
    )


def shown_alone(meta: Meta, shown: Iterable[str]) -> tuple[Meta, list[Diagnostic]]:
    """Return `meta` with only the questions and steps that the texts `shown` contain, and the problems with the others."""
    if not (meta.questions or meta.steps):
        return meta, []
    text = _words("\n".join(shown))
    problems: list[Diagnostic] = []
    steps_key = next((key for key in STEPS if key in meta.places), STEPS[0])
    questions = tuple(_kept(QUESTIONS, meta.questions, meta, text, problems))
    steps = tuple(_kept(steps_key, meta.steps, meta, text, problems))
    return replace(meta, questions=questions, steps=steps), problems


def _kept(
    key: str, items: tuple[TitledText, ...], meta: Meta, text: str, problems: list[Diagnostic]
) -> Iterator[TitledText]:
    """Yield the items whose title is in the text of the note; add problems with the others."""
    form = _FORMS[key]
    place = meta.places.get(key, Place("", 1, 1))
    for number, (title, said) in enumerate(items, 1):
        if not (title or said):
            continue  # from a template, and not filled in yet
        if not (title and said):
            missing = form.text if title else form.title
            problem = f"item {number} of {quoted(key)} has no {quoted(missing)}"
            problems.append(Diagnostic(place, "data-unshown", problem))
        elif _words(title) not in text:
            problem = (
                f"the {form.noun} {quoted(title)} is not in the text, so it is left out of the page's data"
            )
            remedy = "write it into the text as well: the data may contain only what readers see"
            problems.append(Diagnostic(place, "data-unshown", problem, remedy))
        else:
            yield TitledText(title, said)


def _value(item: YamlMapping, name: str) -> str:
    """Return a text of a mapping without markup, since search engines show it as it is."""
    for key, value in item.pairs:
        if isinstance(key, YamlScalar) and isinstance(value, YamlScalar) and key.text.strip().lower() == name:
            return " ".join(_MARKUP.sub("", _LINK.sub(r"\1", value.text)).split())
    return ""


def _words(text: str) -> str:
    """Return the words of a text with single spaces between and around them, so that only whole words are found in it."""
    return f" {' '.join(_WORD.findall(text.casefold()))} "
