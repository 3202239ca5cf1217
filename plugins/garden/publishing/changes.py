"""What publishing a candidate will change, against what was published last.

Nothing is taken for known that was not published before: a note is public for the first time unless its very path
has been public at this site, or its unchanged text under another name.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from garden.publishing.inventory import Inventory
from garden.publishing.manifest import Address, Kind, Manifest

_TEXTS = frozenset((Kind.NOTE, Kind.PAGE))
"""Kinds that hold what an author has written; a page of another plugin may, so it is asked for, too."""


class Move(NamedTuple):
    """An address that what was at another one has now."""

    before: Address
    after: Address


@dataclass(frozen=True, slots=True)
class Changes:
    """The difference between two sites, each list by address.

    `first` are the notes (and pages of other plugins) that have never been public; `new` are all other new addresses,
    attachments apart. `is_first_publication` says that nothing was known to compare with; `site_before`
    is the address of the site that was, where it is another one.
    """

    site: str
    first: tuple[Address, ...] = ()
    new: tuple[Address, ...] = ()
    attachments: tuple[Address, ...] = ()
    changed: tuple[Address, ...] = ()
    moved: tuple[Move, ...] = ()
    removed: tuple[Address, ...] = ()
    held_back: Mapping[str, int] = field(default_factory=dict)
    held_back_before: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[Kind, int] = field(default_factory=dict)
    sizes: Mapping[Kind, int] = field(default_factory=dict)  # bytes
    is_first_publication: bool = False
    site_before: str = ""

    @property
    def needs_yes(self) -> bool:
        """Say whether the author has to agree: something is public for the first time, or goes."""
        return bool(self.first or self.removed)

    @property
    def is_empty(self) -> bool:
        """Say whether all addresses stay as they are."""
        return not (self.first or self.new or self.attachments or self.changed or self.moved or self.removed)


def compare(last: Manifest | None, inventory: Inventory) -> Changes:
    """Return what publishing a candidate will change; `last` is None when nothing has been published.

    A site at another address has not been published before.
    """
    now = inventory.manifest
    elsewhere = last is not None and last.site != now.site
    known = last if last is not None and not elsewhere else Manifest(now.site, ())
    before = {one.address: one for one in known.addresses}
    after = {one.address: one for one in now.addresses}
    gone = [one for address, one in before.items() if address not in after]
    added = [one for address, one in after.items() if address not in before]
    moved = _moved(before.values(), after, gone, added)
    arrived = {move.after.address for move in moved}
    left = {move.before.address for move in moved}
    changed = [one for address, one in after.items() if address in before and one != before[address]]
    first = [one for one in added if one.kind in _TEXTS and one.address not in arrived]
    first += [one for one in changed if _is_another_text(before[one.address], one, arrived)]
    known_public = {one.address for one in first} | arrived
    new = [one for one in added if one.address not in known_public]
    return Changes(
        site=now.site,
        first=tuple(sorted(first)),
        new=tuple(one for one in new if one.kind is not Kind.ATTACHMENT),
        attachments=tuple(one for one in new if one.kind is Kind.ATTACHMENT),
        changed=tuple(one for one in changed if one.address not in known_public),
        moved=tuple(moved),
        removed=tuple(one for one in gone if one.address not in left),
        held_back=now.held_back,
        held_back_before=known.held_back,
        numbers=Counter(one.kind for one in now.addresses),
        sizes=inventory.sizes,
        is_first_publication=last is None,
        site_before=last.site if last is not None and elsewhere else "",
    )


def _moved(
    before: Iterable[Address], after: Mapping[str, Address], gone: list[Address], added: list[Address]
) -> list[Move]:
    """Return the notes, attachments and other named things that have another address now.

    What has one source is one thing; so is what has one content under another name, unless there are several.
    """
    found = [
        Move(old, new)
        for old, new in _pairs(before, after.values(), by_source=True)
        if old.address != new.address
    ]
    moved = {address for move in found for address in (move.before.address, move.after.address)}
    rest = ([one for one in side if one.address not in moved] for side in (gone, added))
    found += [Move(old, new) for old, new in _pairs(*rest, by_source=False)]
    return sorted(found)


def _pairs(
    before: Iterable[Address], after: Iterable[Address], *, by_source: bool
) -> Iterable[tuple[Address, Address]]:
    """Yield what has one kind and one source (or content) on both sides, once on each."""
    sides = []
    for side in (before, after):
        by_mark: dict[tuple[Kind, str], list[Address]] = {}
        for one in side:
            mark = one.source if by_source else one.content
            if one.source and mark:
                by_mark.setdefault((one.kind, mark), []).append(one)
        sides.append({mark: found[0] for mark, found in by_mark.items() if len(found) == 1})
    old, new = sides
    for what in old.keys() & new.keys():
        yield old[what], new[what]


def _is_another_text(before: Address, now: Address, arrived: set[str]) -> bool:
    """Say whether another note stands at an address than before, with a text of its own."""
    return (
        now.kind in _TEXTS
        and now.address not in arrived
        and (before.kind, before.source) != (now.kind, now.source)
        and (before.kind is not now.kind or before.content != now.content)
    )
