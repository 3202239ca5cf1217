"""Presents notes and hubs as Pelican's own contents, for other plugins and for foreign themes.

They are created only if there are such plugins or such a theme, because they cost time for every note. A note is an
`Article`, a hub a hidden `Page`, so that no list of articles and no menu shows it. Bodies are filled on demand.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from pelican import signals
from pelican.contents import Article, Content, Page
from pelican.generators import ArticlesGenerator
from pelican.urlwrappers import Author, Category, Tag, URLWrapper
from pelican.utils import SafeDatetime

from garden.hosts.pelican.note_block import NoteBlock
from garden.linking.addresses.address_pattern import pattern_slug
from garden.linking.relation import Node, NoteGroup
from garden.linking.snapshot import Snapshot
from garden.model.diagnostic import Diagnostic
from garden.model.names import Folded, Url, VaultPath, save_as
from garden.model.note import Date, Document, Status
from garden.model.pages.entries import Related
from garden.model.pages.page import NotePage
from garden.model.pages.panels import Backlinks, Relation, Trail
from garden.model.routes import BRANCH
from garden.publishing.pictures.images import ImageFiles
from garden.rendering.body.fill import fill
from garden.rendering.catalog import Catalog
from garden.rendering.pages.all import node_view
from garden.rendering.summaries import description
from garden.vault.site import Site

_NO_DATE = (1970, 1, 1)
"""The date of a note without one, because Pelican's templates sort and print dates unconditionally."""

_CODE = '<figure class="code"'
"""The beginning of a block of code in a body."""

_NOT_LISTED = re.compile(r'<meta [^>]*(?:"noindex|http-equiv="refresh")')
"""What a page has that search engines are not to list, or that redirects."""

_RESERVED = frozenset(
    (
        "settings",
        "translations",
        "metadata",
        "timezone",
        "date_format",
        "in_default_lang",
        "author",
        "authors",
    )
)
"""Attributes that Pelican gives a content itself: a property of a note must not replace them."""


@dataclass(slots=True)
class NoteViews:
    """Makes the page of each note and hub once, on demand, and collects the problems found in doing so."""

    site: Site
    make_catalog: Callable[[], Catalog]
    block: NoteBlock | None  # what is shown below a text; None where a theme does so itself
    images: ImageFiles
    own_theme: bool
    problems: set[Diagnostic] = field(default_factory=set)  # of the pages that have been made
    _catalog: Catalog | None = None
    _pages: dict[Node, NotePage] = field(default_factory=dict)

    @property
    def catalog(self) -> Catalog:
        """The catalog that pages are made from, created on demand."""
        if self._catalog is None:
            self._catalog = self.make_catalog()
        return self._catalog

    def renew(self) -> None:
        """Make all pages again on demand, since the addresses that they link to may have changed."""
        self._catalog = None
        self._pages.clear()
        self.problems.clear()

    def page(self, node: Node) -> NotePage:
        """Return the page of a published note or of a hub."""
        page = self._pages.get(node)
        if page is None:
            shown = node_view(self.catalog, self.site.body, node)
            self.problems.update(shown.problems)
            page = self._pages[node] = shown.page
        return page

    def body_for_feeds(self, node: Node, site_url: str) -> str:
        """Return the body of a note for feeds, with absolute addresses; it is empty for a hub."""
        if node.kind == "hub":
            return ""
        if not site_url:
            return self.for_theme(self.page(node).body_html)
        settings = replace(self.catalog.settings, base=site_url.rstrip("/"))
        filled = fill(self.catalog.snapshot, self.site.body, VaultPath(node.key), settings)
        return self.for_theme(filled.html)

    def for_theme(self, html: str) -> str:
        """Return a body with the class by which Pelican's themes recognise highlighted code."""
        return html if self.own_theme else html.replace(_CODE, f'{_CODE[:-1]} highlight"')


