"""«Did you mean …»."""

import time

import pytest

from garden.linking.near_names import NearNames

NAMES = ["Data versioning", "Feature store", "Git", "GitHub", "Model registry", "MOC_Python"]


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
        ("Kubernetes", ""),
        ("", ""),
        ("!!", ""),
    ],
)
def test_the_nearest_name(wrong: str, right: str) -> None:
    """Case, punctuation and typing errors are forgiven, other words are not."""
    assert NearNames(NAMES).nearest(wrong) == right


def test_thousands_of_dead_names_cost_little() -> None:
    """The search stops when it has been tried too often, and long names do not cost their square."""
    names = NearNames(f"a rather long name of a note with number {number}" * 4 for number in range(3000))
    begin = time.process_time()
    found = [names.nearest(f"something that is not there {number}") for number in range(20000)]
    assert not any(found)
    assert time.process_time() - begin < 10
