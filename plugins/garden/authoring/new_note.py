"""A new note: its file name, its front matter, and the link to its parents."""

import json
import re
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Final

from msgspec import Struct

from garden.authoring.templates import fill_template, with_parents, with_properties
from garden.model.errors import AuthorError
from garden.model.names import fold, slug, stem

# Words that YAML reads as themselves; anything else is quoted.
_PLAIN: Final = re.compile(r"[^\W\d_][\w/-]*$")
_YAML_WORDS: Final = ("true", "false", "null", "yes", "no", "on", "off")
# What file systems refuse, what would end a link or begin a heading in it, what cannot be seen.
_NOT_IN_FILE: Final = re.compile(r"[\\/:*?\"<>|#^\[\]%\x00-\x1f\x7f]+")
_LONGEST: Final = 120  # characters of a file name, which may have four bytes each; file systems allow 255


class NewNoteError(AuthorError):
    """A note cannot be written; the text says why and what to do."""


class NoteRequest(Struct, frozen=True):
    """What a new note is to be; `parents` as an author or a link writes them, `template` is a text, empty for none.

    `name` is that of the file, without ending, empty for one made from the title: with spaces where `is_natural`, else
    its slug. `field` is the relation to parents.
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

    Raises NewNoteError when the title gives no name, a parent cannot be written as a link, the folder is not in the
    vault, or a note of that name exists anywhere in it: two notes of one name make every link to them ambiguous.
    """
    title = " ".join(request.title.split())
    name = _file_name(request.name) or (_file_name(title) if request.is_natural else _slug_name(title))
    if not any(char.isalnum() for char in name):
        raise NewNoteError("the title needs a letter or a digit for the file name: TITLE='My new note'")
    for existing in sorted(vault.rglob("*.[mM][dD]")):
        if fold(stem(existing.name)) == fold(name):
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
    """Return the text of a new draft: front matter, a line that links it to its parents, what the template says."""
    title = " ".join(request.title.split())
    links = [_link(parent) for parent in request.parents]
    properties = {"Title": _quoted(title), "Date": f"'{now.date().isoformat()}'", "Status": "draft"}
    tags = [_yaml(_tag(tag)) for tag in request.tags]
    text = with_properties(fill_template(request.template, title, now), properties, tags)
    return with_parents(text, request.field, links) if links else text


def has_natural_names(paths: Iterable[str]) -> bool:
    """Say whether the notes of a vault have natural names such as `Data drift`, not `data-drift`."""
    names = [stem(path) for path in paths]
    return sum(" " in name for name in names) > sum("-" in name and " " not in name for name in names)


def _slug_name(title: str) -> str:
    return slug(title.replace("/", " ").replace("%", " ")).lower()


def _file_name(title: str) -> str:
    return " ".join(_NOT_IN_FILE.sub(" ", title).split()).strip(". ")[:_LONGEST].strip()


def _link(parent: str) -> str:
    name = parent.strip().removeprefix("[[").removesuffix("]]").strip()
    if not name or any(mark in name for mark in ("[[", "]]", "\n")):
        raise NewNoteError(f'"{parent}" cannot be the name of a parent note')
    return f"[[{name}]]"


def _tag(tag: str) -> str:
    return re.sub(r"\s+", "-", tag.strip().lstrip("#").strip())


def _yaml(text: str) -> str:
    return text if _PLAIN.match(text) and text.lower() not in _YAML_WORDS else _quoted(text)


def _quoted(text: str) -> str:
    """Return `text` as a quoted YAML scalar: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)


def comma_separated(text: str) -> tuple[str, ...]:
    """Return the items of a text, separated by commas."""
    return tuple(item for part in text.split(",") if (item := part.strip()))
