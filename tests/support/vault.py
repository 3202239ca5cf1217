"""Vaults and the notes in them: the one place where tests write, read, make or link any.

Files on disk (`write_vault`), notes read from their text (`read_note`, `read_vault`), and notes made by
hand, without the parser (`make_document`, `link_documents`, `Vault`).
"""

import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from garden.linking.link_vault import link_vault
from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.body import Body, Footnote, Part, Slot, SlotKind
from garden.model.diagnostic import Place
from garden.model.names import Anchor, VaultPath, anchor, heading_key, stem
from garden.model.note import OPENING, Block, Date, Document, Heading, Meta, Ref, RefKind, Status, Tag
from garden.model.pages.page import NotePage
from garden.model.settings import ReadingSettings, Settings
from garden.model.target import markdown_target, split_wikilink, wiki_target
from garden.reading.document import read_document
from garden.reading.source import read_source
from garden.rendering.body.fill import Filled, fill
from garden.rendering.catalog import Catalog
from garden.rendering.pages.all import node_view

Piece = str | Slot
"""HTML as it is, a link (`[[a|b]]`, `![[a]]`, `[t](a)`, `![t](a)`), a line of a relation (`up:: [[a]]`), or a Slot."""

FIRST_LINE = 10
"""The line of a made note's first link; each one stands on a line of its own."""

_FIELD = re.compile(r"(?P<relation>\w[\w -]*):: (?P<value>\S.*)")


def write_vault(files: Mapping[str, str | bytes], folder: Path | None = None) -> Path:
    """Write the files (path → text, or bytes) into a folder, a new temporary one unless named, and return it.

    Text is written exactly, without translating line ends.
    """
    root = folder or Path(tempfile.mkdtemp(prefix="vault-"))
    root.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return root


def read_note(text: str | bytes, path: str = "a.md", settings: ReadingSettings | None = None) -> Document:
    """Read one note from its text."""
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    return read_document(read_source(VaultPath(path), content), settings or ReadingSettings())


def read_vault(notes: Mapping[str, str], settings: Settings | None = None) -> Snapshot:
    """Read and link the notes of these texts, the outlines of their lists included; an empty text gets a word."""
    settings = settings or Settings()
    reading = replace(settings.reading, outlines=True)
    documents = (read_note(text or "text", path, reading) for path, text in notes.items())
    return link_documents(*documents, settings=settings)


def link_documents(
    *documents: Document, files: Sequence[str] = (), settings: Settings | None = None
) -> Snapshot:
    """Link a vault of these notes and files."""
    by_path = {document.path: document for document in documents}
    return link_vault(by_path, [VaultPath(path) for path in files], settings or Settings())


def make_document(  # noqa: PLR0913 - a note has that many sides
    path: str,
    *pieces: Piece,
    title: str = "",
    status: Status = Status.PUBLISHED,
    front: Sequence[str] = (),
    tags: Sequence[str] = (),
    headings: Sequence[str | Heading] = (),
    blocks: Sequence[str | Block] = (),
    footnotes: Sequence[Sequence[Piece]] = (),
    relations: Sequence[str] = (),
    refs: Sequence[Ref] = (),
    date: str = "",
    modified: str = "",
    plain: str = "",
    words: int = 0,
    terms: str = "",
    block_embeds: bool = True,
    **meta: Any,
) -> Document:
    """Make a note whose body are these pieces.

    `front` holds links of the front matter (`[[a]]`, `up:: [[a]]`, or a plain name), `relations` lines such
    as `up:: [[a]]`, which the body does not show, `refs` whatever cannot be written so. A heading that is
    text begins with its `#`, a block that is text is its id. `meta` are further keys of the front matter.
    """
    making = _Making(path, block_embeds)
    front_refs = [_front_ref(path, line, text) for line, text in enumerate(front, start=2)]
    for written in relations:
        making.part(written)
    parts = making.parts(pieces)
    texts = map(making.parts, footnotes)
    notes = tuple(Footnote(str(n), n, text, without_tags(text)) for n, text in enumerate(texts, start=1))
    made_tags = tuple(Tag(name, Place(path, 1, 1)) for name in tags)
    return Document(
        VaultPath(path),
        sha=path,
        title=title or stem(path),
        meta=Meta(
            title=title,
            status=status,
            date=made_date(date),
            modified=made_date(modified),
            tags=made_tags,
            refs=tuple(front_refs),
            places={key: Place(path, 2, 1) for key in meta},
            **meta,
        ),
        refs=(*front_refs, *making.refs, *refs),
        tags=made_tags,
        headings=tuple(_heading(path, line, text) for line, text in enumerate(headings, start=100)),
        blocks=tuple(_block(path, block) for block in blocks),
        opening=plain[:OPENING],
        has_text=bool(plain.strip()),
        words=words,
        body=Body(parts, notes, markdown=without_tags(parts), plain=plain, terms=terms),
    )


