"""The ledger as text: JSON Lines with one line for each page, sorted, so that a merge conflict is solved by keeping both sides.

After such a merge, lines about the same page are combined. A line that cannot be read is reported, and all others are used:
no address is lost because another one is damaged. A damaged ledger is never overwritten.
"""

import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, Final
from urllib.parse import urlsplit

from msgspec.structs import replace

from garden.model.diagnostic import Diagnostic, Place
from garden.model.ledger import LEDGER_FILE, LINE_KINDS, Ledger, LedgerLine, LineKey, ledger_of
from garden.model.names import Url

# The first line says what the file is; other versions of Garden may write a higher number.
_MARK: Final = '{"garden":"addresses","version":1}'
_ANY_MARK: Final = '{"garden":"addresses"'
_CONFLICT: Final = ("<<<<<<<", "=======", ">>>>>>>", "|||||||")
_LONGEST_ADDRESS: Final = 1000  # bytes, as for addresses of notes
_LONGEST_NAME: Final = 255  # bytes that file systems allow for a name


class _DamagedLineError(ValueError):
    """A line cannot be read; the text says why."""


def is_ledger(text: str) -> bool:
    """Say whether a file is a ledger: whether a line, not necessarily the first after a merge, has the mark of any version."""
    return any(line.startswith(_ANY_MARK) for line in text.split("\n"))


@lru_cache(maxsize=2)
def parse_ledger(text: str) -> Ledger:
    """Return the ledger in a text; damaged lines are among its problems."""
    lines: dict[LineKey, LedgerLine] = {}
    problems = []
    has_mark = False
    for number, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        try:
            entry = _entry(written)
            if "garden" in entry:
                has_mark = True
                _check_mark(entry)
                continue
            line = _line(entry, number)
        except _DamagedLineError as error:
            problems.append(_damaged(number, str(error)))
        else:
            known = lines.get(line.key)
            lines[line.key] = _merged(known, line) if known else line
    if text.strip() and not has_mark:
        problems.append(_damaged(1, f"the first line must be {_MARK}"))
    return replace(ledger_of(lines.values()), problems=tuple(problems))


def format_ledger(ledger: Ledger) -> str:
    """Return a ledger as text."""
    return "\n".join([_MARK, *map(_formatted, ledger.lines.values()), ""])


def safe_address(written: str) -> Url | None:
    """Return an address of the site, None if it cannot be one, since it would lead out of the output folder (PB-5)."""
    path = written.removeprefix("/")
    components = path.removesuffix("/").split("/") if path else []
    harmless = (
        len(path.encode("utf-8", "replace")) <= _LONGEST_ADDRESS
        and "\\" not in path
        and path.isprintable()
        and all(
            component not in ("", ".", "..") and len(component.encode("utf-8", "replace")) <= _LONGEST_NAME
            for component in components
        )
    )
    return Url(path) if harmless else None


def _entry(written: str) -> dict[str, Any]:
    """Return the JSON object on a line. Raises _DamagedLineError."""
    if written.startswith(_CONFLICT):
        raise _DamagedLineError(
            "a merge has left this marker: delete the line, and keep the lines of both sides"
        )
    try:
        written.encode()  # lone surrogates could not be written back
        entry = json.loads(written)
    except ValueError as error:
        raise _DamagedLineError(
            "this line is not JSON; take it from an earlier version of the file"
        ) from error
    if not isinstance(entry, dict):
        raise _DamagedLineError('this line is not an entry, such as {"address":"/a/","note":"a.md"}')
    return entry


def _check_mark(entry: Mapping[str, Any]) -> None:
    """Raise _DamagedLineError if a later version of Garden has written the file."""
    if entry != json.loads(_MARK):
        raise _DamagedLineError(
            "this file has a format that this version of Garden does not know; update Garden"
        )


