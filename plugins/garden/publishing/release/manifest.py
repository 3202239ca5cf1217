"""`published.json`: what was published last, with one line for each address, kept in the author's repository.

It is made for reading as a diff: it is sorted and has no dates, and the hash of a page changes only with its content, not
with the theme. Of notes that are held back it has only the numbers, by reason. The author is asked about every note that
is not in it, so it is written last of all, when the site is in place: it never lists what readers cannot see yet.
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
    PAGE = "page"  # a page of another plugin or theme
    FILE = "file"  # everything else: feeds, sitemap, search, style sheets


class Address(Struct, frozen=True, order=True):
    """An address of the site and what is there.

    `source` is the path of a note or attachment in the vault, the name of a hub, tag, category or author, or the target of
    a redirect; empty for other kinds. `content` is a short hash: for a note or hub, of its page as Markdown; for any other
    page, of its main part; for a file, of its bytes.
    """

    address: str  # from the root of the site on: `/drift/`
    kind: AddressKind
    source: str = ""
    content: str = ""


class Manifest(Struct, frozen=True):
    """What is public at a site."""

    site: str  # its address
    addresses: tuple[Address, ...]  # sorted
    held_back: Mapping[str, int] = {}  # the number of notes that are held back, by reason


class ManifestError(AuthorError):
    """The manifest cannot be read, or is not ours; the text says what to do."""


def read_manifest(file: Path) -> Manifest | None:
    """Return the manifest, None if nothing has been published yet.

    Raises ManifestError if it is damaged, of a newer version, or a file that is not ours.
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
    lines = json.dumps(head, indent=2, ensure_ascii=False).removesuffix("\n}")
    addresses = ",\n".join(f"    {_line(address)}" for address in sorted(manifest.addresses))
    return f'{lines},\n  "addresses": [\n{addresses}\n  ]\n}}\n'


def _line(address: Address) -> str:
    """Return one address as JSON in a single line, without the parts that it does not have."""
    parts = {
        "address": address.address,
        "kind": address.kind.value,
        "source": address.source,
        "content": address.content,
    }
    written = {name: value for name, value in parts.items() if value}
    text = json.dumps(written, ensure_ascii=False)
    # The name of a file need not be valid Unicode; then everything beyond ASCII is escaped.
    return text if text.isascii() or _is_unicode(text) else json.dumps(written)


def _is_unicode(text: str) -> bool:
    with suppress(UnicodeEncodeError):
        return bool(text.encode())
    return False
