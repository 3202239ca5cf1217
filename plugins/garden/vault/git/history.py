"""Dates and authors of notes from the history of their files in git (TI-5).

The same commit gives the same dates (HC-7), since neither the clock nor the times of files are read. A commit that
changes only front matter or white space does not count as a change of the text. Renames are followed. A shallow clone
lacks the beginning of the history: then a missing date is reported, and not made up.
"""

import json
from collections import Counter
from collections.abc import Mapping
from contextlib import closing, suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath, is_note
from garden.model.note import Date, Document, Meta, Revision
from garden.model.settings import Settings
from garden.reading.frontmatter.dates import parse_date
from garden.reading.frontmatter.parsing.cut import cut_front_matter
from garden.vault.git.log import Blobs, FileChange, Repository

_FORMAT: Final = 3
"""The version of the format in which histories are cached; those in another format are read from git again."""


class FileHistory(Struct):
    """The history of one file; the days are in ISO format, empty if they are not known."""

    created: str = ""
    modified: str = ""  # the day of the last change of the text after the first commit
    authors: list[str] = []  # the most frequent one first
    is_cut: bool = False  # whether the history of a shallow clone ends before the file's first commit
    former: list[str] = []  # earlier paths of the file
    revisions: list[Revision] = []  # the commits that changed its text, the last one first


def with_history(
    documents: Mapping[VaultPath, Document],
    repository: Repository | None,
    settings: Settings,
    cache: Path | None,
) -> tuple[Mapping[VaultPath, Document], tuple[Diagnostic, ...]]:
    """Return the documents with dates and authors from the history, and problems for dates that are not known.

    The settings say whether those replace the dates in the notes or only missing ones. `cache` is the folder with the
    histories of a commit that has been read before.
    """
    if repository is None or settings.git_dates == "off":
        return documents, ()
    histories = _remembered(repository, cache, settings.revisions)
    dated = {
        path: _dated(document, histories[path], settings) if path in histories else document
        for path, document in documents.items()
    }
    cut = [
        path for path in sorted(dated) if path in histories and _lacks(dated[path], histories[path], settings)
    ]
    return dated, (_shallow(cut),) if cut else ()


def file_histories(repository: Repository, most_revisions: int = 0) -> dict[str, FileHistory]:
    """Return the history of every note in the checked-out commit by path, each with `most_revisions` at most."""
    with closing(Blobs(repository.vault)) as blobs:
        walk = _Walk(repository.grafts, _Bodies(blobs), most_revisions)
        for revision, changes in repository.changes():
            walk.take(revision, changes)
    return walk.histories()


class _Walk:
    """Follows the files of a vault through all commits, from the last one back."""

    def __init__(self, grafts: frozenset[str], bodies: "_Bodies", most_revisions: int) -> None:
        self._grafts = grafts
        self._most_revisions = most_revisions
        self._bodies = bodies
        # The present paths of the files that are followed, by the path that each has at this point of the history.
        self._followed: dict[str, str] = {}
        self._known: set[str] = set()  # paths for which the last commit that changed them has been seen
        self._found: dict[str, FileHistory] = {}
        self._authors: dict[str, Counter[str]] = {}

    def take(self, revision: Revision, changes: list[FileChange]) -> None:
        """Record a commit, which must be older than all recorded before."""
        renamed: dict[str, str] = {}
        for change in changes:
            path = change.after
            if path not in self._known:
                # This is the last commit that changed the file: it exists today unless that has deleted it.
                self._known.add(path)
                if change.kind != "D" and is_note(path):
                    self._followed[path] = path
            now = self._followed.get(path)
            if now is None or change.kind == "D":
                continue
            if self._record(now, revision, change):
                del self._followed[path]
            elif change.kind == "R":
                renamed[change.before] = self._followed.pop(path)
                self._found[now].former.append(change.before)
        self._followed |= renamed
        self._known |= renamed.keys()

    def histories(self) -> dict[str, FileHistory]:
        """Return the history of each file by its present path."""
        for path, counts in self._authors.items():
            self._found[path].authors = sorted(counts, key=lambda name: (-counts[name], name))
        return self._found

    def _record(self, path: str, revision: Revision, change: FileChange) -> bool:
        """Record the change that a commit made to the file that is at `path` now; return whether it is the file's first commit."""
        history = self._found.setdefault(path, FileHistory())
        is_first = change.kind in "AC"  # added, or copied from another file
        day = revision.moment[:10]
        if is_first and revision.commit in self._grafts:
            history.is_cut = True
            return True
        if is_first:
            history.created = day
        elif self._bodies.differ(change.old_blob, change.new_blob):
            history.modified = history.modified or day  # the last change comes first
        else:
            return False
        self._authors.setdefault(path, Counter())[revision.author] += 1
        if len(history.revisions) < self._most_revisions:
            history.revisions.append(revision)
        return is_first


