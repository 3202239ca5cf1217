"""What links name and nobody has written."""

import pytest

from garden.authoring.wanted import inferred_parents, link_name, wanted_notes
from garden.model.settings import Settings
from tests.support.vault import read_vault

BRANCH = {"tea.md": "", "coffee.md": "", "green.md": "up:: [[tea]]\n", "black.md": "up:: [[tea]]\n"}


def test_the_most_wanted_comes_first_with_its_branch():
    """Every link counts, in any spelling and with any folder."""
    snapshot = read_vault(
        {
            **BRANCH,
            "a.md": "[[cups]] [[x/Cups]] [[pots]]",
            "green.md": "up:: [[tea]]\n\n[[cups]] [[kettles]] [[Kettles]]",
        }
    )
    found = [(want.name, len(want.refs), want.branch) for want in wanted_notes(snapshot)]
    assert found == [("cups", 3, "tea"), ("kettles", 2, "tea"), ("pots", 1, "")]


@pytest.mark.parametrize(
    ("notes", "parents"),
    [
        ({"tea.md": "down:: [[wanted]]\n", "green.md": "up:: [[tea]]\n\n[[wanted]]"}, ["tea"]),
        ({"green.md": "up:: [[tea]]\nsame:: [[wanted]]\n"}, ["tea"]),
        ({"green.md": "up:: [[tea]]\n\n[[wanted]]", "black.md": "up:: [[tea]]\n\n[[wanted]]"}, ["tea"]),
        ({"green.md": "up:: [[tea]]\n\n[[wanted]]", "black.md": "up:: [[coffee]]\n\n[[wanted]]"}, []),
        ({"tea.md": "[[wanted]]", "loose.md": "[[wanted]]"}, ["tea"]),
        ({"loose.md": "[[wanted]]"}, []),
    ],
)
def test_its_parent_is_what_its_links_agree_on(notes, parents):
    """A note that has it as a child, the parent of its neighbours, the branch that mentions it; else none."""
    snapshot = read_vault({**BRANCH, **notes})
    (want,) = (want for want in wanted_notes(snapshot) if want.name == "wanted")
    found = inferred_parents(snapshot, want, Settings())
    assert [link_name(snapshot, node) for node in found] == parents


def test_a_link_has_the_path_where_the_name_is_not_enough():
    """A hub is named as notes do."""
    snapshot = read_vault({"a/x.md": "up:: [[Some Hub]]\n", "b/x.markdown": ""})
    nodes = {node.key: node for node in snapshot.addresses}
    assert link_name(snapshot, nodes["a/x.md"]) == "a/x"
    assert link_name(snapshot, nodes["b/x.markdown"]) == "b/x"
    assert link_name(snapshot, nodes["some hub"]) == "Some Hub"
