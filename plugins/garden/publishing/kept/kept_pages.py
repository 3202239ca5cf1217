"""The record of a written site, kept on disk so that a later build makes only the pages that show what has changed."""

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, fields
from typing import Any

from garden.linking.relation import Node
from garden.model.diagnostic import Diagnostic
from garden.model.names import SaveAs, Url, VaultPath
from garden.model.pages.panels import BranchReading
from garden.publishing.written_site import WriteResult, WrittenSite
from garden.rendering.files.branch.branch_pieces import PiecePlaces
from garden.rendering.files.headers import PolicySource
from garden.rendering.tracking.questions import Reads, by_kind, is_fact
from garden.vault.stored.kept_values import OpenValues

OutputUnit = Node | str
"""What files are recorded for: a note or hub, or a group of files by its name."""

_PAGES = "pages"
_OTHER_READS = "other questions of pages"


@dataclass(slots=True)
class KeptPages:
    """What was written: `files` are names, `reads` the questions asked (see `tracking.questions`); absent means empty.

    `reads` are only those to which a text may change the answer: the `other_reads` are many, and not loaded. `rewritten` is what
    was written again since those were stored. `marks` are the fingerprints of pages, `branches` those that begin below
    pages, `places` those of texts in the files of branches, `indexed` the addresses of list pages for the sitemap, by
    group. `problems` of notes are what reading has found, `others` what belongs to no page.
    """

    files: dict[OutputUnit, tuple[str, ...]] = field(default_factory=dict)
    reads: dict[OutputUnit, bytes] = field(default_factory=dict)
    problems: dict[OutputUnit | VaultPath, tuple[Diagnostic, ...]] = field(default_factory=dict)
    others: tuple[Diagnostic, ...] = ()
    sources: dict[Node, tuple[PolicySource, ...]] = field(default_factory=dict)
    marks: dict[Node, str] = field(default_factory=dict)
    branches: dict[Node, BranchReading] = field(default_factory=dict)
    places: dict[SaveAs, PiecePlaces] = field(default_factory=dict)
    indexed: dict[str, tuple[Url, ...]] = field(default_factory=dict)
    rewritten: dict[OutputUnit, None] = field(default_factory=dict)
    other_reads: dict[OutputUnit, bytes] = field(default_factory=dict)

    def record(self, written: WrittenSite) -> None:
        """Record what was written, replacing the earlier record of the same unit."""
        for node, made in written.nodes.items():
            self._record(node, made)
            _put(self.sources, node, tuple(sorted(made.sources)))
            if made.seen:
                marks, branches = made.seen
                self.branches.pop(node, None)
                self.marks |= marks
                self.branches |= branches
        for name, made in written.groups.items():
            self._record(name, made)
            _put(self.indexed, name, made.indexed)
        self.places |= written.places

    def record_note(self, path: VaultPath, problems: Iterable[Diagnostic]) -> None:
        """Record the problems that reading has found in a note."""
        _put(self.problems, path, tuple(problems))

    def affected(self, changed: frozenset[int]) -> Iterator[OutputUnit]:
        """Yield the units that asked one of these questions."""
        return (unit for unit, reads in self.reads.items() if not changed.isdisjoint(numbers_in(reads)))

    def with_views(self) -> Iterator[OutputUnit]:
        """Yield the units whose output shows the result of a query."""
        return (unit for unit, reads in self.reads.items() if any(map(is_fact, numbers_in(reads))))

    def values(self, *, whole: bool) -> dict[str, object]:
        """Return the values to keep, by name, of the `whole` site or of what was written again."""
        parts = (part.name for part in fields(self) if part.name != "other_reads")
        found: dict[str, object] = {_PAGES: tuple(getattr(self, name) for name in parts)}
        return {**found, _OTHER_READS: self.other_reads} if whole else found

    def _record(self, unit: OutputUnit, made: WriteResult) -> None:
        self.files[unit] = tuple(made.files)
        if made.reads is not None:  # else they are as they were
            of_texts, others = by_kind(made.reads)
            self.reads[unit] = of_texts.tobytes()
            self.other_reads[unit] = others.tobytes()
            self.rewritten[unit] = None
        _put(self.problems, unit, tuple(sorted(made.problems)))


def kept_pages(values: OpenValues) -> KeptPages:
    """Return the record that an earlier build has kept, without `other_reads`. Raises KeptLostError."""
    return KeptPages(*values[_PAGES])


def kept_reads(values: OpenValues, pages: KeptPages) -> dict[OutputUnit, Reads]:
    """Return all questions that were asked in making what was not `rewritten`. Raises KeptLostError."""
    others = values[_OTHER_READS]
    units = (unit for unit in pages.reads if unit not in pages.rewritten)
    return {unit: numbers_in(pages.reads[unit] + others[unit]) for unit in units}


def pages_to_keep(written: WrittenSite, problems: Iterable[Diagnostic]) -> KeptPages:
    """Return the record of a whole site; `problems` are all of its problems."""
    found = KeptPages()
    found.record(written)
    found.rewritten.clear()  # `other_reads` are stored, too
    snapshot = written.site.snapshot
    for path, document in snapshot.documents.items():
        found.record_note(path, document.problems)
    known = {problem for problems in found.problems.values() for problem in problems}
    found.others = tuple(sorted({*problems}.difference(known, snapshot.diagnostics)))
    return found


def _put(into: dict[Any, Any], key: object, value: tuple[object, ...]) -> None:
    """Set the value of a key, or remove the key if the value is empty."""
    if value:
        into[key] = value
    else:
        into.pop(key, None)


def numbers_in(reads: bytes) -> Reads:
    """Return numbers that were stored."""
    found = array("q")
    found.frombytes(reads)
    return found
