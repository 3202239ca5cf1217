"""Fills the slots of a note's HTML when all notes are linked (WL-7, WL-11 … WL-14, EM, FN, PB-4).

An embed is filled from the body of its target, so nothing is converted twice, and links and footnotes keep the
meaning that they have in their source (EM-5).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from gettext import NullTranslations
from html import escape, unescape
from typing import Final
from urllib.parse import quote

from msgspec import Struct

from garden.linking.relation import Node
from garden.linking.resolving.resolution import Found, FoundFile, FoundPage, LeftAlone, Missing, Unpublished
from garden.linking.snapshot import Snapshot
from garden.model import names
from garden.model.body import Body, Part, SlotKind
from garden.model.diagnostic import Diagnostic
from garden.model.image import VaultImage
from garden.model.names import VaultPath, fold
from garden.model.note import DEEPEST_HEADING, Block, Heading, Ref, RefKind
from garden.model.settings import Settings
from garden.reading.isolation import LibraryError, isolated
from garden.rendering.body import media
from garden.rendering.body.balanced_html import contained, plainly_contained
from garden.rendering.body.body_writer import missing_html
from garden.rendering.body.footnotes import FootnoteList
from garden.rendering.body.hrefs import file_href, node_href, raw_address, ref_href, tag_href
from garden.rendering.body.link_text import link_text
from garden.rendering.body.scope import Scope
from garden.rendering.body.views import base_embed, view_html
from garden.rendering.translations import SLOT_MESSAGES, Translations, english

MAX_DEPTH: Final = 8
"""The maximum nesting of transclusions (EM-9)."""

MAX_TRANSCLUSIONS: Final = 200
"""The maximum number of transclusions on one page (EM-9)."""

Bodies = Callable[[VaultPath], Body]
"""A function that returns the body of a published note, perhaps from a cache on disk."""


class Filled(Struct, frozen=True):
    """The finished HTML of a note's body.

    Its `problems` are at the references that have them, so two pages that embed one note report the same ones (DG-4).
    """

    html: str
    problems: tuple[Diagnostic, ...] = ()
    outside: tuple[str, ...] = ()  # the addresses of links to other sites, in the order of the text
    has_views: bool = False  # whether a view is shown, which needs a style sheet and a script of its own


def fill(  # noqa: PLR0913 (each comes from elsewhere)
    snapshot: Snapshot,
    bodies: Bodies,
    path: VaultPath,
    settings: Settings,
    *,
    prefix: str = "",
    depth: int = 0,
    pictures: Mapping[VaultPath, VaultImage] | None = None,
    translations: Translations = english,
) -> Filled:
    """Return the HTML of a published note's body with every slot filled.

    All its ids begin with `prefix`, and headings are `depth` levels lower; both are given if the body is one of several on
    a page that is not its own. `pictures` are the images whose size is known, `translations` returns the interface's
    messages in a language.
    """
    translation = translations(snapshot.documents[path].meta.lang or settings.language)
    # Not `pictures or {}`: that would ask a tracked mapping whether it is empty, and so make each page depend on every picture.
    known = {} if pictures is None else pictures
    filling = _Filling(snapshot, bodies, settings, prefix, depth, known, translation)
    out: list[str] = []
    body = bodies(path)
    scope = filling.scope(path, prefix, range(len(body.parts)))
    filling.stack.append(scope)
    filling.write_body(scope, body, out)
    html = filling.kept_inside(body, "".join(out))
    return Filled(html, tuple(filling.problems), tuple(filling.outside), filling.has_views)


@dataclass(slots=True)
class _Filling:
    """The state of filling one page."""

    snapshot: Snapshot
    bodies: Bodies
    settings: Settings
    prefix: str
    depth: int
    pictures: Mapping[VaultPath, VaultImage]
    translation: NullTranslations
    stack: list[Scope] = field(default_factory=list)
    transclusions: int = 0
    drawing_width: str = ""  # pixels that an embed asks for
    problems: list[Diagnostic] = field(default_factory=list)
    outside: list[str] = field(default_factory=list)
    has_views: bool = False

    def scope(self, path: VaultPath, prefix: str, shown: range) -> Scope:
        """Begin to show some parts of the body of the note at `path`."""
        document = self.snapshot.documents[path]
        resolutions = self.snapshot.resolutions.get(path, ())
        return Scope(document, Node("note", path), resolutions, prefix, FootnoteList(prefix), shown)

    def write_body(self, scope: Scope, body: Body, out: list[str], wrap: str = "") -> None:
        """Write the parts of `body` that are shown, then the footnotes that they reference.

        `wrap` is the name of an element around the parts: that of the list, if a single item is shown.
        """
        self.has_views |= body.has_views
        out.append(f"<{wrap}>" if wrap else "")
        for at in scope.shown:
            scope.at = at
            self.write(scope, body.parts[at], out)
        scope.at = -1
        # Footnotes must not be inside a list.
        out.append(f"</{wrap}>\n" if wrap else "")

        def footnote(index: int) -> str:
            text: list[str] = []
            for part in body.footnotes[index].parts:
                self.write(scope, part, text)
            return "".join(text)

        out.append(scope.footnotes.section(footnote))

    def write(self, scope: Scope, part: Part, out: list[str]) -> None:
        """Write a part of a body, with its slot filled."""
        if isinstance(part, str):
            out.append(part)
        elif isinstance(part.value, int):
            _NUMBERED[part.kind](self, scope, part.value, out)
        elif isinstance(part.value, str):
            _NAMED[part.kind](self, scope, part.value, out)
        else:
            self.has_views = True
            out.append(view_html(self, scope, part.value))

    def link_open(self, scope: Scope, index: int, out: list[str]) -> None:
        """Open a link; one that leads nowhere becomes a span. `scope.closers` says how it will be closed."""
        address = ref_href(self.snapshot, self.settings.base, scope, index)
        if not address and not isinstance(scope.resolutions[index], LeftAlone):
            scope.closers[index] = "</span>"
            out.append('<span class="unresolved">')
            return
        scope.closers[index] = "</a>"
        ref = scope.document.refs[index]
        match scope.resolutions[index]:
            case Found(node=node):
                # Backlinks lead to the reference itself.
                mark = "" if scope.prefix or node == scope.node else f' id="ref:{index}"'
                attributes = f' class="internal"{mark}'
            case FoundPage():
                attributes = ' class="internal"'
            case FoundFile():
                attributes = ' class="attachment"'
            case _:
                attributes = ""
        title = f' title="{escape(ref.title)}"' if ref.title else ""
        out.append(f'<a{attributes} href="{escape(address)}"{title}>')

    def link_close(self, scope: Scope, index: int, out: list[str]) -> None:
        out.append(scope.closers[index])

    def link_text(self, scope: Scope, index: int, out: list[str]) -> None:
        out.append(escape(link_text(self.snapshot, self.settings, scope, index), quote=False))

    def tag_open(self, scope: Scope, name: str, out: list[str]) -> None:
        address = tag_href(self.snapshot, self.settings.base, fold(name))
        if not address:
            out.append('<span class="tag">')
            return
        # The tags of a transcluded note are not tags of this page (EM-5, HC-11).
        own = "" if scope.prefix else ' rel="tag"'
        out.append(f'<a{own} class="tag" href="{escape(address)}">')

    def tag_close(self, scope: Scope, name: str, out: list[str]) -> None:
        out.append("</a>" if fold(name) in self.snapshot.tag_addresses else "</span>")

    def anchor_id(self, scope: Scope, anchor: str, out: list[str]) -> None:
        out.append(escape(scope.prefix + anchor))

    def own_fragment(self, scope: Scope, anchor: str, out: list[str]) -> None:
        # Of a transcluded note perhaps only a part is shown, but its own page always has the anchor (EM-5).
        if scope.prefix:
            out.append(escape(node_href(self.snapshot, self.settings.base, scope.node, anchor)))
        else:
            out.append("#" + quote(anchor, safe=""))

    def ref_address(self, scope: Scope, index: int, out: list[str]) -> None:
        """Write the address for a placeholder of Pelican's; one that leads nowhere stays as typed (WL-13)."""
        address = ref_href(self.snapshot, self.settings.base, scope, index)
        if not address and isinstance(scope.resolutions[index], Missing):
            address = scope.document.refs[index].raw
        out.append(escape(address))

    def outside_address(self, scope: Scope, address: str, out: list[str]) -> None:
        self.outside.append(unescape(address))
        out.append(address)

    def address(self, scope: Scope, written: str, out: list[str]) -> None:
        out.append(raw_address(self.snapshot, self.settings.base, scope, written))

    def footnote(self, scope: Scope, index: int, out: list[str]) -> None:
        out.append(scope.footnotes.reference(index))

    def heading_level(self, scope: Scope, level: int, out: list[str]) -> None:
        out.append(str(min(level + self.depth, DEEPEST_HEADING)))

    def word(self, scope: Scope, key: str, out: list[str]) -> None:
        out.append(escape(self.translation.gettext(SLOT_MESSAGES[key])))

    def embed_block(self, scope: Scope, index: int, out: list[str]) -> None:
        self._embed(scope, index, out, block=True)

    def embed_inline(self, scope: Scope, index: int, out: list[str]) -> None:
        self._embed(scope, index, out, block=False)

    def _embed(self, scope: Scope, index: int, out: list[str], *, block: bool) -> None:
        """Write what is embedded: a page or a part of it, a file, or the remark that it is missing."""
        ref = scope.document.refs[index]
        match scope.resolutions[index]:
            case Found(part_missing=True) | Missing():
                out.append(missing_html(ref.raw, block=block))
            case Unpublished():
                out.append(missing_html(self.translation.gettext("not available"), block=block))
            case Found() as found:
                self._embed_page(scope, index, found, out, block=block)
            case FoundFile(path):
                address = file_href(self.snapshot, self.settings.base, path)
                if not address:
                    out.append(missing_html(ref.raw, block=block))
                    return
                picture = self.pictures.get(path)
                out.append(media.file_html(ref, path, address, picture, self.settings.base, block=block))
            case LeftAlone() | FoundPage():
                address = ref_href(self.snapshot, self.settings.base, scope, index)
                out.append(media.file_html(ref, ref.target.path or ref.raw, address, block=block))

    def _embed_page(self, scope: Scope, index: int, found: Found, out: list[str], *, block: bool) -> None:
        """Write the content of another page with a link to it; where it may not be embedded, only the link."""
        ref = scope.document.refs[index]
        address = escape(ref_href(self.snapshot, self.settings.base, scope, index))
        label = escape(ref.display or self._source_label(found), quote=False)
        path = VaultPath(found.node.key)
        # Reading takes an embed with the name of a media file for text within a `<p>`, which must not contain a block (EM-10).
        in_text = not block and (ref.kind is RefKind.IMAGE or names.is_media(ref.target.path))
        if found.node.kind == "hub" or in_text or self._refused(ref, path, found.part):
            link = f'<a class="internal" href="{address}">{label}</a>' if address else label
            out.append(f"<p>{link}</p>" if block else link)
            return
        self.transclusions += 1
        if names.extension(path) == "base":
            self.has_views = True
            out.append(base_embed(self, scope, index, path))
            return
        if self.snapshot.documents[path].view == "drawing":
            kind = "drawing"
            self.drawing_width = media.embed_width(ref.size)
        else:
            kind = (
                "canvas"
                if names.extension(path) == "canvas"
                else _KINDS_OF_PARTS.get(type(found.part), "note")
            )
            self.drawing_width = ""
        mark = "" if scope.prefix else f' id="ref:{index}"'
        out.append(f'<div class="embed" data-embed="{kind}"{mark}>')
        if address:
            out.append(f'<a class="internal embed-source" href="{address}">{label}</a>\n')
        self._transclude(path, found.part, out)
        self.drawing_width = ""
        out.append("</div>")

    def _source_label(self, found: Found) -> str:
        """Return the text of the link to the source of an embed: a title, and a heading, but no id of a block.

        Such an id says nothing to readers.
        """
        title = self.snapshot.title(found.node)
        if isinstance(found.part, Heading) and found.part.shown:
            return f"{title} > {found.part.text}"
        return title

    def _refused(self, ref: Ref, path: VaultPath, part: Heading | Block | None) -> bool:
        """Say whether a note or its part must not be embedded here, and report why (EM-8, EM-9)."""
        if any(scope.is_showing(path, part) for scope in self.stack):
            self.report(ref, "embed-cycle", f"{path} is already being embedded here")
            return True
        if len(self.stack) > MAX_DEPTH:
            self.report(ref, "embed-depth", f"more than {MAX_DEPTH} nested embeds")
            return True
        if self.transclusions >= MAX_TRANSCLUSIONS:
            self.report(ref, "embed-depth", f"more than {MAX_TRANSCLUSIONS} embeds on one page")
            return True
        return False

    def _transclude(self, path: VaultPath, part: Heading | Block | None, out: list[str]) -> None:
        """Write the body of another note, or only one part of it."""
        body = self.bodies(path)
        shown = range(len(body.parts)) if part is None else range(part.start, part.end)
        scope = self.scope(path, f"{self.prefix}e{self.transclusions}:", shown)
        self.stack.append(scope)
        inner: list[str] = []
        self.write_body(scope, body, inner, part.wrap if isinstance(part, Block) else "")
        out.append(self.kept_inside(body, "".join(inner)))
        self.stack.pop()

    def kept_inside(self, body: Body, html: str) -> str:
        """Return the HTML of a body, mended if elements of its author do not end in it (HC-3)."""
        if body.raw is None:
            return html
        try:
            html, mended = isolated(contained, html)
        except LibraryError as error:
            html, mended = plainly_contained(html)
            message = f"the HTML of this note cannot be checked, so {_UNCHECKED[mended]}: {error}"
            self.problems.append(Diagnostic(body.raw, "html-unchecked", message))
            return html
        if mended:
            message = "HTML tags are never closed, or closed without being open; the HTML is completed"
            self.problems.append(Diagnostic(body.raw, "html-unbalanced", message))
        return html

    def report(self, ref: Ref, code: str, message: str) -> None:
        """Report a problem at a reference."""
        self.problems.append(Diagnostic(ref.place, code, message))


