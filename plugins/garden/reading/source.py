"""Decodes the bytes of a file to text that all that follows can rely on (HC-8)."""

from hashlib import sha256

from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath
from garden.model.note import Source
from garden.reading.formats import UnreadableNoteError, note_bytes

_HELD_BACK = "---\nstatus: draft\n---\n"
_BOM = "\ufeff"
# NUL is not allowed in HTML; the other two mark gaps inside Python-Markdown. One code point stays one, so columns hold.
_RESERVED = {0x00: "\ufffd", 0x02: "\ufffd", 0x03: "\ufffd"}


def read_source(path: VaultPath, data: bytes, readers: tuple[tuple[str, str], ...] = ()) -> Source:
    """Decode the note at `path`: UTF-8 without BOM, every line end an LF; bad bytes become U+FFFD.

    A note of another format becomes Markdown by its reader first; one that cannot be read is held back.
    """
    problems: tuple[Diagnostic, ...] = ()
    sha = sha256(data).hexdigest()
    try:
        data = note_bytes(path, data, readers)
    except UnreadableNoteError as error:
        return Source(
            path, _HELD_BACK, sha, (Diagnostic(Place(path, 1, 1), "note-unreadable", str(error)),), 0
        )
    try:
        decoded = data.decode()
    except UnicodeDecodeError as error:
        decoded = data.decode(errors="replace")
        problems = (_invalid(path, data, error.start),)
    text = _normalised(decoded).translate(_RESERVED) if _has_reserved(data) else _normalised(decoded)
    return Source(path, text, sha, problems, len(data))


def _normalised(decoded: str) -> str:
    """Return a text without byte order marks at its beginning, and with LF line ends."""
    # Some programs put a second one before the first; after it, front matter would be text.
    return decoded.lstrip(_BOM).replace("\r\n", "\n").replace("\r", "\n")


def _has_reserved(data: bytes) -> bool:
    """Say whether a file may have a character that must be replaced."""
    return any(code in data for code in _RESERVED)


def _invalid(path: VaultPath, data: bytes, start: int) -> Diagnostic:
    """Report the byte at `start`, the first one that is not UTF-8."""
    before = _normalised(data[:start].decode())
    line_start = before.rfind("\n") + 1
    return Diagnostic(
        Place(path, before.count("\n") + 1, len(before) - line_start + 1),
        "encoding-invalid",
        f"byte 0x{data[start]:02x} is not UTF-8; it is shown as \ufffd",
        help="save the file as UTF-8",
    )
