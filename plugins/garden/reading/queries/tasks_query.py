"""Parses queries of tasks (TQ-1, TQ-3): one instruction per line, as in the quick reference of the plugin Tasks."""

import re
from datetime import date
from difflib import get_close_matches
from typing import Final

from garden.model.views.spots import Spot, SpotAt
from garden.model.views.task_dates import date_range
from garden.model.views.task_queries import PRIORITIES, TaskFilter, TaskJoin, TaskOrder, TasksQuery, TaskTest
from garden.reading.queries.cursor import Cursor, LiveQueryError
from garden.reading.queries.placeholders import QueryHost

_COMMENT: Final = re.compile(r"\{\{!.*?\}\}", re.DOTALL)
# The forms of filters, each for a whole instruction, named by what they are about.
_DATES: Final = "due|scheduled|starts?|created|done|cancelled|happens"
_DATE: Final = re.compile(
    rf"(?P<field>{_DATES})\s+(?:date\s+)?(?:(?P<operator>on or before|on or after|before|after|on|in)\s+)?(?P<date>.+)",
    re.IGNORECASE,
)
_HAS_DATE: Final = re.compile(rf"(?P<has>has|no)\s+(?P<field>{_DATES})\s+date", re.IGNORECASE)
_INVALID_DATE: Final = re.compile(rf"(?P<field>{_DATES})\s+date\s+is\s+invalid", re.IGNORECASE)
_TEXT: Final = re.compile(
    r"(?P<field>path|root|folder|filename|heading|description|recurrence|status\.name|id|tags?)\s+"
    r"(?P<operator>includes?|does not include|do not include|regex matches|regex does not match)\s+(?P<text>.+)",
    re.IGNORECASE,
)
_TYPE: Final = re.compile(
    r"status\.type\s+(?P<operator>is not|is)\s+(?P<type>TODO|DONE|IN_PROGRESS|ON_HOLD|CANCELLED|NON_TASK)",
    re.IGNORECASE,
)
_PRIORITY: Final = re.compile(
    rf"priority\s+(?:is\s+)?(?:(?P<operator>above|below|not)\s+)?(?P<priority>{'|'.join(PRIORITIES)})",
    re.IGNORECASE,
)
# Filters without an argument: the subject and the operator of each (`TaskTest`)
_WITHOUT_ARGUMENT: Final = {
    "done": ("finished", ""),
    "not done": ("finished", "not"),
    "is recurring": ("recurring", ""),
    "is not recurring": ("recurring", "not"),
    "has tags": ("tags", "has"),
    "has tag": ("tags", "has"),
    "no tags": ("tags", "no"),
    "no tag": ("tags", "no"),
    "has id": ("id", "has"),
    "no id": ("id", "no"),
    "has depends on": ("depends", "has"),
    "no depends on": ("depends", "no"),
    "is blocking": ("blocking", ""),
    "is not blocking": ("blocking", "not"),
    "is blocked": ("blocked", ""),
    "is not blocked": ("blocked", "not"),
    "exclude sub-items": ("sub-item", "not"),
}
_REGEXP: Final = re.compile(r"/(.*)/([a-z]*)")
# What tasks can be sorted and grouped by.
_SORTS: Final = frozenset(
    "status status.name status.type description path filename heading priority urgency tag recurring due done scheduled "
    "start created cancelled happens id".split()
)
_GROUPS: Final = frozenset(
    "status status.name status.type path root folder filename backlink heading priority urgency recurring recurrence "
    "tags due done scheduled start created cancelled happens id".split()
)
_ORDER: Final = re.compile(r"(sort|group|view columns)\s+by\s+(\S+)((?:\s+\S+)*)", re.IGNORECASE)
_LIMIT: Final = re.compile(r"limit\s+(groups\s+)?(?:to\s+)?(\d{1,9})(?:\s+tasks?)?", re.IGNORECASE)
_SHOWN: Final = re.compile(r"(hide|show)\s+(.+)", re.IGNORECASE)
# What can be hidden or shown.
_ELEMENTS: Final = (
    "backlink,cancelled date,created date,depends on,done date,due date,edit button,group count,id,nested backlink,"
    "on completion,postpone button,priority,recurrence rule,scheduled date,start date,tags,task count,toolbar,tree,urgency".split(
        ","
    )
)
_IGNORED: Final = re.compile(r"(?:explain|ignore global query|view\s+list\b)", re.IGNORECASE)
_MODE: Final = re.compile(r"(short|full)(?:\s+mode)?\b", re.IGNORECASE)
# Filters that are combined begin with a bracket or a quotation mark around each of them.
_BOOLEAN: Final = re.compile(r"(?:not\s*)?[(\[{\"]", re.IGNORECASE)
_JOIN: Final = re.compile(r"(and|or|xor)(?=\s|[(\[{\"])", re.IGNORECASE)
_NOT: Final = re.compile(r"not(?=\s|[(\[{\"])", re.IGNORECASE)
_CLOSING: Final = {"(": ")", "[": "]", "{": "}", '"': '"'}
# The beginnings of instructions that are proposed for one that is not understood.
_PROPOSED: Final = (
    *_WITHOUT_ARGUMENT,
    "due before",
    "due after",
    "due on",
    "has due date",
    "no due date",
    "path includes",
    "description includes",
    "tags include",
    "heading includes",
    "priority is",
    "sort by",
    "group by",
    "limit",
    "hide",
    "show tree",
    "short mode",
)
# Only to see whether a date is understood: the query may be run on another day
_ANY_DAY: Final = date(2000, 1, 1)


