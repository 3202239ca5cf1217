"""Relations from folders: a note with the name of its folder is the parent there; and notes may collect their folder."""

from bisect import bisect_left
from collections.abc import Iterator
from itertools import takewhile

from garden.linking.sources.edges import SourceEdge, SourceNotes, SourceProperties, note_node, related
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import Folded, VaultPath, field_key, fold, folder, stem
from garden.model.note import Document
from garden.model.settings import EdgeSource


def folder_names(notes: SourceNotes, source: EdgeSource) -> Iterator[SourceEdge]:
    """Yield a relation from each note to the note that has the name of its folder.

    That one is in the folder (`mlops/mlops.md`) or beside it (`mlops.md`). A folder without such a note is skipped: its notes
    are related to that of the next folder above.
    """
    field = field_key(source.field)
    owners = _owners(notes)
    for document in notes.documents:
        inside = folder(document.path)
        if owners.get(inside) is document:
            inside = folder(inside)
        # A note beside its folder may own the folder that it is in as well, which must not make it its own parent.
        while inside and (inside not in owners or owners[inside] is document):
            inside = folder(inside)
        if inside:
            child, parent = note_node(document), note_node(owners[inside])
            yield SourceEdge(child, field, parent, Place(document.path, 1, 1))


def folder_notes(notes: SourceNotes, source: EdgeSource, problems: list[Diagnostic]) -> Iterator[SourceEdge]:
    """Yield the relations of notes that collect their folder.

    The key `BC-folder-note-field` names the relation to all notes in the folder, with `BC-folder-note-recurse` also to those
    in folders below it.
    """
    del source
    paths = [document.path for document in notes.documents]
    for document in notes.documents:
        if "BC-folder-note-field" not in document.meta.properties:
            continue
        properties = SourceProperties(document, notes.fields, problems)
        field = properties.field("BC-folder-note-field")
        if field:
            inside = folder(document.path)
            found = _below(paths, inside)
            if not properties.flag("BC-folder-note-recurse"):
                found = (path for path in found if folder(path) == inside)
            targets = (notes.index.pages[path].node for path in found)
            place = properties.place("BC-folder-note-field")
            yield from related(note_node(document), field, targets, place)


def _owners(notes: SourceNotes) -> dict[str, Document]:
    """Return the note with the name of each folder; one in the folder is preferred to one beside it."""
    folders: dict[str, dict[Folded, str]] = {}  # the folders in each folder, by folded name
    for document in notes.documents:
        inside = folder(document.path)
        while inside:
            folders.setdefault(folder(inside), {})[fold(inside.rpartition("/")[2])] = inside
            inside = folder(inside)
    owners: dict[str, Document] = {}
    beside: dict[str, Document] = {}
    for document in notes.documents:
        inside, name = folder(document.path), fold(stem(document.path))
        if inside and fold(inside.rpartition("/")[2]) == name:
            owners.setdefault(inside, document)
        named = folders.get(inside, {}).get(name)
        if named is not None:
            beside.setdefault(named, document)
    return beside | owners


def _below(paths: list[VaultPath], inside: str) -> Iterator[VaultPath]:
    """Yield the paths below a folder, which are next to each other in path order."""
    prefix = f"{inside}/" if inside else ""
    start = bisect_left(paths, prefix)
    return takewhile(lambda path: path.startswith(prefix), (paths[at] for at in range(start, len(paths))))
