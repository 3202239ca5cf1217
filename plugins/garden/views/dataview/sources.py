"""The notes of the source of a query, which is what follows FROM (DV-5)."""

from typing import assert_never

from garden.linking.relation import Node
from garden.model.names import VaultPath, fold, without_ending
from garden.model.views.queries import (
    CombinedSource,
    LinkSource,
    NoteSource,
    PathSource,
    TagSource,
    WithoutSource,
)
from garden.views.notes import PublishedNotes
from garden.views.values import LinkValue


def paths_of(source: NoteSource, notes: PublishedNotes, host: VaultPath) -> frozenset[str]:
    """Return the paths of the listed notes of a source; links in it are resolved from the note at `host`."""
    match source:
        case TagSource(tag=tag):
            return notes.with_tag(tag)
        case PathSource(path=path):
            return _in_folder(path, notes)
        case LinkSource(link=link, outgoing=outgoing):
            target = notes.link(link.inner, host)
            return _outgoing(target, notes) if outgoing else _incoming(target, notes)
        case WithoutSource(source=inner):
            return _all(notes) - paths_of(inner, notes, host)
        case CombinedSource(left=left, right=right, either=either):
            first, second = paths_of(left, notes, host), paths_of(right, notes, host)
            return first | second if either else first & second
        case _:
            assert_never(source)


def _all(notes: PublishedNotes) -> frozenset[str]:
    return frozenset(note.path for note in notes.listed)


def _in_folder(path: str, notes: PublishedNotes) -> frozenset[str]:
    """Return the notes below a folder, or else the note at that path, with or without its ending."""
    wanted = fold(path).strip("/")
    if not wanted:
        return _all(notes)
    folders = (name for name in notes.by_folder if f"{name}/".startswith(f"{wanted}/"))
    below = frozenset(path for name in folders for path in notes.by_folder[name])
    if below:
        return below
    names = (wanted, fold(without_ending(wanted)))
    return frozenset(note.path for note in notes.listed if fold(without_ending(note.path)) in names)


def _incoming(target: LinkValue, notes: PublishedNotes) -> frozenset[str]:
    """Return the listed notes that link to a target."""
    if target.kind in ("note", "hub"):
        return frozenset(
            note.path
            for note in notes.linking_to(Node("note" if target.kind == "note" else "hub", target.target))
        )
    return frozenset(note.path for note in notes.listed if target.key[0] in note.linked)


def _outgoing(target: LinkValue, notes: PublishedNotes) -> frozenset[str]:
    """Return the listed notes that the note at a link's end links to."""
    note = notes.of_link(target)
    if note is None:
        return frozenset()
    linked = {link.target for link in note.links if isinstance(link, LinkValue) and link.kind == "note"}
    return _all(notes) & linked
