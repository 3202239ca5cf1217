"""What the setting `ignore` leaves out, what it counts, and how a pattern that matches nothing is reported."""

from pathlib import Path

import pytest

from garden.hosts.settings.configuration import settings_from
from garden.model.settings import Settings
from garden.vault.left_out import left_out_notes
from garden.vault.scan import scan
from tests.support.vault import write_vault

NOTES = ("deep/journal/nested.md", "journal/2024/sub.md", "journal/top.md", "start.md")


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A folder `notes` with a journal at the top and one below."""
    return write_vault(dict.fromkeys((*NOTES, ".trash/gone.md"), "text"), tmp_path / "notes")


def test_a_vault_without_patterns_has_no_problem(root: Path) -> None:
    files = scan(root, Settings())
    assert (tuple(files.notes), files.problems) == (NOTES, ())


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("journal", ["start.md"]),
        ("journal/", ["start.md"]),
        ("journal/*", ["deep/journal/nested.md", "start.md"]),
        ("./journal/*", ["deep/journal/nested.md", "start.md"]),
        ("Journal/*", ["deep/journal/nested.md", "start.md"]),
        ("JOURNAL", ["start.md"]),
    ],
)
def test_a_pattern_is_a_path_from_the_vault_on_in_any_case(root: Path, pattern: str, left: list[str]) -> None:
    files = scan(root, Settings(ignore=(pattern,)))
    assert (list(files.notes), files.problems) == (left, ())


@pytest.mark.parametrize(
    ("pattern", "near"),
    [
        ("notes/journal/*", "journal/*"),
        ("content/notes/journal/", "journal"),
        ("journl/*", "journal/*"),
        ("stort.md", "start.md"),
        ("diary/*", ""),
        ("notes/*", ""),
    ],
)
def test_a_pattern_that_matches_nothing_is_reported_once_with_a_near_one(
    root: Path, pattern: str, near: str
) -> None:
    problems = scan(root, Settings(ignore=(pattern, pattern))).problems
    assert [(problem.place.path, problem.code) for problem in problems] == [
        ("pelican.conf.py", "ignore-unused")
    ]
    assert f'"{pattern}" matches nothing' in problems[0].message
    assert ("did you mean" in problems[0].help, f'"{near}"' in problems[0].help) == (bool(near), bool(near))


@pytest.mark.parametrize("pattern", [".trash/*", ".obsidian", "journal/private/*", "empty/*"])
def test_a_pattern_for_what_is_left_out_anyway_or_is_empty_is_not_reported(root: Path, pattern: str) -> None:
    (root / "empty").mkdir()
    assert scan(root, Settings(ignore=("journal", pattern))).problems == ()


def test_patterns_of_pelican_may_match_nothing(root: Path) -> None:
    settings = settings_from({"IGNORE_FILES": ["__pycache__", "start.md"]})
    files = scan(root, settings)
    assert (len(files.notes), files.problems) == (3, ())


def test_notes_that_are_left_out_are_counted_by_reason(root: Path) -> None:
    assert left_out_notes(root, Settings(ignore=("journal",)), root / "output") == (3, 1)
