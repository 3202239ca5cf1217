"""The order in which children are read."""

from garden.linking.snapshot import Node
from garden.model.settings import EdgeSource, Settings

READING = Settings(child_order="reading", edge_sources=(EdgeSource("list-notes", ""),))
CHILD = "---\norder: {}\n---\nup:: [[top]]\n"


def children(snapshot, path="top.md"):
    """Return the stems of a note's children in order."""
    return [node.key.removesuffix(".md") for node in snapshot.children["note", path]]


def test_titles_decide_unless_asked_otherwise(read):
    """`order` is an unknown key by default (HI-11)."""
    assert children(read({"a.md": CHILD.format(2), "b.md": CHILD.format(1), "top.md": ""})) == ["a", "b"]


def test_order_of_the_front_matter_comes_before_titles(read):
    """Numbers sort by value, notes without one come last, what is not a number counts as none."""
    notes = {
        "a.md": CHILD.format(10),
        "b.md": CHILD.format(9.5),
        "c.md": "up:: [[top]]",
        "d.md": CHILD.format("x"),
    }
    assert children(read({**notes, "e.md": CHILD.format(-1), "top.md": ""}, READING)) == [
        "e",
        "b",
        "a",
        "c",
        "d",
    ]


def test_chains_stay_together(read):
    """What follows a note comes after it; the chain is where its first note would be."""
    notes = {
        "a.md": "up:: [[top]]",
        "b.md": "up:: [[top]]\nnext:: [[y]]",
        "c.md": "up:: [[top]]",
        "x.md": "up:: [[top]]\nprev:: [[y]]",
        "y.md": "up:: [[top]]",
        "top.md": "",
    }
    snapshot = read(notes, READING)
    assert children(snapshot) == ["a", "b", "y", "x", "c"]
    assert snapshot.siblings["note", "y.md"] == tuple(Node("note", f"{name}.md") for name in "abxc")


def test_a_ring_of_next_notes_ends(read):
    """Each child is there once."""
    notes = {name + ".md": f"up:: [[top]]\nnext:: [[{after}]]" for name, after in ("ab", "bc", "ca")}
    assert children(read({**notes, "top.md": ""}, READING)) == ["a", "b", "c"]


def test_list_notes_come_before_order_and_titles(read):
    """A note's place in a list is where the author wants it to be read."""
    notes = {name + ".md": "up:: [[top]]" for name in "abc"}
    listing = "---\nBC-list-note-field: same\n---\n- [[c]]\n- [[b]]\n"
    snapshot = read({**notes, "d.md": CHILD.format(1), "list.md": listing, "top.md": ""}, READING)
    assert children(snapshot) == ["c", "b", "d", "a"]


def test_what_is_written_comes_first(read):
    """Children that their parent names stand as they are written (HI-11)."""
    notes = {"a.md": CHILD.format(1), "b.md": CHILD.format(2), "top.md": "down:: [[c]], [[b]]", "c.md": ""}
    assert children(read(notes, READING)) == ["c", "b", "a"]
