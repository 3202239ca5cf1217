"""The files of a built site as text, decoded as far as a reader, a browser or a search engine could decode them."""

import base64
import binascii
import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Final
from zipfile import BadZipFile, ZipFile

from garden.model.names import extension
from garden.publishing.leaks.image_metadata import IMAGES, metadata_texts
from garden.publishing.leaks.words import readable, without_escapes

_TEXTS: Final = frozenset(
    "atom bib canvas cff css csv htm html ics js json jsonld map md mjs opml rdf rss svg toml tsv txt vcf webmanifest "
    "xhtml xml xsl yaml yml".split()
)
_JSON: Final = frozenset("json jsonld map webmanifest".split())
_BASE64: Final = re.compile(r";base64,([A-Za-z0-9+/=]{24,})")
_MOST: Final = 1 << 26
"""The most bytes that are unpacked from a file: a small file may unpack to more than fits into memory."""

_RUN: Final = re.compile(rb"[\x20-\x7e]{8,}")  # text in a binary file


def text_of(file: Path, name: str) -> str:
    """Return the text of a file; for an image the texts of its metadata, for other binary files what looks like text.

    A text file keeps its lines, so that a leak can be reported with its line.
    """
    kind = extension(name)
    content = file.read_bytes()
    if kind in IMAGES:
        return "\n".join(metadata_texts(content))
    if kind == "epub":
        return _in_book(content)
    if kind == "gz":
        content = _unpacked(content)
        kind = extension(name[: -len(".gz")])
    if kind in _TEXTS or b"\0" not in content[:4096]:
        return _decoded(content)
    return "\n".join(run.decode("ascii") for run in _RUN.findall(content))


def has_lines(name: str) -> bool:
    """Say whether a file of this name is a text of lines."""
    return extension(name) in _TEXTS


def decoded_lines(lines: list[str], name: str) -> str:
    """Return lines of a file with the escapes of its format decoded, and with the texts in its `data:` addresses."""
    text = "\n".join(lines)
    if extension(name) in _JSON:
        text = without_escapes(text)
    elif "\\" in text:
        text = "\n".join([text, *(without_escapes(line) for line in lines if _may_be_script(line))])
    if ";base64," in text:
        text = "\n".join([_BASE64.sub(" ", text), *_packed(text)])
    return readable(text)


def _may_be_script(line: str) -> bool:
    return "\\" in line and ("<script" in line or line.lstrip()[:1] in ("{", "[", '"'))


def _packed(text: str) -> Iterator[str]:
    """Yield the content of `data:` addresses that is text or an image with metadata."""
    for found in _BASE64.findall(text):
        try:
            content = base64.b64decode(found + "=" * (-len(found) % 4))
        except (binascii.Error, ValueError):
            continue
        yield "\n".join(metadata_texts(content)) or _decoded(content)


def _unpacked(content: bytes) -> bytes:
    """Return the content of a gzip file, at most _MOST bytes; the file itself if it is not one."""
    try:
        return zlib.decompressobj(wbits=31).decompress(content, _MOST)
    except zlib.error:
        return content


def _in_book(content: bytes) -> str:
    """Return the texts in an e-book, which is a ZIP archive, and the metadata of its images."""
    texts: list[str] = []
    room = _MOST
    try:
        with ZipFile(BytesIO(content)) as archive:
            for each in archive.infolist():
                with archive.open(each) as member:
                    part = member.read(room)
                room -= len(part)
                is_image = extension(each.filename) in IMAGES
                texts += [each.filename, *(metadata_texts(part) if is_image else [_decoded(part)])]
    except (BadZipFile, NotImplementedError, RuntimeError, OSError, zlib.error):
        texts.append(_decoded(content))
    return "\n".join(texts)


def _decoded(content: bytes) -> str:
    if content[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return content.decode("utf-16", "replace")
    return content.decode("utf-8", "replace")
