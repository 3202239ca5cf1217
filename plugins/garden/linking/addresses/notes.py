"""The addresses of notes: the one that each asks for, and which note gets an address that several ask for (TI-3, PB-6).

Two notes with the same name are normal in a vault. The one with the shortest path gets the plain address, as it is also the
target of a plain link with that name; the addresses of the others get as much of their path as makes them distinct. A note
in the ledger keeps its address as long as it asks for no other one.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Final, NamedTuple

from garden.linking.addresses.address_pattern import pattern_address
from garden.linking.addresses.url_registry import UrlRegistry
from garden.linking.relation import Node
from garden.linking.resolving.messages import listed_names, one_line
from garden.model.diagnostic import Diagnostic, Place
from garden.model.ledger import LedgerLine
from garden.model.names import (
    Url,
    VaultPath,
    fallback_slug,
    folder,
    is_safe_slug,
    is_view_file,
    own_folder,
    page_name,
    page_url,
    short_enough,
    slug,
)
from garden.model.note import Document
from garden.model.routes import HOME
from garden.model.settings import Settings

_ROOT: Final = re.compile(r"/|/?index\.html?", re.IGNORECASE)


class AddressRequest(NamedTuple):
    """The address that a note asks for, and the front-matter key that it comes from, empty for the name of the file."""

    document: Document
    url: Url
    key: str


def request_address(document: Document, settings: Settings) -> AddressRequest:
    """Return the address that a note would have if it were the only one (TI-3).

    A note cannot ask for the root here: `home_note` chooses the note for the home page, and any other one that asks for the
    root gets the address of its file name.
    """
    meta, path = document.meta, document.path
    if key_for_root(document):
        return AddressRequest(document, _plain_address(path), "")
    for key, value in (("save_as", meta.save_as), ("url", meta.url)):
        url = file_url(value)
        if url is not None:
            return AddressRequest(document, short_enough(url, path), key)
    key = "slug" if meta.slug else "permalink" if meta.permalink else ""
    by_pattern = None if key == "permalink" else file_url(pattern_address(document, settings))
    if by_pattern is not None:
        return AddressRequest(document, short_enough(by_pattern, path), key)
    name = slug(meta.slug or meta.permalink)
    return AddressRequest(document, short_enough(page_url(name), path) if name else _plain_address(path), key)


def key_for_root(document: Document) -> str:
    """Return the front-matter key by which a note asks for the address of the home page, empty for none (TI-6)."""
    meta = document.meta
    # A slug is a name, so one of a slash alone asks for nothing.
    written = [("save_as", meta.save_as), ("url", meta.url)]
    if not meta.slug:
        written.append(("permalink", meta.permalink))
    key, value = next(((key, value) for key, value in written if value), ("", ""))
    return key if value and _ROOT.fullmatch(value.strip()) else ""


def _plain_address(path: VaultPath) -> Url:
    """Return the address that is made from the name of a file."""
    name = slug(page_name(own_folder(path) or path).lower())
    return short_enough(page_url(name or fallback_slug(path)), path)


def allocate_notes(
    registry: UrlRegistry,
    requests: Sequence[AddressRequest],
    home: Document | None = None,
    lines: Mapping[VaultPath, LedgerLine] = MappingProxyType({}),
) -> tuple[dict[Node, Url], list[Diagnostic]]:
    """Give every published note its address; `home`, which is not among them, has that of the home page (TI-6).

    Notes that ask for the same as when they were last published keep their address; `lines` are those of the ledger. Of
    the others, those with a written address come before those with one from a file name, and the first note to ask for an
    address gets it. Only then do the others get another one, so that none takes an address that a later note asks for. No
    note gets an address of the files beside a page.
    """
    ordered = sorted(requests, key=_precedence)
    urls: dict[Node, Url] = {}
    if home:
        urls[Node("note", home.path)] = HOME
        registry.reserve_beside(HOME, home.path)
    waiting = _keep_addresses(registry, ordered, lines, urls)
    late = _assign_free(registry, waiting, urls)
    conflicts = _Conflicts(urls)
    for request in late:
        path = request.document.path
        owner = registry.page_owner(request.url, path)
        url = registry.allocate_page(_free_address(registry, request, lines.get(path)), path)
        urls[Node("note", path)] = url
        conflicts.add(request, owner)
    reported = {request.document.path for request in late}
    for request in ordered:
        # A note may keep its last address although the one it asks for is free by now: there is nothing to report then.
        path = request.document.path
        owner = registry.owner(request.url, path) if urls[Node("note", path)] != request.url else ""
        if owner and path not in reported:
            conflicts.add(request, owner)
        elif home and (key := key_for_root(request.document)):
            conflicts.add(AddressRequest(request.document, HOME, key), home.path)
    problems = conflicts.problems()
    documents = [*([home] if home else []), *(request.document for request in requests)]
    problems.extend(problem for document in documents for problem in unsafe_names(document))
    return urls, problems


def place_of(document: Document, key: str) -> Place:
    """Return the place of a key of the front matter, or the beginning of the note if it does not have the key."""
    other = {"authors": "author", "author": "authors"}.get(key, key)
    places = document.meta.places
    return places.get(key) or places.get(other) or Place(document.path, 1, 1)


def unsafe_name(place: Place, value: str, what: str) -> Diagnostic:
    """Report a name that, as an address, would lead out of the output folder (PB-5)."""
    message = f'the {what} "{one_line(value)}" is not safe as an address; its dangerous parts are left out'
    return Diagnostic(place, "slug-unsafe", message)


def _precedence(request: AddressRequest) -> tuple[bool, bool, bool, int, str]:
    """Return a sort key: written addresses by path, and after them those from file names by the length of the path (PB-6).

    View files come after all notes (VW-17). Drafts in a preview come last, so that published notes have the same addresses
    as on the published site (PB-8).
    """
    path = request.document.path
    draft, view = request.document.previewed, is_view_file(path)
    return (draft, view, False, 0, path) if request.key else (draft, view, True, len(path), path)


def _keep_addresses(
    registry: UrlRegistry,
    requests: Iterable[AddressRequest],
    lines: Mapping[VaultPath, LedgerLine],
    urls: dict[Node, Url],
) -> list[AddressRequest]:
    """Give the notes that ask for nothing new their last addresses in `urls`; return the requests of the others."""
    waiting: list[AddressRequest] = []
    for request in requests:
        path = request.document.path
        kept = _kept_address(request, lines.get(path))
        if kept is None or registry.page_owner(kept, path):
            waiting.append(request)
        else:
            registry.assign(kept, path)
            urls[Node("note", path)] = kept
    for node, url in urls.items():
        registry.reserve_beside(url, node.key)
    return waiting


def _assign_free(
    registry: UrlRegistry, requests: Sequence[AddressRequest], urls: dict[Node, Url]
) -> list[AddressRequest]:
    """Give each free address to the first note that asks for it, in `urls`; return the requests of the others."""
    late: list[AddressRequest] = []
    free: set[Url] = set()
    for request in requests:
        if not registry.page_owner(request.url, request.document.path):
            registry.reserve_beside(request.url, request.document.path)
            free.add(request.url)
    for request in requests:
        if request.url in free and not registry.owner(request.url, request.document.path):
            registry.assign(request.url, request.document.path)
            urls[Node("note", request.document.path)] = request.url
        else:
            late.append(request)
    return late


def _kept_address(request: AddressRequest, line: LedgerLine | None) -> Url | None:
    """Return the address that a note keeps, None when it has none yet or asks for another one."""
    if line is None or line.address is None:
        return None
    # A note that did not get the address from its front matter asks for it again in every build. For an address that is
    # only made from the name of its file, a published page does not move.
    asks_the_same = line.address == request.url or (not request.key and line.asked == request.url)
    return line.address if asks_the_same else None


def _free_address(registry: UrlRegistry, request: AddressRequest, line: LedgerLine | None) -> Url:
    """Return a note's last address, or else the shortest free end of its path, or else what it asked for."""
    path = request.document.path
    if line and line.address and not registry.page_owner(line.address, path):
        return line.address
    if not request.key:
        for url in _tails(path):
            if not registry.page_owner(url, path):
                return url
    return request.url


