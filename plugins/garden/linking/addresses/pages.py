"""Gives all pages their addresses, in the order that keeps as many addresses as possible unchanged (PB-6).

Tags, categories and authors come first, since they have folders of their own. Hubs reserve the files beside their pages
before notes get their addresses, and get their own addresses afterwards, since notes come before hubs.
"""

from collections.abc import Collection, Iterable, Mapping

from msgspec import Struct
from msgspec.structs import replace

from garden.linking.addresses.generated import HubAddresses, allocate_groups
from garden.linking.addresses.notes import (
    AddressRequest,
    allocate_notes,
    key_for_root,
    request_address,
    unsafe_names,
)
from garden.linking.addresses.url_registry import UrlRegistry
from garden.linking.ledger.state import KnownAddresses
from garden.linking.note_groups import NoteGroups
from garden.linking.relation import Hub, Node
from garden.linking.translations import NoteTranslations, says_translation, translated
from garden.model import routes
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import Folded, Url, VaultPath
from garden.model.note import Document
from garden.model.settings import Settings


class PageAddresses(Struct, frozen=True):
    """The addresses by kind of page, and the requests of the notes."""

    tags: Mapping[Folded, Url]
    categories: Mapping[Folded, Url]
    authors: Mapping[Folded, Url]
    notes: Mapping[Node, Url]
    hubs: Mapping[Node, Url]
    requests: list[AddressRequest]
    translations: NoteTranslations
    problems: tuple[Diagnostic, ...]

    def with_notes(
        self, documents: Mapping[VaultPath, Document], changed: Collection[VaultPath]
    ) -> "PageAddresses":
        """Return the same addresses with the new documents of `changed` notes, which ask for the same address as before."""
        requests = [
            AddressRequest(documents[request.document.path], request.url, request.key)
            if request.document.path in changed
            else request
            for request in self.requests
        ]
        return replace(self, requests=requests)


def facts_of_address(document: Document, settings: Settings) -> tuple[object, ...]:
    """Return everything in a note that the addresses of the site, and the problems with them, depend on."""
    request = request_address(document, settings)
    return (
        (document.published, document.has_page, document.previewed, document.listed),
        (request.url, request.key),
        key_for_root(document),
        (document.meta.lang, says_translation(document)),
        list(unsafe_names(document)),
    )


def allocate_pages(  # noqa: PLR0913 (each comes from elsewhere)
    registry: UrlRegistry,
    known: KnownAddresses,
    published: Iterable[Document],
    *,
    home: Document | None,
    groups: NoteGroups,
    hubs: Mapping[Hub, Place],
    settings: Settings,
) -> PageAddresses:
    """Give every page of the site its address; `known` are the addresses that pages had when they were last published."""
    tags = allocate_groups(registry, routes.TAG_FOLDER, groups.tags.values(), known.kept("tag"))
    categories = allocate_groups(
        registry, routes.CATEGORY_FOLDER, groups.categories.values(), known.kept("category")
    )
    authors = allocate_groups(registry, routes.AUTHOR_FOLDER, groups.authors.values(), known.kept("author"))
    requests, translations = translated(
        (request_address(document, settings) for document in published if document is not home), settings
    )
    hub_addresses = HubAddresses(registry, hubs, (request.url for request in requests), known.kept("hub"))
    note_urls, note_problems = allocate_notes(registry, requests, home, known.notes)
    hub_urls, hub_problems = hub_addresses.allocate()
    return PageAddresses(
        tags,
        categories,
        authors,
        note_urls,
        hub_urls,
        requests,
        translations,
        (*hub_problems, *note_problems),
    )
