"""The record of a written site, kept on disk so that a later build makes only the pages that show what has changed."""

from array import array
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from garden.linking.relation import Node
from garden.model.diagnostic import Diagnostic
from garden.model.names import SaveAs, Url, VaultPath
from garden.model.pages.panels import BranchReading
from garden.publishing.written_site import WriteResult, WrittenSite
from garden.rendering.files.branch.branch_pieces import PiecePlaces
from garden.rendering.files.headers import PolicySource
from garden.rendering.tracking.questions import QuestionNumbers, by_kind
from garden.vault.stored.kept_values import OpenValues

OutputUnit = Node | str
"""What files are recorded for: a note or hub, or a group of files by its name."""

# The names under which the parts of a record are stored.
_PAGES: Final = "pages"
_NEWER: Final = "newer pages"
_OTHER_QUESTIONS: Final = "other questions of pages"

_STORED: Final = tuple(
    "files text_questions problems sources fingerprints branches piece_places indexed".split()
)
"""The fields of a record that are stored as `_PAGES`, besides `others`."""


@dataclass(slots=True)
class KeptPages:
    """What was written. In each mapping, what is absent is empty.

    The questions that were asked in writing a unit (`tracking.questions`) are in two mappings, since only the first is needed
    after changes of texts; the other one is large, and a build after such changes does not load it.
    """

    files: dict[OutputUnit, tuple[str, ...]] = field(default_factory=dict)  # their names
    text_questions: dict[OutputUnit, bytes] = field(
        default_factory=dict
    )  # to which a text may change the answer
    problems: dict[OutputUnit | VaultPath, tuple[Diagnostic, ...]] = field(
        default_factory=dict
    )  # what writing has found, and what reading has found in the note at a path
    sources: dict[Node, tuple[PolicySource, ...]] = field(
        default_factory=dict
    )  # what pages load from elsewhere
    fingerprints: dict[Node, str] = field(default_factory=dict)  # of pages
    branches: dict[Node, BranchReading] = field(default_factory=dict)  # that begin below pages
    piece_places: dict[SaveAs, PiecePlaces] = field(default_factory=dict)  # of texts in the files of branches
    indexed: dict[str, tuple[Url, ...]] = field(
        default_factory=dict
    )  # the list pages of a group, for the sitemap
    others: tuple[Diagnostic, ...] = ()  # problems that belong to no page
    other_questions: dict[OutputUnit, bytes] = field(default_factory=dict)
    # The entries that have changed since the whole site was stored, by the name of the field: a build that writes few pages
    # stores only these.
    newer: dict[str, dict[Any, Any]] = field(default_factory=dict)

    def record(self, written: WrittenSite) -> None:
        """Record what was written, replacing the earlier record of the same unit."""
        for node, made in written.nodes.items():
            self._record(node, made)
            self._put("sources", node, made.sources or None)
            if made.branch_inputs:
                fingerprints, branches = made.branch_inputs
                self._put("fingerprints", node, fingerprints.get(node))
                self._put("branches", node, branches.get(node))
        for name, made in written.groups.items():
            self._record(name, made)
            self._put("indexed", name, made.indexed or None)
        for file, places in written.piece_places.items():
            if self.piece_places.get(file) is not places:
                self._put("piece_places", file, places)

    def record_note(self, path: VaultPath, problems: Iterable[Diagnostic]) -> None:
        """Record the problems that reading has found in a note."""
        self._put("problems", path, tuple(problems) or None)

    def take_over(self, newer: Mapping[str, Mapping[Any, object]]) -> None:
        """Take over the entries that another record has as `newer`."""
        for name, entries in newer.items():
            for key, value in entries.items():
                self._put(name, key, value)

    def affected(self, changed: frozenset[int]) -> Iterator[OutputUnit]:
        """Yield the units that asked one of these questions."""
        return (
            unit for unit, asked in self.text_questions.items() if not changed.isdisjoint(numbers_in(asked))
        )

    def values(self, *, whole: bool) -> dict[str, object]:
        """Return the values to keep, by name, of the `whole` site or of what was written again."""
        if not whole:
            return {_NEWER: self.newer}
        stored = tuple(getattr(self, name) for name in _STORED)
        return {_PAGES: (*stored, self.others), _OTHER_QUESTIONS: self.other_questions, _NEWER: {}}

    def _record(self, unit: OutputUnit, made: WriteResult) -> None:
        self._put("files", unit, tuple(made.files))
        if made.asked is not None:  # else they are as they were
            of_texts, others = by_kind(made.asked)
            self._put("text_questions", unit, of_texts.tobytes())
            self.other_questions[unit] = others.tobytes()
        self._put("problems", unit, made.problems or None)

    def _put(self, name: str, key: Any, value: object) -> None:
        """Set an entry of the mapping of this name, or remove it if the value is None."""
        self.newer.setdefault(name, {})[key] = value
        mapping = getattr(self, name)
        if value is None:
            mapping.pop(key, None)
        else:
            mapping[key] = value


def kept_pages(values: OpenValues) -> KeptPages:
    """Return the record that an earlier build has kept, without `other_questions`. Raises KeptLostError."""
    pages = KeptPages(*values[_PAGES])
    pages.take_over(values[_NEWER])
    return pages


def kept_questions(values: OpenValues, pages: KeptPages) -> dict[OutputUnit, QuestionNumbers]:
    """Return all questions that were asked in writing each unit, except those that have been written again since then.

    Raises KeptLostError.
    """
    others = values[_OTHER_QUESTIONS]
    rewritten = pages.newer.get("text_questions", {})
    units = (unit for unit in pages.text_questions if unit not in rewritten)
    return {unit: numbers_in(pages.text_questions[unit] + others[unit]) for unit in units}


def pages_to_keep(written: WrittenSite, problems: Iterable[Diagnostic]) -> KeptPages:
    """Return the record of a whole site; `problems` are all of its problems."""
    found = KeptPages()
    found.record(written)
    snapshot = written.site.snapshot
    for path, document in snapshot.documents.items():
        found.record_note(path, document.problems)
    known = {problem for problems in found.problems.values() for problem in problems}
    found.others = tuple(sorted({*problems}.difference(known, snapshot.diagnostics)))
    return found


def numbers_in(stored: bytes) -> QuestionNumbers:
    """Return numbers of questions from the bytes as which they were stored."""
    found = array("q")
    found.frombytes(stored)
    return found
