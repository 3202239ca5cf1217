"""Rules about the paths that readers can take: notes to which nothing leads, and notes that lead nowhere."""

from collections.abc import Iterator
from typing import Final

from garden.authoring.checked_vault import CheckedVault
from garden.linking.relation import Node
from garden.linking.resolving.resolution import Found
from garden.model.body import Slot, SlotKind
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import is_view_file
from garden.model.note import Document

_VIEWS: Final = frozenset((SlotKind.VIEW, SlotKind.INLINE_VIEW))


def orphans(vault: CheckedVault) -> Iterator[Diagnostic]:
    """Find listed notes that no note links to and that are in no branch."""
    if len(vault.listed) < 2:
        return
    snapshot = vault.site.snapshot
    for document in vault.listed:
        node = Node("note", document.path)
        is_reached = node in snapshot.backlinks or _is_related(vault, node)
        if not is_reached and document.path != snapshot.home:
            message = (
                "no note links to this one, and it has no place in the hierarchy: readers find it only in "
                "lists and by search"
            )
            yield Diagnostic(
                Place(document.path, 1, 1), "note-orphan", message, "link to it, or give it an `up`"
            )


def dead_ends(vault: CheckedVault) -> Iterator[Diagnostic]:
    """Find listed notes that lead to no other note; the entries of a live view are links as well.

    Canvases and drawings are excepted: they need not lead on, and cannot have an `up`.
    """
    if len(vault.listed) < 2:
        return
    for document in vault.listed:
        node = Node("note", document.path)
        if document.view or is_view_file(document.path):
            continue
        if not _is_related(vault, node) and not _leads_on(vault, document, node):
            message = "this note links to no other note, and it has no place in the hierarchy"
            yield Diagnostic(
                Place(document.path, 1, 1),
                "note-dead-end",
                message,
                "link to another note from it, or give it an `up`",
            )


def _is_related(vault: CheckedVault, node: Node) -> bool:
    """Say whether a page has a relation, written or implied."""
    snapshot = vault.site.snapshot
    relations = snapshot.relations.get(node, {})
    return bool(
        snapshot.parents.get(node)
        or snapshot.children.get(node)
        or any(edge.node is not None for edges in relations.values() for edge in edges)
    )


def _leads_on(vault: CheckedVault, document: Document, node: Node) -> bool:
    """Say whether a note links to another page, or has a view."""
    is_linking = any(
        isinstance(answer, Found) and answer.node != node
        for answer in vault.site.snapshot.resolutions[document.path]
    )
    return is_linking or any(
        isinstance(part, Slot) and part.kind in _VIEWS for part in vault.site.body(document.path).parts
    )