def read_tasks(text: str, place: SpotAt, host: QueryHost) -> TasksQuery:
    """Parse a query in the note `host`. Raises LiveQueryError."""
    found = _TasksReader(place)
    for instruction, at in _instructions(text):
        for line in host.filled(instruction, place(at)).split("\n"):
            if line.strip() and not line.lstrip().startswith("#"):
                found.take(line.strip(), at)
    return found.query()


def _instructions(text: str) -> list[tuple[str, int]]:
    """Return the instructions with the offsets at which they begin; a backslash joins lines."""
    # Comments become spaces, so that all places stay the same.
    plain = _COMMENT.sub(lambda comment: re.sub(r"[^\n]", " ", comment[0]), text)
    found: list[tuple[str, int]] = []
    joined, start, offset = "", 0, 0  # the instruction so far, where it begins, and where the line begins
    for line in plain.split("\n"):
        if not joined:
            start = offset + len(line) - len(line.lstrip())
        stripped = line.rstrip()
        goes_on = stripped.endswith("\\") and not stripped.endswith("\\\\")
        joined += (" " if joined else "") + stripped.removesuffix("\\").strip()
        offset += len(line) + 1
        if not goes_on:
            if joined.strip() and not joined.lstrip().startswith("#"):
                found.append((joined.strip(), start))
            joined = ""
    if joined.strip():
        found.append((joined.strip(), start))
    return found


class _TasksReader:
    """Takes the instructions of a query one by one; if several set the same thing, such as the limit, the last one counts."""

    def __init__(self, place: SpotAt) -> None:
        self._place = place
        self._filters: list[TaskFilter] = []
        self._sorts: list[TaskOrder] = []
        self._groups: list[TaskOrder] = []
        self._limit: int | None = None
        self._group_limit: int | None = None
        self._hidden: set[str] = set()
        self._tree = False
        self._short = False

    def query(self) -> TasksQuery:
        """Return the query of all instructions."""
        return TasksQuery(
            tuple(self._filters),
            tuple(self._sorts),
            tuple(self._groups),
            self._limit,
            self._group_limit,
            frozenset(self._hidden),
            self._tree,
            self._short,
        )

    def take(self, instruction: str, at: int) -> None:
        """Parse one instruction. Raises LiveQueryError."""
        spot = self._place(at)
        lower = _words(instruction)
        order, limit, shown = (pattern.fullmatch(instruction) for pattern in (_ORDER, _LIMIT, _SHOWN))
        # Text after the element is ignored, as in the plugin: authors write `hide backlinks`.
        element = next((each for each in _ELEMENTS if shown and _words(shown[2]).startswith(each)), None)
        mode = _MODE.match(instruction)
        if _IGNORED.match(instruction):
            return
        if order:
            self._order(order, spot)
        elif limit and limit[1]:
            self._group_limit = int(limit[2])
        elif limit:
            self._limit = int(limit[2])
        elif mode:
            self._short = mode[1].lower() == "short"
        elif shown and element:
            self._show(shown[1].lower() == "show", element)
        elif lower.startswith(("preset ", "filter by function")):
            raise _unsupported(spot, instruction)
        elif _BOOLEAN.match(instruction):
            self._filters.append(_Booleans(Cursor(instruction, lambda _: spot), spot).whole())
        else:
            self._filters.append(read_filter(instruction, spot))

    def _show(self, show: bool, element: str) -> None:
        """Show or hide an element; the tree is the only one that is hidden by default."""
        if element == "tree":
            self._tree = show
        elif show:
            self._hidden.discard(element)
        else:
            self._hidden.add(element)

    def _order(self, found: re.Match[str], spot: Spot) -> None:
        """Add an order by which tasks are sorted or grouped. Raises LiveQueryError for an unknown one."""
        sorts = found[1].lower() == "sort"
        by = found[2].lower()
        rest = found[3].lower().split()
        known = _SORTS if sorts else _GROUPS
        if by in ("function", "random"):
            raise _unsupported(spot, found[0])
        by = {"starts": "start"}.get(by, by)
        if by not in known:
            near = get_close_matches(by, sorted(known), n=1)
            hint = f"did you mean {near[0]}?" if near else ""
            raise LiveQueryError(spot, f'tasks cannot be {"sorted" if sorts else "grouped"} by "{by}"', hint)
        number = next((int(word) for word in rest if word.isdigit()), 1)
        order = TaskOrder(by, "reverse" in rest, number)
        (self._sorts if sorts else self._groups).append(order)


def _words(text: str) -> str:
    """Return a text in lower case with single spaces."""
    return " ".join(text.lower().split())


def _unsupported(spot: Spot, instruction: str) -> LiveQueryError:
    return LiveQueryError(spot, f'"{instruction[:40]}" is not supported', code="view-unsupported")


