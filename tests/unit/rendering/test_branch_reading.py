"""Branches read as a whole: what is in them, on the page, in the feed and in the text."""

from hashlib import sha256
from xml.etree import ElementTree as etree

import pytest

from garden.linking.relation import Node
from garden.model.body import Slot, SlotKind
from garden.model.names import SaveAs, VaultPath
from garden.model.note import Status
from garden.model.pages.page import Artifact, BranchPage
from garden.rendering.branch_reading import is_branch
from garden.rendering.files.branch.beside_pages import BesidePages
from garden.rendering.files.feeds import FeedWriter
from garden.rendering.files.markdown_pages import branch_text, markdown_page, note_text
from garden.rendering.fingerprint import fingerprint
from garden.rendering.pages.all import node_view
from garden.rendering.pages.branch import branch_page
from tests.support.vault import Vault

HUB = Node("hub", "top")
ATOM = "{http://www.w3.org/2005/Atom}"


def note(name: str) -> Node:
    return Node("note", f"{name}.md")


@pytest.fixture
def branch(vault: Vault) -> Vault:
    """A hub with two notes, one of them with a note below; a hidden one and a draft beside them."""
    level = Slot(SlotKind.HEADING_LEVEL, 2)
    part = ("<h", level, ">Part</h", level, ">")
    vault.note("a.md", *part, "<p>", "[[b]]", "</p>", relations=["up:: [[Top]]"], date="2023-01-01")
    vault.note(
        "b.md",
        "<h",
        level,
        ' id="',
        Slot(SlotKind.ID, "x"),
        '">In b</h',
        level,
        "><p>text</p>",
        relations=["up:: [[a]]"],
        date="2023-01-02",
    )
    vault.note("c.md", "<p>see ", "[[draft|it]]", "</p>", "![[b]]", relations=["up:: [[Top]]"])
    vault.note("veiled.md", "v", status=Status.HIDDEN, relations=["up:: [[Top]]"], date="2024-01-01")
    vault.note("draft.md", "d", status=Status.DRAFT, relations=["up:: [[Top]]"], date="2024-01-01")
    return vault


def page_of(vault: Vault, node: Node = HUB) -> BranchPage:
    return branch_page(vault.catalog(), vault.body, node).page


def test_a_page_has_the_branch_in_the_order_of_its_tree(branch: Vault) -> None:
    """Each note under a heading of its level that leads to it, its own headings below that."""
    page = page_of(branch)
    assert (page.url, page.save_as, page.href, page.head.indexable) == (
        "top/all/",
        "top/all/index.html",
        "/top/",
        False,
    )
    assert [(section.title, section.level, section.href) for section in page.sections] == [
        ("a", 2, "/a/"),
        ("b", 3, "/b/"),
        ("c", 2, "/c/"),
    ]
    assert page.sections[0].body_html == '<h3>Part</h3><p><a class="internal" href="/b/">b</a></p>'
    assert page.sections[1].body_html == '<h4 id="n2:x">In b</h4><p>text</p>'


def test_hc_4_ids_on_the_page_are_unique(branch: Vault) -> None:
    """A note and its embed elsewhere on the page are two."""
    html = "".join(section.body_html for section in page_of(branch).sections)
    assert 'id="n2:x"' in html
    assert 'id="n3:e1:x"' in html
    assert 'rel="tag"' not in html


def test_relative_addresses_lead_where_they_do_on_their_own_page(branch: Vault) -> None:
    """One of a link that is left as it stands, and one of the author's own HTML (WL-13, EM-5)."""
    address = Slot(SlotKind.ADDRESS, "deep/?q&amp;r")
    branch.note("c.md", "[t](some/thing/)", '<img src="', address, '">', relations=["up:: [[Top]]"])
    own = '<a href="some/thing/">t</a><img src="deep/?q&amp;r">'
    assert branch.html("c.md") == own
    shown = page_of(branch).sections[2].body_html
    assert shown == '<a href="/c/some/thing/">t</a><img src="/c/deep/?q&amp;r">'


