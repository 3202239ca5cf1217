"""The documentation describes everything that there is, and nothing else."""

import re
import subprocess
from pathlib import Path

from garden.hosts.commands.explanations import EXPLANATIONS, manual
from garden.hosts.settings.configuration import garden_setting_names
from garden.model.diagnostic import SEVERITIES

ROOT = Path(__file__).resolve().parents[1]
CODE = re.compile(r"(?<!`)(`+)(?!`).+?(?<!`)\1(?!`)", re.DOTALL)
TARGET = re.compile(r"^([a-z-]+):.*## (.+)$", re.MULTILINE)


def read(name: str) -> str:
    """Return a file of the repository."""
    return (ROOT / name).read_text(encoding="utf-8")


def test_make_alone_lists_every_target():
    """Typing `make` shows each command with its sentence, and the commands are all those that exist."""
    listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = TARGET.findall(read("Makefile"))
    phony = re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)
    assert phony is not None
    assert [name for name, _ in targets] == phony[1].split() != []
    for name, text in targets:
        assert re.search(rf"^  {name} +{re.escape(text)}$", listed, re.MULTILINE), name


def test_contributors_are_shown_every_command():
    """The table in CONTRIBUTING and the Makefile name the same commands in the same order."""
    in_table = re.findall(r"^\| `make ([a-z-]+)` \|", read("CONTRIBUTING.md"), re.MULTILINE)
    assert in_table == [name for name, _ in TARGET.findall(read("Makefile")) if name != "help"]


def test_the_readme_is_one_page():
    """Whoever comes by reads it in a minute; everything else is in the documentation."""
    assert len(read("README.md").splitlines()) <= 70


def test_every_diagnostic_is_explained():
    """Each id has its own texts, whole sentences beside an example, and no id is left over."""
    assert EXPLANATIONS.keys() == SEVERITIES.keys()
    assert len(EXPLANATIONS) > 80
    for code, explanation in EXPLANATIONS.items():
        assert all(text.endswith((".", "`.")) for text in explanation[:3]), code
    assert len({explanation.what for explanation in EXPLANATIONS.values()}) == len(EXPLANATIONS)


def test_the_page_of_diagnostics_is_current():
    """The page says what `garden explain` says; `make explain ID=--all > docs/diagnostics.md` renews it."""
    assert read("docs/diagnostics.md") == manual()


def test_every_setting_has_a_comment():
    """Whoever opens the settings file finds each setting below a line that describes it."""
    lines = read("pelican.conf.py").splitlines()
    assert len(garden_setting_names()) > 50
    for name in garden_setting_names():
        number = next(index for index, line in enumerate(lines) if line.startswith(f'    "{name}":'))
        above = lines[number - 1].strip()
        assert above.startswith("# ") or lines[number - 1].startswith('    "'), name


def test_links_between_the_documents_lead_somewhere():
    """A relative link in the documentation names a file of the repository."""
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    assert len(pages) > 10
    targets = 0
    for page in pages:
        prose = CODE.sub("", page.read_text(encoding="utf-8"))
        for target in re.findall(r"\]\(([^)#: ]+)\)", prose):
            assert page.parent.joinpath(target).exists(), f"{page.relative_to(ROOT)}: {target}"
            targets += 1
    assert targets > 100


def test_what_contributors_are_shown_exists():
    """Every path and every name of a class or constant in CONTRIBUTING is one of the repository."""
    shown = set(
        re.findall(r"`([^`\s]+)`", read("CONTRIBUTING.md").replace("XY-7", "WL-6").replace("xy/", "wl/"))
    )
    paths = {text for text in shown if re.fullmatch(r"[\w.-]*(?:/[\w.-]+)*/?", text) and "/" in text}
    below = [ROOT, *(ROOT / "plugins" / "garden" / name for name in ("", "reading", "linking", "rendering"))]
    assert len(paths) > 30
    assert [text for text in sorted(paths) if not any((folder / text).exists() for folder in below)] == []
    names = {
        text for text in shown if re.fullmatch(r"[A-Z]\w+[a-z]|_?[A-Z]{4,}(?:_[A-Z]+)*|[a-z]+_[a-z_]+", text)
    }
    code = "".join(file.read_text(encoding="utf-8") for file in sorted(ROOT.glob("[pt]*/**/*.py")))
    assert len(names) > 10
    assert [name for name in sorted(names) if not re.search(rf"\b{name}\b", code)] == []
