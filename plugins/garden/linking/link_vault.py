"""Links a whole vault: resolves every reference, gives every page its address and builds the hierarchy."""

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from garden.linking.addresses.generated import allocate_files
from garden.linking.addresses.pages import PageAddresses, allocate_pages
from garden.linking.addresses.url_registry import UrlRegistry
from garden.linking.backlinks import collect_backlinks, renewed_backlinks
from garden.linking.drawing_exports import published_exports
from garden.linking.hierarchy.build import Hierarchy, build_hierarchy
from garden.linking.hierarchy.hubs import WantedParents, collect_parents
from garden.linking.hierarchy.parent_policies import ParentPolicies
from garden.linking.hierarchy.relation_fields import fields_of
from garden.linking.home_note import find_home, home_problems
from garden.linking.incremental.former_linking import FormerLinking, with_same_objects
from garden.linking.incremental.vault_changes import same_where_equal, vault_changes
from garden.linking.ledger.history import address_history
from garden.linking.ledger.state import KnownAddresses
from garden.linking.locator import LinkedLocator
from garden.linking.note_groups import NoteGroups, collect_groups
from garden.linking.published import pages_without_note, published_files, published_pages, unmatched_static
from garden.linking.relation import Backlink, Node
from garden.linking.resolving.index import Index
from garden.linking.resolving.resolve import GeneratedPages
from garden.linking.resolving.resolve_all import (
    ResolvedReferences,
    generated_names_that_differ,
    renewed_references,
    resolve_all,
)
from garden.linking.resolving.site_links import SiteLinks
from garden.linking.snapshot import Snapshot
from garden.linking.sources import CollectedEdges, collect_edges
from garden.linking.sources.edges import SourceNotes
from garden.linking.tag_variants import TagAliases, similar_tags
from garden.linking.view_statuses import with_view_statuses
from garden.model.diagnostic import Diagnostic
from garden.model.ledger import NO_LEDGER, Ledger
from garden.model.names import VaultPath
from garden.model.note import Document
from garden.model.settings import Settings


def link_vault(
    documents: Mapping[VaultPath, Document],
    attachments: Iterable[VaultPath],
    settings: Settings,
    ledger: Ledger = NO_LEDGER,
    out_of_sight: frozenset[str] = frozenset(),
) -> Snapshot:
    """Link a whole vault: all its documents, drafts included, and the paths of all its other files.

    `ledger` has the addresses of pages that have been published. `out_of_sight` are the paths in it of notes that exist,
    but are not among `documents`.
    """
    return Linking(documents, attachments, settings, ledger, out_of_sight=out_of_sight).snapshot


