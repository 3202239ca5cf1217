"""Writing a new note: its file name, its front matter, and the links to its parents."""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from garden.authoring.templates import fill_template, with_parents, with_properties
from garden.model.errors import AuthorError
from garden.model.names import fold, is_note, slug, stem

# Words that YAML reads as text without quotation marks, and those among them that it does not; anything else is quoted.
_PLAIN: Final = re.compile(r"[^\W\d_][\w/-]*$")
_YAML_WORDS: Final = ("true", "false", "null", "yes", "no", "on", "off")
# What file systems refuse, what would end a link or begin a heading in it, what cannot be seen.
_NOT_IN_FILE: Final = re.compile(r"[\\/:*?\"<>|#^\[\]%\x00-\x1f\x7f]+")
_LONGEST: Final = 120
"""The maximum number of characters of a file name: file systems allow 255 bytes, and most letters have one or two."""


class NewNoteError(AuthorError):
    """A note cannot be written; the text says why and what to do."""


class NoteRequest(Struct, frozen=True):
    """What a new note is to be.

    `parents` are names, with or without brackets, `field` the relation to them. `template` is the text of a template,
    empty for none. `name` is the file name without its ending; if it is empty, it is made from the title, with spaces if
    `is_natural`, otherwise as a slug.
    """

    title: str
    parents: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    folder: str = ""
    template: str = ""
    name: str = ""
    is_natural: bool = False
    field: str = "up"


def write_note(vault: Path, request: NoteRequest, now: datetime) -> Path:
    """Write a draft into the vault and return its path.

    Raises NewNoteError if the title has no letter or digit, if a parent's name cannot be in a link, if the folder is not
    in the vault, or if any note in it has the same name, which would make links to both ambiguous.
    """
    title = " ".join(request.title.split())
    name = _file_name(request.name) or (_file_name(title) if request.is_natural else _slug_name(title))
    if not any(char.isalnum() for char in name):
        raise NewNoteError("the title needs a letter or a digit for the file name: TITLE='My new note'")
    for existing in sorted(vault.rglob("*")):
        if is_note(existing.name) and fold(stem(existing.name)) == fold(name):
            raise NewNoteError(f"there is already a note with that name: {existing}")
    folder = (vault / request.folder).resolve()
    if folder != vault.resolve() and vault.resolve() not in folder.parents:
        raise NewNoteError(f"the folder {request.folder} is not in {vault}")
    text = draft_text(request, now)
    folder.mkdir(parents=True, exist_ok=True)
    path = vault / request.folder / f"{name}.md"
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return path


def draft_text(request: NoteRequest, now: datetime) -> str:
    """Return the text of a new draft: the filled template with front matter and links to the parents."""
    title = " ".join(request.title.split())
    links = [_link(parent) for parent in request.parents]
    properties = {"Title": _quoted(title), "Date": f"'{now.date().isoformat()}'", "Status": "draft"}
    tags = [_yaml(_tag(tag)) for tag in request.tags]
    text = with_properties(fill_template(request.template, title, now), properties, tags)
    return with_parents(text, request.field, links) if links else text


def has_natural_names(paths: Iterable[str]) -> bool:
    """Say whether most notes of a vault have names with spaces, such as `Data drift`, and not with hyphens."""
    names = [stem(path) for path in paths]
    return sum(" " in name for name in names) > sum("-" in name and " " not in name for name in names)


def _slug_name(title: str) -> str:
    """Return a file name as in addresses: lower case, with hyphens."""
    return slug(title.replace("/", " ").replace("%", " ")).lower()


def _file_name(title: str) -> str:
    """Return a title without what a file name or a link cannot have."""
    return " ".join(_NOT_IN_FILE.sub(" ", title).split()).strip(". ")[:_LONGEST].strip()


def _link(parent: str) -> str:
    """Return a link to a parent, whether its name has brackets or not. Raises NewNoteError."""
    name = parent.strip().removeprefix("[[").removesuffix("]]").strip()
    if not name or any(mark in name for mark in ("[[", "]]", "\n")):
        raise NewNoteError(f'"{parent}" cannot be the name of a parent note')
    return f"[[{name}]]"


def _tag(tag: str) -> str:
    """Return a tag without `#` and spaces."""
    return re.sub(r"\s+", "-", tag.strip().lstrip("#").strip())


def _yaml(text: str) -> str:
    """Return a text as a YAML scalar, quoted only if it must be."""
    return text if _PLAIN.match(text) and text.lower() not in _YAML_WORDS else _quoted(text)


def _quoted(text: str) -> str:
    """Return `text` as a quoted YAML scalar, for which the syntax of JSON is valid."""
    return json.dumps(text, ensure_ascii=False)


def comma_separated(text: str) -> tuple[str, ...]:
    """Return the items of a comma-separated text."""
    return tuple(item for part in text.split(",") if (item := part.strip()))
