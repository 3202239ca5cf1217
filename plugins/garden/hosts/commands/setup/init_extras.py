"""What `garden init --add` writes: files for an editor, templates for Obsidian, a check before each commit."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from garden.vault.obsidian import TEMPLATES, read_obsidian

EXTRAS: Final = ("vscode", "templates", "pre-commit")
"""The names that `--add` accepts."""

_STARTER: Final = Path(__file__).with_name("starter")
_TEMPLATES: Final = ("Article.md", "Hub.md")
_FOLDER: Final = "templates"


def extra_files(name: str, root: Path, notes: str) -> Iterator[tuple[str, str]]:
    """Yield the path in the site's folder and the text of each file of an extra; `notes` is the folder of notes."""
    if name == "vscode":
        for file in ("tasks.json", "garden.code-snippets"):
            yield f".vscode/{file}", _text(f"vscode/{file}")
    elif name == "pre-commit":
        yield ".pre-commit-config.yaml", _text("pre-commit.yaml")
    else:
        vault = root / notes
        known = read_obsidian(vault).templates
        if not known:
            # This setting tells Obsidian, and us, where templates are, so that they are not part of the site.
            yield f"{notes}/{TEMPLATES}", f'{{\n  "folder": "{_FOLDER}"\n}}\n'
        for file in _TEMPLATES:
            yield f"{notes}/{known[0] if known else _FOLDER}/{file}", _text(f"templates/{file}")


def _text(name: str) -> str:
    return (_STARTER / name).read_text(encoding="utf-8")
