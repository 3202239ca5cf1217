"""The query of a view: which notes may be in it, as the option `dataview-from` of the plugin says.

The source of the plugin (`src/codeblocks/dataview_from.ts`) knows `#tag` with the tags nested in it, `"folder"` with all
below it, `[[note]]` for the notes that link to that one, the words and, or, not in any case, and brackets; `not` binds most
tightly, `or` least. Its documentation also writes `!` for `not`.

The result is in postfix order, each operator after its operands, which is evaluated without recursion, however deeply
brackets are nested. It is made by the shunting-yard algorithm: operators wait until an operator comes that binds less
tightly, or the bracket that they are in is closed.
"""

import re
from typing import Final

from garden.model.names import fold
from garden.model.views.hierarchy_view import Condition, HasTag, InFolder, LinksTo, Operator, ViewQuery

_TOKEN: Final = re.compile(
    r"""\s*(?:(?P<tag>\#[^\s()&|]+) | "(?P<folder>[^"]*)" | \[\[(?P<link>[^\[\]]+)\]\] |
    (?P<open>\() | (?P<close>\)) | (?P<not>not\b|!|-) | (?P<and>and\b|&&?) | (?P<or>or\b|\|\|?))\s*""",
    re.IGNORECASE | re.VERBOSE,
)
_BINDS: Final = {"or": 1, "and": 2, "not": 3}


class QueryError(ValueError):
    """A query that cannot be read; the text says why."""


def read_query(written: str) -> ViewQuery:
    """Return the query in postfix order, its notes without references yet; raises QueryError."""
    found: list[Condition | Operator] = []
    waiting: list[str] = []  # operators and open brackets
    operand_next = True  # whether an operand must come next, and not an operator between two
    at = 0
    while at < len(written):
        token = _TOKEN.match(written, at)
        kind = token.lastgroup if token else None
        if token is None or kind is None or (kind in ("and", "or", "close")) is operand_next:
            raise QueryError(f'"{written[at:].strip()[:40]}" is not understood')
        at = token.end()
        if kind in ("open", "not"):
            waiting.append(kind)
        elif kind in ("and", "or"):
            _take_tighter(waiting, found, _BINDS[kind])
            waiting.append(kind)
            operand_next = True
        elif kind == "close":
            _take_tighter(waiting, found, 0)
            if not waiting:
                raise QueryError("a closing bracket has no opening one")
            waiting.pop()
        else:
            found.append(_condition(kind, token[kind]))
            operand_next = False
    _take_tighter(waiting, found, 0)
    if waiting:
        raise QueryError("a bracket is never closed")
    if operand_next:
        raise QueryError("it ends too early")
    return tuple(found)


def _take_tighter(waiting: list[str], found: list[Condition | Operator], binds: int) -> None:
    """Move the waiting operators that bind at least as tightly as `binds` to the result, up to an open bracket."""
    while waiting and _BINDS.get(waiting[-1], -1) >= binds:
        found.append(Operator(waiting.pop()))


def _condition(kind: str, written: str) -> Condition:
    """Return the condition that a token of this kind writes."""
    match kind:
        case "tag":
            return HasTag(fold(written[1:]))
        case "folder":
            return InFolder(fold(written.strip().strip("/")))
        case _:
            return LinksTo(written.partition("|")[0].strip())
