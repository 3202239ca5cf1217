"""Linking a whole vault: every reference gets its answer, every page its address, and the hierarchy is built."""

from collections.abc import Iterable, Iterator, Mapping

from garden.linking.addresses.generated import allocate_files
from garden.linking.addresses.pages import PageAddresses, allocate_pages
from garden.linking.addresses.url_registry import UrlRegistry
from garden.linking.backlinks import collect_backlinks
from garden.linking.drawing_exports import published_exports
from garden.linking.hierarchy.build import build_hierarchy
from garden.linking.hierarchy.hubs import WantedParents, collect_parents
from garden.linking.hierarchy.parent_policies import ParentPolicies
from garden.linking.hierarchy.relation_fields import RelationFields, fields_of
from garden.linking.home_note import find_home, home_problems
from garden.linking.ledger.history import address_history
from garden.linking.ledger.state import KnownAddresses, PublishedPages, published_groups
from garden.linking.locator import LinkedLocator
from garden.linking.relation import Hub, Node, TagEntry
from garden.linking.resolving.index import Index
from garden.linking.resolving.messages import ReferenceMessages, one_line
from garden.linking.resolving.resolution import FoundFile, Resolution
from garden.linking.resolving.resolve import GeneratedPages, resolve
from garden.linking.resolving.site_links import SiteLinks
from garden.linking.snapshot import Snapshot
from garden.linking.sources import CollectedEdges, collect_edges
from garden.linking.sources.edges import SourceNotes
from garden.linking.tag_variants import TagAliases, similar_tags
from garden.linking.tags import NoteGroups, collect_groups
from garden.linking.view_files import settle_view_files
from garden.model.diagnostic import IN_SETTINGS, Diagnostic
from garden.model.ledger import NO_LEDGER, Ledger
from garden.model.names import Folded, Url, VaultPath
from garden.model.note import Document
from garden.model.settings import OWN_FILES, Settings


def link_vault(
    documents: Mapping[VaultPath, Document],
    attachments: Iterable[VaultPath],
    settings: Settings,
    ledger: Ledger = NO_LEDGER,
    out_of_sight: frozenset[str] = frozenset(),
) -> Snapshot:
    """Resolve a whole vault: all documents, drafts included, and the paths of all other files.

    `ledger` is what is known about published addresses, `out_of_sight` are the paths in it of notes that are there and
    not among `documents`.
    """
    linking = _Linking(documents, attachments, settings)
    linking.allocate(ledger, out_of_sight)
    linking.resolve()
    linking.allocate_files()
    linking.remember()
    linking.check_site_links()
    return linking.snapshot()


class _Linking:
    """The linking of one vault, step by step: each step uses what those before it have found."""

    def __init__(
        self,
        documents: Mapping[VaultPath, Document],
        attachments: Iterable[VaultPath],
        settings: Settings,
    ) -> None:
        self._settings = settings
        self._attachments = sorted(set(attachments))
        ordered = {path: documents[path] for path in sorted(documents)}
        self._documents, view_problems = settle_view_files(
            ordered, self._attachments, settings.view_pages, settings.reading.views
        )
        self._problems = [*view_problems]
        aliases = TagAliases(settings.tag_aliases)
        self._variants = aliases.spellings(self._documents) if aliases else {}
        if aliases:
            self._documents = {path: aliases.merge(note) for path, note in self._documents.items()}
        self._published = [document for document in self._documents.values() if document.published]
        self._index = Index(self._documents, self._attachments)
        self._groups = collect_groups(self._published)
        self._fields = fields_of(settings.relations)
        self._collected = self._edges_of_sources()
        self._above = collect_parents(self._index, self._published, settings, self._collected.edges)
        in_articles = settings.among_articles
        self._home = None if in_articles else find_home(self._index, self._published, settings.home)

    def _edges_of_sources(self) -> CollectedEdges:
        """Return the relations that the settings ask other sources for."""
        if not self._settings.edge_sources:
            return CollectedEdges()
        notes_of = {key: entry.notes for key, entry in self._groups.tags.items()}
        notes = SourceNotes(self._published, self._index, self._fields, notes_of)
        return collect_edges(notes, self._settings.edge_sources)

    def allocate(self, ledger: Ledger, out_of_sight: frozenset[str]) -> None:
        """Give every page its address, those that were published first of all."""
        self._registry = UrlRegistry(self._settings.reserved_addresses)
        self._known = KnownAddresses(ledger, self._documents, out_of_sight)
        self._problems += [*ledger.problems, *self._known.hold(self._registry)]
        self._pages = allocate_pages(
            self._registry,
            self._known,
            [document for document in self._published if document.has_page],
            home=self._home,
            groups=self._groups,
            hubs=self._above.hubs,
            settings=self._settings,
        )
        self._addresses = {**self._pages.hubs, **self._pages.notes}
        self._generated = _generated_pages(
            self._pages, self._above, self._variants, self._fields, ParentPolicies(self._settings)
        )

    def resolve(self) -> None:
        """Answer every reference, and build the hierarchy from the answers."""
        messages = ReferenceMessages(self._index)
        self._resolutions = {
            path: tuple(resolve(self._index, path, ref, self._generated, messages) for ref in document.refs)
            for path, document in self._documents.items()
        }
        self._hierarchy = build_hierarchy(
            self._published, self._resolutions, self._above, self._settings, self._collected
        )
        self._problems += messages.found

    def allocate_files(self) -> None:
        """Give every attachment that is published its address."""
        files = _published_files(self._published, self._resolutions, self._attachments, self._settings.static)
        files |= published_exports(self._published, self._attachments)
        self._registry.release()
        self._files = allocate_files(self._registry, files)

    def remember(self) -> None:
        """Work out what has to be remembered of all addresses, and what redirects."""
        pages = _published_pages(
            self._pages, self._groups, self._generated.hubs, self._hierarchy.children, self._documents
        )
        self._history = address_history(
            self._known, self._registry, pages, self._hierarchy.parents, self._settings
        )

    def check_site_links(self) -> None:
        """Answer links to addresses of the site, and check what the settings name."""
        settings = self._settings
        site_links = SiteLinks(
            self._registry, self._addresses, self._index, settings.base, self._history.redirects
        )
        for document in self._published:
            answers = site_links.answers(document, self._resolutions[document.path])
            self._resolutions[document.path] = answers
        self._problems += _unmatched_static(self._attachments, self._documents, settings.static)
        if not settings.among_articles:
            self._problems += home_problems(self._index, self._home, settings.home)
            site_links.check_setting("menu_links", settings.menu_links)
            site_links.check_setting("footer_links", settings.footer_links)
        self._problems += site_links.problems

    def snapshot(self) -> Snapshot:
        """Return the linked vault."""
        pages, groups, hierarchy, history = self._pages, self._groups, self._hierarchy, self._history
        found = (
            *self._problems,
            *history.problems,
            *pages.problems,
            *hierarchy.problems,
            *self._collected.problems,
            *similar_tags(self._published, groups.tags),
        )
        return Snapshot(
            documents=self._documents,
            resolutions=self._resolutions,
            relations=hierarchy.relations,
            siblings=hierarchy.siblings,
            hubs=self._generated.hubs,
            backlinks=collect_backlinks(self._published, self._resolutions),
            tags=groups.tags,
            addresses=self._addresses,
            tag_addresses=self._generated.pages["tag"],
            files=self._files,
            diagnostics=tuple(sorted(found)),
            parents=hierarchy.parents,
            trails=hierarchy.trails,
            categories=groups.categories,
            authors=groups.authors,
            category_addresses=pages.categories,
            author_addresses=pages.authors,
            children=hierarchy.children,
            labels=self._above.labels,
            home=self._home.path if self._home else None,
            translations=pages.translations,
            ledger=history.ledger,
            redirects=history.redirects,
            locate=LinkedLocator(self._index, self._generated),
        )


