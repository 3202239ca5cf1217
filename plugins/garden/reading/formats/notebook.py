"""A Jupyter notebook as a note: Markdown cells, code and the outputs that are stored; nothing is ever run.

Only the format of notebooks of version 4 is read, which has been current since 2014. It is JSON, and so little of it is needed
that the package `nbformat`, with its eight dependencies, would not be worth its weight. Scripts in outputs are left out; other HTML
in them counts as HTML that an author writes. Pictures are put into the page.
"""

import html
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from garden.model.names import VaultPath
from garden.reading.formats import METADATA_END, UnreadableNoteError
from garden.reading.formats.front_matter import front_matter_text
from garden.reading.formats.html_blocks import html_block

_YAML: Final = re.compile(r"\A\s*---[ \t]*\n.*?\n---[ \t]*(?:\n|\Z)", re.DOTALL)
_HEADER_LINE: Final = re.compile(r"[-*]?\s*(?P<key>[A-Za-z][\w -]*):\s*(?P<value>.*)")
_ESCAPE_CODE: Final = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_PICTURES: Final = ("image/svg+xml", "image/png", "image/jpeg", "image/gif", "image/webp")
_ATTACHMENT: Final = re.compile(r"attachment:([^)\s\"'>]+)")
_FENCE: Final = re.compile(r"^\s*(`{3,})", re.MULTILINE)


class NotebookPart(NamedTuple):
    """A part of the text of the note, and the cell that it comes from.

    `cell` is an index in the file, None for metadata that are in no cell. `shift` leads from a line of the part to that
    of the cell's source, or of the file beside the notebook, by addition; None where the lines differ, as in an output.
    """

    text: str
    cell: int | None
    shift: int | None = None


class NotebookParts(NamedTuple):
    """A notebook as a note: its front matter, and the parts of its text with a blank line between them."""

    front: NotebookPart | None
    parts: tuple[NotebookPart, ...]


def notebook_text(_path: VaultPath, data: bytes) -> str:
    """Return a notebook as the text of a note. Raises UnreadableNoteError for one that cannot be read.

    Metadata from a file beside the notebook, which `data` may begin with, counts as that of a first raw cell.
    """
    front, parts = notebook_parts(data)
    return (front.text if front else "") + "\n\n".join(part.text for part in parts) + "\n"


def notebook_parts(data: bytes) -> NotebookParts:
    """Return the parts of the text that a notebook becomes. Raises UnreadableNoteError as `notebook_text`."""
    beside, _, content = data.rpartition(METADATA_END)
    try:
        # `strict=False` accepts line ends inside texts, which some programs have written without escaping them.
        notebook = json.loads(content.decode("utf-8-sig"), strict=False)
    except (ValueError, RecursionError) as error:
        raise UnreadableNoteError(f"this is not a notebook: {error}") from error
    if not isinstance(notebook, dict) or not isinstance(notebook.get("cells"), list):
        raise UnreadableNoteError(
            "this notebook is not in format 4; `jupyter nbconvert --to notebook` converts it"
        )
    metadata = _mapping(notebook.get("metadata"))
    cells = [(index, cell) for index, cell in enumerate(notebook["cells"]) if isinstance(cell, dict)]
    front = _front_matter(cells, metadata)
    if front and front.cell is not None:
        del cells[0]
    if beside.strip():
        front = _metadata_beside(beside.decode("utf-8-sig", "replace"), front.text if front else "")
    language = _language(metadata)
    parts = (part for index, cell in cells for part in _cell(index, cell, language) if part.text.strip())
    return NotebookParts(front, tuple(map(_stripped, parts)))


def _stripped(part: NotebookPart) -> NotebookPart:
    """Return a part without the empty lines around it."""
    above = len(part.text) - len(part.text.lstrip("\n"))
    return part._replace(text=part.text.strip("\n"), shift=None if part.shift is None else part.shift + above)


def _front_matter(
    cells: Sequence[tuple[int, dict[str, Any]]], metadata: Mapping[str, Any]
) -> NotebookPart | None:
    """Return the front matter from the first cell, raw or Markdown, or from the title in the metadata."""
    for index, cell in cells[:1]:
        first, kind = _text(cell.get("source")), cell.get("cell_type")
        if kind in ("raw", "markdown") and _YAML.match(first):
            return _yaml(first, index)
        header = _header(first, index) if kind == "raw" else None
        if header:
            return header
    title = metadata.get("title")
    return (
        NotebookPart(front_matter_text({"title": title}), None) if isinstance(title, str) and title else None
    )


def _yaml(text: str, cell: int | None) -> NotebookPart:
    """Return front matter in YAML as a part."""
    return NotebookPart(text.strip() + "\n", cell, _lines_above(text))


def _header(text: str, cell: int | None) -> NotebookPart | None:
    """Return lines such as `Title: A notebook` as front matter, None when there are others among them."""
    found = [_HEADER_LINE.fullmatch(line.strip()) for line in text.splitlines() if line.strip()]
    if not (found and all(found)):
        return None
    values = {line["key"]: line["value"] for line in found if line}
    # If no line is empty or repeated, the lines of the front matter are those of the cell, after the one that opens it.
    is_line_by_line = len(values) == len(text.strip().split("\n"))
    return NotebookPart(front_matter_text(values), cell, _lines_above(text) - 1 if is_line_by_line else None)


