"""Footnotes (FN)."""

import pytest


@pytest.mark.parametrize(
    ("text", "html", "footnotes"),
    [
        ("x[^1]\n\n[^1]: t", "<p>x<note 1></p>", ["<p>t</p>"]),
        ("[^1]: t\nx[^1]", "<p>x<note 1></p>", ["<p>t</p>"]),
        ("x[^b] y[^a] z[^B]\n\n[^a]: s\n[^b]: t", "<p>x<note 1> y<note 2> z<note 1></p>", ["<p>t</p>", "<p>s</p>"]),
        ("x[^1]\n\n[^1]: a\n  b\n\n  c\nd", "<p>x<note 1></p><p>d</p>", ["<p>a\nb</p><p>c</p>"]),
        ("x[^1]\n\n[^1]:\n  - a\n  - b", "<p>x<note 1></p>", ["<ul><li>a</li><li>b</li></ul>"]),
        ("x[^1]\n\n[^1]: a[^2]\n[^2]: b", "<p>x<note 1></p>", ["<p>a<note 2></p>", "<p>b</p>"]),
        ("x[^1]\n\n[^1]: a\n[^1]: b", "<p>x<note 1></p>", ["<p>a</p>"]),
        ("> x[^1]\n>\n> [^1]: t\ny", "<blockquote><p>x<note 1></p></blockquote><p>y</p>", ["<p>t</p>"]),
        ("- x[^1]\n\n  [^1]: t", "<ul><li><p>x<note 1></p></li></ul>", ["<p>t</p>"]),
        ("x^[*a* [b]] y", "<p>x<note 1> y</p>", ["<p><em>a</em> [b]</p>"]),
        ("x^[a^[b]]", "<p>x<note 1></p>", ["<p>a<note 2></p>", "<p>b</p>"]),
        ("x![^1]\n\n[^1]: t", "<p>x!<note 1></p>", ["<p>t</p>"]),
    ],
)  # fmt: skip
def test_footnotes_are_numbered_by_their_first_reference(read, text, html, footnotes):
    """FN-1, FN-2: definitions anywhere, continued by indentation only; inline footnotes among them."""
    note = read(text)
    assert note.html == html
    assert note.footnotes == footnotes
    assert [footnote.number for footnote in note.document.body.footnotes] == list(
        range(1, len(footnotes) + 1)
    )


def test_a_footnote_may_hold_code(read):
    """FN-1: the code keeps its own indentation."""
    note = read("x[^1]\n\n[^1]: a\n\n    ```\n      [[x]]\n    ```")
    assert "<code>  [[x]]\n</code>" in note.footnotes[0]
    assert note.links == []


@pytest.mark.parametrize(
    "text", ["x[^1]", "x[^1]\n\n%%\n[^1]: t\n%%", "x[^1]\n\n    [^1]: t", "x[^1]\n\n```\n[^1]: t\n```"]
)
def test_a_reference_without_a_definition_is_text(read, text):
    """FN-3, DG-3: reported at its bracket."""
    note = read(text)
    assert note.html.startswith("<p>x[^1]</p>")
    assert note.problems == ["footnote-undefined 1:2"]


def test_nothing_of_a_definition_without_reference_is_found(read):
    """FN-3: it is not shown, so its text, links, tags, headings and footnotes do not count either."""
    note = read("a\n\n[^1]: hidden [[x]] #t k:: v ^[b]\n\n  ## h\n  t ^id\n\n[^2]: c[^1]")
    assert note.html == "<p>a</p>"
    assert note.document.body.plain == "a"
    assert [note.links, note.tags, note.fields, note.headings, note.footnotes, note.problems] == [[]] * 6
    assert note.blocks == {}


@pytest.mark.parametrize("text", ["^[a", "^[]", "^[ ]", "\\^[a]", "x[^a b]", "`[^1]`", "$[^1]$"])
def test_nope_these_are_not_footnotes(read, text):
    """FN-1, MK-1, MK-3: empty, unclosed, escaped, in code."""
    note = read(text + "\n\n[^1]: t")
    assert note.footnotes == []
    assert note.problems == []
