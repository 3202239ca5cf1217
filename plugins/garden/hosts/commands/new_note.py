"""A new note: its file name, its front matter, and the link to its parent."""

import json
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from garden.hosts.command_line import CommandError
from garden.model.names import fold, slug, stem

# Words that YAML reads as themselves; anything else is quoted.
_PLAIN = re.compile(r"[^\W\d_][\w/-]*$")
_YAML_WORDS = ("true", "false", "null")


def write_note(vault: Path, title: str, parents: Sequence[str], tags: Sequence[str], today: date) -> Path:
    """Write a draft with this title into the vault and return its path.

    The file is named by the title's slug, so that `[[links]]` to it are short. Raises CommandError
    when the title gives no name, a parent cannot be written as a link, or a note of that name
    exists anywhere in the vault: two notes of one name make every link to them ambiguous.
    """
    title = " ".join(title.split())
    name = slug(title.replace("/", " ").replace("%", " ")).lower()
    if not name:
        raise CommandError(
            "the title needs a letter or a digit, for the name of the file: TITLE='My new note'"
        )
    for existing in sorted(vault.rglob("*.[mM][dD]")):
        if fold(stem(existing.name)) == fold(name):
            raise CommandError(f"there is already a note of that name: {existing}")
    path = vault / f"{name}.md"
    path.write_text(draft_text(title, parents, tags, today), encoding="utf-8", newline="\n")
    return path


def draft_text(title: str, parents: Sequence[str], tags: Sequence[str], today: date) -> str:
    """Return the text of a new draft: front matter, and a line that links it to its parents."""
    lines = ["---", f"Title: {_quoted(title)}", f"Date: '{today.isoformat()}'", "Status: draft"]
    if tags:
        lines.append(f"Tags: [{', '.join(_yaml(_tag(tag)) for tag in tags)}]")
    lines += ["---", ""]
    if parents:
        lines += [f"up:: {', '.join(_link(parent) for parent in parents)}", ""]
    return "\n".join(lines)


def _link(parent: str) -> str:
    name = parent.strip().removeprefix("[[").removesuffix("]]").strip()
    if not name or any(mark in name for mark in ("[[", "]]", "\n")):
        raise CommandError(f'"{parent}" cannot be the name of a parent note')
    return f"[[{name}]]"


def _tag(tag: str) -> str:
    return re.sub(r"\s+", "-", tag.strip().lstrip("#").strip())


def _yaml(text: str) -> str:
    return text if _PLAIN.match(text) and text.lower() not in _YAML_WORDS else _quoted(text)


def _quoted(text: str) -> str:
    """Return `text` as a quoted YAML scalar: JSON is YAML."""
    return json.dumps(text, ensure_ascii=False)
