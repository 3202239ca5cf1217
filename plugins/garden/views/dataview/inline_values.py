"""The value that the text of a field stands for (IF-5): number, boolean, date, duration, link, list, or else text."""

import re
from collections.abc import Callable
from typing import Final

from garden.model.views.moments import Moment, duration, moment
from garden.reading.queries.dataview_expressions import unescaped
from garden.views.property_values import query_value, script_number
from garden.views.values import LinkValue, Value

MakeLink = Callable[[str, bool], LinkValue]
"""Makes a link from what is between `[[` and `]]`; the second argument says whether it is an embed."""

_NUMBER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
_WORDS: Final = {"true": True, "false": False, "True": True, "False": False, "null": None}
_ATOM: Final = re.compile(
    r'\s*(?:(?P<quoted>"(?:[^"\\]|\\.)*")|(?P<link>!?\[\[[^\[\]]*\]\])|(?P<rest>[^",\[\]]+))\s*(?:,|\Z)'
)


def field_value(text: str, link: MakeLink) -> Value:
    """Return the value of an inline field; several values with commas between them are a list, unless one is plain text."""
    stripped = text.strip()
    if not stripped:
        return None
    single, known = _atom(stripped, link)
    if known:
        return single
    found: list[Value] = []
    at = 0
    while at < len(stripped):
        match = _ATOM.match(stripped, at)
        if match is None:
            return stripped
        value, known = _atom(stripped[match.start() : match.end()].strip().removesuffix(",").strip(), link)
        if not known:
            return stripped
        found.append(value)
        at = match.end()
    return found if len(found) > 1 or stripped.endswith(",") else found[0] if found else stripped


def property_value(value: object, link: MakeLink) -> Value:
    """Return a value of front matter, in which texts may be dates, durations and links (DV-13)."""

    def meaning(text: str) -> Value:
        stripped = text.strip()
        if stripped.startswith(("[[", "![[")) and stripped.endswith("]]") and "]]" not in stripped[:-2]:
            embed = stripped[0] == "!"
            return link(stripped[2 + embed : -2], embed)
        found = _date(stripped) or duration(text)
        return text if found is None else found

    return query_value(value, meaning, lambda inner: link(inner, False))


def _atom(text: str, link: MakeLink) -> tuple[Value, bool]:
    """Return the value of a single text, and True; or any value and False if it is only text."""
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else script_number(int(text)), True
    if text in _WORDS:
        return _WORDS[text], True
    if text[0] == '"' and text[-1] == '"' and len(text) > 1 and '"' not in text[1:-1].replace('\\"', ""):
        return unescaped(text[1:-1]), True
    if text.endswith("]]") and text.startswith(("[[", "![[")) and "]]" not in text[:-2]:
        embed = text[0] == "!"
        return link(text[2 + embed : -2], embed), True
    if text[0] == "#" and re.fullmatch(r"#[^\s,#]+", text):
        return text, True
    found = _date(text) or duration(text)
    return found, found is not None


def _date(text: str) -> Moment | None:
    """Return the date that a text is; Dataview accepts no space between date and time."""
    return None if " " in text else moment(text)
