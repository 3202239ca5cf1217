"""Bare and bracketed URLs (FT-6, MK-2)."""

import pytest


def link(url: str, text: str = "") -> str:
    """The HTML of a link to another site."""
    return f'<a href="{url}" class="external" rel="noopener">{text or url}</a>'


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("https://a.b", link("https://a.b")),
        ("HTTP://A.B", link("HTTP://A.B")),
        ("see https://a.b.", f"see {link('https://a.b')}."),
        ("(https://a.b)", f"({link('https://a.b')})"),
        ("https://a.b/(c)", link("https://a.b/(c)")),
        ("[https://a.b]", f"[{link('https://a.b')}]"),
        ("https://a.b/[c]d", link("https://a.b/[c]d")),
        ('"https://a.b"', f'"{link("https://a.b")}"'),
        ("**https://a.b**", f"<strong>{link('https://a.b')}</strong>"),
        ("https://a.b/_c_d*e", link("https://a.b/_c_d*e")),
        ("https://a.b?c&amp;d", link("https://a.b?c&amp;d")),
        ("https://a.b&lt;", f"{link('https://a.b')}&lt;"),
        ("https://a.b。", f"{link('https://a.b')}。"),
        ("https://日本.jp/é", link("https://日本.jp/é")),
        ("https://a.b/[[c]]%%d%%#e==f==g", link("https://a.b/[[c]]%%d%%#e==f==g")),
        ("<https://a.b/[[c]]#d>", link("https://a.b/[[c]]#d")),
        ("<a@b.c>", '<a href="mailto:a@b.c">a@b.c</a>'),
        ("[https://a.b](https://c.d)", link("https://c.d", "https://a.b")),
        ("[x https://a.b](https://c.d)", link("https://c.d", "x https://a.b")),
    ],
)
def test_urls_become_links(read, text, html):
    """FT-6, MK-2: without the sentence's punctuation; nothing in a URL is syntax."""
    note = read(text)
    assert note.html == f"<p>{html}</p>"
    assert note.tags == note.links == []


@pytest.mark.parametrize("text", ["http://", "xhttps://a.b", "www.a.b", "ftp://a.b", "`https://a.b`", "$https://a.b$",
                                  "\\https//a", "<a b:c>", "%%https://a.b%%"])  # fmt: skip
def test_nope_these_are_not_links(read, text):
    """FT-6: other schemes, words, code."""
    assert "href" not in read(text).html
