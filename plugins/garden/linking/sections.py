"""Looks up the parts of a note that a link can name: headings, chains of headings, blocks (AN)."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cached_property

from garden.linking.resolving.near_names import NearNames
from garden.model.names import Folded, heading_key
from garden.model.note import Block, Document, Heading

# Markup that a link contains when it repeats a heading as typed, and that the text of the heading does not:
# emphasis, code, highlights, HTML tags, backslashes (AN-2).
_MARKUP = re.compile(r"[*`]+|==|~~|(?<!\w)_+|_+(?!\w)|</?[A-Za-z][^<>]*>|\\(?=[^\w\s])")


def present_part(document: Document, former: Heading | Block) -> Heading | Block | None:
    """Return the heading or block of a note that has the anchor of one of its former version, None if there is none."""
    parts: Sequence[Heading | Block] = document.headings if isinstance(former, Heading) else document.blocks
    return next((part for part in parts if part.anchor == former.anchor), None)


class Sections:
    """The headings and blocks of a note by name; a lookup takes about constant time."""

    def __init__(self, document: Document) -> None:
        """Index the headings and blocks of `document`; of several with one name the first counts (AN-2, AN-6)."""
        self._headings = document.headings
        self._blocks: dict[str, Block] = {}  # by block id
        self._elements: dict[str, Heading | Block] = {}  # by anchor
        self._places: dict[Folded, list[int]] = {}  # the indexes of the headings with each name, ascending
        self._ends = _section_ends(document.headings)
        self._chains: dict[tuple[str, ...], Heading | None] = {}  # those that have been looked up
        for at, heading in enumerate(document.headings):
            # A heading with a link in it can be named with all that is between the brackets, with the text that is
            # shown, or as it is typed, with all its markup.
            for key in {heading.key, heading_key(heading.text), heading.typed_key or heading.key}:
                self._places.setdefault(key, []).append(at)
            self._elements.setdefault(heading.anchor, heading)
        for block in document.blocks:
            self._blocks.setdefault(block.id, block)
            self._elements.setdefault(block.anchor, block)
        self._raw = frozenset(document.raw_ids)

    def element(self, anchor: str) -> Heading | Block | None:
        """Return the part with this element id (WL-13)."""
        return self._elements.get(anchor)

    def has_raw(self, fragment: str) -> bool:
        """Say whether an element that is written in HTML has this id (WL-13)."""
        return fragment in self._raw

    def block(self, name: str) -> Block | None:
        """Return the block with this id, compared without case (AN-5)."""
        return self._blocks.get(name.lower())

    def heading(self, chain: tuple[str, ...]) -> Heading | None:
        """Return the first heading that `#A#B` names: B in the section that A opens (AN-3)."""
        if chain not in self._chains:
            self._chains[chain] = self._first(tuple(map(heading_key, chain))) or self._first(
                tuple(heading_key(_MARKUP.sub("", part)) for part in chain)
            )
        return self._chains[chain]

    def near_heading(self, chain: tuple[str, ...]) -> str:
        """Return the heading most similar to the last of `chain`, empty if none is similar enough."""
        return self._near_headings.nearest(chain[-1])

    def near_block(self, name: str) -> str:
        """Return the block id most similar to `name`, empty if none is similar enough."""
        return self._near_blocks.nearest(name)

    @cached_property
    def _near_headings(self) -> NearNames:
        """The headings, for finding the one most similar to a wrong one."""
        return NearNames((heading.text, "") for heading in self._headings)

    @cached_property
    def _near_blocks(self) -> NearNames:
        """The block ids, for finding the one most similar to a wrong one."""
        return NearNames((block, "") for block in self._blocks)

    def _first(self, keys: tuple[Folded, ...]) -> Heading | None:
        """Return the last heading of the first chain that matches.

        Backwards, from the last key on, the headings of each key are reduced to those with a matching rest of the chain in
        their section. Then the first heading of the first key is taken, and in its section the first of the next key, and
        so on. So the search never has to go back and try another heading.
        """
        fitting = [self._places.get(keys[-1], [])]  # by key, the last key first
        for key in reversed(keys[:-1]):
            below = fitting[-1]
            fitting.append([at for at in self._places.get(key, []) if self._inside(at, below) is not None])
        if not fitting[-1]:
            return None
        at = fitting[-1][0]
        for places in reversed(fitting[:-1]):
            inside = self._inside(at, places)
            assert inside is not None  # the heading has been kept because there is one
            at = inside
        return self._headings[at]

    def _inside(self, at: int, places: list[int]) -> int | None:
        """Return the first of `places` in the section that heading `at` opens."""
        index = bisect_right(places, at)
        return places[index] if index < len(places) and places[index] < self._ends[at] else None


def _section_ends(headings: tuple[Heading, ...]) -> list[int]:
    """Return for each heading the index of the next one of its level or higher."""
    ends = [len(headings)] * len(headings)
    opened: list[int] = []
    for at, heading in enumerate(headings):
        while opened and headings[opened[-1]].level >= heading.level:
            ends[opened.pop()] = at
        opened.append(at)
    return ends
