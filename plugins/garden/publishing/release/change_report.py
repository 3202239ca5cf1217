"""What publishing will change, as text for people and as JSON for programs."""

import json
import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from garden.publishing.release.changes import Changes, Move
from garden.publishing.release.manifest import Address, AddressKind

FORMATS: Final = ("text", "json")

_SHOWN: Final = 12
"""The number of lines of a list that is cut."""

_NAMES: Final = {
    AddressKind.NOTE: ("note", "notes"),
    AddressKind.HUB: ("hub", "hubs"),
    AddressKind.TAG: ("tag", "tags"),
    AddressKind.CATEGORY: ("category", "categories"),
    AddressKind.AUTHOR: ("author", "authors"),
    AddressKind.LIST: ("list", "lists"),
    AddressKind.ATTACHMENT: ("attachment", "attachments"),
    AddressKind.REDIRECT: ("redirect", "redirects"),
    AddressKind.PAGE: ("other page", "other pages"),
    AddressKind.FILE: ("other file", "other files"),
}

_STEP: Final = 1000
"""How many of one unit the next one has."""

_UNITS: Final = ("bytes", "kB", "MB", "GB")


def change_text(changes: Changes, *, verbose: bool = False) -> str:
    """Return the report for people; long lists are cut unless `verbose`."""
    lines = [*_heading(changes)]
    for title, addresses, in_detail in (
        ("Public for the first time", changes.first, True),
        ("Attachments added", changes.attachments, True),
        ("Removed", changes.removed, True),
        ("New", changes.new, False),
        ("Changed", changes.changed, False),
    ):
        if addresses:
            lines.append(f"{title}: {_counted(Counter(one.kind for one in addresses))}")
            shown = addresses if in_detail or verbose else _notes(addresses)
            lines += _cut([_described(one) for one in shown], verbose=verbose)
        if title == "Removed" and changes.moved:
            lines.append(f"Moved: {_counted(Counter(move.after.kind for move in changes.moved))}")
            lines += _cut([_moved(move) for move in changes.moved], verbose=verbose)
            if changes.abandoned:
                move = changes.abandoned[0]
                lines.append(f"  To keep old addresses working: {_redirecting(move)}")
    lines += _held_back(changes)
    numbers = {kind: changes.numbers.get(kind, 0) for kind in AddressKind}
    sizes = (
        f"{_counted({kind: number})} {_size(changes.sizes.get(kind, 0))}"
        for kind, number in numbers.items()
        if number
    )
    lines.append(f"In all: {', '.join(sizes) or 'nothing'}")
    return "\n".join(lines) + "\n"


def change_json(changes: Changes, *, published: bool) -> str:
    """Return the report for programs; `published` says whether the site has been replaced."""
    data = {
        "site": changes.site,
        "first_publication": changes.is_first_publication,
        "site_before": changes.site_before or None,
        "needs_yes": changes.needs_yes,
        "published": published,
        "first_time_public": [_data(one) for one in changes.first],
        "attachments_added": [_data(one) for one in changes.attachments],
        "new": [_data(one) for one in changes.new],
        "changed": [_data(one) for one in changes.changed],
        "moved": [
            {"from": move.before.address, "redirected": move.is_redirected} | _data(move.after)
            for move in changes.moved
        ],
        "removed": [_data(one) for one in changes.removed],
        "held_back": dict(changes.held_back),
        "held_back_before": dict(changes.held_back_before),
        "sizes": {
            kind.value: {"addresses": changes.numbers.get(kind, 0), "bytes": changes.sizes.get(kind, 0)}
            for kind in AddressKind
            if changes.numbers.get(kind) or changes.sizes.get(kind)
        },
    }
    return json.dumps(data, indent=2, ensure_ascii=True) + "\n"


def agreement_text(changes: Changes) -> str:
    """Return what the author has to agree to, such as "2 notes public for the first time and 1 tag removed"."""
    found = []
    if changes.first:
        found.append(f"{_counted(Counter(one.kind for one in changes.first))} public for the first time")
    if changes.removed:
        found.append(f"{_counted(Counter(one.kind for one in changes.removed))} removed")
    if changes.abandoned:
        kinds = Counter(move.after.kind for move in changes.abandoned)
        found.append(f"{_counted(kinds)} moved without a redirect")
    return " and ".join(found)


def _heading(changes: Changes) -> Iterator[str]:
    """Yield the first lines: whether anything changes, and what this is compared with."""
    if changes.is_empty:
        yield f"Nothing changes at {changes.site}."
        return
    yield f"What publishing {changes.site} changes:"
    if changes.is_first_publication:
        yield "Nothing has been published from this folder yet, so everything is new."
    elif changes.site_before:
        yield (
            f"What was last published was {changes.site_before}; {changes.site} has never been published, so "
            "everything is new."
        )


def _held_back(changes: Changes) -> Iterator[str]:
    """Yield the numbers of notes that are held back, with what they were at the last publication."""
    now, before = changes.held_back, changes.held_back_before
    count = sum(now.values())
    if count:
        yield f"Held back: {count:,} {'note' if count == 1 else 'notes'} (`garden drafts` lists them)"
    for reason in (*now, *sorted(before.keys() - now.keys())):
        number = now.get(reason, 0)
        was = f" (before: {before.get(reason, 0)})" if before and number != before.get(reason, 0) else ""
        yield f"  {number:4} {reason}{was}"


def _notes(addresses: Iterable[Address]) -> list[Address]:
    """Return the addresses of notes, and of pages of other plugins."""
    return [one for one in addresses if one.kind in (AddressKind.NOTE, AddressKind.PAGE)]


def _cut(lines: Sequence[str], *, verbose: bool) -> Iterator[str]:
    shown = lines if verbose or len(lines) <= _SHOWN + 1 else lines[:_SHOWN]
    yield from (f"  {line}" for line in shown)
    if len(shown) < len(lines):
        yield f"  … and {len(lines) - len(shown):,} more (--verbose lists all)"


def _described(one: Address) -> str:
    """Return an address, with the path of its note or attachment if that is not the same."""
    says_more = one.kind in (AddressKind.NOTE, AddressKind.ATTACHMENT) and one.address != f"/{one.source}"
    return _printable(f"{one.address}  {one.source}" if says_more else one.address)


def _moved(move: Move) -> str:
    dead = "" if move.is_redirected else "  (the old address will lead nowhere)"
    return f"{_printable(move.before.address)} → {_described(move.after)}{dead}"


def _redirecting(move: Move) -> str:
    """Return the command that redirects the old address of a move to the new one."""
    return " ".join(
        ["garden redirect", *(_printable(shlex.quote(one.address)) for one in (move.before, move.after))]
    )


def _counted(numbers: "Counter[AddressKind] | dict[AddressKind, int]") -> str:
    """Return numbers of kinds, such as "1 note, 12 tags"."""
    return ", ".join(
        f"{numbers[kind]:,} {_NAMES[kind][numbers[kind] != 1]}" for kind in AddressKind if numbers.get(kind)
    )


def _size(count: int) -> str:
    """Return a number of bytes with three digits and a decimal unit, such as "1.23 MB"."""
    size, unit = float(count), 0
    while size >= _STEP and unit < len(_UNITS) - 1:
        size, unit = size / _STEP, unit + 1
    return f"{size:.3g} {_UNITS[unit]}"


def _printable(text: str) -> str:
    """Return a name without line breaks and control sequences."""
    return "".join(char if char.isprintable() else "?" for char in text)


def _data(one: Address) -> dict[str, str]:
    data = {"address": one.address, "kind": one.kind.value}
    return data | ({"source": one.source} if one.source else {})