def _generated_pages(
    pages: PageAddresses,
    above: WantedParents,
    variants: Mapping[Folded, Folded],
    fields: RelationFields,
    policies: ParentPolicies,
) -> GeneratedPages:
    """Return the pages without a note that a link can lead to."""
    # A tag in the text keeps its spelling and leads to the tag that it stands for.
    respelled = {variant: pages.tags[tag] for variant, tag in variants.items() if tag in pages.tags}
    return GeneratedPages(
        hubs={hub.key: hub for hub in above.hubs},
        pages={
            "tag": {**pages.tags, **respelled},
            "category": pages.categories,
            "author": pages.authors,
        },
        named_like_drafts=above.named_like_drafts,
        respelled=above.respelled,
        ups=fields.ups,
        policies=policies,
    )


def _published_pages(
    pages: PageAddresses,
    groups: NoteGroups,
    hubs: Mapping[Folded, Hub],
    children: Mapping[Node, tuple[Node, ...]],
    documents: Mapping[VaultPath, Document],
) -> PublishedPages:
    """Return all pages in the form of the ledger."""
    return PublishedPages(
        {VaultPath(node.key): url for node, url in pages.notes.items()},
        {request.document.path: request for request in pages.requests},
        (
            *published_groups("hub", *_hub_entries(hubs, pages.hubs, children)),
            *published_groups("tag", groups.tags.values(), pages.tags),
            *published_groups("category", groups.categories.values(), pages.categories),
            *published_groups("author", groups.authors.values(), pages.authors),
        ),
        documents,
    )


def _hub_entries(
    hubs: Mapping[Folded, Hub], urls: Mapping[Node, Url], children: Mapping[Node, tuple[Node, ...]]
) -> tuple[list[TagEntry], dict[Folded, Url]]:
    """Return the hubs in the form of the ledger: a name with its notes, by path, and an address."""
    entries = []
    for key, hub in hubs.items():
        notes = sorted(node.key for node in children.get(Node("hub", key), ()) if node.kind == "note")
        entries.append(TagEntry(key, hub.title, tuple(map(VaultPath, notes))))
    return entries, {Folded(node.key): url for node, url in urls.items()}


def _published_files(
    published: Iterable[Document],
    resolutions: Mapping[VaultPath, tuple[Resolution, ...]],
    attachments: Iterable[VaultPath],
    static: Iterable[str],
) -> set[VaultPath]:
    """Return the attachments that a published note names or that are under a static path (HC-6)."""
    folders = tuple(path.strip("/") for path in static)
    found = {
        path for path in attachments if any(path == top or path.startswith(top + "/") for top in folders)
    }
    for document in published:
        for resolution in resolutions[document.path]:
            if isinstance(resolution, FoundFile):
                found.add(resolution.path)
    return found


def _unmatched_static(
    attachments: Iterable[VaultPath], documents: Iterable[VaultPath], static: Iterable[str]
) -> Iterator[Diagnostic]:
    """Report what the author has named in the setting `static` and is not there."""
    named = {path: path.strip("/") for path in static if path not in OWN_FILES}
    paths = (*attachments, *documents) if named else ()
    for written, top in named.items():
        if not any(path == top or path.startswith(f"{top}/") for path in paths):
            message = f'GARDEN["static"]: no file in the folder of notes matches "{one_line(written)}"'
            hint = "write the path of a file or folder, from the folder of notes on"
            yield Diagnostic(IN_SETTINGS, "setting-unused", message, hint)
