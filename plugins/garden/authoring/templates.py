"""Filling a template of the vault: Obsidian's placeholders, and the front matter of a new note.

The author has written the template, so nothing in it is overwritten: keys with a value keep it. Keys that are added are
in lower case if those of the template are.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from garden.reading.frontmatter.parsing.cut import cut_front_matter

_PLACEHOLDER: Final = re.compile(r"\{\{[ \t]*(title|date|time)[ \t]*(?::([^{}\n]*))?\}\}", re.IGNORECASE)
_FORMATS: Final = {"date": "YYYY-MM-DD", "time": "HH:mm"}
_TOKEN: Final = re.compile(r"\[([^\]]*)\]|YYYY|YY|MM|M|DD|D|HH|H|mm|m|ss|s")
_KEY: Final = re.compile(r"([^\s:#'\"-][^:\n]*|\"[^\"\n]*\"|'[^'\n]*')[ \t]*:(?:[ \t]+(.*)|)$")
_SAME: Final = {"date": ("date", "created", "date created", "creation date"), "tags": ("tags", "tag")}


def fill_template(template: str, title: str, now: datetime) -> str:
    """Return a template with its placeholders filled; line ends become LF."""

    def value(found: re.Match[str]) -> str:
        kind = found[1].lower()
        return title if kind == "title" else _moment(found[2] or _FORMATS[kind], now)

    text = template.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return _PLACEHOLDER.sub(value, text)


def with_properties(text: str, properties: Mapping[str, str], tags: Sequence[str]) -> str:
    """Return a note with these properties (key and YAML value) in its front matter, which is added if it has none.

    A key that has a value keeps it; `tags`, in YAML as well, are added to those of the note.
    """
    cut = cut_front_matter(text)
    if cut is None or not cut.closed or cut.toml:
        lines, body = [], text
    else:
        lines, body = text[cut.start : cut.end].rstrip("\n").split("\n"), text[cut.body :]
    lines = [line for line in lines if line.strip() or len(lines) > 1]
    is_lower = bool(lines) and not any(line[:1].isupper() for line in lines)
    for key, value in properties.items():
        _set(lines, key, value, is_lower=is_lower)
    if tags:
        _add_tags(lines, tags, is_lower=is_lower)
    return "\n".join(["---", *lines, "---", body])


def with_parents(text: str, field: str, links: Sequence[str]) -> str:
    """Return a note with links to its parents: in the template's empty property or line `field`, or below the front matter."""
    joined = ", ".join(links)
    cut = cut_front_matter(text)
    start = cut.body if cut else 0
    head, body = text[:start], text[start:]
    empty_property = re.compile(rf"^({re.escape(field)}[ \t]*:)[ \t]*$", re.IGNORECASE | re.MULTILINE)
    if empty_property.search(head):
        quoted = ", ".join(f'"{link}"' for link in links)
        value = quoted if len(links) == 1 else f"[{quoted}]"
        return empty_property.sub(lambda found: f"{found[1]} {value}", head, count=1) + body
    empty_line = re.compile(rf"^({re.escape(field)}[ \t]*::)[ \t]*$", re.IGNORECASE | re.MULTILINE)
    if empty_line.search(body):
        return head + empty_line.sub(lambda found: f"{found[1]} {joined}", body, count=1)
    rest = body.lstrip("\n")
    return f"{head}\n{field}:: {joined}\n" + (f"\n{rest}" if rest else "")


def _moment(form: str, now: datetime) -> str:
    """Return a time in a format of Moment.js, of whose tokens only those for numbers are known; text in brackets is kept."""
    values = {
        "YYYY": f"{now.year:04}",
        "YY": f"{now.year % 100:02}",
        "MM": f"{now.month:02}",
        "M": str(now.month),
        "DD": f"{now.day:02}",
        "D": str(now.day),
        "HH": f"{now.hour:02}",
        "H": str(now.hour),
        "mm": f"{now.minute:02}",
        "m": str(now.minute),
        "ss": f"{now.second:02}",
        "s": str(now.second),
    }
    return _TOKEN.sub(lambda found: values.get(found[0], found[1] or ""), form.strip())


def _line_of(lines: Sequence[str], key: str) -> int:
    """Return the index of the line with a key, or another name of it, -1 if there is none."""
    names = _SAME.get(key.lower(), (key.lower(),))
    for number, line in enumerate(lines):
        found = _KEY.match(line)
        if found and found[1].strip("\"' ").lower() in names:
            return number
    return -1


def _set(lines: list[str], key: str, value: str, *, is_lower: bool) -> None:
    """Add a property to front matter, or fill the one that is empty there."""
    at = _line_of(lines, key)
    if at < 0:
        lines.append(f"{key.lower() if is_lower else key}: {value}")
        return
    found = _KEY.match(lines[at])
    is_empty = found is not None and not (found[2] or "").strip() and not _is_continued(lines, at)
    if is_empty and found:
        lines[at] = f"{found[1]}: {value}"


def _add_tags(lines: list[str], tags: Sequence[str], *, is_lower: bool) -> None:
    """Add tags to front matter: to a list in brackets, a list of words, or a list with an item on each line."""
    at = _line_of(lines, "tags")
    found = _KEY.match(lines[at]) if at >= 0 else None
    written = (found[2] or "").strip() if found else ""
    if found is None or (not written and not _is_continued(lines, at)):
        _set(lines, "Tags", f"[{', '.join(tags)}]", is_lower=is_lower)
    elif written.startswith("[") and written.endswith("]"):
        inner = written[1:-1].strip()
        lines[at] = f"{found[1]}: [{', '.join([*([inner] if inner else []), *tags])}]"
    elif written:
        lines[at] = f"{found[1]}: [{', '.join([*written.replace(',', ' ').split(), *tags])}]"
    else:
        indent = lines[at + 1][: len(lines[at + 1]) - len(lines[at + 1].lstrip())]
        lines[at + 1 : at + 1] = [f"{indent}- {tag}" for tag in tags]


def _is_continued(lines: Sequence[str], at: int) -> bool:
    """Say whether the value of the key in line `at` is in the lines below it."""
    return at + 1 < len(lines) and (lines[at + 1][:1].isspace() or lines[at + 1].startswith("- "))
