"""Lists of addresses of a former site: a sitemap, or a text with an address, and perhaps a new one, on each line."""

import gzip
import re
import zlib
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import unquote, urlsplit

from garden.hosts.command_line import CommandError

LEFT_MARK: Final = "# Addresses of a former site for which no page was found."
"""The first line of the file with the addresses that are left."""

_LOCATION: Final = re.compile(
    r"<(?:\w+:)?loc>\s*(?:<!\[CDATA\[)?\s*(.*?)\s*(?:\]\]>)?\s*</(?:\w+:)?loc>", re.DOTALL
)
_INDEX: Final = re.compile(r"<(?:\w+:)?sitemapindex[\s>]")
_GZIP: Final = b"\x1f\x8b"  # how a compressed file begins
_MOST: Final = 200_000_000
"""Bytes that a compressed sitemap may unpack to; the protocol allows a quarter of that."""


class ListedAddress(NamedTuple):
    """An address of the former site; `new` is the address to redirect it to, empty if the list has none."""

    old: str
    new: str = ""


def read_addresses(file: Path) -> list[ListedAddress]:
    """Return the addresses in a file, each once, in the order of the file. Raises CommandError."""
    text = _text(file)
    listed = _of_sitemap(file, text) if "<urlset" in text or _INDEX.search(text) else _of_lines(text)
    found: dict[str, ListedAddress] = {}
    for address in listed:
        if address.new or address.old not in found:
            found[address.old] = address
    if not found:
        raise CommandError(f"{file} has no addresses: it must be a sitemap, or have an address on each line")
    return list(found.values())


def left_text(left: list[tuple[str, str]]) -> str:
    """Return the text of the file for the remaining addresses: pairs of an old address and the nearest page, which may be empty."""
    width = max((len(old) for old, _ in left), default=0)
    lines = [f"{old.ljust(width)}  # perhaps {near}" if near else old for old, near in left]
    return "\n".join(
        [
            LEFT_MARK,
            "# Add the new address, or the word gone, at the end of each line, and import this file.",
            *lines,
            "",
        ]
    )


def _text(file: Path) -> str:
    """Return the text of a file, which may be compressed, as sitemaps often are. Raises CommandError."""
    try:
        content = file.read_bytes()
        if content.startswith(_GZIP):
            with gzip.open(file) as unpacked:
                content = unpacked.read(_MOST)
    except (OSError, EOFError, zlib.error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise CommandError(f"{file} cannot be read: {reason}") from error
    return content.decode("utf-8-sig", "replace")


def _of_sitemap(file: Path, text: str) -> Iterator[ListedAddress]:
    """Yield the addresses of a sitemap.

    An index of other sitemaps leads to these by their file names, which must be in the same folder.
    """
    locations = [unescape(found) for found in _LOCATION.findall(text)]
    if not _INDEX.search(text):
        yield from map(ListedAddress, locations)
        return
    parts = [file.parent / unquote(urlsplit(location).path).rpartition("/")[2] for location in locations]
    missing = [part.name for part in parts if not part.is_file()]
    if missing:
        raise CommandError(
            f"{file} is an index of sitemaps, and they are not fetched: put {', '.join(missing[:5])} beside it"
        )
    for part in parts:
        if part != file:
            inner = _text(part)
            yield from map(ListedAddress, (unescape(found) for found in _LOCATION.findall(inner)))


def _of_lines(text: str) -> Iterator[ListedAddress]:
    """Yield the addresses of a list with one on each line, after which a new one may follow."""
    for line in text.splitlines():
        old, *more = line.partition(" #")[0].split() or [""]
        if old and not old.startswith("#"):
            # What follows the new address is a status code, in a file of redirects as hosts read them.
            yield ListedAddress(old, more[0] if more else "")
