"""Writes the files beside pages, from the same content: previews, notes as Markdown, whole branches, e-books.

A whole branch repeats the content of its pages, so their fingerprints tell whether it has changed; only then is it
filled again.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cache, partial
from hashlib import sha256
from types import MappingProxyType
from typing import Protocol

from garden.linking.relation import Node
from garden.model import routes
from garden.model.names import SaveAs, VaultPath
from garden.model.pages.page import Artifact, BranchPage, NotePage
from garden.model.pages.panels import BranchReading
from garden.rendering.body.fill import Bodies
from garden.rendering.branch_reading import (
    branch_feed,
    branch_mark,
    branch_newest,
    branch_reading,
    folder_branches,
)
from garden.rendering.catalog import Catalog
from garden.rendering.files.branch.books import PictureFile, book, no_picture
from garden.rendering.files.branch.branch_pieces import (
    KnownPieces,
    PieceKey,
    PiecePlaces,
    nothing_known,
    pieces_in,
    places_in,
)
from garden.rendering.files.feeds import FeedWriter
from garden.rendering.files.markdown_pages import branch_text, markdown_page, note_text
from garden.rendering.files.previews import preview
from garden.rendering.fingerprint import fingerprint
from garden.rendering.pages.branch import branch_page


class OutputFiles(Protocol):
    """The output folder."""

    def keeps(self, save_as: SaveAs, fingerprint: str) -> bool:
        """Say whether the file already exists with this fingerprint; if so, it is kept."""

    def write(self, save_as: SaveAs, content: bytes, fingerprint: str) -> None:
        """Write a file."""

    def content_before(self, save_as: SaveAs, content_hash: str) -> bytes | None:
        """Return a file of an earlier build, None if it does not have this content."""


Seen = tuple[dict[Node, str], dict[Node, BranchReading]]
"""The fingerprints of pages, and the branches of which they are the top."""


class BesidePages:
    """Writes them page by page; `version` is a hash of the code, the theme and the site's settings.

    What previews ask may have to be recorded: `of_previews` is the catalog for them. Everything else repeats pages,
    and is made again when these change. `places` are those of texts in the files of branches, of an earlier site
    and then of this one. `picture` gives the pictures of e-books.
    """

    def __init__(
        self,
        catalog: Catalog,
        bodies: Bodies,
        files: OutputFiles,
        version: str,
        places: Mapping[SaveAs, PiecePlaces] = MappingProxyType({}),
    ) -> None:
        self._catalog = self.of_previews = catalog
        self._bodies = bodies
        self._files = files
        self._version = version
        self.picture: PictureFile = no_picture
        self._marks: dict[Node, str] = {}
        self._branches: dict[Node, BranchReading] = {}
        self._feeds = FeedWriter(catalog, bodies)
        self.places = dict(places)

    def add(self, node: Node, page: NotePage, mark: str) -> None:
        """Write a page's preview and the page as Markdown, and record it for the branches that it is in.

        `mark` is the page's fingerprint.
        """
        shown = preview(self.of_previews, node)
        self._write(shown.save_as, fingerprint(shown), lambda: shown)
        self._marks[node] = mark
        if page.branch is not None:
            self._branches[node] = page.branch
        self._write(routes.beside(page.url, routes.MARKDOWN), mark, partial(self._markdown, node, page))

    @property
    def seen(self) -> Seen:
        """What has been remembered so far."""
        return self._marks, self._branches

    def take(self) -> Seen:
        """Return what `add` has recorded, for the process that writes the branches."""
        seen = self.seen
        self._marks, self._branches = {}, {}
        return seen

    def remember(self, seen: Seen) -> None:
        """Add what was recorded in another process."""
        marks, branches = seen
        self._marks |= marks
        self._branches |= branches

    @property
    def branches(self) -> tuple[Node, ...]:
        """The pages and folders below which a branch begins."""
        return (*self._branches, *folder_branches(self._catalog))

    def write_branch(self, node: Node, render: Callable[[BranchPage], bytes]) -> None:
        """Write a branch as one page, as text, as a feed and as an e-book, when all pages have been added."""
        reading = self._branches.get(node) or branch_reading(self._catalog, node)
        assert reading is not None, "every branch can be read"
        mark = branch_mark(self._catalog, node, self._marks)
        url = self._catalog.url(node)
        page, text = routes.beside(url, routes.BRANCH), routes.beside(url, routes.BRANCH_TEXT)
        keys = cache(partial(self._keys, node))
        self._write(page, mark, lambda: self._page(node, render, page, keys()))
        self._write(text, mark, lambda: self._text(node, text, keys()))
        if reading.book:
            self._write(routes.beside(url, routes.BRANCH_BOOK), mark, lambda: self._book(node, page, keys()))
        if reading.feeds:
            forms = cache(partial(self._feeds.branch, node))
            for number, feed in enumerate(branch_feed(self._catalog, node)):
                self._write(SaveAs(feed), mark, partial(_one_of, forms, number))

    def _markdown(self, node: Node, page: NotePage) -> Artifact:
        is_note = node.kind == "note"
        return markdown_page(
            page, note_text(self._catalog, self._bodies, VaultPath(node.key)) if is_note else ""
        )

    def _keys(self, node: Node) -> list[PieceKey]:
        """Return what the text of each note in a branch depends on, in the order of the branch."""
        places = enumerate(self._catalog.shape(node).pages(node))
        return [PieceKey(self._marks.get(place.node, ""), place.depth, number) for number, place in places]

    def _known(self, file: SaveAs, keys: Sequence[PieceKey]) -> KnownPieces:
        """Return the function that looks up texts in the existing file of a branch."""
        places = self.places.get(file)
        content = self._files.content_before(file, places.content_hash) if places else None
        if places is None or content is None:
            return nothing_known
        pieces = pieces_in(content, places)
        return lambda number: pieces.get(keys[number]) if keys[number].mark else None

    def _page(
        self, node: Node, render: Callable[[BranchPage], bytes], file: SaveAs, keys: Sequence[PieceKey]
    ) -> Artifact:
        page, pieces = branch_page(self._catalog, self._bodies, node, self._known(file, keys))
        content = render(page)
        self.places[file] = places_in(content, zip(keys, pieces, strict=False))
        return Artifact(page.save_as, content)

    def _book(self, node: Node, page_file: SaveAs, keys: Sequence[PieceKey]) -> Artifact:
        page, _ = branch_page(self._catalog, self._bodies, node, self._known(page_file, keys))
        return book(page, self._catalog.settings, branch_newest(self._catalog, node), self.picture)

    def _text(self, node: Node, file: SaveAs, keys: Sequence[PieceKey]) -> Artifact:
        artifact, pieces = branch_text(self._catalog, self._bodies, node, self._known(file, keys))
        found = ((keys[number], piece) for number, piece in pieces.items())
        self.places[file] = places_in(artifact.content, found)
        return artifact

    def _write(self, file: SaveAs, mark: str, make: Callable[[], Artifact]) -> None:
        mark = sha256(f"{self._version}{mark}".encode()).hexdigest()
        if not self._files.keeps(file, mark):
            self._files.write(file, make().content, mark)


def _one_of(make: Callable[[], Sequence[Artifact]], number: int) -> Artifact:
    return make()[number]
