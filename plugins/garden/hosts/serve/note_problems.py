"""The problems in the log of a build, shown on the pages of their notes, each with its line and a link into the editor.

Problems are read from the log, whose lines have one form (DG-2), whichever process has written them.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final, NamedTuple

from garden.authoring.formats.text import excerpt
from garden.hosts.serve.editors import editor_link
from garden.model.diagnostic import Place

_LINE: Final = re.compile(
    r"(?P<path>.+?):(?P<line>\d+):(?P<column>\d+): (?P<severity>error|warning) \[(?P<code>[a-z-]+)\] (?P<message>.+)"
)
"""A line of the log about a problem."""

_CAUSE: Final = re.compile(r"(?:garden: )?(?P<path>[^:\n]+\.\w+):(?P<line>\d+): (?P<message>.+)")
"""A line about the error that made a build fail, in a template or the settings file; it seldom has a column."""

_MOST: Final = 100
"""The maximum number of problems of a note, and of others, that are shown."""


class LoggedProblem(NamedTuple):
    """A problem as a line of the log reports it. One in another file than a note has no code."""

    place: Place
    severity: str
    code: str
    message: str


@dataclass(frozen=True)
class NoteProblems:
    """The problems in a log, in the notes of the folder `vault`; `editor` is the pattern of the links."""

    log: str = ""
    vault: Path = Path()
    editor: str = ""

    @cached_property
    def found(self) -> tuple[LoggedProblem, ...]:
        """All problems, in the order of the log."""
        return tuple(_logged(self.log))

    def as_json(self, note: str) -> bytes:
        """Return the problems of one note, the errors of all others and what made the build fail, as JSON for `problems.js`."""
        own = [problem for problem in self.found if problem.place.path == note]
        others = [
            problem for problem in self.found if problem.severity == "error" and problem.place.path != note
        ]
        shown = {
            "own": [self._shown(problem) for problem in own[:_MOST]],
            "others": [self._shown(problem) for problem in others[:_MOST]],
            "causes": [self._shown(problem) for problem in _causes(self.log)],
        }
        return json.dumps(shown).encode()

    def _shown(self, problem: LoggedProblem) -> dict[str, Any]:
        place = problem.place
        file = Path(place.path) if not problem.code else self.vault / place.path
        return {
            "place": str(place),
            "severity": problem.severity,
            "code": problem.code,
            "message": problem.message,
            "excerpt": "\n".join(excerpt(_line(file, place.line), place.column)),
            "editor": editor_link(self.editor, file, place.line, place.column) if file.is_file() else "",
        }


def without_problems(log: str) -> str:
    """Return a log without the lines about notes."""
    return "\n".join(line for line in log.splitlines() if not _LINE.fullmatch(line))


def _logged(log: str) -> Iterator[LoggedProblem]:
    for line in log.splitlines():
        if match := _LINE.fullmatch(line):
            place = Place(match["path"], int(match["line"]), int(match["column"]))
            yield LoggedProblem(place, match["severity"], match["code"], match["message"])


def _causes(log: str) -> Iterator[LoggedProblem]:
    """Yield the errors that made a build fail: the lines of the log that name an existing file, relative to the current folder."""
    for line in log.splitlines():
        match = _CAUSE.fullmatch(line)
        if match and Path(match["path"]).is_file():
            number = int(match["line"])
            text = _line(Path(match["path"]), number)
            column = len(text) - len(text.lstrip()) + 1
            yield LoggedProblem(Place(match["path"], number, column), "error", "", match["message"])


def _line(file: Path, number: int) -> str:
    """Return a line of a file, empty when it cannot be read."""
    try:
        lines = file.read_text(encoding="utf-8-sig", errors="replace").splitlines()
    except OSError:
        return ""
    return lines[number - 1] if 0 < number <= len(lines) else ""
