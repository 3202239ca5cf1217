"""Code on a page is proved to be the source's, without asking the parser (CB-1, CB-4)."""

import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garden.model.names import VaultPath
from garden.reading.source import read_source
from tests.support.building import ROOT
from tests.support.golden.code_fidelity import altered_code
from tests.support.vault import read_note

sys.path.insert(0, str(Path(__file__).parent))  # test folders are not packages
from fuzz_reading import CORPUS, shown

NOTES = [
    *CORPUS.iterdir(),
    *(ROOT / "content").rglob("*.md"),
    *(ROOT / "tests" / "browser" / "showcase").rglob("*.md"),
]
# Comments are left out: they put what follows them anywhere on its line.
PIECES = [
    "```\n", "```py\n", "~~~\n", "````\n", "`", "``", "`a`", "``b ` c``", "a", "b  c", "é", " ", "  ", "    ", "\t", "\n", "\n\n",
    "    code\n", "\tcode\n", "> ", ">", "- ", "1. ", "> [!note]\n> ", "| `x\\|y` |\n|-|\n", "| a ", "\\", "\\`", "[[a|`b`]]",
    "[`c`](d)", "**", "*", "==", "$", "$$\n", "[^1]", "[^1]: ", "# ", "up:: ", "k:: ", "#t", "'q' -- \"r\" ...", "&amp;", "<",
    "&", "\u2028", "\x0c", "漢",
]  # fmt: skip


def body_of(text: str) -> str:
    """The HTML of a note with this text, slots filled with something simple."""
    document = read_note(text)
    return shown(document.body.parts, document.body.footnotes)


@pytest.mark.parametrize("path", sorted(NOTES), ids=lambda path: path.stem)
def test_the_code_of_real_notes_is_that_of_their_source(path):
    """CB-1, CB-4: our own documentation, the notes that show the theme, and what once broke something."""
    text = read_source(VaultPath("a.md"), path.read_bytes()).text
    assert altered_code(body_of(text), [text]) == ()


@settings(deadline=None)  # a machine may be busy
@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join))
def test_any_code_is_that_of_its_source(text):
    """CB-1, CB-4: blocks and spans in any container, among all that may be taken for something else."""
    assert altered_code(body_of(text), [text]) == ()


def block(text: str) -> str:
    """A block of code as it stands on a page."""
    return f'<pre tabindex="0"><code class="language-x">{text}</code></pre>'


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("```x\na < b\n\n  c\n```", block('<span class="k">a</span> &lt; b\n\n  c\n')),
        ("> ```\n> a\n>\n> b\n> ```", block("a\n\nb\n")),
        ("- item\n\n  ```\n  - a: 1\n    b\n  ```", block("- a: 1\n  b\n")),
        ("-     indented", block("indented\n")),
        ("1. \tx\n\n\t\t\tcode", block("  code\n")),
        ("\tone\n\ttwo", block("one\ntwo\n")),
        ("a `x < y` b", "<code>x &lt; y</code>"),
        ("a ``x ` y`` b", "<code>x ` y</code>"),
        ("> a `x\n> y` b", "<code>x y</code>"),
        ("| `a\\|b` |", "<code>a|b</code>"),
        ("`` `x` ``", "<code>`x`</code>"),
        ("\\`a `b` c", "<code>b</code>"),
        ("\\``a`", "<code>a</code>"),
        ("text <code>a &lt; *b*</code>", "<code>a &lt; <em>b</em></code>"),
        ("```\n```", block("")),
    ],
)
def test_code_that_stands_in_the_source_is_proved(source, html):
    """Containers put spaces, quote marks and list markers before it, nothing else."""
    assert altered_code(html, [source]) == ()


@pytest.mark.parametrize(
    ("source", "html", "lost"),
    [
        ("```\na\nb\n```", block("a\nc\n"), "a\nc\n"),
        ("```\na\n\nb\n```", block("a\nb\n"), "a\nb\n"),
        ("```\n  a\n```", block("   a\n"), "   a\n"),
        ("```\nx a\n```", block("a\n"), "a\n"),
        ("```\na  \n```", block("a\n"), "a\n"),
        ('`"x"`', "<code>“x”</code>", "“x”"),
        ("`a  b`", "<code>a b</code>", "a b"),
        ("`[[a]]` a", "<code>a</code>", "a"),
        ("`a\n\nb`", "<code>a b</code>", "a b"),
    ],
)
def test_altered_code_is_found(source, html, lost):
    """Lost lines, changed quotes, spaces more or less."""
    assert altered_code(html, [source]) == (lost,)


def test_code_may_come_from_any_note_that_is_shown():
    """A block does not run from one source into the next."""
    assert altered_code(block("b\n"), ["a", "    b"]) == ()
    assert altered_code(block("a\nb\n"), ["    a", "    b"]) == ("a\nb\n",)
