"""Raw HTML kept inside its note."""

import time

import pytest

from garden.rendering.body.balanced_html import contained, plainly_contained
from tests.support.markup import parse, visible_text


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<p>a <kbd>b</kbd><br> <img src=x> c</p>",
        "<ul><li>a<li>b</ul><p>c",
        "<p>a<div>b</div>c",
        "<details open><summary>a</summary>b</details>",
        "<table><tr><td>a<tr><td>b</table>",
        "<script>if (a < b) document.write('</div')</script><style>a{}</style>",
        '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg><math><mi>x</mi></math>',
        "<p><b>a</p><p>b</b></p>",
        "<custom-element a='>'>x</custom-element>",
        "</p>",
        "a &amp; b &nbsp; < c",
    ],
)
def test_ht_1_what_ends_with_the_note_passes_unchanged(html: str) -> None:
    """Also where an end tag may be left out, and where tags overlap in ways that browsers mend."""
    assert contained(html) == (html, False)


@pytest.mark.parametrize(
    ("html", "mended"),
    [
        ("</div>a", "a"),
        ("<div>a", "<div>a</div>"),
        ("<p>a</p></article></main></body>b", "<p>a</p>b"),
        ("<p>a</p></li></ul></section>b", "<p>a</p>b"),
        ("<ul><li><div>a</li></ul>b</div>c", "<ul><li><div>a</div></li></ul>bc"),
        ("<b>a<p>b", "<b>a<p>b</p></b>"),
        ("<section><table><tr><td>a", "<section><table><tbody><tr><td>a</td></tr></tbody></table></section>"),
        ("<textarea><b>", "<textarea>&lt;b&gt;</textarea>"),
        ("<script>a < b", "<script>a < b</script>"),
        ("<plaintext>a", "<pre>&lt;plaintext&gt;a</pre>"),
    ],
)
def test_hc_3_what_does_not_is_mended(html: str, mended: str) -> None:
    """As a browser understands it, and what cannot be ended is shown as text."""
    assert contained(html) == (mended, True)


def test_an_attribute_without_an_end_takes_nothing_of_the_page() -> None:
    """Its element is as long as the note."""
    html, mended = contained('<p>a</p><div title="b>c')
    assert mended
    page = parse(f"<main><div id=x>{html}</div><footer>behind</footer></main>")
    assert visible_text(page.css_first("main > footer")) == "behind"
    assert visible_text(page.css_first("#x")).startswith("a")


@pytest.mark.parametrize("piece", ["<div>", "</div>", "<b>", "<span>", '<a title="', "<table>", "<li><ul>"])
def test_hc_10_many_of_them_take_no_longer(piece: str) -> None:
    """Thousands of tags without partners are read like others."""
    begin = time.process_time()
    html, _ = contained(piece * 4_000 + "x")
    assert contained(html) == (html, False)
    assert time.process_time() - begin < 10


@pytest.mark.parametrize(
    "html",
    [
        "<p>text</p>",
        '<p>a<br>b<img src="x.png"> &lt;/div&gt;</p>\n<ul>\n<li>c</li>\n</ul>',
        '<svg viewBox="0 0 1 1"><g><rect width="1"/></g></svg><math><mspace/></math>',
        "<!-- </div> --><p>text</p>",
    ],
)
def test_without_the_parser_what_is_plainly_closed_passes(html: str) -> None:
    """HC-3: most HTML of authors is."""
    assert contained(html) == (html, False)
    assert plainly_contained(html) == (html, False)


@pytest.mark.parametrize(
    "html",
    [
        "<div>",
        "</div>",
        "<b><i>x</b></i>",
        "<p>a<p>b",
        "<div/>",
        "<plaintext></plaintext>",
        "<!-- never closed",
        "<p>a</p><!--",
        "<title>x",
        "<script>x",
    ],
)
def test_without_the_parser_what_is_not_is_shown_as_text(html: str) -> None:
    """HC-3: it may be good HTML, but nobody can say; its page must not depend on it."""
    shown, mended = plainly_contained(html)
    assert mended
    assert shown.startswith("<pre>")
    assert contained(shown) == (shown, False)
