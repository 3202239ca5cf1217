"""Finds a status outside the front matter, which has no effect there but is clearly meant to hold the note back (PB-1b).

Nothing else is read as metadata here. The first lines of a note are searched for a line that clearly holds it back:
after a mark that does not open front matter (`----`, or `---` below a heading), in lines `Key: value` that are not a
header (FM-13), even with a misspelt key, in JSON, or in a line that YAML joins to the one above (`status:draft`). A
note whose front matter clearly says where it may appear is not searched.
"""

import re
from typing import NamedTuple

from garden.model.note import Status
from garden.reading.frontmatter.publication import misspelt_gate
from garden.reading.frontmatter.statuses import GateKey, gate_key, status_word, withholding_status

_MOST_LINES = 60  # of the first paragraph; longer ones are prose
# A line `key: value`, also in a list, a quote or a comment, with marks of emphasis, or with another sign than the colon.
_LINE = re.compile(
    r"""[ \t>{-]*["'*_`]*(?P<key>[^\W\d_][\w -]{0,20}?)["'*_`]*[ \t]*(?:::?|：|=)[*_]*[ \t]*(?P<value>.*)"""
)
_BLANK = re.compile(r"\s*")
# Any line that its author may have meant to open front matter
_RULE = re.compile(r"[ \t]*(?:[-—–_*=+~]+|\{)[ \t]*")
_ENDS = re.compile(r"\s*|[ \t]*(?:```|~~~).*")  # a blank line, or code, which only quotes
_HEADING = re.compile(r" {0,3}#{1,6}[ \t].*")
_COMMENT_OPENS = re.compile(r"\s*(?P<mark><!--|%%)")
_CLOSED_BY = {"<!--": "-->", "%%": "%%"}


class OutsideStatus(NamedTuple):
    """The status that a line asks for, the line as written (trimmed), and its number in the text, from 0."""

    status: Status
    written: str
    line: int


def status_outside(
    text: str, own: tuple[tuple[str, str], ...], *, after_front_matter: bool = False, header: bool = False
) -> OutsideStatus | None:
    """Return the first line at the beginning of `text` that holds the note back, None when there is none.

    Blank lines, headings, comments and rules before it are skipped; after front matter only blank lines are, since
    there a rule cannot be a mark of front matter (FM-1). With `header` the first line has one of Pelican's keys: then
    an unknown status counts, too, unless it is a tag or a link (FM-13).
    """
    lines = text.split("\n")
    start = _first_line(lines, blank_only=after_front_matter)
    for number in range(start, min(len(lines), start + _MOST_LINES)):
        line = lines[number]
        if _ENDS.fullmatch(line) or (number > start and _RULE.fullmatch(line)):
            return None
        status = _asked(line, own, header=header)
        if status is not None:
            return OutsideStatus(status, line.strip(), number)
    return None


def misspelt_outside(text: str, own: tuple[tuple[str, str], ...]) -> OutsideStatus | None:
    """Return the first line with a misspelt key that holds the note back, if the first lines are all `key: value`.

    The first lines end at the first empty one. In a paragraph of prose such a line does not count.
    """
    lines = text.split("\n")
    start = _first_line(lines, blank_only=False)
    found = None
    for number in range(start, min(len(lines), start + _MOST_LINES)):
        line = lines[number]
        if _BLANK.fullmatch(line):
            break
        match = _LINE.fullmatch(line)
        if match is None:
            return None
        meant = misspelt_gate(match["key"].strip().casefold(), _bare_value(match), own)
        if found is None and meant is not None:
            found = OutsideStatus(meant.status, line.strip(), number)
    return found


def status_inside(yaml: str, own: tuple[tuple[str, str], ...], read: frozenset[int]) -> OutsideStatus | None:
    """Return a line of front matter that holds the note back, but is not a key; `read` are the lines of keys."""
    for number, line in enumerate(yaml.split("\n")):
        if number not in read and not line.lstrip().startswith("#"):
            status = _asked(line, own, header=False)
            if status is not None:
                return OutsideStatus(status, line.strip(), number)
    return None


def _first_line(lines: list[str], *, blank_only: bool) -> int:
    """Return the number of the first line that is not skipped."""
    number = 0
    while number < len(lines):
        line = lines[number]
        comment = None if blank_only else _COMMENT_OPENS.match(line)
        if comment:
            number = _after_comment(lines, number, comment.end(), _CLOSED_BY[comment["mark"]])
        elif _BLANK.fullmatch(line) or (
            not blank_only and (_RULE.fullmatch(line) or _HEADING.fullmatch(line))
        ):
            number += 1
        else:
            break
    return number


def _after_comment(lines: list[str], number: int, start: int, closing: str) -> int:
    """Return the number of the line after the end of a comment, or the number of lines if it is never closed."""
    if closing in lines[number][start:]:
        return number + 1
    for later in range(number + 1, len(lines)):
        if closing in lines[later]:
            return later + 1
    return len(lines)


def _bare_value(line: re.Match[str]) -> str:
    """Return the value of a line without a comment of YAML, and without what ends a line of JSON or a line of Markdown."""
    return line["value"].partition(" #")[0].rstrip(" \t,}\\")


def _asked(line: str, own: tuple[tuple[str, str], ...], *, header: bool) -> Status | None:
    """Return the status that a line asks for if it holds the note back, None otherwise; `header` as in `status_outside`."""
    match = _LINE.fullmatch(line)
    key = gate_key(match["key"]) if match else None
    if match is None or key is None:
        return None
    value = _bare_value(match)
    status = withholding_status(key, value, own)
    if status is None and header and key is GateKey.STATUS:
        unknown = bool(value.strip()) and not value.startswith("#") and "[[" not in value
        status = Status.DRAFT if unknown and status_word(value, own) is None else None
    return status
