"""One frozen record of a whole vault: documents, answers to every reference, relations.

Everything later reads it: pages, other files, reports.
"""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from garden.linking.addresses.generated import allocate_files
from garden.linking.addresses.pages import PageAddresses, allocate_pages
from garden.linking.addresses.url_registry import UrlRegistry
from garden.linking.backlinks import collect_backlinks
from garden.linking.drawing_exports import published_exports
from garden.linking.hierarchy.build import build_hierarchy
from garden.linking.hierarchy.hubs import collect_parents
from garden.linking.hierarchy.parent_policies import ParentPolicies
from garden.linking.hierarchy.relation_fields import fields_of
from garden.linking.home_note import find_home, home_problems
from garden.linking.ledger.history import address_history
from garden.linking.ledger.state import KnownAddresses, PublishedPages, published_groups
from garden.linking.relation import Backlink, Edge, Hub, Node, TagEntry, TrailNodes
from garden.linking.resolving.index import Index
from garden.linking.resolving.messages import (
    NoMessages,
    NoticedMessages,
    ReferenceMessages,
    one_line,
)
from garden.linking.resolving.resolution import (
    Found,
    FoundFile,
    FoundPage,
    LeftAlone,
    Missing,
    Resolution,
    Unpublished,
)
from garden.linking.resolving.resolve import GeneratedPages, resolve
from garden.linking.resolving.site_links import SiteLinks
from garden.linking.sources import CollectedEdges, collect_edges
from garden.linking.sources.edges import SourceNotes
from garden.linking.tag_variants import TagAliases, similar_tags
from garden.linking.tags import NoteGroups, collect_groups
from garden.linking.translations import NoteTranslations
from garden.linking.view_files import settle_view_files
from garden.model.diagnostic import IN_SETTINGS, Diagnostic
from garden.model.ledger import NO_LEDGER, AddressRedirect, Ledger, LineKey
from garden.model.names import Folded, Url, VaultPath
from garden.model.note import Document, Ref
from garden.model.settings import OWN_FILES, Settings

__all__ = [
    "Backlink",
    "Edge",
    "Found",
    "FoundFile",
    "FoundPage",
    "Hub",
    "LeftAlone",
    "Missing",
    "Node",
    "Resolution",
    "Snapshot",
    "TagEntry",
    "TrailNodes",
    "Unpublished",
    "link_vault",
]


class Locator:
    """Says where a reference would lead from a note that does not have it, such as one that a query makes.

    This one is for vaults in which nothing can be found.
    """

    def __call__(self, source: VaultPath, ref: Ref) -> Resolution:
        """Resolve a reference; nothing is reported."""
        del source, ref
        return Missing()

    def plain(self, source: VaultPath, ref: Ref) -> Resolution | None:
        """Resolve a reference, None where linking the vault would report it or look further."""
        del source, ref
        return None

    def among(self, documents: Mapping[VaultPath, Document]) -> "Locator":
        """Return the locator of the same notes with other texts."""
        del documents
        return self


class LinkedLocator(Locator):
    """Resolves references by what the linking of a vault has found: its `index`, and the pages that are not notes."""

    def __init__(self, index: Index, generated: GeneratedPages) -> None:
        """Take what linking has resolved all references with."""
        self.index = index
        self.generated = generated

    def __call__(self, source: VaultPath, ref: Ref) -> Resolution:
        """Resolve a reference; nothing is reported."""
        return resolve(self.index, source, ref, self.generated, NoMessages(self.index))

    def plain(self, source: VaultPath, ref: Ref) -> Resolution | None:
        """Resolve a reference, None where linking the vault would report it or look further."""
        noticed = NoticedMessages(self.index)
        found = resolve(self.index, source, ref, self.generated, noticed)
        return None if noticed.is_any or isinstance(found, LeftAlone) else found

    def among(self, documents: Mapping[VaultPath, Document]) -> "Locator":
        """Return the locator of the same notes with other texts."""
        return LinkedLocator(self.index.among(documents), self.generated)