_KINDS_OF_PARTS: Final[dict[type, str]] = {Heading: "heading", Block: "block"}

_UNCHECKED: Final = {False: "it is published as it is", True: "the note is shown as its HTML source"}


_NUMBERED: Final[dict[SlotKind, Callable[[_Filling, Scope, int, list[str]], None]]] = {
    SlotKind.LINK_OPEN: _Filling.link_open,
    SlotKind.LINK_CLOSE: _Filling.link_close,
    SlotKind.LINK_TEXT: _Filling.link_text,
    SlotKind.EMBED_BLOCK: _Filling.embed_block,
    SlotKind.EMBED_INLINE: _Filling.embed_inline,
    SlotKind.IMAGE: _Filling.embed_inline,
    SlotKind.FOOTNOTE: _Filling.footnote,
    SlotKind.REF_ADDRESS: _Filling.ref_address,
    SlotKind.HEADING_LEVEL: _Filling.heading_level,
}

_NAMED: Final[dict[SlotKind, Callable[[_Filling, Scope, str, list[str]], None]]] = {
    SlotKind.TAG_OPEN: _Filling.tag_open,
    SlotKind.TAG_CLOSE: _Filling.tag_close,
    SlotKind.ID: _Filling.anchor_id,
    SlotKind.FRAGMENT: _Filling.own_fragment,
    SlotKind.OUTSIDE: _Filling.outside_address,
    SlotKind.ADDRESS: _Filling.address,
    SlotKind.WORD: _Filling.word,
}
