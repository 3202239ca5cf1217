"""How closely notes are related to another one, and the reason that is given to readers."""

from collections.abc import Iterable, Sequence
from enum import Enum
from math import log2
from typing import Final, NamedTuple

from msgspec import Struct

from garden.linking.relation import Node

_NAMED: Final = 3
"""The maximum number of tags or words that are named in a reason."""


class ReasonKind(Enum):
    """What two notes have in common."""

    # Enum's own is written in Python and slow; this one agrees with it, since members are compared by identity.
    __hash__ = object.__hash__

    CITED_TOGETHER = "cited together"
    CITES_THE_SAME = "cites the same"
    TAGS = "tags"
    WORDS = "words"
    WORDS_OF_HEADINGS = "words of headings"


_WEIGHTS: Final = {
    ReasonKind.CITED_TOGETHER: 1.6,
    ReasonKind.CITES_THE_SAME: 1.4,
    ReasonKind.TAGS: 1.5,
    ReasonKind.WORDS: 1.2,
    ReasonKind.WORDS_OF_HEADINGS: 0.6,
}


class Reason(NamedTuple):
    """Why a note is related: `names` are tags or words, or the keys of the notes that cite both or that both cite."""

    kind: ReasonKind
    names: tuple[str, ...]
    number: int  # of all that is shared in this way


class SharedTrait(Struct, frozen=True, array_like=True):
    """Something that pages have in common, the pages that have it, and how much it relates them."""

    kind: ReasonKind
    name: str
    pages: Sequence[Node]
    weight: float


def shared_trait(kind: ReasonKind, name: str, pages: Sequence[Node]) -> SharedTrait:
    """Return something that pages have in common: the more have it, the less it relates them."""
    return SharedTrait(kind, name, pages, _WEIGHTS[kind] / log2(1 + max(2, len(pages))))


class Relatedness:
    """How closely other pages are related to one, and why."""

    def __init__(self, shared: Iterable[SharedTrait]) -> None:
        """Add up what is shared."""
        self._shared = tuple(shared)
        self.strength: dict[Node, float] = {}
        strength = self.strength
        known = strength.get
        for found in self._shared:
            weight = found.weight
            for page in found.pages:
                strength[page] = known(page, 0.0) + weight

    def reason(self, page: Node) -> Reason:
        """Return the strongest reason for a page."""
        by_kind: dict[ReasonKind, list[SharedTrait]] = {}
        for found in self._shared:
            if page in found.pages:
                by_kind.setdefault(found.kind, []).append(found)
        kind = max(by_kind, key=lambda kind: (sum(found.weight for found in by_kind[kind]), kind.value))
        names = [found.name for found in sorted(by_kind[kind], key=lambda found: (-found.weight, found.name))]
        return Reason(kind, tuple(names[:_NAMED]), len(names))
