"""An address for everything that is published and is not a note: hubs, tags, attachments (PB-5, PB-6)."""

import unicodedata
from collections.abc import Iterable, Mapping

from garden.linking.messages import one_line
from garden.linking.note_addresses import unsafe_name
from garden.linking.relation import Hub, Node, TagEntry
from garden.linking.url_registry import UrlRegistry
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import (
    Folded,
    Slug,
    Url,
    VaultPath,
    fallback_slug,
    is_safe_slug,
    page_url,
    short_enough,
    slug,
)


class HubAddresses:
    """Gives every hub the address that a note of its name would have, unless a note asks for it (PB-6)."""

    def __init__(self, registry: UrlRegistry, hubs: Mapping[Hub, Place], asked_for: Iterable[Url]) -> None:
        """Reserve what is made beside the hubs before notes get addresses; `asked_for` are those of notes."""
        self._registry = registry
        self._hubs = hubs
        self._reserved: dict[Url, str] = {}
        theirs = {url.casefold() for url in asked_for}
        for hub in hubs:
            url = _hub_url(hub)
            if url.casefold() not in theirs and not registry.page_owner(url):
                registry.reserve_beside(url, _phrase(hub))
                self._reserved[url] = hub.key

    def allocate(self) -> tuple[dict[Node, Url], list[Diagnostic]]:
        """Give the addresses, after the notes have got theirs."""
        urls: dict[Node, Url] = {}
        problems: list[Diagnostic] = []
        for hub, place in self._hubs.items():
            request = _hub_url(hub)
            if self._reserved.get(request) == hub.key and not self._registry.owner(request):
                self._registry.assign(request, _phrase(hub))
                url = request
            else:
                owner = self._registry.page_owner(request)
                url = self._registry.allocate_page(request, _phrase(hub))
                if url != request:
                    message = f"{one_line(_phrase(hub))} would have the address /{request}, which is taken by {one_line(owner)}: it gets /{url}"
                    problems.append(Diagnostic(place, "name-shared", message))
            urls[Node("hub", hub.key)] = url
            if not is_safe_slug(hub.written or hub.title):
                problems.append(unsafe_name(place, hub.written or hub.title, "hub"))
        return urls, problems


def allocate_groups(registry: UrlRegistry, kind: str, entries: Iterable[TagEntry]) -> dict[Folded, Url]:
    """Give every tag, category or author an address below the folder `kind`.

    One whose name is an address as it stands is served first: it is what a reader types, and another
    name that comes near it does not move it.
    """
    requests = []
    for entry in entries:
        parts = [slug(part) or fallback_slug(part) for part in entry.key.split("/") if part]
        below = Slug("/".join(parts) or fallback_slug(entry.key))
        request = short_enough(page_url(Slug(f"{kind}/{below}")), f"{kind}/{entry.key}", f"{kind}/")
        requests.append((str(below) != entry.key, entry, request))
    requests.sort(key=lambda each: each[0])
    return {
        entry.key: registry.allocate(request, f'the page of "{entry.name}" in {kind}')
        for _, entry, request in requests
    }


def allocate_files(registry: UrlRegistry, paths: Iterable[VaultPath]) -> dict[VaultPath, Url]:
    """Give every published attachment its vault path as address, unless a page has that (HC-6)."""
    return {path: registry.allocate(Url("".join(map(_printable, path))), path) for path in sorted(paths)}


def _hub_url(hub: Hub) -> Url:
    # A title may be cleaned; the address is the one that a note of the written name would get.
    name = slug((hub.written or hub.title).lower()) or fallback_slug(hub.key)
    return short_enough(page_url(name), hub.key)


def _phrase(hub: Hub) -> str:
    return f'the hub "{hub.title}"'


def _printable(char: str) -> str:
    """Replace what no URL can hold: control characters and lone surrogates."""
    return "-" if unicodedata.category(char) in ("Cc", "Cs") else char
