"""Names that say where a note belongs: Dendron's `a.b.c` and Johnny.Decimal's `11.02 Title`."""

import re
from collections.abc import Iterable, Iterator, Sequence

from garden.linking.relation import Node
from garden.linking.sources.edges import (
    EdgeEnd,
    SourceEdge,
    SourceNotes,
    SourceProperties,
    as_siblings,
    note_node,
)
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import Folded, VaultPath, field_key, fold, folder, stem
from garden.model.settings import EdgeSource


def dendron_names(notes: SourceNotes, source: EdgeSource, problems: list[Diagnostic]) -> Iterator[SourceEdge]:
    """Yield a relation from `a.b.c` to `a.b`, and, if no note is called `a.b`, one from that name to `a`.

    The key `BC-dendron-note-field` in a note's front matter chooses another relation for it; a value that is not
    a relation is added to `problems`. `sibling_field` relates the notes below the same name with each other.
    Names that begin with a number belong to Johnny.Decimal and are skipped.
    """
    delimiter = source.delimiter or "."
    seen: set[tuple[Folded, str]] = set()  # names without a note from which the way up is known
    families: dict[tuple[str, Folded], list[Node]] = {}  # notes by folder and name of the parent
    for document in notes.documents:
        name = stem(document.path)
        above = name.rpartition(delimiter)[0]
        if not above or name.partition(delimiter)[0].isdigit():
            continue
        families.setdefault((folder(document.path), fold(above)), []).append(note_node(document))
        field = SourceProperties(document, notes.fields, problems).field(
            "BC-dendron-note-field", source.field
        )
        child: EdgeEnd = note_node(document)
        while field and above:
            parent = _note_called(notes, folder(document.path), above)
            if parent is None:
                break
            yield SourceEdge(child, field, parent, Place(document.path, 1, 1))
            if not isinstance(parent, str) or (fold(parent), field) in seen:
                break
            seen.add((fold(parent), field))
            child, above = parent, above.rpartition(delimiter)[0]
    yield from _families(families.values(), source, problems)


def johnny_decimal(
    notes: SourceNotes, source: EdgeSource, problems: list[Diagnostic]
) -> Iterator[SourceEdge]:
    """Yield a relation from `11.02 Title` to the note numbered `11`, from that to the area `10-19` or `10`.

    If no note has the number of the parent, there is no relation: the rest of the parent's name cannot be guessed.
    The key `BC-johnny-decimal-note-field` in a note's front matter chooses another relation for it; a value that is
    not a relation is added to `problems`. `sibling_field` relates the notes below the same number with each other.
    """
    delimiter = source.delimiter or "."
    number = re.compile(rf"([\w{re.escape(delimiter)}]+)(?:\s|$)")
    area = re.compile(r"(\d0-\d9)(?:\s|$)")
    numbers: dict[str, Node] = {}
    found: list[tuple[str, Node]] = []
    for document in notes.documents:
        match = area.match(stem(document.path)) or number.match(stem(document.path))
        if match and match[1][0].isalnum():
            own = match[1].rstrip(delimiter)
            numbers.setdefault(own, note_node(document))
            found.append((own, note_node(document)))
    families: dict[str, list[Node]] = {}
    for own, node in found:
        above = own.rpartition(delimiter)[0]
        if above:
            families.setdefault(above, []).append(node)
        elif re.fullmatch(r"\d\d", own):
            above = f"{own[0]}0-{own[0]}9"
            above = above if above in numbers else f"{own[0]}0"
        parent = numbers.get(above)
        if parent is None or parent == node:
            continue
        document = notes.index.documents[VaultPath(node.key)]
        properties = SourceProperties(document, notes.fields, problems)
        field = properties.field("BC-johnny-decimal-note-field", source.field)
        if field:
            yield SourceEdge(node, field, parent, Place(document.path, 1, 1))
    yield from _families(families.values(), source, problems)


def _families(
    families: Iterable[Sequence[Node]], source: EdgeSource, problems: list[Diagnostic]
) -> Iterator[SourceEdge]:
    """Relate the notes of each family, which are those with the same parent, by `sibling_field`."""
    for members in families:
        place = Place(members[0].key, 1, 1)
        yield from as_siblings(field_key(source.sibling_field), members, place, problems)


def _note_called(notes: SourceNotes, inside: str, name: str) -> EdgeEnd | None:
    """Return the note of a name, the one in the folder `inside` first; the name itself if there is none.

    None for a note that is not published, as in `SourceNotes.named`.
    """
    match = notes.index.at(f"{inside}/{name}" if inside else name)
    return notes.note(match) if match else notes.named(name)
