"""The catalog of a vault after some changes: it takes over whatever rests on facts that have stayed the same.

Linking a vault again leaves every value that is equal to what it was the very same object, so that comparing objects is enough.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import Final

from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.linking.vault_changes import same_where_equal
from garden.model.image import VaultImage
from garden.model.names import VaultPath, fold
from garden.model.note import Document
from garden.model.settings import Settings
from garden.rendering.catalog import Catalog
from garden.rendering.places import Places
from garden.rendering.related_notes_again import related_notes_again

_OF_NOTES: Final = ("_summaries", "_freshness", "_title_order")
"""What a catalog remembers of each page: it follows from the note alone, or from the name of the hub."""


def catalog_again(former: Catalog, snapshot: Snapshot, pictures: Mapping[VaultPath, VaultImage]) -> Catalog:
    """Return the catalog of a vault that has changed since the catalog `former`; `pictures` are its images whose size is known."""
    found = Catalog(snapshot, former.settings, pictures, former.translations)
    comparison = _Comparison(former.snapshot, snapshot, former.settings)
    known, new = vars(former), vars(found)
    new.update((name, known[name]) for name in comparison.same_wholes if name in known)
    if "related_notes" in known:
        before = former.snapshot
        new["related_notes"] = related_notes_again(former.related_notes, before, snapshot, found.listed)
    for name in _OF_NOTES:
        new[name] = {node: value for node, value in known[name].items() if comparison.is_same(node)}
    new["_links"] = {node: link for node, link in known["_links"].items() if comparison.is_at_same(node)}
    _take_over_shape(former, found)
    if found.branches.counts is former.branches.counts:
        new["_mentions"] = {
            node: mention for node, mention in known["_mentions"].items() if node in new["_links"]
        }
    if _hang_alike(former, found):
        retitled = comparison.former_titles
        new["_cards"] = {
            path: card
            for path, card in known["_cards"].items()
            if Node("note", path) in new["_links"] and retitled.isdisjoint(card.trail)
        }
    return found


def _take_over_shape(former: Catalog, found: Catalog) -> None:
    """Compute the shape of a catalog, with the former objects wherever they are equal."""
    shape = vars(found)
    if found.branches is not former.branches:
        shape["branches"] = found.branches.like(former.branches)
    if found.places is not former.places:
        shape["places"] = _like(former.places, found.places)
    for name in ("order", "paths"):
        shape[name] = same_where_equal(getattr(former, name), getattr(found, name))


def _hang_alike(former: Catalog, found: Catalog) -> bool:
    """Say whether the short trails of all pages lead through the same pages."""
    return all(
        one.above is other.above
        for one, other in ((former.branches, found.branches), (former.places.shape, found.places.shape))
    )


def _like(former: Places, present: Places) -> Places:
    """Return the same places with the very values of the former ones where they are equal, or those themselves."""
    shape = present.shape.like(former.shape)
    urls = same_where_equal(former.folder_urls, present.folder_urls)
    if shape is former.shape and urls is former.folder_urls and present.count == former.count:
        return former
    return Places(present.count, shape, urls)


class _Comparison:
    """What two states of a vault have in common."""

    def __init__(self, before: Snapshot, after: Snapshot, settings: Settings) -> None:
        self._before = before
        self._after = after
        self._settings = settings
        one, other = before.documents, after.documents
        self._changed = {path for path in one.keys() | other.keys() if one.get(path) is not other.get(path)}

    def is_same(self, node: Node) -> bool:
        """Say whether the note or hub of a page is unchanged."""
        if node.kind == "note":
            return VaultPath(node.key) not in self._changed
        return node.kind == "hub" and self._is("hubs")

    def is_at_same(self, node: Node) -> bool:
        """Say whether a note or hub is unchanged, and at the same address."""
        urls = self._before.addresses, self._after.addresses
        return self.is_same(node) and urls[0].get(node) == urls[1].get(node)

    @cached_property
    def former_titles(self) -> frozenset[str]:
        """The titles that pages and places had and have no longer."""
        before, after = self._before, self._after
        notes = {before.documents[path].title for path in self._changed if path in before.documents}
        names = {
            entry.name
            for one, other in ((before.tags, after.tags), (before.categories, after.categories))
            for key, entry in one.items()
            if key not in other or other[key].name != entry.name
        }
        hubs = {hub.title for key, hub in before.hubs.items() if after.hubs.get(key) != hub}
        labels = {title for key, title in before.labels.items() if after.labels.get(key) != title}
        return frozenset(notes | names | hubs | labels)

    @cached_property
    def same_wholes(self) -> frozenset[str]:
        """The names of what a catalog finds by looking at all pages, as far as it finds the same."""
        return frozenset(self._same_wholes())

    def _same_wholes(self) -> Iterator[str]:
        if self._differ(_facts_of_lists):
            return
        yield from ("listed", "positions")
        if self._is("backlinks"):
            yield "most_cited"
        if not self._is("hubs"):
            return
        yield from ("nodes", "nodes_by_title")
        # A list note is read in the order of its links.
        if self._is("relations") and not self._settings.edge_sources:
            yield "paths"
        if not self._is("children"):
            return
        yield "branches"
        same_home = self._before.home == self._after.home
        if same_home and self._is("trails", "tags", "categories"):
            yield from ("places", "order")

    def _is(self, *names: str) -> bool:
        """Say whether parts of the vault are the very same."""
        return all(getattr(self._before, name) is getattr(self._after, name) for name in names)

    def _differ(self, facts: Callable[[Document], object]) -> bool:
        """Say whether the notes that have changed differ in some facts, as those that are new do."""
        one, other = self._before.documents, self._after.documents
        return any(
            path not in one or path not in other or facts(one[path]) != facts(other[path])
            for path in self._changed
        )


def _facts_of_lists(document: Document) -> tuple[object, ...]:
    """Return what decides in which lists a note is, and where in them."""
    when = document.meta.date
    return document.listed, fold(document.title), when and when.iso
