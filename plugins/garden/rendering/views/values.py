"""Writes values as HTML (VW-16)."""

import re
from collections.abc import Callable, Mapping
from gettext import NullTranslations
from html import escape
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model import names
from garden.model.names import VaultPath, fold
from garden.model.settings import Settings
from garden.model.views.moments import Duration, Moment
from garden.rendering.body.hrefs import file_href, node_href, tag_href
from garden.views.bases.files import TagText
from garden.views.dataview.records import ItemRecord, PageRecord
from garden.views.dataview.text import date_text, duration_text
from garden.views.result import Cell
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

InlineHtml = Callable[[str, VaultPath], str]
"""A function that converts a Markdown text of the note at a path to HTML."""

_SCHEMES: Final = re.compile(r"(?:https?://|mailto:)\S+", re.IGNORECASE)
"""An address that may be linked to."""

_URL_CHARACTERS: Final = "%/:?#[]@!$&'()*+,;=~-._"
"""The characters that may be in an address as they are."""

_DEEPEST: Final = 8
"""The maximum number of lists and objects within each other that are shown."""


class ValueHtml(Struct, frozen=True):
    """Writes values; `inline` converts texts that are Markdown."""

    snapshot: Snapshot
    settings: Settings
    translation: NullTranslations
    inline: InlineHtml
    markdown: bool = True  # whether texts are Markdown, as in Dataview

    def cell(self, cell: Cell) -> str:
        """Return the HTML of a cell."""
        return self.html(cell.value, cell.source)

    def html(self, value: Value, source: VaultPath, depth: int = 0) -> str:
        """Return the HTML of a value whose texts are those of the note at `source`."""
        match value:
            case list() if depth < _DEEPEST:
                return self._list(value, source, depth)
            case PageRecord():
                return self.link(value.note.link)
            case ItemRecord():
                return self.inline(value.item.text, source)
            case Mapping() if depth < _DEEPEST:
                return self._object(value, source, depth)
            case _:
                return self._single(value, source)

    def in_line(self, value: Value, source: VaultPath) -> str:
        """Return the HTML of a value within a line; several values are joined by commas."""
        match value:
            case list():
                return ", ".join(self.in_line(item, source) for item in value) or self._nothing()
            case PageRecord() | ItemRecord():
                return self.html(value, source)
            case Mapping():
                pairs = (f"{escape(str(key))}: {self.in_line(item, source)}" for key, item in value.items())
                return ", ".join(pairs)
            case _:
                return self._single(value, source)

    def _nothing(self) -> str:
        """Return what is shown for no value: Dataview shows a dash."""
        return "-" if self.markdown else ""

    def _single(self, value: Value, source: VaultPath) -> str:
        """Return the HTML of a value that is neither a list nor an object."""
        match value:
            case None | list() | Mapping():
                return self._nothing()
            case bool():
                return self._truth(value)
            case int() | float() if is_number(value):
                return number_text(value)
            case str():
                return self._text(value, source)
            case Moment():
                return f'<time datetime="{escape(value.iso)}">{escape(self.date(value))}</time>'
            case Duration():
                return escape(duration_text(value))
            case LinkValue():
                return self.link(value)
            case OutsideLink(address=address, text=text):
                return self._outside(address, text)
            case ImageValue(source=image):
                return self.image(image)
            case IconValue(name=name):
                return f'<span data-icon="{escape(name)}"></span>'
            case HtmlValue(html=html):
                return html
            case _:
                return ""

    def _truth(self, value: bool) -> str:
        if self.markdown:
            return "true" if value else "false"
        label = self.translation.gettext("yes") if value else self.translation.gettext("no")
        checked = " checked" if value else ""
        return f'<input type="checkbox" disabled{checked} aria-label="{escape(label)}">'

    def date(self, when: Moment) -> str:
        """Return a date as readers see it."""
        if self.markdown:
            return date_text(when, self.settings.language)
        return when.iso.replace("T", " ")

    def _text(self, text: str, source: VaultPath) -> str:
        if isinstance(text, TagText):
            return self._tag(text.removeprefix("#"))
        if self.markdown:
            return self.inline(text, source)
        return self._outside(text, text) if _SCHEMES.fullmatch(text) else escape(text, quote=False)

    def _tag(self, name: str) -> str:
        href = tag_href(self.snapshot, self.settings.base, fold(name))
        text = f"#{escape(name, quote=False)}"
        return (
            f'<a class="tag" href="{escape(href)}">{text}</a>' if href else f'<span class="tag">{text}</span>'
        )

    def _outside(self, address: str, text: str) -> str:
        if not _SCHEMES.fullmatch(address):
            return escape(text, quote=False)
        return f'<a href="{escape(quote(address, safe=_URL_CHARACTERS))}">{escape(text, quote=False)}</a>'

    def _list(self, items: list[Value], source: VaultPath, depth: int) -> str:
        if not items:
            return self._nothing()
        if len(items) == 1 and not isinstance(items[0], ItemRecord):
            return self.html(items[0], source, depth + 1)
        return f"<ul>{''.join(self._item(item, source, depth) for item in items)}</ul>"

    def _item(self, item: Value, source: VaultPath, depth: int) -> str:
        shown = self.html(item, source, depth + 1)
        if isinstance(item, ItemRecord) and item.item.mark:
            shown = self.inline(item.item.text, item.page.note.path)
            return f'<li class="task" data-task="{escape(item.item.mark)}">{checkbox(item.item.mark)} {shown}</li>'
        return f"<li>{shown}</li>"

    def _object(self, pairs: Mapping[str, Value], source: VaultPath, depth: int) -> str:
        if not pairs:
            return self._nothing()
        shown = (
            f"<dt>{escape(str(key), quote=False)}</dt><dd>{self.html(value, source, depth + 1)}</dd>"
            for key, value in pairs.items()
        )
        return f"<dl>{''.join(shown)}</dl>"

    def href(self, link: LinkValue) -> str:
        """Return the address of a link, empty if it leads nowhere."""
        base = self.settings.base
        match link.kind:
            case "note" | "hub":
                node = Node("note" if link.kind == "note" else "hub", link.target)
                return node_href(self.snapshot, base, node, link.anchor)
            case "file":
                return file_href(self.snapshot, base, VaultPath(link.target))
            case _:
                return ""

    def link(self, link: LinkValue) -> str:
        """Return a link, or only its text if it leads nowhere (WL-11, WL-12)."""
        href = self.href(link)
        if link.embed and names.is_image(link.target if link.kind == "file" else link.text):
            return self.image(link)
        text = escape(self.label(link), quote=False)
        if not href:
            return f'<span class="unresolved">{text}</span>'
        kind = "attachment" if link.kind == "file" else "internal"
        return f'<a class="{kind}" href="{escape(href)}">{text}</a>'

    def link_around(self, link: LinkValue, shown: str) -> str:
        """Return a link whose text is the given HTML, which contains no link."""
        href = self.href(link)
        return (
            f'<a class="internal" href="{escape(href)}">{shown or escape(self.label(link))}</a>'
            if href
            else shown
        )

    def label(self, link: LinkValue) -> str:
        """Return the text of a link."""
        if self.settings.link_text == "title" and link.kind == "note" and not link.subpath:
            document = self.snapshot.documents[VaultPath(link.target)]
            if link.display == names.stem(link.target):
                return document.title
        return link.display or link.text

    def image(self, image: LinkValue | str) -> str:
        """Return an image of the vault or from an address."""
        if isinstance(image, str):
            if not _SCHEMES.fullmatch(image):
                return escape(image, quote=False)
            return f'<img src="{escape(quote(image, safe=_URL_CHARACTERS))}" alt="" loading="lazy">'
        href = self.href(image)
        if not href or image.kind != "file":
            return f'<span class="unresolved">{escape(self.label(image), quote=False)}</span>'
        width = f' width="{image.display}"' if image.display.isdigit() else ""
        alt = escape("" if width else image.display)
        return f'<img src="{escape(href)}" alt="{alt}"{width} loading="lazy">'


_TASK_NAMES: Final = {" ": "☐", "x": "☑", "X": "☑"}
"""The labels of boxes by the character in them; any other character is its own label."""


def checkbox(mark: str) -> str:
    """Return the box of a task (FT-3)."""
    checked = "" if mark == " " else " checked"
    label = escape(_TASK_NAMES.get(mark, mark))
    return f'<input type="checkbox" disabled{checked} aria-label="{label}">'
