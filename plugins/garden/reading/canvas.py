"""Reads canvases in the format JSON Canvas 1.0 (CV) as one note: their texts are its Markdown, their files its references."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from math import isfinite
from typing import Any, Final

from msgspec.structs import replace

from garden.model.body import Body, Footnote, Part, Slot, SlotKind
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import fold, page_name
from garden.model.note import OPENING, Document, Meta, Ref, RefKind, Source, Tag
from garden.model.settings import ReadingSettings
from garden.model.target import wiki_target
from garden.model.views.canvas import CanvasEdge, CanvasNode, CanvasView
from garden.reading.free_text import FreeText, read_free_text
from garden.reading.frontmatter.read import read_front_matter
from garden.reading.json_places import text_places
from garden.reading.search_terms import note_terms, topics

_KINDS: Final = ("text", "file", "link", "group")
_SIDES: Final = frozenset(("top", "right", "bottom", "left"))
_COLOR: Final = re.compile(r"[1-6]|#(?:[0-9a-fA-F]{3}|[0-9a-fA-F]{6})")
_MOST_EDGES: Final = 5000  # no page can show more (HC-10)
_NAME_LENGTH: Final = 60  # characters of a text that are its name for screen readers
_LARGEST: Final = 1e7  # of a coordinate or a size: more is a mistake


@dataclass(slots=True)
class _Found:
    """The content of all nodes of a canvas, collected as that of one note."""

    meta: Meta
    refs: list[Ref]
    tags: list[Tag]
    footnotes: list[Footnote] = field(default_factory=list)
    markdown: list[Part] = field(default_factory=list)
    plain: list[str] = field(default_factory=list)
    words: int = 0
    texts: int = 0  # how many nodes have been texts
    raw: Place | None = None  # the first HTML by the author
    problems: list[Diagnostic] = field(default_factory=list)


def read_canvas(source: Source, settings: ReadingSettings) -> Document | Diagnostic:
    """Return the document of a canvas, or a problem if it is not JSON."""
    try:
        whole = json.loads(source.text) if source.text.strip() else {}
    except json.JSONDecodeError as error:
        place = Place(source.path, error.lineno, error.colno)
        return Diagnostic(place, "canvas-malformed", f"this canvas is not JSON: {error.msg}")
    except (RecursionError, ValueError):
        return Diagnostic(Place(source.path, 1, 1), "canvas-malformed", "this canvas is not valid JSON")
    if not isinstance(whole, dict):
        return Diagnostic(Place(source.path, 1, 1), "canvas-malformed", "this canvas is not a JSON object")
    return _CanvasReader(source, settings, whole).document()


class _CanvasReader:
    """Reads one canvas. What a node lacks is reported, and the node left out."""

    def __init__(self, source: Source, settings: ReadingSettings, whole: Mapping[str, Any]) -> None:
        self._source = source
        self._settings = settings
        self._whole = whole
        self._places = text_places(source.text)
        meta, problems = self._front_matter()
        self._found = _Found(meta, list(meta.refs), list(meta.tags), problems=problems)

    def _front_matter(self) -> tuple[Meta, list[Diagnostic]]:
        """Return the meta data in `metadata.frontmatter` (CV-2), and the problems with it."""
        metadata = self._whole.get("metadata")
        written = metadata.get("frontmatter") if isinstance(metadata, dict) else None
        if not isinstance(written, dict) or not written:
            return Meta(), []
        # JSON is also YAML. It is written on one line, so that every problem is reported at the place of the metadata.
        text = f"---\n{json.dumps(written, ensure_ascii=False)}\n---\n"
        front = read_front_matter(replace(self._source, text=text, problems=()), self._settings)
        place = self._place("metadata", "frontmatter")
        refs = tuple(replace(ref, place=place, relation="") for ref in front.meta.refs)
        tags = tuple(Tag(tag.name, place) for tag in front.meta.tags)
        problems = [replace(problem, place=place, related=()) for problem in front.problems]
        return replace(front.meta, refs=refs, tags=tags, places={}), problems

    def _place(self, *path: str | int) -> Place:
        """Return the place of the value at a path of keys and indexes."""
        return Place(self._source.path, *self._places.get(path, (1, 1)))

    def _malformed(self, path: tuple[str | int, ...], message: str) -> None:
        self._found.problems.append(Diagnostic(self._place(*path), "canvas-malformed", message))

    def document(self) -> Document:
        """Return the canvas as a document."""
        nodes: list[CanvasNode] = []
        indexes: dict[str, int] = {}
        for number, written in enumerate(_items(self._whole.get("nodes"))):
            node = self._node(number, written, indexes)
            if node:
                indexes[written["id"]] = len(nodes)
                nodes.append(node)
        edges = []
        for number, written in enumerate(_items(self._whole.get("edges"))[:_MOST_EDGES]):
            edge = _edge(written, indexes)
            if edge:
                edges.append(edge)
            elif edge is None:
                self._malformed(("edges", number), "this edge has no beginning or no end, so it is left out")
        found, path = self._found, self._source.path
        title = found.meta.title or page_name(path)
        plain = "\n".join(found.plain)
        words = plain.split()
        tags: dict[str, Tag] = {}  # of equal tags the first
        for tag in found.tags:
            tags.setdefault(fold(tag.name), tag)
        view = Slot(SlotKind.VIEW, CanvasView(tuple(nodes), tuple(edges)))
        return Document(
            path,
            self._source.sha,
            title,
            found.meta,
            tuple(found.refs),
            tuple(tags.values()),
            opening=plain[:OPENING],
            has_text=bool(words),
            words=found.words,
            body=Body(
                (view,),
                tuple(found.footnotes),
                found.raw,
                tuple(found.markdown),
                plain=plain,
                terms=note_terms(plain, words, (), topics(self._source.path, tags.values()), (title,)),
            ),
            problems=(*self._source.problems, *found.problems),
        )

    def _node(self, number: int, written: Any, indexes: Mapping[str, int]) -> CanvasNode | None:
        """Return a node, None for one that cannot be shown; `indexes` are those of the nodes so far, by id."""
        path = ("nodes", number)
        box = _box(written)
        identifier = written.get("id") if isinstance(written, dict) else None
        if box is None or not isinstance(identifier, str) or not identifier:
            self._malformed(path, "this node has no id, place or size, so it is left out")
            return None
        if identifier in indexes:
            self._malformed(path, "another node has the same id, so this one is left out")
            return None
        kind = written.get("type")
        if kind not in _KINDS:
            self._malformed(path, f'"{kind}" is not a known type of node, so this one is left out')
            return None
        color = written.get("color")
        node = CanvasNode(
            str(kind), *box, color=color if isinstance(color, str) and _COLOR.fullmatch(color) else ""
        )
        match kind:
            case "text":
                return self._text(node, number, _string(written, "text"))
            case "file":
                return self._file(node, number, _string(written, "file"), _string(written, "subpath"))
            case "link":
                url = _string(written, "url")
                return replace(node, url=url, name=url)
            case _:
                background = _string(written, "background")
                label = _string(written, "label")
                ref = self._reference(background, "", self._place(*path, "background")) if background else -1
                if label:
                    self._found.plain.append(label)
                return replace(node, name=label, ref=ref)

    def _reference(self, file: str, subpath: str, place: Place) -> int:
        """Add a reference to a file, given by its path from the root of the vault; return its index."""
        target = wiki_target(f"/{file.lstrip('/')}{subpath}")
        self._found.refs.append(Ref(RefKind.EMBED, target, f"{file}{subpath}", place))
        return len(self._found.refs) - 1

    def _file(self, node: CanvasNode, number: int, file: str, subpath: str) -> CanvasNode | None:
        """Return a node that shows a file, or a part of it, None if it names none."""
        if not file:
            self._malformed(("nodes", number), "this node names no file, so it is left out")
            return None
        ref = self._reference(file, subpath, self._place("nodes", number, "file"))
        return replace(node, ref=ref)

    def _text(self, node: CanvasNode, number: int, text: str) -> CanvasNode:
        """Return a node that shows a text. All that is in the text counts for the canvas, at the place of the node.

        Ids get a prefix and footnotes other numbers, since all texts are on one page.
        """
        found = self._found
        place = self._place("nodes", number, "text")
        read = read_free_text(text, self._source.path, self._settings, found.meta.lang, len(found.refs))
        found.refs += [replace(ref, place=place, relation="") for ref in read.refs]
        found.tags += [Tag(tag.name, place) for tag in read.tags]
        found.problems += [replace(problem, place=place, related=()) for problem in read.problems]
        found.plain += read.plain
        found.words += read.words
        if read.raw:
            found.raw = found.raw or place
        found.texts += 1
        prefix, first = f"text-{found.texts}:", len(found.footnotes)
        found.footnotes += [
            Footnote(
                note.label,
                note.number + first,
                _shifted(note.parts, prefix, first),
                _shifted(note.markdown, prefix, first),
            )
            for note in read.footnotes
        ]
        if found.markdown:
            found.markdown.append("\n\n")
        found.markdown += _shifted(read.markdown, prefix, first)
        return replace(node, parts=_shifted(read.parts, prefix, first), name=_name(read))


def _shifted(parts: tuple[Part, ...], prefix: str, first: int) -> tuple[Part, ...]:
    """Return parts with a prefix before their ids, and with their footnotes counted from `first` on."""
    return tuple(_shifted_part(part, prefix, first) for part in parts)


def _shifted_part(part: Part, prefix: str, first: int) -> Part:
    """Return one part, changed as in `_shifted`."""
    if isinstance(part, Slot):
        if part.kind in (SlotKind.ID, SlotKind.FRAGMENT):
            return Slot(part.kind, f"{prefix}{part.value}")
        if part.kind is SlotKind.FOOTNOTE and isinstance(part.value, int):
            return Slot(part.kind, part.value + first)
    return part


def _name(read: FreeText) -> str:
    """Return the first words of a text."""
    line = next((line.strip() for line in (*read.titles, *read.plain) if line.strip()), "")
    return line if len(line) <= _NAME_LENGTH else line[:_NAME_LENGTH].rsplit(" ", 1)[0] + "…"


def _items(value: Any) -> list[Any]:
    """Return a list of the file, empty if there is something else."""
    return value if isinstance(value, list) else []


def _string(written: Mapping[str, Any], name: str) -> str:
    """Return a text of the file, empty if there is something else."""
    value = written.get(name)
    # JSON may contain these characters, but the Markdown parser must not get them.
    return re.sub("[\x00\x02\x03]", "\ufffd", value).replace("\r\n", "\n") if isinstance(value, str) else ""


def _box(written: Any) -> tuple[int, int, int, int] | None:
    """Return left, top, width and height of a node, None unless they are finite numbers of a reasonable size."""
    if not isinstance(written, dict):
        return None
    values = [written.get(name) for name in ("x", "y", "width", "height")]
    numbers = [
        round(value)
        for value in values
        if isinstance(value, int | float)
        and not isinstance(value, bool)
        and isfinite(value)
        and abs(value) < _LARGEST
    ]
    if len(numbers) < 4 or numbers[2] < 0 or numbers[3] < 0:
        return None
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _edge(written: Any, indexes: Mapping[str, int]) -> CanvasEdge | None:
    """Return an edge, None for one without an end."""
    if not isinstance(written, dict):
        return None
    ends = [
        indexes.get(name) if isinstance(name := written.get(key), str) else None
        for key in ("fromNode", "toNode")
    ]
    begin, end = ends
    if begin is None or end is None:
        return None
    sides = [side if (side := written.get(key)) in _SIDES else "" for key in ("fromSide", "toSide")]
    color = _string(written, "color")
    return CanvasEdge(
        begin,
        end,
        str(sides[0]),
        str(sides[1]),
        begin_arrow=written.get("fromEnd") == "arrow",
        end_arrow=written.get("toEnd") != "none",
        color=color if _COLOR.fullmatch(color) else "",
        label=_string(written, "label"),
    )
