"""What Obsidian's settings leave out."""

import json
from pathlib import Path

import pytest

from garden.vault.obsidian import APP, PUBLISH, TEMPLATER, TEMPLATES, Exclusions, read_obsidian
from tests.support.vault import write_vault


def excluded(tmp_path: Path, name: str, data: object) -> Exclusions:
    """The exclusions of a vault with one settings file."""
    return Exclusions(read_obsidian(write_vault({name: json.dumps(data)}, tmp_path)))


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (TEMPLATES, {"folder": "T"}),
        (TEMPLATER, {"templates_folder": "/t/"}),
        (APP, {"userIgnoreFilters": ["T/"]}),
        (APP, {"userIgnoreFilters": ["/^T\\//"]}),
        (APP, {"userIgnoreFilters": ["/(?<name>T)\\/(?<!x)/"]}),
        (PUBLISH, {"excluded": ["t"]}),
        (PUBLISH, {"excluded": ["T/"]}),
    ],
)
def test_a_folder_is_left_out(tmp_path: Path, name: str, data: object) -> None:
    """HC-1: with all below it, but not what only begins like it."""
    exclusions = excluded(tmp_path, name, data)
    assert exclusions.of_note("T/a.md")
    assert exclusions.of_note("T/deep/a.md")
    assert not exclusions.of_note("Tools/a.md")
    assert exclusions.leaves_out("T/p.png") is (name == PUBLISH)
    assert exclusions.problems == []


@pytest.mark.parametrize("data", [{}, {"folder": ""}, {"folder": "/"}, {"folder": None}])
def test_no_folder_leaves_nothing_out(tmp_path: Path, data: object) -> None:
    """A vault whose setting is empty keeps its notes."""
    assert not excluded(tmp_path, TEMPLATES, data).of_note("a.md")


@pytest.mark.parametrize("data", [{"excluded": [""]}, {"excluded": ["/"]}, {"excluded": None}])
def test_an_empty_exclusion_leaves_nothing_out(tmp_path: Path, data: object) -> None:
    """The same for what is excluded."""
    assert not excluded(tmp_path, PUBLISH, data).of_note("a.md")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        (APP, "{"),
        (APP, "[]"),
        (APP, '{"userIgnoreFilters": "T"}'),
        (APP, '{"userIgnoreFilters": [7]}'),
        (PUBLISH, '{"excluded": {}}'),
        (TEMPLATES, '{"folder": 7}'),
        (TEMPLATES, "\xff"),
        (TEMPLATER, "[" * 100_000),
    ],
)
def test_what_cannot_be_read_is_reported(tmp_path: Path, name: str, text: str) -> None:
    """Nobody knows what it leaves out, so the build fails once its output is complete."""
    content = text.encode("latin-1")
    problems = read_obsidian(write_vault({name: content}, tmp_path)).problems
    assert [(problem.place.path, problem.code) for problem in problems] == [
        (name, "vault-settings-unreadable")
    ]


def test_a_filter_that_cannot_be_read_is_reported(tmp_path: Path) -> None:
    """A regular expression of another dialect."""
    exclusions = excluded(tmp_path, APP, {"userIgnoreFilters": ["/(/", "T/"]})
    assert [problem.code for problem in exclusions.problems] == ["vault-settings-unreadable"]
    assert exclusions.of_note("T/a.md")
