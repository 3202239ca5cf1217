"""Relations: explicit and implied, in order, and who is shown in them (HI, PB-2)."""

from collections.abc import Callable

import pytest
from msgspec.structs import replace

from garden.linking.snapshot import Node, Snapshot
from garden.model.diagnostic import Place
from garden.model.note import Document, Field, Status
from garden.model.settings import RELATIONS, RelationField, Settings

Notes = Callable[..., Document]
Links = Callable[..., Snapshot]


def row(snapshot: Snapshot, name: str, relation: str) -> list[str]:
    """Return one relation of a note as stems; an implied one in brackets, an unresolved one quoted."""
    edges = snapshot.relations.get(Node("note", f"{name}.md"), {}).get(relation, ())
    found = []
    for edge in edges:
        text = edge.node.key.removesuffix(".md") if edge.node else f'"{edge.text}"'
        found.append(f"({text})" if edge.implied else text)
    return found


def codes(snapshot: Snapshot) -> list[str]:
    """Return place and id of all diagnostics but conflicts of addresses."""
    return [f"{problem.place} {problem.code}" for problem in snapshot.diagnostics]


@pytest.mark.parametrize(
    ("relation", "inverse"),
    [("up", "down"), ("down", "up"), ("next", "prev"), ("prev", "next"), ("same", "same"), ("x", "x")],
)
def test_every_edge_implies_its_inverse(note: Notes, linked: Links, relation: str, inverse: str) -> None:
    """The shipped fields have the inverses of HI-1, and nothing else is implied (HI-5)."""
    snapshot = linked(note("a.md", f"{relation}:: [[b]]"), note("b.md"))
    assert snapshot.relations == {
        Node("note", "a.md"): {relation: snapshot.relations[Node("note", "a.md")][relation]},
        Node("note", "b.md"): {inverse: snapshot.relations[Node("note", "b.md")][inverse]},
    }
    assert row(snapshot, "a", relation) == ["b"]
    assert row(snapshot, "b", inverse) == ["(a)"]


def test_explicit_ones_come_first_as_written(note: Notes, linked: Links) -> None:
    """Then the implied ones by fold of title, then path; what is both is explicit (HI-5, HI-11)."""
    snapshot = linked(
        note("p.md", "down:: [[d]]", "down:: [[b]]", front=["down:: [[c]]"]),
        note("a.md", "up:: [[p]]", title="zebra"),
        note("b.md", "up:: [[p]]"),
        note("c.md"),
        note("d.md"),
        note("f.md", "up:: [[p]]", title="Ant"),
        note("e.md", "up:: [[p]]", title="ANT"),
    )
    assert row(snapshot, "p", "down") == ["c", "d", "b", "(e)", "(f)", "(a)"]
    assert row(snapshot, "b", "up") == ["p"]
    assert row(snapshot, "c", "up") == ["(p)"]


def test_written_twice_is_once(note: Notes, linked: Links) -> None:
    """The same target by another name, alias or part is the same edge (HI-4, HI-6)."""
    snapshot = linked(
        note("a.md", "up:: [[p#Part|text]]", "up:: [[P]]", "up:: [[Alias]]", front=["up:: p"]),
        note("p.md", aliases=["alias"]),
    )
    assert row(snapshot, "a", "up") == ["p"]
    assert codes(snapshot) == []


def test_an_edge_to_itself_is_dropped(note: Notes, linked: Links) -> None:
    """Whichever way it is written, it is reported and gone (HI-6)."""
    snapshot = linked(note("a.md", "up:: [[a]]", "same:: [[#Part]]"))
    assert snapshot.relations == {}
    assert codes(snapshot) == ["a.md:10:1 hierarchy-self", "a.md:11:1 hierarchy-self"]


def test_what_is_not_a_note_gives_no_edge(note: Notes, linked: Links) -> None:
    """An attachment or a site address is reported at the field's key (HI-3, HI-8)."""
    document = note("a.md", "up:: [[x.pdf]]", "same:: [t](/about/)", front=["up:: [[x.pdf]]"])
    moved = tuple(replace(ref, place=Place("a.md", ref.place.line, 7)) for ref in document.refs)
    key = Field("up", "up", "x.pdf", Place("a.md", 10, 2))
    meta = replace(document.meta, places={"up": Place("a.md", 4, 1)})
    snapshot = linked(replace(document, refs=moved, fields=(key,), meta=meta), files=["x.pdf"])
    assert snapshot.relations == {}
    assert codes(snapshot) == [
        "a.md:4:1 field-not-link",
        "a.md:10:2 field-not-link",
        "a.md:11:7 field-not-link",
    ]


