"""The language of golden cases: every word accepts what is so and notices what is not."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.built_site import BuiltSite
from tests.support.golden.cases import check_site
from tests.support.golden.contract import check_contract

PAGE = """<!doctype html><html lang="en"><head><title>One - Site</title></head><body><main><h1>One</h1>
<nav data-trail><a href="/two/">Two</a></nav>
<div data-note-body="">{body}</div>
<ul data-rel="up"><li data-implied><a href="/two/">Two</a><ul><li><a href="/one/">x</a></li></ul></li>
<li><span class="unresolved">gone</span></li></ul></main></body></html>"""


def site_with(body: str, folder: Path, log: str = "") -> BuiltSite:
    """A hand-made output of two notes, `one` with the given body."""
    for slug, content in (("one", body), ("two", "<h2 id='part'>Part</h2>")):
        (folder / slug).mkdir(parents=True)
        page = PAGE.replace("{body}", content).replace("One", slug.title())
        (folder / slug / "index.html").write_text(page, encoding="utf-8")
    return BuiltSite(folder, 0, log)


TRUE = {
    "text": "a b x = 1",
    "contains": ["a b"],
    "without": ["a  c"],
    "text_once": ["x = 1"],
    "has": ["p em", "a[href]"],
    "lacks": ["h3", "em em"],
    "count": {"em": 1},
    "attr": {"a": {"title": "T", "class": None}},
    "links": {"a": ["two.md#=Part"]},
    "leads": {"a": "two.md#part"},
    "lacks_link": ["one.md"],
    "exact": {"pre": "x  = 1"},
    "code": ["x  = 1"],
    "spans": [],
    "tex": [],
    "tags": [],
}
BODY = "<p>a <em>b</em><a href='../two/#part' title='T'></a></p><pre>x  = 1\n</pre>"
FALSE = {
    "text": "a b",
    "contains": ["x  =  2"],
    "without": ["a b"],
    "text_once": ["y"],
    "has": ["h3"],
    "lacks": ["em"],
    "count": {"em": 2},
    "attr": {"a": {"title": None}},
    "links": {"a": ["one.md"]},
    "leads": {"a": "two.md#other"},
    "lacks_link": ["two.md"],
    "exact": {"pre": "x = 1"},
    "code": ["x  = 1", ""],
    "spans": ["x"],
    "tex": ["x"],
    "tags": ["x"],
}


@pytest.mark.parametrize("word", TRUE)
def test_a_statement_that_is_true_holds(word: str, tmp_path: Path) -> None:
    """Each word of the language accepts what is so."""
    check_site({"bodies": {"one.md": {word: TRUE[word]}}}, site_with(BODY, tmp_path), tmp_path)


@pytest.mark.parametrize("word", FALSE)
def test_a_statement_that_is_false_fails(word: str, tmp_path: Path) -> None:
    """Each word of the language notices what is not so."""
    with pytest.raises(AssertionError):
        check_site({"bodies": {"one.md": {word: FALSE[word]}}}, site_with(BODY, tmp_path), tmp_path)


def test_relations_and_trails_are_read_as_the_spec_marks_them(tmp_path: Path) -> None:
    """Nested lists in an entry are context, implied and unresolved entries are told apart."""
    site = site_with("", tmp_path)
    said = {"rel": {"up": ["two.md implied", "unresolved gone"], "down": []}, "trails": [["two.md"]]}
    check_site({"pages": {"one.md": said}}, site, tmp_path)
    wrong: dict[str, Any]
    for wrong in ({"rel": {"up": ["two.md", "unresolved gone"]}}, {"trails": [["one.md"]]}, {"trails": []}):
        with pytest.raises(AssertionError):
            check_site({"pages": {"one.md": wrong}}, site, tmp_path)


@pytest.mark.parametrize(
    "body",
    [
        "<h1>Two</h1>",
        "<p id='x'></p><p id='x'></p>",
        "<p>a<div>b</div></p>",
        "<a href='/nowhere/'>x</a>",
        "<a href='/two/a b'>x</a>",
        "<ul data-rel='up'></ul>",
    ],
)
def test_the_contract_notices_what_must_never_be(body: str, tmp_path: Path) -> None:
    """What no site may have fails, whatever the case says."""
    with pytest.raises(AssertionError):
        check_contract(site_with(body, tmp_path), frozenset())


LOG = """INFO: Reading
a b.md:12:5: warning [link-unresolved] no note or file matches "x"
x/c.md:1:1: error [slug-unsafe] no
Done: Processed 3 articles in 0:01:02 seconds.
"""


def test_diagnostics_are_read_from_the_log(tmp_path: Path) -> None:
    """Places may be given with wildcards; every line must be accounted for."""
    site = site_with("", tmp_path, LOG)
    wanted = ["x/c.md:*:* slug-unsafe", "a b.md:12:5 link-unresolved"]
    check_site({"diagnostics": wanted, "messages": {"link-unresolved": ['matches "x"']}}, site, tmp_path)
    for wrong in (wanted[:1], [*wanted, "a.md:1:1 link-unresolved"], []):
        with pytest.raises(AssertionError):
            check_site({"diagnostics": wrong}, site, tmp_path)


def test_a_leak_is_found_however_it_is_written(tmp_path: Path) -> None:
    """Entities, percent signs, case and file names hide nothing."""
    site = site_with("<i title='S&#101;cret%20One'></i>", tmp_path)
    (tmp_path / "plan.txt").write_text("x")
    for text in ("secret one", "PLAN.TXT"):
        with pytest.raises(AssertionError):
            check_site({"nowhere": [text]}, site, tmp_path)