def _tails(path: str) -> Iterator[Url]:
    """Yield the addresses made of the last two and more components of a path, the shortest first.

    For the page of a folder these are components of the folder's path; if two notes are pages of one folder, the names of
    the files distinguish them.
    """
    file = f"{folder(path)}/{page_name(path)}".lower()
    for name in filter(None, (own_folder(path).lower(), file)):
        components = name.split("/")
        for count in range(2, len(components) + 1):
            yield short_enough(page_url(slug("/".join(components[-count:]))), path)


class _Conflicts:
    """The notes that did not get the address that they asked for; those with the same name are reported together."""

    def __init__(self, urls: Mapping[Node, Url]) -> None:
        """`urls` are the addresses that notes have got."""
        self._urls = urls
        self._written: list[Diagnostic] = []  # about addresses that front matter asks for
        self._shared: dict[Url, list[AddressRequest]] = {}  # the others, by the address that they ask for
        self._owners: dict[Url, str] = {}

    def add(self, request: AddressRequest, owner: str) -> None:
        """Record a request for an address that `owner` has."""
        if request.key:
            url = self._urls[Node("note", request.document.path)]
            is_note = Node("note", owner) in self._urls
            self._written.append(_conflict(request, url, owner, owner_is_note=is_note))
        else:
            self._shared.setdefault(request.url, []).append(request)
            self._owners.setdefault(request.url, owner)

    def problems(self) -> list[Diagnostic]:
        """Return all problems."""
        shared = (_shared(url, asking, self._owners[url], self._urls) for url, asking in self._shared.items())
        return [*self._written, *shared]


