"""Escapes, character references, line breaks (MK-3, FT-4)."""

import pytest


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("\\* \\_ \\# \\[ \\` \\$ \\\\ \\| \\^", "* _ # [ ` $ \\ | ^"),
        ("\\a \\ \\é", "\\a \\ \\é"),
        ("&copy; &#42;a&#42; &#x41;", "© *a* A"),
        ("&nope; &; &#; & &amp;lt;", "&amp;nope; &amp;; &amp;#; &amp; &amp;lt;"),
        ("&lt;b&gt; &#91;&#91;a]]", "&lt;b&gt; [[a]]"),
        ("a\nb", "a\nb"),
        ("a  \nb", "a<br>b"),
        ("a\\\nb", "a<br>b"),
        ("a<br>b", "a<br>b"),
        ("a \nb", "a \nb".replace(" ", "")),
        ("a  ", "a"),
        ("a\\", "a\\"),
        ("`a\\`b", "<code>a\\</code>b"),
    ],
)
def test_escapes_references_and_breaks(read, text, html):
    """MK-3, FT-4: the backslash is not shown, a reference is its character, two spaces break."""
    assert read(text).html == f"<p>{html}</p>"


def test_no_character_of_the_frame_can_be_smuggled_in(read):
    """PB-7: marks of slots come neither from bytes nor from references."""
    note = read("&#2;open:0&#3; \x02open:0\x03 [a](&#2;b) ```&#2; $\x02$ \x00")
    assert not [part for part in note.document.body.parts if isinstance(part, str) and {*"\0\2\3"} & {*part}]
    assert note.problems == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\nb", "<p>a<br>b</p>"),
        ("- a\n  b", "<ul><li>a<br>b</li></ul>"),
        ("a\nup:: [[x]]\nb", "<p>a<br>b</p>"),
    ],
)
def test_a_setting_makes_every_line_end_a_break(read, text, html):
    """FT-4: as Obsidian's default view has it."""
    assert read(text, hard_line_breaks=True).html == html
