"""The metadata of image files: text of any kind, and where a picture was taken.

The parts of a file are walked without decoding the image: the formats are old and simple, and of a broken file only the
metadata are missed. Positions are looked for in Exif and XMP, in any kind of file.
"""

import re
import struct
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

IMAGES: Final = frozenset("avif bmp gif heic heif jpeg jpg png tif tiff webp".split())
"""Extensions of pictures made of pixels."""

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_EXIF: Final = b"Exif\0\0"
_JPEG_METADATA: Final = frozenset((0xE1, *range(0xE3, 0xF0), 0xFE))  # 0xE2 is a colour profile
_GPS: Final = 0x8825  # tag of the directory of positions
_LATITUDE: Final = 2  # tag of the latitude in it
_MORE_EXIF: Final = 0x8769  # tag of the directory with camera settings and comments
_USER_COMMENT: Final = 0x9286
_WINDOWS: Final = range(0x9C9B, 0x9CA0)  # tags that Windows adds: title, comment, author, keywords, subject
_INLINE: Final = 4  # bytes up to which a value is in its entry itself
_BYTES: Final = frozenset((1, 2, 7))  # types of values that consist of bytes
_HEAD_OF_JPEG: Final = 1 << 20  # bytes, before which all metadata of a JPEG are
_LARGEST_IMAGE: Final = 1 << 28  # bytes read of any other image
_LARGEST: Final = 1 << 22  # bytes of a text when it is unpacked
_READABLE: Final = re.compile(r"[^\W_][^\x00-\x1f\x7f-\x9f\ufffd]+")
_XMP_POSITION: Final = re.compile(rb"GPSLatitude\s*(?:=\s*[\"']|>)\s*[-+]?\d")


def read_image(file: Path) -> bytes:
    """Return the part of an image that can contain metadata. Raises OSError."""
    with file.open("rb") as content:
        head = content.read(_HEAD_OF_JPEG)
        return head if head.startswith(b"\xff\xd8") else head + content.read(_LARGEST_IMAGE)


def metadata_texts(content: bytes) -> Iterator[str]:
    """Yield the texts in an image's metadata; nothing if it is not an image."""
    for part in _parts(content):
        for encoding in ("utf-8", "latin-1", "utf-16-le", "utf-16-be"):
            text = part.decode(encoding, "replace" if encoding == "utf-8" else "ignore")
            if encoding in ("utf-8", "latin-1") or _is_plain(text):
                yield "\n".join(_READABLE.findall(text))
        yield from _exif_texts(part)
    for part in _boxed_exif(content):
        yield from _exif_texts(part)


def has_position(content: bytes) -> bool:
    """Say whether an image's metadata say where it was taken."""
    if any(_XMP_POSITION.search(part) or _exif_position(part) for part in _parts(content)):
        return True
    return any(map(_exif_position, _boxed_exif(content)))


def _boxed_exif(content: bytes) -> Iterator[bytes]:
    """Yield what follows each mark of Exif in containers such as HEIC and AVIF, in which it may be anywhere."""
    if content[4:8] == b"ftyp":
        for found in re.finditer(re.escape(_EXIF), content):
            yield content[found.end() :]


def _parts(content: bytes) -> Iterator[bytes]:
    """Yield the parts of an image that have metadata, according to its format."""
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
    """Yield the texts of a PNG, as they are and decompressed.

    Each chunk is its size, its kind, its content and a checksum: twelve bytes besides the content.
    """
    at = len(_PNG)
    while at + 8 <= len(content):
        size, kind = struct.unpack(">I4s", content[at : at + 8])
        chunk = content[at + 8 : at + 8 + size]
        if kind in (b"tEXt", b"eXIf", b"iTXt", b"zTXt"):
            yield chunk
        if kind in (b"iTXt", b"zTXt"):
            # The compressed text comes after the key and, in iTXt, after two bytes, a language and a translated key.
            rest = chunk.partition(b"\0")[2]
            packed = rest[1:] if kind == b"zTXt" else rest[2:].partition(b"\0")[2].partition(b"\0")[2]
            with suppress(zlib.error):
                yield zlib.decompressobj().decompress(packed, _LARGEST)
        at += 12 + size


def _jpeg_parts(content: bytes) -> Iterator[bytes]:
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF and content[at + 1] != 0xDA:
        size = int.from_bytes(content[at + 2 : at + 4], "big")
        if content[at + 1] in _JPEG_METADATA:
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
    """Say whether Exif has a latitude; the empty directory of positions that some cameras write does not count."""
    return any(entry.tag == _LATITUDE for entry in _entries(part, _GPS))


def _exif_texts(part: bytes) -> Iterator[str]:
    """Yield the texts of Exif, including those with two bytes for each character."""
    for tag, value in (*_entries(part), *_entries(part, _MORE_EXIF)):
        if tag in _WINDOWS:
            yield value.decode("utf-16-le", "replace")
        elif tag == _USER_COMMENT and value.startswith(b"UNICODE\0"):
            # Programs do not agree on the order of its bytes.
            yield value[8:].decode("utf-16-le", "replace")
            yield value[8:].decode("utf-16-be", "replace")
        else:
            yield "\n".join(_READABLE.findall(value.decode("utf-8", "replace")))


class _Entry(NamedTuple):
    """A tag of Exif and its value, empty if that does not consist of bytes."""

    tag: int
    value: bytes


def _entries(part: bytes, below: int = 0) -> Iterator[_Entry]:
    """Yield the entries of the first directory of Exif, or of the one that its tag `below` names; nothing if it is not Exif."""
    tiff = part.removeprefix(_EXIF)
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(tiff[:4])
    if order is None:
        return
    with suppress(struct.error):
        (directory,) = struct.unpack_from(f"{order}I", tiff, 4)
        if below:
            places = [place for tag, _, _, place, _ in _numbers(tiff, order, directory) if tag == below]
            if not places:
                return
            directory = places[0]
        for tag, kind, count, place, inline in _numbers(tiff, order, directory):
            start = inline if count <= _INLINE else place
            yield _Entry(tag, tiff[start : start + count] if kind in _BYTES else b"")


def _numbers(tiff: bytes, order: str, directory: int) -> Iterator[tuple[int, int, int, int, int]]:
    """Yield tag, type, count and value of each entry, and the offset of that value. Raises struct.error."""
    (count,) = struct.unpack_from(f"{order}H", tiff, directory)
    for number in range(count):
        at = directory + 2 + 12 * number
        yield (*struct.unpack_from(f"{order}HHII", tiff, at), at + 8)


def _is_plain(text: str) -> bool:
    """Say whether bytes that were read as UTF-16 are text: most of the characters are printable ASCII."""
    return sum(char.isascii() and char.isprintable() for char in text) * 2 > len(text) > 0
