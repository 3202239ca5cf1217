"""Documents made by hand, so that linking is tested without the parser."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

from garden.linking.snapshot import Node, Snapshot, link
from garden.model.diagnostic import Place
from garden.model.names import Anchor, VaultPath, anchor, heading_key, stem
from garden.model.note import Block, Document, Heading, Meta, Ref, RefKind, Status, Tag
from garden.model.settings import Settings
from garden.model.target import markdown_target, split_wikilink, wiki_target
from garden.reading.document import read_document
from garden.reading.source import read_source


def make_ref(written: str, place: Place, relation: str = "", *, front: bool = False) -> Ref:
    """Read `[[a|b]]`, `![[a]]`, `[t](dest)`, `![alt](dest)` or, in front matter, a plain name."""
    embed = written.startswith("!")
    plain = written.removeprefix("!")
    if plain.startswith("[["):
        split = split_wikilink(plain[2:-2])
        assert split is not None
        kind = RefKind.PROPERTY if front else RefKind.EMBED if embed else RefKind.WIKILINK
        return Ref(kind, wiki_target(split[0]), split[0], place, display=split[1], relation=relation)
    if plain.startswith("["):
        text, _, dest = plain[1:-1].partition("](")
        kind = RefKind.IMAGE if embed else RefKind.MARKDOWN
        return Ref(kind, markdown_target(dest), dest, place, display=text, relation=relation)
    return Ref(RefKind.PROPERTY, wiki_target(plain), plain, place, relation=relation, plain_name=True)


def make_document(  # noqa: PLR0913  # a note has that many sides
    path: str,
    *links: str,
    title: str = "",
    status: Status = Status.PUBLISHED,
    front: Sequence[str] = (),
    tags: Sequence[str] = (),
    headings: Sequence[str] = (),
    blocks: Sequence[str] = (),
    aliases: Sequence[str] = (),
    authors: Sequence[str] = (),
    **others: str,
) -> Document:
    """Build a note; every link stands on a line of its own, the first on line 10.

    A link may begin with a field (`up:: [[x]]`), `front` holds the same for properties. Headings
    begin with their `#`. `others` are further keys of the front matter.
    """
    front_refs = []
    for line, written in enumerate(front, start=2):
        relation, _, value = written.rpartition(":: ")
        front_refs.append(make_ref(value, Place(path, line, 1), relation, front=True))
    refs = []
    for line, written in enumerate(links, start=10):
        relation, _, value = written.rpartition(":: ")
        refs.append(make_ref(value, Place(path, line, 1), relation))
    made_headings = []
    for line, written in enumerate(headings, start=100):
        marks, _, text = written.partition(" ")
        key = heading_key(text)
        made_headings.append(Heading(len(marks), text, key, anchor(text), Place(path, line, 1), line, line))
    made_blocks = tuple(Block(name, Anchor("^" + name), Place(path, 200, 1), 0, 1) for name in blocks)
    made_tags = tuple(Tag(name, Place(path, 1, 1)) for name in tags)
    meta = Meta(
        title=title,
        status=status,
        aliases=tuple(aliases),
        authors=tuple(authors),
        tags=made_tags,
        refs=tuple(front_refs),
        places={key: Place(path, 2, 1) for key in others},
        **others,  # type: ignore[arg-type]  # all the keys that tests use are text
    )
    return Document(
        VaultPath(path),
        sha=path,
        title=title or stem(path),
        meta=meta,
        refs=(*front_refs, *refs),
        tags=made_tags,
        headings=tuple(made_headings),
        blocks=made_blocks,
    )


def link_all(*documents: Document, files: Sequence[str] = (), settings: Settings | None = None) -> Snapshot:
    """Link a vault of these notes and files."""
    by_path = {document.path: document for document in documents}
    return link(by_path, [VaultPath(path) for path in files], settings or Settings())


@pytest.fixture
def note() -> Callable[..., Document]:
    """Give the builder of notes."""
    return make_document


@pytest.fixture
def linked() -> Callable[..., Snapshot]:
    """Give the function that links notes and files into a snapshot."""
    return link_all


def read_all(notes: Mapping[str, str], settings: Settings | None = None) -> Snapshot:
    """Read and link the notes of these texts; what is empty has a word in it."""
    settings = settings or Settings()
    reading = replace(settings.reading, outlines=True)
    sources = (read_source(VaultPath(path), (text or "text").encode()) for path, text in notes.items())
    documents = {source.path: read_document(source, reading) for source in sources}
    return link(documents, [], settings)


@pytest.fixture
def vault() -> Callable[..., Snapshot]:
    """Give the function that reads and links notes from their texts."""
    return read_all


@pytest.fixture
def related() -> Callable[..., list[str]]:
    """Give the function that names what stands in a relation to a note, as `path` or `hub:name`."""

    def names(snapshot: Snapshot, path: str, relation: str, kind: str = "note") -> list[str]:
        edges = snapshot.relations.get(Node(kind, path), {}).get(relation, ())
        return [
            f"text:{edge.text}"
            if edge.node is None
            else ("hub:" if edge.node.kind == "hub" else "") + edge.node.key
            for edge in edges
        ]

    return names
