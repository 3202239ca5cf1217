"""The catalog: facts about a Snapshot that many pages need, computed once: titles, addresses, order, groups.

No page may iterate over the whole vault: everything that depends on all notes belongs here.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from copy import copy
from functools import cached_property
from types import MappingProxyType
from typing import TypeVar

from garden.linking.relation import Node, TagEntry
from garden.linking.snapshot import Snapshot
from garden.model import names
from garden.model.image import VaultImage
from garden.model.names import Folded, Url, VaultPath, field_key, fold
from garden.model.note import Document
from garden.model.pages.entries import Card, DateView, Freshness, Link, Related
from garden.model.pages.panels import TreeNode
from garden.model.settings import Settings
from garden.rendering.body.fill import Bodies
from garden.rendering.body.hrefs import node_href, tag_href
from garden.rendering.branches import Branches, branches
from garden.rendering.dates import date_view, revised_notes
from garden.rendering.freshness import freshness
from garden.rendering.places import Places, find_places, place_title
from garden.rendering.reading_order import AdjacentPages, reading_order
from garden.rendering.reading_paths import ReadingStep, reading_paths
from garden.rendering.related_notes import RelatedNotes
from garden.rendering.summaries import summary_of
from garden.rendering.translations import RELATION_LABELS, Translations, english

Value = TypeVar("Value")

_TRAIL_LENGTH = 5
"""The maximum length of a trail in a listing; the page itself shows all of it."""


class Catalog:
    """A Snapshot with its settings, and lookups in constant time."""

    def __init__(
        self,
        snapshot: Snapshot,
        settings: Settings,
        pictures: Mapping[VaultPath, VaultImage] = MappingProxyType({}),
        translations: Translations = english,
    ) -> None:
        """Look things up in `snapshot`; `pictures` are the images whose size is known."""
        self.snapshot = snapshot
        self.settings = settings
        self.pictures = pictures
        self.translations = translations
        self._cards: dict[VaultPath, Card] = {}
        self._summaries: dict[Node, str] = {}
        self._freshness: dict[Node, Freshness | None] = {}
        self._title_order: dict[Node, tuple[str, str]] = {}
        self._links: dict[Node, Link] = {}
        self._mentions: dict[Node, Related] = {}

    def with_text(self, snapshot: Snapshot, path: VaultPath) -> "Catalog":
        """Return the catalog of a snapshot in which one note has another text, with other links and headings perhaps, or is new.

        If its title has changed, too, all lists still have it at its former place; a new one is in no list.
        """
        other = copy(self)
        node = Node("note", path)
        said = ["_summaries", "_freshness"]
        before = self.snapshot.documents.get(path)
        if before and snapshot.documents[path].title != before.title:
            said += ["_links", "_mentions", "_title_order"]
        for name in said:
            known = getattr(self, name)
            vars(other)[name] = {key: value for key, value in known.items() if key != node}
        vars(other).update(
            snapshot=snapshot, _cards={key: card for key, card in self._cards.items() if key != path}
        )
        if snapshot.backlinks is not self.snapshot.backlinks:
            vars(other).pop("most_cited", None)
        if "related_notes" in vars(self):
            changes = self.related_notes.changes(snapshot, path)
            vars(other)["related_notes"] = self.related_notes.with_changes(changes)
        return other

    @property
    def whole(self) -> Snapshot:
        """The snapshot for code that reads the whole vault, unlike single pages."""
        return self.snapshot

    def bodies(self, bodies: Bodies) -> Bodies:
        """Return the function that returns the bodies of notes."""
        return bodies

    def part(self, about: Hashable, make: Callable[[], Value]) -> Value:
        """Return what `make` makes: a part of a file, which depends on what it is `about` and on answers of this catalog."""
        del about
        return make()

    def prepare(self) -> None:
        """Compute everything that every page needs, before pages are distributed among processes."""
        for once in (self.branches, self.paths, self.places, self.order, self.related_notes):
            assert once is not None

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

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The compared name of every relation with its label, in the order of the settings."""
        return {field_key(field.name): field.label for field in self.settings.relations}

    @cached_property
    def directions(self) -> Mapping[str, str]:
        """The compared name of every relation with its direction, empty for none, in the order of the settings."""
        return {field_key(field.name): field.direction for field in self.settings.relations}

    def language(self, node: Node) -> str:
        """Return the language of a page: the note's own, or else the site's."""
        document = self.note(node)
        return (document.meta.lang if document else "") or self.settings.language

    def gettext(self, message: str, language: str = "") -> str:
        """Return a message of the interface in a language, that of the site unless named."""
        return self.translations(language or self.settings.language).gettext(message)

    def label(self, relation: str, language: str) -> str:
        """Return the label of a relation; one that the settings leave as it was is translated."""
        label = self.labels.get(relation, relation)
        return self.gettext(label, language) if RELATION_LABELS.get(relation) == label else label

    def document(self, path: VaultPath) -> Document:
        """Return the Document at `path`."""
        return self.snapshot.documents[path]

    def note(self, node: Node) -> Document | None:
        """Return the Document of a note's page, None for a hub."""
        return self.snapshot.documents[VaultPath(node.key)] if node.kind == "note" else None

    def is_listed(self, node: Node) -> bool:
        """Say whether a page may appear in listings (PB-2)."""
        document = self.note(node)
        return document.listed if document else True

    def is_draft(self, node: Node) -> bool:
        """Say whether only a preview has the page (PB-8)."""
        document = self.note(node)
        return document is not None and document.previewed

    def freshness(self, node: Node) -> Freshness | None:
        """Return how finished a page is, None if its author does not say."""
        try:
            return self._freshness[node]
        except KeyError:
            document = self.note(node)
            found = self._freshness[node] = freshness(document, self.settings) if document else None
            return found

    def marked_title(self, node: Node) -> str:
        """Return the title of a page for data, where a draft is marked in words."""
        title = self.title(node)
        return f"{title} ({self.gettext('draft')})" if self.is_draft(node) else title

    def title(self, node: Node) -> str:
        """Return the title of a page, of a parent that has only a name, or of a place."""
        if node.kind in ("folder", "category", "tag"):
            return place_title(self.snapshot, node)
        return self.snapshot.title(node)

    def url(self, node: Node) -> Url:
        """Return the site-relative address of a page."""
        return self.places.folder_urls[node] if node.kind == "folder" else self.snapshot.addresses[node]

    def first_url(self, node: Node) -> Url:
        """Return the first address that a page ever had, by which feed readers identify it."""
        return self.snapshot.first_address(node)

    def summary(self, node: Node) -> str:
        """Return one line about a page: its summary, or else its first words."""
        found = self._summaries.get(node)
        if found is None:
            document = self.note(node)
            found = self._summaries[node] = summary_of(document) if document else ""
        return found

    def tag_names(self, path: VaultPath) -> frozenset[Folded]:
        """Return the compared names of the tags that a note has itself."""
        return frozenset(fold(tag.name) for tag in self.snapshot.documents[path].tags)

    def link(self, node: Node) -> Link:
        """Return title and address of a page."""
        found = self._links.get(node)
        if found is None:
            href = self._href(node)
            found = self._links[node] = Link(
                self.title(node), href, lang=self._lang(node), draft=self.is_draft(node)
            )
        return found

    def _href(self, node: Node) -> str:
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
        """Return the titles of the shortest trail; of a long one only the ends, which are most informative."""
        shape = self.shape(node)
        length = shape.depths.get(node, 0)
        if length <= _TRAIL_LENGTH:
            return tuple(map(self.title, shape.trail(node)))
        return (self.title(shape.tops[node]), "…", *map(self.title, shape.nearest(node, _TRAIL_LENGTH - 2)))

    def cards(self, paths: Iterable[VaultPath]) -> tuple[Card, ...]:
        """Return notes as a listing shows them, in the given order."""
        return tuple(self.card(path) for path in paths)

    def date(self, document: Document) -> DateView | None:
        """Return a note's date in the site's language."""
        return date_view(document.meta.date, self.settings.language)

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

    def title_order(self, node: Node) -> tuple[str, str]:
        """Return the key that orders pages in a list: fold of title, then key."""
        found = self._title_order.get(node)
        if found is None:
            found = self._title_order[node] = fold(self.title(node)), node.key
        return found

    def newest_first(self, entry: TagEntry) -> tuple[VaultPath, ...]:
        """Return the notes of a tag, category or author in the order of listings."""
        return tuple(sorted(entry.notes, key=self.positions.__getitem__))

    @cached_property
    def positions(self) -> Mapping[VaultPath, int]:
        """The place of every listed note in the order of listings."""
        return {path: position for position, path in enumerate(self.listed)}

    def _lang(self, node: Node) -> str:
        """Return the language of a page, empty for that of the site."""
        language = self.language(node) if node.kind == "note" else ""
        return "" if language == self.settings.language else language

    def _date(self, path: VaultPath) -> str:
        when = self.document(path).meta.date
        return when.iso if when else ""
