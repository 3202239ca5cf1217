"""Changing the ledger as an author asks: an old address gets a page or another site to redirect to, or none (PB-6)."""

from urllib.parse import unquote

from msgspec import Struct
from msgspec.structs import replace

from garden.linking.addresses.url_registry import output_key
from garden.linking.ledger.state import KnownAddresses
from garden.linking.ledger.text import is_elsewhere, safe_address
from garden.linking.resolving.near_names import NearNames
from garden.linking.snapshot import Snapshot
from garden.model.errors import AuthorError
from garden.model.ledger import Ledger, LedgerLine, LineKey, ledger_of
from garden.model.names import Url, VaultPath, save_as
from garden.model.routes import FEEDS, GENERATED
from garden.model.settings import Settings

GONE = "gone"
"""The word that is written instead of a new address if nothing replaces a page."""


class AddressError(AuthorError):
    """An address cannot be redirected; the text says why."""


class Owner(Struct, frozen=True):
    """The page that an address belongs to."""

    key: LineKey
    is_page: bool = False  # the page is at this address now
    is_unpublished: bool = False  # it is a note that exists but is not published
    is_deleted: bool = False  # it is a note that was deleted


class LedgerChanges:
    """A ledger with the changes that a command makes, and the present site, in which new addresses are looked up."""

    def __init__(
        self, stored: Ledger, snapshot: Snapshot, out_of_sight: frozenset[str], settings: Settings
    ) -> None:
        """`stored` is the ledger of the vault, `snapshot` the vault linked with it.

        `out_of_sight` are the paths of notes in the ledger whose files exist but are not notes of the vault.
        """
        known = KnownAddresses(stored, snapshot.documents, out_of_sight)
        self._lines: dict[LineKey, LedgerLine] = dict(stored.lines)
        self._snapshot = snapshot
        self._site, self._base = settings.site_url.rstrip("/"), settings.base
        # A note that has moved since it was published still has its old path in the ledger.
        self._stored_keys = {LineKey("note", path): line.key for path, line in known.notes.items()}
        self._pages = _pages(snapshot)
        self._owners: dict[str, Owner] = {}
        unpublished = {line.key for line in known.unpublished()}
        deleted = {line.key for line in known.deleted}
        for line in snapshot.ledger.lines.values():
            owner = Owner(line.key, is_unpublished=line.key in unpublished, is_deleted=line.key in deleted)
            self._owners |= {output_key(save_as(url)): owner for url in line.addresses}
        for key, line_key in self._pages.items():
            self._owners[key] = Owner(line_key, is_page=True)
        for redirect in snapshot.redirects:
            if redirect.to is not None and not redirect.elsewhere:
                # Redirects to files beside a page, such as the feeds of a category, do not lead to a page.
                page = self._pages.get(output_key(save_as(Url(redirect.to))))
                if page:
                    self._pages.setdefault(output_key(save_as(redirect.old)), page)

    @property
    def ledger(self) -> Ledger:
        """The ledger with all changes."""
        return ledger_of(self._lines.values())

    def address(self, written: str) -> Url:
        """Return an old address in the form of the ledger. Raises AddressError.

        The author may write a full address, or a path from the root of the host or of the site.
        """
        path = written.strip()
        is_whole = is_elsewhere(path)
        if is_whole:
            path = "/" + path.split("//", 1)[1].partition("/")[2]
        if "?" in path or "#" in path:
            raise AddressError(
                f'"{written}" has a "?" or "#", which redirects of a static site cannot handle'
            )
        path = unquote(path)
        if self._base and f"{path}/".startswith(f"{self._base}/"):
            path = path[len(self._base) :]
        elif self._base and is_whole:
            raise AddressError(f'"{written}" is not below the address of the site, {self._base}/')
        path = path.removesuffix("index.html") if path.endswith("/index.html") else path
        if not path.endswith("/") and "." not in path.rpartition("/")[2]:
            path += "/"  # web servers add it to the address of a folder
        url = safe_address(path)
        if url is None:
            raise AddressError(f'"{written}" cannot be an address of the site')
        return url

    def owner(self, old: Url) -> Owner | None:
        """Return the owner of an address, None if there is none."""
        return self._owners.get(output_key(save_as(old)))

    def page(self, written: str) -> LineKey | None:
        """Return the page that is at an address, or that it redirects to, None if there is none."""
        if is_elsewhere(written) and not (self._site and f"{written}/".startswith(f"{self._site}/")):
            return None
        try:
            url = self.address(written)
        except AddressError:
            return None
        return self._pages.get(output_key(save_as(url)))

    def near(self, written: str) -> str:
        """Return the address of a page or list that is most like a wrong one, empty if none is."""
        try:
            url = self.address(written)
        except AddressError:
            return ""
        snapshot = self._snapshot
        known = (*snapshot.addresses.values(), *snapshot.tag_addresses.values(), *GENERATED)
        near = NearNames((address, "") for address in known).nearest(url)
        return near and f"/{near}"

    def redirect(self, old: Url, to: LineKey) -> tuple[Url, ...]:
        """Redirect an old address to a page; return it, or all addresses of the deleted note that it was of. Raises AddressError."""
        urls = self._released(old)
        key = self._stored_keys.get(to, to)
        line = self._lines.get(key)
        if line is None:
            document = self._snapshot.documents.get(VaultPath(to.name)) if to.kind == "note" else None
            line = LedgerLine(key, content=document.text_hash if document else "")
        self._lines[key] = line.with_old(urls)
        self._owners |= {output_key(save_as(url)): Owner(to) for url in urls}
        return urls

    def redirect_elsewhere(self, old: Url, to: str) -> tuple[Url, ...]:
        """Redirect an old address to an address on another site, or record that its page is GONE.

        Return the addresses that this concerns, of a deleted note all of them. Raises AddressError.
        """
        owner = self.owner(old)
        gone = to == GONE
        to = "" if gone else to
        if owner and owner.is_deleted:
            self._lines[owner.key] = replace(self._lines[owner.key], to=to, gone=gone)
            return self._lines[owner.key].addresses
        (url,) = self._released(old)
        key = LineKey("lost", url)
        self._lines[key] = LedgerLine(key, old=(url,), to=to, gone=gone)
        self._owners[output_key(save_as(url))] = Owner(key)
        return (url,)

    def _released(self, old: Url) -> tuple[Url, ...]:
        """Remove an address from the line that has it, of a deleted note all its addresses; return these.

        Raises AddressError if it is the address of a present page or of an unpublished note.
        """
        owner = self.owner(old)
        if owner and owner.is_page:
            raise AddressError(f"/{old} is not an old address: it is that of {_phrase(owner.key)}")
        if owner and owner.is_unpublished:
            raise AddressError(
                f"/{old} belongs to {_phrase(owner.key)}, which is not published; to redirect it somewhere "
                "else, remove it from that line of addresses.jsonl"
            )
        urls: tuple[Url, ...] = (old,)
        if owner and owner.is_deleted:
            urls = self._lines[owner.key].addresses
        keys = {output_key(save_as(url)) for url in urls}
        for key, line in list(self._lines.items()):
            lost = [url for url in line.addresses if output_key(save_as(url)) in keys]
            if lost:
                self._lines[key] = line.without(lost)
        return urls


def _pages(snapshot: Snapshot) -> dict[str, LineKey]:
    """Return the page at each address, by `output_key`: addresses that differ only in case are the same file."""
    urls = (*GENERATED, *FEEDS, *snapshot.files.values())
    found = {output_key(save_as(url)): LineKey("page", url) for url in urls}
    for node, url in snapshot.addresses.items():
        found[output_key(save_as(url))] = LineKey("hub" if node.kind == "hub" else "note", node.key)
    for name in snapshot.tags:
        found[output_key(save_as(snapshot.tag_addresses[name]))] = LineKey("tag", name)
    for name, url in snapshot.category_addresses.items():
        found[output_key(save_as(url))] = LineKey("category", name)
    for name, url in snapshot.author_addresses.items():
        found[output_key(save_as(url))] = LineKey("author", name)
    return found


def _phrase(key: LineKey) -> str:
    return f'"{key.name}"' if key.kind == "note" else f'the {key.kind} "{key.name}"'
