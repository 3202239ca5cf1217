"""Values as text, as Dataview writes them in lists and with `+` (DV-14)."""

from collections.abc import Mapping
from typing import Final
from unicodedata import category

from garden.model.views.moments import Duration, Moment
from garden.views.dataview.records import ItemRecord, PageRecord
from garden.views.date_formats import luxon
from garden.views.notes import NONE_LINK
from garden.views.values import (
    HtmlValue,
    IconValue,
    ImageValue,
    LinkValue,
    OutsideLink,
    Value,
    is_number,
    number_text,
)

_DEEPEST: Final = 20  # levels of nested lists and objects


def dataview_text(value: Value, language: str, depth: int = 0) -> str:  # noqa: C901, PLR0912 (a case for each type)
    """Return a value as text; links are written as wikilinks."""
    match value:
        case None:
            return "-"
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int() | float() if is_number(value):
            return number_text(value)
        case Moment():
            return date_text(value, language)
        case Duration():
            return duration_text(value)
        case LinkValue():
            return link_text_of(value)
        case OutsideLink(address=address, text=shown):
            return f"[{shown}]({address})"
        case PageRecord():
            return link_text_of(value.note.link)
        case ItemRecord():
            return value.item.text
        case list():
            inner = (
                ", ".join(dataview_text(item, language, depth + 1) for item in value)
                if depth < _DEEPEST
                else "…"
            )
            return f"[{inner}]" if depth else inner
        case Mapping():
            pairs = (f"{key}: {dataview_text(item, language, depth + 1)}" for key, item in value.items())
            return "{ " + (", ".join(pairs) if depth < _DEEPEST else "…") + " }"
        case HtmlValue(html=html):
            return html
        case ImageValue() | IconValue():
            return ""
        case _:
            return "<function>"


def link_text_of(link: LinkValue) -> str:
    """Return a link as a wikilink; one that leads nowhere only by its words, which may be the name of another note."""
    if link.kind == NONE_LINK and link.display and link.display == link.text:
        return link.display
    target = link.target if link.kind in ("note", "file") else link.text.partition("#")[0]
    subpath = f"#{link.subpath}" if link.subpath else ""
    display = f"|{link.display}" if link.display else ""
    return f"{'!' if link.embed else ''}[[{target}{subpath}{display}]]"


def subpath_text(subpath: str) -> str:
    """Return the heading or block of a link as Dataview writes it: a block by its id, a heading without punctuation."""
    if subpath.startswith("^"):
        return subpath[1:]
    return " ".join("".join(map(_heading_character, subpath)).split())


def _heading_character(character: str) -> str:
    # Letters of any script, ASCII digits, and pictures (So: emoji; Sk: their skin tones) stay.
    kept = character in "0123456789_-" or category(character)[0] == "L" or category(character) in ("So", "Sk")
    return character if kept or character in "\u200d\ufe0f" else " "


def date_text(when: Moment, language: str) -> str:
    """Return a date as text, with its time unless that is midnight."""
    at = when.at
    if at.hour == at.minute == at.second == 0:
        return luxon(when, "MMMM dd, yyyy", language)
    return luxon(when, "h:mm a - MMMM dd, yyyy", language)


def duration_text(length: Duration) -> str:
    """Return a duration as text, such as `1 day, 2 hours`."""
    pieces = [
        f"{number_text(count)} {name if abs(count) != 1 else name[:-1]}"
        for name, count in length.pieces().items()
    ]
    return ", ".join(pieces)
