"""JavaScript's regular expressions in linear time (VW-12), run by RE2, which supports no look-around or back-references."""

import re
from functools import lru_cache
from typing import Any, Final

from msgspec import Struct

from garden.views.values import NoValueError

_UNICODE: Final = re.compile(r"\\u\{?([0-9a-fA-F]{4,6})\}?")  # an escape such as `\u00e4`
# Each matches escaped pairs as well, so that `\\(?=` is not mistaken for a look-ahead.
# Look-around, and perhaps `\1` or `\k`
_UNSUPPORTED: Final = re.compile(r"\\.|\(\?(?:[=!]|<[=!])", re.DOTALL)
_GROUP: Final = re.compile(r"\\.|\(\?<(?=[A-Za-z_])", re.DOTALL)  # the beginning of a group with a name
_REFERENCE: Final = re.compile(r"\$(\$|&|\d{1,2}|<([^>]*)>)")  # in a replacement


class RegularValue(Struct, frozen=True):
    """A compiled expression as a value; `everywhere` is the flag `g`: all matches are replaced."""

    expression: Any
    everywhere: bool = False


class NotLinearError(NoValueError):
    """An expression that cannot be run in linear time."""


@lru_cache(maxsize=512)
def linear_expression(source: str, flags: str = "") -> Any:
    """Return a compiled expression. Raises NotLinearError if RE2 does not support it, NoValueError if it is not valid."""
    import re2

    for found in _UNSUPPORTED.finditer(source):
        is_back_reference = found[0][1] in "123456789k"
        if found[0].startswith("(?") or is_back_reference:
            raise NotLinearError("regular expressions with look-around or back-references are not supported")
    translated = _UNICODE.sub(r"\\x{\1}", source)
    translated = _GROUP.sub(lambda found: "(?P<" if found[0] == "(?<" else _escape(found[0]), translated)
    marks = "".join(flag for flag in "ims" if flag in flags)  # the others do not change what matches
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(f"(?{marks}){translated}" if marks else translated, options)
    except re2.error as error:
        reason = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        raise NoValueError(f"/{source}/ is not a regular expression: {reason}") from error


def _escape(pair: str) -> str:
    r"""Return an escaped character for RE2, which does not allow escapes such as `\/`, in which nothing has to be escaped."""
    return pair if pair[1].isalnum() or pair[1] in r"\.+*?()|[]{}^$-" else re.escape(pair[1])


def replaced(expression: Any, text: str, replacement: str, *, everywhere: bool) -> str:
    """Return a text with matches replaced; `$1`, `$<name>` and `$&` in the replacement stand for parts of the match."""

    def filled(match: Any) -> str:
        def piece(found: re.Match[str]) -> str:
            what = found[1]
            if what == "$":
                return "$"
            if what == "&":
                return str(match.group(0))
            try:
                return str(match.group(found[2] or int(what)) or "")
            except (IndexError, KeyError, ValueError):
                return found[0]

        return _REFERENCE.sub(piece, replacement)

    return str(expression.sub(filled, text, count=0 if everywhere else 1))
