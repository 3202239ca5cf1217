"""Which notes are related in another way once one note has changed."""

from typing import Any

import pytest

from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath
from garden.rendering.related.related_notes import RelatedNotes, most_notes
from tests.support.vault import read_vault

OTHERS = {f"other {number}.md": "Words.\n" for number in range(4)}
CHANGES = {
    "a word that is no longer rare": (
        {"a.md": "---\ntitle: Lantern\n---\n", "b.md": "## Lantern\n", "changed.md": "Words.\n"},
        "## Lantern\n",
        {"a.md", "b.md"},
    ),
    "another word of a heading": (
        {"a.md": "---\ntitle: Lantern\n---\n", "b.md": "Words.\n", "changed.md": "Words.\n"},
        "## Lantern\n",
        {"a.md", "changed.md"},
    ),
    "a link less": (
        {"a.md": "Words.\n", "b.md": "Words.\n", "c.md": "Words.\n", "changed.md": "[[a]] [[b]] [[c]]\n"},
        "[[b]] [[c]]\n",
        {"a.md", "b.md", "c.md"},
    ),
    "a link more": (
        {"a.md": "[[b]]\n", "b.md": "Words.\n", "changed.md": "Words.\n"},
        "[[b]]\n",
        {"a.md", "changed.md"},
    ),
}


def related_notes(snapshot: Snapshot) -> RelatedNotes:
    """The indexes of a vault."""
    return RelatedNotes(snapshot, (path for path, note in snapshot.documents.items() if note.listed))


def related_to(related: RelatedNotes, path: str) -> tuple[Any, ...]:
    """What relates others to a note, and what it cites."""
    return list(related.shared(Node("note", path))), list(related.cites(VaultPath(path)))


@pytest.mark.parametrize("name", CHANGES)
def test_whom_a_change_concerns(name: str) -> None:
    """All notes to which others are related in another way, and no note that has nothing to do with it."""
    notes, text, expected = CHANGES[name]
    before = related_notes(read_vault({**OTHERS, **notes}))
    after = read_vault({**OTHERS, **notes, "changed.md": text})
    changes = before.changes(after, VaultPath("changed.md"))
    present = before.with_changes(changes)
    different = {path for path in after.documents if related_to(before, path) != related_to(present, path)}
    assert different >= expected
    concerned = {node.key for node in before.concerned(changes)}
    assert different <= concerned
    assert not concerned & OTHERS.keys()


def test_in_a_small_vault_few_notes_share_a_rare_word() -> None:
    """There, even a word that says nothing is in few of them."""
    assert [most_notes(count) for count in (0, 11, 12, 40, 1000)] == [2, 2, 3, 10, 12]
