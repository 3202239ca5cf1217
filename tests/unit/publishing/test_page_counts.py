"""The last line of a build."""

import pytest

from garden.publishing.page_counts import PageCounts, page_counts
from tests.support.vault import read_vault

NOTES = {
    "a.md": "up:: [[hub]]",
    "b.md": "---\nstatus: draft\n---\n",
    "c.md": "---\nstatus: hidden\n---\n",
}


def test_what_is_not_the_page_of_a_note_is_another_page() -> None:
    """Hubs and lists are; previews and files of other kinds are not."""
    snapshot = read_vault(NOTES)
    files = [
        "a/index.html",
        "a/preview.html",
        "a/index.md",
        "c/index.html",
        "hub/index.html",
        "map/index.html",
    ]
    assert page_counts(snapshot.documents, snapshot, files) == PageCounts(1, 1, 1, 2)


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        (PageCounts(), "0 notes"),
        (PageCounts(1, 0, 0, 1), "1 note and 1 other page"),
        (PageCounts(2, 1, 3, 4), "2 notes, 1 draft, 3 hidden notes and 4 other pages"),
    ],
)
def test_the_line_leaves_out_what_there_is_none_of(counts: PageCounts, line: str) -> None:
    """Notes are always in it."""
    assert str(counts) == line
