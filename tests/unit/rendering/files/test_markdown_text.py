"""Finished HTML as Markdown: the same text, the same code, resolved links."""

import time

import pytest

from garden.rendering.files.markdown_text import markdown_text

CASES = {
    "paragraphs": ("<p>one\ntwo</p>\n<p>three</p>\n", "one two\n\nthree\n"),
    "headings that begin with a number": ("<h2>1. A</h2><h3>2) B</h3>", "## 1. A\n\n### 2) B\n"),
    "headings": ('<h2 id="a">A <em>b</em></h2>', "## A *b*\n"),
    "marks": ("<p><strong>a</strong> <del>b</del> <mark>c</mark></p>", "**a** ~~b~~ ==c==\n"),
    "links": ('<p><a class="internal" href="/a-(b)/">x [y]</a></p>', "[x \\[y\\]](/a-%28b%29/)\n"),
    "unresolved": ('<p><span class="unresolved">gone</span></p>', "gone\n"),
    "signs": ("<p>2 * 3 &lt; 7, snake_case, _x_, `a`</p>", "2 \\* 3 \\< 7, snake_case, \\_x\\_, \\`a\\`\n"),
    "line starts": (
        "<p># no heading</p><p>- no item</p><p>1. no</p>",
        "\\# no heading\n\n\\- no item\n\n1\\. no\n",
    ),
    "code": (
        (
            '<figure class="code" data-language="py"><figcaption>a.py</figcaption>'
            '<pre><code class="language-py"><span class="k">if</span> a &lt; b:\n\n    *x*\n</code></pre></figure>'
        ),
        '```py title="a.py"\nif a < b:\n\n    *x*\n```\n',
    ),
    "fence in code": ("<pre><code>```\n</code></pre>", "````\n```\n````\n"),
    "code span": ("<p><code>a `b` *c*</code></p>", "``a `b` *c*``\n"),
    "lists": (
        "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>",
        "- a\n  - b\n- c\n",
    ),
    "numbers": ('<ol start="3"><li>a</li><li>b</li></ol>', "3. a\n4. b\n"),
    "tasks": (
        '<ul><li data-task="x"><input type="checkbox" checked disabled> done</li></ul>',
        "- [x] done\n",
    ),
    "quote": ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n"),
    "callout": (
        (
            '<details class="callout callout-tip" data-callout="hint" open="open">'
            '<summary class="callout-title">T</summary><div class="callout-body"><p>b</p></div></details>'
        ),
        "> [!hint]+ T\n> b\n",
    ),
    "table": (
        "<table><thead><tr><th>a</th><th>b</th></tr></thead><tbody><tr><td>1|2</td><td></td></tr></tbody></table>",
        "| a | b |\n| --- | --- |\n| 1\\|2 |  |\n",
    ),
    "math": ('<p>x <span class="math inline" data-tex="a_b"><math>…</math></span></p>', "x $a_b$\n"),
    "footnotes": (
        (
            '<p>a<sup class="footnote-ref"><a href="#fn:1" id="fnref:1">1</a></sup></p><section class="footnotes">'
            '<ol><li id="fn:1"><p>b <a class="footnote-back" href="#fnref:1">↩</a></p></li></ol></section>'
        ),
        "a[^1]\n\n[^1]: b\n",
    ),
    "embed": (
        '<div class="embed" data-embed="note"><a class="internal embed-source" href="/b/">B</a>\n<p>text</p></div>',
        "[B](/b/)\n",
    ),
    "image": ('<p><img data-embed="image" src="/x.png" alt="a"></p>', "![a](/x.png)\n"),
    "diagram": (
        (
            '<figure class="diagram"><svg><text>x</text></svg><details><summary>Source</summary>'
            '<pre class="mermaid">graph TD\n</pre></details></figure>'
        ),
        "```mermaid\ngraph TD\n```\n",
    ),
    "nothing": ("", ""),
}


@pytest.mark.parametrize("name", CASES)
def test_each_construct_is_written_as_authors_write_it(name: str) -> None:
    """What a note says is said again."""
    html, expected = CASES[name]
    assert markdown_text(html) == expected


def test_broken_html_costs_nothing() -> None:
    """Raw HTML of an author may be anything."""
    assert markdown_text("<p>a</b></div><section><p>b") == "a\n\nb\n"
    assert markdown_text("<svg><p>x</svg>y") == "y\n"


def test_hc_10_deep_nesting_is_read() -> None:
    """Neither recursion nor squares."""
    start = time.process_time()
    assert "x" in markdown_text("<blockquote>" * 60 + "x" + "</blockquote>" * 60)
    assert markdown_text("<b>" * 3000 + "x").strip("*\n") == "x"
    assert markdown_text("<p>" + "a *b " * 50_000).count("\\*") == 50_000
    assert time.process_time() - start < 5
