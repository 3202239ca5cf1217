"""The ledger and the vault: which notes have had which addresses, and what the ledger is after this build (PB-6).

The new ledger follows from the old one and the notes alone. Each address is in one line at most, so that there are no chains
of redirects. If several lines claim an address, the page that has it now comes first, then an unpublished note that had it,
then a page that had it, then everything else.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from garden.linking.addresses.notes import AddressRequest
from garden.linking.addresses.url_registry import UrlRegistry, output_key
from garden.linking.ledger.matching import match_notes
from garden.linking.ledger.text import safe_address
from garden.linking.relation import NoteGroup
from garden.model.diagnostic import Diagnostic, Place
from garden.model.ledger import LEDGER_FILE, Ledger, LedgerLine, LineKey, LineKind, ledger_of
from garden.model.names import Folded, Url, VaultPath, is_safe_slug, page_url, save_as, slug
from garden.model.note import Document
from garden.model.routes import HOME

_MEMBERS = 5
"""Notes in the line of a tag or hub, by which it is recognized under another name; more would make it change more often."""


class KnownAddresses:
    """The ledger before this build, with its notes matched with those of the vault: `notes` are their lines by path."""

    def __init__(
        self, ledger: Ledger, documents: Mapping[VaultPath, Document], out_of_sight: frozenset[str]
    ) -> None:
        """`out_of_sight` are the paths of notes in the ledger whose files exist but are not notes of the vault."""
        self.ledger = ledger
        self.notes = match_notes(ledger.of_kind("note"), documents, out_of_sight)
        self._documents = documents
        matched = {line.key for line in self.notes.values()}
        others = [line for line in ledger.of_kind("note") if line.key not in matched]
        unread = [(line.key.name, line) for line in others if line.key.name in out_of_sight]
        # The lines of deleted notes, without those at whose path there is another note now
        self.deleted: list[LedgerLine] = []
        for line in others:
            path = VaultPath(line.key.name)
            if path in self.notes:
                # Another note is at this path now: the addresses of the deleted one redirect to it.
                self.notes[path] = self.notes[path].with_old(line.addresses)
            elif path not in out_of_sight:
                self.deleted.append(line)
        # The lines of all notes that exist, by path.
        self.living: Sequence[tuple[str, LedgerLine]] = sorted([*unread, *self.notes.items()])

    @cached_property
    def paths(self) -> Mapping[str, VaultPath]:
        """The present path of every note in the ledger that still exists, by its path in the ledger."""
        return {line.key.name: path for path, line in self.notes.items()}

    def is_equivalent_to(self, other: "KnownAddresses") -> bool:
        """Say whether the same notes have had the same addresses."""
        compared = ("ledger", "notes", "living", "deleted")
        return all(getattr(self, name) == getattr(other, name) for name in compared)

    def reserve(self, registry: UrlRegistry) -> list[Diagnostic]:
        """Reserve the addresses of all existing notes for them, published or not; report those that are in two lines."""
        problems = []
        lines = self.living
        claims = [(line.address, path) for path, line in lines if line.address]
        claims += [(url, path) for path, line in lines for url in line.old]
        numbers = {path: line.number for path, line in lines}
        for url, path in claims:
            holder = registry.reserve(url, path) if url != HOME else ""
            if holder:
                message = f'"{holder}" and "{path}" both have the address /{url}: only the first keeps it'
                place = Place(LEDGER_FILE, numbers[path], 1)
                problems.append(
                    Diagnostic(place, "ledger-damaged", message, "remove it from one of the two lines")
                )
        return problems

    def kept(self, kind: LineKind) -> dict[str, Url]:
        """Return the last addresses of hubs, tags, categories or authors, by name."""
        return {line.key.name: line.address for line in self.ledger.of_kind(kind) if line.address}

    def unpublished(self) -> Iterator[LedgerLine]:
        """Yield the lines of notes that exist but have no page now, with their present paths."""
        for path, line in self.living:
            if path not in self._documents or not self._documents[VaultPath(path)].published:
                yield replace(line, key=LineKey("note", path))


class PublishedGroup(Struct, frozen=True):
    """A hub, tag, category or author with its address and the paths of its first notes."""

    key: LineKey
    title: str
    address: Url
    members: tuple[str, ...]


def published_groups(
    kind: LineKind, entries: Iterable[NoteGroup], addresses: Mapping[Folded, Url]
) -> Iterator[PublishedGroup]:
    """Yield hubs, tags, categories or authors with what the ledger records about them."""
    for entry in entries:
        members = tuple(entry.notes[:_MEMBERS])
        yield PublishedGroup(LineKey(kind, entry.key), entry.name, addresses[entry.key], members)


class PublishedPages(Struct, frozen=True):
    """All pages with an address."""

    notes: Mapping[VaultPath, Url]  # published notes
    requests: Mapping[VaultPath, AddressRequest]  # the addresses that notes ask for
    groups: Sequence[PublishedGroup]
    documents: Mapping[VaultPath, Document]  # all notes, drafts included


def renewed_ledger(
    known: KnownAddresses, pages: PublishedPages, successors: Mapping[LineKey, LineKey]
) -> Ledger:
    """Return the ledger after this build; `successors` are the new keys of hubs, tags and so on that were renamed."""
    living = [
        _note_line(pages.documents[path], url, pages.requests.get(path), known.notes.get(path))
        for path, url in pages.notes.items()
    ]
    living += [_group_line(group, known.ledger.lines.get(group.key)) for group in pages.groups]
    # The line that owns each address, by `output_key`: at first those of present pages
    owners = {output_key(save_as(line.address or HOME)): line.key for line in living}
    present = set(owners.values())
    others = []
    inherited: dict[LineKey, list[Url]] = {}
    for line in known.ledger.lines.values():
        if line.key.kind == "note" or line.key in present:
            continue
        # A note that was written for a hub has the address of the hub.
        heir = successors.get(line.key) or owners.get(output_key(save_as(line.address or HOME)))
        if heir in present and line.address:
            inherited.setdefault(heir, []).extend(line.addresses)
        else:
            others.append(line)
    if inherited:
        living = [line.with_old(inherited.get(line.key, ())) for line in living]
    # In the order in which lines may claim an address that several of them have
    ordered = [*known.unpublished(), *living, *others, *known.deleted]
    for line in ordered:
        for url in line.addresses:
            owners.setdefault(output_key(save_as(url)), line.key)
    return ledger_of(_without_lost(line, owners) for line in ordered)


def _without_lost(line: LedgerLine, owners: Mapping[str, LineKey]) -> LedgerLine:
    """Return a line without the addresses that other lines own, and without the home page's as an old address."""
    lost = [
        url
        for url in line.addresses
        if owners[output_key(save_as(url))] != line.key or (url == HOME and url in line.old)
    ]
    return line.without(lost) if lost else line


