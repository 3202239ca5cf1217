"""Resolves all references of a vault, or after a change only those that it may affect."""

from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet

from msgspec import Struct

from garden.linking.incremental.vault_changes import VaultChanges
from garden.linking.resolving.index import Index
from garden.linking.resolving.messages import ReferenceMessages
from garden.linking.resolving.near_names import MOST_SEARCHES
from garden.linking.resolving.referring_notes import (
    ANYTHING,
    NameKey,
    ReferringNotes,
    name_key,
    referring_notes,
)
from garden.linking.resolving.resolution import Resolution
from garden.linking.resolving.resolve import GeneratedPages, resolve
from garden.model.diagnostic import Diagnostic
from garden.model.names import VaultPath
from garden.model.note import Document


class ResolvedReferences(Struct, frozen=True):
    """The resolutions of all references, and the problems with them."""

    resolutions: Mapping[VaultPath, tuple[Resolution, ...]]
    problems: Mapping[VaultPath, tuple[Diagnostic, ...]]
    """The problems by note; notes without problems have no entry."""
    resolved: AbstractSet[VaultPath]
    """The notes whose references were resolved this time."""
    referring: ReferringNotes | None = None
    """The notes that refer to each name; None until a vault is linked again."""

    @property
    def has_many_problems(self) -> bool:
        """Whether the budget for similar names may be exhausted, so that the hint of a problem depends on those before it."""
        return sum(map(len, self.problems.values())) >= MOST_SEARCHES

    @property
    def all_problems(self) -> Iterator[Diagnostic]:
        """The problems of all notes."""
        return (problem for found in self.problems.values() for problem in found)


def resolve_all(
    index: Index, documents: Mapping[VaultPath, Document], generated: GeneratedPages
) -> ResolvedReferences:
    """Resolve all references of a vault."""
    resolutions, problems = _resolved(index, documents.values(), generated)
    return ResolvedReferences(resolutions, problems, documents.keys())


def renewed_references(
    index: Index,
    generated: GeneratedPages,
    changes: VaultChanges,
    names: AbstractSet[NameKey],
    before: ResolvedReferences,
) -> ResolvedReferences:
    """Resolve the references that the `changes` since `before` may affect; `names` are those that may mean something else now."""
    documents = changes.after
    referring = before.referring or referring_notes(changes.before.values())
    referring = referring.with_notes(documents[path] for path in sorted(changes.paths) if path in documents)
    # The hint of a problem may be a name that no longer exists, or a new name may be a better hint.
    with_hints = before.problems if changes.renamed else ()
    concerned = {*changes.paths, *referring.concerned(names), *with_hints}.intersection(documents)
    resolutions, problems = _resolved(index, [documents[path] for path in sorted(concerned)], generated)
    kept = {
        path: found for path, found in before.problems.items() if path not in concerned and path in documents
    }
    return ResolvedReferences(
        {path: resolutions[path] if path in concerned else before.resolutions[path] for path in documents},
        kept | problems,
        concerned,
        referring,
    )


def generated_names_that_differ(before: GeneratedPages, after: GeneratedPages) -> frozenset[NameKey]:
    """Return the names that may mean something else because the pages without a note have changed."""
    # Which hubs are named like drafts only changes with the hubs, or with notes of their names.
    names = (before.hubs.keys() ^ after.hubs.keys()) | (before.respelled ^ after.respelled)
    found = frozenset(map(name_key, names))
    return found if before.pages == after.pages else found | {ANYTHING}


def _resolved(
    index: Index, notes: Iterable[Document], generated: GeneratedPages
) -> tuple[dict[VaultPath, tuple[Resolution, ...]], dict[VaultPath, tuple[Diagnostic, ...]]]:
    """Return the resolutions of the references of some notes, and the problems with them."""
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
