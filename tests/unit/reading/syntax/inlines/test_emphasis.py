"""Emphasis, highlights, strikethrough (FT-1, FT-2, FT-7)."""

import pytest


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("==a==", "<mark>a</mark>"),
        ("==a\nb==", "<mark>a\nb</mark>"),
        ("a==b==c", "a<mark>b</mark>c"),
        ("==**a** `==`==", "<mark><strong>a</strong> <code>==</code></mark>"),
        ("==[[a]]==", "<mark><to a>…</to></mark>"),
        ("==a==b==", "<mark>a</mark>b=="),
        ("~~a~~", "<del>a</del>"),
        ("~~a~b~~", "<del>a~b</del>"),
        ("***a***", "<em><strong>a</strong></em>"),
        ("**a*", "*<em>a</em>"),
        ("_a_ __b__", "<em>a</em> <strong>b</strong>"),
        ("**日本**語", "<strong>日本</strong>語"),
        ("*a `*` b*", "<em>a <code>*</code> b</em>"),
        ("**[a](b)**", "<strong><to b>a</to></strong>"),
        ("[**a](b)**", "<to b>**a</to>**"),
        ("~~**a~~**", "<del>**a</del>**"),
    ],
)
def test_marks_that_hug_their_text_pair(read, text, html):
    """FT-1, FT-2, FT-7: inline Markdown works inside."""
    assert read(text).html == f"<p>{html}</p>"


@pytest.mark.parametrize(
    "text",
    [
        "a == b", "== a ==", "==a ==", "== a==", "====", "a====b", "===a===", "==a", "~a~", "~~ a ~~", "a ~~~~",
        "snake_case_name", "a_b_", "__a__b", "** a**", "a *", "a * b * c", "2*3", "**a:**b", 'a**"b"**c', "_「日本」_語",
    ],
)  # fmt: skip
def test_nope_other_marks_are_text(read, text):
    """FT-1, FT-2, FT-7: spaces inside, marks in words, other lengths."""
    assert read(text).html == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("text", "shown"), [("\\==a==", "==a=="), ("=\\=a==", "==a=="), ("\\~~a~~", "~~a~~"), ("\\*a*", "*a*")]
)
def test_a_backslash_makes_a_mark_text(read, text, shown):
    """MK-3: the backslash is not shown."""
    assert read(text).html == f"<p>{shown}</p>"


def test_a_mark_does_not_pair_across_blocks(read):
    """FT-1: a paragraph, an item, a cell is for itself."""
    assert "<mark>" not in read("==a\n\nb==\n\n- ==c\n- d==\n\n|==e|f==|\n|-|-|").html
