"""Summaries as pages show them."""

import pytest

from garden.rendering.summaries import summary_pieces


@pytest.mark.parametrize(
    ("summary", "pieces"),
    [
        ("plain", [("plain", False)]),
        ("run `make` twice", [("run ", False), ("make", True), (" twice", False)]),
        ("`make`", [("", False), ("make", True), ("", False)]),
        ("one ` alone", [("one ` alone", False)]),
    ],
)
def test_code_in_a_summary_is_between_backticks(summary: str, pieces: list[tuple[str, bool]]) -> None:
    """A backtick without a partner is text."""
    assert list(summary_pieces(summary)) == pieces
