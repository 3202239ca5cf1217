"""The addresses of everything published that is not a note: hubs, tags, categories, authors, attachments (PB-5, PB-6)."""

import unicodedata
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from garden.linking.addresses.notes import unsafe_name
from garden.linking.addresses.url_registry import UrlRegistry
from garden.linking.relation import Hub, Node, NoteGroup
from garden.linking.resolving.messages import one_line
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import (
    Folded,
    Slug,
    Url,
    VaultPath,
    fallback_slug,
    fold,
    is_safe_slug,
    page_url,
    short_enough,
    slug,
)
from garden.model.routes import AUTHORS_MAY_WRITE


class HubAddresses:
    """Gives every hub the address that a note of its name would have, unless a note asks for it (PB-6)."""

    def __init__(
        self,
        registry: UrlRegistry,
        hubs: Mapping[Hub, Place],
        asked_for: Iterable[Url],
        kept: Mapping[str, Url] = MappingProxyType({}),
    ) -> None:
        """Reserve the addresses of the files beside the hubs' pages, before notes get addresses.

        `asked_for` are the addresses that notes ask for, `kept` those that hubs had when they were last published.
        """
        self._registry = registry
        self._hubs = hubs
        self._kept = kept
        # Addresses beside which files are reserved, and the keys of their hubs
        self._reserved: dict[Url, str] = {}
        by_notes = {url.casefold() for url in asked_for}
        for hub in hubs:
            url = self._asked(hub)
            if url.casefold() not in by_notes and not registry.page_owner(url):
                registry.reserve_beside(url, _phrase(hub))
                self._reserved[url] = hub.key

    def allocate(self) -> tuple[dict[Node, Url], list[Diagnostic]]:
        """Give every hub its address, after the notes have got theirs."""
        urls: dict[Node, Url] = {}
        problems: list[Diagnostic] = []
        for hub, place in self._hubs.items():
            request = self._asked(hub)
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

    def _asked(self, hub: Hub) -> Url:
        # The title may have been tidied up for display; the address is made from the name as written.
        return self._kept.get(hub.key) or hub_url(hub.written or hub.title)


def allocate_groups(
    registry: UrlRegistry,
    kind: str,
    entries: Iterable[NoteGroup],
    kept: Mapping[str, Url] = MappingProxyType({}),
) -> dict[Folded, Url]:
    """Give every tag, category or author an address below the folder `kind`.

    Those in `kept` keep the address that they had when they were last published. Of the others, those whose name is
    already an address come first: readers type it, so a similar name must not take it.
    """
    requests: list[tuple[int, NoteGroup, Url]] = []  # with the rank by which they are sorted
    for entry in entries:
        if entry.key in kept:
            requests.append((0, entry, kept[entry.key]))
            continue
        request = group_url(kind, entry.key)
        is_address_already = request == f"{kind}/{entry.key}/"
        requests.append((1 if is_address_already else 2, entry, request))
    requests.sort(key=lambda each: each[0])
    return {
        entry.key: registry.allocate(request, f'the page of "{entry.name}" in {kind}')
        for _, entry, request in requests
    }


def group_url(kind: str, key: Folded) -> Url:
    """Return the address that a tag, category or author asks for below the folder `kind`."""
    parts = [slug(part) or fallback_slug(part) for part in key.split("/") if part]
    below = "/".join(parts) or fallback_slug(key)
    return short_enough(page_url(Slug(f"{kind}/{below}")), f"{kind}/{key}", f"{kind}/")


def hub_url(name: str) -> Url:
    """Return the address that a hub of this name asks for: the one that a note of the name would get."""
    return short_enough(page_url(slug(name.lower()) or fallback_slug(fold(name))), name)


def allocate_files(registry: UrlRegistry, paths: Iterable[VaultPath]) -> dict[VaultPath, Url]:
    """Give every published attachment its vault path as address, unless a page has that (HC-6).

    An author may replace some generated files by an attachment at their address: those of AUTHORS_MAY_WRITE.
    """
    found: dict[VaultPath, Url] = {}
    for path in sorted(paths):
        url = Url("".join(map(_printable, path)))
        found[path] = url if url in AUTHORS_MAY_WRITE else registry.allocate(url, path)
    return found


def _phrase(hub: Hub) -> str:
    return f'the hub "{hub.title}"'


def _printable(char: str) -> str:
    """Replace a character that no URL can contain: a control character or a lone surrogate."""
    return "-" if unicodedata.category(char) in ("Cc", "Cs") else char
