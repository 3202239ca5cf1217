"""The record of a written site, kept on disk so that a later build makes only the pages that show a changed text."""

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
from garden.rendering.tracking.questions import Reads
from garden.rendering.tracking.text_catalog import is_fact
from garden.vault.stored.kept_values import OpenValues

OutputUnit = Node | str
"""What files are recorded for: a note or hub, or a group of files by its name."""

_NAME = "pages"


@dataclass(slots=True)
class KeptPages:
    """What was written: `files` are names, `reads` the questions asked (`tracking.text_catalog`); absent means empty.

    `marks` are the fingerprints of pages, `branches` those that begin below pages, `places` those of
    texts in the files of branches, `indexed` the addresses of list pages for the sitemap, by group. `problems` of notes are what reading
    has found, `others` what belongs to no page.
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

    def take(self, written: WrittenSite) -> None:
        """Record what was written, replacing the earlier record of the same unit."""
        for node, made in written.nodes.items():
            self._take(node, made)
            _put(self.sources, node, tuple(sorted(made.sources)))
            if made.seen:
                marks, branches = made.seen
                self.branches.pop(node, None)
                self.marks |= marks
                self.branches |= branches
        for name, made in written.groups.items():
            self._take(name, made)
            _put(self.indexed, name, made.indexed)
        self.places |= written.places

    def take_note(self, path: VaultPath, problems: Iterable[Diagnostic]) -> None:
        """Record the problems that reading has found in a note."""
        _put(self.problems, path, tuple(problems))

    def affected(self, changed: frozenset[int]) -> Iterator[OutputUnit]:
        """Yield the units that asked one of these questions."""
        return (unit for unit, reads in self.reads.items() if not changed.isdisjoint(_numbers(reads)))

    def with_views(self) -> Iterator[OutputUnit]:
        """Yield the units whose output shows the result of a query."""
        return (unit for unit, reads in self.reads.items() if any(map(is_fact, _numbers(reads))))

    def reads_of(self, unit: OutputUnit) -> Reads:
        """Return the questions that a unit asked."""
        return _numbers(self.reads[unit])

    def values(self) -> dict[str, object]:
        """Return the values to keep, by name."""
        return {_NAME: tuple(getattr(self, part.name) for part in fields(self))}

    def _take(self, unit: OutputUnit, made: WriteResult) -> None:
        self.files[unit] = tuple(made.files)
        self.reads[unit] = made.reads.tobytes() if made.reads is not None else b""
        _put(self.problems, unit, tuple(sorted(made.problems)))


def kept_pages(values: OpenValues) -> KeptPages:
    """Return the record that an earlier build has kept. Raises KeptLostError."""
    return KeptPages(*values[_NAME])


def pages_to_keep(written: WrittenSite, problems: Iterable[Diagnostic]) -> KeptPages:
    """Return the record of a whole site; `problems` are all of its problems."""
    found = KeptPages()
    found.take(written)
    snapshot = written.site.snapshot
    for path, document in snapshot.documents.items():
        found.take_note(path, document.problems)
    known = {problem for problems in found.problems.values() for problem in problems}
    found.others = tuple(sorted({*problems}.difference(known, snapshot.diagnostics)))
    return found


def _put(into: dict[Any, Any], key: object, value: tuple[object, ...]) -> None:
    """Set the value of a key, or remove the key if the value is empty."""
    if value:
        into[key] = value
    else:
        into.pop(key, None)


def _numbers(reads: bytes) -> Reads:
    found = array("q")
    found.frombytes(reads)
    return found
