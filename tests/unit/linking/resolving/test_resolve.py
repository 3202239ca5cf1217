"""Where a reference leads: WL-6 step by step, WL-13, AN and EM."""

from collections.abc import Callable

import pytest

from garden.linking.snapshot import (
    Found,
    FoundFile,
    FoundPage,
    LeftAlone,
    Missing,
    Node,
    Resolution,
    Snapshot,
    Unpublished,
)
from garden.model.note import Document, Status

Notes = Callable[..., Document]
Links = Callable[..., Snapshot]


def only(snapshot: Snapshot, path: str = "n.md") -> Resolution:
    """Return the answer to the one reference of a note."""
    (resolution,) = snapshot.resolutions[path]
    return resolution


def codes(snapshot: Snapshot) -> list[str]:
    """Return the ids of all diagnostics, in order."""
    return [problem.code for problem in snapshot.diagnostics]


def to(path: str) -> Found:
    """Return the answer that leads to a whole note."""
    return Found(Node("note", path))


@pytest.mark.parametrize(
    ("link", "others", "expected"),
    [
        ("a/n.md: ./x", ["a/x.md", "x.md"], "a/x.md"),
        ("a/b/n.md: ../x", ["a/x.md", "x.md", "a/b/x.md"], "a/x.md"),
        ("a/n.md: ../b/./x", ["b/x.md"], "b/x.md"),
        ("a/n.md: /x", ["a/x.md", "x.md"], "x.md"),
        ("a/n.md: x", ["a/x.md", "x.md"], "x.md"),
        ("a/n.md: b/x", ["b/x.md", "a/b/x.md"], "b/x.md"),
        ("a/n.md: x", ["a/x.md", "b/x.md"], "a/x.md"),
        ("a/n.md: b/x", ["a/b/x.md", "c/b/x.md"], "a/b/x.md"),
        ("a/b/n.md: x", ["c/d/x.md"], "c/d/x.md"),
        ("a/n.md: d/x", ["c/d/x.md", "e/x.md"], "c/d/x.md"),
        ("n.md: X.MD", ["x.md"], "x.md"),
        ("n.md: café", ["cafe\u0301.md"], "cafe\u0301.md"),
        ("n.md: Two  words", ["sub/two Words.md"], "sub/two Words.md"),
        ("n.md: Foo", ["Foo.md", "foo.md"], "Foo.md"),
        ("n.md: foo", ["a/Foo.md", "bcd/foo.md"], "bcd/foo.md"),
        ("n.md: pic.png", ["pic.png.md"], "pic.png.md"),
    ],
)
def test_the_first_step_that_matches_wins(
    note: Notes, linked: Links, link: str, others: list[str], expected: str
) -> None:
    """Each step of WL-6 comes before the later ones, and the comparison follows WL-4."""
    source, _, written = link.partition(": ")
    snapshot = linked(note(source, f"[[{written}]]"), *map(note, others), files=["pic.png"])
    assert only(snapshot, source) == to(expected)
    assert "link-ambiguous" not in codes(snapshot)


@pytest.mark.parametrize(
    ("written", "source", "others"),
    [
        ("../x", "n.md", ["a/x.md"]),
        ("./x", "a/n.md", ["x.md", "b/x.md"]),
        ("/x", "a/n.md", ["a/x.md"]),
        ("wrong/x", "n.md", ["right/x.md"]),
        ("x/", "n.md", ["x.md"]),
        ("ight/x", "n.md", ["right/x.md"]),
        ("%78", "n.md", ["x.md"]),
    ],
)
def test_a_wrong_place_is_unresolved(
    note: Notes, linked: Links, written: str, source: str, others: list[str]
) -> None:
    """A path whose folder is wrong leads nowhere even if the stem exists elsewhere (WL-6)."""
    snapshot = linked(note(source, f"[[{written}]]"), *map(note, others))
    assert only(snapshot, source) == Missing()
    assert codes(snapshot) in (["link-unresolved"], ["link-unresolved", "name-shared"])


def test_several_candidates_are_ambiguous(note: Notes, linked: Links) -> None:
    """The shortest path wins, then code-point order, and the message names all (WL-6.4)."""
    snapshot = linked(note("n.md", "[[x]]"), note("long/x.md"), note("b/x.md"), note("a/x.md"))
    assert only(snapshot) == to("a/x.md")
    (problem,) = (problem for problem in snapshot.diagnostics if problem.code == "link-ambiguous")
    assert all(path in problem.message for path in ("a/x.md", "b/x.md", "long/x.md"))
    assert str(problem).startswith("n.md:10:1: warning [link-ambiguous]")


