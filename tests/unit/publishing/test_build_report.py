"""Which lines of a report a build prints (DG-2, DG-7)."""

from pathlib import Path

from garden.model.diagnostic import Diagnostic, Place
from garden.publishing.build_report import Audience, ReportLine, printed, report_lines
from garden.publishing.folder.output import Output

MANY = 30
MESSAGE = '"colour" is not a known property'


def test_a_verbose_build_names_every_note_and_a_brief_one_the_first() -> None:
    """What is true of many notes is one line unless every line is asked for."""
    lines = report_lines(
        Diagnostic(Place(f"{number:02}.md", 1, 1), "link-unresolved", MESSAGE) for number in range(MANY)
    )
    assert len(printed(lines, verbose=True)) == MANY
    (only,) = printed(lines, verbose=False)
    assert only.startswith("00.md:1:1")
    assert f"here and in {MANY - 1} other notes" in only


def test_what_is_for_information_is_for_verbose_builds() -> None:
    """A warning is for everyone."""
    place = Place("a.md", 1, 1)
    lines = report_lines(
        (Diagnostic(place, "not-rendered", MESSAGE), Diagnostic(place, "link-unresolved", MESSAGE))
    )
    assert {line.audience for line in lines} == {Audience.EVERYONE, Audience.VERBOSE}
    assert len(printed(lines, verbose=False)) == 1


def test_lines_are_remembered_with_the_output(tmp_path: Path) -> None:
    """A build that finds nothing to do prints the same lines."""
    lines = [ReportLine("everyone"), ReportLine("brief", Audience.BRIEF)]
    with Output(tmp_path / "output", tmp_path / "cache") as output:
        output.replace()
        output.remember("inputs", lines, 0, (0, 0, 0))
    assert Output(tmp_path / "output", tmp_path / "cache").before.report == lines