def _conflict(request: AddressRequest, url: Url, owner: str, *, owner_is_note: bool) -> Diagnostic:
    """Report that a note asks for an address in its front matter that another page keeps."""
    note = f'"{one_line(request.document.path)}"'
    other = f'"{one_line(owner)}"' if owner_is_note else one_line(owner)
    message = f"{note} asks for the address /{request.url}, which {other} keeps: {note} gets /{url}"
    return Diagnostic(
        place_of(request.document, request.key),
        "slug-conflict",
        message,
        f"write another `{request.key}`",
        (Place(owner, 1, 1),) if owner_is_note else (),
    )


def _shared(url: Url, asking: Sequence[AddressRequest], owner: str, urls: Mapping[Node, Url]) -> Diagnostic:
    """Report the notes whose names ask for the address that another page has."""
    paths = [request.document.path for request in asking]
    names = listed_names([f'"{one_line(path)}"' for path in paths])
    addresses = listed_names([f"/{urls[Node('note', path)]}" for path in paths])
    get = "it gets" if len(paths) == 1 else "they get"
    message = f"{names} would have the address /{url}, which is taken by {one_line(owner)}: {get} {addresses}"
    related = [Place(path, 1, 1) for path in (owner, *paths[1:]) if Node("note", path) in urls]
    return Diagnostic(Place(paths[0], 1, 1), "name-shared", message, related=tuple(related))


def file_url(value: str) -> Url | None:
    """Read an address with or without a file name; None if nothing safe is left of it."""
    path = slug(value)
    parent, slash, name = path.rpartition("/")
    if name.lower() in ("index.html", "index.htm"):
        return Url(parent + slash)
    if name.lower().endswith((".html", ".htm")):
        return Url(path)
    return page_url(path) if path else None


def unsafe_names(document: Document) -> Iterator[Diagnostic]:
    """Report every written name that, as an address, would lead out of the output folder (PB-5)."""
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
        if value and not is_safe_slug(value) and key != key_for_root(document):
            yield unsafe_name(place_of(document, key), value, key)
