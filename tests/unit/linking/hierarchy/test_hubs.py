"""Pages for parents that are not written yet (HI-9)."""

from collections.abc import Callable

import pytest

from garden.linking.snapshot import Edge, Hub, Missing, Node, Snapshot
from garden.model.note import Document, Status

Notes = Callable[..., Document]
Links = Callable[..., Snapshot]


def test_the_most_frequent_spelling_is_the_title(note: Notes, linked: Links) -> None:
    """One hub per fold of the last component, titled by majority, then by code point."""
    snapshot = linked(
        note("a.md", "up:: [[topics/MLOps]]", "up:: [[Git]]"),
        note("b.md", "up:: [[mlops]]", "up:: [[git]]"),
        note("c.md", front=["up:: mlops"]),
    )
    assert list(snapshot.hubs.values()) == [Hub("git", "Git"), Hub("mlops", "mlops")]
    assert snapshot.addresses[Node("hub", "mlops")] == "mlops/"
    children = snapshot.relations[Node("hub", "mlops")]["down"]
    assert [edge.node for edge in children if edge.implied] == [Node("note", f"{x}.md") for x in "abc"]


def test_a_hub_is_reported_once(note: Notes, linked: Links) -> None:
    """The first reference in path order says that a page is made and how many children it has."""
    snapshot = linked(note("b.md", "up:: [[Mlops]]"), note("a.md", "[[x]]", "up:: [[mlops]]"), note("x.md"))
    (problem,) = snapshot.diagnostics
    assert str(problem).startswith("a.md:11:1: info [hub-generated]")
    assert '"Mlops"' in problem.message
    assert "2 children" in problem.message


@pytest.mark.parametrize("status", [Status.DRAFT, Status.HIDDEN])
def test_only_listed_notes_make_hubs(note: Notes, linked: Links, status: Status) -> None:
    """The parent of a draft or a hidden note stays unresolved, and does not count among the spellings."""
    snapshot = linked(note("a.md", "up:: [[secret]]", status=status))
    assert snapshot.hubs == {}
    assert snapshot.resolutions["a.md"] == (Missing(),)
    (problem,) = snapshot.diagnostics
    assert problem.code == "link-unresolved"
    # What publishing the draft would mend is said; a hidden note never makes a hub.
    assert ("gets a page of that name" in problem.help) == (status is Status.DRAFT)


def test_a_note_or_draft_of_the_name_is_not_a_hub(note: Notes, linked: Links) -> None:
    """What resolves makes no hub, a draft neither (PB-4, HI-8)."""
    snapshot = linked(
        note("a.md", "up:: [[b]]", "up:: [[c]]", "up:: [[x.pdf]]"),
        note("b.md"),
        note("c.md", status=Status.DRAFT),
        files=["x.pdf"],
    )
    assert snapshot.hubs == {}
    assert [problem.code for problem in snapshot.diagnostics] == ["link-unpublished", "field-not-link"]
    assert snapshot.relations[Node("note", "a.md")] == {"up": (Edge(Node("note", "b.md")),)}


@pytest.mark.parametrize("field", ["same", "down", "next", "x"])
def test_other_fields_make_no_hub(note: Notes, linked: Links, field: str) -> None:
    """An unresolved target of another field is an unresolved link, shown as typed (HI-9)."""
    snapshot = linked(note("a.md", f"{field}:: [[No Where#Part]]", f"{field}:: [[no where]]"))
    assert snapshot.hubs == {}
    assert snapshot.relations[Node("note", "a.md")] == {field: (Edge(None, "No Where > Part"),)}
    assert [problem.code for problem in snapshot.diagnostics] == ["link-unresolved"] * 2


def test_markdown_links_make_hubs_unless_they_are_site_addresses(note: Notes, linked: Links) -> None:
    """A hierarchy line names notes, with or without `.md`; a path with a final slash names none."""
    snapshot = linked(note("a.md", "up:: [t](one.md)", "up:: [t](two)", "up:: [t](/three/)"))
    assert list(snapshot.hubs) == ["one", "two"]
    assert [problem.code for problem in snapshot.diagnostics] == [
        "hub-generated",
        "hub-generated",
        "field-not-link",
    ]


@pytest.mark.parametrize("target", ["../mlops", "./mlops", "a/b/mlops"])
def test_a_relative_parent_leads_to_its_own_hub(note: Notes, linked: Links, target: str) -> None:
    """The last component names the hub, and the reference that makes it leads to it."""
    snapshot = linked(note("a.md", f"up:: [[{target}]]"))
    assert list(snapshot.hubs) == ["mlops"]
    assert snapshot.trails[Node("note", "a.md")] == ((Node("hub", "mlops"),),)


@pytest.mark.parametrize("target", ["..", "/", "a/.."])
def test_a_name_of_dots_is_not_a_hub(note: Notes, linked: Links, target: str) -> None:
    """A target without a name cannot have a page."""
    snapshot = linked(note("a.md", f"up:: [[{target}]]"))
    assert snapshot.hubs == {}
    assert [problem.code for problem in snapshot.diagnostics] == ["link-unresolved"]
