"""The list of problems that an author has put off."""

from pathlib import Path

import pytest

from garden.authoring.baseline import (
    BaselineError,
    baseline_of,
    baseline_text,
    compare_baseline,
    read_baseline,
)
from garden.model.diagnostic import Diagnostic, Place


def problem(line: int, message: str = "x", path: str = "a.md") -> Diagnostic:
    """Make a problem."""
    return Diagnostic(Place(path, line, 1), "link-unresolved", message)


def test_what_is_put_off_is_not_reported_wherever_it_has_moved() -> None:
    """A line above it changes nothing; one more of the kind is reported, and what is mended is counted."""
    baseline = baseline_of([problem(1), problem(2), problem(3, "gone"), problem(4, path="b.md")])
    compared = compare_baseline([problem(11), problem(12), problem(13), problem(14, path="b.md")], baseline)
    assert compared.new == [problem(13)]
    assert (compared.known, compared.solved) == (3, 1)


def test_the_file_says_the_same_when_it_is_read(tmp_path: Path) -> None:
    """It is sorted, with a problem to a line; an empty one is valid, too."""
    file = tmp_path / "baseline.json"
    baseline = baseline_of([problem(2, "é", "b.md"), problem(1), problem(3)])
    file.write_text(baseline_text(baseline), encoding="utf-8")
    assert read_baseline(file) == baseline
    assert [line.strip()[:16] for line in baseline_text(baseline).splitlines()[3:5]] == [
        '{"path": "a.md",',
        '{"path": "b.md",',
    ]
    file.write_text(baseline_text(baseline_of([])), encoding="utf-8")
    assert read_baseline(file) == baseline_of([])


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (None, "there is no baseline"),
        ("{}", "cannot be read"),
        ("<<<<", "cannot be read"),
        ('{"format": "x"}', "name another file"),
        ('{"format": "garden-baseline", "problems": [1]}', "cannot be read"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path: Path, content: str | None, says: str) -> None:
    """The message says what to do."""
    file = tmp_path / "baseline.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    with pytest.raises(BaselineError, match=says):
        read_baseline(file)
