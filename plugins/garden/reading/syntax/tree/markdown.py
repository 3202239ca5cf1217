"""A note's tree as Markdown, for readers that are programs.

It is made from the tree, as the HTML is, and not from the source. So it lacks what is commented out or part of the
hierarchy, code is exactly what it was, and anything that depends on other notes is a gap (PB-3, PB-4). The Markdown of
a note is cached with its HTML, instead of being made in every build. The author's own HTML stays as it is typed.
"""

import xml.etree.ElementTree as etree
from typing import Final

from garden.model.markdown import address, plain
from garden.reading.syntax.engine.serialize import BARE, BLOCKS, CODE, RAW, STX
from garden.reading.syntax.tree.markdown_elements import (
    OpenElement,
    block,
    code_span,
    end_line,
    inline,
)

_BLOCKS: Final = BLOCKS | {BARE}
# How gaps begin that are filled with blocks.
_BLOCK_SLOTS: Final = (f"{STX}embed-block:", f"{STX}view:")
_NOT_IN_LINE: Final = (*_BLOCK_SLOTS, "<svg")
# Elements that are usually one line of Markdown.
_LINES: Final = frozenset(("p", BARE, "td", "th", "h1", "h2", "h3", "h4", "h5", "h6"))
# HTML whose content is no text.
_PROGRAMS: Final = ("<script", "<style")
# Figures in which `<summary>` only says what a reader of the page can open, such as "Source".
_EXPLAINED: Final = frozenset(("diagram", "not-rendered", "view"))


def markdown(root: etree.Element) -> str:
    """Return the Markdown of what is inside `root`, without recursion, since nesting may be deep (HC-10)."""
    writer = _TreeWriter()
    writer.take(root.text)
    # What is still to be written, the next thing last; a text ends an element.
    todo: list[etree.Element | str] = list(reversed(root))
    while todo:
        element = todo.pop()
        if isinstance(element, str):
            writer.close()
            tail: str | None = element
        elif writer.writes(element):
            tail = element.tail
        else:
            writer.open(element)
            writer.take(element.text)
            todo.append(element.tail or "")
            todo += element[::-1]
            continue
        if tail:
            writer.take(tail)
    return writer.text()


class _TreeWriter:
    """Writes elements as Markdown: those that are open are on a stack, and each is written when it ends."""

    def __init__(self) -> None:
        self._stack = [OpenElement(etree.Element(""))]

    def text(self) -> str:
        """Return all that was written."""
        return self._stack[0].joined()

    def take(self, text: str | None) -> None:
        """Write text: several spaces become one, and what has a meaning in Markdown is escaped."""
        if text:
            self._stack[-1].line.append(plain(text))

    def open(self, element: etree.Element) -> None:
        """Begin an element."""
        if element.tag in _BLOCKS:
            self._stack[-1].end_line()
        self._stack.append(OpenElement(element))

    def close(self) -> None:
        """End the innermost element."""
        frame = self._stack.pop()
        above = self._stack[-1]
        if frame.tag in _BLOCKS:
            if made := block(frame, above):
                above.blocks.append(made)
        else:
            above.line.append(inline(frame.tag, "".join([*frame.blocks, *frame.line]), frame.get("href")))

    def writes(self, element: etree.Element) -> bool:
        """Write an element if it need not be opened: its children are simple, or do not matter. Say whether it is written."""
        tag = element.tag
        if tag in _LINES:
            return self._writes_line(element)
        piece = _piece(element)
        if piece is not None:
            self._stack[-1].line.append(piece)
            return True
        if tag == RAW:
            self._raw(element.text or "")
            return True
        tex = element.get("data-tex")
        if tex is not None:
            self._block(f"$${tex}$$")
            return True
        match tag:
            case "summary":
                return any(frame.get("class") in _EXPLAINED for frame in self._stack)
            case "hr":
                self._block("---")
            case "pre":
                self.open(element)
                inner = element[0] if len(element) else element
                self._stack[-1].line.append(inner.get(CODE) or inner.text or "")
                self.close()
            case "input":
                pass  # the item says whether it is done
            case _:
                return False
        return True

    def _writes_line(self, element: etree.Element) -> bool:
        """Write an element that is one line, if all its children are pieces of a line. Say whether it is written."""
        if element.get("class") is not None or element.get("data-tex") is not None:
            return False
        pieces = [plain(element.text)] if element.text else []
        for child in element:
            piece = _piece(child)
            if piece is None:
                return False
            pieces.append(piece)
            if child.tail:
                pieces.append(plain(child.tail))
        above = self._stack[-1]
        above.end_line()
        end_line(element.tag, "".join(pieces).strip(), above)
        return True

    def _raw(self, html: str) -> None:
        """Write a gap in place of a block, or the author's HTML."""
        if html.startswith("<svg") and self._stack[-1].get("class") == "diagram":
            return  # we have drawn it from the source beside it, which is enough for a program
        if not (html.endswith("\n") or html.startswith(_BLOCK_SLOTS)):
            self._stack[-1].line.append(html)
        elif not html.lower().startswith(_PROGRAMS):
            self._block(html.rstrip("\n"))

    def _block(self, text: str) -> None:
        """Write a finished block."""
        self._stack[-1].end_line()
        self._stack[-1].blocks.append(text)


def _piece(element: etree.Element) -> str | None:
    """Return an element as a piece of a line; None if it is no piece of a line, or has other elements in it."""
    tag = element.tag
    if tag == RAW:
        html = element.text or ""
        return None if html.startswith(_NOT_IN_LINE) or html.endswith("\n") else html
    tex = element.get("data-tex")
    if tex is not None:
        return None if tag == "div" else _formula(element, tex)
    if tag == "code":
        return code_span(element.get(CODE) or element.text or "")
    if tag == "br":
        return "  \n"
    if tag == "img":
        return f"![{plain(element.get('alt', ''))}]({address(element.get('src', ''))})"
    if len(element) or tag in _BLOCKS or tag == "input":
        return None
    return inline(tag, plain(element.text or ""), element.get("href"))


def _formula(element: etree.Element, tex: str) -> str:
    """Return a formula within a line as its author would type it."""
    marks = "$$" if "block" in element.get("class", "").split() else "$"
    return f"{marks}{tex}{marks}"
