"""One word for one thing: no two modules give one name to different things."""

import ast
import re
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "plugins" / "garden"

TYPE_NAME = re.compile(r"[A-Z][a-z]\w*")
"""The name of an alias of a type."""

PROTOCOLS = frozenset(
    (
        "add_command",  # each command adds itself to the command line
        "main",  # each program that can be started begins here
    )
)
"""Names that several modules must have: somebody else calls each of them in the same way."""


def names_of(file: Path) -> list[str]:
    """Return the names of a module's classes and types, those for its own use included, and of its public functions."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    definitions = [
        node.name
        for node in body
        if isinstance(node, ast.ClassDef)
        or (isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_"))
    ]
    aliases = (node for node in body if isinstance(node, ast.Assign) and not isinstance(node.value, ast.Call))
    assigned = [target for node in aliases for target in node.targets]
    assigned += [node.target for node in body if isinstance(node, ast.AnnAssign)]
    names = (target.id for target in assigned if isinstance(target, ast.Name))
    return definitions + [name for name in names if TYPE_NAME.fullmatch(name)]


def test_a_name_means_one_thing() -> None:
    """Searching for a name finds one definition."""
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
        "class A: ...\nclass _B: ...\ndef c():\n  def d(): ...\ndef _e(): ...\nF = 1\nGh = list[A]\nIj = TypeVar('Ij')\n",
        encoding="utf-8",
    )
    assert names_of(file) == ["A", "_B", "c", "Gh"]