def test_aliases_come_after_names(note: Notes, linked: Links) -> None:
    """An alias answers by fold when no path does, the shortest path first (WL-6.5)."""
    first, second = note("long/a.md", aliases=["AI"]), note("b.md", aliases=["ai", "CI/CD", "n"])
    snapshot = linked(note("n.md", "[[Ai]]", "[[ci/cd]]", "[[N]]"), first, second)
    assert snapshot.resolutions["n.md"] == (to("b.md"), to("b.md"), to("n.md"))
    assert codes(snapshot) == ["alias-conflict"]
    assert "b.md, long/a.md" in snapshot.diagnostics[0].message


def test_a_draft_keeps_its_name(note: Notes, linked: Links) -> None:
    """A link to a draft does not lead elsewhere because the note is a draft (PB-4)."""
    draft = note("x.md", status=Status.DRAFT)
    snapshot = linked(note("n.md", "[[x]]", "![[x]]"), draft, note("sub/x.md"))
    assert snapshot.resolutions["n.md"] == (Unpublished(), Unpublished())
    assert codes(snapshot) == ["link-unpublished", "embed-unpublished"]


def test_a_draft_may_link_to_a_draft(note: Notes, linked: Links) -> None:
    """Only published notes are told that a target is a draft."""
    snapshot = linked(note("a.md", "[[b]]", "[[#x]]", status=Status.DRAFT), note("b.md", status=Status.DRAFT))
    assert snapshot.resolutions["a.md"] == (Unpublished(), Unpublished())
    assert codes(snapshot) == []


def test_headings_and_blocks(note: Notes, linked: Links) -> None:
    """A part is found by heading text, chain or block id, in this note or another (AN)."""
    other = note("o.md", headings=["# One: two", "## Sub", "# Three", "## Sub"], blocks=["id-1"])
    links = ["[[o#one two]]", "[[o#Three#Sub]]", "[[o#^ID-1]]", "[[#Here]]", "[[o#sub]]", "![[o#Three]]"]
    snapshot = linked(note("n.md", *links, headings=["## Here"]), other)
    parts = [found.part for found in snapshot.resolutions["n.md"] if isinstance(found, Found)]
    here = snapshot.documents["n.md"].headings[0]
    one, first_sub, three, second_sub = other.headings
    assert parts == [one, second_sub, other.blocks[0], here, first_sub, three]
    assert codes(snapshot) == []


def test_missing_parts_lead_to_the_page(note: Notes, linked: Links) -> None:
    """An unknown heading or block is reported and the page still found (AN-4, AN-6)."""
    snapshot = linked(
        note("n.md", "[[o#Detials]]", "![[o#^idd]]", "up:: [[o#nope]]"),
        note("o.md", headings=["# Details"], blocks=["id"]),
    )
    assert snapshot.resolutions["n.md"] == (Found(Node("note", "o.md"), part_missing=True),) * 3
    assert codes(snapshot) == ["heading-missing", "block-missing"]
    assert [problem.help for problem in snapshot.diagnostics] == [
        'did you mean "Details"?',
        'did you mean "^id"?',
    ]


def test_markdown_links(note: Notes, linked: Links) -> None:
    """A Markdown destination is decoded; its fragment is an element id, a heading, a block (WL-13)."""
    other = note("my note.md", headings=["# An Id!", "# an-id"], blocks=["b"])
    links = [
        "[t](my%20note.md)",
        "[t](my%20note)",
        "[t](my%20note.md#an-id)",
        "[t](my%20note.md#An%20Id)",
        "[t](my%20note.md#%5Eb)",
    ]
    snapshot = linked(note("n.md", *links), other)
    answers = snapshot.resolutions["n.md"]
    assert answers[:2] == (to("my note.md"), to("my note.md"))
    parts = [answer.part for answer in answers[2:] if isinstance(answer, Found)]
    assert parts == [other.headings[0], other.headings[0], other.blocks[0]]
    assert codes(snapshot) == []


@pytest.mark.parametrize("dest", ["/map/", "../old-post/", "pic.png", "#nowhere", "#", "about"])
def test_what_may_be_a_site_address_is_left_alone(note: Notes, linked: Links, dest: str) -> None:
    """A Markdown link that fits no note stays as it is, without a diagnostic (WL-13)."""
    snapshot = linked(note("n.md", f"[t]({dest})"))
    assert only(snapshot) == LeftAlone()
    assert codes(snapshot) == []


