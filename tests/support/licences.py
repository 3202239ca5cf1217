"""The licences of what an installation brings: `python tests/support/licences.py` renews docs/licences.md."""

import re
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Final

ROOT = Path(__file__).resolve().parents[2]
LIST = ROOT / "docs" / "licences.md"

_PACKAGE: Final = re.compile(r"^(?P<name>[\w.-]+)==.*?(?=^\S|\Z)", re.MULTILINE | re.DOTALL)
_LONGEST: Final = 40
"""Characters of a licence's name; some packages put the whole text where its name belongs."""

# What the files that come with a package say, where its metadata says nothing.
_READ: Final = {"quickjs-ng": "MIT License", "resvg-py": "MIT License"}
_HEAD: Final = """\
# Licences

Garden is under the [MIT License](../LICENSE). A built site contains nothing made by others: pages, styles and
scripts are Garden's, and diagrams and formulas are markup. Social cards are drawn with Noto Sans (SIL Open Font
License 1.1), which sets no conditions for pictures made with it.

To build a site, these packages are installed. They are not part of Garden, and each has its own licence, given here as
the package states it. If you pass an installation on, you pass these packages on as well, and their conditions apply.

| Package | Licence | Needed by |
|---|---|---|
"""


def licence_list(before: str = "") -> str:
    """The list as Markdown. Packages for other systems are not installed here: their rows are those of `before`."""
    rows = dict(re.findall(r"^\| ([\w.-]+) (\|.*)$", before, re.MULTILINE))
    text = (ROOT / "requirements.txt").read_text(encoding="utf-8")
    lines = []
    for found in _PACKAGE.finditer(text):
        name = found["name"]
        needed_by = ", ".join(
            re.findall(r"^ +# +(?:via )?([\w.-]+)", found[0].replace("# via\n", ""), re.MULTILINE)
        )
        try:
            lines.append(f"| {name} | {_licence(name)} | {needed_by.replace('garden-pelican', 'Garden')} |")
        except PackageNotFoundError:
            lines.append(f"| {name} {rows[name]}")
    return _HEAD + "\n".join(lines) + "\n"


def _licence(name: str) -> str:
    """What a package says: its expression, its field, or its classifiers."""
    said = metadata(name)
    licence = said["License-Expression"] or said["License"] or ""
    if licence and len(licence) <= _LONGEST:
        return licence
    classifiers = [line for line in said.get_all("Classifier") or () if line.startswith("License ::")]
    names = [line.rpartition(" :: ")[2] for line in classifiers]
    return " or ".join(names) or _READ[name]


if __name__ == "__main__":
    LIST.write_text(licence_list(LIST.read_text(encoding="utf-8") if LIST.exists() else ""), encoding="utf-8")
