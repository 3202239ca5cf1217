"""Code on a page is proved to be the source's, without asking the parser."""

import gc
import time

import pytest

from garden.checking.fidelity import altered_code, code_problems
from garden.model.names import VaultPath


def block(text: str) -> str:
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
def test_cb_1_code_that_stands_in_the_source_is_proved(source: str, html: str) -> None:
    """Containers put blanks, quote marks and list markers before it, nothing else."""
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
def test_cb_1_altered_code_is_found(source: str, html: str, lost: str) -> None:
    """Lost lines, changed quotes, blanks more or less."""
    assert altered_code(html, [source]) == (lost,)


def test_code_may_come_from_any_note_that_is_shown() -> None:
    """A block does not run from one source into the next."""
    assert altered_code(block("b\n"), ["a", "    b"]) == ()
    assert altered_code(block("a\nb\n"), ["    a", "    b"]) == ("a\nb\n",)


def test_a_problem_is_placed_at_the_likeliest_line() -> None:
    """The author finds the code by its longest word."""
    path = VaultPath("n.md")
    (problem,) = code_problems("<code>long_name(1)</code>", path, {path: "one\ntwo `long_name(2)`\n"})
    assert str(problem.place) == "n.md:2:6"
    assert problem.severity.name == "ERROR"


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("```\nx\n```\n", block("x\n")),
        ("a `b` c\n\n", "<code>b</code>"),
        ("    a\n", "<code>a\n</code>"),
        ("`" * 7 + " `a` ", "<code>a</code>"),
    ],
)
def test_hc_10_the_proof_takes_linear_time(source: str, html: str) -> None:
    """Thousands of equal pieces of code do not stall it."""
    seconds = {times: min(_seconds(html * times, source * times) for _ in range(3)) for times in (1000, 8000)}
    assert seconds[8000] < 24 * seconds[1000]


def _seconds(html: str, source: str) -> float:
    gc.collect()
    gc.disable()  # it walks all that any other test has left behind
    start = time.process_time()
    lost = altered_code(html, [source])
    end = time.process_time()
    gc.enable()
    assert lost == ()
    return end - start
