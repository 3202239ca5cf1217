"""Reads a drawing as a document (EX-1, EX-3, EX-4), from a note that the plugin has written or from a file of its own."""

import json
import re
from collections.abc import Mapping
from typing import Any, Final

from msgspec.structs import replace

from garden.model.body import Body, Part, Slot, SlotKind
from garden.model.diagnostic import Diagnostic, Place
from garden.model.markdown import plain as escaped
from garden.model.names import page_name, stem
from garden.model.note import OPENING, Document, Meta, Ref, RefKind, Source
from garden.model.settings import ReadingSettings
from garden.model.target import split_wikilink, wiki_target
from garden.model.views.drawing import DrawingView, DrawnImage
from garden.reading.drawings.lz_string import PackedTextError, unpacked
from garden.reading.drawings.shapes import (
    draw_element,
    is_filled,
    line_points,
    measure,
    readable_on,
    shown_text,
    text_of_element,
)
from garden.reading.free_text import read_free_text
from garden.reading.search_terms import note_terms, topics

# What the plugin writes into a note: the data, headings, the files in the drawing by their ids, and the links of elements.
_DATA: Final = re.compile(r"^```(compressed-json|json)\n(.*?)\n```", re.MULTILINE | re.DOTALL)
_SECTION: Final = re.compile(r"^#{1,2} (.+?)[ \t]*$", re.MULTILINE)
_EMBEDDED: Final = re.compile(r"^([0-9a-f]{8,64}): *!?\[\[([^\[\]]+)\]\]", re.MULTILINE)
_ELEMENT_LINK: Final = re.compile(r"^[\w-]+: *(\S.*)$", re.MULTILINE)
_LINK: Final = re.compile(r"\[\[[^\[\]]+\]\]|(?<!!)\[[^\[\]]*\]\([^()]+\)")
_MARGIN: Final = 10  # around the elements
_MOST: Final = 20_000  # elements, more than any drawing has (HC-10)


class UnreadableDrawingError(ValueError):
    """The data of a drawing cannot be read; the text says why."""


def read_drawing_note(source: Source, body: str, meta: Meta, settings: ReadingSettings) -> Document:
    """Return the drawing of a note that the plugin has written. Raises UnreadableDrawingError."""
    found = list(_DATA.finditer(body))
    if not found:
        raise UnreadableDrawingError("it has no data")
    kind, data = found[-1].groups()
    try:
        text = unpacked(data) if kind == "compressed-json" else data
    except PackedTextError as error:
        raise UnreadableDrawingError(str(error)) from error
    sections = _sections(body[: found[-1].start()])
    links = [match[1] for match in _ELEMENT_LINK.finditer(sections.get("element links", ""))]
    title = meta.title or stem(source.path).removesuffix(".excalidraw")
    return _document(source, _json(text), meta, title, sections.get("embedded files", ""), links, settings)


def read_drawing_file(source: Source, settings: ReadingSettings) -> Document:
    """Return the drawing of a file. Raises UnreadableDrawingError."""
    return _document(source, _json(source.text), Meta(), page_name(source.path), "", [], settings)


