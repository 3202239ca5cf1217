"""«Did you mean …»."""

import time

import pytest

from garden.linking.resolving.near_names import NearNames

NAMES = [
    "Data versioning",
    "Feature store",
    "Git",
    "GitHub",
    "Model registry",
    "MOC_Python",
    "Chapter 2",
    "2024-05-01",
]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("data-versioning", "Data versioning"),
        ("Data versoning", "Data versioning"),
        ("Fature stroe", "Feature store"),
        ("git", "Git"),
        ("Gti", "Git"),
        ("modle registry", "Model registry"),
        ("moc python", "MOC_Python"),
        ("Model registries", "Model registry"),
        ("registry model", "Model registry"),
        ("Data version", "Data versioning"),
        ("Feature flags", ""),
        ("Data lineage", ""),
        ("Chapter 3", ""),
        ("2024-05-02", ""),
        ("Kubernetes", ""),
        ("", ""),
        ("!!", ""),
    ],
)
def test_the_nearest_name(wrong: str, right: str) -> None:
    """Case, punctuation and typing errors are forgiven, other words are not."""
    assert NearNames((name, "") for name in NAMES).nearest(wrong) == right


def test_a_name_in_the_same_folder_is_meant() -> None:
    """Two names are equally near: the folder decides."""
    names = NearNames([("Model cards", "a"), ("Model carts", "b")])
    assert names.nearest("Model carxs", "a") == "Model cards"
    assert names.nearest("Model carxs", "b") == "Model carts"


def test_thousands_of_dead_names_cost_little() -> None:
    """The search stops when it has been tried too often, and long names do not cost their square."""
    long_names = (f"a rather long name of a note with number {number}" * 4 for number in range(3000))
    names = NearNames((name, "") for name in long_names)
    begin = time.process_time()
    found = [names.nearest(f"something that is not there {number}") for number in range(20000)]
    assert not any(found)
    assert time.process_time() - begin < 10
