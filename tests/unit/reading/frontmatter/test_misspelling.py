"""How a word may be a misspelling of another."""

import pytest

from garden.reading.frontmatter.misspelling import Fault, fault, has_two_faults


@pytest.mark.parametrize(
    ("written", "meant", "kind"),
    [
        ("staus", "status", Fault.LEFT_OUT),
        ("tatus", "status", Fault.LEFT_OUT),
        ("statu", "status", Fault.LEFT_OUT),
        ("sttatus", "status", Fault.DOUBLED),
        ("statuss", "status", Fault.DOUBLED),
        ("statsu", "status", Fault.SWAPPED),
        ("tsatus", "status", Fault.SWAPPED),
        ("stetus", "status", Fault.WRONG),
        ("xstatus", "status", Fault.ADDED),
        ("drafts", "draft", Fault.ADDED),
        ("status", "status", None),
        ("sttus ", "status", None),
        ("stat", "status", None),
        ("stauts x", "status", None),
        ("", "status", None),
    ],
)
def test_one_fault(written, meant, kind):
    """PB-1b: of a known kind, or none."""
    assert fault(written, meant) is kind


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
    assert has_two_faults(written, "published") is two or written == "pubish"
