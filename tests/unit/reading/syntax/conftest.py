"""Reading one note, with its HTML in a form that tests can spell out."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from garden.model.body import Part, SlotKind
from garden.model.note import Document
from garden.model.settings import ReadingSettings
from tests.support.vault import read_note


@dataclass(frozen=True)
class Note:
    """What was read. In `html` a link is `<to x>text</to>`, a tag `<tag x>#x</tag>`, an embed `<embed x>`."""

    document: Document

    @property
    def exact(self) -> str:
        return self._html(self.document.body.parts)

    @property
    def html(self) -> str:
        return _compact(self.exact)

    @property
    def footnotes(self) -> list[str]:
        return [_compact(self._html(note.parts)) for note in self.document.body.footnotes]

    @property
    def links(self) -> list[str]:
        """Destination, place and, where there is one, the relation of every reference."""
        return [
            f"{ref.raw} {ref.place.line}:{ref.place.column} {ref.relation}".strip()
            for ref in self.document.refs
        ]

    @property
    def tags(self) -> list[str]:
        return [f"{tag.name} {tag.place.line}:{tag.place.column}" for tag in self.document.tags]

    @property
    def fields(self) -> list[str]:
        return [
            f"{field.key}={field.value} {field.place.line}:{field.place.column}"
            for field in self.document.fields
        ]

    @property
    def problems(self) -> list[str]:
        return [
            f"{problem.code} {problem.place.line}:{problem.place.column}"
            for problem in self.document.problems
        ]

    @property
    def headings(self) -> list[str]:
        return [f"{heading.text} #{heading.anchor}" for heading in self.document.headings]

    @property
    def blocks(self) -> dict[str, str]:
        """The HTML of every block with an id."""
        parts = self.document.body.parts
        return {
            block.id: _compact(self._html(parts[block.start : block.end])) for block in self.document.blocks
        }

    def _html(self, parts: tuple[Part, ...]) -> str:
        return "".join(part if isinstance(part, str) else self._slot(part.kind, part.value) for part in parts)

    def _slot(self, kind: SlotKind, value: Any) -> str:
        match kind:
            case SlotKind.LINK_OPEN:
                return f"<to {self.document.refs[value].raw}>"
            case SlotKind.LINK_TEXT:
                return "…"
            case SlotKind.LINK_CLOSE:
                return "</to>"
            case SlotKind.EMBED_BLOCK | SlotKind.EMBED_INLINE | SlotKind.IMAGE:
                return f"<{kind.value.removesuffix('-block')} {self.document.refs[value].raw}>"
            case SlotKind.TAG_OPEN:
                return f"<tag {value}>"
            case SlotKind.TAG_CLOSE:
                return "</tag>"
            case SlotKind.FOOTNOTE:
                return f"<note {value + 1}>"
            case _:
                return str(value)


def _compact(html: str) -> str:
    """Drop the line breaks that only separate blocks, and the names of boxes."""
    return re.sub(r'(?<=>)\n|\n(?=</li>)| aria-label="[^"]*"', "", html)


Reader = Callable[..., Note]


@pytest.fixture
def read() -> Reader:
    """Read one note: `read(text, **settings)`."""

    def reading(text: str, **settings: Any) -> Note:
        return Note(read_note(text, settings=ReadingSettings(**settings)))

    return reading
