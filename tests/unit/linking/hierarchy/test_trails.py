"""All paths from the roots, in order, and never too many (HI-10)."""

import time
from collections.abc import Callable, Iterator

import pytest

from garden.linking.hierarchy import trails as hierarchy_trails
from garden.linking.hierarchy.trails import first_trails
from garden.linking.snapshot import Node, Snapshot
from garden.model.note import Document
from tests.support.growth import grows_slowly, processor_seconds

Notes = Callable[..., Document]
Links = Callable[..., Snapshot]


def shown(snapshot: Snapshot, name: str, limit: int = 10) -> list[str]:
    """Return the trails of a note as `root/parent` of stems."""
    found = first_trails(snapshot, Node("note", f"{name}.md"), limit)
    return ["/".join(node.key.removesuffix(".md") for node in trail) for trail in found]


def of_edges(note: Notes, edges: str) -> Iterator[Document]:
    """Read `a:b,c`: the note a has the parents b and c."""
    for line in edges.split():
        child, _, parents = line.partition(":")
        yield note(f"{child}.md", *(f"up:: [[{parent}]]" for parent in parents.split(",") if parent))


def test_shorter_trails_come_first(note: Notes, linked: Links) -> None:
    """Length decides, then the titles from the root on."""
    snapshot = linked(*of_edges(note, "n:a,b,c a:z b:y c: y: z:"))
    assert shown(snapshot, "n") == ["c", "y/b", "z/a"]
    assert shown(snapshot, "n", limit=1) == ["c"]
    assert shown(snapshot, "c") == []


def test_equal_titles_are_ordered_by_path(note: Notes, linked: Links) -> None:
    """All titles are compared before any path is."""
    roots = [note("p2.md", title="Root"), note("p1.md", title="root")]
    middle = [note("a.md", "up:: [[p2]]"), note("b.md", "up:: [[p1]]")]
    snapshot = linked(note("n.md", "up:: [[b]]", "up:: [[a]]"), *roots, *middle)
    assert shown(snapshot, "n") == ["p2/a", "p1/b"]


def test_implied_parents_count(note: Notes, linked: Links) -> None:
    """A parent's `down` line makes a trail as well as the child's `up` line."""
    snapshot = linked(note("a.md"), note("r.md", "down:: [[a]]"), note("b.md", "up:: [[a]]"))
    assert shown(snapshot, "b") == ["r/a"]


def test_a_path_that_can_only_repeat_ends(note: Notes, linked: Links) -> None:
    """In a cycle every member has a trail through the others, once each."""
    snapshot = linked(*of_edges(note, "a:b b:c c:a n:a"))
    assert shown(snapshot, "a") == ["c/b"]
    assert shown(snapshot, "n") == ["c/b/a"]


def test_a_cycle_with_a_way_out_leads_to_the_root(note: Notes, linked: Links) -> None:
    """A path goes on as long as it can; it does not end where it merely could repeat."""
    snapshot = linked(*of_edges(note, "a:b b:a,r r: n:b"))
    assert shown(snapshot, "a") == ["r/b"]
    assert shown(snapshot, "b") == ["a", "r"]
    assert shown(snapshot, "n") == ["a/b", "r/b"]


def test_no_more_than_ten(note: Notes, linked: Links) -> None:
    """The eleventh trail is left out, and that is reported."""
    ten = ",".join(f"p{number}" for number in range(10))
    snapshot = linked(*of_edges(note, f"n:{ten} m:{ten},q"), *(note(f"p{at}.md") for at in range(10)))
    assert len(shown(snapshot, "n")) == 10
    assert len(shown(snapshot, "m")) == 10
    cut = [str(problem.place) for problem in snapshot.diagnostics if problem.code == "trails-cut"]
    assert cut == ["m.md:10:1"]


