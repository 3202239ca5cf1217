"""Matching the notes in the ledger with those in the vault, however they were renamed or moved (PB-6).

A note is matched by its path. If there is no longer a note at its path, it is looked for by its text without front matter,
so that its name, slug and folder may all have changed; then in the folder that the other notes of its folder have moved to;
then by its name in another folder; and then by the address that a note asks for in its front matter. A match must be certain:
if there are two candidates, neither is used, and the author is asked.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping

from garden.linking.addresses.notes import request_address
from garden.model.ledger import LedgerLine
from garden.model.names import VaultPath, fold, folder, own_folder, stem
from garden.model.note import Document
from garden.model.settings import Settings

_PLAIN = Settings()
"""Default settings: only addresses written in front matter are compared, not those that a pattern in the settings gives."""


def match_notes(
    lines: Iterable[LedgerLine], documents: Mapping[VaultPath, Document], out_of_sight: frozenset[str]
) -> dict[VaultPath, LedgerLine]:
    """Return the ledger line of each note in `documents`, drafts included, that has one.

    `out_of_sight` are the paths of lines whose files exist but are not among the notes: these notes have not moved.
    """
    matching = _Matching(documents)
    by_path = {VaultPath(line.key.name): line for line in lines}
    vanished = matching.by_path(by_path)
    # A file out of sight keeps its line, unless a note turns out below to be the same one under another spelling.
    aside = [line for line in vanished if line.key.name in out_of_sight]
    vanished = matching.by_content([line for line in vanished if line.key.name not in out_of_sight])
    # On a file system that ignores case, a renamed note seems to exist under its old name as well.
    vanished = matching.by_name([*vanished, *aside], fold)
    vanished = [line for line in vanished if line.key.name not in out_of_sight]
    vanished = matching.by_folder(vanished)
    vanished = matching.by_name(vanished, _name)
    matching.by_address(vanished)
    return matching.found


class _Matching:
    """The matches so far (`found`); each method tries a criterion, and returns the lines that still have no note."""

    def __init__(self, documents: Mapping[VaultPath, Document]) -> None:
        self.found: dict[VaultPath, LedgerLine] = {}
        self._documents = documents

    def by_path(self, lines: Mapping[VaultPath, LedgerLine]) -> list[LedgerLine]:
        """Match lines with the notes at their paths."""
        self.found = {path: line for path, line in lines.items() if path in self._documents}
        return [line for path, line in lines.items() if path not in self._documents]

    def by_name(self, vanished: list[LedgerLine], name_of: Callable[[str], str]) -> list[LedgerLine]:
        """Match lines that share a name with exactly one note that has no line."""
        if not vanished:
            return vanished
        notes = _unique((name_of(path), path) for path in self._without_line())
        wanting = Counter(name_of(line.key.name) for line in vanished)
        return self._matched(
            vanished,
            lambda line: notes.get(name_of(line.key.name)) if wanting[name_of(line.key.name)] == 1 else None,
        )

    def by_content(self, vanished: list[LedgerLine]) -> list[LedgerLine]:
        """Match lines by the text of notes.

        A note that has moved to the path of another note takes its place in `found`; the line of that other note is then
        looked for as well. But a note that already has a line only gets another one if the path of that one has vanished:
        the copy of a note whose original was then edited has not moved.
        """
        if not vanished:
            return vanished
        by_content: dict[str, list[VaultPath]] = {}
        for path, document in self._documents.items():
            line = self.found.get(path)
            if document.text_hash and (line is None or line.content != document.text_hash):
                by_content.setdefault(document.text_hash, []).append(path)
        same = Counter(line.content for line in vanished)
        namesakes = Counter((line.content, _name(line.key.name)) for line in vanished)
        left: list[LedgerLine] = []
        waiting = sorted(vanished, key=lambda line: line.key, reverse=True)
        while waiting:
            line = waiting.pop()
            candidates = by_content.get(line.content, [])
            name = _name(line.key.name)
            if len(candidates) > 1 or same[line.content] > 1:
                # If several notes have the same text, such as that of a template, the name must be the same as well.
                candidates = [path for path in candidates if _name(path) == name]
            if len(candidates) != 1 or namesakes[line.content, name] > 1:
                left.append(line)
                continue
            path = candidates[0]
            # The counts are those of the lines that still wait, and the notes those that none of them has got.
            by_content[line.content].remove(path)
            same[line.content] -= 1
            namesakes[line.content, name] -= 1
            displaced = self.found.get(path)
            if displaced:
                # It was matched by its path alone: its note is looked for as well, elsewhere.
                same[displaced.content] += 1
                namesakes[displaced.content, _name(displaced.key.name)] += 1
                waiting.append(displaced)
            self.found[path] = line
        return left

    def by_folder(self, vanished: list[LedgerLine]) -> list[LedgerLine]:
        """Match the note with the same file name in the folder to which all other notes of its folder have moved."""
        if not vanished:
            return vanished
        moves: dict[str, set[str]] = {}
        for path, line in self.found.items():
            moves.setdefault(folder(line.key.name), set()).add(folder(path))
        return self._matched(vanished, lambda line: self._moved_with(line, moves))

    def _moved_with(self, line: LedgerLine, moves: Mapping[str, set[str]]) -> VaultPath | None:
        """Return the note with this file name in the folder that all other notes of its folder have moved to, None if none."""
        path = line.key.name
        now = moves.get(folder(path), set())
        if len(now) != 1 or folder(path) in now:
            return None
        moved = VaultPath(f"{next(iter(now))}/{path.rpartition('/')[2]}".lstrip("/"))
        return moved if moved in self._documents else None

    def by_address(self, vanished: list[LedgerLine]) -> list[LedgerLine]:
        """Match the note whose front matter asks for the address of the line."""
        if not vanished:
            return vanished
        requests = (request_address(self._documents[path], _PLAIN) for path in self._without_line())
        notes = _unique((request.url, request.document.path) for request in requests if request.key)
        return self._matched(vanished, lambda line: notes.get(line.address or ""))

    def _matched(
        self, vanished: list[LedgerLine], note_of: Callable[[LedgerLine], VaultPath | None]
    ) -> list[LedgerLine]:
        """Match each line with the note that `note_of` returns, unless that note has a line; return the others."""
        left = []
        for line in vanished:
            path = note_of(line)
            if path is None or path in self.found:
                left.append(line)
            else:
                self.found[path] = line
        return left

    def _without_line(self) -> Iterator[VaultPath]:
        return (path for path in self._documents if path not in self.found)


def _unique(pairs: Iterable[tuple[str, VaultPath]]) -> dict[str, VaultPath]:
    """Return the notes by the names that only one of them has."""
    every = list(pairs)
    times = Counter(name for name, _ in every)
    return {name: path for name, path in every if times[name] == 1 and name}


def _name(path: str) -> str:
    """Return the name of a note; the page of a folder has the name of its folder."""
    return fold(stem(own_folder(path) or path))
