"""A note's tree as Markdown: the same text, the same code, gaps where other notes have a say."""

import time

import pytest

CASES = {
    "paragraphs": ("one\ntwo\n\nthree", "one two\n\nthree"),
    "a heading that begins with a number": ("## 1. A\n\n### 2) *B*", "{heading:2} 1. A\n\n{heading:3} 2) *B*"),
    "marks": ("__a__ ~~b~~ ==c== *d*", "**a** ~~b~~ ==c== *d*"),
    "a link to another site": ("[x \\[y\\]](https://e.org/a-(b)/ 'T')", "[x \\[y\\]]({outside:https://e.org/a-(b)/})"),
    "links": ("[[a|b_c_]] [[d#e]] [f](g.md)", "{open:0}b_c\\_{close:0} {open:1}{text:1}{close:1} {open:2}f{close:2}"),
    "tags": ("a #b/c", "a {tag-open:b/c}#b/c{tag-close:b/c}"),
    "embeds": ("a ![[b.png]] c\n\n![[d]]", "a {embed-inline:0} c\n\n{embed-block:1}"),
    "characters": (
        r"2 * 3 \< 7, snake_case, \_x\_, \`a\` \[\[b\]\]",
        r"2 \* 3 \< 7, snake_case, \_x\_, \`a\` \[\[b\]\]",
    ),
    "line starts": (r"\# no heading", r"\# no heading"),
    "a number": (r"1\. no item", r"1\. no item"),
    "line breaks": ("a  \nb", "a  \nb"),
    "code": (
        "~~~py title='a.py' {1}\nif a < b:\n\n    *x* [[y]]\n~~~",
        '```py title="a.py"\nif a < b:\n\n    *x* [[y]]\n```',
    ),
    "fence in code": ("    ```\n    a", "````\n```\na\n````"),
    "code span": ("``a `b` *c*``", "``a `b` *c*``"),
    "tight list": ("- a\n  - b\n- c", "- a\n  - b\n- c"),
    "loose list": ("- a\n\n  b\n- c", "- a\n\n  b\n- c"),
    "numbers": ("3. a\n4. b", "3. a\n4. b"),
    "tasks": ("- [x] done\n- [ ] open", "- [x] done\n- [ ] open"),
    "quote": ("> a\n>\n> b", "> a\n>\n> b"),
    "callout": ("> [!hint]+ T *u*\n> b", "> [!hint]+ T *u*\n> b"),
    "table": ("| a | b |\n|---|---|\n| `1\\|2` | [[c\\|d]] |", "| a | b |\n| --- | --- |\n| `1\\|2` | {open:0}d{close:0} |"),
    "math": ("x $a_b$\n\n$$\nc\n$$\n\n$$d$$", "x $a_b$\n\n$$c$$\n\n$$d$$"),
    "diagram": ("```mermaid\ngraph TD\n a-->b\n```", "```mermaid\ngraph TD\n a-->b\n```"),
    "what is not drawn": ("```dataviewjs\nLIST\n```", "**Dataview script ({word:not_rendered})**\n\n```\nLIST\n```"),
    "rule": ("a\n\n***\n\nb", "a\n\n---\n\nb"),
    "HTML": ("a <kbd>b</kbd>\n\n<div id=x>\n*c*\n</div>\n\nd", "a <kbd>b</kbd>\n\n<div id={id:x}>\n*c*\n</div>\n\nd"),
    "nope, programs": ("<script>\nx\n</script>\n\n<style>\ny\n</style>", ""),
    "nope, comments": ("a %%b%% c\n\n%%\nd\n%%\n\n<!-- e -->", "a c"),
    "nope, hierarchy lines": ("up:: [[a]]\n\nb", "b"),
    "nope, the title again": ("# a\n\nb", "b"),
    "nothing": ("", ""),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_each_construct_is_written_as_authors_write_it(read, name):
    """Everything that a note shows is written; what it does not show is not."""
    text, expected = CASES[name]
    assert shown(read(text).document.body.markdown) == expected


def test_footnotes_have_the_numbers_of_the_page(read):
    """FN-1: by their first reference; one that nothing refers to is not there."""
    body = read("a[^y] b[^x]\n\n[^x]: *one*\n\n    two\n[^y]: `[^x]` [^x]\n[^z]: hidden").document.body
    assert shown(body.markdown) == "a{footnote:0} b{footnote:1}"
    assert [shown(footnote.markdown) for footnote in body.footnotes] == [
        "`[^x]` {footnote:1}",
        "*one*\n\ntwo",
    ]


def test_hc_10_deep_nesting_is_written(read):
    """Neither recursion nor squares."""
    start = time.process_time()
    assert "x" in shown(read("> " * 60 + "x").document.body.markdown)
    assert shown(read("a *b " * 20_000).document.body.markdown).count("\\*") == 20_000
    assert "x" in shown(read("*a " * 500 + "x" + "*" * 500).document.body.markdown)
    assert time.process_time() - start < 10


def shown(parts):
    """Return parts as one text, gaps in braces."""
    return "".join(part if isinstance(part, str) else f"{{{part.kind.value}:{part.value}}}" for part in parts)
