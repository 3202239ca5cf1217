"""The indexes of related notes after some notes have changed: only the entries that these are in are computed again."""

from collections.abc import Collection
from typing import Final

from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath
from garden.rendering.related.related_notes import RelatedNotes, most_notes

_MOST: Final = 30
"""The number of changed notes up to which changing the indexes for each of them is quicker than building them again."""


def renewed_related_notes(
    former: RelatedNotes, before: Snapshot, after: Snapshot, listed: Collection[VaultPath]
) -> RelatedNotes:
    """Return the indexes of the vault `after`, of which `listed` are the listed notes; `former` are those of the vault `before`."""
    changed = _changed(before, after)
    if len(changed) > _MOST or former.most != most_notes(len(listed)):
        return RelatedNotes(after, listed)
    found = former.with_changes(former.tag_changes(before, after))
    for path in sorted(changed):
        found = found.with_changes(found.changes(after, path))
    return found


def _changed(before: Snapshot, after: Snapshot) -> set[VaultPath]:
    """Return the notes that have changed, whose links lead elsewhere, or that link to a note that is now listed, or no longer."""
    paths = before.documents.keys() | after.documents.keys()
    found = {path for path in paths if before.documents.get(path) is not after.documents.get(path)}
    newly_listed_or_not = [path for path in found if _is_listed(before, path) != _is_listed(after, path)]
    if before.resolutions is not after.resolutions:
        found |= {path for path in paths if before.resolutions.get(path) is not after.resolutions.get(path)}
    nodes = [Node("note", path) for path in newly_listed_or_not]
    # Links to a note that was deleted, or has become a draft, need not be looked for: they lead elsewhere.
    found.update(link.source for node in nodes for link in after.backlinks.get(node, ()))
    return found


def _is_listed(snapshot: Snapshot, path: VaultPath) -> bool:
    document = snapshot.documents.get(path)
    return document is not None and document.listed
