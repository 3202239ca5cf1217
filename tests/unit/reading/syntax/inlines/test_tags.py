"""Tags in text (TG-1, TG-2, TG-6)."""

import pytest


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("#a", ["a 1:1"]),
        ("x\n#a", ["a 2:1"]),
        ("é𝒳\t#a", ["a 1:4"]),
        ("a\u00a0#b\u2003#c", ["b 1:3", "c 1:6"]),
        ("#a/b #c/", ["a/b 1:1", "c 1:6"]),
        ("#1a #1/2 #2024-01", ["1a 1:1", "1/2 1:5", "2024-01 1:10"]),
        ("#日本。 #👍", ["日本。 1:1", "👍 1:6"]),
        ("#a, #b! #c.d #e—f", ["a 1:1", "b 1:5", "c 1:9", "e 1:14"]),
        ("#a==b== #c*d*", ["a 1:1", "c 1:9"]),
        ("- #a\n> #b", ["a 1:3", "b 2:3"]),
        ("|#a|x|\n|-|-|\n|\\| #b|#c|", ["a 1:2", "b 3:5", "c 3:8"]),
        ("> [!note] #a", ["a 1:11"]),
        ("## h #a", ["a 1:6"]),
        ("[x](y) #a", ["a 1:8"]),
        ("a <br>\n#b", ["b 2:1"]),
        ("up:: [[x]] #a", ["a 1:12"]),
        ("[k:: #a]", ["a 1:6"]),
        ("^[x #a] #b", ["a 1:5", "b 1:9"]),
    ],
)
def test_a_tag_begins_a_line_or_follows_white_space(read, text, tags):
    """TG-1, TG-2, DG-3: tags with their places, in text order, in every container."""
    assert read(text).tags == tags


@pytest.mark.parametrize(
    "text",
    [
        "#1984", "# heading", "a#b", "(#x)", "#", "##x", "*#x*", "\\#x", "&#35;x", "#!x", "#/", "[[a]]#x", "`#x`",
        "$#x$", "%%#x%%", "<!-- #x -->", '<b title="a #x">', "https://a.b/ #".rstrip(), "https://a.b/#x",
        "[a](b#x)", "[a](b 'c #x')", "    #x", "```\n#x\n```", "<div>\n#x\n</div>", "[[a|b #x]]", "&nbsp;#x",
    ],
)  # fmt: skip
def test_nope_these_are_not_tags(read, text):
    """TG-6, MK-1, MK-2, MK-3: numbers, headings, fragments, code, comments."""
    assert read(text).tags == []


def test_a_tag_is_shown_in_place(read):
    """TG-5: `#name` is shown where it was written; a slash at the end is not part of it."""
    assert read("x #a/ y").html == "<p>x <tag a>#a</tag>/ y</p>"


def test_the_tags_of_a_note_are_each_once_by_fold(read):
    """TG-3, TG-5: the first spelling is kept."""
    assert read("#Ab #aB #ab").tags == ["Ab 1:1"]
