"""The lists of a note as an outline."""

import pytest

from garden.model.note import OutlineItem
from garden.model.settings import ReadingSettings
from tests.support.vault import read_note


def outline(text: str, reading: ReadingSettings | None = None) -> tuple[OutlineItem, ...]:
    """Return the outline of a note."""
    return read_note(text, settings=reading or ReadingSettings(outlines=True)).outline


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("- [[a]]\n  - [[b]]\n    1. [[c]]\n- [[d]]", [(0, -1), (1, 0), (2, 1), (3, -1)]),
        ("- a\n  - [[b]]", [(-1, -1), (0, 0)]),
        ("- [[a]] and [[b]]", [(0, -1)]),
        ("[[x]]\n\n- [[a]]\n\n> - [[b]]", [(1, -1), (2, -1)]),
        ("- one\n\n  two [[a]]", [(0, -1, "onetwo")]),
        ("- [ ] child [[a]]", [(0, -1, "child")]),
        ("- **child** [t](a.md)", [(0, -1, "child")]),
        ("---\nup: '[[p]]'\n---\n- [[a]]", [(1, -1)]),
        ("- `[[a]]`\n- up:: [[b]]\n\n```\n- [[c]]\n```", [(-1, -1), (-1, -1)]),
        ("", []),
    ],
)
def test_items_have_their_first_link_and_their_parent(text, items):
    """An item is given by the index of its link, the item round it, and the text before the link."""
    assert outline(text) == tuple(OutlineItem(*item) for item in items)


def test_deep_lists_are_read():
    """Nesting is followed without recursion (HC-10)."""
    text = "\n".join(f"{'  ' * level}- [[n{level}]]" for level in range(40))
    assert [item.parent for item in outline(text)] == list(range(-1, 39))


def test_nobody_pays_who_does_not_ask():
    """By default a note has no outline."""
    assert outline("- [[a]]", ReadingSettings()) == ()
