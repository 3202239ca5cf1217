"""Counts the notes in the vault's folder that builds leave out, and why (HC-1); builds themselves do not look at them."""

import os
from pathlib import Path
from typing import NamedTuple

from garden.model.names import is_note
from garden.model.routes import RECORD
from garden.model.settings import Settings
from garden.vault.ignoring import IgnorePatterns


class LeftOut(NamedTuple):
    """The numbers of notes left out by patterns in the settings, and by a name or folder that begins with a dot."""

    by_settings: int
    by_name: int


def left_out_notes(root: Path, settings: Settings, output: Path) -> LeftOut:
    """Count the notes below `root` that are left out; symbolic links are not followed, `output` and other sites not counted."""
    patterns = IgnorePatterns(settings.ignore, settings.ignored_files)
    by_settings = by_name = 0
    waiting = [
        ("", str(root), False, False)
    ]  # path in the vault, folder, whether it is ignored, whether it is hidden
    built = os.path.realpath(output)
    while waiting:
        prefix, folder, is_ignored, is_hidden = waiting.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError:
            continue
        if prefix and (os.path.realpath(folder) == built or any(entry.name == RECORD for entry in entries)):
            continue
        for entry in entries:
            path = prefix + entry.name
            hidden = is_hidden or (entry.name.startswith(".") and path not in settings.static)
            ignored = is_ignored or (not hidden and patterns.match(path))
            if entry.is_dir(follow_symlinks=False):
                waiting.append((f"{path}/", entry.path, ignored, hidden))
            elif is_note(path):
                by_name += hidden
                by_settings += ignored and not hidden
    return LeftOut(by_settings, by_name)