def read_filter(text: str, spot: Spot) -> TaskFilter:
    """Parse a filter. Raises LiveQueryError."""
    lower = _words(text)
    if lower in _WITHOUT_ARGUMENT:
        return TaskTest(spot, *_WITHOUT_ARGUMENT[lower])
    found = _HAS_DATE.fullmatch(text)
    if found:
        return TaskTest(spot, _field(found["field"]), found["has"].lower())
    found = _INVALID_DATE.fullmatch(text)
    if found:
        return TaskTest(spot, _field(found["field"]), "invalid")
    found = _TYPE.fullmatch(text)
    if found:
        return TaskTest(spot, "status.type", found["operator"].lower(), found["type"].upper())
    found = _PRIORITY.fullmatch(text)
    if found:
        return TaskTest(spot, "priority", (found["operator"] or "is").lower(), found["priority"].lower())
    found = _TEXT.fullmatch(text)
    if found:
        return _text_test(found, spot)
    found = _DATE.fullmatch(text)
    if found:
        return _date_test(found, spot)
    near = get_close_matches(lower, _PROPOSED, n=1)
    hint = f'did you mean "{near[0]}"?' if near else ""
    raise LiveQueryError(spot, f'"{text[:40]}" is not understood', hint)


def _field(written: str) -> str:
    lower = written.lower()
    return "start" if lower == "starts" else lower


def _text_test(found: re.Match[str], spot: Spot) -> TaskTest:
    """Return the filter that compares a text. Raises LiveQueryError."""
    operator = _words(found["operator"])
    field = {"tag": "tags"}.get(found["field"].lower(), found["field"].lower())
    if not operator.startswith("regex"):
        return TaskTest(spot, field, "without" if "not" in operator else "includes", found["text"].strip())
    expression = _REGEXP.fullmatch(found["text"].strip())
    if expression is None:
        raise LiveQueryError(spot, "a regular expression is written between slashes")
    return TaskTest(spot, field, "unlike" if "not" in operator else "like", expression[1], expression[2])


def _date_test(found: re.Match[str], spot: Spot) -> TaskTest:
    """Return the filter that compares a date. Raises LiveQueryError."""
    if date_range(found["date"], _ANY_DAY) is None:
        raise LiveQueryError(
            spot, f'"{found["date"][:30]}" is not a date that is supported', code="view-unsupported"
        )
    return TaskTest(spot, _field(found["field"]), (found["operator"] or "on").lower(), found["date"])


class _Booleans:
    """Parses filters in brackets, combined by NOT, XOR, AND, OR, in this order of precedence (TQ-3)."""

    _ORDER: Final = ("or", "and", "xor")

    def __init__(self, cursor: Cursor, spot: Spot) -> None:
        self._cursor = cursor
        self._spot = spot

    def whole(self) -> TaskFilter:
        """Return the filter of the whole text."""
        found = self._joined(0)
        self._cursor.skip()
        if self._cursor.at < len(self._cursor.text):
            raise self._cursor.error("this is not understood")
        return found

    def _joined(self, rank: int) -> TaskFilter:
        """Return filters joined by the operator with this rank in _ORDER, and within them by those that bind more tightly."""
        cursor = self._cursor
        if rank == len(self._ORDER):
            return self._negated()
        parts = [self._joined(rank + 1)]
        while True:
            before = cursor.at
            cursor.skip()
            join = cursor.take(_JOIN)
            if join is None or join[1].lower() != self._ORDER[rank]:
                cursor.at = before
                return parts[0] if len(parts) == 1 else TaskJoin(self._ORDER[rank], tuple(parts))
            cursor.combined()
            parts.append(self._joined(rank + 1))

    def _negated(self) -> TaskFilter:
        """Return a filter in brackets, or other filters joined in them, perhaps after NOT."""
        cursor = self._cursor
        cursor.skip()
        if cursor.take(_NOT):
            cursor.deeper()
            found = TaskJoin("not", (self._negated(),))
            cursor.depth -= 1
            return found
        opening = cursor.text[cursor.at : cursor.at + 1]
        if opening not in _CLOSING:
            raise cursor.error("a filter in brackets is missing")
        end = self._partner(opening)
        inner = cursor.text[cursor.at + 1 : end].strip()
        cursor.at = end + 1
        if _BOOLEAN.match(inner):
            cursor.deeper()
            nested = Cursor(inner, lambda _: self._spot)
            nested.depth = cursor.depth
            found_inside = _Booleans(nested, self._spot).whole()
            cursor.depth -= 1
            return found_inside
        return read_filter(inner, self._spot)

    def _partner(self, opening: str) -> int:
        """Return where the bracket or quotation mark at the cursor is closed. Raises LiveQueryError if nowhere."""
        cursor, closing, depth = self._cursor, _CLOSING[opening], 0
        for at in range(cursor.at, len(cursor.text)):
            char = cursor.text[at]
            if char == closing and (opening != closing or at > cursor.at):
                depth -= 1
                if depth <= 0:
                    return at
            elif char == opening:
                depth += 1
        raise cursor.error("a bracket is never closed")
