"""A note's tree as Markdown, for readers that are programs.

Made from the tree, as its HTML is, and not from the source: what is commented out or part of the hierarchy
is not in it, code is exactly what it was, and anything that depends on other notes is a gap (PB-3, PB-4). So
nothing has to parse HTML of ours, no text is looked for in the source, and a note is written as Markdown
once for its content and not in every build. HTML of the author's is passed as it is typed.
"""

import xml.etree.ElementTree as etree
from typing import Final

from garden.model.markdown import address, in_cell, plain
from garden.reading.syntax.engine.serialize import BARE, BLOCKS, CODE, RAW, STX
from garden.reading.syntax.tree.markdown_elements import (
    MARKS,
    OpenElement,
    block,
    code_span,
    inline,
    line_start,
    marked,
)

_BLOCKS: Final = BLOCKS | {BARE}
_BLOCK_SLOTS: Final = (f"{STX}embed-block:", f"{STX}view:")
_WITHOUT_CHILDREN: Final = frozenset(("summary", "br", "hr", "img", "pre", "code", "input"))
_CELLS: Final = frozenset(("td", "th"))
_PARAGRAPHS: Final = frozenset(("p", BARE))
# What they hold is not text.
_PROGRAMS: Final = ("<script", "<style")
# Figures that explain in a word what a reader of the page can open.
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
            writer.take(element)
            continue
        if not writer.writes(element):
            writer.open(element)
            writer.take(element.text)
            if len(element):
                todo.append(element.tail or "")
                todo.extend(reversed(element))
                continue
            writer.close()
        writer.take(element.tail)
    return writer.text()


class _TreeWriter:
    """Open elements are on a stack; each becomes a block or a piece of a line when it ends."""

    def __init__(self) -> None:
        self._stack = [OpenElement(etree.Element(""))]

    def text(self) -> str:
        """Return all that was written."""
        return self._stack[0].joined()

    def take(self, text: str | None) -> None:
        """Write text; spaces are one, and what has a meaning in Markdown is escaped."""
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
            above.line.append(inline(frame))

    def writes(self, element: etree.Element) -> bool:
        """Write an element that needs no look at its children; say whether it was one."""
        tag = element.tag
        if tag == RAW:
            self._raw(element.text or "")
            return True
        tex = element.get("data-tex")
        if tex is not None:
            self._formula(element, tex)
            return True
        if tag not in _WITHOUT_CHILDREN:
            return not len(element) and self._writes_text(tag, element)
        line = self._stack[-1].line
        match tag:
            case "summary":
                return any(frame.get("class") in _EXPLAINED for frame in self._stack)
            case "br":
                line.append("  \n")
            case "hr":
                self._block("---")
            case "img":
                line.append(f"![{plain(element.get('alt', ''))}]({address(element.get('src', ''))})")
            case "code":
                line.append(code_span(element.get(CODE) or element.text or ""))
            case "pre":
                self.open(element)
                inner = element[0] if len(element) else element
                self._stack[-1].line.append(inner.get(CODE) or inner.text or "")
                self.close()
            case "input":
                pass  # the item says whether it is done
        return True

    def _writes_text(self, tag: str, element: etree.Element) -> bool:
        """Write an element that holds nothing but text, as most do, where it can be written at once; say whether it was."""
        frame = self._stack[-1]
        if tag in MARKS:
            frame.line.append(marked(tag, plain(element.text or "")))
        elif tag in _CELLS:
            frame.end_line()
            frame.rows.append([in_cell(line_start(plain(element.text or "").strip()))])
        elif tag in _PARAGRAPHS and not element.keys():
            frame.end_line()
            frame.line.append(plain(element.text or ""))
            frame.end_line()
        else:
            return False
        return True

    def _formula(self, element: etree.Element, tex: str) -> None:
        if element.tag == "div":
            self._block(f"$${tex}$$")
        else:
            marks = "$$" if "block" in element.get("class", "").split() else "$"
            self._stack[-1].line.append(f"{marks}{tex}{marks}")

    def _raw(self, html: str) -> None:
        """Write a gap, or HTML of the author's; a picture that we have drawn has its source beside it."""
        if html.startswith("<svg") and self._stack[-1].get("class") == "diagram":
            return
        if html.endswith("\n") or html.startswith(_BLOCK_SLOTS):
            if not html.lower().startswith(_PROGRAMS):
                self._block(html.rstrip("\n"))
        else:
            self._stack[-1].line.append(html)

    def _block(self, text: str) -> None:
        self._stack[-1].end_line()
        self._stack[-1].blocks.append(text)
