"""Inline code (CB-4)."""

import pytest


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("`a`", "<code>a</code>"),
        ("`` ` ``", "<code>`</code>"),
        ("` a`", "<code> a</code>"),
        ("` `", "<code> </code>"),
        ("`a\nb`", "<code>a b</code>"),
        ("`[[a]] #b %%c%% ==d== $e$ [^f] k:: v`", "<code>[[a]] #b %%c%% ==d== $e$ [^f] k:: v</code>"),
        ("`<b>&amp;\\`", "<code>&lt;b&gt;&amp;amp;\\</code>"),
        ("`a` `b", "<code>a</code> `b"),
        ("``a`", "``a`"),
        ("\\`a`", "`a`"),
        ("*`*`*", "<em><code>*</code></em>"),
        ("[[`a]]`", "<to `a>…</to>`"),
        ("`[[a`]]", "<code>[[a</code>]]"),
    ],
)
def test_inline_code_is_literal(read, text, html):
    """CB-4, MK-1: any number of backticks; the earliest opener wins."""
    assert read(text).html == f"<p>{html}</p>"
