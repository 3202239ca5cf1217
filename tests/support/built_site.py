"""A built site, read back from its output folder: files, pages, links, diagnostics."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from html import unescape
from pathlib import Path
from typing import NamedTuple
from urllib.parse import unquote, urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from garden.model.routes import RECORD
from tests.support.markup import ancestors, attribute, parse, select, visible_text

LINE = re.compile(
    r"(?P<path>\S[^\n]*?):(?P<line>\d+):(?P<column>\d+)\b[^\n]*?"
    r"\b(?P<severity>error|warning|info)\b[^\n]*?\[(?P<code>[a-z]+(?:-[a-z]+)+)\](?P<message>[^\n]*)",
    re.IGNORECASE,
)


class Problem(NamedTuple):
    """One diagnostic line of the build log (DG-2)."""

    path: str
    line: int
    column: int
    severity: str
    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.code}"


@dataclass(frozen=True)
class Target:
    """Where a link leads: a file of the output (`url` names it) and a fragment."""

    url: str
    fragment: str


class BuiltPage:
    """An HTML file of the output."""

    def __init__(self, file: str, html: str) -> None:
        self.file = file
        self.html = html
        self.url = "/" + file.removesuffix("index.html")

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The parsed page."""
        return parse(self.html)

    @cached_property
    def root(self) -> LexborNode:
        """The `<html>` element."""
        root = self.tree.root
        assert root is not None, f"{self.file} is empty"
        return root

    @cached_property
    def body(self) -> LexborNode | None:
        """The element that holds a note's rendered body (HC-3), None on other pages."""
        return self.tree.css_first("[data-note-body]")

    @cached_property
    def ids(self) -> frozenset[str]:
        """The ids of the page's elements."""
        return frozenset(attribute(node, "id") or "" for node in select(self.root, "[id]"))

    @cached_property
    def title(self) -> str:
        """The text of the page's `<h1>`."""
        heading = self.tree.css_first("main h1")
        return visible_text(heading) if heading is not None else ""


class BuiltSite:
    """The output folder and the log of one build."""

    def __init__(self, out: Path, exit_code: int, log: str) -> None:
        self.out = out
        self.exit_code = exit_code
        self.log = log
        self._targets: dict[str, Target] = {}

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every file of the output, `/`-separated, sorted."""
        return tuple(
            sorted(path.relative_to(self.out).as_posix() for path in self.out.rglob("*") if path.is_file())
        )

    @cached_property
    def _known(self) -> frozenset[str]:
        return frozenset(self.files)

    @cached_property
    def pages(self) -> dict[str, BuiltPage]:
        """Every HTML page by its URL."""
        found = (
            BuiltPage(file, self.bytes_of(file).decode("utf-8"))
            for file in self.files
            if file.endswith(".html")
        )
        return {page.url: page for page in found}

    @property
    def own_pages(self) -> Iterable[BuiltPage]:
        """The pages that a test of this site is about: all of them."""
        return self.pages.values()

    @cached_property
    def haystacks(self) -> tuple[tuple[str, str], ...]:
        """Every file with all the ways its name and content can be read, case-folded, for leak tests."""
        found = []
        for file in self.files:
            if file == RECORD:
                continue  # hashes, in which any number may stand
            found.append((file, _readings(file, self.bytes_of(file))))
        return tuple(found)

    def text_of(self, file: str) -> str:
        """The content of a file of the output; bytes that are not text become replacement characters."""
        assert file in self._known, f"no file {file}"
        return self.bytes_of(file).decode("utf-8", "replace")

    def bytes_of(self, file: str) -> bytes:
        """The bytes of a file of the output."""
        return (self.out / file).read_bytes()

    def files_with(self, text: str) -> list[str]:
        """The files that have `text` in their name or content, in any case and however it is escaped."""
        wanted = str(text).casefold()
        return [file for file, haystack in self.haystacks if wanted in haystack]

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """The diagnostics that the build printed, in the order of the log."""
        return tuple(
            Problem(
                match["path"].strip(),
                int(match["line"]),
                int(match["column"]),
                match["severity"].lower(),
                match["code"],
                match[0],
            )
            for match in map(LINE.search, self.log.splitlines())
            if match
        )

    def page(self, key: str) -> BuiltPage:
        """The page that a key names: `/url/`, `= Title`, or a note's path, which stands for its slug.

        Raises AssertionError when the output has no such page.
        """
        if key.startswith("/"):
            assert key in self.pages, f"no page {key}; there are {sorted(self.pages)}"
            return self.pages[key]
        if key.startswith("= "):
            wanted = key[2:]
            found = [page for page in self.own_pages if page.body is not None and page.title == wanted]
        else:
            wanted = _slug(Path(key).name)
            found = [
                page
                for page in self.pages.values()
                if _slug(page.url.rstrip("/").rpartition("/")[2]) == wanted
            ]
            found = [page for page in found if page.body is not None] or found
        assert len(found) == 1, f"{len(found)} pages for {key!r}; there are {sorted(self.pages)}"
        return found[0]

    def target(self, page: BuiltPage, href: str) -> Target:
        """Where `href` on `page` leads. Raises AssertionError when it is not a file of the output."""
        whole = href.startswith("/") and "/." not in href
        if whole and href in self._targets:
            return self._targets[href]  # every page has the navigation
        parts = urlsplit(href if whole else urljoin("http://site" + page.url, href))
        path = unquote(parts.path)
        file = path.lstrip("/") + ("index.html" if path.endswith("/") else "")
        assert file in self._known, f"{page.file}: {href!r} leads to no file"
        target = Target(path, unquote(parts.fragment))
        if whole:
            self._targets[href] = target
        return target

    def anchor(self, target: Target) -> LexborNode:
        """The element that a fragment leads to; for an empty mark, the element that holds it.

        Raises AssertionError when the page has no such id.
        """
        page = self.pages[target.url]
        for node in select(page.root, "[id]"):
            if attribute(node, "id") == target.fragment:
                return node if visible_text(node) or node.parent is None else node.parent
        raise AssertionError(f"{page.file} has no id {target.fragment!r}")


@lru_cache(maxsize=256)
def _readings(file: str, content: bytes) -> str:
    """All the ways in which a name and a content can be read; much of a site, such as the theme, is the same in many sites."""
    text = f"{file}\n{content.decode('utf-8', 'replace')}"
    return "\n".join((text, unquote(unescape(text)))).casefold()


def relation_items(element: LexborNode) -> list[LexborNode]:
    """The entries of a `data-rel` element (HI-12): its outermost `<li>`, or its links when it has none."""
    items = select(element, "li")
    if not items:
        return select(element, "a[href], .unresolved")
    return [item for item in items if not any(parent in items for parent in ancestors(item))]


def _slug(name: str) -> str:
    stem = re.sub(r"(?i)\.(?:md|markdown|mdown|mkd)$", "", unicodedata.normalize("NFC", name))
    return re.sub(r"[^\w.]+", "-", stem).strip("-").casefold()
