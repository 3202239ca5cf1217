"""What image files say beside their pixels: text of any kind, and where a picture was taken.

The parts of a file are walked here, without decoding it: the formats are old and simple, and a broken file costs
nothing but its metadata. Positions are found in Exif, in whatever kind of file it lies.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

IMAGES: Final = frozenset("avif bmp gif heic heif jpeg jpg png tif tiff webp".split())
"""Extensions of pictures made of pixels."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_EXIF: Final = b"Exif\0\0"
_JPEG_METADATA: Final = frozenset((0xE1, *range(0xE3, 0xF0), 0xFE))  # 0xE2 is a colour profile
_GPS: Final = 0x8825  # tag of the directory of positions
_LATITUDE: Final = 2
_HEAD_OF_JPEG: Final = 1 << 20
_LARGEST_IMAGE: Final = 1 << 28
_LARGEST: Final = 1 << 22  # bytes of a packed text
_READABLE: Final = re.compile(r"[^\W\d_][\w .,;:'/@+&()-]{2,}")
_XMP_POSITION: Final = re.compile(rb"GPSLatitude\s*(?:=\s*[\"']|>)\s*[-+]?\d")


def read_image(file: Path) -> bytes:
    """Return as much of an image as can hold metadata. Raises OSError."""
    with file.open("rb") as content:
        head = content.read(_HEAD_OF_JPEG)
        return head if head.startswith(b"\xff\xd8") else head + content.read(_LARGEST_IMAGE)


def metadata_texts(content: bytes) -> Iterator[str]:
    """Yield the texts in an image's metadata; nothing for what is no image."""
    for part in _parts(content):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            text = part.decode(encoding, "replace" if encoding == "utf-8" else "ignore")
            if encoding == "utf-8" or _is_plain(text):
                yield "\n".join(_READABLE.findall(text))


def has_position(content: bytes) -> bool:
    """Say whether an image's metadata say where it was taken."""
    if any(_XMP_POSITION.search(part) or _exif_position(part) for part in _parts(content)):
        return True
    # Containers such as HEIC and AVIF keep Exif somewhere in the file.
    return content[4:8] == b"ftyp" and any(
        _exif_position(content[found.end() :]) for found in re.finditer(re.escape(_EXIF), content)
    )


def _parts(content: bytes) -> Iterator[bytes]:
    """Yield the pieces of an image that hold metadata."""
    if content.startswith(_PNG):
        yield from _png_parts(content)
    elif content.startswith(b"\xff\xd8"):
        yield from _jpeg_parts(content)
    elif content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        yield from _webp_parts(content)
    elif content[:4] in (b"II*\0", b"MM\0*"):
        yield content[: 1 << 20]
    elif content.startswith(b"GIF8") or content[4:8] == b"ftyp":
        for found in re.finditer(
            rb"<x:xmpmeta.*?</x:xmpmeta>|\x21\xfe[\x01-\xff]([^\x00]*)\x00", content, re.DOTALL
        ):
            yield found[0]


def _png_parts(content: bytes) -> Iterator[bytes]:
    at = len(_PNG)
    while at + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        chunk = content[at + 8 : at + 8 + size]
        if kind in (b"tEXt", b"eXIf", b"iTXt", b"zTXt"):
            yield chunk
        if kind in (b"iTXt", b"zTXt"):
            # The packed text begins after the key and, in iTXt, two bytes, a language and a translated key.
            rest = chunk.partition(b"\0")[2]
            packed = rest[1:] if kind == b"zTXt" else rest[2:].partition(b"\0")[2].partition(b"\0")[2]
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(packed, _LARGEST)
        at += 12 + size


def _jpeg_parts(content: bytes) -> Iterator[bytes]:
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        if (0xE1 <= content[at + 1] <= 0xEF and content[at + 1] != 0xE2) or content[at + 1] == 0xFE:
            yield content[at + 4 : at + 2 + size]
        at += 2 + max(2, size)


def _webp_parts(content: bytes) -> Iterator[bytes]:
    at = 12
    while at + 8 <= len(content):
        kind, size = struct.unpack("<4sI", content[at : at + 8])
        if kind in (b"EXIF", b"XMP "):
            yield content[at + 8 : at + 8 + size]
        at += 8 + size + size % 2


def _exif_position(part: bytes) -> bool:
    """Say whether Exif has a latitude; an empty directory of positions, which cameras write, is none."""
    tiff = part.removeprefix(_EXIF)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return False
    with suppress(struct.error):
        (first,) = struct.unpack_from(f"{order}I", tiff, 4)
        directory = _entry(tiff, order, first, _GPS)
        return directory is not None and _entry(tiff, order, directory, _LATITUDE) is not None
    return False


def _entry(tiff: bytes, order: str, directory: int, tag: int) -> int | None:
    """Return the value, or the place of it, of a tag of a directory, None when it has no such tag."""
    (count,) = struct.unpack_from(f"{order}H", tiff, directory)
    for number in range(count):
        found, _, _, value = struct.unpack_from(f"{order}HHII", tiff, directory + 2 + 12 * number)
        if found == tag:
            return int(value)
    return None


def _is_plain(text: str) -> bool:
    """Say whether a piece read as UTF-16 is text: most of its characters are Latin letters or common marks."""
    return sum(char.isascii() and char.isprintable() for char in text) * 2 > len(text) > 0
