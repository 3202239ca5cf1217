"""The neighbourhood as a picture: where things stand in it."""

import re
from itertools import pairwise

from garden.rendering.pages.panels.local_graph_drawing import Drawing, Neighbour, draw_graph

LONG = "A title that goes on for longer than a phone is wide, twice"


def drawn(before: list[str], behind: list[str], title: str = "Here") -> str:
    """Draw a page between others."""
    sides = [tuple(Neighbour(name, f"/{name}/", "up") for name in names) for names in (before, behind)]
    return draw_graph(Drawing(title, "words", *sides))


def places(svg: str) -> dict[str, tuple[int, int]]:
    """Return where the dot of each page is."""
    found = re.findall(r'<title>([^<]*)</title><circle cx="(\d+)" cy="(\d+)"', svg)
    return {name: (int(x), int(y)) for name, x, y in found}


def width(svg: str) -> int:
    """Return the width of a picture."""
    (found,) = re.findall(r'<svg [^>]* width="(\d+)"', svg)
    return int(found)


def test_columns_are_on_both_sides() -> None:
    """What comes before is left, what comes behind right, each in its order."""
    svg = drawn(["a", "b"], ["c"])
    at = places(svg)
    assert at["a"][0] == at["b"][0] < at["c"][0]
    assert at["a"][1] < at["c"][1] < at["b"][1]
    assert width(svg) < 300
    assert "M320 55C" in svg


def test_the_picture_is_no_wider_than_its_labels() -> None:
    """A hub with short names fits into a phone, as one with names of two lines does."""
    assert width(drawn([], ["Cloud atlas", "Rain gauge"])) < 324
    assert width(drawn([LONG], [])) < 400
    assert len(set(places(drawn([LONG, "a"], [], LONG)).values())) == 2
    assert width(drawn([LONG, "a"], [], LONG)) < 324


def test_long_names_on_both_sides_are_in_one_column() -> None:
    """Before, the page, behind, at the size of other text; nothing overlaps."""
    svg = drawn([LONG, "a"], ["b", LONG + "!"], LONG + "?")
    at = places(svg)
    assert len({x for x, _ in at.values()}) == 1
    (own,) = re.findall(r'current"><circle cx="\d+" cy="(\d+)"', svg)
    rows = [at[LONG][1], at["a"][1], int(own), at["b"][1], at[LONG + "!"][1]]
    assert all(below - above >= 34 for above, below in pairwise(rows))
    assert width(svg) < 324


def test_names_are_text() -> None:
    """Whatever they hold; one that is too long is cut."""
    svg = drawn(['<b>"&'], ["日本" * 400], "<i>")
    assert "<b>" not in svg
    assert "<i>" not in svg
    assert 'href="/&lt;b&gt;&quot;&amp;/"' in svg
    assert "…" in svg
