"""A catalog that records the questions that it is asked (see `questions`); `comparison` puts them to two catalogs."""

from collections.abc import Callable, Hashable, Mapping
from copy import copy
from functools import cached_property
from typing import Any, TypeVar, cast

from msgspec.structs import replace

from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.body import Body
from garden.model.names import Folded, VaultPath
from garden.model.pages.entries import Card, Freshness, Link, Related
from garden.model.pages.panels import TreeNode
from garden.rendering.body.fill import Bodies
from garden.rendering.branches import Branches, BranchPlace
from garden.rendering.catalog import Catalog
from garden.rendering.places import Places
from garden.rendering.reading_order import AdjacentPages
from garden.rendering.reading_paths import ReadingStep
from garden.rendering.related.related_notes import RelatedNotes
from garden.rendering.related.relatedness import Relatedness
from garden.rendering.tracking.questions import AnyTracker, StableTracker
from garden.rendering.tracking.reusable_parts import ReusableParts
from garden.rendering.tracking.subjects import (
    INDEX_OF_RELATED,
    PAGES_OF,
    PART_OF_NOTE,
    PARTS_OF_BRANCHES,
    PARTS_OF_SNAPSHOT,
    RELATED,
)
from garden.rendering.tracking.tracked_notes import TrackedMapping, TrackedNotes

Value = TypeVar("Value")


class _TrackedBranches(Branches):
    """The hierarchy, its mappings tracked, and its tuples as a whole."""

    __slots__ = ("_plain", "_subject", "_tracker")
    _subject: str
    _plain: Branches
    _tracker: AnyTracker

    def __init__(self, subject: str, plain: Branches, tracker: AnyTracker) -> None:
        for name in PARTS_OF_BRANCHES:
            tracked = TrackedMapping(f"{subject}.{name}", getattr(plain, name), tracker)
            object.__setattr__(self, name, tracked)
        object.__setattr__(self, "_subject", subject)
        object.__setattr__(self, "_plain", plain)
        object.__setattr__(self, "_tracker", tracker)

    def pages(self, node: Node) -> tuple[BranchPlace, ...]:
        self._tracker.ask(PAGES_OF + self._subject, node)
        return self._plain.pages(node)

    @property
    def roots(self) -> tuple[Node, ...]:
        self._tracker.ask(self._subject, "roots")
        return self._plain.roots

    @property
    def loose(self) -> tuple[Node, ...]:
        self._tracker.ask(self._subject, "loose")
        return self._plain.loose


class _TrackedPlaces(Places):
    """The places of notes outside the hierarchy; their number is a separate question."""

    __slots__ = ("_plain", "_tracker")
    _plain: Places
    _tracker: AnyTracker

    def __init__(self, plain: Places, tracker: AnyTracker) -> None:
        object.__setattr__(self, "shape", _TrackedBranches("places", plain.shape, tracker))
        urls = TrackedMapping("places.folder_urls", plain.folder_urls, tracker)
        object.__setattr__(self, "folder_urls", urls)
        object.__setattr__(self, "_plain", plain)
        object.__setattr__(self, "_tracker", tracker)

    @property
    def count(self) -> int:
        self._tracker.ask("count of places", None)
        return self._plain.count


class _TrackedRelated:
    """Which notes are related: one question for each page."""

    __slots__ = ("_numbers", "_of", "_offset", "_record")

    def __init__(self, of: RelatedNotes, tracker: AnyTracker) -> None:
        self._of = of
        self._numbers, self._offset = tracker.numbering(RELATED)
        self._record = tracker.record

    def of(self, node: Node) -> Relatedness:
        """Return how closely other pages are related to this one."""
        self._record(self._numbers[node] + self._offset)
        return self._of.of(node)


def _tracked_related(plain: RelatedNotes, tracker: AnyTracker) -> RelatedNotes:
    """Return the same indexes, tracked."""
    tracked = copy(plain)
    for name, index in vars(plain).items():
        vars(tracked)[name] = TrackedMapping(f"{INDEX_OF_RELATED}{name}", index, tracker)
    return tracked


