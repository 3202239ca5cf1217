"""The registry of all addresses in use: which page owns which file of the output (PB-6).

Two pages must not share a file, not even by names that differ only in case, since some file systems do not distinguish
those. A file must not have the path of a folder that another file needs. Generated pages come first, and files that may be
written beside a page are reserved even if there are none yet: no address changes because a branch grows or a site gets
cards. An address in the ledger is reserved for the note that had it, whether it is published now or not.
"""

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from garden.model.names import Url, save_as
from garden.model.routes import BESIDE, GENERATED, GENERATED_FOLDERS, beside, is_sitemap_part

_BESIDE_FOLDERS = tuple(name.partition("/")[0] for name in BESIDE if "/" in name)


class UrlRegistry:
    """The addresses in use, each with a phrase that names its owner."""

    def __init__(self, kept: Iterable[str] = ()) -> None:
        """Start with the generated pages of every site, and with the files `kept` for Pelican's pages."""
        # All by `output_key`
        # The owners of files that are in use or may be written beside a page
        self._files: dict[str, str] = {}
        self._urls: dict[str, Url] = {}  # the addresses of files in use
        self._folders: dict[str, str] = {}  # an owner of a file in each folder
        self._reserved: dict[str, str] = {}  # owners for which the ledger reserves a file
        # The last number that was appended: those below it are not tried again
        self._last: dict[str, int] = {}
        for url, owner in GENERATED.items():
            self.assign(url, owner)
        for file in kept:
            self._files.setdefault(output_key(file), "a page of Pelican's")

    def copy(self) -> "UrlRegistry":
        """Return another registry with the same addresses in use."""
        other = UrlRegistry()
        for name, entries in vars(self).items():
            setattr(other, name, dict(entries))
        return other

    def assign(self, url: Url, owner: str) -> None:
        """Give `url` to `owner`; it must be free."""
        file = save_as(url)
        self._files[output_key(file)] = owner
        self._urls[output_key(file)] = url
        for folder in _folders(file):
            self._folders.setdefault(output_key(folder), owner)

    def reserve_beside(self, url: Url, owner: str) -> None:
        """Reserve the files beside the page at `url`, which `owner` has or asks for."""
        owner = f"what is made beside {owner}"
        start = output_key(beside(url, ""))
        for name in BESIDE:
            self._files.setdefault(start + name, owner)
        for folder in _BESIDE_FOLDERS:
            self._folders.setdefault(start + folder, owner)

    def reserve(self, url: Url, owner: str) -> str:
        """Reserve `url` for `owner`. Return the other owner that it is already reserved for, empty if there is none."""
        holder = self._reserved.setdefault(output_key(save_as(url)), owner)
        return "" if holder == owner else holder

    def release_reservations(self) -> None:
        """Drop the reservations of `reserve`: from now on only addresses of pages are taken."""
        self._reserved.clear()

    def owner(self, url: Url, asker: str = "") -> str:
        """Return the owner of `url`, or of a file or folder in its way; empty if it is free for `asker`."""
        blocked = self._blocked(url, asker)
        return blocked[1] if blocked else ""

    def page_owner(self, url: Url, asker: str = "") -> str:
        """Return the owner that prevents `asker` from having a page at `url` or files beside it, empty if there is none."""
        blocked = self._blocked(url, asker) or self._blocked_beside(url)
        return blocked[1] if blocked else ""

    def find(self, path: str) -> Url | None:
        """Return the address in use that matches `path`, compared without case, with or without its final slash."""
        for file in (path, f"{path.rstrip('/')}/index.html".lstrip("/")):
            url = self._urls.get(output_key(file))
            if url is not None:
                return url
        return None

    def is_generated(self, path: str) -> bool:
        """Say whether `path` may be a file that is generated for every site or beside a page."""
        key = output_key(path.rstrip("/"))
        beside_a_page = self._file_owner(key) or self._file_owner(f"{key}/index.html")
        return bool(beside_a_page) or key.partition("/")[0] in GENERATED_FOLDERS

    def allocate(self, url: Url, owner: str) -> Url:
        """Give `owner` this address or, if it is taken, the first free one with -2, -3 … appended; return it."""
        while blocked := self._blocked(url, owner):
            url = self._numbered(url, blocked[0])
        self.assign(url, owner)
        return url

    def allocate_page(self, url: Url, owner: str) -> Url:
        """Do the same as `allocate` for a page with files beside it, whose addresses must be free as well."""
        while blocked := self._blocked(url, owner) or self._blocked_beside(url):
            url = self._numbered(url, blocked[0])
        self.assign(url, owner)
        self.reserve_beside(url, owner)
        return url

    def _blocked(self, url: Url, asker: str = "") -> tuple[str, str] | None:
        """Return the part of `url` that `asker` cannot have (a folder in it, or all of it) and its owner, None if it is free."""
        file = save_as(url)
        for folder in _folders(file):
            key = output_key(folder)
            owner = self._file_owner(key) or GENERATED_FOLDERS.get(key, "")
            if owner:
                return folder, owner
        key = output_key(file)
        owner = self._file_owner(key) or self._folders.get(key, "")
        if not owner and self._reserved.get(key, asker) != asker:
            owner = self._reserved[key]
        return (url, owner) if owner else None

    def _blocked_beside(self, url: Url) -> tuple[str, str] | None:
        """Return `url` and the owner of a file beside the page at it, None if all of these are free."""
        start = output_key(beside(url, ""))
        for name in BESIDE:
            owner = self._file_owner(start + name) or self._folders.get(start + name, "")
            if owner:
                return url, owner
        owner = next(filter(None, (self._file_owner(start + folder) for folder in _BESIDE_FOLDERS)), "")
        return (url, owner) if owner else None

    def _file_owner(self, key: str) -> str:
        # Parts of sitemaps are numbered without `-`, so a name with a number appended by `_numbered` is never one of them.
        return self._files.get(key, "a generated file" if is_sitemap_part(key) else "")

    def _numbered(self, url: Url, taken: str) -> Url:
        """Return `url` with a number appended to its `taken` part, which is all of it or a folder: the lowest that is free."""
        key = output_key(taken)
        number = self._last.get(key, 1)
        while True:
            number += 1
            start = Url(_with_number(taken, number))
            if not self._blocked(start):
                self._last[key] = number
                return Url(start + url[len(taken) :])


def _with_number(url: str, number: int) -> str:
    """Return `a-2/` for `a/`, `a-2.html` for `a.html`."""
    if url == "":
        return f"index-{number}/"
    if url.endswith("/"):
        return f"{url[:-1]}-{number}/"
    folder, slash, name = url.rpartition("/")
    stem, _, ending = name.rpartition(".")
    numbered = f"{stem}-{number}.{ending}" if stem else f"{name}-{number}"
    return folder + slash + numbered


def _folders(file: str) -> list[str]:
    return [file[:at] for at, char in enumerate(file) if char == "/"]


@lru_cache(maxsize=65536)
def output_key(path: str) -> str:
    """Return a key that is the same for files that some file systems cannot distinguish."""
    return unicodedata.normalize("NFC", path).casefold()