class _Bodies:
    """The texts of notes without front matter and white space, as hashes, by git's ids of contents."""

    def __init__(self, blobs: Blobs) -> None:
        self._blobs = blobs
        self._hashes: dict[str, str] = {}

    def differ(self, one: str, other: str) -> bool:
        return one != other and self._hash(one) != self._hash(other)

    def _hash(self, blob: str) -> str:
        if blob not in self._hashes:
            content = self._blobs.content(blob)
            # A content that is missing in a shallow clone counts as different from every other.
            self._hashes[blob] = blob if content is None else _body_hash(content)
        return self._hashes[blob]


def _body_hash(content: bytes) -> str:
    text = content.decode("utf-8-sig", "replace").replace("\r\n", "\n")
    cut = cut_front_matter(text)
    body = text[cut.body :] if cut else text
    return sha256("".join(body.split()).encode("utf-8", "surrogatepass")).hexdigest()


def _dated(document: Document, history: FileHistory, settings: Settings) -> Document:
    """Return a note with the dates and authors that Git knows, where it has none or Git's dates are preferred."""
    meta: Meta = document.meta
    prefers = settings.git_dates == "preferred"
    created, modified = parse_date(history.created), parse_date(history.modified)
    changes: dict[str, object] = {}
    if created and (prefers or meta.date is None):
        changes["date"] = created
    date = created if "date" in changes else meta.date
    if modified and (prefers or meta.modified is None) and _is_later(modified, date):
        changes["modified"] = modified
    if settings.git_authors and history.authors and not meta.authors:
        changes["authors"] = tuple(history.authors)
    if history.revisions:
        changes["revisions"] = tuple(history.revisions)
    return replace(document, meta=replace(meta, **changes)) if changes else document


def _is_later(modified: Date, date: Date | None) -> bool:
    return date is None or modified.iso[:10] > date.iso[:10]


def _lacks(document: Document, history: FileHistory, settings: Settings) -> bool:
    """Say whether a published note has no date only because the history of a shallow clone ends too early."""
    return (
        document.published
        and history.is_cut
        and (document.meta.date is None or settings.git_dates == "preferred")
    )


def _shallow(paths: list[VaultPath]) -> Diagnostic:
    count = f"{len(paths)} note{'s are' if len(paths) > 1 else ' is'}"
    return Diagnostic(
        Place(paths[0], 1, 1),
        "history-cut",
        f"this is a shallow clone: git does not know when {count} from",
        "fetch the whole history (`git fetch --unshallow`; `fetch-depth: 0` in GitHub's checkout), or write "
        "dates into the notes",
    )


def _remembered(repository: Repository, cache: Path | None, most_revisions: int) -> dict[str, FileHistory]:
    """Return the histories, from the cache if it has those of this commit."""
    file = cache / "git-history.json" if cache else None
    grafts = sorted(repository.grafts)
    key = [_FORMAT, repository.head, str(repository.vault.resolve()), most_revisions, *grafts]
    if file is not None:
        with suppress(OSError, ValueError, KeyError, TypeError):
            content = json.loads(file.read_text(encoding="utf-8"))
            if content["key"] == key:
                return {
                    path: replace(
                        FileHistory(*values), revisions=[Revision(*revision) for revision in revisions]
                    )
                    for path, (values, revisions) in content["files"].items()
                }
    found = file_histories(repository, most_revisions)
    if file is not None:
        rows = {
            path: [[h.created, h.modified, h.authors, h.is_cut, h.former], h.revisions]
            for path, h in sorted(found.items())
        }
        with suppress(OSError, ValueError):
            file.write_text(json.dumps({"key": key, "files": rows}), encoding="utf-8")
    return found
