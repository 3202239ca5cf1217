"""Fills the slots in the Markdown form of a note's body, like those in its HTML.

The same rules decide what may be shown (PB-3, PB-4). An embed becomes a link, as its text is on another page. Links
within the page have complete addresses, since the text may be used elsewhere.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from gettext import NullTranslations
from html import escape
from typing import Final

from msgspec import Struct

from garden.linking.relation import Node
from garden.linking.resolving.resolution import Found, FoundFile, FoundPage, LeftAlone, Missing, Unpublished
from garden.linking.snapshot import Snapshot
from garden.model import names
from garden.model.body import Body, Part, SlotKind
from garden.model.markdown import address, hanging, in_cell, plain
from garden.model.names import VaultPath, fold
from garden.model.note import DEEPEST_HEADING, RefKind
from garden.model.settings import Settings
from garden.model.views.hierarchy_view import HierarchyView
from garden.model.views.queries import LiveView
from garden.rendering.body import media
from garden.rendering.body.footnotes import FootnoteList
from garden.rendering.body.hrefs import file_href, node_href, raw_address, ref_href, tag_href
from garden.rendering.body.link_text import link_text
from garden.rendering.body.scope import Scope
from garden.rendering.translations import SLOT_MESSAGES, Translations, english

_LIST_MARKER: Final = re.compile(r"[^>\s]")
"""A character of what begins a line of a list, unlike the `>` of a quotation, which each of its lines needs."""


class TextPosition(Struct, frozen=True):
    """The place of a text among several in one file."""

    depth: int = 0  # levels that its headings are lower
    number: int | None = None  # of the text, which distinguishes its footnotes from those of others


ALONE: Final = TextPosition()
"""The place of the only text in a file."""


def markdown_body(  # noqa: PLR0913 (each comes from elsewhere)
    snapshot: Snapshot,
    body: Body,
    path: VaultPath,
    settings: Settings,
    *,
    translations: Translations = english,
    place: TextPosition = ALONE,
    bodies: Callable[[VaultPath], Body],
) -> str:
    """Return a published note's body as Markdown with one line break at its end; nothing for an empty body.

    `bodies` returns the bodies of other notes, which views may show.
    """
    document = snapshot.documents[path]
    resolutions = snapshot.resolutions.get(path, ())
    translation = translations(document.meta.lang or settings.language)
    # With a prefix the text counts as being on another page: then all addresses are complete.
    scope = Scope(document, Node("note", path), resolutions, "n:", FootnoteList(), range(0))
    filling = _MarkdownFilling(snapshot, settings, translation, scope, place, bodies)
    blocks = [filling.text(body.markdown)]
    for index, footnote in enumerate(body.footnotes):
        blocks.append(hanging(f"{filling.mark(index)}: ", filling.text(footnote.markdown), " " * 4))
    text = "\n\n".join(filter(None, blocks))
    return text + "\n" if text else ""


@dataclass(slots=True)
class _MarkdownFilling:
    """The state of filling one body."""

    snapshot: Snapshot
    settings: Settings
    translation: NullTranslations
    scope: Scope
    place: TextPosition
    bodies: Callable[[VaultPath], Body]
    # The addresses of references by their indexes: both the beginning and the end of a link need to know whether it has one.
    hrefs: dict[int, str] = field(default_factory=dict)
    in_value: bool = False  # whether the text is a value in the result of a view

    def text(self, parts: tuple[Part, ...]) -> str:
        """Return the text of parts, with their slots filled."""
        out: list[str] = []
        for part in parts:
            if isinstance(part, str):
                out.append(part)
                continue
            filled = _FILLERS[part.kind](self, part.value)
            # Only a view has several lines, which must all stay in the list or quotation in which it begins.
            out.append(hanging("", filled, _margin(out)) if "\n" in filled else filled)
        return "".join(out)

    def mark(self, index: int) -> str:
        """Return the mark of the footnote with this index."""
        before = "" if self.place.number is None else f"{self.place.number}."
        return f"[^{before}{index + 1}]"

    def link_open(self, index: int) -> str:
        return "[" if self._href(index) else ""

    def link_close(self, index: int) -> str:
        href = self._href(index)
        return f"]({address(href)})" if href else ""

    def link_text(self, index: int) -> str:
        return _label(link_text(self.snapshot, self.settings, self.scope, index))

    def tag_open(self, name: str) -> str:
        return "[" if self._tag_href(name) else ""

    def tag_close(self, name: str) -> str:
        href = self._tag_href(name)
        return f"]({address(href)})" if href else ""

    def anchor_id(self, anchor: str) -> str:
        return escape(anchor)

    def own_fragment(self, anchor: str) -> str:
        return address(node_href(self.snapshot, self.settings.base, self.scope.node, anchor))

    def address(self, written: str) -> str:
        return raw_address(self.snapshot, self.settings.base, self.scope, written)

    def ref_address(self, index: int) -> str:
        found = self.scope.resolutions[index]
        return escape(
            self._href(index) or (self.scope.document.refs[index].raw if isinstance(found, Missing) else "")
        )

    def outside_address(self, written: str) -> str:
        return address(written)

    def footnote(self, index: int) -> str:
        return self.mark(index)

    def heading(self, level: int) -> str:
        return "#" * min(level + self.place.depth, DEEPEST_HEADING)

    def heading_level(self, level: int) -> str:
        return str(min(level + self.place.depth, DEEPEST_HEADING))

    def word(self, key: str) -> str:
        return _label(self.translation.gettext(SLOT_MESSAGES[key]))

    # What views need is imported only now: most pages have none.

    def view(self, view: HierarchyView | LiveView) -> str:
        """Return a view in Markdown, as a list or a table."""
        if isinstance(view, LiveView):
            return self._live_view(view)
        from garden.rendering.body.hierarchy_view import HierarchyViews

        start = self.scope.node
        if view.start >= 0:
            found = self.scope.resolutions[view.start]
            if not isinstance(found, Found):
                return _label(self.translation.gettext("not available"))
            start = found.node
        labels = {names.field_key(field.name): field.label for field in self.settings.relations}
        views = HierarchyViews(
            self.snapshot, self.settings.base, self.snapshot.title, labels, self.translation
        )
        return views.markdown(view, start, self.scope.resolutions)

    def _live_view(self, view: LiveView) -> str:
        if self.in_value:  # which may contain the same view again
            return f"`{view.text}`"
        from garden.rendering.views.markdown_results import markdown_answer
        from garden.rendering.views.values import ValueHtml

        values = ValueHtml(
            self.snapshot, self.settings, self.translation, self._value, view.source == "dataview"
        )
        return markdown_answer(values, self.bodies, view, self.scope.document.path)

    def _value(self, text: str, source: VaultPath) -> str:
        """Return a value that is Markdown of the note at `source`, on one line."""
        from garden.rendering.body.inline_values import PLAIN_TEXT, inline_value

        if PLAIN_TEXT.fullmatch(text):
            return text
        read, scope = inline_value(self.snapshot, self.settings, self.translation, text, source)
        filling = _MarkdownFilling(
            self.snapshot, self.settings, self.translation, scope, ALONE, self.bodies, in_value=True
        )
        return " ".join(filling.text(read.markdown).split())

    def embed(self, index: int) -> str:
        """Return an embed in Markdown: an image, or a link, since Markdown cannot embed anything else."""
        ref = self.scope.document.refs[index]
        match self.scope.resolutions[index]:
            case Found(part_missing=True) | Missing():
                return _label(ref.raw)
            case Unpublished():
                return _label(self.translation.gettext("not available"))
            case Found(node=node):
                return f"[{_label(ref.display or self.snapshot.title(node))}]({address(self._href(index))})"
            case FoundFile(path):
                href = file_href(self.snapshot, self.settings.base, path)
                return self._file(index, path, href) if href else _label(ref.raw)
            case LeftAlone() | FoundPage():
                return self._file(index, ref.target.path or ref.raw, self._href(index))

    def _file(self, index: int, path: str, href: str) -> str:
        """Return an embedded file: an image as an image, any other as a link that keeps its page or time."""
        ref = self.scope.document.refs[index]
        name = path.rsplit("/", 1)[-1]
        if names.is_image(path):
            alt = ref.display or (name if ref.kind is RefKind.EMBED else "")
            return f"![{_label(alt)}]({address(href)})"
        return (
            f"[{_label(ref.display or name)}]({address(href.partition('#')[0] + media.fragment(ref.target))})"
        )

    def _href(self, index: int) -> str:
        found = self.hrefs.get(index)
        if found is None:
            found = self.hrefs[index] = ref_href(self.snapshot, self.settings.base, self.scope, index)
        return found

    def _tag_href(self, name: str) -> str:
        return tag_href(self.snapshot, self.settings.base, fold(name))


def _margin(written: list[str]) -> str:
    """Return what further lines have to begin with, if the current line has only markers of lists and quotations so far."""
    return _LIST_MARKER.sub(" ", "".join(written).rpartition("\n")[2])


def _label(text: str) -> str:
    """Return a text without any meaning as Markdown, also if it is in the cell of a table."""
    return in_cell(plain(text))


_FILLERS: Final[dict[SlotKind, Callable[..., str]]] = {
    SlotKind.LINK_OPEN: _MarkdownFilling.link_open,
    SlotKind.LINK_CLOSE: _MarkdownFilling.link_close,
    SlotKind.LINK_TEXT: _MarkdownFilling.link_text,
    SlotKind.EMBED_BLOCK: _MarkdownFilling.embed,
    SlotKind.EMBED_INLINE: _MarkdownFilling.embed,
    SlotKind.IMAGE: _MarkdownFilling.embed,
    SlotKind.TAG_OPEN: _MarkdownFilling.tag_open,
    SlotKind.TAG_CLOSE: _MarkdownFilling.tag_close,
    SlotKind.ID: _MarkdownFilling.anchor_id,
    SlotKind.FRAGMENT: _MarkdownFilling.own_fragment,
    SlotKind.REF_ADDRESS: _MarkdownFilling.ref_address,
    SlotKind.OUTSIDE: _MarkdownFilling.outside_address,
    SlotKind.ADDRESS: _MarkdownFilling.address,
    SlotKind.FOOTNOTE: _MarkdownFilling.footnote,
    SlotKind.HEADING: _MarkdownFilling.heading,
    SlotKind.HEADING_LEVEL: _MarkdownFilling.heading_level,
    SlotKind.VIEW: _MarkdownFilling.view,
    SlotKind.INLINE_VIEW: _MarkdownFilling.view,
    SlotKind.WORD: _MarkdownFilling.word,
}
