"""Finds the file of the output for an address, and the range of bytes that a request asks for.

All are functions of an address, a folder or a header, without any input or output over the network.
"""

import mimetypes
import re
from pathlib import Path
from urllib.parse import quote, unquote_to_bytes

from msgspec import Struct

# Types that are missing in Python's own table, or wrong in the table of some systems.
_TYPES = {
    ".avif": "image/avif",
    ".css": "text/css",
    ".flac": "audio/flac",
    ".html": "text/html",
    ".ico": "image/x-icon",
    ".js": "text/javascript",
    ".json": "application/json",
    ".m4a": "audio/mp4",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".mkv": "video/x-matroska",
    ".ogg": "audio/ogg",
    ".ogv": "video/ogg",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_ONE_RANGE = re.compile(r"bytes=([0-9]*)-([0-9]*)$")

_MOST_DIGITS = 18
"""The maximum number of digits of a file's size; Python refuses to convert a number of thousands of digits."""


class FolderRedirect(Struct, frozen=True):
    """The address names a folder without its final slash; `to` is the address with it."""

    to: str


class BadRangeError(ValueError):
    """The file has no byte of the range that was asked for."""


def find_file(root: Path, address: str) -> Path | FolderRedirect | None:
    """Return the file below `root` that a URL path names, None when there is none.

    A folder stands for its `index.html`. A path that leads out of `root`, by `..` in any spelling or by a symbolic link, is
    not found; nor is a name with a leading dot, such as `.git`.
    """
    try:
        decoded = unquote_to_bytes(address).decode()
    except UnicodeDecodeError:
        return None
    parts = [part for part in decoded.split("/") if part]
    # On Windows, a backslash separates folders, and a colon follows the letter of a drive.
    if any(part.startswith(".") or "\\" in part or "\0" in part or ":" in part[1:2] for part in parts):
        return None
    path = root.joinpath(*parts)
    try:
        if not path.resolve().is_relative_to(root.resolve()):
            return None
        if path.is_dir():
            if not decoded.endswith("/"):
                return FolderRedirect(f"/{quote('/'.join(parts))}/")
            path /= "index.html"
        elif decoded.endswith("/"):
            return None
        return path if path.is_file() else None
    except OSError:  # such as a name that is too long for the file system
        return None


def content_type(path: Path) -> str:
    """Return the `Content-Type` of a file; texts are UTF-8."""
    kind = _TYPES.get(path.suffix.lower()) or mimetypes.guess_type(path.name)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind in ("application/json", "application/xml")
    return f"{kind}; charset=utf-8" if is_text else kind


def byte_range(header: str | None, size: int) -> tuple[int, int] | None:
    """Return the (start, end) of a `Range` header, end exclusive; None when the whole file is to be sent.

    That is the case for more than one range, too, and for another unit than bytes, as HTTP allows. Raises BadRangeError
    when the file has no byte of the range.
    """
    match = _ONE_RANGE.match((header or "").strip())
    if match is None or match.group(1, 2) == ("", ""):
        return None
    first, last = match.group(1, 2)
    if not first:
        start, end = max(0, size - _number(last)), size
    else:
        start, end = _number(first), min(size, _number(last) + 1) if last else size
    if start >= end:
        raise BadRangeError(f"no bytes {header} in a file of {size}")
    return start, end


def _number(digits: str) -> int:
    digits = digits.lstrip("0")
    return int(digits or 0) if len(digits) <= _MOST_DIGITS else 10**_MOST_DIGITS
