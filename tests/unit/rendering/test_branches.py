"""The shape of the hierarchy: roots, branch sizes, nearest way down."""

from garden.linking.relation import Node
from garden.model.note import Status
from tests.support.growth import grows_slowly, processor_seconds
from tests.support.vault import Vault


def note(name: str) -> Node:
    return Node("note", f"{name}.md")


def test_a_note_with_two_parents_counts_once_in_each_branch(vault: Vault) -> None:
    """The size of a branch is the number of different pages in it."""
    vault.note("root.md")
    vault.note("left.md", relations=["up:: [[root]]"])
    vault.note("right.md", relations=["up:: [[root]]"])
    vault.note("both.md", relations=["up:: [[left]]", "up:: [[right]]"])
    shape = vault.catalog().branches
    assert shape.roots == (note("root"),)
    assert [shape.counts[note(name)] for name in ("root", "left", "right", "both")] == [3, 1, 1, 0]


def test_the_shortest_trail_wins(vault: Vault) -> None:
    """A page hangs in the tree where its first trail leads (HI-10)."""
    vault.note("a.md")
    vault.note("b.md", relations=["up:: [[a]]"])
    vault.note("c.md", relations=["up:: [[b]]", "up:: [[z]]"])
    vault.note("z.md")
    shape = vault.catalog().branches
    assert shape.trail(note("c")) == (note("z"),)
    assert shape.own_children(note("b")) == ()


def test_a_cycle_has_an_entry(vault: Vault) -> None:
    """Notes above each other are not lost to the map."""
    vault.note("a.md", relations=["up:: [[b]]"])
    vault.note("b.md", relations=["up:: [[a]]"])
    shape = vault.catalog().branches
    assert shape.roots == (note("a"),)
    assert shape.trail(note("b")) == (note("a"),)


def test_pb_2_hidden_notes_have_no_place(vault: Vault) -> None:
    """They are neither children nor roots, and are not counted."""
    vault.note("a.md")
    vault.note("h.md", status=Status.HIDDEN, relations=["up:: [[a]]"])
    shape = vault.catalog().branches
    assert note("h") not in shape.children
    assert shape.loose == (note("a"),)


def test_hc_10_work_grows_with_the_notes() -> None:
    """Sizes of a wide and deep hierarchy take no walk per page."""
    assert grows_slowly(_seconds, 500, 4000, most=24)


def _seconds(size: int) -> float:
    wide = Vault()
    for number in range(size):
        wide.note(f"{number}.md", relations=[f"up:: [[{(number - 1) // 2}]]"] if number else [])
    catalog = wide.catalog()
    taken = processor_seconds(lambda: catalog.branches.counts)
    assert catalog.branches.counts[note("0")] == size - 1
    return taken
