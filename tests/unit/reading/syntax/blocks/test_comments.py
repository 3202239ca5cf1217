"""Comments (CM)."""

import pytest


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("a %%b%% c", "<p>a  c</p>"),
        ("a %%b\nc%% d", "<p>a  d</p>"),
        ("%%a%% b", "<p>b</p>"),
        ("%%a%%      b", "<p>b</p>"),
        ("%%\na\n%%\nb", "<p>b</p>"),
        ("%%\na\n\n- b\n%%     c", "<p>c</p>"),
        ("a\n%%\nb\n%%\nc", "<p>a</p><p>c</p>"),
        ("%%\n```\n%%\na", "<p>a</p>"),
        ("%% ` %% b `", "<p>b `</p>"),
        ("%%%%", ""),
        ("%%a%%\n# b\n\n# c", '<h2 id="c">c</h2>'),
        ("> %%\n> a\n> %%\n> b", "<blockquote><p>b</p></blockquote>"),
        ("- a\n  %%\n  b\n  %%\n- c", "<ul><li>a</li><li>c</li></ul>"),
        ("> [!note]\n> %%\n> ```\n> %%\n> b",
         ('<div class="callout callout-note" data-callout="note"><div class="callout-title">Note</div>'
          '<div class="callout-body"><p>b</p></div></div>')),
        ("|a|\n|-|\n%%x%%\n|b|",
         ('<div class="table" tabindex="0"><table><thead><tr><th>a</th></tr></thead>'
          "<tbody><tr><td>b</td></tr></tbody></table></div>")),
        ("a <!-- b --> c", "<p>a  c</p>"),
        ("<!-- a\n\nb -->\n\nc", "<p>c</p>"),
        ("a\n<!-- b -->\nc", "<p>a</p><p>c</p>"),
        ("[[a|b <!-- c -->]]", "<p><to a>b </to></p>"),
    ],
)  # fmt: skip
def test_a_comment_is_removed_with_everything_in_it(read, text, html):
    """CM-1, CM-4: in lines and as blocks, in every container; text behind it is shown."""
    assert read(text).html == html


@pytest.mark.parametrize("text", ["a %% b", "a %% b\n\nc %% d", "\\%%a%%", "`%%` a `%%`", "$%%$ a", "a%%"])
def test_nope_a_mark_without_partner_or_in_code_is_text(read, text):
    """CM-3, MK-1, MK-3: one mark in a paragraph hides nothing."""
    assert "%%" in read(text).html


@pytest.mark.parametrize(
    "inside", ["[[a]]", "#t", "up:: [[a]]", "x ^id", "x[^1]", "![[a]]", "[k:: v]", "> [!zzz]"]
)
@pytest.mark.parametrize(
    "comment", ["{}", "%%{}%%", "%%\n{}\n%%", "x %%{}%%", "<!-- {} -->", "<!--\n{}\n-->"]
)
def test_nothing_in_a_comment_is_found(read, inside, comment):
    """CM-2: no link, tag, field, block, footnote, text or diagnostic; without the comment there is one."""
    note = read(comment.format(inside) + "\n\n[^1]: y")
    found = [*note.links, *note.tags, *note.fields, *note.blocks, *note.footnotes, *note.problems]
    assert bool(found) == (comment == "{}")
    if comment != "{}":
        assert note.document.body.plain.strip() in ("", "x")


@pytest.mark.parametrize(
    ("text", "problem"), [("a\n\n  %% b\n\nc", "3:3"), ("> %% b\n\nc", "1:3"), ("- a\n  %%", "2:3")]
)
def test_a_block_comment_that_is_never_closed_hides_the_rest(read, text, problem):
    """CM-3, DG-3: reported at its mark."""
    note = read(text)
    assert note.problems == [f"comment-unclosed {problem}"]
    assert "c" not in note.document.body.plain
