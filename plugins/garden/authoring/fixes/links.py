"""Correcting links whose target certainly has another name: a renamed note, a respelt heading, a typo."""

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from urllib.parse import quote

from garden.authoring.destinations import Destinations
from garden.authoring.fixes.certain import is_certain
from garden.authoring.fixes.note_text import Edit, NoteText
from garden.linking.resolving.resolution import Found
from garden.linking.snapshot import Snapshot
from garden.model.diagnostic import Diagnostic
from garden.model.names import Folded, VaultPath, fold, is_note, stem
from garden.model.note import Document, Ref, RefKind

_NOT_IN_LINK = "[]|#^\\\n"


class LinkFixer:
    """Corrects the destinations of links in one vault."""

    def __init__(self, snapshot: Snapshot, former: Mapping[Folded, VaultPath]) -> None:
        """`former` are the renamed notes by their former names."""
        self._snapshot = snapshot
        self._former = former

    def edits(self, problem: Diagnostic, note: NoteText) -> Iterator[Edit]:
        """Yield the edit that corrects the link at the place of a problem, nothing if its meaning is not certain."""
        document = self._snapshot.documents[VaultPath(problem.place.path)]
        for at, ref in enumerate(document.refs):
            if ref.place == problem.place:
                start = note.text.find(ref.raw, note.offset(ref.place), note.line_end(note.offset(ref.place)))
                in_angles = note.text.startswith("<", start - 1)
                new = self._renamed(document, at, ref, in_angles=in_angles)
                if not new and problem.nearest:
                    new = self._corrected(document, at, ref, problem)
                if new and start >= 0:
                    yield Edit(start, start + len(ref.raw), new)
                return

    def _renamed(self, document: Document, at: int, ref: Ref, *, in_angles: bool) -> str:
        """Return the new destination of a link that uses the former name of a note, empty if it does not."""
        now = self._former.get(fold(stem(ref.target.path)))
        if now is None or isinstance(self._snapshot.resolutions[document.path][at], Found):
            return ""
        return self._destinations.rewritten(ref, document.path, now, in_angles=in_angles)

    @cached_property
    def _destinations(self) -> Destinations:
        return Destinations(self._snapshot.documents)

    def _corrected(self, document: Document, at: int, ref: Ref, problem: Diagnostic) -> str:
        """Return the destination with the nearest name in place of the wrong one, empty if that is not certain."""
        near = problem.nearest
        path, mark, fragment = ref.raw.partition("#")
        if problem.code == "heading-missing":
            answer = self._snapshot.resolutions[document.path][at]
            if not isinstance(answer, Found) or answer.node.kind != "note":
                return ""
            chain, bar, last = fragment.rpartition("#")
            written = ref.target.headings[-1] if ref.target.headings else ref.target.fragment
            headings = self._snapshot.documents[VaultPath(answer.node.key)].headings
            if not is_certain(written, near, [heading.text for heading in headings]):
                return ""
            return f"{path}#{chain}{bar}{_typed(near, ref, last)}" if _can_be_typed(near) else ""
        name = ref.target.path.rpartition("/")[2]
        if not _can_be_typed(near) or not is_certain(name, stem(near), self._names):
            return ""
        if self._notes_called[fold(stem(near))] > 1:
            return ""
        if ref.kind not in (RefKind.MARKDOWN, RefKind.IMAGE):
            return f"{near}{mark}{fragment}"
        # A path in a Markdown link is relative to the note: only its last part can be corrected.
        folder, slash, last = path.rpartition("/")
        if "/" in near or not is_note(last):
            return ""
        return f"{folder}{slash}{_typed(near, ref, last)}{last[len(stem(last)) :]}{mark}{fragment}"

    @cached_property
    def _names(self) -> tuple[str, ...]:
        """All names that a link may have."""
        documents = self._snapshot.documents.values()
        names = {stem(document.path) for document in documents}
        names.update(alias for document in documents for alias in document.meta.aliases)
        return tuple(sorted(names))

    @cached_property
    def _notes_called(self) -> Counter[Folded]:
        """The number of notes with each file name."""
        return Counter(fold(stem(path)) for path in self._snapshot.documents)


def _can_be_typed(name: str) -> bool:
    return not any(char in name for char in _NOT_IN_LINK)


def _typed(name: str, ref: Ref, before: str) -> str:
    """Return a name as it is written in a link: percent-encoded in a Markdown link that was, or that needs it."""
    encoded = ref.kind in (RefKind.MARKDOWN, RefKind.IMAGE) and (" " in name or "%" in before)
    return quote(name) if encoded else name
