"""The catalog of a vault after some changes: it takes over whatever follows from facts that have stayed the same.

Linking a vault again keeps the very same object for every value that is equal to what it was, so comparing by `is` is enough.
A catalog computes its properties once and keeps them in its `vars`, where they are taken from, and put, here.
"""

from collections.abc import Callable, Iterator, Mapping
from copy import copy
from functools import cached_property
from typing import Final

from garden.linking.incremental.vault_changes import same_where_equal
from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.image import VaultImage
from garden.model.names import VaultPath, fold
from garden.model.note import Document
from garden.model.settings import Settings
from garden.rendering.catalog import Catalog
from garden.rendering.places import Places
from garden.rendering.related.renewed import renewed_related_notes

_OF_NOTES: Final = ("_summaries", "_freshness", "_title_order")
"""What `PageDetails` remembers of each page: it follows from the note alone, or from the name of the hub."""


def catalog_with_text(former: Catalog, snapshot: Snapshot, path: VaultPath) -> Catalog:
    """Return the catalog of a snapshot in which one note has another text, perhaps with other links and headings, or is new.

    If its title has changed, too, all lists still have it at its former place; a new one is in no list.
    """
    found = copy(former)
    new = vars(found)
    node = Node("note", path)
    of_page = ["_summaries", "_freshness"]
    before = former.snapshot.documents.get(path)
    if before and snapshot.documents[path].title != before.title:
        of_page += ["_links", "_mentions", "_title_order"]
    for name in of_page:
        new[name] = {key: value for key, value in new[name].items() if key != node}
    new["_cards"] = {key: card for key, card in new["_cards"].items() if key != path}
    new["snapshot"] = snapshot
    if snapshot.backlinks is not former.snapshot.backlinks:
        new.pop("most_cited", None)
    if "related_notes" in new:
        changes = former.related_notes.changes(snapshot, path)
        new["related_notes"] = former.related_notes.with_changes(changes)
    return found


def renewed_catalog(former: Catalog, snapshot: Snapshot, pictures: Mapping[VaultPath, VaultImage]) -> Catalog:
    """Return the catalog of a vault that has changed since the catalog `former`; `pictures` are its images whose size is known."""
    found = Catalog(snapshot, former.settings, pictures, former.translations)
    comparison = _Comparison(former.snapshot, snapshot, former.settings)
    known, new = vars(former), vars(found)
    new.update((name, known[name]) for name in comparison.same_properties if name in known)
    if "related_notes" in known:
        before = former.snapshot
        new["related_notes"] = renewed_related_notes(former.related_notes, before, snapshot, found.listed)
    for name in _OF_NOTES:
        new[name] = {node: value for node, value in known[name].items() if comparison.is_same(node)}
    new["_links"] = {
        node: link for node, link in known["_links"].items() if comparison.has_same_address(node)
    }
    _take_over_shape(former, found)
    if found.branches.counts is former.branches.counts:  # a mention says how many pages are below it
        new["_mentions"] = {
            node: mention for node, mention in known["_mentions"].items() if node in new["_links"]
        }
    if _has_same_trails(former, found):
        retitled = comparison.former_titles
        new["_cards"] = {
            path: card
            for path, card in known["_cards"].items()
            if Node("note", path) in new["_links"] and retitled.isdisjoint(card.trail)
        }
    return found


def _take_over_shape(former: Catalog, found: Catalog) -> None:
    """Compute the hierarchy and what follows from it, keeping the former objects wherever they are equal."""
    shape = vars(found)
    if found.branches is not former.branches:
        shape["branches"] = found.branches.like(former.branches)
    if found.places is not former.places:
        shape["places"] = _places_like(former.places, found.places)
    for name in ("order", "paths"):
        shape[name] = same_where_equal(getattr(former, name), getattr(found, name))


def _has_same_trails(former: Catalog, found: Catalog) -> bool:
    """Say whether the short trails of all pages lead through the same pages."""
    return (
        former.branches.above is found.branches.above
        and former.places.shape.above is found.places.shape.above
    )


def _places_like(former: Places, present: Places) -> Places:
    """Return `present` with the objects of the places `former` wherever they are equal."""
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

    def has_same_address(self, node: Node) -> bool:
        """Say whether a note or hub is unchanged and still at its address."""
        return self.is_same(node) and self._before.addresses.get(node) == self._after.addresses.get(node)

    @cached_property
    def former_titles(self) -> frozenset[str]:
        """The titles that pages and places have lost."""
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
    def same_properties(self) -> frozenset[str]:
        """The names of those properties of a catalog that follow from all notes, but have not changed."""
        return frozenset(self._same_properties())

    def _same_properties(self) -> Iterator[str]:
        """Yield them; each condition is about more facts than the one before."""
        if self._differ(_facts_of_lists):
            return
        yield from ("listed", "positions")
        if self._is("backlinks"):
            yield "most_cited"
        if not self._is("hubs"):
            return
        yield from ("nodes", "nodes_by_title")
        # With sources of edges, list notes may give an order of reading, which follows from the links in their texts.
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
        """Say whether one of the changed notes is new or gone, or differs in these facts."""
        one, other = self._before.documents, self._after.documents
        return any(
            path not in one or path not in other or facts(one[path]) != facts(other[path])
            for path in self._changed
        )


def _facts_of_lists(document: Document) -> tuple[object, ...]:
    """Return what decides in which lists a note is, and where in them."""
    when = document.meta.date
    return document.listed, fold(document.title), when and when.iso
