"""Reads view files, which are bases (BA), canvases (CV) and drawings (EX), as Documents, like notes."""

from msgspec.structs import replace

from garden.model.body import Body, Part, Slot, SlotKind
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import extension, page_name
from garden.model.note import Document, Meta, Source
from garden.model.settings import ReadingSettings
from garden.model.views.queries import LiveView
from garden.reading.canvas import read_canvas
from garden.reading.drawings.drawing import UnreadableDrawingError, read_drawing_file
from garden.reading.queries.base_files import read_base
from garden.reading.queries.cursor import LiveQueryError
from garden.reading.syntax.engine.mapped_text import MappedText
from garden.reading.syntax.engine.serialize import escape


def read_view_file(source: Source, settings: ReadingSettings) -> Document:
    """Return the document of a base, canvas or drawing."""
    match extension(source.path):
        case "base":
            return _base(source)
        case "canvas":
            found = read_canvas(source, settings)
            if isinstance(found, Document):
                return found
            # Its source is never shown, since it may name unpublished notes.
            return _document(source, view_box("Canvas", "", "canvas"), (found,))
        case _:
            return _drawing(source, settings)


def _base(source: Source) -> Document:
    """Return a base as a document; of one that cannot be read, only the wrong line is shown."""
    lines = MappedText([(line, number, 1) for number, line in enumerate(source.text.split("\n"), 1)])
    try:
        query = read_base(source.text, lines.place)
    except LiveQueryError as error:
        line = source.text.split("\n")[error.spot[0] - 1] if error.spot[0] else ""
        place = Place(source.path, *error.spot)
        problem = Diagnostic(place, error.code, f"this base is not rendered: {error.message}", error.hint)
        return _document(source, view_box("Base", line, "base"), (problem,))
    view = LiveView("base", query, source.text, is_file=True)
    return _document(source, (Slot(SlotKind.VIEW, view),))


def _drawing(source: Source, settings: ReadingSettings) -> Document:
    """Return a drawing as a document; of one that cannot be read, nothing is shown."""
    try:
        return read_drawing_file(source, settings)
    except UnreadableDrawingError as error:
        problem = Diagnostic(
            Place(source.path, 1, 1), "view-syntax", f"this drawing is not rendered: {error}"
        )
        document = _document(source, view_box("Excalidraw drawing", "", "excalidraw"), (problem,))
        return replace(document, view="drawing")


def _document(source: Source, parts: tuple[Part, ...], problems: tuple[Diagnostic, ...] = ()) -> Document:
    """Return the document of a view file that shows `parts`."""
    return Document(
        source.path,
        source.sha,
        page_name(source.path),
        Meta(),
        body=Body(parts, markdown=parts, has_views=True),
        problems=(*source.problems, *problems),
    )


def view_box(name: str, code: str, language: str) -> tuple[Part, ...]:
    """Return the box of a view that cannot be read (VW-14)."""
    return (
        f'<figure class="not-rendered" data-view="error" data-view-source="{language}"><figcaption>{escape(name)} (',
        Slot(SlotKind.WORD, "not_rendered"),
        ")</figcaption>\n<details><summary>",
        Slot(SlotKind.WORD, "source"),
        f'</summary>\n<pre tabindex="0"><code class="language-{language}">{escape(code)}\n</code></pre>\n</details>\n</figure>\n',
    )