def test_drafts_have_no_edges(note: Notes, linked: Links) -> None:
    """An edge to or from a draft is dropped, and reported on the published side (HI-8)."""
    draft = note("d.md", "up:: [[a]]", "next:: [[a]]", status=Status.DRAFT)
    snapshot = linked(note("a.md", "up:: [[d]]", "same:: [[d]]"), draft)
    assert snapshot.relations == {}
    assert snapshot.parents == {}
    assert codes(snapshot) == ["a.md:10:1 link-unpublished", "a.md:11:1 link-unpublished"]


def test_hidden_notes_are_in_no_list(note: Notes, linked: Links) -> None:
    """They are nobody's child, sibling, next or previous; their own page shows its relations (PB-2)."""
    hidden = note("h.md", "up:: [[p]]", "next:: [[a]]", "same:: [[a]]", status=Status.HIDDEN)
    snapshot = linked(
        hidden,
        note("p.md", "down:: [[h]]"),
        note("a.md", "up:: [[p]]", "prev:: [[h]]"),
        note("b.md", "up:: [[h]]", "same:: [[h]]"),
    )
    assert row(snapshot, "p", "down") == ["(a)"]
    assert row(snapshot, "a", "prev") == []
    assert row(snapshot, "a", "same") == []
    assert snapshot.siblings[Node("note", "a.md")] == ()
    assert row(snapshot, "h", "up") == ["p"]
    assert row(snapshot, "h", "next") == ["a"]
    assert snapshot.siblings[Node("note", "h.md")] == (Node("note", "a.md"),)
    assert row(snapshot, "b", "up") == ["h"]
    assert row(snapshot, "b", "same") == ["h"]
    assert snapshot.trails[Node("note", "b.md")] == ((Node("note", "p.md"), Node("note", "h.md")),)


def test_siblings_share_a_parent(note: Notes, linked: Links) -> None:
    """They are listed by title, each once, and are not `same` edges (HI-5)."""
    snapshot = linked(
        note("a.md", "up:: [[p]]", "up:: [[q]]"),
        note("b.md", "up:: [[p]]", "up:: [[q]]", title="Zoo"),
        note("c.md", "up:: [[q]]"),
        note("d.md", "up:: [[other]]"),
    )
    assert [node.key for node in snapshot.siblings[Node("note", "a.md")]] == ["c.md", "b.md"]
    assert [node.key for node in snapshot.siblings[Node("note", "c.md")]] == ["a.md", "b.md"]
    assert snapshot.siblings[Node("note", "d.md")] == ()
    assert Node("hub", "p") not in snapshot.siblings
    assert len(snapshot.siblings) == len(list(snapshot.siblings)) == 4
    assert row(snapshot, "a", "same") == []


def test_each_cycle_is_reported_once(note: Notes, linked: Links) -> None:
    """At the `up` line of its first member, naming all (HI-7)."""
    snapshot = linked(
        note("c.md", "up:: [[a]]"),
        note("a.md", "[[c]]", "up:: [[b]]"),
        note("b.md", "up:: [[c]]"),
        note("x.md", "up:: [[y]]"),
        note("y.md", "up:: [[x]]"),
        note("n.md", "up:: [[a]]"),
    )
    assert codes(snapshot) == ["a.md:11:1 hierarchy-cycle", "x.md:10:1 hierarchy-cycle"]
    assert "a.md -> b.md -> c.md -> a.md" in snapshot.diagnostics[0].message


def test_a_cycle_of_implied_edges_has_a_place(note: Notes, linked: Links) -> None:
    """Where no `up` line is, the `down` line that implies the edge is the place."""
    snapshot = linked(note("a.md"), note("b.md", "down:: [[a]]", "up:: [[a]]"))
    assert codes(snapshot) == ["b.md:10:1 hierarchy-cycle"]


def test_fields_are_those_of_the_settings(note: Notes, linked: Links) -> None:
    """A field from the settings has its inverse; a field that is no longer configured has no edges (HI-1)."""
    own = (*RELATIONS[:2], RelationField("Based On", "Based on", "basis of"))
    settings = Settings(relations=(*own, RelationField("Basis of", "Basis of", "based on")))
    snapshot = linked(note("a.md", "based-on:: [[b]]", "same:: [[b]]"), note("b.md"), settings=settings)
    assert row(snapshot, "a", "based-on") == ["b"]
    assert row(snapshot, "b", "basis-of") == ["(a)"]
    assert row(snapshot, "b", "same") == []


def test_relations_are_in_the_order_of_the_settings(note: Notes, linked: Links) -> None:
    """Pages show relations in one order, whatever the note's."""
    snapshot = linked(note("a.md", "x:: [[b]]", "next:: [[b]]", "up:: [[b]]"), note("b.md"))
    assert list(snapshot.relations[Node("note", "a.md")]) == ["up", "next", "x"]
