"""Slots of links, tags and anchors become HTML."""

import pytest

from garden.model.body import Slot, SlotKind
from garden.model.note import Status
from tests.support.vault import Vault, made_heading


def test_wl_11_a_resolved_link_leads_to_the_page_and_the_heading(vault: Vault) -> None:
    """The address is the target's own, the fragment its heading's anchor."""
    vault.note("Target Note.md", "x", headings=[made_heading("Über uns", 0, 1)])
    vault.note("a.md", "[[Target Note#Über uns|text]]")
    html = vault.html("a.md")
    assert html == ('<a class="internal" id="ref:0" href="/target-note/#%C3%BCber-uns">text</a>')


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("[[Example#Details]]", "Example &gt; Details"),
        ("[[#Details]]", "Details"),
        ("[[n#^b]]", "n &gt; ^b"),
        ("[[folder/Name]]", "folder/Name"),
    ],
)
def test_wl_7_the_default_text_is_the_target_as_typed(vault: Vault, written: str, text: str) -> None:
    """A `#` is shown as ` > `."""
    vault.note("a.md", written)
    assert f">{text}</" in vault.html("a.md")


def test_wl_7_a_setting_shows_the_targets_title(vault: Vault) -> None:
    """The title replaces the name, the heading stays."""
    vault.set(link_text="title")
    vault.note("b.md", "x", title="Big <B>", headings=[made_heading("Part", 0, 1)])
    vault.note("a.md", "[[b#Part]]")
    assert ">Big &lt;B&gt; &gt; Part</a>" in vault.html("a.md")


def test_wl_11_a_link_into_the_same_note_is_a_fragment(vault: Vault) -> None:
    """It has no id of its own, since a note does not cite itself."""
    vault.note("a.md", "[[#Part]]", headings=[made_heading("Part", 0, 1)])
    assert vault.html("a.md") == '<a class="internal" href="#part">Part</a>'


def test_ti_2_a_link_to_a_title_that_is_not_shown_leads_to_the_page(vault: Vault) -> None:
    """The hidden heading has no element in the body that a fragment could name."""
    vault.note("b.md", "x", headings=[made_heading("Top", 0, 1, 1, shown=False)])
    vault.note("a.md", "[[b#Top]]")
    assert 'href="/b/"' in vault.html("a.md")


def test_wl_12_an_unresolved_link_is_not_a_link(vault: Vault) -> None:
    """Only the display text is left."""
    vault.note("a.md", "[[nowhere|some <text>]]")
    assert vault.html("a.md") == '<span class="unresolved">some <text></span>'


def test_pb_4_an_unpublished_target_shows_the_display_text_only(vault: Vault) -> None:
    """Neither an address nor an attribute names the draft, not even by setting."""
    vault.set(link_text="title")
    vault.note("secret-file.md", "x", title="Secret title", status=Status.DRAFT)
    vault.note("a.md", "[[secret-file|text]]")
    assert vault.html("a.md") == '<span class="unresolved">text</span>'


def test_wl_13_a_site_address_is_left_as_it_is(vault: Vault) -> None:
    """What may be no vault path is only made a valid URL."""
    vault.note("a.md", "[t](/about us/?q=1&x#y)")
    assert vault.html("a.md") == '<a href="/about%20us/?q=1&amp;x#y">t</a>'


def test_wl_14_a_link_to_a_file_keeps_its_page(vault: Vault) -> None:
    """A PDF opens where the author points."""
    vault.files = ["Files/a b.pdf"]
    vault.note("a.md", "[[a b.pdf#page=3|the paper]]")
    assert vault.html("a.md") == '<a class="attachment" href="/Files/a%20b.pdf#page=3">the paper</a>'


def test_hi_9_a_link_to_a_hub_leads_to_its_page(vault: Vault) -> None:
    """The hub's page exists although nobody wrote the note."""
    vault.note("a.md", "[[MLOps]]", relations=["up:: [[mlops]]"])
    assert 'href="/mlops/">MLOps</a>' in vault.html("a.md")


def test_tg_5_a_tag_links_its_page(vault: Vault) -> None:
    """The mark `rel="tag"` says that it is this note's tag."""
    vault.note("a.md", Slot(SlotKind.TAG_OPEN, "Ml"), "#Ml", Slot(SlotKind.TAG_CLOSE, "Ml"), tags=["Ml"])
    assert vault.html("a.md") == '<a rel="tag" class="tag" href="/tags/ml/">#Ml</a>'


def test_hc_4_anchors_are_escaped(vault: Vault) -> None:
    """An id is an attribute value, a fragment a part of a URL."""
    vault.note("a.md", Slot(SlotKind.ID, 'a"b'), " ", Slot(SlotKind.FRAGMENT, 'a"b'))
    assert vault.html("a.md") == "a&quot;b #a%22b"


def test_base_is_put_before_every_address(vault: Vault) -> None:
    """A site may be served below a folder."""
    vault.set(base="/docs")
    vault.note("b.md", "x")
    vault.note("a.md", "[[b]]")
    assert 'href="/docs/b/"' in vault.html("a.md")
