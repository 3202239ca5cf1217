"""What the search engine reads of a vault."""

import json

import pytest

from garden.model.note import Status
from garden.rendering.artifacts.search import FILTERS, search_records, spaced
from tests.unit.rendering.conftest import Vault, made_heading


def records(vault: Vault) -> dict[str, str]:
    """All files for the engine, by name."""
    return {record.save_as: record.content().decode() for record in search_records(vault.library())}


def test_only_listed_notes_with_text_take_part(vault: Vault) -> None:
    """No drafts, no hidden notes, no hubs without text, no empty notes."""
    vault.note("a.md", relations=["up:: [[Hub]]"], plain="Text.")
    vault.note("draft.md", plain="Text.", status=Status.DRAFT)
    vault.note("hidden.md", plain="Text.", status=Status.HIDDEN)
    vault.note("empty.md", plain=" \n")
    assert list(records(vault)) == ["a/index.html", FILTERS]


def test_headings_stand_in_their_places_with_their_ids(vault: Vault) -> None:
    """So that a result leads to its section."""
    from dataclasses import replace

    headings = [
        replace(made_heading("Second part", 0, 0), above=1),
        replace(made_heading("No", 0, 0, shown=False), above=2),
    ]
    vault.note("a.md", title="A < B", plain="one & two\nthree\nfour", headings=headings)
    page = records(vault)["a/index.html"]
    body = page[page.index("<h1>") : page.index("</main>")]
    assert body == (
        "<h1>A &lt; B</h1>\n<p>one &amp; two</p>\n"
        '<h2 id="second-part">Second part</h2>\n<p>three</p>\n<p>four</p>\n'
    )


def test_title_and_trail_are_what_a_result_shows(vault: Vault) -> None:
    """Quotes cannot leave their attribute."""
    vault.note("top.md", title='The "top"', plain="x")
    vault.note("a.md", relations=["up:: [[top]]"], plain="x")
    page = records(vault)["a/index.html"]
    assert '<meta data-pagefind-meta="title[content]" content="a">' in page
    assert '<meta data-pagefind-meta="trail[content]" content="The &quot;top&quot;">' in page


def test_branches_are_two_levels_and_tags_include_those_above(vault: Vault) -> None:
    """A note is found in each branch that holds it; a hidden page names no branch."""
    vault.note("root.md", plain="x")
    vault.note("mid.md", relations=["up:: [[root]]"], plain="x")
    vault.note("low.md", relations=["up:: [[mid]]"], plain="x", tags=["Data/Lineage", "data"])
    vault.note("leaf.md", relations=["up:: [[low]]"], plain="x", tags=["data"])
    vault.note("secret.md", plain="x", status=Status.HIDDEN)
    vault.note("below.md", relations=["up:: [[secret]]"], plain="x")
    filters = json.loads(records(vault)[FILTERS])
    assert filters["branch"] == {
        "root": ["/leaf/", "/low/", "/mid/", "/root/"],
        "mid": ["/leaf/", "/low/", "/mid/"],
    }
    assert {name: len(found) for name, found in filters["tag"].items()} == {"data": 2, "Data/Lineage": 1}


def test_facts_change_with_the_note_and_its_trail_alone(vault: Vault) -> None:
    """Another note's text does not make a page for the engine anew."""
    vault.note("top.md", plain="x")
    vault.note("a.md", relations=["up:: [[top]]"], plain="x")

    def facts() -> dict[str, str]:
        return {record.save_as: record.facts for record in search_records(vault.library())}

    before = facts()
    vault.note("b.md", plain="new")
    assert {name: facts()[name] for name in ("a/index.html", "top/index.html")} == {
        name: before[name] for name in ("a/index.html", "top/index.html")
    }
    vault.note("top.md", title="Top", plain="x")
    assert facts()["a/index.html"] != before["a/index.html"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("plain words", "plain words"),
        ("使用Docker部署", "使 用 Docker 部 署"),
        ("モデル、監視", "モ デ ル 、 監 視"),
        ("데이터 버전", "데이터 버전"),
        ("\U00020bb7野家", "\U00020bb7 野 家"),
        ("", ""),
    ],
)
def test_each_ideograph_and_kana_is_a_word(text: str, words: str) -> None:
    """Korean has blanks of its own."""
    assert spaced(text) == words
