"""The answers to all references of a vault, and those that are the same as when it was linked before."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from msgspec import Struct

from garden.linking.resolving.asked_names import ANYTHING, AskedNames, NameKey, asked_names, name_key
from garden.linking.resolving.index import Index
from garden.linking.resolving.messages import ReferenceMessages
from garden.linking.resolving.near_names import MOST_SEARCHES
from garden.linking.resolving.resolution import Resolution
from garden.linking.resolving.resolve import GeneratedPages, resolve
from garden.linking.vault_changes import VaultChanges
from garden.model.diagnostic import Diagnostic
from garden.model.names import VaultPath
from garden.model.note import Document


class Answers(Struct, frozen=True):
    """What the references of each note lead to, and what is wrong with them; no problems mean no entry.

    `answered` are the notes whose references were resolved this time, `asked` is None until a vault is linked again.
    """

    resolutions: Mapping[VaultPath, tuple[Resolution, ...]]
    problems: Mapping[VaultPath, tuple[Diagnostic, ...]]
    answered: AbstractSet[VaultPath]
    asked: AskedNames | None = None

    @property
    def has_many_problems(self) -> bool:
        """Whether near names may not have been looked for in all of them, so that each depends on those before it."""
        return sum(map(len, self.problems.values())) >= MOST_SEARCHES

    @property
    def all_problems(self) -> Iterator[Diagnostic]:
        """Everything that is wrong."""
        return (problem for found in self.problems.values() for problem in found)


def answers(index: Index, documents: Mapping[VaultPath, Document], generated: GeneratedPages) -> Answers:
    """Answer all references of a vault."""
    resolutions, problems = _answered(index, documents.values(), generated)
    return Answers(resolutions, problems, documents.keys())


def answers_again(
    index: Index,
    generated: GeneratedPages,
    changes: VaultChanges,
    names: AbstractSet[NameKey],
    before: Answers,
) -> Answers:
    """Answer the references of a vault with some changes since the answers of `before`; `names` may mean something else by now."""
    documents = changes.documents
    asked = before.asked or asked_names(changes.former.values())
    asked = asked.with_notes(documents[path] for path in sorted(changes.paths) if path in documents)
    # What was reported may propose a name that is new, or no longer there.
    hinted = before.problems if changes.renamed else ()
    concerned = {*changes.paths, *asked.concerned(names), *hinted}.intersection(documents)
    resolutions, problems = _answered(index, [documents[path] for path in sorted(concerned)], generated)
    return Answers(
        {path: resolutions[path] if path in concerned else before.resolutions[path] for path in documents},
        {
            path: found
            for path, found in before.problems.items()
            if path not in concerned and path in documents
        }
        | problems,
        concerned,
        asked,
    )


def generated_names_that_differ(before: GeneratedPages, after: GeneratedPages) -> frozenset[NameKey]:
    """Return the names that may mean something else because of pages without a note."""
    names = (
        before.hubs.keys() ^ after.hubs.keys(),
        before.named_like_drafts ^ after.named_like_drafts,
        before.respelled ^ after.respelled,
    )
    found = frozenset(map(name_key, frozenset().union(*names)))
    return found if before.pages == after.pages else found | {ANYTHING}


def _answered(
    index: Index, notes: Iterable[Document], generated: GeneratedPages
) -> tuple[dict[VaultPath, tuple[Resolution, ...]], dict[VaultPath, tuple[Diagnostic, ...]]]:
    """Return the answers to the references of some notes, and what is wrong with them."""
    resolutions = {}
    problems = {}
    messages = ReferenceMessages(index)
    for note in notes:
        path = note.path
        resolutions[path] = tuple(resolve(index, path, ref, generated, messages) for ref in note.refs)
        if messages.found:
            problems[path] = tuple(messages.found)
            messages.found.clear()
    return resolutions, problems
