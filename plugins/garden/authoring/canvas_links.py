"""Changing the links in a canvas: the files that it shows, and the links in its Markdown (CV)."""

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from garden.authoring.fixes.note_text import Edit, NoteText
from garden.authoring.json_texts import JsonText, written_text
from garden.model.names import VaultPath
from garden.model.note import Ref
from garden.model.settings import ReadingSettings
from garden.reading.free_text import read_free_text


class NewTexts(NamedTuple):
    """The new destinations of references, by index.

    `wanted` are the indexes of those that change. `file` returns the path for a node that shows a file, `link` the text for
    a link in Markdown; its second argument says whether the link has its destination between `<` and `>`.
    """

    wanted: Collection[int]
    link: Callable[[int, bool], str]
    file: Callable[[int], VaultPath]


def canvas_edits(
    canvas: NoteText, refs: Sequence[Ref], new: NewTexts, settings: ReadingSettings
) -> Iterator[Edit]:
    """Yield the edits that change references of a canvas.

    A canvas is JSON: all references in one text of it have the place of that text. Those that are not in a JSON text,
    such as in the properties of the canvas, are left as they are.
    """
    for place, group in groupby(range(len(refs)), key=lambda at: refs[at].place):
        indexes = list(group)
        if not any(at in new.wanted for at in indexes):
            continue
        written = written_text(canvas.text, canvas.offset(place))
        if written is None:
            continue
        # If its only reference begins with the whole text, it is the path of a file; otherwise it is Markdown.
        [first, *others] = indexes
        if not others and refs[first].raw.startswith(written.text):
            yield written.edit(0, len(written.text), new.file(first))
        else:
            within = read_free_text(written.text, place.path, settings).refs
            yield from _text_edits(written, indexes, within, new)


def _text_edits(
    written: JsonText, indexes: Sequence[int], within: Sequence[Ref], new: NewTexts
) -> Iterator[Edit]:
    """Yield the edits of a text in Markdown; `indexes` are those that its references `within` have in the canvas."""
    text = written.text
    # Reading makes one character of `\r\n`, so the places of references would be wrong after one.
    if "\r" in text or len(within) != len(indexes):
        return
    lines = text.split("\n")
    for at, ref in zip(indexes, within, strict=True):
        if at not in new.wanted:
            continue
        start = sum(len(line) + 1 for line in lines[: ref.place.line - 1]) + ref.place.column - 1
        start = text.find(ref.raw, start, start + len(lines[ref.place.line - 1]) + 1)
        if start >= 0:
            yield written.edit(start, start + len(ref.raw), new.link(at, text[:start].endswith("<")))
