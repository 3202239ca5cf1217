"""Renaming and moving a note: every link to it follows, and its own links still lead to the same targets.

This is checked before anything is written: the vault is linked again with the new texts, and every reference must lead to
the same target as before. One that does not is written with its whole path.
"""

import posixpath
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from garden.authoring.canvas_links import NewTexts, canvas_edits
from garden.authoring.destinations import Destinations
from garden.authoring.fixes.note_text import Edit, NoteText
from garden.authoring.query_names import RenamedNote, names_in_base, names_in_note
from garden.linking.link_vault import link_vault
from garden.linking.resolving.index import Index
from garden.linking.resolving.resolution import Found, FoundFile, Resolution
from garden.linking.snapshot import Snapshot
from garden.model.diagnostic import Place
from garden.model.errors import AuthorError
from garden.model.names import VaultPath, extension, fold, folder, is_note, stem, without_ending
from garden.model.note import Document, Ref, RefKind
from garden.reading.document import read_document
from garden.reading.frontmatter.parsing.cut import cut_front_matter
from garden.reading.source import read_source
from garden.vault.drafts import show_drafts
from garden.vault.site import Site


class RenamingError(AuthorError):
    """A note cannot have a name; the text says why."""


@dataclass(slots=True)
class Renaming:
    """What has to change so that a note can have another path."""

    old: VaultPath
    new: VaultPath
    changed: dict[VaultPath, NoteText] = field(default_factory=dict)  # by their present paths
    left: list[Place] = field(default_factory=list)  # links that could not be rewritten


def plan_renaming(site: Site, old: VaultPath, new: VaultPath) -> Renaming:
    """Return what has to change so that the note `old` can be `new`; nothing is written.

    `site` is a preview, in which every note has a page. Raises RenamingError when the place is taken.
    """
    if not (is_note(old) and is_note(new)):
        raise RenamingError(
            f"{old} cannot be {new}: only Markdown notes can be renamed, and they stay Markdown"
        )
    taken = site.files.root / new
    if new in site.snapshot.documents or (taken.exists() and fold(old) != fold(new)):
        raise RenamingError(f"there is already a file {new}")
    return _Planner(site, old, new).plan()


