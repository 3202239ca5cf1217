"""Which problems an author wants to see, and how serious they are to them."""

import pytest

from garden.authoring.grading import ReportFilter, graded
from garden.hosts.settings.configuration import settings_from
from garden.model.diagnostic import Diagnostic, Place, Severity
from garden.model.errors import SettingsError


def problem(code: str, path: str = "a.md") -> Diagnostic:
    """Make a problem."""
    return Diagnostic(Place(path, 1, 1), code, "x")


def grades(settings: dict[str, object], *problems: Diagnostic) -> list[tuple[str, str]]:
    """Return path and severity of what the settings leave of some problems."""
    found = graded(problems, settings_from({"GARDEN": settings}))
    return [(each.place.path, each.severity.name.lower()) for each in found]


def test_without_settings_an_id_has_its_own_severity() -> None:
    """Nothing is changed, nothing left out."""
    assert grades({}, problem("link-unresolved"), problem("note-orphan")) == [
        ("a.md", "warning"),
        ("a.md", "info"),
    ]


def test_a_setting_grades_an_id_or_a_pattern() -> None:
    """The last pattern that fits counts; `off` leaves the problem out."""
    chosen = {"link-*": "error", "link-ambiguous": "off"}
    assert grades({"severities": chosen}, problem("link-unresolved"), problem("link-ambiguous")) == [
        ("a.md", "error")
    ]


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("journal", "journal/2024/a.md", True),
        ("journal", "old/journal/a.md", True),
        ("notes/journal/", "notes/journal/a.md", True),
        ("notes/journal", "journal/a.md", False),
        ("drafts/*.md", "drafts/a.md", True),
        ("journal", "journals/a.md", False),
        ("a.md", "deep/a.md", True),
    ],
)
def test_a_path_has_severities_of_its_own(pattern: str, path: str, *, fits: bool) -> None:
    """It may be a note, a folder or a pattern, as in `ignore`."""
    chosen = {"severities": {"note-orphan": "error"}, "path_severities": {pattern: {"note-orphan": "off"}}}
    assert grades(chosen, problem("note-orphan", path)) == ([] if fits else [(path, "error")])


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ({"severities": {"link-unresolvd": "error"}}, 'did you mean "link-unresolved"'),
        ({"severities": {"link-unresolved": "bad"}}, '"error", "warning", "info", "off"'),
        ({"path_severities": {"a": {"nope": "off"}}}, '"nope" is not the id of a problem'),
        ({"path_severities": ["a"]}, "must be a dictionary"),
    ],
)
def test_a_wrong_setting_is_reported(setting: dict[str, object], says: str) -> None:
    """The message names the setting and what it may be."""
    with pytest.raises(SettingsError, match="severities") as told:
        settings_from({"GARDEN": setting})
    assert says in str(told.value)


def test_infos_are_shown_when_asked_for() -> None:
    """By `verbose`, or by their id; what is ignored is never shown."""
    info, warning = problem("note-orphan"), problem("link-unresolved")
    assert [ReportFilter().shows(info), ReportFilter().shows(warning)] == [False, True]
    assert ReportFilter(verbose=True).shows(info)
    assert ReportFilter(select=("note-*",)).shows(info)
    assert not ReportFilter(select=("note-*",)).shows(warning)
    assert not ReportFilter(ignore=("link-*",)).shows(warning)


def test_a_grade_is_not_part_of_what_a_problem_is() -> None:
    """Two reports of one problem are one, whatever its grade."""
    plain = problem("note-orphan")
    assert plain == Diagnostic(plain.place, plain.code, plain.message, grade=Severity.ERROR)
