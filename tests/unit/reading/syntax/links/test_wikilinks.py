"""Wiki-links and embeds (WL-1 … WL-10, EM-1, EM-2)."""

import pytest


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[[a]]", "<p><to a>…</to></p>"),
        ("[[a|b]]", "<p><to a>b</to></p>"),
        ("[[a#H|b]]", "<p><to a#H>b</to></p>"),
        ("[[ a | b ]]", "<p><to a>b</to></p>"),
        ("[[a|b|c]]", "<p><to a>b|c</to></p>"),
        ("[[a|]]", "<p><to a>…</to></p>"),
        ("[[a|%%b%%]]", "<p><to a>…</to></p>"),
        ("[[a\\|b]]", "<p><to a>b</to></p>"),
        ("[[a [[b]] c]]", "<p>[[a <to b>…</to> c]]</p>"),
        ("[[a]b]]", "<p><to a]b>…</to></p>"),
        ("[[a]]]", "<p><to a>…</to>]</p>"),
        ("[[a]](b)", "<p><to a>…</to>(b)</p>"),
        ("**[[a]]**", "<p><strong><to a>…</to></strong></p>"),
        ("[[a|*b* `c`]]", "<p><to a><em>b</em> <code>c</code></to></p>"),
        ("[[a|<b>]]", "<p><to a>&lt;b&gt;</to></p>"),
        ("![[a.png|300]] x", "<p><embed-inline a.png> x</p>"),
        ("![[a]]", "<embed a>"),
        ("![[a]] x", '<div class="paragraph"><embed-inline a> x</div>'),
        ("- ![[a.png]]", "<ul><li><embed a.png></li></ul>"),
    ],
)
def test_links_and_embeds_of_every_form_wait_for_their_targets(read, text, html):
    """WL-1, WL-2, WL-3, WL-7, WL-8, WL-9, EM-1, EM-10: what is linked, and with which text."""
    assert read(text).html == html


@pytest.mark.parametrize(
    "text", ["[[]]", "[[ ]]", "[[|x]]", "[[x", "[[a\nb]]", "![[]]", "![[|x]]", "[ [a]]", "[[a] ]"]
)
def test_what_has_no_target_or_no_end_is_text(read, text):
    """WL-2: empty and unclosed links show their brackets."""
    note = read(text)
    assert note.links == []
    assert note.html == f"<p>{text}</p>"


@pytest.mark.parametrize("text", ["\\[[a]]", "\\[\\[a]]", "[\\[a]]", "!\\[[a]]"])
def test_a_backslash_makes_a_link_text(read, text):
    """MK-3: the backslash is not shown, the brackets are."""
    note = read(text)
    assert note.links == []
    assert note.html == f"<p>{text.replace(chr(92), '')}</p>"


@pytest.mark.parametrize("text", ["[[a|[b](c)]]", "[[a|https://b.c]]", "[[a|b #tag]]", "[[a|<https://b.c>]]"])
def test_a_display_text_holds_no_link_and_no_tag(read, text):
    """WL-8: formatting is all that a display text may hold."""
    note = read(text)
    assert note.links == ["a 1:1"]
    assert note.tags == []
    assert "<a " not in note.html


def test_the_display_of_a_reference_is_plain_text(read):
    """A relation or an `alt` shows the display text without its markup."""
    assert read("[[a|*b* `c` $d$]]").document.refs[0].display == "b c d"


@pytest.mark.parametrize(
    ("text", "display", "size"),
    [
        ("![[a.png|300]]", "", "300"),
        ("![[a.png|t|300x200]]", "t", "300x200"),
        ("![[a.png\\|300]]", "", "300"),
        ("![[a.png|3x]]", "3x", ""),
        ("![[a.png|x3]]", "x3", ""),
        ("![[a.png|t | 30 ]]", "t", "30"),
    ],
)
def test_a_size_is_digits_or_digits_x_digits(read, text, display, size):
    """EM-2: anything else behind the bar is alternative text."""
    ref = read(text).document.refs[0]
    assert (ref.display, ref.size) == (display, size)


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("é𝒳 [[a]] ![[b]]", ["a 1:4", "b 1:10"]),
        ("---\ntitle: x\n---\n\t\n\n> > - [[a]]\n> >   [[b]]", ["a 6:7", "b 7:7"]),
        ("|a|b|\n|-|-|\n|x\\|y [[a\\|b]]|\\|[[c]]|", ["a 3:7", "c 3:18"]),
        ("-\t[[a]]\n\n\t[[b]]", ["a 1:3", "b 3:2"]),
        ("> [!note] t [[a]]\n> [[b]]", ["a 1:13", "b 2:3"]),
        ("x\n\n[^1]: [[a]]\n  [[b]]\n\ny[^1] ^[[[c]]]", ["c 6:9", "a 3:7", "b 4:3"]),
        ("# [[a]]\n\n  [[b]]\n  ===", ["a 1:3", "b 3:3"]),
        ("1. > | x |\n   > |--|\n   > | 漢 [[a]] |", ["a 3:10"]),
    ],
)
def test_a_link_knows_its_place_in_the_file(read, text, places):
    """DG-3: line and column of the first bracket, in every container; a tab is one column."""
    assert read(text).links == places
