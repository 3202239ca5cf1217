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
    for document in sorted(listed, key=_order):
        for node, refs in cited_by(document, resolutions[document.path]).items():
            found.setdefault(node, []).append(Backlink(document.path, refs))
    return {node: tuple(found[node]) for node in sorted(found)}


def cited_by(document: Document, resolutions: Sequence[Resolution]) -> dict[Node, tuple[int, ...]]:
    """Return the pages that a note refers to, each with the indexes of those references."""
    if not document.listed:
        return {}
    cited: dict[Node, list[int]] = {}
    for at, resolution in enumerate(resolutions):
        if isinstance(resolution, Found) and resolution.node != ("note", document.path):
            cited.setdefault(resolution.node, []).append(at)
    return {node: tuple(refs) for node, refs in cited.items()}


NotesAndResolutions = tuple[Mapping[VaultPath, Document], Mapping[VaultPath, tuple[Resolution, ...]]]


def renewed_backlinks(
    backlinks: Mapping[Node, tuple[Backlink, ...]],
    before: NotesAndResolutions,
    after: NotesAndResolutions,
    changed: Iterable[VaultPath],
) -> Mapping[Node, tuple[Backlink, ...]]:
    """Return all backlinks after the notes at the paths `changed`, or the resolutions of their references, have changed.

    `backlinks` are the former ones.
    """
    # By page: the notes whose backlinks to it have changed, with the indexes of their references to it now
    differing: dict[Node, dict[VaultPath, tuple[int, ...]]] = {}
    for path in changed:
        former_order, former_cited = _order_and_cited(path, *before)
        order, cited = _order_and_cited(path, *after)
        for node in former_cited.keys() | cited.keys():
            if former_order != order or former_cited.get(node) != cited.get(node):
                differing.setdefault(node, {})[path] = cited.get(node, ())
    if not differing:
        return backlinks
    documents = after[0]
    found = dict(backlinks)
    for node, sources in differing.items():
        entries = [entry for entry in found.pop(node, ()) if entry.source not in sources]
        entries += [Backlink(path, refs) for path, refs in sources.items() if refs]
        if entries:
            found[node] = tuple(sorted(entries, key=lambda entry: _order(documents[entry.source])))
    return {node: found[node] for node in sorted(found)}


def _order_and_cited(
    path: VaultPath,
    documents: Mapping[VaultPath, Document],
    resolutions: Mapping[VaultPath, tuple[Resolution, ...]],
) -> tuple[tuple[str, str], dict[Node, tuple[int, ...]]]:
    """Return the sort key of the note at a path, and the pages that it refers to; of no note if there is none."""
    if path not in documents:
        return ("", ""), {}
    return _order(documents[path]), cited_by(documents[path], resolutions[path])


def _order(document: Document) -> tuple[str, VaultPath]:
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
    found = {}
    for node in sorted(before.keys() | after.keys()):
        if before.get(node) == after.get(node):
            continue
        entries = list(backlinks.get(node, ()))
        at = next((at for at, entry in enumerate(entries) if entry.source == path), None)
        if at is None:
            at = bisect_left(
                entries, _order(documents[path]), key=lambda entry: _order(documents[entry.source])
            )
        # The entry that the note has had is replaced or removed; where it has had none, one is inserted.
        entries[at : at + (node in before)] = [Backlink(path, after[node])] if node in after else []
        found[node] = tuple(entries)
    return found
