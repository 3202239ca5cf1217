"""The layers are enforced: the real code keeps them, and code that breaks them is found."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
CHECK = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"


def check(root: Path) -> subprocess.CompletedProcess[str]:
    """Run the contracts of `pyproject.toml` over the package below `root`."""
    return subprocess.run(
        [sys.executable, "-c", CHECK],
        cwd=root,
        env={"PYTHONPATH": str(root / "plugins")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_code_keeps_the_layers():
    """Every contract is kept by the code as it is."""
    result = check(ROOT)
    assert result.returncode == 0, result.stdout
    assert "0 broken" in result.stdout


FORBIDDEN = (
    ("model.names", "garden.linking.snapshot"),
    ("reading.document", "garden.vault.site"),
    ("rendering.body.fill", "garden.publishing.condensed"),
    ("vault.site", "garden.hosts.settings.configuration"),
    ("vault.cache", "pelican"),
    ("hosts.serve.serve", "blinker"),
    ("rendering.body.fill", "jinja2"),
    ("reading.source", "markdown"),
    ("hosts.serve.serve", "garden.hosts.commands.check"),
)
"""Imports that the layers rule out: by whom, of what."""


@pytest.fixture(scope="module")
def report(tmp_path_factory) -> str:
    """What the check says of a copy of the package with all forbidden imports in it."""
    root = tmp_path_factory.mktemp("broken")
    shutil.copytree(ROOT / "plugins", root / "plugins", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", root)
    for module, imported in FORBIDDEN:
        file = root.joinpath("plugins", "garden", *module.split(".")).with_suffix(".py")
        with file.open("a", encoding="utf-8") as end:
            end.write(f"\nimport {imported}\n")
    result = check(root)
    assert result.returncode == 1
    return result.stdout


def test_every_contract_can_break(report):
    """Each contract notices what it is there for."""
    assert "Contracts: 0 kept, 5 broken." in report


@pytest.mark.parametrize(("module", "imported"), FORBIDDEN)
def test_a_forbidden_import_is_found(report, module, imported):
    """One import in the wrong direction is named."""
    assert f"garden.{module} -> {imported} (l." in report
