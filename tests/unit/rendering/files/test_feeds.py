"""Feeds as readers see them: every format is read by a library that others have written."""

import json
import time
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from typing import Any

import feedparser
import jsonfeed
import pytest
from lxml import etree

from garden.model.names import VaultPath
from garden.model.note import Status
from garden.rendering.files.feeds import FeedWriter, feeds
from tests.support.vault import Vault, read_note

SCHEMA = Path(__file__).parents[3] / "support" / "atom.rng"
HOME = "https://example.org/docs/"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"


@pytest.fixture
def garden(vault: Vault) -> Vault:
    """Two dated notes in a category, one without a date, one hidden, one draft."""
    vault.set(site_url=HOME, base="/docs", site_name="A & B", description="On <things>.", author="Ada")
    vault.files = ["x.png", "cover.png"]
    vault.note(
        "a.md",
        "<p>",
        "[[b]]",
        "![[x.png]]",
        "</p>",
        date="2023-01-17",
        modified="2023-03-01",
        category="C c",
        authors=("Grace", "Barbara"),
        tags=["one", "two"],
    )
    vault.note(
        "b.md", "x\x07", title="B <b>", date="2023-02-01T10:00:00+02:00", plain="First & second", lang="fr"
    )
    vault.note("c.md")
    vault.note("veiled.md", status=Status.HIDDEN, date="2024-01-01")
    vault.note("draft.md", status=Status.DRAFT, date="2024-01-01")
    return vault


def made(vault: Vault) -> dict[str, bytes]:
    return {str(artifact.save_as): artifact.content for artifact in feeds(vault.catalog(), vault.body)}


def read(vault: Vault, file: str) -> Any:
    found = feedparser.parse(made(vault)[file], sanitize_html=False)
    assert not found.bozo, found.get("bozo_exception")
    return found


def moment(parsed: time.struct_time) -> datetime:
    return datetime(*parsed[:6], tzinfo=UTC)


def test_the_site_and_each_category_have_feeds_in_three_formats(garden: Vault) -> None:
    """Their names are those that Pelican gives."""
    kinds = ("atom.xml", "rss.xml", "json")
    assert set(made(garden)) == {f"feeds/{name}.{kind}" for name in ("all", "c-c") for kind in kinds}


@pytest.mark.parametrize("file", ["feeds/all.atom.xml", "feeds/all.rss.xml"])
def test_an_independent_parser_reads_atom_and_rss(garden: Vault, file: str) -> None:
    """Newest first; undated, hidden and unpublished notes are not there (PB-2, PB-3, TI-5)."""
    found = read(garden, file)
    assert (found.feed.title, found.feed.link) == ("A & B", HOME)
    assert unescape(found.feed.subtitle) == "On <things>."
    assert [entry.id for entry in found.entries] == [f"{HOME}b/", f"{HOME}a/"]
    assert [entry.link for entry in found.entries] == [f"{HOME}b/", f"{HOME}a/"]
    assert found.entries[0].title == "B <b>"
    second = found.entries[1]
    assert moment(second.published_parsed) == datetime(2023, 1, 17, tzinfo=UTC)
    assert moment(second.updated_parsed) == datetime(2023, 3, 1, tzinfo=UTC)
    assert [tag.term for tag in second.tags] == ["C c", "one", "two"]
    assert [author.name for author in second.authors] == ["Grace", "Barbara"]
    text = second.content[0].value
    assert f'href="{HOME}b/"' in text
    assert f'src="{HOME}x.png"' in text


def test_an_independent_parser_reads_json_feed(garden: Vault) -> None:
    """It raises for whatever is missing that the format asks for."""
    content = made(garden)["feeds/all.json"]
    feed = jsonfeed.Feed.parse(json.loads(content))
    assert feed.version == "https://jsonfeed.org/version/1.1"
    assert (feed.title, feed.home_page_url, feed.feed_url) == ("A & B", HOME, f"{HOME}feeds/all.json")
    assert [item.id for item in feed.items] == [f"{HOME}b/", f"{HOME}a/"]
    assert f'href="{HOME}b/"' in feed.items[1].content_html
    assert feed.items[1].date_modified == "2023-03-01T00:00:00Z"
    assert feed.items[1].tags == ["C c", "one", "two"]


def test_all_formats_say_the_same(garden: Vault) -> None:
    """One feed, written three times; only XML cannot hold every character."""
    files = made(garden)
    atom, rss = etree.fromstring(files["feeds/all.atom.xml"]), etree.fromstring(files["feeds/all.rss.xml"])
    items = json.loads(files["feeds/all.json"])["items"]
    texts = [item["content_html"].replace("\x07", "\ufffd") for item in items]
    ids = [item["id"] for item in items]
    assert len(items) == 2
    assert [found.text for found in atom.iter(f"{ATOM}content")] == texts
    assert [found.text for found in rss.iter(f"{CONTENT}encoded")] == texts
    assert [found.findtext(f"{ATOM}id") for found in atom.iter(f"{ATOM}entry")] == ids
    assert [found.text for found in rss.iter("guid")] == ids