class _Planner:
    """The texts of one vault while they are rewritten."""

    def __init__(self, site: Site, old: VaultPath, new: VaultPath) -> None:
        self._site = site
        self._before: Snapshot = site.snapshot
        self._plan = Renaming(old, new)
        self._notes: dict[VaultPath, NoteText] = {}
        paths = [new if path == old else path for path in self._before.documents]
        self._destinations = Destinations(paths)
        index = Index(self._before.documents, site.files.attachments)
        self._names = RenamedNote(old, new, index, self._destinations)

    def plan(self) -> Renaming:
        """Rewrite what leads to the note, then whatever else would lead elsewhere."""
        wrong = {
            path: {at: answer for at, answer in self._answers(path) if self._follows(document, at, answer)}
            for path, document in self._before.documents.items()
        }
        self._rewrite(wrong, whole=False)
        self._rewrite(self._changed_answers(), whole=True)
        for path, answers in self._changed_answers().items():
            self._plan.left += [self._before.documents[path].refs[at].place for at in answers]
        for path in self._before.documents:
            self._rename_in_queries(path)
        self._plan.left.sort()
        self._plan.changed = {path: note for path, note in sorted(self._notes.items()) if note.is_changed}
        return self._plan

    def _answers(self, path: VaultPath) -> Iterator[tuple[int, VaultPath]]:
        """Yield the references of a note that lead to a note or file, with its path."""
        for at, answer in enumerate(self._before.resolutions[path]):
            target = _target(answer)
            if target is not None:
                yield at, target

    def _follows(self, document: Document, at: int, target: VaultPath) -> bool:
        """Say whether a reference has to change.

        It has to if it names the note by its file, and not by an alias, which the note keeps. If the note itself moves to
        another folder, so has a path in it that is relative to its folder, even if another file would be found there.
        """
        ref = document.refs[at]
        if (
            document.path == self._plan.old
            and folder(self._plan.new) != folder(self._plan.old)
            and _is_relative(ref, target)
        ):
            return True
        if target != self._plan.old or not ref.target.path:
            return False
        aliases = {fold(alias) for alias in self._before.documents[target].meta.aliases}
        return fold(ref.target.path) not in aliases or fold(ref.target.path) == fold(stem(target))

    def _moved(self, path: VaultPath) -> VaultPath:
        """Return the path that a note or file will have."""
        return self._plan.new if path == self._plan.old else path

    def _rewrite(self, wrong: Mapping[VaultPath, Mapping[int, VaultPath]], *, whole: bool) -> None:
        """Rewrite references, given by note and index with their targets; with `whole` as whole paths."""
        for path, answers in wrong.items():
            if not answers:
                continue
            note = self._note(path)
            if note is None:
                continue
            refs = self._refs(path, note)
            if extension(path) == "canvas":
                note.apply(self._canvas_edits(note, refs, path, answers, whole=whole))
                continue
            edits = (self._edit(note, refs[at], path, target, whole=whole) for at, target in answers.items())
            note.apply([edit for edit in edits if edit])

    def _canvas_edits(
        self,
        note: NoteText,
        refs: tuple[Ref, ...],
        path: VaultPath,
        answers: Mapping[int, VaultPath],
        *,
        whole: bool,
    ) -> Iterator[Edit]:
        """Yield the edits of a canvas: its references are in JSON, where texts and files are written in another way."""

        def new_text(at: int, in_angles: bool) -> str:
            target = self._moved(answers[at])
            return self._destinations.rewritten(refs[at], path, target, in_angles=in_angles, whole=whole)

        new = NewTexts(answers, new_text, lambda at: self._moved(answers[at]))
        return canvas_edits(note, refs, new, self._site.settings.reading)

    def _rename_in_queries(self, path: VaultPath) -> None:
        """Use the new name of the note in the queries of a note or base."""
        is_base = extension(path) == "base"
        if not (is_base or is_note(path)):
            return
        note = self._notes.get(path) or self._file(path)
        if note is None or not (is_base or "dataview" in note.text or "base" in note.text):
            return
        edits = []
        for named in (names_in_base if is_base else names_in_note)(note.text):
            new = self._names.new_name(named)
            if new:
                edits.append(Edit(named.start, named.end, new))
            elif new is not None:
                self._plan.left.append(note.place(path, named.start))
        if edits:
            note.apply(edits)
            self._notes[path] = note

    def _edit(
        self, note: NoteText, ref: Ref, path: VaultPath, target: VaultPath, *, whole: bool
    ) -> Edit | None:
        """Return the edit of one reference, None if its text is not found.

        A new text may bring quotation marks of its own; they are dropped if the author has written some around it.
        """
        start = _found(note, ref)
        if start < 0:
            return None
        in_angles = note.text.startswith("<", start - 1)
        new = self._destinations.rewritten(
            ref, self._moved(path), self._moved(target), in_angles=in_angles, whole=whole
        )
        end = start + len(ref.raw)
        if new.startswith('"') and note.text[start - 1 : start] == note.text[end : end + 1] == '"':
            new = new[1:-1]
        return Edit(start, end, new)

    def _changed_answers(self) -> dict[VaultPath, dict[int, VaultPath]]:
        """Link the vault with the texts as they are now; return the references that would lead elsewhere."""
        documents = dict(self._before.documents)
        for path in {*self._notes, self._plan.old}:
            note = self._note(path)
            if note is not None:
                documents[path] = self._read(path, note)
        documents = {self._moved(path): document for path, document in documents.items()}
        shown = show_drafts(documents, self._site.settings)
        after = link_vault(shown, self._site.files.attachments, self._site.settings)
        changed: dict[VaultPath, dict[int, VaultPath]] = {}
        for path in self._before.documents:
            now = after.resolutions[self._moved(path)]
            for at, target in self._answers(path):
                if at >= len(now) or _target(now[at]) != self._moved(target):
                    changed.setdefault(path, {})[at] = target
        return changed

    def _refs(self, path: VaultPath, note: NoteText) -> tuple[Ref, ...]:
        """Return the references of a note as it is now."""
        return self._read(path, note).refs if note.is_changed else self._before.documents[path].refs

    def _read(self, path: VaultPath, note: NoteText) -> Document:
        source = read_source(self._moved(path), note.text.encode("utf-8"))
        return read_document(source, self._site.settings.reading)

    def _note(self, path: VaultPath) -> NoteText | None:
        """Return the text of a note or canvas, None for another file, or one that is not UTF-8: it is left as it is."""
        if not (is_note(path) or extension(path) == "canvas"):
            return None
        if path not in self._notes:
            note = self._file(path)
            if note is None:
                return None
            self._notes[path] = note
        return self._notes[path]

    def _file(self, path: VaultPath) -> NoteText | None:
        try:
            return NoteText(self._site.files.root / path)
        except (OSError, UnicodeDecodeError):
            return None


def _target(answer: Resolution) -> VaultPath | None:
    if isinstance(answer, FoundFile):
        return answer.path
    if isinstance(answer, Found) and answer.node.kind == "note":
        return VaultPath(answer.node.key)
    return None


def _is_relative(ref: Ref, target: VaultPath) -> bool:
    """Say whether a Markdown link has the path from its note's folder to its target."""
    if ref.kind not in (RefKind.MARKDOWN, RefKind.IMAGE) or not ref.target.path:
        return False
    path = posixpath.normpath(posixpath.join(folder(ref.place.path), ref.target.path))
    return fold(path) in (fold(target), fold(without_ending(target)))


def _found(note: NoteText, ref: Ref) -> int:
    """Return where a reference's destination is in its note, -1 where other text is there: quotes may hide it."""
    start = note.offset(ref.place)
    end = note.line_end(start)
    if ref.kind is RefKind.PROPERTY or ref.plain_name:
        cut = cut_front_matter(note.text.lstrip("\ufeff"))
        end = max(end, cut.end) if cut else end
    return note.text.find(ref.raw, start, end)