def test_a_written_note_is_a_branch_too(branch: Vault) -> None:
    """Its own text comes first; two children are enough."""
    branch.note("top.md", "<h2>Mine</h2>", title="The top")
    page = page_of(branch, note("top"))
    assert (page.title, page.intro_html) == ("The top", "<h2>Mine</h2>")
    shown = branch.page("top.md").branch_reading
    assert shown is not None
    assert shown.feeds
    assert (shown.count, shown.href, shown.feeds.atom) == (3, "/top/all/", "/top/feed.atom.xml")
    assert branch.page("a.md").branch_reading is None


def markdown_of(vault: Vault, path: str) -> Artifact:
    """A note as Markdown."""
    page = vault.page(path)
    return markdown_page(page, note_text(vault.catalog(), vault.body, VaultPath(path)))


def test_pb_3_nothing_unpublished_is_in_a_branch(branch: Vault) -> None:
    """Neither hidden notes nor drafts, in no form."""
    catalog = branch.catalog()
    made = [
        repr(page_of(branch)),
        *(file.content.decode() for file in FeedWriter(catalog, branch.body).branch(HUB)),
        branch_text(catalog, branch.body, HUB).artifact.content.decode(),
        markdown_of(branch, "c.md").content.decode(),
    ]
    for text in made:
        assert "veiled" not in text
        assert "draft" not in text
        assert "see" in text or "top/feed" in text


def test_the_feed_of_a_branch_has_its_dated_notes(branch: Vault) -> None:
    """Newest first; a branch without dates has none."""
    made = FeedWriter(branch.catalog(), branch.body).branch(HUB)[0]
    assert made.save_as == "top/feed.atom.xml"
    titles = [entry.findtext(f"{ATOM}title") for entry in etree.fromstring(made.content).iter(f"{ATOM}entry")]
    assert titles == ["b", "a"]
    branch.note("u1.md", relations=["up:: [[undated]]"])
    branch.note("u2.md", relations=["up:: [[undated]]"])
    shown = branch.page("undated", "hub").branch_reading
    assert shown is not None
    assert shown.feeds is None


def test_the_text_of_a_branch_names_its_sources(branch: Vault) -> None:
    """One heading and address for each note."""
    branch.set(site_url="https://example.org")
    catalog = branch.catalog()
    text = branch_text(catalog, branch.body, HUB).artifact.content.decode()
    assert text.startswith(
        "# Top\n\n<https://example.org/top/>\n\n## a\n\n<https://example.org/a/>\n\nPart[b](/b/)\n"
    )
    assert "### b\n" in text


def test_a_note_as_markdown(vault: Vault) -> None:
    """Front matter cannot be broken out of; the hierarchy is a list of links."""
    vault.note(
        "a.md",
        "<p>See ",
        "[[b|it]]",
        "</p>",
        title='Say "x": [y]',
        date="2023-01-17",
        tags=["t"],
        relations=["up:: [[Top]]"],
    )
    vault.note("b.md")
    page = vault.page("a.md")
    assert page.head.markdown == "/a/index.md"
    made = markdown_of(vault, "a.md")
    assert made.save_as == "a/index.md"
    assert made.content.decode() == (
        '---\ntitle: "Say \\"x\\": [y]"\ndate: "2023-01-17"\ntags: ["t"]\n---\n\n# Say "x": \\[y\\]\n\n'
        "Part of:\n\n- [Top](/top/)\n\nSee [it](/b/)\n"
    )


def test_what_a_page_contains_stands_below_its_text(branch: Vault) -> None:
    """Hidden notes and drafts do not (PB-2); siblings are listed by the parent."""
    branch.note("w.md", "words", relations=["up:: [[Top]]", "next:: [[a]]"])
    branch.note("x.md", relations=["up:: [[w]]"], plain="What it *says*.")
    branch.note("y.md", relations=["up:: [[w]]"], status=Status.HIDDEN)
    text = markdown_of(branch, "w.md").content.decode()
    assert text.endswith(
        "- [Top](/top/)\n\nwords\n\nContains:\n\n- [x](/x/): What it *says*.\n\nNext:\n\n- [a](/a/)\n"
    )


