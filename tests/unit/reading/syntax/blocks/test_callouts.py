"""Callouts (CO)."""

import pytest

from garden.reading.syntax.blocks.callouts import CANONICAL


def callout(kind: str, title: str, body: str = "") -> str:
    """The HTML of a callout without a fold marker."""
    inside = f'<div class="callout-body">{body}</div>' if body else ""
    return (
        f'<div class="callout callout-{CANONICAL.get(kind, "note")}" data-callout="{kind}">'
        f'<div class="callout-title">{title}</div>{inside}</div>'
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("> [!note]", callout("note", "Note")),
        (">[!note]\n>a", callout("note", "Note", "<p>a</p>")),
        ("> [!FAQ] *T*\n> a", callout("faq", "<em>T</em>", "<p>a</p>")),
        ("> [!tip|wide] T", callout("tip", "T")),
        ("> [! tip ]  T  ", callout("tip", "T")),
        ("> [!note] T [[x]]", callout("note", "T <to x>…</to>")),
        ("> [!note] T\n> a\n\n> b", callout("note", "T", "<p>a</p>") + "<blockquote><p>b</p></blockquote>"),
        ("> [!note]\n\n> [!tip]", callout("note", "Note") + callout("tip", "Tip")),
        ("> [!note]\n> > [!tip] T\n> > a\n>\n> b",
         callout("note", "Note", callout("tip", "T", "<p>a</p>") + "<p>b</p>")),
        ("> > [!note]\n> > a", f"<blockquote>{callout('note', 'Note', '<p>a</p>')}</blockquote>"),
        ("- > [!note] T\n  > a\n- b", f"<ul><li>{callout('note', 'T', '<p>a</p>')}</li><li>b</li></ul>"),
        ("   > [!note]\n   > - a", callout("note", "Note", "<ul><li>a</li></ul>")),
        ("> [!note] T\nlazy\n> b", callout("note", "T", "<p>lazy\nb</p>")),
        ("- > [!note] T\nlazy", f"<ul><li>{callout('note', 'T', '<p>lazy</p>')}</li></ul>"),
        ("> [!note] T\n\nnot lazy", callout("note", "T") + "<p>not lazy</p>"),
        ("> [!note] T\n>\nnot lazy", callout("note", "T") + "<p>not lazy</p>"),
        ("> [!note] T\n- a", callout("note", "T") + "<ul><li>a</li></ul>"),
    ],
)  # fmt: skip
def test_a_quote_that_begins_with_a_type_is_a_callout(read, text, html):
    """CO-1, CO-4, CO-6, CO-7: the title is the first line alone, the body any Markdown, in any container."""
    assert read(text).html == html


def test_the_body_may_hold_code(read):
    """CO-6, CB-1: the lines of a fence lose the quote's marker and nothing else."""
    note = read("- > [!note]\n  > ```\n  >  [[x]]\n  >\n  > #t\n  > ```")
    assert "<code> [[x]]\n\n#t\n</code>" in note.exact
    assert note.links == note.tags == []


@pytest.mark.parametrize("text", ["> a\n> [!note]", "[!note] a", "- [!note] a", "> [!]", "> [!|x]", "> [!a[b]]",
                                  "> \\[!note]", "> `[!note]`", "> x [!note]", ">     [!note]", "    > [!note]"])  # fmt: skip
def test_nope_elsewhere_a_type_is_text(read, text):
    """CO-1: only the first line of a quote, and only its begin."""
    assert "data-callout" not in read(text).html


@pytest.mark.parametrize(("marker", "attributes"), [("-", ""), ("+", ' open="open"')])
def test_a_marker_makes_it_fold(read, marker, attributes):
    """CO-5: the title is in the summary."""
    html = read(f"> [!tip]{marker} T\n> a").html
    assert html == (
        f'<details class="callout callout-tip" data-callout="tip"{attributes}>'
        '<summary class="callout-title">T</summary><div class="callout-body"><p>a</p></div></details>'
    )


def test_every_known_type_has_its_class(read):
    """CO-2, CO-3: 27 names of 13 kinds, in any case."""
    assert len(CANONICAL) == 27
    assert len(set(CANONICAL.values())) == 13
    for kind, canonical in CANONICAL.items():
        html = read(f"> [!{kind.upper()}]").html
        assert f'callout-{canonical}" data-callout="{kind}"' in html


def test_an_unknown_type_looks_like_a_note_and_is_named(read):
    """CO-3, DG-3: reported where the quote begins."""
    note = read("- > [!My-Type] x")
    assert 'callout-note" data-callout="my-type"' in note.html
    assert note.problems == ["callout-unknown 1:3"]
