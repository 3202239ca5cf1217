"""Counts the notes and pages of a site for the last line of a build."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from garden.model.names import VaultPath, is_view_file, save_as
from garden.model.note import Document, Status
from garden.model.routes import PREVIEW, beside

if TYPE_CHECKING:
    from garden.linking.snapshot import Snapshot


class PageCounts(NamedTuple):
    """The numbers of published notes, of notes that are held back, of hidden ones, and of all pages that are not of notes.

    Canvases and bases are not notes: their pages are among the other ones.
    """

    notes: int = 0
    drafts: int = 0
    hidden: int = 0
    other: int = 0

    def __str__(self) -> str:
        """Return the line, without the numbers that are zero, except that of notes."""
        words = [_counted(self.notes, "note")]
        words += [
            _counted(count, word)
            for count, word in (
                (self.drafts, "draft"),
                (self.hidden, "hidden note"),
                (self.other, "other page"),
            )
            if count
        ]
        return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def page_counts(
    documents: Mapping[VaultPath, Document], snapshot: "Snapshot", files: Iterable[str]
) -> PageCounts:
    """Count the notes among all `documents`, and the other pages among the `files` of the output."""
    statuses = Counter(
        Status.DRAFT if document.previewed else document.meta.status
        for path, document in documents.items()
        if not is_view_file(path)
    )
    pages = {name for name in files if name.endswith(".html")}
    pages.difference_update(beside(url, PREVIEW) for url in snapshot.addresses.values())
    pages.difference_update(
        save_as(url)
        for node, url in snapshot.addresses.items()
        if node.kind == "note" and not is_view_file(VaultPath(node.key))
    )
    # HTML files of the vault and redirects are not pages of the site.
    pages.difference_update(map(save_as, snapshot.files.values()))
    pages.difference_update(save_as(redirect.old) for redirect in snapshot.redirects)
    return PageCounts(statuses[Status.PUBLISHED], statuses[Status.DRAFT], statuses[Status.HIDDEN], len(pages))


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
