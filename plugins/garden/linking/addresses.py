"""An address for everything that is published: pages, hubs, tags, attachments (TI-3, PB-5, PB-6)."""

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from garden.linking.messages import one_line
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
    slug,
    stem,
)
from garden.model.note import Document

_LONGEST = 1000  # bytes of an address: with the output's own path it must fit into a file system's 4096


class AddressRequest(NamedTuple):
    """The address that a note asks for, and the front-matter key that does, empty for its stem."""

    url: Url
    key: str


def requested_url(document: Document) -> AddressRequest:
    """Return the address that a note would have if it were alone (TI-3)."""
    meta, path = document.meta, document.path
    for key, value in (("save_as", meta.save_as), ("url", meta.url)):
        url = _file_url(value)
        if url is not None:
            return AddressRequest(_not_too_long(url, path), key)
    key = "slug" if meta.slug else "permalink" if meta.permalink else ""
    name = slug(meta.slug or meta.permalink or stem(path).lower())
    return AddressRequest(_not_too_long(page_url(name or fallback_slug(path)), path), key)


def allocate_notes(
    registry: UrlRegistry, documents: Sequence[Document]
) -> tuple[dict[Node, Url], list[Diagnostic]]:
    """Give every published note its address; `documents` are in path order.

    What is made beside pages keeps its address. The first that asks for an address gets it, and only
    then are the others numbered, so that a number never takes the name of a note that is really called so.
    """
    urls: dict[Node, Url] = {}
    problems: list[Diagnostic] = []
    late: list[tuple[Document, AddressRequest]] = []
    requests = [(document, requested_url(document)) for document in documents]
    kept: set[Url] = set()
    for document, request in requests:
        if not registry.page_owner(request.url):
            registry.reserve_beside(request.url, document.path)
            kept.add(request.url)
    for document, request in requests:
        problems.extend(_unsafe(document))
        if registry.owner(request.url) or request.url not in kept:
            late.append((document, request))
        else:
            registry.assign(request.url, document.path)
        urls[Node("note", document.path)] = request.url
    for document, request in late:
        owner = registry.page_owner(request.url)
        url = registry.allocate_page(request.url, document.path)
        urls[Node("note", document.path)] = url
        both = f'"{one_line(document.path)}" and {one_line(owner)}'
        message = f"{both} ask for the address /{request.url}; the first gets /{url}"
        other = (Place(owner, 1, 1),) if Node("note", owner) in urls else ()
        problems.append(Diagnostic(_place(document, request.key), "slug-conflict", message, related=other))
    return urls, problems


def allocate_hubs(
    registry: UrlRegistry, hubs: Mapping[Hub, Place]
) -> tuple[dict[Node, Url], list[Diagnostic]]:
    """Give every hub the address that a note of its name would have."""
    urls: dict[Node, Url] = {}
    problems: list[Diagnostic] = []
    names = {f'the hub "{hub.title}"' for hub in hubs}
    for hub, place in hubs.items():
        # A title may be cleaned; the address is the one that a note of the written name would get.
        name = hub.written or hub.title
        made = slug(name.lower()) or fallback_slug(hub.key)
        request = _not_too_long(page_url(made), hub.key)
        owner = registry.owner(request)
        url = registry.allocate_page(request, f'the hub "{hub.title}"')
        urls[Node("hub", hub.key)] = url
        if not is_safe_slug(name):
            problems.append(_slug_unsafe(place, name, "hub"))
        if owner in names:
            message = f'the hub "{one_line(hub.title)}" and {one_line(owner)} ask for the address /{request}'
            problems.append(Diagnostic(place, "slug-conflict", f"{message}; the first gets /{url}"))
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
        request = _not_too_long(page_url(Slug(f"{kind}/{below}")), f"{kind}/{entry.key}", f"{kind}/")
        requests.append((str(below) != entry.key, entry, request))
    requests.sort(key=lambda each: each[0])
    return {
        entry.key: registry.allocate(request, f'the page of "{entry.name}" in {kind}')
        for _, entry, request in requests
    }


def allocate_files(registry: UrlRegistry, paths: Iterable[VaultPath]) -> dict[VaultPath, Url]:
    """Give every published attachment its vault path as address, unless a page has that (HC-6)."""
    return {path: registry.allocate(Url("".join(map(_printable, path))), path) for path in sorted(paths)}


def _file_url(value: str) -> Url | None:
    """Read an address with or without a file name; None when nothing harmless is left of it."""
    path = slug(value)
    folder, slash, name = path.rpartition("/")
    if name.lower() in ("index.html", "index.htm"):
        return Url(folder + slash)
    if name.lower().endswith((".html", ".htm")):
        return Url(path)
    return page_url(path) if path else None


def _not_too_long(url: Url, name: str, below: str = "") -> Url:
    return url if len(url.encode()) <= _LONGEST else Url(below + page_url(fallback_slug(name)))


def _unsafe(document: Document) -> Iterable[Diagnostic]:
    """Report every written name that asks for a place outside the output (PB-5)."""
    meta = document.meta
    for key, value in (
        ("save_as", meta.save_as),
        ("url", meta.url),
        ("slug", meta.slug),
        # A permalink is usually written from the root on.
        ("permalink", meta.permalink.lstrip("/")),
        ("category", meta.category),
        *(("authors", author) for author in meta.authors),
    ):
        if value and not is_safe_slug(value):
            yield _slug_unsafe(_place(document, key), value, key)


def _slug_unsafe(place: Place, value: str, what: str) -> Diagnostic:
    message = f'the {what} "{one_line(value)}" is not safe as an address; its dangerous parts are left out'
    return Diagnostic(place, "slug-unsafe", message)


def _place(document: Document, key: str) -> Place:
    other = {"authors": "author", "author": "authors"}.get(key, key)
    places = document.meta.places
    return places.get(key) or places.get(other) or Place(document.path, 1, 1)


def _printable(char: str) -> str:
    """Replace what no URL can hold: control characters and lone surrogates."""
    return "-" if unicodedata.category(char) in ("Cc", "Cs") else char
