"""Tokens are those that Pygments finds itself, although not all of its rules are tried (CB-1)."""

import re
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pygments.lexers import get_lexer_by_name

from garden.reading.syntax.fences.beginnings import CLEAR, beginnings
from garden.reading.syntax.fences.lexing import TokenFinder

CODE = {
    "python": 'def f(x, *, y=1.5e3):\n    """Say."""\n    return f"{x!r:>{y}}" if x in {0x1F, r"\\d"} else None\n',
    "sql": "Select a, COUNT(*) FROM t WHERE b Like '%x' -- why\n",  # its expressions ignore case
    "bash": 'if [ -x "$1" ]; then echo "${x:-y}" | sed s/a/b/ > /dev/null; fi\ncat <<EOF\n$y\nEOF\n',
    "javascript": "const a = async (b) => { await c?.d`x${b ?? /[/]x/g}`; } // e\n",
    "rust": "fn f<'a>(x: &'a str) -> u8 { println!(\"{}\", x); 1_0u8 }\n",
    "c": '#include <stdio.h>\nint main(void) { char *s = "a\\n"; /* b */ return 0; }\n',
    "css": "@media (width > 1em) { a:hover::before { color: #fff8; margin: -.5em } }\n",
    "html": "<p class=a>b &amp; <script>let c = 1;</script></p>\n",  # its lexer calls others
    "yaml": "a: &b [1, 'c']\nd: |\n  e\n",  # does more than follow its rules
    "diff": "--- a\n+++ b\n@@ -1 +1 @@\n-x\n+y\n",
    "ini": "[a]\nb = c ; d\n",
    "makefile": "a: b\n\t$(C) -o $@ $<\n",
}


def finder(language: str, *, by_pygments: bool) -> TokenFinder:
    """Return a finder, or one that leaves everything to Pygments."""
    lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    find = type(lexer).get_tokens_unprocessed

    def as_pygments(*args: object, **named: object) -> object:
        return find(*args, **named)

    if by_pygments:
        lexer.__class__ = type("Own", (type(lexer),), {"get_tokens_unprocessed": as_pygments})
    return TokenFinder(lexer)


@cache
def finders(language: str) -> tuple[TokenFinder, TokenFinder]:
    """Return our finder and that of Pygments, made when a test asks: each process collects this file."""
    return finder(language, by_pygments=False), finder(language, by_pygments=True)


@pytest.mark.parametrize("language", CODE)
def test_tokens_are_those_of_pygments(language: str) -> None:
    """CB-1: also of code in another language, most of which is an error."""
    ours, theirs = finders(language)
    for code in CODE.values():
        assert ours.tokens(code) == theirs.tokens(code)


@given(
    st.sampled_from(sorted(CODE)),
    st.lists(
        st.sampled_from(sorted(" ".join(CODE.values()).split()))
        | st.text("kKſK\n\t\r\x00\"'/*#<é日", max_size=3)
    ),
)
def test_tokens_of_any_text_are_those_of_pygments(language: str, pieces: list[str]) -> None:
    """CB-1: whatever is in it, letters whose other case is not ASCII as well."""
    ours, theirs = finders(language)
    assert ours.tokens("".join(pieces)) == theirs.tokens("".join(pieces))


@pytest.mark.parametrize(
    ("expression", "begin"),
    [
        ("abc", "a"),
        (r"(?i)ab", "aA"),
        (r"(?<!\.)(?:if|in|or)\b", "io"),
        ("[a-c]?d*e", "abcde"),
        (r"^(?=x)(u?)(['\"])", "u'\""),
        (r"\d+(?#x)|_", "0123456789_"),
        (r"(?>a|b)", CLEAR),
        ("a*", CLEAR),
        ("(?i)[k]", CLEAR - CLEAR | {"k", "K"}),
        ("(?i)\u212a", CLEAR),
        ("[^a-z]", CLEAR - set("abcdefghijklmnopqrstuvwxyz")),
        (r"[^\s]", CLEAR - set(" \n\t")),
        ("(?i)[^a]", CLEAR),
        (r"(.)\1", CLEAR),
        ("\u00e9", ""),
    ],
)
def test_what_a_match_begins_with(expression: str, begin: str) -> None:
    """Where it is not certain, any character is among them."""
    assert beginnings(re.compile(expression)) & CLEAR == frozenset(begin)
