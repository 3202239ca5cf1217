"""The parts of files that list many notes, each with the questions that were asked in making it.

When one answer of thousands has changed, such a file is another one, but nearly all of its parts are the same. They stay in the
memory of the process that updates a site.
"""

from collections.abc import Callable, Hashable, Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import NamedTuple, TypeVar, cast

from garden.rendering.tracking.questions import Reads, Tracker

Value = TypeVar("Value")


class MadePart(NamedTuple):
    """A part as it was made, and the questions that were asked for it."""

    value: object
    reads: Reads


MadeParts = Mapping[Hashable, MadePart]
"""The parts of one group of files by what they are about: besides that, a part depends only on the answers to its questions."""


class ReusableParts:
    """The parts of one group of files while it is made; `before` are those of the last time, since when the answers to some questions have `changed`."""

    def __init__(
        self,
        tracker: Tracker,
        before: MadeParts = MappingProxyType({}),
        changed: AbstractSet[int] = frozenset(),
    ) -> None:
        self._tracker = tracker
        self._before = before
        self._changed = changed
        self.made: dict[Hashable, MadePart] = {}

    def part(self, about: Hashable, make: Callable[[], Value]) -> Value:
        """Return a part, which is made unless it can be reused."""
        found = self._before.get(about)
        if found is not None and self._changed.isdisjoint(found.reads):
            self._tracker.repeat(found.reads)
        else:
            with self._tracker.reading_part() as reads:
                found = MadePart(make(), reads)
        self.made[about] = found
        return cast(Value, found.value)