def _line(entry: dict[str, Any], number: int) -> LedgerLine:
    """Return the line of the ledger that an object on line `number` is. Raises _DamagedLineError."""
    kinds = [kind for kind in LINE_KINDS if kind in entry]
    if len(kinds) != 1 or not isinstance(entry[kinds[0]], str):
        raise _DamagedLineError(f"this line must have exactly one of {', '.join(LINE_KINDS)}")
    kind = kinds[0]
    name = _address(entry, kind) if kind in ("page", "lost") else entry[kind]
    gone = entry.get("gone", False)
    if not isinstance(gone, bool):
        raise _DamagedLineError('"gone" must be true or false')
    line = LedgerLine(
        LineKey(kind, name),
        _address(entry, "address") if "address" in entry else None,
        _address(entry, "asked") if "asked" in entry else None,
        _address(entry, "first") if "first" in entry else None,
        content=_text(entry, "content"),
        members=tuple(_texts(entry, "notes")),
        to=_elsewhere(entry),
        gone=gone,
        number=number,
    )
    old = [_safe(url, "old") for url in _texts(entry, "old")]
    # The name of a lost address is the address itself, which is not written twice.
    return line.with_old([*old, Url(name)] if kind == "lost" else old)


def _formatted(line: LedgerLine) -> str:
    """Return a line as JSON: only what it has, keys sorted, so that a change of the ledger changes few lines of the file."""
    is_address = line.key.kind in ("page", "lost")
    entry: dict[str, object] = {line.key.kind: f"/{line.key.name}" if is_address else line.key.name}
    old = [f"/{url}" for url in line.old if line.key != LineKey("lost", url)]
    found = {
        "address": None if line.address is None else f"/{line.address}",
        "asked": None if line.asked is None else f"/{line.asked}",
        "content": line.content or None,
        "first": None if line.first is None else f"/{line.first}",
        "gone": line.gone or None,
        "notes": list(line.members) or None,
        "old": old or None,
        "to": line.to or None,
    }
    entry |= {key: value for key, value in found.items() if value is not None}
    text = json.dumps(entry, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # File names that are not UTF-8, and characters that editors take for line breaks, are written as escapes.
    return text if text.isprintable() else json.dumps(entry, sort_keys=True, separators=(",", ":"))


def _merged(one: LedgerLine, other: LedgerLine) -> LedgerLine:
    """Return the line of a page combined from the lines of both sides of a merge: it has all addresses."""
    address = one.address if one.address is not None else other.address
    merged = LedgerLine(
        one.key,
        address,
        one.asked if one.asked is not None else other.asked,
        one.first if one.first is not None else other.first,
        content=one.content or other.content,
        members=tuple(dict.fromkeys((*one.members, *other.members))),
        to=one.to or other.to,
        gone=one.gone or other.gone,
        number=one.number,
    )
    return merged.with_old((*one.addresses, *other.addresses))


def _text(entry: Mapping[str, Any], key: str) -> str:
    """Return a text of an entry, empty if it has none. Raises _DamagedLineError."""
    value = entry.get(key, "")
    if not isinstance(value, str):
        raise _DamagedLineError(f'"{key}" must be a string')
    return value


def _texts(entry: Mapping[str, Any], key: str) -> Iterator[str]:
    """Yield the texts in the list of an entry. Raises _DamagedLineError."""
    values = entry.get(key, [])
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise _DamagedLineError(f'"{key}" must be a list of strings')
    yield from values


def _address(entry: Mapping[str, Any], key: str) -> Url:
    return _safe(_text(entry, key), key)


def _safe(written: str, key: str) -> Url:
    """Return an address of the site. Raises _DamagedLineError."""
    url = safe_address(written)
    if url is None:
        raise _DamagedLineError(f'"{key}" has an address that cannot be one of the site: "{written}"')
    return url


def _elsewhere(entry: Mapping[str, Any]) -> str:
    """Return the address on another site that an entry redirects to, empty for none. Raises _DamagedLineError."""
    to = _text(entry, "to")
    if to and not is_elsewhere(to):
        raise _DamagedLineError('"to" must be a full address, such as "https://example.org/a/"')
    return to


def is_elsewhere(address: str) -> bool:
    """Say whether an address is a full one, with `http` or `https`, which may be on another site."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    return (
        parts.scheme in ("http", "https")
        and bool(parts.netloc)
        and address.isprintable()
        and " " not in address
    )


def _damaged(line: int, message: str) -> Diagnostic:
    return Diagnostic(Place(LEDGER_FILE, line, 1), "ledger-damaged", message)
