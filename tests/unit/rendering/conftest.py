"""A vault made by hand, so that rendering is tested without the parser."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot, link
from garden.model.diagnostic import Place
from garden.model.names import VaultPath, anchor, heading_key, stem
from garden.model.note import (
    Block,
    Body,
    Date,
    Document,
    Footnote,
    Heading,
    Meta,
    Part,
    Ref,
    RefKind,
    Slot,
    SlotKind,
    Status,
    Tag,
)
from garden.model.pages import NotePage
from garden.model.settings import Settings
from garden.model.target import markdown_target, split_wikilink, wiki_target
from garden.rendering.body.fill import Filled, fill
from garden.rendering.catalog import Catalog
from garden.rendering.pages.all import node_view


class Vault:
    """Notes written as pieces: HTML as it is, `[[a|b]]`, `![[a]]`, `[t](a)`, `![t](a)`, or a Slot."""

    def __init__(self) -> None:
        self.documents: dict[VaultPath, Document] = {}
        self.files: list[str] = []
        self.settings = Settings()
        self._line = 0

    def note(  # noqa: PLR0913 - a note has as many sides
        self,
        path: str,
        *pieces: str | Slot,
        title: str = "",
        status: Status = Status.PUBLISHED,
        tags: Sequence[str] = (),
        date: str = "",
        modified: str = "",
        footnotes: Sequence[Sequence[str | Slot]] = (),
        headings: Sequence[Heading] = (),
        blocks: Sequence[Block] = (),
        plain: str = "",
        words: int = 0,
        terms: str = "",
        relations: Sequence[str] = (),
        block_embeds: bool = True,
        **meta: Any,
    ) -> None:
        """Add a note; `relations` are full lines such as `up:: [[a]]`, which the body does not show."""
        refs: list[Ref] = []
        for written in relations:
            relation, _, value = written.partition(":: ")
            refs.append(self._ref(path, value, relation))
        parts = self._parts(path, pieces, refs, block_embeds)
        notes = tuple(
            Footnote(str(number), number, self._parts(path, inner, refs, block_embeds))
            for number, inner in enumerate(footnotes, 1)
        )
        self.documents[VaultPath(path)] = Document(
            path=VaultPath(path),
            sha="",
            title=title or stem(path),
            meta=Meta(status=status, date=made_date(date), modified=made_date(modified), **meta),
            refs=tuple(refs),
            tags=tuple(Tag(name, Place(path, 1, 1)) for name in tags),
            headings=tuple(headings),
            blocks=tuple(blocks),
            plain=plain,
            words=words,
            terms=terms,
            body=Body(parts, notes),
        )

    def set(self, **settings: Any) -> None:
        """Change settings."""
        self.settings = replace(self.settings, **settings)

    def snapshot(self) -> Snapshot:
        """Link the vault."""
        return link(self.documents, map(VaultPath, self.files), self.settings)

    def catalog(self) -> Catalog:
        """Link the vault and make it ready for pages."""
        return Catalog(self.snapshot(), self.settings)

    def body(self, path: VaultPath) -> Body:
        """Return a note's body."""
        return self.documents[path].body

    def fill(self, path: str) -> Filled:
        """Fill the body of a note."""
        return fill(self.snapshot(), self.body, VaultPath(path), self.settings)

    def html(self, path: str) -> str:
        """Return the filled body of a note."""
        return self.fill(path).html

    def page(self, key: str, kind: str = "note") -> NotePage:
        """Return the page of a note or hub."""
        return node_view(self.catalog(), self.body, Node(kind, key)).page

    def _parts(
        self, path: str, pieces: Sequence[str | Slot], refs: list[Ref], block: bool
    ) -> tuple[Part, ...]:
        parts: list[Part] = []
        for piece in pieces:
            if isinstance(piece, Slot) or not piece.startswith(("[", "!")):
                parts.append(piece)
                continue
            ref, index = self._ref(path, piece), len(refs)
            refs.append(ref)
            if ref.kind is RefKind.EMBED:
                parts.append(Slot(SlotKind.EMBED_BLOCK if block else SlotKind.EMBED_INLINE, index))
            elif ref.kind is RefKind.IMAGE:
                parts.append(Slot(SlotKind.IMAGE, index))
            else:
                text = ref.display or Slot(SlotKind.LINK_TEXT, index)
                parts.extend((Slot(SlotKind.LINK_OPEN, index), text, Slot(SlotKind.LINK_CLOSE, index)))
        return tuple(parts)

    def _ref(self, path: str, written: str, relation: str = "") -> Ref:
        self._line += 1
        place = Place(path, self._line, 1)
        embed = written.startswith("!")
        plain = written.removeprefix("!")
        sentence = "" if relation or embed else f"Before {written} after."
        cited = (7, 7 + len(written)) if sentence else (0, 0)
        if plain.startswith("[["):
            split = split_wikilink(plain[2:-2])
            assert split is not None
            kind = RefKind.EMBED if embed else RefKind.WIKILINK
            display, _, size = split[1].partition("|") if embed else (split[1], "", "")
            if embed and display[:1].isdigit():
                display, size = "", display
            return Ref(
                kind, wiki_target(split[0]), split[0], place, display, relation, sentence, cited, size=size
            )
        display, _, dest = plain[1:-1].partition("](")
        kind = RefKind.IMAGE if embed else RefKind.MARKDOWN
        return Ref(kind, markdown_target(dest), dest, place, display, relation, sentence, cited)


def made_date(iso: str) -> Date | None:
    """Read an ISO date, empty for none."""
    return Date(iso, int(iso[:4]), int(iso[5:7]), int(iso[8:10])) if iso else None


def made_heading(text: str, start: int, end: int, level: int = 2, *, shown: bool = True) -> Heading:
    """Make a heading whose section is `parts[start:end]`."""
    return Heading(level, text, heading_key(text), anchor(text), Place("", 1, 1), start, end, shown)


@pytest.fixture
def vault() -> Vault:
    """An empty vault."""
    return Vault()
