"""What a candidate would make public: its addresses with their kinds and sources, and the sizes of its files.

Files that only belong to a page or an attachment (its preview, its card, smaller images) count with it
and have no line of their own, nor has the theme.
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

_LENGTH: Final = 12  # digits of a content's hash: nobody is to be deceived, only a change seen
_FRAME: Final = tuple(
    f"{folder}/" for folder in (routes.STATIC_FOLDER, routes.SEARCH_FOLDER, routes.IMAGE_FOLDER)
)
_LISTS: Final = (routes.ARCHIVE, routes.MAP)


class _Known(NamedTuple):
    kind: AddressKind
    source: str


class Inventory(NamedTuple):
    """What is in a candidate: its manifest, the file behind each address, the bytes of each kind.

    `redirected` are the old addresses that lead somewhere, be it by a page or by the server alone. `former_notes` are
    the ledger's lines of notes by the addresses that they had when they were published last, each under the path that it
    has since `garden rename`; `texts` are the hashes of the notes' texts of now by path.
    """

    manifest: Manifest
    files: Mapping[str, SaveAs]
    sizes: Mapping[AddressKind, int]
    redirected: frozenset[str] = frozenset()
    former_notes: Mapping[str, LedgerLine] = MappingProxyType({})
    texts: Mapping[str, str] = MappingProxyType({})

    def without_missing(self, deployed: frozenset[str]) -> Manifest:
        """Return the manifest without the addresses whose files are not among those `deployed`."""
        addresses = self.manifest.addresses
        return replace(
            self.manifest, addresses=tuple(one for one in addresses if self.files[one.address] in deployed)
        )


def take_inventory(site: Site, candidate: Path, files: Mapping[str, BuiltFile]) -> Inventory:
    """Return what the files of a candidate, which was built from `site`, would make public."""
    known = dict(_known(site))
    parts = dict(_parts(site))
    sizes: Counter[AddressKind] = Counter()
    behind = {}
    addresses = []
    for name, file in files.items():
        if name not in known and (name in parts or name.startswith(_FRAME)):
            is_variant = name.startswith(f"{routes.IMAGE_FOLDER}/")
            sizes[parts.get(name, AddressKind.ATTACHMENT if is_variant else AddressKind.FILE)] += file.size
            continue
        kind, source = known.get(name) or _Known(_kind_of(name), "")
        sizes[kind] += file.size
        address = f"/{_url(name)}"
        behind[address] = SaveAs(name)
        addresses.append(Address(address, kind, source, _content(name, candidate, files)))
    held_back = held_back_counts(site.snapshot.documents, site.files)
    snapshot = site.snapshot
    return Inventory(
        Manifest(site.settings.site_url, tuple(sorted(addresses)), held_back),
        behind,
        sizes,
        frozenset(f"/{redirect.old}" for redirect in snapshot.redirects if redirect.to is not None),
        dict(_former_notes(site)),
        {path: document.text_hash for path, document in snapshot.documents.items() if document.published},
    )


def _former_notes(site: Site) -> Iterator[tuple[str, LedgerLine]]:
    """Yield the notes of the ledger as it is stored. What else leads to a note, by `garden redirect`, was not its own address."""
    for line in stored_ledger(site.files.root).of_kind("note"):
        if line.address is not None:
            yield f"/{line.address}", line


def _known(site: Site) -> Iterator[tuple[str, _Known]]:
    """Yield the files of pages and attachments that linking has given addresses to, and of those every site has."""
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
    """Yield the files that belong to the pages of notes and hubs."""
    for node, url in site.snapshot.addresses.items():
        for part in routes.BESIDE:
            yield routes.beside(url, part), AddressKind.NOTE if node.kind == "note" else AddressKind.HUB


def _kind_of(name: str) -> AddressKind:
    """Return the kind of a file that linking does not know."""
    if not name.endswith((".html", ".htm")):
        return AddressKind.FILE
    return AddressKind.LIST if name.startswith(_LISTS) else AddressKind.PAGE


def _url(name: str) -> str:
    is_page = name == "index.html" or name.endswith("/index.html")
    return name.removesuffix("index.html") if is_page else name


def _content(name: str, candidate: Path, files: Mapping[str, BuiltFile]) -> str:
    """Return the short hash of what is at an address, apart from the frame of the page."""
    markdown = files.get(routes.beside(Url(_url(name)), routes.MARKDOWN))
    if markdown:
        return markdown.content_hash[:_LENGTH]
    if name.endswith(".html"):
        _, main, rest = (candidate / name).read_bytes().partition(b"<main")
        if main:
            return sha256(rest.partition(b"</main>")[0]).hexdigest()[:_LENGTH]
    return files[name].content_hash[:_LENGTH]