def _note_line(
    document: Document, url: Url, request: AddressRequest | None, line: LedgerLine | None
) -> LedgerLine:
    """Return the new line of a note at `url`; `line` is its former one, None if it is published for the first time."""
    asked = None if request is None or request.url == url else request.url
    literal = _literal_address(request) if request else None
    had = {*(line.addresses if line else ()), *((literal,) if literal else ())}
    return LedgerLine(
        LineKey("note", document.path),
        url,
        asked,
        _first_address(url, line),
        old=tuple(sorted(had - {url})),
        content=document.text_hash,
        number=line.number if line else 0,
    )


def _literal_address(request: AddressRequest) -> Url | None:
    """Return an address exactly as the front matter has it, if the page's is another form of it, otherwise None.

    A former site may have had the page at exactly that address, with other punctuation, for example.
    """
    meta = request.document.meta
    written = {
        "slug": meta.slug,
        "permalink": meta.permalink.lstrip("/"),
        "url": meta.url,
        "save_as": meta.save_as,
    }.get(request.key, "")
    if not written or not is_safe_slug(written):
        return None
    if request.key in ("slug", "permalink") and page_url(slug(written)) != request.url:
        return None  # a translation has its language in its address
    path = unquote(written.strip())
    if request.key in ("url", "save_as") and path.lower().endswith((".html", ".htm")):
        path = path[: -len(path.rpartition("/")[2])] if path.lower().endswith("/index.html") else path
        literal = safe_address(path)
    else:
        literal = safe_address(path.strip("/") + "/")
    return literal if literal and literal != request.url else None


def _group_line(group: PublishedGroup, line: LedgerLine | None) -> LedgerLine:
    """Return the new line of a hub, tag, category or author; `line` is its former one, None for none."""
    first = _first_address(group.address, line)
    number = line.number if line else 0
    new = LedgerLine(group.key, group.address, first=first, members=group.members, number=number)
    return new.with_old(line.addresses if line else ())


def _first_address(url: Url, line: LedgerLine | None) -> Url | None:
    """Return the first address of a page that is at `url` now, None if it is the same."""
    if line is None:
        return None
    first = line.address if line.first is None else line.first
    return None if first == url else first