def _json(text: str) -> Mapping[str, Any]:
    """Return the data of a drawing. Raises UnreadableDrawingError."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableDrawingError("its data is not JSON") from error
    if not isinstance(found, dict):
        raise UnreadableDrawingError("its data is not a drawing")
    return found


def _sections(body: str) -> dict[str, str]:
    """Return the text below each heading that the plugin writes, by the heading in lower case."""
    pieces = _SECTION.split(body)
    return {name.lower(): text for name, text in zip(pieces[1::2], pieces[2::2], strict=True)}


def _document(  # noqa: PLR0913, PLR0917 (each comes from elsewhere)
    source: Source,
    whole: Mapping[str, Any],
    meta: Meta,
    title: str,
    embedded: str,
    links: list[str],
    settings: ReadingSettings,
) -> Document:
    """Return a drawing as a document: a picture, and below it a list of the links in it.

    `embedded` is the list of the files in it, `links` are the links of its elements.
    """
    place = Place(source.path, 1, 1)
    refs: list[Ref] = list(meta.refs)
    images: dict[str, int] = {}
    for file_id, inner in _EMBEDDED.findall(embedded):
        split = split_wikilink(inner)
        if split:
            images[file_id] = len(refs)
            refs.append(Ref(RefKind.EMBED, wiki_target(split[0]), split[0], place))
    written = whole.get("elements")
    elements = [
        element
        for element in (written if isinstance(written, list) else [])[:_MOST]
        if isinstance(element, dict) and not element.get("isDeleted")
    ]
    texts = [
        text for element in elements if element.get("type") == "text" and (text := text_of_element(element))
    ]
    links = [*links, *(link for element in elements if isinstance(link := element.get("link"), str) and link)]
    listed = _listed([match[0] for text in texts for match in _LINK.finditer(text)] + links)
    read = read_free_text(listed, source.path, settings, meta.lang, len(refs))
    refs += [replace(ref, place=place, relation="") for ref in read.refs]
    # The plain text is for search and for readers who do not see the drawing.
    plain = "\n".join(" ".join(shown_text(text).split()) for text in texts)
    words = plain.split()
    view = DrawingView(_svg(elements, images), plain.replace("\n", ", "), len(elements))
    parts: tuple[Part, ...] = (Slot(SlotKind.VIEW, view), *read.parts)
    return Document(
        source.path,
        source.sha,
        title,
        meta,
        tuple(refs),
        meta.tags,
        opening=plain[:OPENING],
        has_text=bool(words),
        words=len(words),
        body=Body(
            parts,
            markdown=(_paragraphs(plain), *read.markdown),
            plain=plain,
            terms=note_terms(plain, words, (), topics(source.path, meta.tags), (title,)),
        ),
        problems=tuple(_placed(problem, place) for problem in read.problems),
        view="drawing",
    )


def _paragraphs(plain: str) -> str:
    """Return the texts of a drawing as paragraphs of Markdown."""
    return "".join(f"{escaped(line)}\n\n" for line in plain.split("\n") if line)


def _placed(problem: Diagnostic, place: Place) -> Diagnostic:
    """Return a problem of the drawing's text at the place of the drawing, since that text is in no file."""
    return replace(problem, place=place, related=())


def _listed(links: list[str]) -> str:
    """Return links as a list in Markdown, each once."""
    found = []
    for link in dict.fromkeys(links):
        line = " ".join(link.split())
        found.append(f"- {line if _LINK.search(line) else f'<{line}>'}")
    return "\n".join(found)


def _svg(elements: list[dict[str, Any]], images: Mapping[str, int]) -> "tuple[str | DrawnImage, ...]":
    """Return the picture from the attributes of its `<svg>` on, with gaps for images, neighbouring texts joined."""
    boxes = [_bounds(element) for element in elements]
    if not boxes:
        return ()
    left, top = min(box[0] for box in boxes) - _MARGIN, min(box[1] for box in boxes) - _MARGIN
    right, bottom = max(box[2] for box in boxes) + _MARGIN, max(box[3] for box in boxes) + _MARGIN
    width, height = right - left, bottom - top
    pieces: list[str | DrawnImage] = [
        f'viewBox="{left:.6g} {top:.6g} {width:.6g} {height:.6g}" width="{width:.0f}" height="{height:.0f}">'
    ]
    filled: list[Mapping[str, Any]] = []
    for element in elements:
        pieces += draw_element(readable_on(element, filled), images)
        filled += [element] if is_filled(element) else []
    joined: list[str | DrawnImage] = []
    for piece in pieces:
        if isinstance(piece, str) and joined and isinstance(joined[-1], str):
            joined[-1] += piece
        else:
            joined.append(piece)
    return tuple(joined)


def _bounds(element: Mapping[str, Any]) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of an element."""
    x, y = measure(element, "x"), measure(element, "y")
    found = line_points(element)
    if found:
        across, down = [x + point[0] for point in found], [y + point[1] for point in found]
        return min(across), min(down), max(across), max(down)
    return x, y, x + measure(element, "width"), y + measure(element, "height")
