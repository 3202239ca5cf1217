"""What is at the cursor, or being typed before it: a link, a tag, the name of a field or of a property."""

import re
from enum import Enum
from typing import Final

from msgspec import Struct

from garden.model.note import Document, Ref, RefKind, Tag
from garden.reading.frontmatter.parsing.cut import cut_front_matter

# What is before the cursor; the last group is what has been typed so far.
_OPEN_LINK: Final = re.compile(r"(!?)\[\[([^\[\]|\n]*)$")
_TAG: Final = re.compile(r"(?<![\w#/&])#([\w/-]*)$")
_FIELD: Final = re.compile(r"^[ \t]*(?:[-*+>][ \t]+)*[*_]*([^\W\d_][\w -]*)?$")
_PROPERTY_KEY: Final = re.compile(r"^([\w-]*)$")
_PROPERTY_TAG: Final = re.compile(r"^tags?[ \t]*:[ \t]*\[?(?:[^\]]*[,\s\[])?[\"'#]*([\w/-]*)$", re.IGNORECASE)
_LIST_ITEM: Final = re.compile(r"^[ \t]*-[ \t]+[\"'#]*([\w/-]*)$")

_WHOLE_LINK: Final = re.compile(r"!?\[\[[^\[\]\n]*\]\]|!?\[[^\[\]\n]*\]\([^()\n]*\)")


class TypingContext(Enum):
    """What is being typed before the cursor."""

    NOTHING = "nothing"
    NOTE = "note"  # [[…
    FILE = "file"  # ![[…
    HEADING = "heading"  # [[note#…
    BLOCK = "block"  # [[note#^…
    TAG = "tag"
    FIELD = "field"
    PROPERTY = "property"


class TypedText(Struct, frozen=True):
    """What is being typed: its kind, the words so far, and the column at which they begin (0-based, code points).

    For a heading or block, `target` is the note as the link names it, empty for a link into the note itself.
    """

    context: TypingContext
    words: str = ""
    start: int = 0
    target: str = ""


def typed_before(text: str, line: int, column: int) -> TypedText:
    """Return what is being typed at a place in a note; line and column are 0-based, in code points."""
    lines = text.split("\n", line + 1)
    before = lines[line][:column] if line < len(lines) else ""
    link = _OPEN_LINK.search(before)
    if link:
        return _in_link(link, len(before))
    if _is_in_front_matter(text, line):
        return _in_front_matter(lines[: line + 1], before)
    tag = _TAG.search(before)
    if tag and (tag[1] or tag.start() > 0):
        return TypedText(TypingContext.TAG, tag[1], tag.start(1))
    field = _FIELD.match(before)
    if field and field[1]:
        return TypedText(TypingContext.FIELD, field[1], field.start(1))
    return TypedText(TypingContext.NOTHING)


def ref_at(document: Document, text: str, line: int, column: int) -> Ref | None:
    """Return the reference that a place (0-based) is in."""
    lines = text.split("\n", line + 1)
    if line >= len(lines):
        return None
    on_line = [ref for ref in document.refs if ref.place.line == line + 1 and ref.place.column - 1 <= column]
    for ref in reversed(on_line):
        start = ref.place.column - 1
        whole = _WHOLE_LINK.match(lines[line], start)
        end = whole.end() if whole else start + len(ref.raw)
        if column <= end:
            return ref
    # For a link in a property, only the line may be known, not the column.
    properties = [ref for ref in document.refs if ref.kind is RefKind.PROPERTY and ref.place.line == line + 1]
    return properties[0] if len(properties) == 1 and not on_line else None


def tag_at(document: Document, text: str, line: int, column: int) -> str:
    """Return the tag that a place is in, without `#`, empty for none."""
    lines = text.split("\n", line + 1)
    words = lines[line] if line < len(lines) else ""
    for found in re.finditer(r"#?([\w/-]+)", words):
        if found.start() <= column <= found.end() and (
            found[0][0] == "#" or _is_tag(document.tags, found[1])
        ):
            return found[1]
    return ""


def destination_span(text: str, ref: Ref) -> tuple[int, int] | None:
    """Return start and end of a reference's destination in its line (0-based), None if another text is there."""
    lines = text.split("\n")
    if ref.place.line > len(lines):
        return None
    start = lines[ref.place.line - 1].find(ref.raw, ref.place.column - 1)
    return (start, start + len(ref.raw)) if start >= 0 else None


def end_of(line: str, column: int) -> int:
    """Return the column (0-based) at which a link, a word or a tag that begins at `column` ends."""
    link = _WHOLE_LINK.match(line, column)
    if link:
        return link.end()
    word = re.compile(r"\S[\w/-]*").match(line, column)
    return word.end() if word else min(column + 1, len(line))


def _in_link(link: re.Match[str], end: int) -> TypedText:
    """Return what is being typed in a link that is not closed; `end` is the column of the cursor."""
    inside = link[2]
    target, mark, part = inside.partition("#")
    if not mark:
        return TypedText(TypingContext.FILE if link[1] else TypingContext.NOTE, inside, end - len(inside))
    if "^" in part:
        words = part.rpartition("^")[2]
        return TypedText(TypingContext.BLOCK, words, end - len(words), target.strip())
    words = part.rpartition("#")[2]
    return TypedText(TypingContext.HEADING, words, end - len(words), target.strip())


def _is_in_front_matter(text: str, line: int) -> bool:
    cut = cut_front_matter(text)
    if cut is None:
        return False
    first, last = text.count("\n", 0, cut.start), text.count("\n", 0, cut.end)
    return first <= line < last or (line == last and not cut.closed)


def _in_front_matter(lines: list[str], before: str) -> TypedText:
    """Return what is being typed in front matter: `lines` are those up to the cursor, `before` what is before it in the last one."""
    tag = _PROPERTY_TAG.match(before)
    item = _LIST_ITEM.match(before)
    if tag or (item and _key_above(lines) in ("tags", "tag")):
        found = tag or item
        assert found is not None
        return TypedText(TypingContext.TAG, found[1], found.start(1))
    key = _PROPERTY_KEY.match(before)
    return TypedText(TypingContext.PROPERTY, key[1], 0) if key else TypedText(TypingContext.NOTHING)


def _key_above(lines: list[str]) -> str:
    """Return the key of the property that the last line belongs to."""
    for line in reversed(lines[:-1]):
        if line[:1] not in (" ", "\t", "-"):
            return line.partition(":")[0].strip().lower()
    return ""


def _is_tag(tags: tuple[Tag, ...], word: str) -> bool:
    return any(tag.name == word for tag in tags)
