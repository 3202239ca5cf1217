"""Transclusion: what is shown, whose meaning it keeps, and where it ends (EM)."""

from collections import Counter

import pytest

from garden.model.body import Slot, SlotKind
from garden.model.diagnostic import Place
from garden.model.names import Anchor
from garden.model.note import Block, Status
from tests.support.vault import Vault, made_heading

FN = Slot(SlotKind.FOOTNOTE, 0)


def test_em_4_a_note_is_shown_with_a_link_to_its_page(vault: Vault) -> None:
    """The embed holds the body and names the source."""
    vault.note("b.md", "<p>text</p>", title="B & C")
    vault.note("a.md", "![[b]]")
    assert vault.html("a.md") == (
        '<div class="embed" data-embed="note" id="ref:0">'
        '<a class="internal embed-source" href="/b/">B &amp; C</a>\n<p>text</p></div>'
    )


def test_em_4_a_section_is_a_slice_of_the_body(vault: Vault) -> None:
    """The link leads to the very heading."""
    vault.note(
        "b.md", "<p>0</p>", "<h2>Part</h2>", "<p>1</p>", "<p>2</p>", headings=[made_heading("Part", 1, 3)]
    )
    vault.note("a.md", "![[b#Part]]")
    html = vault.html("a.md")
    assert 'data-embed="heading"' in html
    assert 'href="/b/#part">b &gt; Part</a>' in html
    assert "<h2>Part</h2><p>1</p></div>" in html


def test_em_4_the_source_of_a_block_is_its_note(vault: Vault) -> None:
    """The id of a block means nothing to a reader; the display text of the embed does, if there is one."""
    block = Block("x", Anchor("^x"), Place("b.md", 1, 1), 0, 1)
    vault.note("b.md", "<p>one</p>", title="B", blocks=[block])
    vault.note("a.md", "![[b#^x]]", "![[b#^x|this]]")
    html = vault.html("a.md")
    assert html.count('href="/b/#%5Ex">B</a>') == 1
    assert html.count('href="/b/#%5Ex">this</a>') == 1


def test_em_4_a_list_item_gets_its_list(vault: Vault) -> None:
    """A block that cannot stand alone is wrapped; footnotes stay outside the list."""
    block = Block("x", Anchor("^x"), Place("b.md", 1, 1), 1, 3, "ul")
    vault.note("b.md", "<ul>", "<li>one", FN, "</li></ul>", blocks=[block], footnotes=[["note"]])
    vault.note("a.md", "![[b#^x]]")
    html = vault.html("a.md")
    assert 'data-embed="block"' in html
    assert "<ul><li>one<sup" in html
    assert html.index("</ul>") < html.index('<section class="footnotes"')


def test_em_5_ids_and_links_are_those_of_the_source(vault: Vault) -> None:
    """Ids get a prefix, links into the same note lead to its page, tags are not the host's."""
    vault.note(
        "b.md",
        Slot(SlotKind.ID, "part"),
        " ",
        Slot(SlotKind.FRAGMENT, "part"),
        " ",
        "[[#Part]]",
        Slot(SlotKind.TAG_OPEN, "t"),
        Slot(SlotKind.TAG_CLOSE, "t"),
        headings=[made_heading("Part", 0, 1)],
        tags=["t"],
    )
    vault.note("a.md", "![[b]]", "![[b]]")
    html = vault.html("a.md")
    assert "e1:part /b/#part" in html
    assert "e2:part /b/#part" in html
    assert html.count('<a class="internal" href="/b/#part">Part</a>') == 2
    assert 'rel="tag"' not in html
    assert '<a class="tag" href="/tags/t/">' in html


def test_em_5_a_relative_address_is_relative_to_its_source(vault: Vault) -> None:
    """`../x/` in a note means the same wherever the note is shown."""
    vault.note("b.md", "[t](../old/)", slug="deep/b")
    vault.note("a.md", "![[b]]")
    assert 'href="/deep/old/"' in vault.html("a.md")


def test_hc_9_a_broken_address_stops_no_build(vault: Vault) -> None:
    """It is left as it is."""
    vault.note("b.md", "[t](//[x)")
    vault.note("a.md", "![[b]]")
    assert 'href="//[x"' in vault.html("a.md")


def test_em_8_a_note_is_not_embedded_in_itself(vault: Vault) -> None:
    """A cycle ends in a link and is reported where it is written."""
    vault.note("a.md", "![[b]]")
    vault.note("b.md", "![[a]]")
    filled = vault.fill("a.md")
    assert '<p><a class="internal" href="/a/">a</a></p>' in filled.html
    assert [(problem.code, problem.place.path) for problem in filled.problems] == [("embed-cycle", "b.md")]


def test_em_8_a_section_elsewhere_in_the_host_is_shown(vault: Vault) -> None:
    """What is not embedded again is the part that is being shown, not its whole note."""
    vault.note(
        "a.md",
        "<h2>One</h2>",
        "![[#Two]]",
        "<h2>Two</h2><p>shared</p>",
        headings=[made_heading("One", 0, 2), made_heading("Two", 2, 3)],
    )
    filled = vault.fill("a.md")
    assert filled.html.count("shared") == 2
    assert not filled.problems


def test_em_8_a_section_does_not_hold_itself(vault: Vault) -> None:
    """An embed inside the section that it names is a link, through other notes too."""
    vault.note("a.md", "<h2>One</h2>", "![[#One]]", headings=[made_heading("One", 0, 2)])
    assert [problem.code for problem in vault.fill("a.md").problems] == ["embed-cycle"]
    vault.note("b.md", "<h2>P</h2>", "![[c]]", "<h2>Q</h2>", headings=[made_heading("P", 0, 2)])
    vault.note("c.md", "![[b#P]]")
    filled = vault.fill("b.md")
    assert [(problem.code, problem.place.path) for problem in filled.problems] == [("embed-cycle", "c.md")]


