"""Reports for people and for programs."""

import json

import pytest

from garden.authoring.formats import FORMATS, report, statistics
from garden.authoring.formats.context import ReportContext
from garden.authoring.formats.text import summary
from garden.hosts.commands.explanations import EXPLANATIONS
from garden.model.diagnostic import Diagnostic, Place, Severity

PROBLEMS = (
    Diagnostic(Place("b.md", 3, 1), "link-unresolved", 'no note matches "x"', "did you mean «y»?"),
    Diagnostic(Place("a,b.md", 2, 5), "slug-unsafe", "100% taken\nor not", related=(Place("c.md", 1, 1),)),
)
CONTENT = ReportContext("content")


def test_dg_2_text_is_one_line_per_problem_by_place() -> None:
    """Path, line, column, severity and id."""
    assert report(PROBLEMS, "concise").splitlines() == [
        "a,b.md:2:5: error [slug-unsafe] 100% taken or not",
        'b.md:3:1: warning [link-unresolved] no note matches "x" (did you mean «y»?)',
        "1 error, 1 warning",
    ]


def test_a_place_within_a_file_is_given_in_words() -> None:
    """A notebook's line says little to people; programs get both."""
    place = Place("book.ipynb", 31, 9, "cell 4, line 2")
    problem = Diagnostic(place, "link-unresolved", "x", "y", related=(place,))
    line = "book.ipynb:31:9: warning [link-unresolved] cell 4, line 2: x (y)"
    assert report([problem], "concise").splitlines()[0] == line
    (found,) = json.loads(report([problem], "json"))
    assert (found["line"], found["within"], found["related"][0]["within"]) == (
        31,
        "cell 4, line 2",
        "cell 4, line 2",
    )
    (result,) = json.loads(report([problem], "sarif"))["runs"][0]["results"]
    assert result["message"]["text"] == "cell 4, line 2: x (y)"
    assert result["locations"][0]["logicalLocations"] == [{"name": "cell 4, line 2"}]
    assert report([problem], "github").endswith("::cell 4, line 2: x (y)\n")


def test_text_shows_the_line_and_marks_the_place() -> None:
    """Wide characters move the mark; of a long line only the part around the place is shown."""
    lines = {"a,b.md": "中 [[x]]", "b.md": "word " * 100}
    context = ReportContext("notes", lambda place: lines[place.path])
    shown = report(
        [*PROBLEMS, Diagnostic(Place("b.md", 1, 251), "link-unresolved", "far away")], "text", context
    ).splitlines()
    assert shown[0].startswith("notes/a,b.md:2:5: error")
    assert shown[1:3] == ["    中 [[x]]", "         ^"]
    at = shown.index("notes/b.md:1:251: warning [link-unresolved] far away")
    assert shown[at + 1].startswith("    …word ")
    assert shown[at + 1].endswith("…")
    assert shown[at + 1][shown[at + 2].index("^")] == "w"


def test_the_severity_of_the_author_counts() -> None:
    """A problem that the settings grade is reported as what they say."""
    graded = Diagnostic(Place("a.md", 1, 1), "link-unresolved", "x", grade=Severity.ERROR)
    assert "error [link-unresolved]" in report([graded])
    assert json.loads(report([graded], "json"))[0]["severity"] == "error"


def test_statistics_count_by_id() -> None:
    """The most frequent comes first."""
    more = Diagnostic(Place("z.md", 1, 1), "link-unresolved", "x")
    assert statistics([*PROBLEMS, more]) == [(2, "link-unresolved", "warning"), (1, "slug-unsafe", "error")]


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
    first = json.loads(report(PROBLEMS, "json", CONTENT))[0]
    assert (first["path"], first["line"], first["column"]) == ("content/a,b.md", 2, 5)
    assert first["related"] == [{"path": "content/c.md", "line": 1, "column": 1}]


def test_github_annotations_are_escaped() -> None:
    """A line break in a message must not end the command."""
    assert report(PROBLEMS, "github", CONTENT).splitlines()[0] == (
        "::error file=content/a%2Cb.md,line=2,col=5,title=slug-unsafe::100%25 taken%0Aor not"
    )


def test_sarif_names_rules_and_regions() -> None:
    """Columns count code points (DG-3); a rule says what is wrong and what to do; paths are the repository's."""
    run = json.loads(report(PROBLEMS, "sarif", ReportContext("content", rules=EXPLANATIONS)))["runs"][0]
    assert run["columnKind"] == "unicodeCodePoints"
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["link-unresolved", "slug-unsafe"]
    assert rules[0]["shortDescription"]["text"] == EXPLANATIONS["link-unresolved"].what
    assert "**What to do:**" in rules[0]["help"]["markdown"]
    assert rules[0]["helpUri"].startswith("https://")
    found = run["results"][1]
    assert run["tool"]["driver"]["rules"][found["ruleIndex"]]["id"] == found["ruleId"] == "link-unresolved"
    where = found["locations"][0]["physicalLocation"]
    assert where["region"] == {"startLine": 3, "startColumn": 1}
    assert where["artifactLocation"] == {"uri": "content/b.md", "uriBaseId": "%SRCROOT%"}


def test_sarif_has_paths_below_the_root_only() -> None:
    """A vault that is elsewhere is its own root."""
    assert "../" not in report(PROBLEMS, "sarif", ReportContext("../../notes"))
    assert "../../notes/b.md" in report(PROBLEMS, "json", ReportContext("../../notes"))


def test_a_fingerprint_outlives_edits_elsewhere() -> None:
    """It is that of the problem, not of the line, and two of one kind in a note have two."""

    def fingerprints(*lines: int) -> list[str]:
        found = [Diagnostic(Place("a.md", line, 1), "link-unresolved", "x") for line in lines]
        results = json.loads(report(found, "sarif"))["runs"][0]["results"]
        return [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]

    assert fingerprints(3) == fingerprints(9)
    assert len(set(fingerprints(3, 4))) == 2


def test_an_unknown_format_is_refused() -> None:
    """The message names the known ones."""
    with pytest.raises(ValueError, match="sarif"):
        report((), "xml")
    assert set(FORMATS) == {"text", "concise", "json", "github", "sarif"}
