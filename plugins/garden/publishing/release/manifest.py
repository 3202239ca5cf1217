"""`published.json`: what was published last, one line an address, kept in the author's repository.

It is made for reading in a diff: sorted, without dates, and the mark of a page's content changes with what its note
says, not with the theme. Of notes that are held back it knows only how many there are, by reason. A note
that is not in it has never been public, so it is written last of all, when the site is in its place: what it
says is never ahead of what readers can see.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from garden.model.errors import AuthorError
from garden.vault.own_files import PUBLISHED_FORMAT, PUBLISHED_MARK, has_mark

_VERSION: Final = 1
_CONFLICT: Final = ("<<<<<<<", "=======", ">>>>>>>")


class AddressKind(StrEnum):
    """What is at an address."""

    NOTE = "note"
    HUB = "hub"
    TAG = "tag"
    CATEGORY = "category"
    AUTHOR = "author"
    LIST = "list"  # the home page, the archive, the map and the like
    ATTACHMENT = "attachment"
    REDIRECT = "redirect"  # an old address; its source is where it leads
    PAGE = "page"  # a page that another plugin or theme has made
    FILE = "file"  # all else: feeds, sitemap, search, styles


class Address(Struct, frozen=True, order=True):
    """An address of the site, from its root on (`/drift/`), and what is there.

    `source` is the path of a note or attachment in the vault, the name of a hub, tag, category or author, or where
    a redirect leads; empty for the rest. `content` is a short hash: of a note's or hub's page as Markdown, which is without
    the theme; of the main part of any other page; of the bytes of a file.
    """

    address: str
    kind: AddressKind
    source: str = ""
    content: str = ""


class Manifest(Struct, frozen=True):
    """What is public at `site`, the site's own address: its addresses, sorted; and the notes held back by reason."""

    site: str
    addresses: tuple[Address, ...]
    held_back: Mapping[str, int] = {}


class ManifestError(AuthorError):
    """The manifest cannot be read, or is not ours; the text says what to do."""


def read_manifest(file: Path) -> Manifest | None:
    """Return the manifest, None when nothing has been published yet.

    Raises ManifestError when it is damaged, of a newer version, or a file that is not ours.
    """
    try:
        text = file.read_bytes().decode("utf-8", "replace")
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ManifestError(f"{file} cannot be read: {error.strerror}") from error
    if not has_mark(file, PUBLISHED_MARK):
        raise ManifestError(
            f"{file} was not written by Garden, which needs a file of that name to record what is public: "
            'rename it, or set GARDEN["manifest"] to another name'
        )
    if any(line.startswith(_CONFLICT) for line in text.splitlines()):
        raise ManifestError(
            f"{file} has the conflict markers of an unfinished merge: keep either version as a whole (such as "
            f"git checkout --ours {file.name}). At worst you are asked again"
        )
    try:
        data = json.loads(text)
        if data["version"] != _VERSION:
            raise ManifestError(f"{file} was written by a newer version: update Garden on this machine")
        return _manifest(data)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise ManifestError(
            f"{file} is damaged ({error}): restore it from your repository (git checkout {file.name}), or "
            "delete it; then everything counts as public for the first time, and you are asked once"
        ) from error


def _manifest(data: Any) -> Manifest:
    addresses = (
        Address(one["address"], AddressKind(one["kind"]), one.get("source", ""), one.get("content", ""))
        for one in data["addresses"]
    )
    return Manifest(data["site"], tuple(sorted(addresses)), dict(data["held_back"]))


def manifest_text(manifest: Manifest) -> str:
    """Return the text of the manifest."""
    head = {
        "format": PUBLISHED_FORMAT,
        "version": _VERSION,
        "site": manifest.site,
        "held_back": dict(sorted(manifest.held_back.items())),
    }
    lines = json.dumps(head, indent=2, ensure_ascii=False)[:-2]
    addresses = ",\n".join(f"    {_line(address)}" for address in sorted(manifest.addresses))
    return f'{lines},\n  "addresses": [\n{addresses}\n  ]\n}}\n'


def _line(address: Address) -> str:
    parts = {
        "address": address.address,
        "kind": address.kind.value,
        "source": address.source,
        "content": address.content,
    }
    written = {name: value for name, value in parts.items() if value}
    text = json.dumps(written, ensure_ascii=False)
    # The name of a file need not be Unicode; its odd bytes are escaped.
    return text if text.isascii() or _is_unicode(text) else json.dumps(written)


def _is_unicode(text: str) -> bool:
    with suppress(UnicodeEncodeError):
        return bool(text.encode())
    return False