def test_em_8_sections_that_hold_each_other_end(vault: Vault) -> None:
    """Each is shown once inside the other."""
    vault.note(
        "a.md",
        "<h2>One</h2>",
        "![[#Two]]",
        "<h2>Two</h2>",
        "![[#One]]",
        headings=[made_heading("One", 0, 2), made_heading("Two", 2, 4)],
    )
    filled = vault.fill("a.md")
    assert {problem.code for problem in filled.problems} == {"embed-cycle"}
    assert filled.html.count('data-embed="heading"') == 2


def test_em_8_a_footnote_does_not_open_its_section_for_ever(vault: Vault) -> None:
    """A section whose footnote embeds the section is shown once more at most."""
    headings = [made_heading("One", 1, 3)]
    vault.note("a.md", "<p>x</p>", "<h2>One</h2>", FN, headings=headings, footnotes=[["![[#One]]"]])
    filled = vault.fill("a.md")
    assert filled.html.count('data-embed="heading"') == 1
    assert {problem.code for problem in filled.problems} == {"embed-cycle"}


def test_em_8_twice_side_by_side_is_fine(vault: Vault) -> None:
    """Only nesting is a cycle."""
    vault.note("b.md", "x")
    vault.note("a.md", "![[b]]", "![[b]]")
    filled = vault.fill("a.md")
    assert filled.html.count('data-embed="note"') == 2
    assert not filled.problems


def test_em_9_at_most_eight_levels(vault: Vault) -> None:
    """The ninth level is a link."""
    for number in range(12):
        vault.note(f"n{number}.md", f"![[n{number + 1}]]")
    filled = vault.fill("n0.md")
    assert filled.html.count('data-embed="note"') == 8
    assert [(problem.code, problem.place.path) for problem in filled.problems] == [("embed-depth", "n8.md")]


def test_em_9_embeds_that_multiply_are_bounded(vault: Vault) -> None:
    """Each note embeds the next ones three times; the page still has 200 transclusions."""
    for number in range(12):
        vault.note(f"n{number}.md", *[f"![[n{number + 1}]]"] * 3)
    filled = vault.fill("n0.md")
    assert filled.html.count('data-embed="note"') == 200
    assert {problem.code for problem in filled.problems} == {"embed-depth"}


@pytest.mark.parametrize("written", ["![[nowhere]]", "![[b#No heading]]", "![[b#^none]]", "![[no.png]]"])
def test_em_7_a_missing_target_shows_the_name_as_typed(vault: Vault, written: str) -> None:
    """There is no image and no frame."""
    vault.note("b.md", "x")
    vault.note("a.md", written)
    assert vault.html("a.md") == f'<div class="unresolved" data-embed="missing">{written[3:-2]}</div>'


def test_pb_4_an_unpublished_embed_has_no_name(vault: Vault) -> None:
    """It looks like a missing one."""
    vault.note("secret.md", "x", status=Status.DRAFT)
    vault.note("a.md", "![[secret|shown]]")
    html = vault.html("a.md")
    assert "secret" not in html
    assert 'class="unresolved" data-embed="missing"' in html


def test_em_10_what_looks_like_a_medium_is_a_link_inside_a_line(vault: Vault) -> None:
    """The paragraph round it is a `<p>`, which holds no block."""
    vault.note("plan.png.md", "x")
    vault.note("a.md", "<p>", "![[plan.png]]", "</p>", block_embeds=False)
    assert vault.html("a.md") == '<p><a class="internal" href="/plan.png/">plan.png</a></p>'


def test_fn_4_footnotes_of_an_embed_are_its_own(vault: Vault) -> None:
    """Both notes number from one, the ids stay apart, the section ends the embed."""
    vault.note("b.md", "<p>b", FN, "</p>", footnotes=[["<p>of b</p>"]])
    vault.note("a.md", "<p>a", FN, "</p>", "![[b]]", footnotes=[["of a"]])
    html = vault.html("a.md")
    assert '<li id="e1:fn:1"><p>of b <a href="#e1:fnref:1"' in html
    assert html.index('id="e1:fn:1"') < html.index("</div>") < html.index('id="fn:1"')
    ids = Counter(piece.split('"')[0] for piece in html.split(' id="')[1:])
    assert max(ids.values()) == 1


def test_fn_3_only_notes_of_the_shown_part_are_shown(vault: Vault) -> None:
    """A section is numbered by itself."""
    vault.note(
        "b.md",
        FN,
        "<h2>Part</h2>",
        Slot(SlotKind.FOOTNOTE, 1),
        footnotes=[["first"], ["second"]],
        headings=[made_heading("Part", 1, 3)],
    )
    vault.note("a.md", "![[b#Part]]")
    html = vault.html("a.md")
    assert "first" not in html
    assert '<li id="e1:fn:1">second' in html


def test_fn_2_every_reference_has_its_way_back(vault: Vault) -> None:
    """Two references to one note have two ids; a footnote may reference another."""
    vault.note("a.md", FN, FN, footnotes=[["one", Slot(SlotKind.FOOTNOTE, 1)], ["two"]])
    html = vault.html("a.md")
    assert 'id="fnref:1"' in html
    assert 'id="fnref:1-2"' in html
    assert 'href="#fnref:1-2"' in html
    assert '<li id="fn:2">two' in html
