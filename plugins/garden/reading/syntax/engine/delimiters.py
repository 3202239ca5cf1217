"""CommonMark's delimiter stack: which runs of marks, such as `**`, open an element, and which close it."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(slots=True)
class Delimiter:
    """A run of marks; marks that are not paired become text.

    `tags` says which element a pair makes by how many marks of each of its runs it uses up.
    """

    char: str
    count: int  # of its marks, how many are not paired yet
    original: int  # how many marks it had
    can_open: bool
    can_close: bool
    tags: Mapping[int, str]
    opens: tuple[str, ...] = ()  # the tags of elements that it opens, the innermost first
    closes: tuple[str, ...] = ()
    number: int = 0  # its index among the runs of its stretch
    previous: "Delimiter | None" = None
    next: "Delimiter | None" = None


class DelimiterStack:
    """The runs of one stretch of text that may still open or close something, in order."""

    __slots__ = ("count", "last")

    def __init__(self) -> None:
        self.last: Delimiter | None = None
        self.count = 0

    def push(self, delimiter: Delimiter) -> None:
        """Put a run on the stack."""
        self.count += 1
        delimiter.number = self.count
        delimiter.previous = self.last
        if self.last is not None:
            self.last.next = delimiter
        self.last = delimiter

    def pair(self, bottom: Delimiter | None) -> None:
        """Pair all runs above `bottom` and take them off the stack (CommonMark 0.31, 6.2)."""
        if self.last is bottom:
            return
        # For each kind of closer the number of the run down to which no opener was found: to search there again for
        # each closer would take quadratic time. The kind has all of a closer that decides which openers suit it.
        floors: dict[tuple[str, bool, int], int] = {}
        closer = self._first_above(bottom)
        while closer is not None:
            if not closer.can_close:
                closer = closer.next
                continue
            key = (closer.char, closer.can_open, closer.original % 3)
            opener = _opener_for(closer, bottom, floors.get(key, 0))
            if opener is not None:
                closer = self._join(opener, closer)
                continue
            floors[key] = closer.previous.number if closer.previous is not None else 0
            following = closer.next
            if not closer.can_open:
                self._unlink(closer)
            closer = following
        self.last = bottom
        if bottom is not None:
            bottom.next = None

    def _first_above(self, bottom: Delimiter | None) -> Delimiter | None:
        """Return the first run above `bottom`, None if there is none."""
        first = self.last
        if first is bottom:
            return None
        while first is not None and first.previous is not bottom:
            first = first.previous
        return first

    def _join(self, opener: Delimiter, closer: Delimiter) -> Delimiter | None:
        """Make an element of the text between the two; return the next closer."""
        # Runs between the two had no partner, and can have none outside: they stay text.
        if opener.next is not closer:
            opener.next = closer
            closer.previous = opener
        used, tag = _element(opener, closer)
        opener.opens += (tag,)
        closer.closes += (tag,)
        opener.count -= used
        closer.count -= used
        if opener.count == 0:
            self._unlink(opener)
        if closer.count:
            return closer
        following = closer.next
        self._unlink(closer)
        return following

    def _unlink(self, delimiter: Delimiter) -> None:
        """Take a run off the stack."""
        if delimiter.previous is not None:
            delimiter.previous.next = delimiter.next
        if delimiter.next is not None:
            delimiter.next.previous = delimiter.previous
        elif self.last is delimiter:
            self.last = delimiter.previous


def _opener_for(closer: Delimiter, bottom: Delimiter | None, floor: int) -> Delimiter | None:
    """Return the nearest run before `closer` that makes a pair with it; runs up to number `floor` are known not to."""
    opener = closer.previous
    while opener is not None and opener is not bottom and opener.number > floor:
        if opener.char == closer.char and opener.can_open and _may_pair(opener, closer):
            return opener
        opener = opener.previous
    return None


def _may_pair(opener: Delimiter, closer: Delimiter) -> bool:
    """Say whether two runs of one character make a pair.

    CommonMark's rule of three: if one of them can both open and close, the sum of their lengths must not be a multiple of
    three, unless both lengths are. So `*a**b*` is one element, with `**` as text in it.
    """
    if opener.can_close or closer.can_open:
        return (opener.original + closer.original) % 3 != 0 or (
            opener.original % 3 == 0 and closer.original % 3 == 0
        )
    return True


def _element(opener: Delimiter, closer: Delimiter) -> tuple[int, str]:
    """Return how many marks of each run an element takes, as many as both have, and its tag."""
    used = max(count for count in opener.tags if count <= min(opener.count, closer.count))
    return used, opener.tags[used]
