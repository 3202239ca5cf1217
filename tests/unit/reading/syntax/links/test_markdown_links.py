"""Markdown links and images (WL-13, EM-3, EM-11)."""

import pytest


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("[a](b.md)", "<p><to b.md>a</to></p>"),
        ("[a](<b c.md>)", "<p><to b c.md>a</to></p>"),
        ("[a](b(c)d)", "<p><to b(c)d>a</to></p>"),
        ("[a](b\\)c)", "<p><to b)c>a</to></p>"),
        ("[a `]` b](c)", "<p><to c>a <code>]</code> b</to></p>"),
        ("[a [b](c) d](e)", "<p>[a <to c>b</to> d](e)</p>"),
        ("[a [[b]] c](d)", "<p>[a <to b>…</to> c](d)</p>"),
        ("[a][b]\n\n[b]: c.md", "<p><to c.md>a</to></p>"),
        ("[a][]\n\n[A]: c.md", "<p><to c.md>a</to></p>"),
        ("[a]\n\n> [a]: c.md", "<p><to c.md>a</to></p><blockquote></blockquote>"),
        ("*[a*](b)", "<p>*<to b>a*</to></p>"),
        ("[a](https://b.c)", '<p><a href="https://b.c" class="external" rel="noopener">a</a></p>'),
        ("[a](mailto:b@c.d)", '<p><a href="mailto:b@c.d">a</a></p>'),
        ("[https://b.c](https://b.c)", '<p><a href="https://b.c" class="external" rel="noopener">https://b.c</a></p>'),
        ("[![a](b.png)](c.md)", "<p><to c.md><image b.png></to></p>"),
        ("![a|30x20](https://b.c/d.png)",
         '<p><img src="https://b.c/d.png" alt="a" loading="lazy" width="30" height="20"></p>'),
        ("![](https://youtu.be/x)",
         '<p><a href="https://youtu.be/x" class="external web-embed" rel="noopener">https://youtu.be/x</a></p>'),
    ],
)  # fmt: skip
def test_links_and_images_of_every_form(read, text, html):
    """WL-13, EM-3, EM-11: inline and reference links, to notes and to other sites."""
    assert read(text).html == html


@pytest.mark.parametrize("text", ["[a](b c)", "[a](b", "[a] (b)", "[a][b]", "[a]", "[a](b 'c)", "![a]"])
def test_what_has_no_destination_is_text(read, text):
    """WL-13: brackets alone link nothing."""
    note = read(text)
    assert note.links == []
    assert "<to" not in note.html


def test_destination_and_title_are_unescaped(read):
    """WL-13: escapes and character references stand for their characters; no control character can be made."""
    ref = read('[a](b\\*&auml;.md "c\\"&amp;&#2;")').document.refs[0]
    assert (ref.raw, ref.title) == ("b*ä.md", 'c"&')


def test_a_link_in_an_alternative_text_is_not_a_link(read):
    """EM-3: `alt` is the plain text, and leads nowhere."""
    note = read("![x [[a]] *b* #t](c.png) [[d]]")
    assert note.links == ["c.png 1:1", "d 1:26"]
    assert note.document.refs[0].display == "x a b #t"
    assert note.tags == []


@pytest.mark.parametrize(("text", "display", "size"), [("![a|300](b.png)", "a", "300"), ("![300](b.png)", "", "300"),
                                                        ("![a|b](c.png)", "a|b", ""), ("![a|9x](c.png)", "a|9x", "")])  # fmt: skip
def test_the_size_is_not_part_of_the_alternative_text(read, text, display, size):
    """EM-3: a size follows the last bar."""
    ref = read(text).document.refs[0]
    assert (ref.display, ref.size) == (display, size)


def test_a_definition_is_not_shown_and_the_first_counts(read):
    """WL-13: definitions leave nothing behind, not even between two paragraphs."""
    note = read("a\n\n[x]: b.md 'T'\n[x]: c.md\n\n[y][x]")
    assert note.html == "<p>a</p><p><to b.md>y</to></p>"
    assert note.document.refs[0].title == "T"


def test_nope_a_definition_with_more_behind_it_is_text(read):
    """WL-13: a line that goes on is a paragraph."""
    assert read("[a]: b c").html == "<p>[a]: b c</p>"
