"""Backlinks: which notes link to a page, and by which references (WL-15)."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence

from garden.linking.relation import Backlink, Node
from garden.linking.resolving.resolution import Found, Resolution
from garden.model.names import VaultPath, fold
from garden.model.note import Document


def collect_backlinks(
    documents: Iterable[Document], resolutions: Mapping[VaultPath, tuple[Resolution, ...]]
) -> dict[Node, tuple[Backlink, ...]]:
    """Return the backlinks of each page: the listed notes that refer to it, by fold of title, then path.

    Links, embeds, properties and hierarchy lines all count; references of a note to itself do not.
    """
    found: dict[Node, list[Backlink]] = {}
    listed = (document for document in documents if document.listed)
    for document in sorted(listed, key=_place):
        for node, refs in cited_by(document, resolutions[document.path]).items():
            found.setdefault(node, []).append(Backlink(document.path, refs))
    return {node: tuple(found[node]) for node in sorted(found)}


def cited_by(document: Document, resolutions: Sequence[Resolution]) -> dict[Node, tuple[int, ...]]:
    """Return the pages that a note refers to, each with the indices of those references."""
    if not document.listed:
        return {}
    cited: dict[Node, list[int]] = {}
    for at, resolution in enumerate(resolutions):
        if isinstance(resolution, Found) and resolution.node != ("note", document.path):
            cited.setdefault(resolution.node, []).append(at)
    return {node: tuple(refs) for node, refs in cited.items()}


NotesAndResolutions = tuple[Mapping[VaultPath, Document], Mapping[VaultPath, tuple[Resolution, ...]]]


def backlinks_again(
    backlinks: Mapping[Node, tuple[Backlink, ...]],
    before: NotesAndResolutions,
    after: NotesAndResolutions,
    changed: Iterable[VaultPath],
) -> Mapping[Node, tuple[Backlink, ...]]:
    """Return all backlinks after some notes, or the resolutions of their references, have `changed`; `backlinks` are the former ones."""
    moved: dict[Node, dict[VaultPath, tuple[int, ...]]] = {}
    for path in changed:
        one, other = (
            (_place(notes[path]), cited_by(notes[path], resolutions[path])) if path in notes else ("", {})
            for notes, resolutions in (before, after)
        )
        for node in one[1].keys() | other[1].keys():
            if one[0] != other[0] or one[1].get(node) != other[1].get(node):
                moved.setdefault(node, {})[path] = other[1].get(node, ())
    if not moved:
        return backlinks
    documents = after[0]
    found = dict(backlinks)
    for node, sources in moved.items():
        entries = [entry for entry in found.pop(node, ()) if entry.source not in sources]
        entries += [Backlink(path, refs) for path, refs in sources.items() if refs]
        if entries:
            found[node] = tuple(sorted(entries, key=lambda entry: _place(documents[entry.source])))
    return {node: found[node] for node in sorted(found)}


def _place(document: Document) -> tuple[str, VaultPath]:
    """Return the sort key of a note among the backlinks of a page."""
    return fold(document.title), document.path


def changed_backlinks(
    before: Mapping[Node, tuple[int, ...]],
    after: Mapping[Node, tuple[int, ...]],
    path: VaultPath,
    backlinks: Mapping[Node, tuple[Backlink, ...]],
    documents: Mapping[VaultPath, Document],
) -> dict[Node, tuple[Backlink, ...]]:
    """Return the backlinks that change when the references of the note at `path` change.

    `before` and `after` are the results of `cited_by` for the two versions of the note.
    """

    def order(source: VaultPath) -> tuple[str, VaultPath]:
        return fold(documents[source].title), source

    found = {}
    for node in sorted(before.keys() | after.keys()):
        if before.get(node) == after.get(node):
            continue
        entries = list(backlinks.get(node, ()))
        at = next((at for at, entry in enumerate(entries) if entry.source == path), None)
        if at is None:
            at = bisect_left(entries, order(path), key=lambda entry: order(entry.source))
        entries[at : at + (node in before)] = [Backlink(path, after[node])] if node in after else []
        found[node] = tuple(entries)
    return found
