"""One word for one thing: no two modules give one name to different things."""

import ast
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "plugins" / "garden"

PROTOCOLS = frozenset(
    (
        "add_command",  # each command adds itself to the command line
        "main",  # each program that can be started begins here
    )
)
"""Names that several modules must have: somebody else calls each of them in the same way."""


def names_of(file: Path) -> list[str]:
    """Return the names of a module's classes, those for its own use included, and of its public functions."""
    return [
        node.name
        for node in ast.parse(file.read_text(encoding="utf-8")).body
        if isinstance(node, ast.ClassDef)
        or (isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"))
    ]


def test_a_name_means_one_thing() -> None:
    """Who searches for a name finds one definition."""
    places = defaultdict(list)
    for file in sorted(PACKAGE.rglob("*.py")):
        for name in names_of(file):
            places[name].append(str(file.relative_to(PACKAGE)))
    assert places
    assert {name: files for name, files in places.items() if len(files) > 1 and name not in PROTOCOLS} == {}


def test_names_are_found(tmp_path: Path) -> None:
    """Nested functions and those for a module's own use are not compared."""
    file = tmp_path / "module.py"
    file.write_text(
        "class A: ...\nclass _B: ...\ndef c():\n  def d(): ...\ndef _e(): ...\n", encoding="utf-8"
    )
    assert names_of(file) == ["A", "_B", "c"]
