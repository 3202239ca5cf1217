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
    branch_fingerprint,
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
        """Return the content of a file that an earlier build has written, None if it no longer has this hash."""


BranchInputs = tuple[dict[Node, str], dict[Node, BranchReading]]
"""What branches are made from: the fingerprints of pages, and how the branches below them can be read."""


class BesidePages:
    """Writes them page by page; `version` is a hash of the code, the theme and the site's settings.

    Previews show facts of their own, so the questions that they ask may have to be recorded: `preview_catalog` is the
    catalog for them. Everything else repeats pages, and is made again when these change. `piece_places` say where the texts
    of notes are in the files of branches: at first in those of an earlier site, then in those of this one. `picture` returns
    the pictures of e-books.
    """

    def __init__(
        self,
        catalog: Catalog,
        bodies: Bodies,
        files: OutputFiles,
        version: str,
        piece_places: Mapping[SaveAs, PiecePlaces] = MappingProxyType({}),
    ) -> None:
        self._catalog = self.preview_catalog = catalog
        self._bodies = bodies
        self._files = files
        self._version = version
        self.picture: PictureFile = no_picture
        self._fingerprints: dict[Node, str] = {}
        self._branches: dict[Node, BranchReading] = {}
        self._feeds = FeedWriter(catalog, bodies)
        self.piece_places = dict(piece_places)

    def add(self, node: Node, page: NotePage, page_fingerprint: str) -> None:
        """Write a page's preview and the page as Markdown, and record it for the branches that it is in."""
        shown = preview(self.preview_catalog, node)
        self._write(shown.save_as, fingerprint(shown), lambda: shown)
        self._fingerprints[node] = page_fingerprint
        if page.branch_reading is not None:
            self._branches[node] = page.branch_reading
        self._write(
            routes.beside(page.url, routes.MARKDOWN), page_fingerprint, partial(self._markdown, node, page)
        )

    @property
    def branch_inputs(self) -> BranchInputs:
        """What `add` has recorded so far, and `remember` has added."""
        return self._fingerprints, self._branches

    def take(self) -> BranchInputs:
        """Return what `add` has recorded, for the process that writes the branches."""
        inputs = self.branch_inputs
        self._fingerprints, self._branches = {}, {}
        return inputs

    def remember(self, inputs: BranchInputs) -> None:
        """Add what was recorded in another process, or by an earlier build."""
        fingerprints, branches = inputs
        self._fingerprints |= fingerprints
        self._branches |= branches

    @property
    def branches(self) -> tuple[Node, ...]:
        """The pages and folders below which a branch begins."""
        return (*self._branches, *folder_branches(self._catalog))

    def write_branch(self, node: Node, render: Callable[[BranchPage], bytes]) -> None:
        """Write a branch as one page, as text, as a feed and as an e-book, when all pages have been added."""
        reading = self._branches.get(node) or branch_reading(self._catalog, node)
        assert reading is not None, "every branch can be read"
        of_branch = branch_fingerprint(self._catalog, node, self._fingerprints)
        url = self._catalog.url(node)
        page, text = routes.beside(url, routes.BRANCH), routes.beside(url, routes.BRANCH_TEXT)
        keys = cache(partial(self._keys, node))
        self._write(page, of_branch, lambda: self._page(node, render, page, keys()))
        self._write(text, of_branch, lambda: self._text(node, text, keys()))
        if reading.book:
            self._write(
                routes.beside(url, routes.BRANCH_BOOK), of_branch, lambda: self._book(node, page, keys())
            )
        if reading.feeds:
            # A feed has two formats, which are made together, but only if one of them has to be written.
            formats = cache(partial(self._feeds.branch, node))
            for number, feed in enumerate(branch_feed(self._catalog, node)):
                self._write(SaveAs(feed), of_branch, partial(_one_of, formats, number))

    def _markdown(self, node: Node, page: NotePage) -> Artifact:
        is_note = node.kind == "note"
        return markdown_page(
            page, note_text(self._catalog, self._bodies, VaultPath(node.key)) if is_note else ""
        )

    def _keys(self, node: Node) -> list[PieceKey]:
        """Return what the text of each note in a branch depends on, in the order of the branch."""
        places = enumerate(self._catalog.shape(node).pages(node))
        return [
            PieceKey(self._fingerprints.get(place.node, ""), place.depth, number) for number, place in places
        ]

    def _known(self, file: SaveAs, keys: Sequence[PieceKey]) -> KnownPieces:
        """Return the function that looks up texts in the existing file of a branch."""
        places = self.piece_places.get(file)
        content = self._files.content_before(file, places.content_hash) if places else None
        if places is None or content is None:
            return nothing_known
        pieces = pieces_in(content, places)
        return lambda number: pieces.get(keys[number]) if keys[number].fingerprint else None

    def _page(
        self, node: Node, render: Callable[[BranchPage], bytes], file: SaveAs, keys: Sequence[PieceKey]
    ) -> Artifact:
        page, pieces = branch_page(self._catalog, self._bodies, node, self._known(file, keys))
        content = render(page)
        self.piece_places[file] = places_in(content, zip(keys, pieces, strict=False))
        return Artifact(page.save_as, content)

    def _book(self, node: Node, page_file: SaveAs, keys: Sequence[PieceKey]) -> Artifact:
        page, _ = branch_page(self._catalog, self._bodies, node, self._known(page_file, keys))
        return book(page, self._catalog.settings, branch_newest(self._catalog, node), self.picture)

    def _text(self, node: Node, file: SaveAs, keys: Sequence[PieceKey]) -> Artifact:
        artifact, pieces = branch_text(self._catalog, self._bodies, node, self._known(file, keys))
        found = ((keys[number], piece) for number, piece in pieces.items())
        self.piece_places[file] = places_in(artifact.content, found)
        return artifact

    def _write(self, file: SaveAs, content_fingerprint: str, make: Callable[[], Artifact]) -> None:
        """Write a file unless it is already there, made from the same content by the same version."""
        file_fingerprint = sha256(f"{self._version}{content_fingerprint}".encode()).hexdigest()
        if not self._files.keeps(file, file_fingerprint):
            self._files.write(file, make().content, file_fingerprint)


def _one_of(make: Callable[[], Sequence[Artifact]], number: int) -> Artifact:
    return make()[number]
