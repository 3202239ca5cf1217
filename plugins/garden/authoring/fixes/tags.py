"""Correcting the variants of a tag, such as `Book` and `books`, to the most frequent of them."""

from garden.authoring.fixes.note_text import Edit, NoteText
from garden.linking.tag_variants import TagVariants
from garden.model.names import Folded, VaultPath, fold
from garden.model.note import Tag
from garden.model.settings import ReadingSettings
from garden.reading.document import read_document
from garden.reading.source import read_source

_MOST_USES = 500
"""Rounds for one note, each of which corrects one use of every tag: a bound, in case correcting does not end."""


def tags_meant(groups: list[TagVariants]) -> dict[Folded, str]:
    """Return the right tag for each variant."""
    return {fold(uses[0].name): group.kept for group in groups for uses in group.others}


def fix_tags(note: NoteText, path: VaultPath, meant: dict[Folded, str], settings: ReadingSettings) -> None:
    """Correct every use of a variant in a note.

    A Document has only the first use of each tag, so the note is read again until no variant is left. Searching the text
    for `#tag` instead would also change code and addresses.
    """
    for _ in range(_MOST_USES):
        document = read_document(read_source(path, note.text.encode("utf-8")), settings)
        edits = [
            edit for tag in document.tags if fold(tag.name) in meant for edit in _edits(tag, note, meant)
        ]
        if not edits:
            return
        note.apply(edits)


def _edits(tag: Tag, note: NoteText, meant: dict[Folded, str]) -> list[Edit]:
    """Return the edit of one tag, nothing if the file has another text there, such as the escapes of a quoted YAML text."""
    start = note.offset(tag.place)
    start += note.text.startswith("#", start)
    end = start + len(tag.name)
    return [Edit(start, end, meant[fold(tag.name)])] if note.text[start:end] == tag.name else []
