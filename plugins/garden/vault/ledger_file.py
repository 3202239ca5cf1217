"""The address ledger on disk: `addresses.jsonl` in the folder of notes.

Every build reads it. It is written only by `garden publish`, once the new site is in place, and by the commands that
redirect old addresses. A file of that name that is damaged, or that Garden has not written, is never overwritten.
"""

import os
from collections.abc import Container
from pathlib import Path
from typing import NamedTuple

from garden.linking.ledger.text import format_ledger, is_ledger, parse_ledger
from garden.linking.snapshot import Snapshot
from garden.model.errors import AuthorError
from garden.model.ledger import LEDGER_FILE, Ledger
from garden.vault.stored.sealed_files import write_whole


class LedgerError(AuthorError):
    """The ledger cannot be written; the text says why and what to do."""


class LedgerUpdate(NamedTuple):
    """The new text of the ledger, and its file."""

    path: Path
    text: str


def read_ledger(root: Path) -> str:
    """Return the text of a vault's ledger, empty when there is none; bytes that are not UTF-8 are kept as surrogates."""
    try:
        text = (root / LEDGER_FILE).read_bytes().decode("utf-8", "surrogateescape")
    except OSError:
        return ""
    return text if is_ledger(text) else ""


def notes_out_of_sight(root: Path, ledger: Ledger, documents: Container[str]) -> frozenset[str]:
    """Return the paths of notes in the ledger whose files exist, but are left out of the site, for example by a setting."""
    absent = (line.key.name for line in ledger.of_kind("note") if line.key.name not in documents)
    return frozenset(path for path in absent if os.path.lexists(f"{root}/{path}"))


def ledger_update(root: Path, snapshot: Snapshot) -> LedgerUpdate | None:
    """Return what `garden publish` has to write, None when the file is up to date. Raises LedgerError.

    `root` is the folder of notes, `snapshot` the vault that was published.
    """
    refuse_damaged(root, snapshot)
    update = update_of(root, snapshot.ledger)
    return None if update.text == read_ledger(root) else update


def update_of(root: Path, ledger: Ledger) -> LedgerUpdate:
    """Return the update after which the folder of notes `root` has this `ledger`."""
    return LedgerUpdate(root / LEDGER_FILE, format_ledger(ledger))


def write_ledger(update: LedgerUpdate) -> None:
    """Write the ledger, whole or not at all. Raises LedgerError and StorageError."""
    if update.path.is_dir():
        raise _not_ours(update.path)
    write_whole(update.path, update.text.encode())


def refuse_damaged(root: Path, snapshot: Snapshot) -> None:
    """Raise LedgerError if the ledger must not be overwritten; call it before anything is published."""
    file = root / LEDGER_FILE
    if os.path.lexists(file) and not read_ledger(root):
        raise _not_ours(file)
    damaged = [problem for problem in snapshot.diagnostics if problem.code == "ledger-damaged"]
    if damaged:
        raise LedgerError(
            "nothing is published, because the list of addresses is damaged; correct it first, or restore it "
            f"from an earlier commit:\n  {damaged[0]}"
        )


def stored_ledger(root: Path) -> Ledger:
    """Return the ledger as it is in the file."""
    return parse_ledger(read_ledger(root))


def _not_ours(file: Path) -> LedgerError:
    return LedgerError(
        f"{file} was not written by Garden, which needs a file of that name to record the addresses of the "
        "site: rename it, or move it into a folder"
    )
