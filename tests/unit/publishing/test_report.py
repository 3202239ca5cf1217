"""Reports for people and for programs."""

import json

import pytest

from garden.model.diagnostic import Diagnostic, Place
from garden.publishing.report import FORMATS, condensed, report, summary

PROBLEMS = (
    Diagnostic(Place("b.md", 3, 1), "link-unresolved", 'no note matches "x"', "did you mean «y»?"),
    Diagnostic(Place("a,b.md", 2, 5), "slug-unsafe", "100% taken\nor not", related=(Place("c.md", 1, 1),)),
    Diagnostic(Place("c.md", 1, 1), "hub-generated", "a hub"),
)


def test_dg_2_text_is_one_line_per_problem_by_place() -> None:
    """Path, line, column, severity and id; `info` only when asked for."""
    assert report(PROBLEMS).splitlines() == [
        "a,b.md:2:5: error [slug-unsafe] 100% taken or not",
        'b.md:3:1: warning [link-unresolved] no note matches "x" (did you mean «y»?)',
        "1 error, 1 warning",
    ]
    assert "info [hub-generated]" in report(PROBLEMS, verbose=True)


def test_dg_2_no_name_breaks_the_line() -> None:
    """Files may be called what they like."""
    problem = Diagnostic(Place("a\nb\x1b[2J.md", 1, 1), "link-unresolved", "x\u2028y")
    assert str(problem) == "a b [2J.md:1:1: warning [link-unresolved] x y"


def test_dg_4_the_same_problem_is_reported_once() -> None:
    """Two pages may have met it."""
    assert summary(()) == ""
    assert report(PROBLEMS * 2).count("link-unresolved") == 1
    assert report(()) == "no problems\n"


def test_json_has_every_fact() -> None:
    """Programs read places as numbers."""
    first = json.loads(report(PROBLEMS, "json", folder="content"))[0]
    assert (first["path"], first["line"], first["column"]) == ("content/a,b.md", 2, 5)
    assert first["related"] == [{"path": "content/c.md", "line": 1, "column": 1}]


def test_github_annotations_are_escaped() -> None:
    """A line break in a message must not end the command."""
    assert report(PROBLEMS, "github", folder="content/").splitlines()[0] == (
        "::error file=content/a%2Cb.md,line=2,col=5,title=slug-unsafe::100%25 taken%0Aor not"
    )


def test_sarif_names_rules_and_regions() -> None:
    """Columns count code points (DG-3)."""
    run = json.loads(report(PROBLEMS, "sarif"))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["link-unresolved", "slug-unsafe"]
    assert run["results"][1]["locations"][0]["physicalLocation"]["region"] == {
        "startLine": 3,
        "startColumn": 1,
    }


def test_an_unknown_format_is_refused() -> None:
    """The message names the known ones."""
    with pytest.raises(ValueError, match="sarif"):
        report((), "xml")
    assert set(FORMATS) == {"text", "json", "github", "sarif"}


def test_one_thing_in_many_notes_is_told_once() -> None:
    """More than twenty notes, not more than twenty places, make one line at the first (DG-7)."""

    def found(count: int, message: str) -> list[Diagnostic]:
        return [Diagnostic(Place(f"n{at:02}.md", 1, 1), "link-unresolved", message) for at in range(count)]

    several = [Diagnostic(Place("m.md", line, 1), "link-unresolved", "once") for line in range(1, 30)]
    brief = condensed([*found(21, "often"), *found(20, "seldom"), *several])
    assert [problem.message for problem in brief].count("seldom") == 20
    assert [problem.message for problem in brief].count("once") == 29
    (told,) = [problem for problem in brief if problem.message.startswith("often")]
    assert told.place.path == "n00.md"
    assert "20 other notes" in told.message
