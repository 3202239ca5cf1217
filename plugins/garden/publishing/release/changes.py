"""What publishing a candidate will change, compared with what was published last.

A note is public for the first time unless a note at its path, or at its path before `garden rename`, or a note with the
same text, was public at this site.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import NamedTuple

from msgspec import Struct, field

from garden.publishing.release.inventory import Inventory
from garden.publishing.release.manifest import Address, AddressKind, Manifest

_TEXTS = frozenset((AddressKind.NOTE, AddressKind.PAGE))
"""Kinds about which the author is asked; a page of another plugin may contain what the author has written."""


class Move(NamedTuple):
    """Something that was published at another address; `is_redirected` says whether the old address still works."""

    before: Address
    after: Address
    is_redirected: bool


class Changes(Struct, frozen=True):
    """The difference between a candidate and the last published site; all lists are sorted by address."""

    site: str  # address of the site
    first: tuple[Address, ...] = ()  # notes, and pages of other plugins, that have never been public
    new: tuple[Address, ...] = ()  # other new addresses, without attachments
    attachments: tuple[Address, ...] = ()  # new attachments
    changed: tuple[Address, ...] = ()
    moved: tuple[Move, ...] = ()
    removed: tuple[Address, ...] = ()
    held_back: Mapping[str, int] = field(default_factory=dict)  # numbers of notes by reason
    held_back_before: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[AddressKind, int] = field(default_factory=dict)  # of all addresses of the candidate
    sizes: Mapping[AddressKind, int] = field(default_factory=dict)  # bytes
    is_first_publication: bool = False  # nothing has been published from this vault yet
    site_before: str = ""  # address of the last published site, if it was another one

    @property
    def needs_yes(self) -> bool:
        """Whether the author has to agree: something becomes public for the first time, or disappears."""
        return bool(self.first or self.removed or self.abandoned)

    @property
    def abandoned(self) -> tuple[Move, ...]:
        """The moves whose old address no longer works."""
        return tuple(move for move in self.moved if not move.is_redirected)

    @property
    def is_empty(self) -> bool:
        """Whether publishing changes nothing."""
        return not (self.first or self.new or self.attachments or self.changed or self.moved or self.removed)


def compare(last: Manifest | None, inventory: Inventory) -> Changes:
    """Return what publishing a candidate will change; `last` is None if nothing has been published.

    A site that was published at another address does not count: here everything is new.
    """
    now = inventory.manifest
    elsewhere = last is not None and last.site != now.site
    known = last if last is not None and not elsewhere else Manifest(now.site, ())
    before = {one.address: one for one in known.addresses}
    after = {one.address: one for one in now.addresses}
    same = _same_things(before, after, inventory)
    known_before = {new.address for _, new in same}
    moves = [
        Move(old, new, old.address in after or old.address in inventory.redirected)
        for old, new in same
        if old.address != new.address
    ]
    moved_to = {move.after.address for move in moves}
    moved_from = {move.before.address for move in moves}
    gone = [one for address, one in before.items() if _is_gone(one, after.get(address))]
    added = [one for address, one in after.items() if address not in before]
    changed = [one for address, one in after.items() if address in before and one != before[address]]
    first = [one for one in (*added, *changed) if one.kind in _TEXTS and one.address not in known_before]
    # Each address is in one list only: what is first, gone or moved is neither new nor changed.
    listed = {one.address for one in (*first, *gone)} | moved_to | moved_from
    new = [one for one in added if one.address not in listed]
    return Changes(
        site=now.site,
        first=tuple(sorted(first)),
        new=tuple(one for one in new if one.kind is not AddressKind.ATTACHMENT),
        attachments=tuple(one for one in new if one.kind is AddressKind.ATTACHMENT),
        changed=tuple(one for one in changed if one.address not in listed),
        moved=tuple(moves),
        removed=tuple(one for one in gone if one.address not in moved_from),
        held_back=now.held_back,
        held_back_before=known.held_back,
        numbers=Counter(one.kind for one in now.addresses),
        sizes=inventory.sizes,
        is_first_publication=last is None,
        site_before=last.site if last is not None and elsewhere else "",
    )


def _is_gone(before: Address, now: Address | None) -> bool:
    """Say whether there is no longer anything at an address, or only a redirect to something else."""
    return now is None or (now.kind is AddressKind.REDIRECT and before.kind is not AddressKind.REDIRECT)


def _same_things(
    before: Mapping[str, Address], after: Mapping[str, Address], inventory: Inventory
) -> list[tuple[Address, Address]]:
    """Return pairs of an address before and now that are about the same thing.

    First these are addresses with the same source. Of the others, which may have been renamed, those with the same content
    are paired, and then notes with the same text, which stays the same if only title or address has changed; each only if
    it is unique on both sides.
    """
    found = list(_pairs(before.values(), after.values(), partial(_source_before, inventory), _source))
    for features in (
        (_content, _content),
        (partial(_text_before, inventory), partial(_text, inventory)),
    ):
        known = [{one.address for one in side} for side in zip(*found, strict=True)] or [set(), set()]
        gone = [one for address, one in before.items() if address not in known[0]]
        added = [one for address, one in after.items() if address not in known[1]]
        found += _pairs(gone, added, *features)
    return sorted(found)


def _pairs(
    before: Iterable[Address],
    after: Iterable[Address],
    feature_before: Callable[[Address], str],
    feature_after: Callable[[Address], str],
) -> Iterable[tuple[Address, Address]]:
    """Yield pairs of the same kind with the same feature, if each is the only one on its side."""
    old, new = _by_feature(before, feature_before), _by_feature(after, feature_after)
    for what in old.keys() & new.keys():
        if len(old[what]) == len(new[what]) == 1:
            yield old[what][0], new[what][0]


def _by_feature(
    addresses: Iterable[Address], feature_of: Callable[[Address], str]
) -> dict[tuple[AddressKind, str], list[Address]]:
    """Return addresses by kind and feature, without redirects, and without those whose feature is empty."""
    found: dict[tuple[AddressKind, str], list[Address]] = {}
    for one in addresses:
        feature = feature_of(one)
        if feature and one.kind is not AddressKind.REDIRECT:
            found.setdefault((one.kind, feature), []).append(one)
    return found


def _source(one: Address) -> str:
    return one.source or one.address


def _content(one: Address) -> str:
    return one.content if one.source else ""


def _source_before(inventory: Inventory, one: Address) -> str:
    """Return the source of a published address, for a note its present path if `garden rename` was used since.

    It is empty if a note at the former path exists as well: then only the texts can say which of the two was published.
    """
    line = inventory.former_notes.get(one.address)
    if line is None or one.kind is not AddressKind.NOTE or line.key.name == one.source:
        return _source(one)
    return "" if one.source in inventory.texts else line.key.name


def _text(inventory: Inventory, one: Address) -> str:
    return inventory.texts.get(one.source, "") if one.kind is AddressKind.NOTE else ""


def _text_before(inventory: Inventory, one: Address) -> str:
    line = inventory.former_notes.get(one.address)
    return line.content if line and one.kind is AddressKind.NOTE else ""
