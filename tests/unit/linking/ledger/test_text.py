"""The ledger as text: what is written is read again, and what is damaged is reported (PB-6)."""

import pytest

from garden.linking.ledger.text import format_ledger, is_ledger, parse_ledger, safe_address
from garden.model.ledger import LedgerLine, LineKey, ledger_of
from garden.model.names import Url

MARK = '{"garden":"addresses","version":1}'

FULL = f"""{MARK}
{{"address":"/","content":"0123","note":"index.md"}}
{{"address":"/ü b/","asked":"/b/","content":"4567","first":"/c.html","note":"x \\"y\\".md","old":["/a b/","/c.html"]}}
{{"gone":true,"note":"\\udcff.md","old":["/d/"]}}
{{"address":"/hub/","hub":"hub","notes":["a.md","b.md"]}}
{{"old":["/archives.html"],"page":"/archive/"}}
{{"lost":"/z/","to":"https://example.org/"}}
"""


def reported(text: str) -> list[tuple[int, str]]:
    """Return line and message of what is wrong with a ledger."""
    problems = parse_ledger(text).problems
    assert all(
        (problem.code, problem.place.path) == ("ledger-damaged", "addresses.jsonl") for problem in problems
    )
    return [(problem.place.line, problem.message) for problem in problems]


def test_what_is_written_is_read_again() -> None:
    """Byte for byte, whatever names hold."""
    assert reported(FULL) == []
    assert format_ledger(parse_ledger(FULL)) == FULL
    backwards = "\r\n".join(reversed(FULL.splitlines()))
    assert format_ledger(parse_ledger(backwards)) == FULL


def test_a_file_without_lines_is_not_a_problem() -> None:
    """Nor is one with the mark alone."""
    assert reported("") == []
    assert reported(MARK) == []


def test_a_line_about_nothing_is_dropped() -> None:
    """A page whose addresses all went to others has no line."""
    line = LedgerLine(LineKey("note", "a.md"), Url("a/"))
    assert ledger_of([line.without([Url("a/")])]).lines == {}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("<<<<<<< HEAD", "a merge has left this marker: delete the line, and keep the lines of both sides"),
        ("=======", "a merge has left this marker: delete the line, and keep the lines of both sides"),
        (">>>>>>> other", "a merge has left this marker: delete the line, and keep the lines of both sides"),
        ('{"address":"/b/","no', "this line is not JSON"),
        ('{"note":"\udcff"}', "this line is not JSON"),
        ("[]", "this line is not an entry"),
        ('{"address":"/b/"}', "this line must have exactly one of note, hub,"),
        ('{"note":"a","tag":"b"}', "this line must have exactly one of note, hub,"),
        ('{"note":1}', "this line must have exactly one of note, hub,"),
        ('{"address":7,"note":"b.md"}', '"address" must be a string'),
        ('{"note":"b.md","old":"/x/"}', '"old" must be a list of strings'),
        ('{"gone":"yes","note":"b.md"}', '"gone" must be true or false'),
        ('{"note":"b.md","to":"javascript:alert(1)"}', '"to" must be a full address'),
        ('{"note":"b.md","old":["/../x/"]}', '"old" has an address that cannot be one of the site: "/../x/"'),
        (
            '{"garden":"addresses","version":2}',
            "this file has a format that this version of Garden does not know",
        ),
    ],
)
def test_a_damaged_line_is_reported_and_the_others_count(line: str, message: str) -> None:
    """With its number and what to do."""
    text = f'{MARK}\n{{"address":"/a/","note":"a.md"}}\n{line}\n{{"address":"/z/","note":"z.md"}}\n'
    (number, said), *more = reported(text)
    assert (number, more) == (3, [])
    assert said.startswith(message)
    assert [key.name for key in parse_ledger(text).lines] == ["a.md", "z.md"]


def test_a_file_that_has_lost_its_mark_is_damaged() -> None:
    """It may have any format."""
    assert reported('{"address":"/a/","note":"a.md"}') == [(1, f"the first line must be {MARK}")]


def test_two_lines_about_one_page_are_put_together() -> None:
    """The first address counts, and no address of either is lost."""
    text = f'{MARK}\n{{"address":"/a/","note":"n.md","old":["/o/"]}}\n{{"address":"/b/","content":"12","note":"n.md","old":["/p/"]}}\n'
    (line,) = parse_ledger(text).lines.values()
    assert line == LedgerLine(
        LineKey("note", "n.md"), Url("a/"), None, None, (Url("b/"), Url("o/"), Url("p/")), "12"
    )


@pytest.mark.parametrize(
    ("text", "ours"),
    [(MARK, True), (f"<<<<<<< HEAD\n{MARK}\n", True), ("", False), ('{"address":"12 High Street"}\n', False)],
)
def test_the_mark_says_whose_file_it_is(text: str, ours: bool) -> None:
    """Also where a merge has left something before it."""
    assert is_ledger(text) is ours


@pytest.mark.parametrize(
    ("written", "url"),
    [
        ("/a/b.html", "a/b.html"),
        ("a b/", "a b/"),
        ("/", ""),
        ("/../a/", None),
        ("//example.org/", None),
        ("/a/./b/", None),
        ("/a\\b/", None),
        ("/a\nb/", None),
        ("/" + "a" * 256 + "/", None),
        ("/a" * 600, None),
    ],
)
def test_an_address_is_one_of_the_site(written: str, url: str | None) -> None:
    """Nothing that leads out of the output folder is one (PB-5)."""
    assert safe_address(written) == url
