"""The addresses and folders that every site has, no matter what its notes are called; each is named only here.

The registry of addresses keeps notes and attachments away from them, rendering and publishing write
to them, and templates get them as links. What belongs to a single page is beside it (`beside`).
"""

import re
from types import MappingProxyType
from typing import Final, NamedTuple

from garden.model.names import SaveAs, Url

HOME: Final = Url("")
NOT_FOUND: Final = Url("404.html")
ARCHIVE: Final = Url("archive/")
AUTHORS: Final = Url("authors/")
CATEGORIES: Final = Url("categories/")
GRAPH: Final = Url("graph/")
MAP: Final = Url("map/")
SEARCH: Final = Url("search/")
TAGS: Final = Url("tags/")

GRAPH_DATA: Final = Url("graph.json")
CONCEPTS: Final = Url("graph.jsonld")
"""The hierarchy as SKOS concepts in JSON-LD, for programs that read vocabularies."""

LLMS: Final = Url("llms.txt")
"""An overview of the site for language models, as llmstxt.org proposes it."""

REDIRECTS: Final = Url("_redirects")
"""What hosts such as Netlify and Cloudflare Pages read; an author may have a file of this name as well."""

HEADERS: Final = Url("_headers")
"""The HTTP headers that such hosts send with every file."""

NO_JEKYLL: Final = Url(".nojekyll")
"""An empty file by which GitHub Pages serves the output as it is, without leaving anything out."""

ROBOTS: Final = Url("robots.txt")
SITEMAP: Final = Url("sitemap.xml")

TAG_FOLDER: Final = "tags"
CATEGORY_FOLDER: Final = "category"
AUTHOR_FOLDER: Final = "author"
"""Folders of the pages of single tags, categories and authors; notes may be in them as well."""

FEED_FOLDER: Final = "feeds"
IMAGE_FOLDER: Final = "image-sizes"
SEARCH_FOLDER: Final = SEARCH.rstrip("/")
STATIC_FOLDER: Final = "theme"
"""Folder of the theme's files, Pelican's own."""


class FeedUrls(NamedTuple):
    """The addresses of one feed in its formats: Atom, RSS and JSON Feed."""

    atom: Url
    rss: Url
    json: Url


def feed_urls(start: str) -> FeedUrls:
    """Return the addresses of a feed that begin with `start`."""
    return FeedUrls(Url(f"{start}.atom.xml"), Url(f"{start}.rss.xml"), Url(f"{start}.json"))


FEEDS: Final = feed_urls(f"{FEED_FOLDER}/all")


def category_feed(category: Url) -> FeedUrls:
    """Return the addresses of the feed of a category, given the address of its page."""
    name = category.removeprefix(f"{CATEGORY_FOLDER}/").rstrip("/")
    urls = feed_urls(f"{FEED_FOLDER}/{name}")
    # A category called "all" must not take the addresses of the feed of the whole site.
    return feed_urls(f"{FEED_FOLDER}/{CATEGORY_FOLDER}/{name}") if urls == FEEDS else urls


MAP_DRAWING: Final = Url(f"{MAP}drawing.svg")
SEARCH_INDEX: Final = Url(f"{SEARCH_FOLDER}/index.json")
STYLESHEET: Final = Url(f"{STATIC_FOLDER}/css/main.css")
SCRIPT: Final = Url(f"{STATIC_FOLDER}/js/main.js")

AUTHORS_MAY_WRITE: Final = frozenset((HEADERS, ROBOTS))
"""Generated files in whose place an author's own of that name is published."""

FAVICONS: Final = ("favicon.svg", "favicon.png", "favicon.ico")
"""An author's own icon of the site, in the folder of notes; the first one counts."""

GENERATED: Final = MappingProxyType(
    {
        HOME: "the home page",
        NOT_FOUND: "the 404 page",
        ARCHIVE: "the archive",
        AUTHORS: "the list of authors",
        CATEGORIES: "the list of categories",
        GRAPH: "the graph",
        MAP: "the map",
        SEARCH: "the search page",
        TAGS: "the list of tags",
        **dict.fromkeys((GRAPH_DATA, CONCEPTS, HEADERS, LLMS, ROBOTS, SITEMAP), "a generated file"),
    }
)
"""Addresses that every site has, with what is there."""

GENERATED_FOLDERS: Final = MappingProxyType(
    {
        ARCHIVE.rstrip("/"): "the archive",
        FEED_FOLDER: "the feeds",
        IMAGE_FOLDER: "the smaller images",
        MAP.rstrip("/"): "the map",
        SEARCH_FOLDER: "the search",
        STATIC_FOLDER: "the theme's files",
    }
)
"""Top-level folders that only generated files may be in."""

RECORD: Final = ".garden-record"
"""The file in the output that says what builds have written. No page or attachment can have its name: those with
a leading dot are never published."""

PREVIEW: Final = "preview.html"
CARD: Final = "card.png"
MARKDOWN: Final = "index.md"
BRANCH: Final = "all/index.html"
BRANCH_TEXT: Final = "llms-full.txt"
BRANCH_BOOK: Final = "book.epub"
BRANCH_FEEDS: Final = feed_urls("feed")
BESIDE: Final = (PREVIEW, CARD, MARKDOWN, BRANCH, BRANCH_TEXT, BRANCH_BOOK, *BRANCH_FEEDS)
"""What may be made beside the page of a note or hub: its preview, its social card and its text as Markdown; and
a whole branch as one page, as plain text, as a book and as a feed in each of the formats."""

_PART_OF_SITEMAP: Final = re.compile(r"sitemap_\d+\.xml")


def beside(url: Url, name: str) -> SaveAs:
    """Return the output file called `name`, one of BESIDE, that belongs to the page at `url`."""
    # `about.html` is not a folder: its preview is `about.html.preview.html`.
    return SaveAs(f"{url}{name}" if url == "" or url.endswith("/") else f"{url}.{name}")


def sitemap_part(number: int) -> Url:
    """Return the address of a part of a sitemap that is too long for one file; `number` counts from 1."""
    return Url(f"sitemap_{number}.xml")


def is_sitemap_part(name: str) -> bool:
    """Say whether an address, given in lower case, is reserved for a part of the sitemap."""
    return _PART_OF_SITEMAP.fullmatch(name) is not None
