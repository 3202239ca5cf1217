"""The second look at what seems to leak: what the program itself writes, or makes of public notes, is no leak.

The first look compares plain words. A few of them stand in the output although no public note has them so: words
of the theme and of its translations, names of months, `nodejs` in the id of the heading "Node.js", `bold` for
`**b**old`. This is asked only for what the first look has found, so it may be slow and thorough.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final

from babel import Locale, UnknownLocaleError

from garden.linking.resolution import Found
from garden.model.names import VaultPath
from garden.model.note import Slot, SlotKind
from garden.publishing.leaks.needles import Needles
from garden.publishing.leaks.sources import Sources, name_words
from garden.publishing.leaks.words import readable, words_of
from garden.vault.site import Site

_PACKAGE: Final = Path(__file__).parents[2]
_WRITING: Final = ("linking", "model", "publishing", "reading", "rendering")
"""The folders of the program whose texts may stand in pages."""

_DOCSTRING: Final = re.compile(r'"""(?s:.*?)"""')
_STRING: Final = re.compile(r'"(?:[^"\\\n]|\\.)*"')
_IN_WORDS: Final = re.compile(r"[\W_]+")
_DIVIDED: Final = re.compile(r"[^\W_]+(?:[^\w\s]|_)+\w\S*")
_TAG: Final = re.compile(r"<[^<>]*>")
_LARGEST: Final = 2_000_000  # bytes of a file of the author's theme


def remove_public(
    site: Site, sources: Sources, own_files: Sequence[Path], needles: Needles, lasting: Needles
) -> None:
    """Remove from `needles` what is public after all.

    `lasting` are those from public notes themselves, such as their comments: what the program makes of the notes
    does not excuse them.
    """
    for text in (*_program_texts(own_files), *_locale_texts(site)):
        needles.remove(words_of(readable(text)))
    for passage in sources.public:
        needles.words.difference_update(_joined(passage.text))
        # Ids and addresses keep the words of a heading or a title, and none of its brackets and quotation marks.
        for line in (passage.path, *passage.text.split("\n")):
            needles.remove(name_words(line))
    kept = Needles(
        needles.words & lasting.words, {n: found & lasting.phrases[n] for n, found in needles.phrases.items()}
    )
    for text in _derived_texts(site):
        if not needles:
            break
        needles.remove(words_of(readable(text)))
    needles.words |= kept.words
    for length, found in kept.phrases.items():
        needles.phrases[length] |= found


def _program_texts(own_files: Sequence[Path]) -> Iterator[str]:
    """Yield what the program, the theme and the settings say."""
    for folder in _WRITING:
        for file in sorted((_PACKAGE / folder).rglob("*.py")):
            text = _DOCSTRING.sub("", file.read_text(encoding="utf-8"))
            yield "\n".join(_STRING.findall(text))
    for entry in own_files:
        for file in sorted(
            path for path in (entry.rglob("*") if entry.is_dir() else (entry,)) if path.is_file()
        ):
            if file.stat().st_size <= _LARGEST:
                yield file.read_bytes().decode("utf-8", "replace")


def _locale_texts(site: Site) -> Iterator[str]:
    """Yield the names of months, days and languages in the languages of the site."""
    languages = {
        site.settings.language,
        *(document.meta.lang for document in site.snapshot.documents.values()),
    }
    for language in sorted(filter(None, languages)):
        try:
            locale = Locale.parse(language.replace("_", "-"), sep="-")
        except (ValueError, UnknownLocaleError):
            continue
        for names in (locale.months, locale.days, locale.quarters, locale.day_periods):
            yield "\n".join(
                str(name)
                for context in names.values()
                for width in context.values()
                for name in width.values()
            )
        yield "\n".join(map(str, locale.languages.values()))


def _joined(text: str) -> set[str]:
    """Return the words of a text that its markup divides: `Node.js` as `nodejs`."""
    return {word for chunk in _DIVIDED.findall(text) for word in words_of(_IN_WORDS.sub("", chunk))}


def _derived_texts(site: Site) -> Iterator[str]:
    """Yield what reading has made of each public note alone: nothing of another note can be in it but its title."""
    for path, document in site.snapshot.documents.items():
        if not document.published:
            continue
        yield f"{document.title}\n{document.plain}\n{document.terms}\n{document.meta.summary}"
        yield " and ".join(document.meta.authors)  # as citations list them
        body = site.body(path)
        for parts in (body.parts, body.markdown, *(note.parts for note in body.footnotes)):
            html = _filled(site, path, parts)
            yield html
            yield _TAG.sub(" ", html)
            yield _TAG.sub("", html)


def _filled(site: Site, path: VaultPath, parts: Iterable[str | Slot]) -> str:
    """Return a body with the titles of the public notes that it links to."""
    return "".join(part if isinstance(part, str) else _shown(site, path, part) for part in parts)


def _shown(site: Site, path: VaultPath, slot: Slot) -> str:
    if slot.kind is not SlotKind.LINK_TEXT or not isinstance(slot.value, int):
        return slot.value if isinstance(slot.value, str) else ""
    index = slot.value
    refs, resolutions = site.snapshot.documents[path].refs, site.snapshot.resolutions.get(path, ())
    match resolutions[index] if index < len(resolutions) else None:
        case Found(node) if node.kind == "note" and site.snapshot.documents[VaultPath(node.key)].published:
            return site.snapshot.title(node)
    return refs[index].raw if index < len(refs) else ""
