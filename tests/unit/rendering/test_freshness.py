"""How far a note has grown, by what it says."""

import pytest

from garden.model.pages.entries import Freshness
from garden.model.settings import Settings
from garden.rendering.catalog import Catalog
from garden.rendering.files.search.index import SearchIndex
from garden.rendering.freshness import freshness
from tests.support.vault import Vault, read_note, read_vault


@pytest.mark.parametrize(
    ("front", "mark"),
    [
        ("maturity: seedling", "seedling"),
        ("Maturity: 🌱", "seedling"),
        ("maturity: 🌿 budding", "growing"),
        ("maturity: In progress", "growing"),
        ("maturity: [evergreen]", "evergreen"),
        ("maturity: needs update", "stale"),
        ("status: evergreen", "evergreen"),
        ("status: draft", None),
        ("status: published", None),
        ("maturity: my own word", None),
        ("title: x", None),
        ("maturity: evergreen\ncitation_needed: true", "growing"),
        ("citation_needed: the second claim", "growing"),
        ("maturity: seedling\ntodo: more", "seedling"),
        ("todo: false", None),
        ("maturity: stale\ntodo: x", "stale"),
    ],
)
def test_a_note_says_how_far_it_has_grown(front: str, mark: str | None) -> None:
    """In words of many gardens; what still wants a source is not finished, and who says nothing has no mark."""
    found = freshness(read_note(f"---\n{front}\n---\ntext"), Settings())
    assert found == (Freshness(mark) if mark else None)


@pytest.mark.parametrize(
    ("front", "mark"),
    [
        ("maturity: growing\ndate: 2023-12-31", "stale"),
        ("maturity: growing\ndate: 2023-12-31\nmodified: 2024-02-02", "growing"),
        ("maturity: growing", "growing"),
        ("maturity: evergreen\ndate: 2020-01-01", "evergreen"),
        ("date: 2020-01-01", None),
    ],
)
def test_what_is_unfinished_becomes_stale(front: str, mark: str | None) -> None:
    """Where a setting names the day; a finished note does not, and neither does one that says nothing."""
    found = freshness(read_note(f"---\n{front}\n---\ntext"), Settings(stale_before="2024-01-01"))
    assert found == (Freshness(mark) if mark else None)


def test_the_mark_is_at_the_title_in_trees_and_in_the_search() -> None:
    """The same on all of them."""
    vault = Vault()
    vault.note("a.md", "text", properties={"maturity": "seedling"})
    vault.note("b.md", "text", relations=["up:: [[a]]"])
    assert vault.page("a.md").freshness is Freshness.SEEDLING
    assert vault.page("b.md").freshness is None
    assert [node.freshness for node in vault.page("b.md").tree] == [Freshness.SEEDLING]
    snapshot = read_vault({"a.md": "---\nmaturity: 🌳\n---\ntext"})
    made = SearchIndex().files(Catalog(snapshot, Settings()), lambda path: snapshot.documents[path].body)
    files = {artifact.save_as: artifact.content for artifact in made}
    assert any(b'"a (evergreen)"' in (content or b"") for content in files.values())
