"""Inline fields and hierarchy lines (IF-1 … IF-7, HI-2, HI-3)."""

import pytest


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("k:: v", ["k=v 1:1"]),
        ("k::\tv", ["k=v 1:1"]),
        ("k ::  v  ", ["k=v 1:1"]),
        ("k::", ["k= 1:1"]),
        ("k:: v::w", ["k=v::w 1:1"]),
        ("My Key/x-y_z:: 1", ["my-key/x-y_z=1 1:1"]),
        ("Ключ:: 日本", ["ключ=日本 1:1"]),
        ("**K**:: v", ["k=v 1:3"]),
        ("***K***:: v", ["k=v 1:4"]),
        ("__K__:: v", ["k=v 1:3"]),
        ("_k:: v", ["_k=v 1:1"]),
        ("**K:: v**", ["k=v 1:3"]),
        ("a\nk:: v\nb", ["k=v 2:1"]),
        ("- k:: v\n  l:: w", ["k=v 1:3", "l=w 2:3"]),
        ("> > k:: v", ["k=v 1:5"]),
        ("> [!note] t\n> k:: v", ["k=v 2:3"]),
        ("x [k:: v] (l:: w)", ["k=v 1:4", "l=w 1:12"]),
        ("[**K y**:: v]", ["k-y=v 1:2"]),
        ("[k:: a [b] c]", ["k=a [b] c 1:2"]),
        ("[k:: [[a]]]", ["k=a 1:2"]),
        ("(k:: (a) b)", ["k=(a) b 1:2"]),
        ("[k::]", ["k= 1:2"]),
        ("(k::[[a]])", ["k=a 1:2"]),
        ("k:: a [b:: c] d", ["b=c 1:8"]),
        ("|a|[k:: v]|\n|-|-|\n|\\|[l:: w]|x|", ["k=v 1:5", "l=w 3:5"]),
        ("- [ ] x [k:: v]", ["k=v 1:10"]),
        ("k:: v\n---", ["k=v 1:1"]),
        ("k:: *v* `c` $m$", ["k=v c m 1:1"]),
        ("x[^1]\n\n[^1]: k:: v\n\nl:: w", ["k=v 3:7", "l=w 5:1"]),
    ],
)
def test_fields_of_every_form(read, text, fields):
    """IF-1, IF-2, IF-3, IF-4, DG-3: compared key, value, and the place of the key."""
    assert read(text).fields == fields


@pytest.mark.parametrize(
    "text",
    [
        "std::vector", "a::b", "a::::b", "k:: a ::::", "- [ ] k:: v", "k.y:: v", "`k`:: v", "`k:: v`", "%%k:: v%%",
        "\\k:: v", "\\[k:: v]", "k\\:: v", "[k:: v](x)", "[:: v]", "[k:: v\nw]", "| k:: v |\n|--|", "# k:: v", "-:: a",
        "**k:: v", "*k**:: v", "[[a|k:: v]]", "$k:: v$", "<b k:: v>", "    k:: v", "https://a:: b",
    ],
)  # fmt: skip
def test_nope_these_are_not_fields(read, text):
    """IF-1, IF-2, MK-1, MK-3: code, tasks, cells, namespaces, escapes."""
    assert read(text).fields == []


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("k:: v", '<p><span class="field"><span class="field-key">k</span> <span data-field="k">v</span></span></p>'),
        ("x (k:: v) y", '<p>x <span class="field"><span data-field="k">v</span></span> y</p>'),
        ("\\k:: v", "<p>k:: v</p>"),
        ("k:: v  \nx",
         '<p><span class="field"><span class="field-key">k</span> <span data-field="k">v</span></span><br>x</p>'),
        ("k:: v\\\nx",
         '<p><span class="field"><span class="field-key">k</span> <span data-field="k">v</span></span><br>x</p>'),
    ],
)  # fmt: skip
def test_a_field_is_shown_once_without_its_colons(read, text, html):
    """IF-7: the parenthesised form does not show the key; line breaks stay."""
    assert read(text).html == html


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("up:: [[x]]", ""),
        ("a\nup:: [[x]]\nb", "<p>a\nb</p>"),
        ("a  \nup:: [[x]]", "<p>a</p>"),
        ("up:: [[x]]\\\nb", "<p>b</p>"),
        ("- up:: [[x]]\n- b", "<ul><li>b</li></ul>"),
        ("- a\n  up:: [[x]]\n  b", "<ul><li>a\nb</li></ul>"),
        ("> up:: [[x]]", ""),
        ("> up:: [[x]]\n> a", "<blockquote><p>a</p></blockquote>"),
        ("a\n\n- > up:: [[x]]\n\nb", "<p>a</p><p>b</p>"),
        ("up:: [[x]]\n---\n\na", "<hr><p>a</p>"),
        ("a\nup:: [[x]]\n---", '<h2 id="a">a</h2>'),
    ],
)
def test_a_hierarchy_line_is_not_shown(read, text, html):
    """IF-7, HI-2: it leaves neither an empty block nor an empty line, wherever it is."""
    note = read(text)
    assert note.html == html
    assert [ref.relation for ref in note.document.refs] == ["up"]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("up:: [[a]], [[b|c]]", ["a 1:6 up", "b 1:13 up"]),
        ("up::[[a]]", ["a 1:5 up"]),
        ('up:: "[[a]]"', ["a 1:7 up"]),
        ("x [next:: [[a]]] [[b]]", ["a 1:11 next", "b 1:18"]),
        ("(X:: [a](b.md))", ["b.md 1:6 x"]),
        ("k:: [[a]]", ["a 1:5"]),
        ("- [ ] up:: [[a]]", ["a 1:12"]),
    ],
)
def test_the_links_in_a_hierarchy_field_are_relations(read, text, links):
    """HI-2: every link in the value, in any form of the field."""
    assert read(text).links == links


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("up:: a", ["field-not-link 1:1"]),
        ("up:: https://a.b", ["field-not-link 1:1"]),
        ("- [up:: a]", ["field-not-link 1:4"]),
        ("up:: ![[a]]", ["field-not-link 1:1"]),
        ("up:: [[a]]]", ["field-trailing-text 1:1"]),
        ("> up:: see [[a]]", ["field-trailing-text 1:3"]),
        ("up:: \"[[a]]\" , '[[b]]'", []),
        ("up::", []),
        ("up:: [[a]] %%why%%", []),
        ("k:: a", []),
    ],
)
def test_a_hierarchy_field_is_reported_at_its_key(read, text, problems):
    """HI-3: a value without a link, an external one, text beside the links; commas and quotes are none."""
    assert read(text).problems == problems
