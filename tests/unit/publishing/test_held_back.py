"""The report of notes that are held back."""

from pathlib import Path

from garden.model.names import VaultPath
from garden.model.note import Document, HeldBack, HoldReason, Meta, Status
from garden.publishing.held_back import held_back, held_back_summary
from garden.vault.scan import VaultFiles


def document(path: str, reason: HoldReason | None, written: str = "") -> Document:
    """A note that is held back, or published when there is no reason."""
    held = HeldBack(reason, written) if reason else None
    status = Status.DRAFT if reason else Status.PUBLISHED
    return Document(VaultPath(path), "", path, Meta(status=status, held=held))


def lines(*documents: Document, ignored: tuple[str, ...] = ()) -> list[str]:
    """The report of a vault."""
    files = VaultFiles(Path(), {}, (), ignored=tuple(map(VaultPath, ignored)))
    return list(held_back_summary({found.path: found for found in documents}, files))


def test_a_vault_that_holds_nothing_back_has_no_report() -> None:
    """Where there is nothing to report, no line is printed."""
    assert lines(document("a.md", None)) == []


def test_the_most_frequent_unknown_values_are_named_with_the_setting() -> None:
    """An author whose own words hide the notes sees which, and what to do."""
    notes = [document(f"{n}.md", HoldReason.UNKNOWN_STATUS, "🌱" if n < 3 else f"word {n}") for n in range(9)]
    report = lines(*notes, document("z.md", None))
    assert report[0] == "9 of 10 notes are held back (`garden drafts` lists them):"
    assert len(report) == 2
    assert ": 🌱 3×, word 3 1×, word 4 1×, word 5 1×, word 6 1×, 2 others (" in report[1]
    assert 'GARDEN["status_values"]' in report[1]


def test_each_reason_has_a_line() -> None:
    """Also what the vault's settings leave out; a base that no note links to is not held back by anybody."""
    notes = [document(f"{reason.name}.md", reason, "x") for reason in HoldReason]
    report = lines(*notes, ignored=("t.md",))
    assert len(report) == len(HoldReason) + 1
    assert report[0].startswith(f"{len(HoldReason)} of {len(HoldReason) + 1} notes")


def test_what_an_author_wrote_stays_on_one_short_line() -> None:
    """Control characters do not reach the terminal."""
    report = lines(document("a.md", HoldReason.NEAR, "\x1b[31m" + "long\n" * 50))
    assert report[0] == "1 of 1 notes is held back (`garden drafts` lists them):"
    assert "\x1b" not in report[1]
    assert len(report[1]) < 150


def test_a_draft_without_a_reason_has_one() -> None:
    """A note that only says `draft` is a draft by its status."""
    held = held_back(Document(VaultPath("a.md"), "", "a", Meta(status=Status.DRAFT)))
    assert held == HeldBack(HoldReason.STATUS, "")