class GardenContent(Content):
    """The attributes of a note or hub in addition to those of Pelican's articles and pages."""

    def __init__(self, views: NoteViews, node: Node, metadata: dict[str, Any], **others: Any) -> None:
        self._views = views
        self._node = node
        self._body: str | None = None
        super().__init__(None, metadata=metadata, **others)

    @property
    def _content(self) -> str:
        """The body as HTML, which other plugins may replace; all its addresses are complete."""
        return self._views.for_theme(self.view.body_html) if self._body is None else self._body

    @_content.setter
    def _content(self, html: str | None) -> None:
        self._body = html

    @property
    def path(self) -> VaultPath:
        """The path of the note in the vault."""
        return VaultPath(self._node.key)

    @property
    def view(self) -> NotePage:
        """The page as our own theme gets it."""
        return self._views.page(self._node)

    @property
    def trails(self) -> tuple[Trail, ...]:
        """The paths from the roots down to the parents."""
        return self.view.trails

    @property
    def relations(self) -> tuple[Relation, ...]:
        """All relations, each with its entries."""
        return self.view.relations

    @property
    def children(self) -> tuple[Related, ...]:
        """The children of the note or hub, in display order."""
        below = (relation for relation in self.view.relations if relation.direction == "down")
        return tuple(entry for relation in below for entry in relation.entries)

    @property
    def backlinks(self) -> Backlinks:
        """The pages that link here."""
        return self.view.backlinks

    @property
    def content(self) -> str:
        """The content of a page: the body, followed by trail, relations and backlinks unless the theme shows those."""
        block = self._views.block
        return self._content + (str(block.html(self)) if block else "")

    def get_content(self, siteurl: str) -> str:
        """Return the body for a feed: with absolute addresses, and without the block below it."""
        if self._body is not None:
            return self._body  # another plugin has replaced it
        return self._views.body_for_feeds(self._node, siteurl)


class NoteArticle(GardenContent, Article):
    """A published or hidden note as an article."""


class HubPage(GardenContent, Page):
    """A hub, as a page that is in no menu."""


# Some plugins check the name of a content's class.
NoteArticle.__name__ = Article.__name__
HubPage.__name__ = Page.__name__


def linked_to_pelican(site: Site, settings: Mapping[str, Any], contents: Mapping[str, Any]) -> Snapshot:
    """Return a snapshot with Pelican's addresses of tags, categories and authors, and of its own articles and pages.

    `contents` are those that Pelican has read so far, by path.
    """
    snapshot = site.snapshot
    pelicans = {path: contents.get(path) for path in site.files.by_pelican if path in snapshot.files}

    def addresses(entries: Mapping[Folded, NoteGroup], kind: type[URLWrapper]) -> dict[Folded, Url]:
        return {key: Url(kind(entry.name, settings).url) for key, entry in entries.items()}

    return replace(
        snapshot,
        files={path: url for path, url in snapshot.files.items() if path not in pelicans}
        | {
            path: Url(content.url)
            for path, content in pelicans.items()
            if content is not None and content.status != Status.DRAFT.value
        },
        tag_addresses=addresses(snapshot.tags, Tag) if settings["TAG_SAVE_AS"] else {},
        category_addresses=addresses(snapshot.categories, Category),
        author_addresses=addresses(snapshot.authors, Author),
    )


def note_articles(views: NoteViews, generator: ArticlesGenerator) -> Iterator[NoteArticle]:
    """Yield an article for each note that has a page, in path order.

    For each one, other plugins get the same signal as for an article that Pelican has read.
    """
    for path, document in views.site.snapshot.documents.items():
        node = Node("note", path)
        if not document.published or node not in views.site.snapshot.addresses:
            continue
        metadata = _metadata(views, document, generator.settings)
        signals.article_generator_context.send(generator, metadata=metadata)
        yield NoteArticle(
            views,
            node,
            metadata,
            settings=generator.settings,
            source_path=str(views.site.files.root / path),
            context=generator.context,
        )


def join_translations(articles: Iterable[NoteArticle], site: Site) -> None:
    """Give each article its translations, as Pelican does for articles that it reads itself."""
    by_path = {article.path: article for article in articles}
    for path, article in by_path.items():
        others = site.snapshot.translations.get(path, ())
        article.translations = [by_path[other] for other in others if other != path and other in by_path]