def without_tags(parts: Sequence[Part]) -> tuple[Part, ...]:
    """Return parts without tags, which is what they are in Markdown here."""
    joined: list[Part] = []
    for part in parts:
        text = str(part.value) if isinstance(part, Slot) and part.kind is SlotKind.HEADING_LEVEL else part
        if isinstance(text, str) and joined and isinstance(joined[-1], str):
            joined[-1] += text
        else:
            joined.append(text)
    return tuple(re.sub("<[^>]*>", "", part) if isinstance(part, str) else part for part in joined)


def made_date(iso: str) -> Date | None:
    """Read an ISO date, empty for none."""
    return Date(iso, int(iso[:4]), int(iso[5:7]), int(iso[8:10])) if iso else None


def made_heading(text: str, start: int, end: int, level: int = 2, *, shown: bool = True) -> Heading:
    """Make a heading whose section is `parts[start:end]`."""
    return Heading(level, text, heading_key(text), anchor(text), Place("", 1, 1), start, end, shown)


class Vault:
    """A vault of made notes, and what is asked of it."""

    def __init__(self) -> None:
        self.documents: dict[VaultPath, Document] = {}
        self.files: list[str] = []
        self.settings = Settings()

    def note(self, path: str, *pieces: Piece, **others: Any) -> None:
        """Add a note, made as `make_document` does."""
        self.documents[VaultPath(path)] = make_document(path, *pieces, **others)

    def set(self, **settings: Any) -> None:
        """Change settings."""
        self.settings = replace(self.settings, **settings)

    def snapshot(self) -> Snapshot:
        """Link the vault."""
        return link_documents(*self.documents.values(), files=self.files, settings=self.settings)

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


class _Making:
    """The references and parts of a note that is being made."""

    def __init__(self, path: str, block_embeds: bool) -> None:
        self.refs: list[Ref] = []
        self._path = path
        self._embed = SlotKind.EMBED_BLOCK if block_embeds else SlotKind.EMBED_INLINE

    def parts(self, pieces: Sequence[Piece]) -> tuple[Part, ...]:
        """Return the parts of a body that these pieces make."""
        return tuple(part for piece in pieces for part in self.part(piece))

    def part(self, piece: Piece) -> Sequence[Part]:
        """Return the parts that a piece makes; remember its reference."""
        if isinstance(piece, Slot):
            return [piece]
        field = _FIELD.fullmatch(piece)
        if field is None and not piece.startswith(("[", "![")):
            return [piece]
        relation, written = field.groups() if field else ("", piece)
        index = len(self.refs)
        ref = _link(written, Place(self._path, FIRST_LINE + index, 1), relation)
        self.refs.append(ref)
        if field:
            return []
        if ref.kind is RefKind.EMBED:
            return [Slot(self._embed, index)]
        if ref.kind is RefKind.IMAGE:
            return [Slot(SlotKind.IMAGE, index)]
        text = ref.display or Slot(SlotKind.LINK_TEXT, index)
        return [Slot(SlotKind.LINK_OPEN, index), text, Slot(SlotKind.LINK_CLOSE, index)]


def _link(written: str, place: Place, relation: str) -> Ref:
    """Return the reference that a link in a body makes; one in text is in a sentence."""
    embed = written.startswith("!")
    plain = written.removeprefix("!")
    sentence = "" if relation or embed else f"Before {written} after."
    cited = (7, 7 + len(written)) if sentence else (0, 0)
    if not plain.startswith("["):
        return Ref(RefKind.PROPERTY, wiki_target(plain), plain, place, relation=relation, plain_name=True)
    if plain.startswith("[["):
        split = split_wikilink(plain[2:-2])
        assert split is not None
        kind = RefKind.EMBED if embed else RefKind.WIKILINK
        display, _, size = split[1].partition("|") if embed else (split[1], "", "")
        if embed and display[:1].isdigit():
            display, size = "", display
        target = wiki_target(split[0])
        return Ref(kind, target, split[0], place, display, relation, sentence, cited, size=size)
    display, _, dest = plain[1:-1].partition("](")
    kind = RefKind.IMAGE if embed else RefKind.MARKDOWN
    return Ref(kind, markdown_target(dest), dest, place, display, relation, sentence, cited)


def _front_ref(path: str, line: int, written: str) -> Ref:
    """Return the reference that a value in the front matter makes."""
    relation, _, value = written.rpartition(":: ")
    ref = _link(value, Place(path, line, 1), relation)
    kind = RefKind.PROPERTY if ref.kind is RefKind.WIKILINK else ref.kind
    return replace(ref, kind=kind, sentence="", cited=(0, 0))


def _heading(path: str, line: int, heading: str | Heading) -> Heading:
    if isinstance(heading, Heading):
        return heading
    marks, _, text = heading.partition(" ")
    return Heading(len(marks), text, heading_key(text), anchor(text), Place(path, line, 1), line, line)


def _block(path: str, block: str | Block) -> Block:
    return block if isinstance(block, Block) else Block(block, Anchor("^" + block), Place(path, 200, 1), 0, 1)
