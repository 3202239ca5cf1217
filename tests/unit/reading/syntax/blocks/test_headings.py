"""Headings, their ids and sections (AN-1, AN-2, AN-7, TI-1, TI-2, EM-4)."""

import pytest


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("## Python Example", ["Python Example #python-example"]),
        ("## a ##", ["a #a"]),
        ("##\ta\t##\t", ["a #a"]),
        ("## a ##b", ["a ##b #a-b"]),
        ("## a \\#", ["a # #a"]),
        ("##", [" #section"]),
        ("## !?", ["!? #section"]),
        ("## 日本 語", ["日本 語 #日本-語"]),
        ("## *a* `b` ==c== $d$", ["a b c d #a-b-c-d"]),
        ("## [[x]] [[y|Z]] [t](u) #v", ["x Z t #v #x-z-t-v"]),
        ("## a [[x#y]]", ["a x > y #a-x-y"]),
        ("## a %%b%% c <!-- d --> e", ["a  c  e #a-c-e"]),
        ("## a^[b]", ["a #a"]),
        ("## x\n## x\n## X", ["x #x", "x #x-1", "X #x-2"]),
        ("## x\n## x-1\n## x", ["x #x", "x-1 #x-1", "x #x-2"]),
        ("a\nb\n---", ["a b #a-b"]),
        ("a *b\nc*\n===", ["a b c #a-b-c"]),
        ("> ## a\n- ## b\n  c\n  ---", ["a #a", "b #b", "c #c"]),
        ("a\n## b", ["b #b"]),
        ("[x]: y\n===\n\n## a", ["a #a"]),
    ],
)
def test_every_heading_has_an_id_from_its_text(read, text, headings):
    """AN-1, AN-7: closing marks are not text, tags and links are without brackets, a repeat has a suffix."""
    assert read(text).headings == headings


@pytest.mark.parametrize(
    "text", ["#a", "####### a", "\\# a", "    # a", "`# a`", "a\n====b", "> a\n===", "===", "[x]: y\n==="]
)
def test_nope_these_are_not_headings(read, text):
    """FT-5: a space must follow the marks; an underline needs text above it."""
    assert read(text).headings == []


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("## [[x|Y *z*]]", "x y z"),
        ("## [t](u.md)", "t"),
        ("## A: b/c (d)!", "a b c d"),
        ("## `a` **b** #c", "a b c"),
        ("## a_b-c", "a_b-c"),
    ],
)
def test_a_heading_is_compared_without_markup(read, text, key):
    """AN-2: a wiki-link counts with target and display text, a Markdown link with its text."""
    assert [heading.key for heading in read(text).document.headings] == [key]


@pytest.mark.parametrize(
    ("text", "title", "html"),
    [
        ("# A\n\nx", "A", "<p>x</p>"),
        ("A\n===\nx", "A", "<p>x</p>"),
        ("%%c%%\n\n# A", "A", ""),
        ("x\n\n# A", "a", '<p>x</p><h2 id="a">A</h2>'),
        ("---\ntitle: a\n---\n# A", "a", ""),
        ("---\ntitle: B\n---\n# A", "B", '<h2 id="a">A</h2>'),
        ("# A\n# B", "A", '<h2 id="b">B</h2>'),
        ("> # A", "a", '<blockquote><h2 id="a">A</h2></blockquote>'),
        ("## A", "a", '<h2 id="a">A</h2>'),
        ("a\nb\n===", "a b", ""),
        ("> # A\n\n# A", "a", '<blockquote><h2 id="a">A</h2></blockquote><h2 id="a-1">A</h2>'),
    ],
)
def test_the_title_is_not_shown_twice(read, text, title, html):
    """TI-1, TI-2: a first heading that repeats it is hidden; other level-1 headings become level 2."""
    note = read(text)
    assert note.document.title == title
    assert note.html == html


def test_a_section_reaches_to_the_next_heading_of_its_level(read):
    """EM-4: parts of the body, from the heading on; in a quote to its end at most."""
    note = read("a\n\n## b\n\nc\n\n### d\n\n> ## e\n> f\n\n## g\n\n# h")
    parts = note.document.body.parts
    sections = [
        "".join(str(part) for part in parts[h.start : h.end] if isinstance(part, str))
        for h in note.document.headings
    ]
    assert [[name for name in "abcdefgh" if f">{name}<" in text] for text in sections] == [
        list("bcdef"), list("def"), list("ef"), ["g"], ["h"],
    ]  # fmt: skip


def test_a_heading_knows_its_place(read):
    """DG-3: at its first mark, or where the underlined text begins."""
    places = [
        heading.place[1:3] for heading in read("---\na: b\n---\n> ## x\n\n  y\n  z\n  ===").document.headings
    ]
    assert places == [(4, 3), (6, 3)]