def hub_pages(views: NoteViews, settings: Mapping[str, Any], context: dict[str, Any]) -> Iterator[HubPage]:
    """Yield a page for each hub, by key."""
    for key, hub in sorted(views.site.snapshot.hubs.items()):
        node = Node("hub", key)
        url = views.site.snapshot.addresses[node]
        metadata = {
            "title": hub.title,
            "slug": url.strip("/"),
            "url": url,
            "save_as": save_as(url),
            "status": Status.PUBLISHED.value,
            "category": Category(settings["DEFAULT_CATEGORY"], settings),
        }
        # There is no such file, but plugins look at the ending of its name.
        source_path = str(views.site.files.root / f"{hub.title}.md")
        yield HubPage(views, node, metadata, settings=settings, source_path=source_path, context=context)


def written_pages(
    views: NoteViews, files: Iterable[str], settings: Mapping[str, Any], context: dict[str, Any]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield each page among the written `files` with the values that Pelican would send for it: its article, page or name.

    Previews, whole branches, redirects and pages that search engines are not to list are left out.
    """
    articles = {article.save_as: article for article in (*context["articles"], *context["hidden_articles"])}
    hubs = {hub.save_as: hub for hub in hub_pages(views, settings, context)}
    for file in sorted(files):
        if file in articles:
            yield file, {"article": articles[file]}
        elif file in hubs:
            yield file, {"page": hubs[file]}
        elif file.endswith("index.html") and not file.endswith(f"/{BRANCH}"):
            text = (Path(settings["OUTPUT_PATH"]) / file).read_text(encoding="utf-8", errors="replace")
            if not _NOT_LISTED.search(text):
                yield file, {"page_name": file.removesuffix(".html")}


def _metadata(views: NoteViews, document: Document, settings: Mapping[str, Any]) -> dict[str, Any]:
    """Return the metadata that Pelican's reader would have found in the header and the text of a note."""
    meta = document.meta
    url = views.site.snapshot.addresses[Node("note", document.path)]
    own = views.site.settings
    found = _properties(views, document) | {
        "title": document.title,
        # Other plugins identify an article by it, for example in comments and lists.
        "slug": (pattern_slug(document, own) if own.note_url else "") or url.strip("/"),
        "url": url,
        "save_as": save_as(url),
        "status": meta.status.value,
        "date": _moment(meta.date, settings),
        "category": Category(meta.category or settings["DEFAULT_CATEGORY"], settings),
        "tags": [Tag(tag.name, settings) for tag in document.tags],
        "lang": meta.lang or settings["DEFAULT_LANG"],
        # In a paragraph, as Pelican writes it, since themes insert it unchanged.
        "summary": f"<p>{escape(description(document))}</p>",
    }
    if meta.modified:
        found["modified"] = _moment(meta.modified, settings)
    if meta.authors:
        found["authors"] = [Author(name, settings) for name in meta.authors]
        found["author"] = found["authors"][0]
    return found


def _properties(views: NoteViews, document: Document) -> dict[str, Any]:
    """Return the front matter under the names that templates use, without private properties."""
    private = {key.casefold() for key in views.site.settings.private_keys}
    return {
        key.lower(): value
        for key, value in document.meta.properties.items()
        if key.casefold() not in private and _may_be_attribute(key.lower(), value)
    }


def _may_be_attribute(name: str, value: object) -> bool:
    """Say whether a property may become an attribute of an article, as it does in Pelican."""
    if name == "template":
        return isinstance(value, str)
    return not (name in _RESERVED or name.startswith("_") or hasattr(NoteArticle, name))


def _moment(date: Date | None, settings: Mapping[str, Any]) -> SafeDatetime:
    """Return a date as Pelican has it, in the time zone of the site unless it names another."""
    zone = ZoneInfo(settings.get("TIMEZONE") or "UTC")
    if date is None:
        return SafeDatetime(*_NO_DATE, tzinfo=zone)
    read = datetime.fromisoformat(date.iso)
    if read.tzinfo is None:
        read = read.replace(tzinfo=zone)
    return SafeDatetime.fromtimestamp(read.timestamp(), tz=read.tzinfo)
