"""Links that open a place in a note in the author's editor."""

import os
import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Final
from urllib.parse import quote

EDITORS: Final[Mapping[str, str]] = {
    "vscode": "vscode://file{path}:{line}:{column}",
    "vscode-insiders": "vscode-insiders://file{path}:{line}:{column}",
    "vscodium": "vscodium://file{path}:{line}:{column}",
    "cursor": "cursor://file{path}:{line}:{column}",
    "zed": "zed://file{path}:{line}:{column}",
    "idea": "idea://open?file={path}&line={line}&column={column}",
    "sublime": "subl://open?url=file://{path}&line={line}&column={column}",
    "textmate": "txmt://open?url=file://{path}&line={line}&column={column}",
    "obsidian": "obsidian://open?path={path}",
}
"""The pattern of the addresses that an editor opens, by its name; those of Obsidian have no lines."""

_PROGRAMS: Final[Mapping[str, str]] = {
    "code": "vscode",
    "code-insiders": "vscode-insiders",
    "codium": "vscodium",
    "cursor": "cursor",
    "zed": "zed",
    "idea": "idea",
    "subl": "sublime",
    "mate": "textmate",
}
"""Names of editors by the name of their program, as in the variables VISUAL and EDITOR."""


def editor_pattern(wanted: str, vault: Path) -> str:
    """Return the address that opens a place in a file, with placeholders for path, line and column.

    `wanted` is the name of an editor or such an address. If it is empty, the variables VISUAL and EDITOR decide; then it
    is Obsidian if the vault is one of its vaults, or else vscode.
    """
    if wanted:
        return EDITORS.get(wanted, wanted)
    program = next(iter(shlex.split(os.environ.get("VISUAL") or os.environ.get("EDITOR") or "")), "")
    known = _PROGRAMS.get(Path(program).stem)
    return EDITORS[known or ("obsidian" if (vault / ".obsidian").is_dir() else "vscode")]


def editor_link(pattern: str, file: Path, line: int, column: int) -> str:
    """Return the address that opens a place in a file; lines and columns are 1-based."""
    path = file.absolute().as_posix()
    # Quoted, no character in a file's name ends the path or a parameter. On Windows a path begins with its drive, not a slash.
    quoted = quote(path if path.startswith("/") else f"/{path}", safe="/:", errors="surrogateescape")
    return pattern.replace("{path}", quoted).replace("{line}", str(line)).replace("{column}", str(column))
