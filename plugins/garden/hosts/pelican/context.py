"""Notes as other Pelican plugins and themes expect them: light stand-ins for Pelican's articles.

They are made only when somebody else is there to see them (another plugin, a theme that is not
made for garden, template pages), because they cost time per note that a garden alone need not
spend. Tried with pelican-neighbors, pelican-sitemap and Pelican's own theme «simple».
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pelican.generators import ArticlesGenerator
from pelican.urlwrappers import Author, Category, Tag
from pelican.utils import SafeDatetime

from garden.linking.relation import Node
from garden.model.names import VaultPath, save_as
from garden.model.note import Date, Document
from garden.rendering.body.fill import fill
from garden.rendering.catalog import description
from garden.vault.site import Site


class ArticleEntry:
    """A published note with the attributes of Pelican's Article; plugins may add their own."""

    default_template = "article"
    template = "article"
    in_default_lang = True

    def __init__(self, site: Site, document: Document, settings: Mapping[str, Any]) -> None:
        """Describe one note; its body is filled when somebody wants it."""
        meta = document.meta
        self._site = site
        self.settings = settings
        self.title = document.title
        self.url = site.snapshot.addresses[Node("note", document.path)]
        self.save_as = save_as(self.url)
        self.slug = self.url.strip("/")
        self.status = meta.status.value
        self.lang = meta.lang or settings["DEFAULT_LANG"]
        self.summary = description(document)
        self.source_path = str(site.files.root / document.path)
        self.relative_source_path = document.path
        self.translations: list[ArticleEntry] = []
        self.category = Category(meta.category or settings["DEFAULT_CATEGORY"], settings)
        self.tags = [Tag(tag.name, settings) for tag in document.tags]
        names = meta.authors or ((settings["AUTHOR"],) if settings.get("AUTHOR") else ())
        self.authors = [Author(name, settings) for name in names]
        if self.authors:
            self.author = self.authors[0]
        self.timezone = ZoneInfo(settings["TIMEZONE"])
        # Pelican's templates sort and print dates without asking whether there is one.
        self.date = self._moment(meta.date) if meta.date else SafeDatetime(1970, 1, 1, tzinfo=self.timezone)
        self.locale_date = self.date.strftime(settings["DEFAULT_DATE_FORMAT"])
        if meta.modified:
            self.modified = self._moment(meta.modified)
            self.locale_modified = self.modified.strftime(settings["DEFAULT_DATE_FORMAT"])
        self.metadata = {key.lower(): value for key, value in meta.properties.items()} | {
            "title": self.title,
            "date": self.date,
            "category": self.category,
            "tags": self.tags,
        }

    @property
    def content(self) -> str:
        """The body as HTML."""
        filled = fill(
            self._site.snapshot, self._site.body, VaultPath(self.relative_source_path), self._site.settings
        )
        return filled.html

    def get_content(self, siteurl: str) -> str:
        """Return the body as HTML; its addresses are complete for any `siteurl`."""
        del siteurl
        return self.content

    def _moment(self, date: Date) -> SafeDatetime:
        read = datetime.fromisoformat(date.iso)
        if read.tzinfo is None:
            read = read.replace(tzinfo=self.timezone)
        return SafeDatetime.fromtimestamp(read.timestamp(), tz=read.tzinfo)


def entries(site: Site, settings: Mapping[str, Any]) -> tuple[list[ArticleEntry], list[ArticleEntry]]:
    """Return the published notes, newest first, and the hidden ones; drafts have none."""
    made = [
        ArticleEntry(site, document, settings)
        for document in site.snapshot.documents.values()
        if document.published
    ]
    made.sort(key=lambda entry: (entry.date, entry.title), reverse=True)
    return (
        [entry for entry in made if entry.status == "published"],
        [entry for entry in made if entry.status == "hidden"],
    )


def fill_context(
    context: dict[str, Any],
    generator: ArticlesGenerator,
    found: list[ArticleEntry],
    hidden: list[ArticleEntry],
) -> None:
    """Give `generator`, and the context that all templates share, the notes under Pelican's names."""
    tags: dict[Tag, list[ArticleEntry]] = {}
    categories: dict[Category, list[ArticleEntry]] = {}
    authors: dict[Author, list[ArticleEntry]] = {}
    for entry in found:
        for tag in entry.tags:
            tags.setdefault(tag, []).append(entry)
        categories.setdefault(entry.category, []).append(entry)
        for author in entry.authors:
            authors.setdefault(author, []).append(entry)
    generator.articles = found
    generator.hidden_articles = hidden
    generator.dates = sorted(found, key=lambda entry: entry.date)
    generator.tags = tags
    generator.categories = sorted(categories.items())
    generator.authors = sorted(authors.items())
    for name in ("articles", "hidden_articles", "dates", "categories", "authors"):
        context[name] = getattr(generator, name)
    context["tags"] = list(tags.items())
