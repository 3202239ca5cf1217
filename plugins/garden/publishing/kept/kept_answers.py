"""The answers from which a site was written, kept on disk as hashes, to find out which of them have changed.

Any change of the vault may be compared: notes that are new, renamed or gone, other titles, tags or parents. Only what every page
depends on has to be the same. The answers are those of the last build that has linked the vault. What later ones have written
again, for texts alone, follows from newer answers, so it is not taken over. `tracking.answer_hashes` says what is hashed.
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
from garden.publishing.kept.kept_pages import OutputUnit, kept_pages, kept_questions
from garden.publishing.written_site import Reusable, WriteResult
from garden.rendering.tracking.answer_hashes import AnswerHashes, different_answers
from garden.rendering.tracking.questions import QuestionNumbers, StableTracker, is_fact
from garden.rendering.tracking.subjects import KEYS_OF
from garden.rendering.tracking.text_changes import changed_answers, changed_parts
from garden.vault.site import Site
from garden.vault.stored.cache import Cache
from garden.vault.stored.kept_values import NamedValue, OpenValues
from garden.vault.stored.kept_vault import KeptVault

_ANSWER_HASHES: Final = "hashes of answers"


def answers_to_keep(answers: Iterable[tuple[int, int]]) -> NamedValue:
    """Return the value to keep of all answers, each given as the number of its question and its hash."""
    numbers, hashes = array("q"), array("Q")
    for number, answer_hash in answers:
        numbers.append(number)
        hashes.append(answer_hash)
    return _ANSWER_HASHES, (numbers.tobytes(), hashes.tobytes())


class KeptAnswers:
    """The answers from which the site in the output was written."""

    def __init__(self, values: OpenValues, notes: Mapping[VaultPath, str], files: WrittenFiles) -> None:
        """Take the values of a kept site, the hashes of its `notes`, and the `files` in the output. Raises KeptLostError."""
        self._vault = KeptVault(values)
        self._notes = notes
        self._files = files
        self._pages = kept_pages(values)
        self._questions = kept_questions(values, self._pages)
        numbers, hashes = values[_ANSWER_HASHES]
        self._hashes = dict(zip(_array("q", numbers), _array("Q", hashes), strict=True))

    def reusable(
        self, site: Site, settings: Settings, store: Cache, tracker: StableTracker, hashes: AnswerHashes
    ) -> Reusable | None:
        """Return what `site` may take over, None for nothing; `hashes` are those of its answers. Raises KeptLostError.

        `settings` are those of the project, without those that the vault's own files add.
        """
        before = self._vault.site(replace(site.files, notes=self._notes), settings, store)
        self.before = before
        if before.snapshot.home != site.snapshot.home:
            return None
        changed = different_answers(self._hashes, hashes)
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
        """Return the questions of queries to which the answers may have changed.

        `changed` are the questions to which other answers have changed, `paths` the changed notes.
        """
        facts = frozenset(
            number for asked in self._questions.values() for number in takewhile(is_fact, asked)
        )
        if not facts or any(
            tracker.number(KEYS_OF + name, None) in changed for name in ("documents", "files")
        ):
            return facts  # a note or file is new or gone, which any query may show
        resolved = (path for path in both[1].documents if tracker.number("resolutions", path) in changed)
        answers = changed_answers(tracker, {*paths, *resolved}, *both)
        return facts if answers is None else answers

    def _written(self) -> tuple[dict[Node, WriteResult], dict[str, WriteResult]]:
        """Return what was written, by page and by group of files."""
        nodes: dict[Node, WriteResult] = {}
        groups: dict[str, WriteResult] = {}
        for unit, asked in self._questions.items():
            made = self._made(unit, asked)
            if isinstance(unit, Node):
                nodes[unit] = made
            else:
                groups[unit] = made
        return nodes, groups

    def _made(self, unit: OutputUnit, asked: QuestionNumbers) -> WriteResult:
        """Return what was written for a unit."""
        pages = self._pages
        files = {name: self._files[name] for name in pages.files[unit]}
        problems = pages.problems.get(unit, ())
        if not isinstance(unit, Node):
            return WriteResult(files, problems, indexed=pages.indexed.get(unit, ()), asked=asked)
        branch = {unit: pages.branches[unit]} if unit in pages.branches else {}
        inputs = {unit: pages.fingerprints[unit]}, branch
        return WriteResult(files, problems, pages.sources.get(unit, ()), inputs, asked=asked)


def _array(kind: Literal["q", "Q"], content: bytes) -> "array[int]":
    found = array(kind)
    found.frombytes(content)
    return found