def _lines_above(text: str) -> int:
    """Return the number of line ends before the first character that is not white space."""
    return text.count("\n", 0, len(text) - len(text.lstrip()))


def _metadata_beside(text: str, inside: str) -> NotebookPart:
    """Return the metadata from the file beside a notebook as front matter.

    Raises UnreadableNoteError when it cannot be read, or when another status in the notebook could be meant.
    """
    text = text.replace("\r\n", "\n")
    front = _yaml(text, None) if _YAML.match(text) else _header(text, None)
    if front is None:
        raise UnreadableNoteError(
            "the metadata in the file beside this notebook is neither YAML nor lines such as `Title: A notebook`"
        )
    if "status" in inside.lower():
        raise UnreadableNoteError(
            "this notebook has metadata in its first cell and in the file beside it; keep one of them"
        )
    return front


def _cell(index: int, cell: Mapping[str, Any], language: str) -> Iterator[NotebookPart]:
    """Yield the parts of Markdown that a cell makes; its tags may leave out all of it, its code or its outputs."""
    tags = {str(tag).replace("-", "_") for tag in _list(_mapping(cell.get("metadata")).get("tags"))}
    source = _text(cell.get("source"))
    if "remove_cell" in tags:
        return
    if cell.get("cell_type") == "markdown":
        yield NotebookPart(_with_attachments(source, _mapping(cell.get("attachments"))), index, shift=0)
    if cell.get("cell_type") != "code":
        return
    if "remove_input" not in tags and source.strip():
        # The fence is the line before the source.
        yield NotebookPart(_fenced(source, language), index, shift=-1)
    if not tags & {"remove_output", "remove_outputs"}:
        for output in _list(cell.get("outputs")):
            yield NotebookPart(_output(_mapping(output)), index)


def _output(output: Mapping[str, Any]) -> str:
    """Return what a stored output shows; of several forms the one that needs no script."""
    if output.get("output_type") == "stream":
        return _printed(_text(output.get("text")))
    if output.get("output_type") == "error":
        return _printed("\n".join(str(line) for line in _list(output.get("traceback"))))
    data = _mapping(output.get("data"))
    for kind in _PICTURES:
        if kind in data:
            return _picture(kind, _text(data[kind]), _text(data.get("text/plain")))
    if "text/html" in data:
        # Most are tables, which scroll inside themselves where they are wide.
        return html_block(_text(data["text/html"]), "notebook-output table")
    for kind in ("text/markdown", "text/latex"):
        if kind in data:
            return _text(data[kind])
    return _printed(_text(data.get("text/plain")))


def _printed(text: str) -> str:
    """Return text as it was printed, without the codes that colour it in a terminal."""
    plain = _ESCAPE_CODE.sub("", text).rstrip()
    return html_block(f"<pre>{html.escape(plain)}</pre>", "notebook-output") if plain else ""


def _picture(kind: str, content: str, alt: str) -> str:
    """Return a picture as HTML that contains it; SVG is stored as text, other kinds in base64."""
    from base64 import b64encode

    encoded = b64encode(content.encode()).decode() if kind == "image/svg+xml" else "".join(content.split())
    shown = html.escape(" ".join(alt.split()))
    image = f'<img src="data:{kind};base64,{html.escape(encoded)}" alt="{shown}">'
    return html_block(image, "notebook-output")


def _with_attachments(source: str, attachments: Mapping[str, Any]) -> str:
    """Return a Markdown cell with the pictures that are pasted into it."""

    def address(match: re.Match[str]) -> str:
        for kind, content in _mapping(attachments.get(match[1])).items():
            return f"data:{kind};base64,{''.join(_text(content).split())}"
        return match[0]

    return _ATTACHMENT.sub(address, source) if attachments else source


def _fenced(source: str, language: str) -> str:
    """Return code between fences that are longer than any in it."""
    longest = max((len(mark) for mark in _FENCE.findall(source)), default=2)
    fence = "`" * max(3, longest + 1)
    return f"{fence}{language}\n{source.rstrip()}\n{fence}"


def _language(metadata: Mapping[str, Any]) -> str:
    """Return the language of the code cells, Python if the notebook does not say."""
    named = _mapping(metadata.get("language_info")).get("name") or _mapping(metadata.get("kernelspec")).get(
        "language"
    )
    return re.sub(r"[^\w+#.-]", "", str(named or "python")).lower()


def _text(value: object) -> str:
    """Return a text of a notebook, which may be one or a list of lines."""
    return "".join(map(str, value)) if isinstance(value, list) else value if isinstance(value, str) else ""


def _mapping(value: object) -> Mapping[str, Any]:
    """Return a mapping of the file, empty if there is something else."""
    return value if isinstance(value, Mapping) else {}


def _list(value: object) -> Sequence[Any]:
    """Return a list of the file, empty if there is something else."""
    return value if isinstance(value, list) else ()
