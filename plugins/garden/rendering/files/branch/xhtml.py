"""A part of a page as XHTML, which programs read that know no HTML: e-book readers.

The HTML is read as a browser reads it, so that whatever an author has written comes out well-formed. What such
programs may not have, scripts, frames, forms and media from elsewhere, is left out or becomes a link.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


# Elements that have no content, and so no closing tag in HTML.
_VOID: Final = frozenset("area base br col embed hr img input link meta source track wbr".split())
# Elements that a book has no use for, together with what is in them.
_LEFT_OUT: Final = frozenset(
    "script style link meta base template button select textarea datalist canvas noscript".split()
)
# Elements that show a file from elsewhere.
_FRAMES: Final = frozenset("iframe embed object audio video".split())
_REPLACED: Final = {
    "form": "div",
    "fieldset": "div",
    "legend": "p",
    "label": "span",
    "output": "span",
    "font": "span",
    "center": "div",
    "big": "span",
    "strike": "s",
    "tt": "code",
    "acronym": "abbr",
}
"""Elements of forms, and those that HTML no longer has, and what stands for them."""

_KEPT_OF_REPLACED: Final = frozenset("id class lang dir title".split())
"""Attributes that any element may have."""

_PLAIN: Final = frozenset(
    "table caption colgroup col thead tbody tfoot tr td th hr br pre p div ul ol li dl dt dd span h1 h2 h3 h4 h5 h6".split()
)
_OF_LOOKS: Final = frozenset(
    "width height border cellpadding cellspacing nowrap valign bgcolor color face size clear noshade summary compact".split()
)
"""Attributes of looks that HTML no longer has, and the elements that may have had them."""

_NAMESPACES: Final = {"svg": "http://www.w3.org/2000/svg", "math": "http://www.w3.org/1998/Math/MathML"}
_NAME: Final = re.compile(r"[A-Za-z_][\w.-]*")
# What XML may not have at all.
_CONTROL: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# Meant for scripts and layouts, or not part of EPUB's XHTML.
_DROPPED: Final = re.compile(
    r"on\w+|data-.*|style|tabindex|loading|decoding|srcset|sizes|target|align|xmlns.*"
)


class Rewriting(NamedTuple):
    """Where links and pictures lead in the new place; if that is empty, only the text of the link or picture remains."""

    link: Callable[[str], str]
    picture: Callable[[str], str]


def as_xhtml(html: str, rewriting: Rewriting) -> str:
    """Return the content of an HTML fragment as well-formed XHTML."""
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(f"<!DOCTYPE html><body>{html}").body
    return "".join(_written(_children(body), rewriting)) if body is not None else ""


def _children(node: "LexborNode") -> list["LexborNode"]:
    return list(node.iter(include_text=True))


def _written(nodes: Iterable["LexborNode"], rewriting: Rewriting) -> Iterator[str]:
    """Yield text, with an explicit stack instead of recursion, since lists may be nested deeply."""
    waiting: list[LexborNode | str] = [*reversed(list(nodes))]
    while waiting:
        node = waiting.pop()
        if isinstance(node, str):
            yield node
            continue
        tag = node.tag or ""
        if tag == "-text":
            yield escape(_CONTROL.sub("", node.text_content or ""), quote=False)
        elif _NAME.fullmatch(tag) and tag not in _LEFT_OUT:
            opening, closing = _element(_REPLACED.get(tag, tag), _attributes(node), rewriting)
            yield opening
            if tag in _FRAMES or tag in _VOID:
                yield closing
            else:
                waiting.append(closing)
                waiting.extend(reversed(_children(node)))


def _attributes(node: "LexborNode") -> dict[str, str]:
    """Return the attributes that an element may keep; one that is replaced keeps only those that any element may have."""
    return {
        name: _CONTROL.sub("", value or "")
        for name, value in node.attributes.items()
        if _NAME.fullmatch(name)
        and not _DROPPED.fullmatch(name)
        and (name in _KEPT_OF_REPLACED or node.tag not in _REPLACED)
    }


def _element(tag: str, attributes: dict[str, str], rewriting: Rewriting) -> tuple[str, str]:
    """Return how an element begins and ends in a book.

    What a book cannot have is replaced: a frame by a link, a checkbox by a character.
    """
    if tag == "a" and "href" in attributes:
        attributes["href"] = rewriting.link(attributes["href"])
        if not attributes["href"]:
            return "<span>", "</span>"
    if tag == "img":
        attributes["src"] = rewriting.picture(attributes.get("src", ""))
        if not attributes["src"]:
            return escape(attributes.get("alt", ""), quote=False), ""
        attributes.setdefault("alt", "")
    if tag == "source":
        return "", ""
    if tag in _FRAMES:
        address = rewriting.link(attributes.get("src", attributes.get("data", "")))
        shown = escape(attributes.get("title") or address)
        return (f'<a href="{escape(address)}">{shown}</a>' if address else ""), ""
    if tag == "input":
        return ("☑ " if "checked" in attributes else "☐ "), ""
    if tag in _PLAIN:
        attributes = {name: value for name, value in attributes.items() if name not in _OF_LOOKS}
    if tag != "mstyle":
        attributes.pop("scriptlevel", None)  # MathML 3, which EPUB goes by, has it nowhere else
    if tag in _NAMESPACES:
        attributes["xmlns"] = _NAMESPACES[tag]
    written = "".join(f' {name}="{escape(value)}"' for name, value in attributes.items())
    return (f"<{tag}{written}/>", "") if tag in _VOID else (f"<{tag}{written}>", f"</{tag}>")