@pytest.mark.parametrize("dest", ["x.md", "a/X.MD#part", "../x.md", "{filename}x.md", "{static}/x.png"])
def test_what_names_a_vault_file_is_not_left_alone(note: Notes, linked: Links, dest: str) -> None:
    """A destination that ends in .md, or says `{filename}`, is unresolved when it leads nowhere."""
    snapshot = linked(note("n.md", f"[t]({dest})"))
    assert only(snapshot) == Missing()
    assert codes(snapshot) == ["link-unresolved"]


def test_pelican_links(note: Notes, linked: Links) -> None:
    """Pelican's own links resolve as vault paths and generated pages (WL-13)."""
    links = [
        "[t]({filename}/b.md)",
        "[t]({filename}b.md#head)",
        "[t]({filename}../b.md)",
        "[t](|filename|b.md)",
        "![t]({static}/i/x.png)",
        "[t]({attach}x.pdf)",
        "[t]({tag}Ops)",
        "[t]({category}news)",
        "[t]({author}Ann)",
        "[t]({index})",
        "[t]({tag}none)",
    ]
    written = note("a/n.md", *links, tags=["ops"], category="News", authors=["Ann"])
    inner = note("a/b.md", headings=["# Head"])
    snapshot = linked(written, inner, note("b.md"), files=["i/x.png", "a/x.pdf"])
    answers = snapshot.resolutions["a/n.md"]
    assert answers[0] == to("b.md")
    assert isinstance(answers[1], Found)
    assert (answers[1].node.key, answers[1].anchor) == ("a/b.md", "head")
    assert answers[2:4] == (to("b.md"), to("a/b.md"))
    assert answers[4:6] == (FoundFile("i/x.png"), FoundFile("a/x.pdf"))
    pages = [answer.url for answer in answers[6:10] if isinstance(answer, FoundPage)]
    assert pages == ["tags/ops/", "category/news/", "author/ann/", ""]
    assert answers[10] == Missing()


def test_files(note: Notes, linked: Links) -> None:
    """Attachments answer to their full file name; an unknown image is missing (EM-7)."""
    links = ["![[x.PNG|300]]", "[[a/x.png]]", "![t](x.png)", "![t](y.png)", "![[y.png]]", "[[x]]"]
    snapshot = linked(note("n.md", *links), files=["a/x.png"])
    found = FoundFile("a/x.png")
    assert snapshot.resolutions["n.md"] == (found, found, found, Missing(), Missing(), Missing())
    assert codes(snapshot) == ["embed-missing", "embed-missing", "link-unresolved"]


def test_hubs_are_the_last_resort(note: Notes, linked: Links) -> None:
    """Any link to the last component of a missing parent leads to its hub, but no embed (WL-6.6)."""
    links = ["[[MLOps]]", "[[any/mlops]]", "[[./mlops]]", "[t](mlops.md)", "![[mlops]]", "[[/mlops]]"]
    snapshot = linked(note("n.md", *links), note("c.md", "up:: [[mlops]]"))
    hub = Found(Node("hub", "mlops"))
    assert snapshot.resolutions["n.md"] == (hub, hub, Missing(), hub, Missing(), hub)


def test_a_near_name_is_proposed(note: Notes, linked: Links) -> None:
    """An unresolved link says what may have been meant: a typing error, another folder, an alias."""
    links = ["[[exmaple]]", "[[wrong/Example]]", "[[Machine-lerning]]", "[[something else]]"]
    snapshot = linked(note("n.md", *links), note("Example.md", aliases=["Machine Learning"]))
    assert [problem.help for problem in snapshot.diagnostics] == [
        'did you mean "Example"?',
        'did you mean "Example"?',
        'did you mean "Machine Learning"?',
        "",
    ]
    assert '"exmaple"' in snapshot.diagnostics[0].message


def test_a_hidden_title_is_the_page_itself(read) -> None:
    """A title that is not shown again has no element of its own (TI-2)."""
    snapshot = read({"a.md": "[[b#Title]] [t](b.md#title)", "b.md": "# Title\n\ntext"})
    for found in snapshot.resolutions["a.md"]:
        assert isinstance(found, Found)
        assert found.anchor is None
        assert found.part is not None


def test_a_fragment_may_name_an_element_written_in_html(read) -> None:
    """An id comes before a heading of the same words, which got another one (WL-13)."""
    text = '<span id="own">x</span>\n\n## Own\n\n## x#y'
    snapshot = read({"a.md": "[1](b.md#own) [2](b.md#Own) [3](b.md#x%23y)", "b.md": text})
    anchors = [found.anchor for found in snapshot.resolutions["a.md"] if isinstance(found, Found)]
    assert anchors == ["own", "own-1", "xy"]
