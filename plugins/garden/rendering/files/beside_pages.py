"""What is made beside pages from what they are made of: previews, notes as Markdown, branches as a whole.

A branch repeats what its pages say, so their fingerprints tell whether it has changed: nothing of it is
filled again when it has not.
"""

from collections.abc import Callable
from functools import partial
from hashlib import sha256
from typing import Protocol

from garden.linking.relation import Node
from garden.model import routes
from garden.model.names import SaveAs, VaultPath
from garden.model.pages.page import Artifact, BranchPage, NotePage
from garden.model.pages.panels import BranchReading
from garden.rendering.body.fill import Bodies
from garden.rendering.branch_reading import branch_feed, branch_mark
from garden.rendering.catalog import Catalog
from garden.rendering.files.feeds import FeedWriter
from garden.rendering.files.markdown_pages import branch_text, markdown_page, note_text
from garden.rendering.files.previews import preview
from garden.rendering.fingerprint import fingerprint
from garden.rendering.pages.branch import branch_page


class OutputFiles(Protocol):
    """The output folder."""

    def keeps(self, save_as: SaveAs, fingerprint: str) -> bool:
        """Say whether the file is there with this fingerprint already; then it is kept."""

    def write(self, save_as: SaveAs, content: bytes, fingerprint: str) -> None:
        """Write a file."""


Seen = tuple[dict[Node, str], dict[Node, BranchReading]]
"""Fingerprints of pages, and branches that begin below them."""


class BesidePages:
    """Writes them page by page; `version` is a hash of the code, the theme and the site's settings."""

    def __init__(self, catalog: Catalog, bodies: Bodies, files: OutputFiles, version: str) -> None:
        self._catalog = catalog
        self._bodies = bodies
        self._files = files
        self._version = version
        self._marks: dict[Node, str] = {}
        self._branches: dict[Node, BranchReading] = {}
        self._feeds = FeedWriter(catalog, bodies)

    def add(self, node: Node, page: NotePage, mark: str) -> None:
        """Write a page's preview and the page as Markdown, and remember it for the branches that it is in.

        `mark` is the page's fingerprint.
        """
        shown = preview(self._catalog, node)
        self._write(shown.save_as, fingerprint(shown), lambda: shown)
        self._marks[node] = mark
        if page.branch is not None:
            self._branches[node] = page.branch
        self._write(routes.beside(page.url, routes.MARKDOWN), mark, partial(self._markdown, node, page))

    def take(self) -> Seen:
        """Hand over what `add` has remembered, for the process that writes the branches."""
        seen = self._marks, self._branches
        self._marks, self._branches = {}, {}
        return seen

    def remember(self, seen: Seen) -> None:
        """Add what was remembered in another process."""
        marks, branches = seen
        self._marks |= marks
        self._branches |= branches

    @property
    def branches(self) -> tuple[Node, ...]:
        """The pages below which a branch begins."""
        return tuple(self._branches)

    def write_branch(self, node: Node, render: Callable[[BranchPage], bytes]) -> None:
        """Write a branch as one page, as text and as a feed, when all pages have been added."""
        reading = self._branches[node]
        mark = branch_mark(self._catalog, node, self._marks)
        url = self._catalog.url(node)
        self._write(routes.beside(url, routes.BRANCH), mark, partial(self._page, node, render))
        self._write(routes.beside(url, routes.BRANCH_TEXT), mark, partial(self._text, node))
        if reading.feeds:
            for number, feed in enumerate(branch_feed(self._catalog, node)):
                self._write(SaveAs(feed), mark, partial(self._feed, node, number))

    def _markdown(self, node: Node, page: NotePage) -> Artifact:
        is_note = node.kind == "note"
        return markdown_page(
            page, note_text(self._catalog, self._bodies, VaultPath(node.key)) if is_note else ""
        )

    def _page(self, node: Node, render: Callable[[BranchPage], bytes]) -> Artifact:
        page = branch_page(self._catalog, self._bodies, node)
        return Artifact(page.save_as, render(page))

    def _text(self, node: Node) -> Artifact:
        return branch_text(self._catalog, self._bodies, node)

    def _feed(self, node: Node, number: int) -> Artifact:
        return self._feeds.branch(node)[number]

    def _write(self, file: SaveAs, mark: str, make: Callable[[], Artifact]) -> None:
        mark = sha256(f"{self._version}{mark}".encode()).hexdigest()
        if not self._files.keeps(file, mark):
            self._files.write(file, make().content, mark)
