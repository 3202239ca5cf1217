"""The notes of a comparison: generated ones, or those of a real vault.

Each generator gets the same text in the notation that it knows. Real notes are given to other generators with normalised
front matter (lower-case keys, always a title, nothing that YAML cannot read) and without what stops them: braces after
the fence of a code block, and what looks like a call of a template.
"""

import re
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from tests.bench.vaults import Link, file, make_vault, wiki

_FRONT = re.compile(r"\A---[ \t]*\n(.*?)^---[ \t]*$\n?", re.DOTALL | re.MULTILINE)
_FENCE_BRACES = re.compile(r"(?m)^(\s*`{3,}|\s*~{3,}) *\{[^}\n]*\}.*$")
_MEASURED = (
    "---\nTitle: Measured {0}\nDate: 2024-01-02\nTags: measured-{0}, measured\nSlug: measured-{0}\n---\n\n{1}"
)


@dataclass(frozen=True, slots=True)
class Corpus:
    """`count` generated notes, or those of the folder `real`."""

    count: int = 0
    real: Path | None = None

    @property
    def name(self) -> str:
        """What tables call it."""
        return f"{self.real.resolve().name}, {self.size:,} notes" if self.real else f"{self.count:,} notes"

    @property
    def size(self) -> int:
        """How many notes there are."""
        return len(list(_notes(self.real))) if self.real else self.count

    @property
    def edited(self) -> Sequence[str]:
        """The paths of two notes to edit. In a real vault they are added: copies of its note of median length."""
        return ("measured-1.md", "measured-2.md") if self.real else (file(17), file(25 % self.count))

    def write(self, folder: Path, link: Link = wiki) -> Path:
        """Write the notes as their author has them; `link` is the notation of generated ones."""
        if not self.real:
            return make_vault(folder, self.count, link=link)
        ignored = shutil.ignore_patterns(".git", ".trash", ".github", "node_modules")
        shutil.copytree(self.real, folder, ignore=ignored, dirs_exist_ok=True)
        for number, path in enumerate(self.edited, 1):
            (folder / path).write_text(_MEASURED.format(number, self._median_text()), encoding="utf-8")
        return folder

    def write_plain(self, folder: Path, link: Link) -> Path:
        """Write the notes as generators want them that are strict about keys and YAML; of a real vault notes alone."""
        if not self.real:
            make_vault(folder, self.count, link=link)
        else:
            for note in _notes(self.real):
                copy = folder / note.relative_to(self.real)
                copy.parent.mkdir(parents=True, exist_ok=True)
                copy.write_bytes(note.read_bytes())
            for number, path in enumerate(self.edited, 1):
                (folder / path).write_text(_MEASURED.format(number, self._median_text()), encoding="utf-8")
        for note in folder.rglob("*.md"):
            text = note.read_text(encoding="utf-8", errors="replace")
            note.write_text(_normalised(text, note.stem), encoding="utf-8")
        return folder

    def _median_text(self) -> str:
        """Return the body of the note of median length."""
        assert self.real
        bodies = sorted(
            (
                _FRONT.sub("", note.read_text(encoding="utf-8", errors="replace"))
                for note in _notes(self.real)
            ),
            key=len,
        )
        return bodies[len(bodies) // 2]


def _notes(vault: Path) -> Iterator[Path]:
    for path in sorted(vault.rglob("*.md")):
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(vault).parts):
            yield path


def _normalised(text: str, name: str) -> str:
    found = _FRONT.match(text)
    body = text[found.end() :] if found else text
    try:
        written = yaml.safe_load(found[1]) if found else {}
    except yaml.YAMLError:
        written = {}
    keys = {str(key).lower(): value for key, value in written.items()} if isinstance(written, dict) else {}
    lines = [f"title: {_quoted(keys.get('title') or name)}"]
    if isinstance(when := keys.get("date"), date):
        lines.append(f"date: {str(when)[:10]}")
    tags = keys.get("tags") or ()
    names = tags.split(",") if isinstance(tags, str) else tags if isinstance(tags, list) else ()
    if names:
        lines.append(f"tags: [{', '.join(_quoted(str(tag).strip()) for tag in names)}]")
    body = _FENCE_BRACES.sub(r"\1", body).replace("{{<", "{ {<").replace("{{%", "{ {%")
    return "\n".join(["---", *lines, "---", body])


def _quoted(value: object) -> str:
    escaped = str(value).replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
    return f'"{escaped}"'