def test_xml_is_well_formed_whatever_notes_hold(garden: Vault) -> None:
    """What XML cannot hold is replaced; libxml2 reads it without mending anything."""
    for file, content in made(garden).items():
        if file.endswith(".xml"):
            etree.fromstring(content, etree.XMLParser(recover=False))


def assert_is_atom(content: bytes) -> None:
    """See that a feed is what RFC 4287 says, and what no grammar can: unlike ids, one link of each kind."""
    feed = etree.fromstring(content)
    schema = etree.RelaxNG(etree.parse(SCHEMA))
    assert schema.validate(feed), schema.error_log
    ids = [found.text for found in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids))
    for element in (feed, *feed.iter(f"{ATOM}entry")):
        links = [(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")]
        assert len(links) == len(set(links))
    assert [link.get("rel") for link in feed.findall(f"{ATOM}link")].count("self") == 1


def test_atom_is_what_its_standard_says(garden: Vault) -> None:
    """The site's, and a category's."""
    files = made(garden)
    assert_is_atom(files["feeds/all.atom.xml"])
    assert_is_atom(files["feeds/c-c.atom.xml"])


def test_atom_is_so_with_anything_in_it(vault: Vault) -> None:
    """Characters that XML cannot hold, addresses of every script, no site address, no entries, no author."""
    assert_is_atom(made(vault)["feeds/all.atom.xml"])
    vault.note(
        "\u65e5\u672c & <b>.md",
        "text \x02 ]]> <i>",
        date="2023-01-17",
        title="\x07 <T>",
        tags=["a&b", "\u00fc"],
    )
    vault.note("n.md", "", date="0001-01-01", lang="de", authors=["A & B"], summary="<s>")
    assert_is_atom(made(vault)["feeds/all.atom.xml"])
    vault.set(site_url="https://example.org/d\u00fc", site_name="<&>")
    assert_is_atom(made(vault)["feeds/all.atom.xml"])


def test_a_feed_is_as_new_as_its_newest_change(garden: Vault) -> None:
    """No clock is asked, so a build changes nothing."""
    assert (
        etree.fromstring(made(garden)["feeds/all.atom.xml"]).findtext(f"{ATOM}updated")
        == "2023-03-01T00:00:00Z"
    )
    assert made(garden) == made(garden)


def test_a_feed_without_entries_is_one(vault: Vault) -> None:
    """A site without dates has a feed all the same, since its address is in every page."""
    vault.note("a.md")
    assert read(vault, "feeds/all.atom.xml").entries == []
    assert read(vault, "feeds/all.rss.xml").entries == []
    assert json.loads(made(vault)["feeds/all.json"])["items"] == []


def test_feeds_have_lasting_names_without_a_site_address(vault: Vault) -> None:
    """An id is a full address, or a name made from the page's own."""
    vault.note("a.md", date="2023-01-17")
    assert read(vault, "feeds/all.atom.xml").entries[0].id.startswith("urn:uuid:")


def test_an_entry_is_complete_wherever_it_is_shown(vault: Vault) -> None:
    """Addresses of the author's own, fragments and ids must not mean something else in a reader."""
    vault.set(site_url=HOME, base="/docs")
    text = (
        "---\ndate: 2023-01-17\n---\n# One\n\n[up](#one) <img src='other.png'> a[^1]\n\n"
        "<script>alert(1)</script>\n\n<p onclick='x()'>kept</p>\n\n[^1]: foot\n"
    )
    vault.documents[VaultPath("a.md")] = read_note(text)
    html = json.loads(made(vault)["feeds/all.json"])["items"][0]["content_html"]
    assert 'href="https://example.org/docs/a/' in html
    assert 'src="https://example.org/docs/a/other.png"' in html
    assert "<script" not in html
    assert "onclick" not in html
    assert "kept" in html
    assert "foot" in html
    assert 'id="fn' not in html


def test_a_branch_has_its_feed_in_the_same_formats(vault: Vault) -> None:
    """They stand beside its page."""
    vault.set(site_url=HOME, base="/docs")
    for name in "ab":
        vault.note(f"{name}.md", relations=["up:: [[top]]"], date="2023-01-17")
    catalog = vault.catalog()
    found = FeedWriter(catalog, vault.body).branch(catalog.branches.roots[0])
    assert [file.save_as for file in found] == ["top/feed.atom.xml", "top/feed.rss.xml", "top/feed.json"]
    assert feedparser.parse(found[0].content).feed.link == f"{HOME}top/"
