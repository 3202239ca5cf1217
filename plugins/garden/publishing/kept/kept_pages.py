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
from garden.rendering.tracking.questions import Reads, by_kind
from garden.vault.stored.kept_values import OpenValues

OutputUnit = Node | str
"""What files are recorded for: a note or hub, or a group of files by its name."""

_PAGES = "pages"
_NEWER = "newer pages"
_OTHER_READS = "other questions of pages"

_PARTS: Final = tuple("files reads problems sources marks branches places indexed".split())
"""The mappings of a record that are stored."""


@dataclass(slots=True)
class KeptPages:
    """What was written: `files` are names, `reads` the questions asked (see `tracking.questions`); absent means empty.

    `reads` are only those to which a text may change the answer: the `other_reads` are many, and not loaded. `marks` are
    the fingerprints of pages, `branches` those that begin below pages, `places` those of texts in the files of branches,
    `indexed` the addresses of list pages for the sitemap, by group. `problems` of notes are what reading has found,
    `others` what belongs to no page. `newer` has, by part, the entries that have changed since the whole site was stored:
    a build that writes few pages stores only these.
    """

    files: dict[OutputUnit, tuple[str, ...]] = field(default_factory=dict)
    reads: dict[OutputUnit, bytes] = field(default_factory=dict)
    problems: dict[OutputUnit | VaultPath, tuple[Diagnostic, ...]] = field(default_factory=dict)
    sources: dict[Node, tuple[PolicySource, ...]] = field(default_factory=dict)
    marks: dict[Node, str] = field(default_factory=dict)
    branches: dict[Node, BranchReading] = field(default_factory=dict)
    places: dict[SaveAs, PiecePlaces] = field(default_factory=dict)
    indexed: dict[str, tuple[Url, ...]] = field(default_factory=dict)
    others: tuple[Diagnostic, ...] = ()
    other_reads: dict[OutputUnit, bytes] = field(default_factory=dict)
    newer: dict[str, dict[Any, Any]] = field(default_factory=dict)

    def record(self, written: WrittenSite) -> None:
        """Record what was written, replacing the earlier record of the same unit."""
        for node, made in written.nodes.items():
            self._record(node, made)
            self._put("sources", node, made.sources or None)
            if made.seen:
                marks, branches = made.seen
                self._put("marks", node, marks.get(node))
                self._put("branches", node, branches.get(node))
        for name, made in written.groups.items():
            self._record(name, made)
            self._put("indexed", name, made.indexed or None)
        for file, places in written.places.items():
            if self.places.get(file) is not places:
                self._put("places", file, places)

    def record_note(self, path: VaultPath, problems: Iterable[Diagnostic]) -> None:
        """Record the problems that reading has found in a note."""
        self._put("problems", path, tuple(problems) or None)

    def take_over(self, newer: Mapping[str, Mapping[Any, object]]) -> None:
        """Take over the entries that another record has as `newer`."""
        for part, entries in newer.items():
            for key, value in entries.items():
                self._put(part, key, value)

    def affected(self, changed: frozenset[int]) -> Iterator[OutputUnit]:
        """Yield the units that asked one of these questions."""
        return (unit for unit, reads in self.reads.items() if not changed.isdisjoint(numbers_in(reads)))

    def values(self, *, whole: bool) -> dict[str, object]:
        """Return the values to keep, by name, of the `whole` site or of what was written again."""
        if not whole:
            return {_NEWER: self.newer}
        parts = tuple(getattr(self, name) for name in _PARTS)
        return {_PAGES: (*parts, self.others), _OTHER_READS: self.other_reads, _NEWER: {}}

    def _record(self, unit: OutputUnit, made: WriteResult) -> None:
        self._put("files", unit, tuple(made.files))
        if made.reads is not None:  # else they are as they were
            of_texts, others = by_kind(made.reads)
            self._put("reads", unit, of_texts.tobytes())
            self.other_reads[unit] = others.tobytes()
        self._put("problems", unit, made.problems or None)

    def _put(self, part: str, key: Any, value: object) -> None:
        """Set an entry of a part, or remove it if the value is None."""
        self.newer.setdefault(part, {})[key] = value
        if value is None:
            getattr(self, part).pop(key, None)
        else:
            getattr(self, part)[key] = value


def kept_pages(values: OpenValues) -> KeptPages:
    """Return the record that an earlier build has kept, without `other_reads`. Raises KeptLostError."""
    pages = KeptPages(*values[_PAGES])
    pages.take_over(values[_NEWER])
    return pages


def kept_reads(values: OpenValues, pages: KeptPages) -> dict[OutputUnit, Reads]:
    """Return all questions that were asked in making what was not written again since. Raises KeptLostError."""
    others = values[_OTHER_READS]
    rewritten = pages.newer.get("reads", {})
    units = (unit for unit in pages.reads if unit not in rewritten)
    return {unit: numbers_in(pages.reads[unit] + others[unit]) for unit in units}


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


def numbers_in(reads: bytes) -> Reads:
    """Return numbers that were stored."""
    found = array("q")
    found.frombytes(reads)
    return found
