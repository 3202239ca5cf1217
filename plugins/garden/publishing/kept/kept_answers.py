"""The answers from which a site was written, kept on disk as hashes, and which of them have changed since (see `tracking.answer_prints`).

Any change of the vault may be compared: notes that are new, renamed or gone, other titles, tags or parents. Only what every page
depends on has to be the same. The answers are those of the last build that has linked the vault. What later ones have written
again, for texts alone, follows from newer answers, so it is not taken over.
"""

from array import array
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from itertools import takewhile
from typing import Final, Literal

from msgspec.structs import replace

from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath
from garden.model.settings import Settings
from garden.publishing.folder.memory import WrittenFiles
from garden.publishing.kept.kept_pages import OutputUnit, kept_pages, kept_reads
from garden.publishing.written_site import Reusable, WriteResult
from garden.rendering.tracking.answer_prints import Prints, different_answers
from garden.rendering.tracking.questions import Reads, StableTracker, is_fact
from garden.rendering.tracking.subjects import KEYS_OF
from garden.rendering.tracking.text_changes import changed_answers, changed_parts
from garden.vault.site import Site
from garden.vault.stored.cache import Cache
from garden.vault.stored.kept_values import NamedValue, OpenValues
from garden.vault.stored.kept_vault import KeptVault

_PRINTS: Final = "prints of answers"


def answers_to_keep(prints: Iterable[tuple[int, int]]) -> NamedValue:
    """Return the value to keep of all answers: the numbers of their questions with their hashes."""
    numbers, hashes = array("q"), array("Q")
    for number, answer in prints:
        numbers.append(number)
        hashes.append(answer)
    return _PRINTS, (numbers.tobytes(), hashes.tobytes())


class KeptAnswers:
    """The answers from which the site in the output was written; `known` are the files in the output."""

    def __init__(self, values: OpenValues, notes: Mapping[VaultPath, str], known: WrittenFiles) -> None:
        """Take the values of a kept site; `notes` are the hashes of its notes. Raises KeptLostError."""
        self._vault = KeptVault(values)
        self._notes = notes
        self._known = known
        self._pages = kept_pages(values)
        self._reads = kept_reads(values, self._pages)
        numbers, prints = values[_PRINTS]
        self._prints = dict(zip(_array("q", numbers), _array("Q", prints), strict=True))

    def reusable(
        self, site: Site, settings: Settings, store: Cache, tracker: StableTracker, prints: Prints
    ) -> Reusable | None:
        """Return what `site` may take over, None for nothing; `prints` are its answers. Raises KeptLostError.

        `settings` are those without the ones of the vault.
        """
        before = self._vault.site(replace(site.files, notes=self._notes), settings, store)
        self.before = before
        if before.snapshot.home != site.snapshot.home:
            return None
        changed = different_answers(self._prints, prints)
        paths = self.changed_notes = self._vault.changed_notes(self._notes, site)
        for path in paths:
            one, other = before.snapshot.documents[path], site.snapshot.documents[path]
            changed.update(changed_parts(tracker, one, other))
        changed |= self._changed_facts(changed, paths, (before.snapshot, site.snapshot), tracker)
        attachments = dict(before.snapshot.files)
        nodes, groups = self._written()
        return Reusable(nodes, groups, attachments, frozenset(changed))

    def _changed_facts(
        self,
        changed: AbstractSet[int],
        paths: Iterable[VaultPath],
        both: tuple[Snapshot, Snapshot],
        tracker: StableTracker,
    ) -> frozenset[int]:
        """Return the questions of queries whose answers may have changed; `paths` are notes that have."""
        facts = frozenset(number for reads in self._reads.values() for number in takewhile(is_fact, reads))
        if not facts or any(
            tracker.number(KEYS_OF + name, None) in changed for name in ("documents", "files")
        ):
            return facts
        resolved = (path for path in both[1].documents if tracker.number("resolutions", path) in changed)
        answers = changed_answers(tracker, {*paths, *resolved}, *both)
        return facts if answers is None else answers

    def _written(self) -> tuple[dict[Node, WriteResult], dict[str, WriteResult]]:
        nodes: dict[Node, WriteResult] = {}
        groups: dict[str, WriteResult] = {}
        for unit, reads in self._reads.items():
            made = self._made(unit, reads)
            if isinstance(unit, Node):
                nodes[unit] = made
            else:
                groups[unit] = made
        return nodes, groups

    def _made(self, unit: OutputUnit, reads: Reads) -> WriteResult:
        """Return what was written for a unit."""
        pages = self._pages
        files = {name: self._known[name] for name in pages.files[unit]}
        problems = pages.problems.get(unit, ())
        if not isinstance(unit, Node):
            return WriteResult(files, problems, indexed=pages.indexed.get(unit, ()), reads=reads)
        branch = {unit: pages.branches[unit]} if unit in pages.branches else {}
        seen = {unit: pages.marks[unit]}, branch
        return WriteResult(files, problems, pages.sources.get(unit, ()), seen, reads=reads)


def _array(kind: Literal["q", "Q"], content: bytes) -> "array[int]":
    found = array(kind)
    found.frombytes(content)
    return found