def test_a_hub_as_markdown_lists_its_children(branch: Vault) -> None:
    """It has no text of its own."""
    folder = Folder()
    extras = BesidePages(branch.catalog(), branch.body, folder, "")
    page = branch.page("top", "hub")
    extras.add(HUB, page, fingerprint(page))
    assert page.head.markdown == "/top/index.md"
    text = folder.contents["top/index.md"].decode()
    assert text.startswith('---\ntitle: "Top"\n---\n\n# Top\n\nContains:\n\n- [a](/a/)')
    assert "draft" not in text


def test_pb_6_what_is_made_beside_a_page_keeps_its_address(vault: Vault) -> None:
    """An author's page and file get a number, and are not written over."""
    vault.files = ["top/feed.atom.xml"]
    vault.note(
        "x.md", "[f](top/feed.atom.xml)", slug="top/all", relations=["up:: [[Top]]"], date="2023-01-01"
    )
    vault.note("y.md", relations=["up:: [[Top]]"])
    shown = vault.page("top", "hub").branch_reading
    assert shown is not None
    catalog = vault.catalog()
    assert shown.feeds
    assert (shown.href, shown.feeds.atom) == ("/top/all/", "/top/feed.atom.xml")
    assert catalog.url(note("x")) == "top/all-2/"
    assert list(catalog.snapshot.files.values()) == ["top/feed.atom-2.xml"]


def test_hc_10_branches_together_are_about_as_large_as_the_vault(vault: Vault) -> None:
    """Forty hubs above one long chain do not repeat the chain forty times."""
    for number in range(300):
        above = [f"up:: [[c{number - 1:03}]]"] if number else [f"up:: [[h{hub}]]" for hub in range(40)]
        vault.note(f"c{number:03}.md", relations=above)
    for hub in range(40):
        vault.note(f"x{hub}.md", relations=[f"up:: [[h{hub}]]"])
    catalog = vault.catalog()
    branches = [node for node in catalog.nodes if is_branch(catalog, node)]
    assert len(branches) == 40
    assert sum(len(catalog.branches.pages(node)) for node in branches) < 500


def test_a_large_branch_is_cut_and_says_so(vault: Vault) -> None:
    """Two hundred notes are on the page, the rest is counted."""
    for number in range(250):
        vault.note(f"n{number:03}.md", relations=["up:: [[Top]]"])
    page = page_of(vault)
    assert (len(page.sections), page.left_out) == (200, 50)


class Folder:
    """An output that remembers."""

    def __init__(self) -> None:
        self.marks: dict[str, str] = {}
        self.contents: dict[str, bytes] = {}
        self.written: list[str] = []

    def keeps(self, save_as: SaveAs, fingerprint: str) -> bool:
        return self.marks.get(save_as) == fingerprint

    def write(self, save_as: SaveAs, content: bytes, fingerprint: str) -> None:
        assert content
        self.marks[save_as] = fingerprint
        self.contents[save_as] = content
        self.written.append(save_as)

    def content_before(self, save_as: SaveAs, content_hash: str) -> bytes | None:
        content = self.contents.get(save_as, b"")
        return content if sha256(content).hexdigest() == content_hash else None


def test_only_what_has_changed_is_made_again(branch: Vault) -> None:
    """A note that is edited renews its Markdown and the branches that it is in, and no other."""
    folder = Folder()
    for name in "pq":
        branch.note(f"{name}.md", relations=["up:: [[Other]]"])

    def build() -> list[str]:
        folder.written.clear()
        catalog = branch.catalog()
        extras = BesidePages(catalog, branch.body, folder, "1")
        for node in catalog.snapshot.addresses:
            page = node_view(catalog, branch.body, node).page
            extras.add(node, page, fingerprint(page))
        for node in extras.branches:
            extras.write_branch(node, lambda page: page.title.encode())
        return sorted(folder.written)

    assert "other/all/index.html" in build()
    assert build() == []
    branch.note("b.md", "<p>new</p>", relations=["up:: [[a]]"], date="2023-01-02")
    again = build()
    assert "b/index.md" in again
    assert "top/all/index.html" in again
    catalog = branch.catalog()
    whole = branch_text(catalog, branch.body, HUB).artifact
    assert folder.contents["top/llms-full.txt"] == whole.content
    assert "other/all/index.html" not in again
