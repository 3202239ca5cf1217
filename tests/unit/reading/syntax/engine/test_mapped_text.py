"""Text with places (DG-3)."""

import pytest

from garden.reading.syntax.engine.mapped_text import MappedText


@pytest.mark.parametrize(
    ("offset", "place"),
    [(0, (3, 5)), (1, (3, 6)), (2, (3, 7)), (3, (4, 1)), (5, (4, 3)), (6, (9, 2)), (7, (9, 3))],
)
def test_every_character_knows_its_line_and_column(offset, place):
    """Pieces joined by line breaks; the break belongs to the line that it ends."""
    text = MappedText([("ab", 3, 5), ("cd", 4, 1), ("e", 9, 2)])
    assert text.text == "ab\ncd\ne"
    assert text.place(offset) == place


def test_pieces_of_one_line_may_leave_out_characters():
    r"""A cell with `\|` made `|` keeps the columns behind it."""
    text = MappedText([("a", 2, 3), ("|b", 2, 5)], "")
    assert [text.place(offset) for offset in range(3)] == [(2, 3), (2, 5), (2, 6)]
