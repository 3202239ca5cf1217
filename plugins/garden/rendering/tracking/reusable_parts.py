"""The parts of files that list many notes, each with the questions that were asked in making it.

When one of thousands of answers has changed, such a file has to be made again, but nearly all of its parts are the same. They
stay in the memory of the process that updates a site.
"""

from collections.abc import Callable, Hashable, Mapping
from collections.abc import Set as AbstractSet
from types import MappingProxyType
from typing import NamedTuple, TypeVar, cast

from garden.rendering.tracking.questions import QuestionNumbers, Tracker

Value = TypeVar("Value")


class MadePart(NamedTuple):
    """A part as it was made, and the questions that were asked for it."""

    value: object
    asked: QuestionNumbers


MadeParts = Mapping[Hashable, MadePart]
"""The parts of one group of files, each by what it is about: besides that, it depends only on the answers to its questions."""


class ReusableParts:
    """The parts of one group of files while it is made.

    `before` are the parts of the last time, `changed` the questions to which the answers have changed since then.
    """

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
        if found is not None and self._changed.isdisjoint(found.asked):
            self._tracker.repeat(found.asked)
        else:
            with self._tracker.recording_part() as asked:
                found = MadePart(make(), asked)
        self.made[about] = found
        return cast(Value, found.value)
