"""Lists and tasks (FT-3, FT-5)."""

import pytest


def task(char: str, text: str) -> str:
    """The HTML of a task item."""
    checked = "" if char == " " else ' checked="checked"'
    return (
        f'<li class="task" data-task="{char}"><input type="checkbox" disabled="disabled"{checked}>{text}</li>'
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a\n- b", "<p>a</p><ul><li>b</li></ul>"),
        ("a\n1. b\n2. c", "<p>a</p><ol><li>b</li><li>c</li></ol>"),
        ("- a\n  - b\n    - c", "<ul><li>a\n<ul><li>b\n<ul><li>c</li></ul></li></ul></li></ul>"),
        ("- a\n\t- b\n\t\t- c", "<ul><li>a\n<ul><li>b\n<ul><li>c</li></ul></li></ul></li></ul>"),
        ("- a\nlazy", "<ul><li>a\nlazy</li></ul>"),
        ("3) a\n4) b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("0. a", '<ol start="0"><li>a</li></ol>'),
        ("- a\n+ b", "<ul><li>a</li></ul><ul><li>b</li></ul>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("- a\n\n  b", "<ul><li><p>a</p><p>b</p></li></ul>"),
        ("-\n  a", "<ul><li>a</li></ul>"),
        ("- # h\n\n# x", '<ul><li><h2 id="h">h</h2></li></ul><h2 id="x">x</h2>'),
        ("- - a", "<ul><li><ul><li>a</li></ul></li></ul>"),
        ("> 1. a\nb", "<blockquote><ol><li>a\nb</li></ol></blockquote>"),
    ],
)
def test_lists_follow_commonmark(read, text, html):
    """FT-5: interruption, nesting by the marker's width or a tab, tight and loose, lazy lines."""
    assert read(text).html == html


@pytest.mark.parametrize("text", ["a\n2. b", "a\n    - b", "-a", "1.a", "-1. a", "1234567890. a", "\\- a"])
def test_nope_these_are_not_lists(read, text):
    """FT-5: only 1 interrupts a paragraph, and a space must follow the marker."""
    assert "<li>" not in read(text).html


@pytest.mark.parametrize("marker", ["-", "*", "+", "1.", "2)", "> -", "-\t", "-   "])
@pytest.mark.parametrize("char", [" ", "x", "X", "-", "?", "漢", "\\", "]"])
def test_a_box_makes_an_item_a_task(read, marker, char):
    """FT-3: any marker, any character; checked unless it is a space."""
    assert task(char, "a") in read(f"{marker} [{char}] a").html


@pytest.mark.parametrize(
    "text", ["[ ] a", "- [] a", "- [xx] a", "- [ ]a", "- x [ ] a", "- [ ](b)", "# [ ] a", "- \\[ ] a"]
)
def test_nope_a_box_elsewhere_is_text(read, text):
    """FT-3: only at the begin of an item, with a space behind it."""
    assert "data-task" not in read(text).html


def test_tasks_stay_nested_and_may_be_empty(read):
    """FT-3: an item that is only a box is a task, too."""
    html = read("- [ ] a\n  - [x]\n- b").html
    assert html == f"<ul>{task(' ', 'a' + chr(10) + '<ul>' + task('x', '') + '</ul>')}<li>b</li></ul>"


def test_a_task_that_spans_lines_has_no_full_line_fields(read):
    """IF-1: neither in its first line nor in the next ones; in a second paragraph there are some."""
    assert read("- [ ] a:: b\n  c:: d\n\n  e:: f").fields == ["e=f 4:3"]
