"""Parts of pages as XHTML for e-books: well-formed whatever an author wrote."""

from xml.etree import ElementTree as etree

import pytest

from garden.rendering.files.branch.xhtml import Rewriting, as_xhtml

REWRITING = Rewriting(
    link=lambda address: "" if address.startswith("/") else address,
    picture=lambda address: "images/0.png" if address == "/a.png" else "",
)


@pytest.mark.parametrize(
    ("html", "xhtml"),
    [
        ("<p>a &nbsp;&amp; b<br>c", "<p>a \xa0&amp; b<br/>c</p>"),
        ("<b>bold <i>mis</b>nested</i>", "<b>bold <i>mis</i></b><i>nested</i>"),
        ('<p onclick="x()" style="color:red" data-x="1" id="n1:a">t</p>', '<p id="n1:a">t</p>'),
        ("<script>x</script><style>y</style>z", "z"),
        ('<a href="/gone/">text</a>', "<span>text</span>"),
        ('<a href="https://example.org/?a&amp;b">x</a>', '<a href="https://example.org/?a&amp;b">x</a>'),
        (
            '<picture><source srcset="/a.webp 1x"><img src="/a.png"></picture>',
            '<picture><img src="images/0.png" alt=""/></picture>',
        ),
        ('<img src="https://example.org/a.png" alt="far <away>">', "far &lt;away&gt;"),
        (
            '<iframe src="https://example.org/" title="Film"></iframe>',
            '<a href="https://example.org/">Film</a>',
        ),
        ('<input type="checkbox" checked disabled> done', "☑  done"),
        ('<font color="red">f</font><td>', "<span>f</span>"),
        (
            '<form><label for="a">A</label> <input id="a"><datalist><option value="x"></datalist></form>',
            "<div><span>A</span> ☐ </div>",
        ),
        ("a\x0cb\x01c", "a\x0cb\x01c".replace("\x0c", "").replace("\x01", "")),
    ],
)
def test_html_becomes_xhtml(html: str, xhtml: str) -> None:
    """As a browser reads it, without what readers of e-books cannot have."""
    made = as_xhtml(html, REWRITING)
    assert made == xhtml
    etree.fromstring(f"<x>{made}</x>")


def test_drawings_and_formulas_keep_their_names() -> None:
    """Each in its namespace, with names as XML spells them."""
    made = as_xhtml('<svg viewBox="0 0 1 1"><linearGradient/></svg><math><mi>x</mi></math>', REWRITING)
    svg, math = etree.fromstring(f"<x>{made}</x>")
    assert svg.tag == "{http://www.w3.org/2000/svg}svg"
    assert svg.get("viewBox") == "0 0 1 1"
    assert svg[0].tag.endswith("}linearGradient")
    assert math.tag == "{http://www.w3.org/1998/Math/MathML}math"


def test_formulas_have_what_epub_knows() -> None:
    """The size of what is in a script is an attribute of one element there."""
    made = as_xhtml('<mtable scriptlevel="0"></mtable><mstyle scriptlevel="1"></mstyle>', REWRITING)
    assert made == '<mtable></mtable><mstyle scriptlevel="1"></mstyle>'


def test_lists_may_be_nested_deeply() -> None:
    """Thousands of levels cost no stack."""
    made = as_xhtml("<ul><li>" * 3000, REWRITING)
    assert made.count("<li>") == made.count("</li>") > 100
