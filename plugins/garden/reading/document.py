"""From a Source to a Document: the only place that builds a `Markdown` object.

A note is converted alone. What the tree leaves as marks and slots in the HTML is cut into parts
here, so that later layers fill gaps and cut out sections without parsing HTML again.
"""

import re
from functools import lru_cache

from markdown import Markdown

from garden.model.names import fold, stem
from garden.model.note import Body, Document, Footnote, Part, Slot, SlotKind, Source, Tag
from garden.model.settings import Reading
from garden.reading.frontmatter import read_front_matter
from garden.reading.syntax import attach, make_markdown
from garden.reading.syntax.engine.findings import Findings
from garden.reading.syntax.engine.serialize import ETX, STX, serialize
from garden.reading.syntax.tree import found_blocks, found_headings

_SLOT = re.compile(f"{STX}([a-z-]+):([^{ETX}]*){ETX}")
_BY_NAME = {kind.value: kind for kind in SlotKind}
_WITH_INDEX = frozenset(
    (
        SlotKind.LINK_OPEN,
        SlotKind.LINK_CLOSE,
        SlotKind.LINK_TEXT,
        SlotKind.EMBED_BLOCK,
        SlotKind.EMBED_INLINE,
        SlotKind.IMAGE,
    )
)


def read_document(source: Source, settings: Reading) -> Document:
    """Convert one note. Depends on its text and the settings only, never on another note."""
    front = read_front_matter(source, settings)
    meta = front.meta
    findings = Findings(source.path, settings, title=meta.title, first_ref=len(meta.refs))
    md = _markdown()
    attach(md, findings, front.body_line)
    html = md.convert(front.body)
    parts, marks = cut(html)
    footnotes = _Footnotes(findings)
    parts = footnotes.number(parts)
    return Document(
        path=source.path,
        sha=source.sha,
        title=findings.title or stem(source.path),
        meta=meta,
        refs=(*meta.refs, *findings.refs),
        tags=_each_once((*meta.tags, *findings.tags)),
        fields=tuple(findings.fields),
        headings=found_headings(findings, marks),
        blocks=found_blocks(findings, marks),
        plain="\n".join(findings.plain),
        words=findings.words,
        body=Body(parts, footnotes.texts()),
        problems=(*source.problems, *front.problems, *sorted(findings.problems)),
    )


def cut(html: str) -> tuple[tuple[Part, ...], dict[int, int]]:
    """Cut serialised HTML at its slots and marks; return the parts, and the part each mark stands before."""
    parts: list[Part] = []
    marks: dict[int, int] = {}
    pieces = _SLOT.split(html)
    for index in range(0, len(pieces), 3):
        if pieces[index]:
            parts.append(pieces[index])
        if index + 2 >= len(pieces):
            break
        name, value = pieces[index + 1], pieces[index + 2]
        if name == "mark":
            marks[int(value)] = len(parts)
        else:
            kind = _BY_NAME[name]
            parts.append(Slot(kind, int(value) if kind in _WITH_INDEX else value))
    return tuple(parts), marks


class _Footnotes:
    """Numbers footnotes by their first reference (FN-1); what is never referred to is not shown (FN-3)."""

    def __init__(self, findings: Findings) -> None:
        self._definitions = findings.footnotes
        self._numbers: dict[str, int] = {}
        self._texts: list[Footnote] = []

    def number(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Return parts whose footnote slots hold indexes instead of labels."""
        if not self._definitions:
            return parts
        numbered = tuple(self._numbered(part) for part in parts)
        done = 0
        # The text of a footnote may refer to further ones.
        while done < len(self._numbers):
            label = list(self._numbers)[done]
            text, _ = cut(serialize(self._definitions[label].element))
            self._texts.append(Footnote(label, done + 1, tuple(self._numbered(part) for part in text)))
            done += 1
        return numbered

    def texts(self) -> tuple[Footnote, ...]:
        """Return the footnotes that are referred to, in order of their numbers."""
        return tuple(self._texts)

    def _numbered(self, part: Part) -> Part:
        if isinstance(part, Slot) and part.kind is SlotKind.FOOTNOTE:
            return Slot(SlotKind.FOOTNOTE, self._numbers.setdefault(str(part.value), len(self._numbers)))
        return part


def _each_once(tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
    first: dict[str, Tag] = {}
    for tag in tags:
        first.setdefault(fold(tag.name), tag)
    return tuple(first.values())


@lru_cache(maxsize=1)
def _markdown() -> Markdown:
    # One object serves all notes of a process: the rules keep no state between conversions.
    return make_markdown()
