"""Code blocks (CB-1, CB-2) and fences that are something else."""

import html
import re

import pytest

from garden.reading.syntax.fences.fences import NOT_RENDERED


def codes(note) -> list[str]:
    """The text of every code block."""
    blocks = re.findall(r"<pre[^>]*><code[^>]*>(.*?)</code></pre>", note.exact, re.DOTALL)
    return [html.unescape(re.sub(r"<[^>]+>", "", block)) for block in blocks]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("```\na\n```", "a\n"),
        ("~~~~\n```\n~~~\n~~~~~", "```\n~~~\n"),
        ("```\n```", ""),
        ("```\n\n\n```", "\n\n"),
        ("```\n\ta\n  b \n```", "\ta\n  b \n"),
        ("  ```\n  a\n b\n   c\n  ```", "a\nb\n c\n"),
        ("```py\n\n\nx = [[1]]  \n\n```", "\n\nx = [[1]]  \n\n"),
        ("```\n%%\n[^1]: x\n# h\n> q\n- l\n^id\nup:: [[x]]\n```", "%%\n[^1]: x\n# h\n> q\n- l\n^id\nup:: [[x]]\n"),
        ("```html\n<b>&amp;\n```", "<b>&amp;\n"),
        ("```\na\u2028b\x0cc\x85d\n```", "a\u2028b\x0cc\x85d\n"),
        ("a\n```\nb\n```\nc", "b\n"),
        ("> ```\n> a\n>\n>  b\n> ```", "a\n\n b\n"),
        ("- ```\n  a\n\n\n  b\n  ```", "a\n\n\nb\n"),
        ("1. x\n\n   ```\n   a\n     b\n   ```", "a\n  b\n"),
        ("> [!note]\n> - ```py\n>   x\n>\n>   y\n>   ```", "x\n\ny\n"),
        ("    a\n\n      b\n\n\nc", "a\n\n  b\n"),
        ("\ta\n\t\tb", "a\n\tb\n"),
        ("-     a", "a\n"),
        ("```\na\n    ```\n```", "a\n    ```\n"),
        ("```{1}\na\nb\n```", "a\nb\n"),
    ],
)  # fmt: skip
def test_the_text_of_code_is_exactly_the_source(read, text, code):
    """CB-1: whatever is in it, in every container; nothing of it is syntax."""
    note = read(text)
    assert codes(note) == [code]
    assert [note.links, note.tags, note.fields, note.problems] == [[], [], [], []]


@pytest.mark.parametrize(
    ("info", "language", "title"),
    [
        ("py", "py", ""), ("  C++  ", "C++", ""), ("py x y=1", "py", ""), ("py {1,3-4}", "py", ""), ("py{1}", "py", ""),
        ("{python}", "python", ""), ("{.python .numberLines #x}", "python", ""), ("{python, echo=FALSE}", "python", ""),
        ("f\\*&ouml;", "f*ö", ""), ("js title=a.js", "js", "a.js"), ('py title="x y"', "py", "x y"), ("py\tx", "py", ""),
        ("title='x y'", "", "x y"), ("", "", ""), ("{1}", "", ""),
    ],
)  # fmt: skip
def test_the_first_word_is_the_language(read, info, language, title):
    """CB-1: more words and attributes are never shown; a title and marked lines are ours."""
    text = read(f"~~~{info}\na\n~~~").exact
    assert (f'<code class="language-{language}">' in text) == bool(language)
    assert (f"<figcaption>{title}</figcaption>" in text) == bool(title)
    assert "echo" not in text
    assert "numberLines" not in text


def test_marked_lines_are_marked(read):
    """CB-1: `{2-3}` marks the second and the third line."""
    assert (
        '1\n<span class="hll">2</span>\n<span class="hll">3</span>\n4'
        in read("```{2-3}\n1\n2\n3\n4\n```").exact
    )


@pytest.mark.parametrize("text", ["`` ` ``", "``` a`b", "a ```b``` c", "\\```\na", "    ```\n    a"])
def test_nope_these_open_no_fence(read, text):
    """CB-1: inline code, escaped and indented marks."""
    assert read(text).problems == []


@pytest.mark.parametrize(
    ("text", "code", "problem"),
    [
        ("a\n\n```py\nb\n\n# c\n", "b\n\n# c\n", "3:1"),
        ("> ~~~\n> a\n\nb", "a\n", "1:3"),
        ("- x\n\n  ```\n  a\n\nb", "a\n\n", "3:3"),
        ("```\na\n``` x", "a\n``` x\n", "1:1"),
        ("```\na\n~~~", "a\n~~~\n", "1:1"),
        ("````\na\n```", "a\n```\n", "1:1"),
    ],
)
def test_an_unclosed_fence_runs_to_the_end_of_its_container(read, text, code, problem):
    """CB-2, DG-3: and is reported where it opens."""
    note = read(text)
    assert codes(note) == [code]
    assert note.problems == [f"fence-unclosed {problem}"]


@pytest.mark.parametrize("language", NOT_RENDERED)
def test_what_only_a_plugin_can_render_is_shown_as_source(read, language):
    """CB-1: folded, with a note that says so."""
    note = read(f"> ```{language}\n> [[x]]\n> ```")
    assert codes(note) == ["[[x]]\n"]
    assert f"<figcaption>{NOT_RENDERED[language]} (not_rendered)</figcaption>" in note.html
    assert note.problems == ["not-rendered 1:3"]