class Linking:
    """The linking of one vault, step by step: each step uses the results of those before it.

    With `before`, the previous linking of the same vault, the results that a change does not affect are taken from there.
    The snapshot is the same as without it, and its parts that are equal to former ones are the very same objects.
    """

    documents: Mapping[VaultPath, Document]
    """All notes, in path order."""
    index: Index
    groups: NoteGroups
    collected: CollectedEdges
    """The relations from sources other than typed links."""
    wanted_parents: WantedParents
    """The parents that have no note."""
    home: Document | None
    """The note whose text is that of the home page."""
    known: KnownAddresses
    """The addresses that pages had when they were last published."""
    pages: PageAddresses
    page_registry: UrlRegistry
    """The addresses of pages, and those that are reserved."""
    reservation_problems: list[Diagnostic]
    generated: GeneratedPages
    references: ResolvedReferences
    hierarchy: Hierarchy
    snapshot: Snapshot
    """The result of all steps."""

    def __init__(  # noqa: PLR0913 (each comes from elsewhere)
        self,
        documents: Mapping[VaultPath, Document],
        attachments: Iterable[VaultPath],
        settings: Settings,
        ledger: Ledger = NO_LEDGER,
        *,
        out_of_sight: frozenset[str] = frozenset(),
        before: "Linking | None" = None,
        pause: Callable[[], None] | None = None,
    ) -> None:
        """Link a vault; see `link_vault`. `pause` is called between the steps, and may raise an exception to give up."""
        self.settings = settings
        self.attachments = sorted(set(attachments))
        self._use_documents(documents)
        can_follow = before and before.settings == settings and not before.references.has_many_problems
        self._former = self._changed_since(before) if before and can_follow else None
        for step in (
            self._index_names,
            partial(self._allocate, ledger, out_of_sight),
            self._resolve_references,
            self._build_hierarchy,
            self._allocate_files,
            self._update_history,
            self._check_site_links,
        ):
            step()
            if pause:
                pause()
        found = self._snapshot()
        self.snapshot = with_same_objects(self._former.linking.snapshot, found) if self._former else found
        self._former = None  # it refers to the previous linking, which must be freed

    def _use_documents(self, documents: Mapping[VaultPath, Document]) -> None:
        """Set the documents: in path order, views with their status, tags replaced by those that they are aliases of."""
        settings = self.settings
        ordered = {path: documents[path] for path in sorted(documents)}
        self.documents, view_problems = with_view_statuses(
            ordered, self.attachments, settings.view_pages, settings.reading.views
        )
        self.problems = [*view_problems]
        aliases = TagAliases(settings.tag_aliases)
        self.variants = aliases.spellings(self.documents) if aliases else {}
        if aliases:
            self.documents = {path: aliases.merge(note) for path, note in self.documents.items()}

    def _changed_since(self, before: "Linking") -> FormerLinking:
        """Return the previous linking and the changes of the vault since then."""
        self.documents = same_where_equal(before.documents, self.documents)
        files = set(before.attachments), set(self.attachments)
        return FormerLinking(before, vault_changes(before.documents, self.documents, *files))

    def _index_names(self) -> None:
        """Index notes and files by name, group notes by tag, category and author, and collect the parents that have no note."""
        settings, former = self.settings, self._former
        self.published = [document for document in self.documents.values() if document.published]
        if former and not former.changes.renamed:
            self.index = former.linking.index.among(self.documents, restated=bool(former.changes.names))
        else:
            self.index = Index(self.documents, self.attachments)
        if former and former.has_same_groups():
            self.groups = former.linking.groups
        else:
            self.groups = collect_groups(self.published)
        self.fields = fields_of(settings.relations)
        self.collected = self._edges_of_sources()
        if former and former.has_same_wanted_parents(self.collected):
            self.wanted_parents = former.linking.wanted_parents
        else:
            self.wanted_parents = collect_parents(self.index, self.published, settings, self.collected.edges)
            if former and self.wanted_parents == former.linking.wanted_parents:
                self.wanted_parents = former.linking.wanted_parents
        self.home = self._found_home()

    def _found_home(self) -> Document | None:
        """Return the note whose text is that of the home page."""
        settings, former = self.settings, self._former
        if settings.among_articles:
            return None
        if former and former.has_same_home():
            home = former.linking.home
            return home and self.documents[home.path]
        return find_home(self.index, self.published, settings.home)

    def _edges_of_sources(self) -> CollectedEdges:
        """Return the relations from the other sources that the settings name."""
        if not self.settings.edge_sources:
            return CollectedEdges()
        notes_of = {key: entry.notes for key, entry in self.groups.tags.items()}
        notes = SourceNotes(self.published, self.index, self.fields, notes_of)
        return collect_edges(notes, self.settings.edge_sources)

    def _allocate(self, ledger: Ledger, out_of_sight: frozenset[str]) -> None:
        """Give every page its address, first of all those that have been published already."""
        former = self._former
        self.known = KnownAddresses(ledger, self.documents, out_of_sight)
        self.problems += ledger.problems
        if former and former.has_same_addresses(self):
            before = former.linking
            self.pages = before.pages.with_notes(self.documents, former.changes.paths)
            self.page_registry, self.reservation_problems = before.page_registry, before.reservation_problems
        else:
            self.page_registry = UrlRegistry(self.settings.reserved_addresses)
            self.reservation_problems = self.known.reserve(self.page_registry)
            self.pages = allocate_pages(
                self.page_registry,
                self.known,
                [document for document in self.published if document.has_page],
                home=self.home,
                groups=self.groups,
                hubs=self.wanted_parents.hubs,
                settings=self.settings,
            )
        self.problems += self.reservation_problems
        self.addresses = {**self.pages.hubs, **self.pages.notes}
        self.generated = pages_without_note(
            self.pages, self.wanted_parents, self.variants, self.fields, ParentPolicies(self.settings)
        )

    def _resolve_references(self) -> None:
        """Resolve every reference, or those that a change may affect."""
        former = self._former
        if former:
            before = former.linking
            names = former.changes.names | generated_names_that_differ(before.generated, self.generated)
            self.references = renewed_references(
                self.index, self.generated, former.changes, names, before.references
            )
        if former is None or self.references.has_many_problems:
            self.references = resolve_all(self.index.among(self.documents), self.documents, self.generated)
        self.resolutions = dict(self.references.resolutions)
        self.problems += self.references.all_problems

    def _build_hierarchy(self) -> None:
        """Build the hierarchy from the resolved references."""
        former = self._former
        if former and former.has_same_relations(self):
            self.hierarchy = former.linking.hierarchy
            return
        self.hierarchy = build_hierarchy(
            self.published, self.resolutions, self.wanted_parents, self.settings, self.collected
        )
        if former:
            self.hierarchy = self.hierarchy.like(former.linking.hierarchy)

    def _allocate_files(self) -> None:
        """Give every attachment that is published its address."""
        files = published_files(self.published, self.resolutions, self.attachments, self.settings.static)
        files |= published_exports(self.published, self.attachments)
        # A copy, since the next linking may reuse the registry without the files.
        self.registry = self.page_registry.copy()
        self.registry.release_reservations()
        self.files = allocate_files(self.registry, files)

    def _update_history(self) -> None:
        """Compute the next state of the ledger, and the redirects."""
        pages = published_pages(
            self.pages, self.groups, self.generated.hubs, self.hierarchy.children, self.documents
        )
        self.history = address_history(
            self.known, self.registry, pages, self.hierarchy.parents, self.settings
        )

    def _check_site_links(self) -> None:
        """Resolve links to addresses of the site, and check the notes, files and addresses in the settings."""
        settings = self.settings
        site_links = SiteLinks(
            self.registry, self.addresses, self.index, settings.base, self.history.redirects
        )
        for document in self.published:
            resolutions = site_links.resolve(document, self.resolutions[document.path])
            self.resolutions[document.path] = resolutions
        self.problems += unmatched_static(self.attachments, self.documents, settings.static)
        if not settings.among_articles:
            self.problems += home_problems(self.index, self.home, settings.home)
            site_links.check_setting("menu_links", settings.menu_links)
            site_links.check_setting("footer_links", settings.footer_links)
        self.problems += site_links.problems

    def _snapshot(self) -> Snapshot:
        """Return the linked vault."""
        pages, groups, hierarchy, history = self.pages, self.groups, self.hierarchy, self.history
        found = (
            *self.problems,
            *history.problems,
            *pages.problems,
            *hierarchy.problems,
            *self.collected.problems,
            *similar_tags(self.published, groups.tags),
        )
        return Snapshot(
            documents=self.documents,
            resolutions=self.resolutions,
            relations=hierarchy.relations,
            siblings=hierarchy.siblings,
            hubs=self.generated.hubs,
            backlinks=self._backlinks(),
            tags=groups.tags,
            addresses=self.addresses,
            tag_addresses=self.generated.pages["tag"],
            files=self.files,
            diagnostics=tuple(sorted(found)),
            parents=hierarchy.parents,
            trails=hierarchy.trails,
            categories=groups.categories,
            authors=groups.authors,
            category_addresses=pages.categories,
            author_addresses=pages.authors,
            children=hierarchy.children,
            labels=self.wanted_parents.labels,
            home=self.home.path if self.home else None,
            translations=pages.translations,
            ledger=history.ledger,
            redirects=history.redirects,
            locate=LinkedLocator(self.index, self.generated),
        )

    def _backlinks(self) -> Mapping[Node, tuple[Backlink, ...]]:
        """Return all backlinks, those of pages that no change concerns as they were."""
        former = self._former
        if former is None:
            return collect_backlinks(self.published, self.resolutions)
        before = former.linking
        return renewed_backlinks(
            before.snapshot.backlinks,
            (former.changes.before, before.references.resolutions),
            (self.documents, self.references.resolutions),
            former.changes.paths | self.references.resolved,
        )
