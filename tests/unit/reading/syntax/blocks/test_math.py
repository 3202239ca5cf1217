"""Math (MA)."""

import re

import pytest


def tex(note) -> list[tuple[str, str]]:
    """The display and the source of every formula."""
    return re.findall(r'class="math (\w+)" data-tex="([^"]*)"', note.exact)


@pytest.mark.parametrize(
    ("text", "formulas"),
    [
        ("$x$", [("inline", "x")]),
        ("a$x$b, ($y$). “$z$”", [("inline", "x"), ("inline", "y"), ("inline", "z")]),
        ("日本$x$語", [("inline", "x")]),
        ("$a\nb$", [("inline", "a\nb")]),
        ("$x\\$y$", [("inline", "x\\$y")]),
        ("\\$5 $x$", [("inline", "x")]),
        ("costs $5, $x$", [("inline", "x")]),
        ("$a_1*b*[[c]]#d%%==|`$", [("inline", "a_1*b*[[c]]#d%%==|`")]),
        ("$<&$", [("inline", "&lt;&amp;")]),
        ("$$x$$", [("block", "x")]),
        ("$$\nx\n$$", [("block", "x")]),
        ("$$\nx\n\n  y\n$$", [("block", "x\n\n  y")]),
        ("a $$x$$ b", [("block", "x")]),
        ("a\n$$\n+ x\n\n- y\n$$\nb", [("block", "+ x\n\n- y")]),
        ("a $$\nx\n$$ b", [("block", "\nx\n")]),
        ("> $$\n> x\n> $$\n> b", [("block", "x")]),
        ("- $$\n  x\n  $$\n- $y$", [("block", "x"), ("inline", "y")]),
        ("|$a\\|b$|\n|-|", [("inline", "a|b")]),
        ("# $x$\n\n## $y$", [("inline", "y")]),
    ],
)
def test_formulas_keep_their_source(read, text, formulas):
    """MA-1, MA-2, MA-3: inline and display, in every container; nothing else is applied to it."""
    note = read(text)
    assert tex(note) == formulas
    assert note.links == note.tags == []


@pytest.mark.parametrize(
    "text",
    [
        "$5 and $6", "US$ 3 to $ 4", "$ x$", "$x $", "$x$5", "$x", "$", "$$", "$$x$", "$x$$y$", "$a\n\nb$", "\\$x$",
        "`$x$`", "$$$$", "$$ $$ x", "|$a|b$|\n|-|-|", "    $x$", "\\$$x$$".replace("$$x$$", "$ x $"),
    ],
)  # fmt: skip
def test_nope_these_dollars_are_text(read, text):
    """MA-1, MK-3: spaces inside, digits behind, no partner."""
    assert tex(read(text)) == []


def test_an_opening_mark_without_partner_hides_no_block(read):
    """MA-2: unclosed display math is text, and headings, lists and links below it stay what they are."""
    note = read("$$\na\n\n## h\n\n- [[b]]")
    assert note.html == '<p>$$\na</p><h2 id="h">h</h2><ul><li><to b>…</to></li></ul>'


def test_text_behind_display_math_is_shown(read):
    """MA-2: it makes a paragraph of its own, with its place."""
    note = read("$$\na\n$$ [[b]]")
    assert note.html.endswith("</div><p><to b>…</to></p>")
    assert note.links == ["b 3:4"]


def test_a_formula_that_is_not_understood_shows_its_source(read):
    """MA-3: the source is the text, and the place is reported."""
    note = read("> $$\n> \\begin{x}\n> $$")
    assert ">\\begin{x}</div>" in note.html
    assert note.problems == ["math-unknown 1:3"]
