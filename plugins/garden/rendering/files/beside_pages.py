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
from garden.model.names import SaveAs, Url, VaultPath
from garden.model.pages import Artifact, BranchPage, BranchReading, NotePage
from garden.rendering.body.fill import Bodies
from garden.rendering.branch_reading import branch_mark
from garden.rendering.catalog import Catalog
from garden.rendering.files.feeds import FeedWriter
from garden.rendering.files.markdown_pages import branch_text, note_text, twin, twin_head, twin_tail
from garden.rendering.files.previews import preview
from garden.rendering.fingerprint import fingerprint
from garden.rendering.pages.branch import branch_page


class OutputFiles(Protocol):
    """The output folder."""

    def keeps(self, save_as: SaveAs, fingerprint: str) -> bool:
        """Say whether the file stands there with this fingerprint already; then it is kept."""

    def write(self, save_as: SaveAs, content: bytes, fingerprint: str) -> None:
        """Write a file."""

    def read(self, save_as: SaveAs) -> bytes:
        """Return what stands in a file."""


Seen = tuple[dict[Node, str], dict[Node, BranchReading], dict[VaultPath, tuple[int, int]]]
"""Fingerprints of pages, branches that begin below them, and how much stands round the text of notes as Markdown."""


class BesidePages:
    """Writes them page by page; `version` is a hash of the code, the theme and the site's settings."""

    def __init__(self, catalog: Catalog, bodies: Bodies, files: OutputFiles, version: str) -> None:
        self._library = catalog
        self._bodies = bodies
        self._files = files
        self._version = version
        self._marks: dict[Node, str] = {}
        self._branches: dict[Node, BranchReading] = {}
        self._margins: dict[VaultPath, tuple[int, int]] = {}
        self._feeds = FeedWriter(catalog, bodies)

    def add(self, node: Node, page: NotePage) -> None:
        """Write a page's preview and the page as Markdown, and remember it for the branches that it is in."""
        shown = preview(self._library, node)
        self._write(shown.save_as, fingerprint(shown), lambda: shown)
        mark = self._marks[node] = fingerprint(page)
        if page.branch is not None:
            self._branches[node] = page.branch
        head, tail = twin_head(page), twin_tail(page)
        if node.kind == "note":
            self._margins[VaultPath(node.key)] = _bytes(head), _bytes(tail)
        self._write(
            routes.beside(page.url, routes.MARKDOWN), mark, partial(self._twin, node, page.url, head, tail)
        )

    def take(self) -> Seen:
        """Hand over what `add` has remembered, for the process that writes the branches."""
        seen = self._marks, self._branches, self._margins
        self._marks, self._branches, self._margins = {}, {}, {}
        return seen

    def remember(self, seen: Seen) -> None:
        """Add what was remembered in another process."""
        marks, branches, margins = seen
        self._marks |= marks
        self._branches |= branches
        self._margins |= margins

    @property
    def branches(self) -> tuple[Node, ...]:
        """The pages below which a branch begins."""
        return tuple(self._branches)

    def write_branch(self, node: Node, render: Callable[[BranchPage], bytes]) -> None:
        """Write a branch as one page, as text and as a feed, when all pages have been added."""
        reading = self._branches[node]
        mark = branch_mark(self._library, node, self._marks)
        url = self._library.url(node)
        self._write(routes.beside(url, routes.BRANCH), mark, partial(self._page, node, render))
        self._write(routes.beside(url, routes.BRANCH_TEXT), mark, partial(self._text, node))
        if reading.feed:
            self._write(routes.beside(url, routes.BRANCH_FEED), mark, partial(self._feeds.branch, node))

    def _twin(self, node: Node, url: Url, head: str, tail: str) -> Artifact:
        is_note = node.kind == "note"
        text = note_text(self._library, self._bodies, VaultPath(node.key)) if is_note else ""
        return twin(url, head, text, tail)

    def _text_of(self, path: VaultPath) -> str:
        """Return a note's text as it stands in its Markdown."""
        content = self._files.read(routes.beside(self._library.url(Node("note", path)), routes.MARKDOWN))
        head, tail = self._margins[path]
        return content[head : len(content) - tail].decode("utf-8", "replace")

    def _page(self, node: Node, render: Callable[[BranchPage], bytes]) -> Artifact:
        page = branch_page(self._library, self._bodies, node)
        return Artifact(page.save_as, render(page))

    def _text(self, node: Node) -> Artifact:
        return branch_text(self._library, self._text_of, node)

    def _write(self, file: SaveAs, mark: str, make: Callable[[], Artifact]) -> None:
        mark = sha256(f"{self._version}{mark}".encode()).hexdigest()
        if not self._files.keeps(file, mark):
            self._files.write(file, make().content, mark)


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "replace"))
