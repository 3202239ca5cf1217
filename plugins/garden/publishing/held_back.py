"""The report of notes that are held back: how many, and why, in a few lines.

It is printed at the end of each build and by `garden drafts`, so that authors whose own values of `status` hide their
notes notice it, and find the setting.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Final

from garden.model.names import VaultPath, is_view_file
from garden.model.note import Document, HeldBack, HoldReason
from garden.vault.scan import VaultFiles

LEFT_OUT: Final = "in folders of templates or excluded by the vault's settings"
"""The words of the report for notes that are not part of the site at all."""

_MOST_VALUES = 5
"""The maximum number of values that are named for a reason."""

_LONGEST_VALUE = 40
"""The maximum number of characters of such a value."""

_NAMED = frozenset({HoldReason.UNKNOWN_STATUS, HoldReason.NEAR, HoldReason.KEY})
"""The reasons for which the values in the notes are named."""

_REMEDIES = {
    HoldReason.UNKNOWN_STATUS: 'GARDEN["status_values"] gives meaning to words of your own',
    HoldReason.NEAR: "`garden check` says where",
    HoldReason.UNREADABLE: "`garden check` says where",
    HoldReason.DEFAULT: 'GARDEN["default_status"] is "draft"',
    HoldReason.FUTURE: "WITH_FUTURE_DATES is False",
}
"""What follows a reason in the report: how to change it, or where it comes from."""


def held_back(document: Document) -> HeldBack | None:
    """Return why a note is held back, None when it is not."""
    if document.published and not document.previewed:
        return None
    held = document.meta.held or HeldBack(HoldReason.STATUS, "")
    # The author has not held back a base that no note links to.
    return None if held.reason is HoldReason.UNLINKED else held


def held_back_counts(documents: Mapping[VaultPath, Document], files: VaultFiles) -> dict[str, int]:
    """Return the number of notes that are held back or left out, by reason."""
    found = Counter(held.reason for document in documents.values() if (held := held_back(document)))
    reasons = {reason.value: found[reason] for reason in HoldReason if found[reason]}
    return reasons | ({LEFT_OUT: len(files.ignored)} if files.ignored else {})


def held_back_summary(documents: Mapping[VaultPath, Document], files: VaultFiles) -> tuple[str, ...]:
    """Return the lines of the report, none when no note is held back or left out."""
    reasons: dict[HoldReason, Counter[str]] = {reason: Counter() for reason in HoldReason}
    for _, document in sorted(documents.items()):
        held = held_back(document)
        if held:
            reasons[held.reason][_short(held.written)] += 1
    lines = list(_lines(reasons))
    if files.ignored:
        lines.append(f"  {len(files.ignored):4} {LEFT_OUT}")
    if not lines:
        return ()
    count = sum(counter.total() for counter in reasons.values()) + len(files.ignored)
    # A canvas or a base is not a note, but counts here if it is held back.
    notes = sum(not is_view_file(path) or bool(held_back(found)) for path, found in documents.items())
    total = notes + len(files.ignored)
    verb = "is" if count == 1 else "are"
    return (f"{count} of {total} notes {verb} held back (`garden drafts` lists them):", *lines)


def _lines(reasons: Mapping[HoldReason, Counter[str]]) -> Iterator[str]:
    """Yield a line for each reason, given with the number of notes by value."""
    for reason, counter in reasons.items():
        if counter:
            values = f": {_values(counter)}" if reason in _NAMED else ""
            remedy = f" ({_REMEDIES[reason]})" if reason in _REMEDIES else ""
            yield f"  {counter.total():4} {reason.value}{values}{remedy}"


def _values(counter: Counter[str]) -> str:
    """Return the most frequent values, each with its number of notes."""
    ordered = sorted(counter.items(), key=lambda item: (-item[1], item[0]))
    shown = [f"{value or 'empty'} {count}×" for value, count in ordered[:_MOST_VALUES]]
    more = len(ordered) - len(shown)
    return ", ".join([*shown, f"{more} others"] if more > 0 else shown)


def _short(text: str) -> str:
    """Return a value of the author's as one line, without control sequences for terminals."""
    line = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return line if len(line) <= _LONGEST_VALUE else f"{line[:_LONGEST_VALUE]}…"
