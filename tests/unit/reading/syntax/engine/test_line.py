"""Lines, tabs and columns (FT-5)."""

import pytest

from garden.reading.syntax.engine.line import Line


@pytest.mark.parametrize(
    ("text", "start", "indent", "blank"),
    [
        ("", 0, 0, True),
        (" \t ", 3, 5, True),
        ("  a", 2, 2, False),
        ("\ta", 1, 4, False),
        ("  \ta", 3, 4, False),
        ("\u00a0a", 0, 0, False),
    ],
)
def test_indentation_counts_tabs_to_stops_of_four(text, start, indent, blank):
    """Only spaces and tabs are indentation."""
    line = Line(text, 1)
    assert (line.start, line.indent, line.blank) == (start, indent, blank)


@pytest.mark.parametrize(
    ("text", "columns", "rest"),
    [
        ("\ta", 4, "a"),
        ("\ta", 2, "  a"),
        ("\t\ta", 6, "  a"),
        (" \ta", 1, "\ta"),
        ("    a", 3, " a"),
        ("ab", 0, "ab"),
    ],
)
def test_half_a_tab_gives_its_remaining_blanks(text, columns, rest):
    """CB-1: a container takes columns, not characters."""
    line = Line(text, 1)
    line.advance_columns(columns)
    assert line.rest() == rest


def test_a_marker_moves_the_tab_stops():
    """`-` and a tab: the text is in column four, two columns are left for the item."""
    line = Line("-\ta", 1)
    line.advance(1)
    assert line.indent == 3
    line.advance_columns(1)
    assert (line.indent, line.rest()) == (2, "  a")
