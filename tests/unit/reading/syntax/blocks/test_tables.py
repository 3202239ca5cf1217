"""Tables (TB)."""

import re

import pytest


def cells(note) -> list[list[str]]:
    """The HTML of all cells, by row."""
    rows = re.findall(r"<tr>(.*?)</tr>", note.html, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("|a|b|\n|-|-|\n|c|d|", [["a", "b"], ["c", "d"]]),
        ("a | b\n--|--\nc | d", [["a", "b"], ["c", "d"]]),
        ("|a|\n|-|", [["a"]]),
        ("x\n|a|\n|-|\n|b|", [["a"], ["b"]]),
        ("|a|b|\n|-|-|\n|c|\n|d|e|f|", [["a", "b"], ["c", ""], ["d", "e"]]),
        ("|a||\n|-|-|\n||b|", [["a", ""], ["", "b"]]),
        ("|a\\|b|\n|-|\n|`c\\|d`|", [["a|b"], ["<code>c|d</code>"]]),
        ("|[[a\\|b]]|![[c.png\\|30]]|\n|-|-|", [["<to a>b</to>", "<embed-inline c.png>"]]),
        ("|*a*|==b==|\n|-|-|\n|[c](d)|#e|", [["<em>a</em>", "<mark>b</mark>"], ["<to d>c</to>", "<tag e>#e</tag>"]]),
        ("- |a|\n  |-|\n  |b|\n- c", [["a"], ["b"]]),
        ("> |a|\n> |-|\n> |b|\nc", [["a"], ["b"]]),
        ("> [!note]\n> |a|\n> |-|", [["a"]]),
        ("|a|\n|-|\nb", [["a"], ["b"]]),
        ("|a|\n|-|\n    |b|", [["a"], ["b"]]),
        ("|a|\n|-|\n- b", [["a"]]),
        ("|a|\n|-|\n```\nb\n```", [["a"]]),
        ("|a|\n|-|\n> b", [["a"]]),
        ("|[k:: v]|\n|-|", [['<span class="field"><span class="field-key">k</span> <span data-field="k">v</span></span>']]),
    ],
)  # fmt: skip
def test_tables_are_those_of_gfm(read, text, rows):
    """TB-1, TB-2: outer bars are optional, rows as wide as the header, inline Markdown in cells."""
    assert cells(read(text)) == rows


@pytest.mark.parametrize(
    "text",
    [
        "|a|b|\n|-|",
        "|a|\n|-|-|",
        "|a|\nb",
        "a\n-:",
        "|a|\n\n|-|",
        "    |a|\n    |-|",
        "|`a|b`|\n|-|",
        "|-|-|",
        "|a|\n|-x|",
    ],
)
def test_nope_these_are_not_tables(read, text):
    """TB-1: the delimiter row must be there, and as wide as the header."""
    assert "<table" not in read(text).html


def test_alignment_is_that_of_the_delimiter_row(read):
    """TB-1: by colons, for the header and all rows."""
    html = read("a|b|c|d\n:-|:-:|-:|-\ne|f|g|h").html
    for tag, names in (("th", "abcd"), ("td", "efgh")):
        sides = (' align="left"', ' align="center"', ' align="right"', "")
        for side, name in zip(sides, names, strict=True):
            assert f"<{tag}{side}>{name}</{tag}>" in html


def test_a_table_has_neither_fields_nor_block_ids(read):
    """IF-1, AN-5: a cell is neither a line of its own nor a paragraph."""
    note = read("|k:: v|\n|-|\n|up:: [[a]] ^id|")
    assert note.fields == []
    assert note.blocks == {}
    assert note.links == ["a 3:7"]