class TrackedCatalog(Catalog):
    """A catalog that records what it is asked; it wraps the catalog `plain`."""

    def __init__(self, plain: Catalog, tracker: AnyTracker) -> None:
        """Track every question to `plain`."""
        super().__init__(
            _tracked_snapshot(plain, tracker),
            plain.settings,
            TrackedMapping("pictures", plain.pictures, tracker),
            plain.translations,
        )
        self.plain = plain
        self.parts: ReusableParts | None = None
        self._tracker = tracker
        self._record = tracker.record
        # Each page asks these dozens of times, so what `ask` does is written out in their methods.
        self._title_numbers, self._title_offset = tracker.numbering("title")
        self._link_numbers, self._link_offset = tracker.numbering("link")
        self._freshness_numbers, self._freshness_offset = tracker.numbering("freshness")
        self._summary_numbers, self._summary_offset = tracker.numbering("summary")
        self._mention_numbers, self._mention_offset = tracker.numbering("mention")
        self._exist_numbers, self._exist_offset = tracker.numbering("documents")
        self._listed_numbers, self._listed_offset = tracker.numbering(PART_OF_NOTE + "listed")
        self._tree_nodes: dict[Node, TreeNode] = {}
        self._cites_numbers, self._cites_offset = tracker.numbering("cites")

    def bodies(self, bodies: Bodies) -> Bodies:
        """Return the function that gives the bodies of notes, tracked."""

        def body(path: VaultPath) -> Body:
            # A body follows from the content of its file, of which this is the hash.
            self._tracker.ask(PART_OF_NOTE + "sha", path)
            return bodies(path)

        return body

    def part(self, about: Hashable, make: Callable[[], Value]) -> Value:
        """Return a part of a file, which is reused as long as no answer has changed."""
        return make() if self.parts is None else self.parts.part(about, make)

    @property
    def listed(self) -> tuple[VaultPath, ...]:
        """Every listed note; see `Catalog`."""
        self._tracker.ask("catalog", "listed")
        return self.plain.listed

    @property
    def nodes(self) -> tuple[Node, ...]:
        """Every page that may be listed; see `Catalog`."""
        self._tracker.ask("catalog", "nodes")
        return self.plain.nodes

    @property
    def nodes_by_title(self) -> tuple[Node, ...]:
        """The same pages in the order of their titles; see `Catalog`."""
        self._tracker.ask("catalog", "nodes_by_title")
        return self.plain.nodes_by_title

    def cites(self, path: VaultPath) -> Mapping[Node, None]:
        """Return the listed pages to which a note links; see `Catalog`."""
        self._record(self._cites_numbers[path] + self._cites_offset)
        return self.plain.cites(path)

    @cached_property
    def branches(self) -> Branches:
        """The hierarchy of all listed pages."""
        return _TrackedBranches("branches", self.plain.branches, self._tracker)

    @cached_property
    def places(self) -> Places:
        """The places of the notes outside the hierarchy."""
        return _TrackedPlaces(self.plain.places, self._tracker)

    @cached_property
    def order(self) -> Mapping[Node, AdjacentPages]:
        """What comes before and after each page when all are read in order."""
        return TrackedMapping("order", self.plain.order, self._tracker)

    @cached_property
    def related_notes(self) -> RelatedNotes:
        """Which notes are related, and why."""
        if isinstance(self._tracker, StableTracker):
            return cast(RelatedNotes, _TrackedRelated(self.plain.related_notes, self._tracker))
        return _tracked_related(self.plain.related_notes, self._tracker)

    @property
    def most_cited(self) -> tuple[VaultPath, ...]:
        """The notes that others link to; see `Catalog`."""
        self._tracker.ask("catalog", "most_cited")
        return self.plain.most_cited

    @property
    def revised(self) -> tuple[VaultPath, ...]:
        """The notes that were modified after their date; see `Catalog`."""
        self._tracker.ask("catalog", "revised")
        return self.plain.revised

    @cached_property
    def paths(self) -> Mapping[Node, ReadingStep]:
        """The place of every listed page that is in a reading path."""
        return TrackedMapping("paths", self.plain.paths, self._tracker)

    @cached_property
    def positions(self) -> Mapping[VaultPath, int]:
        """The place of every listed note in the order of listings."""
        return TrackedMapping("positions", self.plain.positions, self._tracker)

    def title(self, node: Node) -> str:
        """Return the title of a page, or of a parent that has only a name."""
        self._record(self._title_numbers[node] + self._title_offset)
        return self.plain.title(node)

    def title_order(self, node: Node) -> tuple[str, str]:
        """Return the key that orders pages in a list."""
        self._record(self._title_numbers[node] + self._title_offset)
        return self.plain.title_order(node)

    def freshness(self, node: Node) -> Freshness | None:
        """Return how finished a page is, None if its author does not say."""
        self._record(self._freshness_numbers[node] + self._freshness_offset)
        return self.plain.freshness(node)

    def summary(self, node: Node) -> str:
        """Return one line about a page: its summary, or else its first words."""
        self._record(self._summary_numbers[node] + self._summary_offset)
        return self.plain.summary(node)

    def tag_names(self, path: VaultPath) -> frozenset[Folded]:
        """Return the compared names of the tags that a note has itself."""
        self._tracker.ask(f"{PART_OF_NOTE}tags", path)
        return self.plain.tag_names(path)

    def link(self, node: Node) -> Link:
        """Return title and address of a page."""
        self._record(self._link_numbers[node] + self._link_offset)
        return self.plain.link(node)

    def language(self, node: Node) -> str:
        """Return the language of a page, which its link names unless it is that of the site."""
        self._record(self._link_numbers[node] + self._link_offset)
        return self.plain.language(node)

    def is_listed(self, node: Node) -> bool:
        """Say whether a page may appear in listings (PB-2)."""
        if node.kind == "note":
            self._record(self._exist_numbers[node.key] + self._exist_offset)
            self._record(self._listed_numbers[node.key] + self._listed_offset)
        return self.plain.is_listed(node)

    def tree_node(
        self,
        node: Node,
        children: tuple[TreeNode, ...] = (),
        *,
        summary: bool = False,
        current: bool = False,
        counted: bool = True,
    ) -> TreeNode:
        """Return a page as a tree shows it; see `Catalog`. It is the same beside each of its siblings."""
        if children or summary or current or not counted:
            return super().tree_node(node, children, summary=summary, current=current, counted=counted)
        found = self._tree_nodes.get(node)
        if found is None:
            found = self._tree_nodes[node] = super().tree_node(node)
        else:
            self._record(self._link_numbers[node] + self._link_offset)
            self._record(self._freshness_numbers[node] + self._freshness_offset)
            self.shape(node).counts.get(node)
        return found

    def card(self, path: VaultPath) -> Card:
        """Return a note as a listing shows it."""
        self._tracker.ask("card", path)
        return self.plain.card(path)

    def mention(self, node: Node) -> Related:
        """Return a page as a long list of relations shows it: only its title."""
        self._record(self._mention_numbers[node] + self._mention_offset)
        return self.plain.mention(node)


def _tracked_snapshot(plain: Catalog, tracker: AnyTracker) -> Snapshot:
    """Return a snapshot that records what it is asked.

    Its `home` is not tracked: whoever compares two snapshots has to compare it, since a change concerns every page.
    """
    snapshot = plain.snapshot
    tracked: dict[str, Any] = {
        name: TrackedMapping(name, getattr(snapshot, name), tracker)
        for name in PARTS_OF_SNAPSHOT
        if name != "documents"
    }
    tracked["documents"] = TrackedNotes(snapshot.documents, plain.whole, tracker)
    tracked["ledger"] = replace(
        snapshot.ledger, lines=TrackedMapping("ledger", snapshot.ledger.lines, tracker)
    )
    return replace(snapshot, **tracked)
