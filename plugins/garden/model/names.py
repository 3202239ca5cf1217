"""Names and the conversions between them.

A note has a path in the vault, a stem (its file name without the ending), a slug, a URL and a file in the output; a
heading has a text and an anchor; names are compared by their folds. Each kind has a type of its own, and every
conversion is in this module, so that no other module derives one name from another in its own way (TI-4).
"""

import re
import unicodedata
from functools import lru_cache
from hashlib import sha256
from pathlib import PurePosixPath
from types import MappingProxyType
from typing import NewType
from urllib.parse import quote

VaultPath = NewType("VaultPath", str)
"""Vault-relative, `/`-separated path of a note or an attachment, as on disk."""

Slug = NewType("Slug", str)
"""URL-safe path of a page without surrounding slashes: `data-versioning`."""

Url = NewType("Url", str)
"""Site-relative address without leading slash, not percent-encoded: `data-versioning/`."""

SaveAs = NewType("SaveAs", str)
"""Output-relative file: `data-versioning/index.html`."""

Anchor = NewType("Anchor", str)
"""Id of an element in a page."""

Folded = NewType("Folded", str)
"""A name made comparable by `fold`."""

FOLDER_PAGES = ("index", "_index", "readme")
"""Stems of notes that are the pages of their folders, by precedence (TI-3)."""

NOTE_EXTENSIONS = ("md", "markdown", "mdown", "mkd")
"""The endings of notes, in lower case, without the dot."""

DEVICES = "con|prn|aux|nul|com[0-9]|lpt[0-9]"
"""A pattern of names that no file or folder can have on Windows, in upper or lower case and with any ending."""

