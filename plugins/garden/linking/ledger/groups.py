"""Hubs, tags, categories and authors that are in the ledger but no longer on the site, and what they were renamed to.

One was renamed if all notes that it had, and that still exist, have the same new hub, tag, category or author, which was not
in the ledger before.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from garden.linking.ledger.state import KnownAddresses, PublishedGroup
from garden.linking.note_groups import lineage
from garden.linking.relation import Node
from garden.model.ledger import LedgerLine, LineKey, LineKind
from garden.model.names import VaultPath, fold
from garden.model.note import Document

_KINDS: tuple[LineKind, ...] = ("hub", "tag", "category", "author")


def vanished_groups(known: KnownAddresses, groups: Sequence[PublishedGroup]) -> list[LedgerLine]:
    """Return the lines of hubs, tags, categories and authors that no longer have a page."""
    present = {group.key for group in groups}
    return [
        line for line in known.ledger.lines.values() if line.key.kind in _KINDS and line.key not in present
    ]


def successors(
    vanished: Iterable[LedgerLine],
    known: KnownAddresses,
    documents: Mapping[VaultPath, Document],
    parents: Mapping[Node, Sequence[Node]],
    meant: Callable[[str], str],
) -> dict[LineKey, LineKey]:
    """Return the new key of each of the `vanished` lines that was renamed.

    `parents` are the parents of each page. `meant` returns the tag that a tag stands for by the settings.
    """
    found: dict[LineKey, LineKey] = {}
    for line in vanished:
        if line.key.kind == "tag" and fold(meant(line.key.name)) != line.key.name:
            found[line.key] = LineKey("tag", fold(meant(line.key.name)))
            continue
        new = [
            {key for key in _groups_of(document, line.key.kind, parents) if key not in known.ledger.lines}
            for document in members_left(line, known, documents)
        ]
        same = set.intersection(*new) if new else set()
        if len(same) > 1:
            # A note with the tag `a/b` also counts for `a`: only a tag of the same depth can be the new name.
            same = {key for key in same if key.name.count("/") == line.key.name.count("/")}
        if len(same) == 1:
            found[line.key] = same.pop()
    return found


def members_left(
    line: LedgerLine, known: KnownAddresses, documents: Mapping[VaultPath, Document]
) -> Iterator[Document]:
    """Yield the notes in a line that still exist, perhaps at another path, and are listed."""
    for path in line.members:
        document = documents.get(known.paths.get(path, VaultPath(path)))
        if document and document.listed:
            yield document


def _groups_of(
    document: Document, kind: LineKind, parents: Mapping[Node, Sequence[Node]]
) -> Iterator[LineKey]:
    """Yield the tags, categories or authors of a note, or its parents for the kind "hub"."""
    match kind:
        case "tag":
            names = [name for tag in document.tags for name in lineage(tag.name)]
        case "category":
            names = [document.meta.category]
        case "author":
            names = list(document.meta.authors)
        case _:
            for node in parents.get(Node("note", document.path), ()):
                if node.kind in ("hub", "note"):
                    yield LineKey("hub" if node.kind == "hub" else "note", node.key)
            return
    yield from (LineKey(kind, fold(name)) for name in names if fold(name))