class Snapshot(Struct, frozen=True):
    """A vault, resolved. Mappings are keyed by path or node; absent means empty.

    `documents` are in path order, drafts included. `resolutions[path][i]` answers
    `documents[path].refs[i]`. `relations[node]` maps a compared field name to its edges in
    display order (HI-11), fields in the order of the settings. `parents` is the whole graph
    upwards, `trails` its paths from the roots, as many as are shown (HI-10); a node of kind
    "label" in both has its name in `labels` and no page, a "gap" stands for steps left out. `children` are the listed notes below a
    page in display order, whichever of the fields downwards relates them. `addresses` has a
    URL for every published note and hub, `tag_addresses` per tag key, and so for categories
    and authors; `files` the URL of every attachment to publish (HC-6). `home` is the note whose text is the home
    page's (TI-6); `translations` are the notes of one slug in other languages (TI-7). `ledger` is what has to be
    remembered of all addresses, `redirects` are those that lead somewhere else by now, in order (PB-6). `sizes` are the
    bytes of the attachments to publish.
    `diagnostics` are those of linking alone, by place; each document has its own.
    """

    documents: Mapping[VaultPath, Document]
    resolutions: Mapping[VaultPath, tuple[Resolution, ...]]
    relations: Mapping[Node, Mapping[str, tuple[Edge, ...]]]
    siblings: Mapping[Node, tuple[Node, ...]]
    hubs: Mapping[Folded, Hub]
    backlinks: Mapping[Node, tuple[Backlink, ...]]
    tags: Mapping[Folded, TagEntry]
    addresses: Mapping[Node, Url]
    tag_addresses: Mapping[Folded, Url]
    files: Mapping[VaultPath, Url]
    diagnostics: tuple[Diagnostic, ...]
    parents: Mapping[Node, tuple[Node, ...]] = {}
    trails: Mapping[Node, tuple[TrailNodes, ...]] = {}
    categories: Mapping[Folded, TagEntry] = {}
    authors: Mapping[Folded, TagEntry] = {}
    category_addresses: Mapping[Folded, Url] = {}
    author_addresses: Mapping[Folded, Url] = {}
    children: Mapping[Node, tuple[Node, ...]] = {}
    labels: Mapping[Folded, str] = {}
    home: VaultPath | None = None
    translations: NoteTranslations = {}
    ledger: Ledger = NO_LEDGER
    redirects: tuple[AddressRedirect, ...] = ()
    sizes: Mapping[VaultPath, int] = {}
    locate: Locator = field(default_factory=Locator)

    def __eq__(self, other: object) -> bool:
        """Say whether two vaults are linked in the same way; `locate` follows from the rest."""
        return isinstance(other, Snapshot) and all(
            getattr(self, name) == getattr(other, name) for name in self.__struct_fields__ if name != "locate"
        )

    __hash__ = None  # type: ignore[assignment] # what it holds is not hashable

    def first_address(self, node: Node) -> Url:
        """Return the first address that a note or hub ever had: its identity where that must not change."""
        line = self.ledger.lines.get(LineKey("hub" if node.kind == "hub" else "note", node.key))
        return self.addresses[node] if line is None or line.first is None else line.first

    def with_problems(self, problems: Iterable[Diagnostic]) -> "Snapshot":
        """Return the snapshot with further diagnostics."""
        return replace(self, diagnostics=tuple(sorted((*self.diagnostics, *problems))))

    def title(self, node: Node) -> str:
        """Return the title of a note or hub, or of a parent that has only a name."""
        if node.kind == "note":
            return self.documents[VaultPath(node.key)].title
        if node.kind == "gap":
            return "…"
        return self.labels[Folded(node.key)] if node.kind == "label" else self.hubs[Folded(node.key)].title


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
    documents = {path: documents[path] for path in sorted(documents)}
    attachments = sorted(set(attachments))
    documents, view_problems = settle_view_files(
        documents, attachments, settings.view_pages, settings.reading.views
    )
    aliases = TagAliases(settings.tag_aliases)
    variants = aliases.spellings(documents) if aliases else {}
    if aliases:
        documents = {path: aliases.merge(document) for path, document in documents.items()}
    published = [document for document in documents.values() if document.published]
    index = Index(documents, attachments)
    groups = collect_groups(published)
    registry = UrlRegistry(settings.reserved_addresses)
    known = KnownAddresses(ledger, documents, out_of_sight)
    ledger_problems = known.hold(registry)
    fields = fields_of(settings.relations)
    collected = CollectedEdges()
    if settings.edge_sources:
        notes_of = {key: entry.notes for key, entry in groups.tags.items()}
        collected = collect_edges(SourceNotes(published, index, fields, notes_of), settings.edge_sources)
    above = collect_parents(index, published, settings, collected.edges)
    home = find_home(index, published, settings.home) if not settings.among_articles else None
    with_pages = [document for document in published if document.has_page]
    pages = allocate_pages(
        registry, known, with_pages, home=home, groups=groups, hubs=above.hubs, settings=settings
    )
    # A tag in the text keeps its spelling and leads to the tag that it stands for.
    tag_urls = {
        **pages.tags,
        **{variant: pages.tags[tag] for variant, tag in variants.items() if tag in pages.tags},
    }
    generated = GeneratedPages(
        hubs={hub.key: hub for hub in above.hubs},
        pages={"tag": tag_urls, "category": pages.categories, "author": pages.authors},
        named_like_drafts=above.named_like_drafts,
        respelled=above.respelled,
        ups=fields.ups,
        policies=ParentPolicies(settings),
    )
    problems = ReferenceMessages(index)
    resolutions = {
        path: tuple(resolve(index, path, ref, generated, problems) for ref in document.refs)
        for path, document in documents.items()
    }
    hierarchy = build_hierarchy(published, resolutions, above, settings, collected)
    files = _published_files(published, resolutions, attachments, settings.static)
    files |= published_exports(published, attachments)
    registry.release()
    file_urls = allocate_files(registry, files)
    addresses = {**pages.hubs, **pages.notes}
    history = address_history(
        known,
        registry,
        _published_pages(pages, groups, generated.hubs, hierarchy.children, documents),
        hierarchy.parents,
        settings,
    )
    site_links = SiteLinks(registry, addresses, index, settings.base, history.redirects)
    for document in published:
        resolutions[document.path] = site_links.answers(document, resolutions[document.path])
    settings_problems = [*_unmatched_static(attachments, documents, settings.static)]
    if not settings.among_articles:
        settings_problems += home_problems(index, home, settings.home)
        site_links.check_setting("menu_links", settings.menu_links)
        site_links.check_setting("footer_links", settings.footer_links)
    found = (
        *settings_problems,
        *ledger.problems,
        *ledger_problems,
        *view_problems,
        *history.problems,
        *pages.problems,
        *problems.found,
        *site_links.problems,
        *hierarchy.problems,
        *collected.problems,
        *similar_tags(published, groups.tags),
    )
    return Snapshot(
        documents=documents,
        resolutions=resolutions,
        relations=hierarchy.relations,
        siblings=hierarchy.siblings,
        hubs=generated.hubs,
        backlinks=collect_backlinks(published, resolutions),
        tags=groups.tags,
        addresses=addresses,
        tag_addresses=tag_urls,
        files=file_urls,
        diagnostics=tuple(sorted(found)),
        parents=hierarchy.parents,
        trails=hierarchy.trails,
        categories=groups.categories,
        authors=groups.authors,
        category_addresses=pages.categories,
        author_addresses=pages.authors,
        children=hierarchy.children,
        labels=above.labels,
        home=home.path if home else None,
        translations=pages.translations,
        ledger=history.ledger,
        redirects=history.redirects,
        locate=LinkedLocator(index, generated),
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
