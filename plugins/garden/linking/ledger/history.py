"""The new ledger of a linked vault and its redirects: the entry point of this folder (PB-6)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from garden.linking.addresses.url_registry import UrlRegistry
from garden.linking.ledger.groups import successors, vanished_groups
from garden.linking.ledger.redirects import Redirects
from garden.linking.ledger.state import KnownAddresses, PublishedPages, renewed_ledger
from garden.linking.relation import Node
from garden.linking.tag_variants import TagAliases
from garden.model.diagnostic import Diagnostic
from garden.model.ledger import AddressRedirect, Ledger, LineKey
from garden.model.settings import Settings


class AddressHistory(NamedTuple):
    """The ledger after this build, the redirects, sorted by their old addresses, and problems."""

    ledger: Ledger
    redirects: tuple[AddressRedirect, ...]
    problems: tuple[Diagnostic, ...]


def address_history(
    known: KnownAddresses,
    registry: UrlRegistry,
    pages: PublishedPages,
    parents: Mapping[Node, Sequence[Node]],
    settings: Settings,
) -> AddressHistory:
    """Return the new ledger and the redirects, once all addresses are allocated.

    `parents` are the parents of each page.
    """
    meant = TagAliases(settings.tag_aliases).meant
    vanished = vanished_groups(known, pages.groups)
    ledger = renewed_ledger(known, pages, successors(vanished, known, pages.documents, parents, meant))
    branches = {_line_key(node) for above in parents.values() for node in above}
    redirects = Redirects(ledger, known, registry, pages, branches)
    found = list(redirects.from_ledger())
    if settings.alias_redirects:
        found += redirects.from_aliases()
    return AddressHistory(
        ledger, tuple(sorted(found, key=lambda redirect: redirect.old)), tuple(redirects.problems)
    )


def _line_key(node: Node) -> LineKey:
    return LineKey("note" if node.kind == "note" else "hub", node.key)
