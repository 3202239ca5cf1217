"""What a candidate would make public: its addresses with their kinds and sources, and the sizes of its files.

Files that only belong to a page or an attachment (its preview, its card, smaller images) and files of the theme are not
listed as addresses of their own; their sizes are counted.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType
from typing import Final, NamedTuple

from msgspec.structs import replace

from garden.model import routes
from garden.model.ledger import LedgerLine
from garden.model.names import SaveAs, Url, save_as
from garden.publishing.held_back import held_back_counts
from garden.publishing.release.candidate import BuiltFile
from garden.publishing.release.manifest import Address, AddressKind, Manifest
from garden.rendering.files.redirects import page_file
from garden.vault.ledger_file import stored_ledger
from garden.vault.site import Site

_LENGTH: Final = 12
"""The number of digits of a hash: enough to notice a change, which nobody tries to hide."""

_FRAME: Final = tuple(
    f"{folder}/" for folder in (routes.STATIC_FOLDER, routes.SEARCH_FOLDER, routes.IMAGE_FOLDER)
)
"""The folders of files that are not addresses of their own."""

_LISTS: Final = (routes.ARCHIVE, routes.MAP)
"""The folders of pages that list notes."""


class _Known(NamedTuple):
    """What a file is; `source` as in `Address`."""

    kind: AddressKind
    source: str


class Inventory(NamedTuple):
    """What is in a candidate, and what is needed to recognize renamed notes in the last published site."""

    manifest: Manifest
    files: Mapping[str, SaveAs]  # by address
    sizes: Mapping[AddressKind, int]  # bytes
    redirected: frozenset[str] = frozenset()  # old addresses with a redirect, by a page or by the web server
    # Lines of the ledger, by the address of a note when it was published last. `garden rename` changes the path in a line.
    former_notes: Mapping[str, LedgerLine] = MappingProxyType({})
    texts: Mapping[str, str] = MappingProxyType({})  # hash of the text of each public note, by path

    def without_missing(self, deployed: frozenset[str]) -> Manifest:
        """Return the manifest without the addresses whose files were not deployed."""
        addresses = self.manifest.addresses
        return replace(
            self.manifest, addresses=tuple(one for one in addresses if self.files[one.address] in deployed)
        )


def take_inventory(site: Site, candidate: Path, files: Mapping[str, BuiltFile]) -> Inventory:
    """Return what the files of a candidate, which was built from `site`, would make public."""
    known = dict(_known(site))
    parts = dict(_parts(site))
    sizes: Counter[AddressKind] = Counter()
    files_by_address = {}
    addresses = []
    for name, file in files.items():
        if name not in known and (name in parts or name.startswith(_FRAME)):
            is_variant = name.startswith(f"{routes.IMAGE_FOLDER}/")
            sizes[parts.get(name, AddressKind.ATTACHMENT if is_variant else AddressKind.FILE)] += file.size
            continue
        kind, source = known.get(name) or _Known(_kind_of(name), "")
        sizes[kind] += file.size
        address = f"/{_url(name)}"
        files_by_address[address] = SaveAs(name)
        addresses.append(Address(address, kind, source, _content(name, candidate, files)))
    held_back = held_back_counts(site.snapshot.documents, site.files)
    snapshot = site.snapshot
    return Inventory(
        Manifest(site.settings.site_url, tuple(sorted(addresses)), held_back),
        files_by_address,
        sizes,
        frozenset(f"/{redirect.old}" for redirect in snapshot.redirects if redirect.to is not None),
        dict(_former_notes(site)),
        {path: document.text_hash for path, document in snapshot.documents.items() if document.published},
    )


def _former_notes(site: Site) -> Iterator[tuple[str, LedgerLine]]:
    """Yield the notes of the stored ledger by their last addresses; addresses that redirect to them are not their own."""
    for line in stored_ledger(site.files.root).of_kind("note"):
        if line.address is not None:
            yield f"/{line.address}", line


def _known(site: Site) -> Iterator[tuple[str, _Known]]:
    """Yield the files of all pages and attachments that have an address, and what they are."""
    snapshot = site.snapshot
    for redirect in snapshot.redirects:
        file = page_file(redirect)
        if file:
            to = redirect.to or ""
            yield file, _Known(AddressKind.REDIRECT, to if redirect.elsewhere else f"/{to}")
    for url in routes.GENERATED:
        if save_as(url).endswith(".html"):
            yield save_as(url), _Known(AddressKind.LIST, "")
    groups = (
        (AddressKind.TAG, snapshot.tags, snapshot.tag_addresses),
        (AddressKind.CATEGORY, snapshot.categories, snapshot.category_addresses),
        (AddressKind.AUTHOR, snapshot.authors, snapshot.author_addresses),
    )
    for kind, entries, urls in groups:
        for key, entry in entries.items():
            yield save_as(urls[key]), _Known(kind, entry.name)
    for path, url in snapshot.files.items():
        yield save_as(url), _Known(AddressKind.ATTACHMENT, path)
    for node, url in snapshot.addresses.items():
        is_note = node.kind == "note"
        yield (
            save_as(url),
            _Known(*((AddressKind.NOTE, node.key) if is_note else (AddressKind.HUB, snapshot.title(node)))),
        )


def _parts(site: Site) -> Iterator[tuple[str, AddressKind]]:
    """Yield the files beside the pages of notes and hubs, which belong to them."""
    for node, url in site.snapshot.addresses.items():
        for part in routes.BESIDE:
            yield routes.beside(url, part), AddressKind.NOTE if node.kind == "note" else AddressKind.HUB


def _kind_of(name: str) -> AddressKind:
    """Return the kind of a file that is neither the page of an address nor an attachment."""
    if not name.endswith((".html", ".htm")):
        return AddressKind.FILE
    return AddressKind.LIST if name.startswith(_LISTS) else AddressKind.PAGE


def _url(name: str) -> str:
    is_page = name == "index.html" or name.endswith("/index.html")
    return name.removesuffix("index.html") if is_page else name


def _content(name: str, candidate: Path, files: Mapping[str, BuiltFile]) -> str:
    """Return a short hash of what is at an address: of a page only its own content, so that a new theme changes none."""
    markdown = files.get(routes.beside(Url(_url(name)), routes.MARKDOWN))
    if markdown:
        return markdown.content_hash[:_LENGTH]
    if name.endswith(".html"):
        _, main, rest = (candidate / name).read_bytes().partition(b"<main")
        if main:
            return sha256(rest.partition(b"</main>")[0]).hexdigest()[:_LENGTH]
    return files[name].content_hash[:_LENGTH]