_ANY_NOTE_ENDING = re.compile(
    rf"\.(?:{'|'.join((*NOTE_EXTENSIONS, 'ipynb', 'rst', 'html'))})\Z", re.IGNORECASE
)
_NOTE_ENDING = re.compile(rf"\.(?:{'|'.join(NOTE_EXTENSIONS)})\Z", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_UNSAFE_IN_SLUG = re.compile(r"[^\w.~-]+")
_DEVICE = re.compile(rf"^(?:{DEVICES})(?=\.|$)", re.IGNORECASE)
_DASHES = re.compile(r"-{2,}")
_NOT_IN_ANCHOR = re.compile(r"[^\w\s-]+")
_LONGEST = 1000  # bytes of an address: with the output's own path it must fit into a file system's 4096
_LONGEST_PART = 200  # bytes of a component: file systems allow 255, and a number or an ending may follow
_CUT_PART = 180  # bytes that are kept of a longer one, before a hash
# The extensions of view files, of images, and of other media by their kinds.
_VIEW_FILES = frozenset(("base", "canvas", "excalidraw"))
_IMAGES = frozenset("avif bmp gif jpeg jpg png svg webp".split())
_MEDIA = MappingProxyType(
    dict.fromkeys("flac m4a mp3 ogg wav 3gp".split(), "audio")
    | dict.fromkeys("mkv mov mp4 ogv webm".split(), "video")
    | {"pdf": "pdf"}
)
# AN-2 lists the characters that a heading comparison ignores.
_HEADING_PUNCTUATION = str.maketrans(dict.fromkeys('!"#$%&()*+,.:;<=>?@^`{|}~/[]\\', " "))


@lru_cache(maxsize=65536)
def fold(text: str) -> Folded:
    """Make `text` comparable: NFC, full case folding, single spaces, ends trimmed (spec, Words)."""
    return Folded(" ".join(unicodedata.normalize("NFC", text).casefold().split()))


def heading_key(text: str) -> Folded:
    """Make a heading's plain text comparable with a link part (AN-2)."""
    return fold(text.translate(_HEADING_PUNCTUATION))


@lru_cache(maxsize=4096)
def field_key(text: str) -> str:
    """Make a field's key comparable (IF-4): lower case, spaces to `-`, other punctuation dropped."""
    joined = _SPACE.sub("-", unicodedata.normalize("NFC", text).strip().lower())
    # Of Chinese, Japanese and Korean punctuation, and of emoji, nothing is dropped.
    return "".join(char for char in joined if char.isalnum() or char in "-_/" or ord(char) > 0x2FFF)


def is_note(path: str) -> bool:
    """Say whether a file of this name is a note (HC-1)."""
    return _NOTE_ENDING.search(path) is not None


def without_ending(path: str) -> str:
    """Return `path` without the ending of a Markdown note, if it has one."""
    return _NOTE_ENDING.sub("", path) if "." in path else path


def note_ending(path: str) -> str:
    """Return the ending of a Markdown note with its dot, empty for any other path."""
    return path[len(without_ending(path)) :]


def without_any_ending(path: str) -> str:
    """Return the path of a note without its ending, whatever its format."""
    return _ANY_NOTE_ENDING.sub("", path)


def stem(path: str) -> str:
    """Return the file name of `path` without the ending of a note, whatever its format."""
    return without_any_ending(path.rsplit("/", 1)[-1])


def is_view_file(path: str) -> bool:
    """Say whether a file of this name is a base, a canvas or a drawing: never copied, shown as a view (VW-17)."""
    return extension(path) in _VIEW_FILES


def page_name(path: str) -> str:
    """Return the name that a page has from its file: the stem, for the file of a view without its ending."""
    return stem(path).rpartition(".")[0] if is_view_file(path) else stem(path)


def folder(path: str) -> str:
    """Return the folder of `path`, empty for the vault root."""
    return path.rpartition("/")[0]


def own_folder(path: str) -> str:
    """Return the folder whose page a note is, empty if it is not the page of a folder, or of the root (TI-3)."""
    return folder(path) if fold(stem(path)) in FOLDER_PAGES else ""


def anchor(text: str) -> Anchor:
    """Return the id of a heading with this plain text (AN-1), `section` if no character of it can be in an id."""
    kept = _NOT_IN_ANCHOR.sub("", unicodedata.normalize("NFC", text).lower())
    return Anchor("-".join(kept.split()) or "section")


@lru_cache(maxsize=65536)
def slug(text: str) -> Slug:
    """Return `text` as a URL-safe slug (TI-3), which may be empty. Slashes separate folders.

    Parts that would lead out of the output folder (`..`, `.`, drive letters, control characters) are dropped (PB-5);
    `is_safe_slug` says whether there are any.
    """
    parts = []
    for part in _without_percent(text).replace("\\", "/").split("/"):
        safe = _UNSAFE_IN_SLUG.sub("-", unicodedata.normalize("NFC", part.strip()))
        safe = _DEVICE.sub(r"\g<0>_", _DASHES.sub("-", safe).strip("-.~"))
        if safe:
            parts.append(safe if len(safe.encode()) <= _LONGEST_PART else _shortened(safe))
    return Slug("/".join(parts))


@lru_cache(maxsize=65536)
def is_safe_slug(text: str) -> bool:
    """Say whether `text` can be made a slug without dropping a dangerous part (PB-5)."""
    plain = _without_percent(text)
    return not (
        plain != text
        or "\\" in plain
        or plain.startswith("/")
        or re.match(r"[A-Za-z]:", plain)
        or any(part.strip() in ("..", ".") for part in plain.split("/"))
        or any(unicodedata.category(char) == "Cc" for char in plain.strip())
    )


def fallback_slug(path: str) -> Slug:
    """Return a stable slug for a note of whose name no character can be in a slug (TI-3)."""
    return Slug("note-" + sha256(path.encode("utf-8", "surrogatepass")).hexdigest()[:8])


def page_url(of: Slug) -> Url:
    """Return the clean URL of the page with this slug."""
    return Url(f"{of}/" if of else "")


def short_enough(url: Url, name: str, below: str = "") -> Url:
    """Return `url`, or, if it is too long for a file system, a stable address made from `name` in the folder `below`."""
    return url if len(url.encode()) <= _LONGEST else Url(below + page_url(fallback_slug(name)))


def save_as(url: Url) -> SaveAs:
    """Return the output file that serves `url`."""
    return SaveAs(f"{url}index.html" if url == "" or url.endswith("/") else url)


def href(base: str, url: str, fragment: str | None = None) -> str:
    """Return `url` as an attribute value: below `base`, reserved characters percent-encoded (HC-5)."""
    address = f"{base}/{_quoted(url, '/~')}"
    return f"{address}#{_quoted(fragment, '')}" if fragment else address


_quoted = lru_cache(maxsize=8192)(quote)  # many links lead to one page


def of_site(base: str, written: str) -> str:
    """Return an address from the settings file for use in a page: one that begins with a single `/` is put below `base`."""
    is_of_site = written.startswith("/") and not written.startswith("//")
    is_below = written == base or written.startswith(f"{base}/")
    return base + written if is_of_site and not is_below else written


def extension(path: str) -> str:
    """Return the lower-case extension of a path without the dot, empty when there is none."""
    name = path.rpartition("/")[2]
    if name in ("", "."):
        return PurePosixPath(path).suffix[1:].lower()
    # The same as PurePosixPath.suffix, which is slower.
    stem, _, ending = name.rpartition(".")
    return ending.lower() if stem else ""


def is_image(path: str) -> bool:
    """Say whether a file of this name is shown as an image (EM-2)."""
    return extension(path) in _IMAGES


def is_media(path: str) -> bool:
    """Say whether an embed of a file of this name shows an image, sound, video or PDF (EM-2, EM-6)."""
    return media_kind(path) != ""


def media_kind(path: str) -> str:
    """Return `image`, `audio`, `video` or `pdf`, empty for any other kind of file."""
    return "image" if is_image(path) else _MEDIA.get(extension(path), "")


def _without_percent(text: str) -> str:
    """Decode percent-encoded dots, slashes, backslashes and NULs, even if they are encoded several times."""
    before = None
    while before != text:
        before = text
        text = re.sub(r"%(25|2e|2f|5c|00)", lambda m: chr(int(m[1], 16)), text, flags=re.IGNORECASE)
    return text


def _shortened(text: str) -> str:
    """Return the beginning of a text with a hash of the whole, so that long names that differ stay different."""
    digest = sha256(text.encode()).hexdigest()[:8]
    return text.encode()[:_CUT_PART].decode(errors="ignore") + "-" + digest
