"""The addresses of all pages, given in the one order that keeps as many as possible where they are (PB-6).

Tags, categories and authors come first, since they have folders of their own. Hubs reserve what is made beside
them before notes get their addresses, and get their own address afterwards: a written note comes before a hub.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct

from garden.linking.addresses.generated import HubAddresses, allocate_groups
from garden.linking.addresses.notes import AddressRequest, allocate_notes, request_address
from garden.linking.addresses.url_registry import UrlRegistry
from garden.linking.ledger.state import KnownAddresses
from garden.linking.relation import Hub, Node
from garden.linking.tags import NoteGroups
from garden.linking.translations import NoteTranslations, translated
from garden.model import routes
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import Folded, Url
from garden.model.note import Document
from garden.model.settings import Settings


class PageAddresses(Struct, frozen=True):
    """The addresses by kind of page, and what the notes asked for."""

    tags: Mapping[Folded, Url]
    categories: Mapping[Folded, Url]
    authors: Mapping[Folded, Url]
    notes: Mapping[Node, Url]
    hubs: Mapping[Node, Url]
    requests: list[AddressRequest]
    translations: NoteTranslations
    problems: tuple[Diagnostic, ...]


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
    """Give every page of the site its address; `known` are the addresses that pages had when they were published."""
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
