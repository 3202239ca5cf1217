"""The files that the script in the browser searches."""

import json
from typing import Any

import pytest

from garden.model.names import VaultPath
from garden.model.note import Status
from garden.model.settings import Settings
from garden.rendering.catalog import Catalog
from garden.rendering.files.search import index, words
from garden.rendering.files.search.index import SearchIndex
from garden.vault.drafts import show_drafts
from tests.support.vault import Vault, link_documents, read_note


def files(vault: Vault) -> dict[str, Any]:
    """The index by file name."""
    return {
        artifact.save_as.removeprefix("search/"): json.loads(artifact.content)
        for artifact in SearchIndex().files(vault.catalog(), vault.body)
    }


def entries(vault: Vault, word: str) -> dict[int, int]:
    """The places of the notes that have a word, with its weight."""
    found: dict[int, int] = {}
    for name, part in files(vault).items():
        place = 0
        for entry in part.get(word, ()) if name.startswith("words-") else ():
            place += entry // 32
            found[place] = entry % 32
    return found


@pytest.fixture
def three(vault: Vault) -> Vault:
    """Three notes with text below a hub."""
    for name in "cab":
        vault.note(f"{name}.md", plain="text", terms=f"3 text\n16 {name}", relations=["up:: [[Top]]"])
    return vault


def test_words_lead_to_notes_by_place(three: Vault) -> None:
    """Places are those of the notes in order of their paths, as distances."""
    assert entries(three, "text") == {0: 3, 1: 3, 2: 3}
    assert entries(three, "c") == {2: 16}
    assert files(three)["notes-0.json"] == [["/a/", "a", "Top"], ["/b/", "b", "Top"], ["/c/", "c", "Top"]]


def test_pb_3_only_listed_notes_with_text_take_part(three: Vault) -> None:
    """Drafts, hidden notes and notes without text are in no file."""
    three.note("draft.md", plain="secret", terms="3 secret", status=Status.DRAFT)
    three.note("veiled.md", plain="secret", terms="3 secret", status=Status.HIDDEN)
    three.note("empty.md", terms="16 empty")
    index = json.dumps(files(three))
    for word in ("secret", "draft", "veiled", "empty"):
        assert word not in index


def test_a_preview_finds_drafts_that_have_a_title_only() -> None:
    """A note that was just begun can be looked for; one that is published and says nothing cannot."""
    settings = Settings(preview=True)
    notes = {"begun.md": "---\nstatus: draft\n---\n", "empty.md": "---\ntitle: Empty\n---\n"}
    documents = show_drafts(
        {VaultPath(path): read_note(text, path) for path, text in notes.items()}, settings
    )
    catalog = Catalog(link_documents(*documents.values(), settings=settings), settings)
    made = SearchIndex().files(catalog, lambda path: documents[path].body)
    found = b"".join(file.content for file in made)
    assert b"/begun/" in found
    assert b"/empty/" not in found


def test_filters_are_upper_branches_and_tags(three: Vault) -> None:
    """A tag belongs to the one above it (TG-4)."""
    three.note("d.md", plain="text", terms="3 text", tags=["x/y"])
    found = files(three)
    assert found["index.json"]["filters"] == {"branch": {"Top": 3}, "tag": {"x": 1, "x/y": 1}}
    assert found["branch.json"] == {"Top": [0, 1, 1]}
    assert found["tag.json"] == {"x": [3], "x/y": [3]}


def test_words_come_in_parts_whose_first_ones_are_known(three: Vault, monkeypatch) -> None:
    """In the order in which JavaScript compares texts; large vaults describe their notes in several files."""
    three.note("z.md", plain="text", terms="1 \U00020000 \ufa0e zebra")
    monkeypatch.setattr(words, "_PART", 1)
    monkeypatch.setattr(index, "_NOTES", 3)
    made = files(three)
    assert made["index.json"]["words"] == ["a", "b", "c", "text", "zebra", "\U00020000", "\ufa0e"]
    assert [list(made[f"words-{part}.json"]) for part in range(2)] == [["a"], ["b"]]
    assert [len(made[f"notes-{part}.json"]) for part in range(2)] == [3, 1]
    assert made["index.json"]["notes"] == 4


def test_the_version_changes_with_what_is_found(three: Vault) -> None:
    """The browser may keep the parts of one version."""
    before = files(three)["index.json"]["version"]
    assert files(three)["index.json"]["version"] == before
    three.note("d.md", plain="new", terms="3 new")
    assert files(three)["index.json"]["version"] != before


def test_a_vault_without_text_has_an_empty_index(vault: Vault) -> None:
    """The script finds an index, and nothing in it."""
    assert files(vault)["index.json"]["notes"] == 0
    assert not any(name.startswith(("words", "notes")) for name in files(vault))


def test_notes_outside_the_hierarchy_have_their_folders_for_branches(three: Vault) -> None:
    """So that a vault in which nobody writes parents can be searched in part, too."""
    three.note("far/off/e.md", plain="text", terms="3 text")
    three.note("far/f.md", plain="text", terms="3 text")
    assert files(three)["branch.json"] == {"Top": [0, 1, 1], "far": [3, 1], "off": [4]}
