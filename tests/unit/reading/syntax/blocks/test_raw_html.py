"""Raw HTML (HT, CM-4)."""

import pytest

from garden.model.body import SlotKind

UNCHANGED = [
    "<div>\n*a* [[b]] #c %%d%%\n</div>",
    "<script>\na < b && [[c]]\n\n*d*\n</script>",
    "<pre>\n*a*\n\n[[b]]\n</pre>",
    "<style>\n#a { }\n\n</style>",
    '<pre class="mermaid">\na-->b\n</pre>',
    '<iframe src="a.html"></iframe>',
    '<img src="a.png" alt="[[x]] *y*">',
    "<custom-element>\n*a*\n</custom-element>",
    "<textarea>\n\n*a*\n</textarea>",
]


@pytest.mark.parametrize("html", UNCHANGED)
def test_an_html_block_is_passed_unchanged(read, html):
    """HT-1, HT-2, MK-1: nothing in it is Markdown, and nothing is found in it."""
    note = read(html)
    assert note.exact.strip() == html
    assert [note.links, note.tags, note.problems] == [[], [], []]


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("<u>*a*</u> <kbd>b</kbd>", "<p><u><em>a</em></u> <kbd>b</kbd></p>"),
        ('<b title="[[x]] *y* #z">[[c]]</b>', '<p><b title="[[x]] *y* #z"><to c>…</to></b></p>'),
        ("a <br> b<br/>", "<p>a <br> b<br/></p>"),
        ("<b\nc='d'>e", "<p><b\nc='d'>e</b></p>"),
        ("a </b> c", "<p>a  c</p>"),
        ("</div>\n\na", "<p>a</p>"),
        ("a <script>b < [[c]] && d</script> *e*", "<p>a <script>b < [[c]] && d</script> <em>e</em></p>"),
        ("a <?b [[c]]?> <![CDATA[[[d]]]]>", "<p>a <?b [[c]]?> <![CDATA[[[d]]]]></p>"),
        ("<div>\n\n*a*\n\n</div>", "<div><p><em>a</em></p></div>"),
        ("<details>\n<summary>S</summary>\n\n- [[a]]\n\n</details>",
         "<details><summary>S</summary><ul><li><to a>…</to></li></ul></details>"),
        ("a\n<div>b</div>\nc", "<p>a</p><div>b</div>c"),
        ("- <div>\n  a\n  </div>\n- b", "<ul><li><div>a\n</div></li><li>b</li></ul>"),
        ("> <div>\n> *a*\n\n*b*", "<blockquote><div>*a*</div></blockquote><p><em>b</em></p>"),
        ("<div>\n<!-- a -->b\n</div>", "<div>b\n</div>"),
        ("a <!-- b\nc --> d", "<p>a  d</p>"),
    ],
)  # fmt: skip
def test_tags_leave_the_text_between_them_to_markdown(read, text, html):
    """HT-2, CM-4: inline tags, blocks up to their blank line, comments dropped."""
    assert read(text).html == html


@pytest.mark.parametrize(
    "text", ["a < b > c", "a <b", "a <1>", "a </b c>", "\\<b>", "`<b>`", "a <b c='", "a <!-- b"]
)
def test_nope_what_is_not_a_tag_is_escaped(read, text):
    """HT-1: an angle bracket alone is text."""
    assert "&lt;" in read(text).html


def test_ids_in_html_can_be_told_apart(read):
    """HC-4: quoted or not, they are slots; headings avoid them."""
    note = read("<a id=\"x\"></a> <a name=y id=z></a>\n\n<div class=a ID = 'w'>\n</div>\n\n## x")
    assert note.document.raw_ids == ("w", "x", "z")
    assert note.html.startswith("<p><a id=\"x\"></a> <a name=y id=z></a></p><div class=a ID = 'w'></div>")
    assert note.headings == ["x #x-1"]


@pytest.mark.parametrize(
    ("text", "addresses"),
    [
        ("a <a title=' href=\"t\"' HREF = 'x y'>b</a>", ["x y"]),
        ("<div>\n<img src=a.png><video poster=\"p.jpg\" src='#t'></video>\n</div>", ["a.png", "p.jpg", "#t"]),
        ("<div>\n<script src=s.js>f('<a href=x>')</script> <a href=y>z</a>\n</div>", ["s.js", "y"]),
        ("a <a href='/b'> <a href=\"//c\"> <a href=mailto:d> <img src='{static}/e'> <a href=''> `<a href=f>`", []),
    ],
)  # fmt: skip
def test_relative_addresses_in_html_can_be_told_apart(read, text, addresses):
    """EM-5: they are slots, in tags alone; what leads to the same place from everywhere is none."""
    parts = read(text).document.body.parts
    slots = [part.value for part in parts if not isinstance(part, str) and part.kind is SlotKind.ADDRESS]
    assert slots == addresses


@pytest.mark.parametrize(
    "text", [*UNCHANGED, "<b>", "<?a?>", "<!-- a -->", "a <!-- b -->", "[[a|<b>]]", "<![CDATA[a]]>"]
)
def test_a_setting_strips_html(read, text):
    """HT-1, CM-4: no tag, no comment, no script is left."""
    html = read(text, raw_html=False).html.replace("</to>", "").replace("<to a>", "")
    assert "<" not in html.replace("<p>", "").replace("</p>", "")
    assert "&lt;" not in html


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("## a\n\n### b", [2, 2, 3, 3]),
        ("# hidden as the title\n\n# b", [2, 2]),
        ("<h3>a</h3>\n\ntext <h4>b</h4>", [3, 3, 4, 4]),
        ("# b\n\n<H2>never closed\n\ntext", [2, 2]),
        ("<h1>a</h1>", [2, 2]),
        ("<script>\nwrite('<h3>')\n</script>\n\n<h3>a</h3>", [3, 3]),
    ],
)
def test_the_levels_of_headings_are_slots(read, text, levels):
    """A page that shows several notes moves them down, those in the author's HTML too."""
    parts = read(text).document.body.parts
    assert [part.value for part in parts if getattr(part, "kind", None) is SlotKind.HEADING_LEVEL] == levels