def layers(note: Notes, depth: int, width: int, closed: bool) -> list[Document]:
    """Build layers in which every note has all notes of the next one as parents."""
    last = 0 if closed else depth
    return [
        note(
            f"n{level:03}-{at}.md",
            *(f"up:: [[n{(level + 1) % depth if closed else level + 1:03}-{up}]]" for up in range(width)),
        )
        for level in range(depth)
        for at in range(width)
    ] + [note(f"n{last:03}-{at}.md") for at in range(width) if not closed]


@pytest.mark.parametrize(
    ("depth", "width", "closed"),
    [(30, 10, False), (300, 1, False), (150, 2, False), (30, 5, True), (300, 1, True)],
)
def test_millions_of_paths_do_not_stall(
    note: Notes, linked: Links, depth: int, width: int, closed: bool
) -> None:
    """Neither layers with more paths than atoms nor long chains nor rings take long (HC-10)."""
    begin = time.process_time()
    snapshot = linked(*layers(note, depth, width, closed))
    assert time.process_time() - begin < 20
    found = shown(snapshot, "n000-0")
    # In a tangle of cycles the walk is on a budget, so only some trail is certain.
    assert len(found) == min(10, width**depth) or (closed and 1 <= len(found) <= 10)
    assert all(len(set(trail.split("/"))) == len(trail.split("/")) for trail in found)


def test_the_first_of_very_many_are_exact(note: Notes, linked: Links) -> None:
    """Where no cycle is, the trails shown are the very first of all."""
    snapshot = linked(*layers(note, 3, 3, closed=False))
    every = [f"n003-{a}/n002-{b}/n001-{c}" for a in range(3) for b in range(3) for c in range(3)]
    assert shown(snapshot, "n000-0") == every[:10]


def chain(note: Notes, length: int, *, ring: bool = False) -> list[Document]:
    """Return notes `n0` … each below the one before; the first below the last for a ring."""
    first = note("n0.md", f"up:: [[n{length - 1}]]") if ring else note("n0.md")
    return [first, *(note(f"n{at}.md", f"up:: [[n{at - 1}]]") for at in range(1, length))]


def test_a_very_long_trail_is_shown_by_its_ends(note: Notes, linked: Links) -> None:
    """What a page shows does not grow with what is above it (HC-10)."""
    snapshot = linked(*chain(note, 800))
    (full,) = first_trails(snapshot, Node("note", "n250.md"))
    assert [node.key for node in full] == [f"n{at}.md" for at in range(250)]
    for length in (251, 256, 257, 258, 300, 511, 512, 513, 514, 799):
        (folded,) = first_trails(snapshot, Node("note", f"n{length}.md"))
        keys = [node.key.removesuffix(".md") for node in folded]
        assert keys[:10] == [f"n{at}" for at in range(10)]
        assert folded[10] == Node("gap", str(length - 60))
        assert keys[11:] == [f"n{at}" for at in range(length - 50, length)]


def test_the_order_of_very_long_trails(note: Notes, linked: Links) -> None:
    """Two paths that part at the top are in order of their first titles (HI-10)."""
    other = (note(f"m{at}.md", f"up:: [[m{at - 1}]]") for at in range(1, 600))
    snapshot = linked(
        *chain(note, 600), note("m0.md"), *other, note("z.md", "up:: [[n599]]", "up:: [[m599]]")
    )
    assert [trail[0].key for trail in first_trails(snapshot, Node("note", "z.md"))] == ["m0.md", "n0.md"]


@pytest.mark.parametrize("ring", [False, True])
def test_chains_and_rings_cost_no_square(
    note: Notes, linked: Links, monkeypatch: pytest.MonkeyPatch, *, ring: bool
) -> None:
    """Four times as many notes take about four times as long (HC-10)."""

    def seconds(length: int) -> float:
        documents = chain(note, length, ring=ring)
        return processor_seconds(lambda: linked(*documents))

    # Climbing ends after so many notes: rings that are shorter do cost a square.
    monkeypatch.setattr(hierarchy_trails, "_LONGEST_CLIMB", 100)
    assert grows_slowly(seconds, 400, 1600, most=10)
