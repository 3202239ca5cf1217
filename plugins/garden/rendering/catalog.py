"""The catalog: facts about a Snapshot that many pages need, computed once: titles, addresses, order, groups.

No page may iterate over the whole vault: everything that depends on all notes belongs here.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from garden.linking.relation import Node, NoteGroup
from garden.linking.snapshot import Snapshot
from garden.model import names
from garden.model.image import VaultImage
from garden.model.names import Folded, Url, VaultPath, fold
from garden.model.pages.entries import Card, Link, Related
from garden.model.pages.panels import TreeNode
from garden.model.settings import Settings
from garden.rendering.body.fill import Bodies
from garden.rendering.body.hrefs import node_href, tag_href
from garden.rendering.branches import Branches, branches
from garden.rendering.dates import revised_notes
from garden.rendering.page_details import PageDetails
from garden.rendering.places import Places, find_places
from garden.rendering.reading_order import AdjacentPages, reading_order
from garden.rendering.reading_paths import ReadingStep, reading_paths
from garden.rendering.related.related_notes import RelatedNotes
from garden.rendering.translations import Translations, english

Value = TypeVar("Value")

_TRAIL_LENGTH = 5
"""The maximum length of a trail in a listing; the page itself shows all of it."""


class Catalog(PageDetails):
    """A Snapshot with its settings, and lookups in constant time."""

    def __init__(
        self,
        snapshot: Snapshot,
        settings: Settings,
        pictures: Mapping[VaultPath, VaultImage] = MappingProxyType({}),
        translations: Translations = english,
    ) -> None:
        """Look things up in `snapshot`; `pictures` are the images whose size is known."""
        super().__init__(snapshot, settings, translations)
        self.pictures = pictures
        self._cards: dict[VaultPath, Card] = {}
        self._links: dict[Node, Link] = {}
        self._mentions: dict[Node, Related] = {}

    @property
    def whole(self) -> Snapshot:
        """The snapshot for code that reads the whole vault, unlike single pages."""
        return self.snapshot

    def bodies(self, bodies: Bodies) -> Bodies:
        """Return the function that returns the bodies of notes."""
        return bodies

    def part(self, about: Hashable, make: Callable[[], Value]) -> Value:
        """Return what `make` returns: a part of a file, which follows from what it is `about` and from answers of this catalog.

        A `TrackedCatalog` does not make it again as long as these are the same.
        """
        del about
        return make()

    def prepare(self) -> None:
        """Compute everything that every page needs, before pages are distributed among processes."""
        # A property is computed when it is first asked for.
        for found in (self.branches, self.paths, self.places, self.order, self.related_notes):
            assert found is not None

    @cached_property
    def listed(self) -> tuple[VaultPath, ...]:
        """Every listed note: dated ones newest first, then by title and path; undated ones last."""
        documents = self.snapshot.documents
        found = [path for path, document in documents.items() if document.listed]
        found.sort(key=lambda path: (fold(documents[path].title), path))
        found.sort(key=self._date, reverse=True)
        return tuple(found)

    @cached_property
    def nodes(self) -> tuple[Node, ...]:
        """Every page that may be listed: notes in the order of `listed`, then hubs by key."""
        notes = (Node("note", path) for path in self.listed)
        return (*notes, *(Node("hub", key) for key in sorted(self.snapshot.hubs)))

    @cached_property
    def nodes_by_title(self) -> tuple[Node, ...]:
        """The same pages in the order of their titles."""
        return tuple(sorted(self.nodes, key=self.title_order))

    @cached_property
    def branches(self) -> Branches:
        """The hierarchy of all listed pages."""
        return branches(self.snapshot, self.nodes, self.title)

    @cached_property
    def places(self) -> Places:
        """The places of the notes outside the hierarchy, as navigation only."""
        home = Node("note", self.snapshot.home or "")
        loose = [node for node in self.branches.loose if node.kind == "note" and node != home]
        return find_places(self.snapshot, loose, self.title)

    def shape(self, node: Node) -> Branches:
        """Return the shape that a page belongs to: the hierarchy, or the places of notes outside it."""
        places = self.places.shape
        return places if node in places.children else self.branches

    @cached_property
    def order(self) -> Mapping[Node, AdjacentPages]:
        """The pages before and after each page when all are read in order, separately for the hierarchy and the places."""
        return {
            **reading_order(self.branches, across=False),
            **reading_order(self.places.shape, across=True),
        }

    @cached_property
    def related_notes(self) -> RelatedNotes:
        """Which notes are related, and why."""
        return RelatedNotes(self.snapshot, self.listed)

    def cites(self, path: VaultPath) -> Mapping[Node, None]:
        """Return the listed pages to which a listed note links in its text, each once, in order."""
        return self.related_notes.cites(path)

    @cached_property
    def most_cited(self) -> tuple[VaultPath, ...]:
        """The notes that others link to, the most cited first, equals in the order of listings."""
        backlinks = self.snapshot.backlinks
        counts = {path: len(backlinks.get(Node("note", path), ())) for path in self.listed}
        return tuple(
            sorted((path for path, count in counts.items() if count), key=lambda path: -counts[path])
        )

    @cached_property
    def revised(self) -> tuple[VaultPath, ...]:
        """The listed notes that were modified after their date, the latest first."""
        return revised_notes(self.snapshot.documents, self.listed)

    @cached_property
    def paths(self) -> Mapping[Node, ReadingStep]:
        """The place of every listed page that is in a reading path."""
        return reading_paths(self.snapshot, self.nodes_by_title, self.settings)

    def url(self, node: Node) -> Url:
        """Return the site-relative address of a page."""
        return self.places.folder_urls[node] if node.kind == "folder" else self.snapshot.addresses[node]

    def first_url(self, node: Node) -> Url:
        """Return the first address that a page ever had, by which feed readers identify it."""
        return self.snapshot.first_address(node)

    def link(self, node: Node) -> Link:
        """Return title and address of a page."""
        found = self._links.get(node)
        if found is None:
            href = self._href(node)
            found = self._links[node] = Link(
                self.title(node), href, lang=self._other_language(node), draft=self.is_draft(node)
            )
        return found

    def _href(self, node: Node) -> str:
        """Return the address of a page as links have it, empty for a note that is not published."""
        base, key = self.settings.base, Folded(node.key)
        if node.kind == "folder":
            return names.href(base, self.url(node))
        if node.kind == "category":
            return names.href(base, self.snapshot.category_addresses[key])
        return (
            tag_href(self.snapshot, base, key) if node.kind == "tag" else node_href(self.snapshot, base, node)
        )

    def card(self, path: VaultPath) -> Card:
        """Return a note as a listing shows it."""
        found = self._cards.get(path)
        if found is None:
            node = Node("note", path)
            link = self.link(node)
            trail = self.short_trail(node)
            when = self.date(self.document(path))
            found = self._cards[path] = Card(
                link.title, link.href, self.summary(node), when, trail, link.lang, link.draft
            )
        return found

    def short_trail(self, node: Node) -> tuple[str, ...]:
        """Return the titles of the shortest trail; of a long one only the first and the last, which say most."""
        shape = self.shape(node)
        length = shape.depths.get(node, 0)
        if length <= _TRAIL_LENGTH:
            return tuple(map(self.title, shape.trail(node)))
        return (self.title(shape.tops[node]), "…", *map(self.title, shape.nearest(node, _TRAIL_LENGTH - 2)))

    def cards(self, paths: Iterable[VaultPath]) -> tuple[Card, ...]:
        """Return notes as a listing shows them, in the given order."""
        return tuple(self.card(path) for path in paths)

    def related(self, node: Node, implied: bool, children: tuple[Related, ...]) -> Related:
        """Return a page as a list of relations shows it, with its summary."""
        link = self.link(node)
        count = self.branches.counts.get(node, 0)
        return Related(
            link.title, link.href, self.summary(node), implied, children, count, link.lang, link.draft
        )

    def mention(self, node: Node) -> Related:
        """Return a page as a long list of relations shows it: only its title."""
        found = self._mentions.get(node)
        if found is None:
            link = self.link(node)
            count = self.branches.counts.get(node, 0)
            found = self._mentions[node] = Related(
                link.title, link.href, count=count, lang=link.lang, draft=link.draft
            )
        return found

    def tree_node(
        self,
        node: Node,
        children: tuple[TreeNode, ...] = (),
        *,
        summary: bool = False,
        current: bool = False,
        counted: bool = True,
    ) -> TreeNode:
        """Return a page as a tree shows it, with the number of pages below it if that is `counted`."""
        link = self.link(node)
        count = self.shape(node).counts.get(node, 0) if counted else 0
        text = self.summary(node) if summary else ""
        return TreeNode(
            link.title,
            link.href,
            text,
            children,
            count,
            current,
            lang=link.lang,
            draft=link.draft,
            freshness=self.freshness(node),
        )

    def newest_first(self, entry: NoteGroup) -> tuple[VaultPath, ...]:
        """Return the notes of a tag, category or author in the order of listings."""
        return tuple(sorted(entry.notes, key=self.positions.__getitem__))

    @cached_property
    def positions(self) -> Mapping[VaultPath, int]:
        """The place of every listed note in the order of listings."""
        return {path: position for position, path in enumerate(self.listed)}

    def _date(self, path: VaultPath) -> str:
        when = self.document(path).meta.date
        return when.iso if when else ""
