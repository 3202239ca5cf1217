"""The plugin for Pelican: the signals that it handles, and a generator of its own for the notes.

Pelican's article generator would be too slow for large vaults. With a reader that returns an empty text and a
template of one line, so with nothing to convert or render, it takes 1.0 s for 1,000 notes and 6.1 to 7.8 s for
10,000, on every build, for Content objects, URL wrappers, signals and the writer (Pelican 4.12, Python 3.11, two
cores, notes of 660 words). With our generator, offered through `get_generators`, an unchanged vault costs one hash
per file (0.34 s for 1,000 notes, 0.74 s for 10,000). Other plugins and foreign themes still get the notes as
articles: see `contents`.

The state of a run is in one `PelicanBuild`, created when Pelican asks for generators, which happens in every run,
unlike `initialized`, and finished when it signals its end.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pickle import PicklingError
from typing import Any
from weakref import WeakKeyDictionary

from pelican import Pelican, console, signals
from pelican.generators import ArticlesGenerator, Generator, PagesGenerator, StaticGenerator
from pelican.settings import DEFAULT_CONFIG

from garden.hosts.pelican.build import PelicanBuild
from garden.hosts.pelican.shipped_settings import supply_settings
from garden.hosts.pelican.templates.theme import Theme
from garden.hosts.pelican.terminal import print_lines
from garden.hosts.settings.completion import PLUGIN_NAMES
from garden.model.errors import AuthorError
from garden.model.names import NOTE_EXTENSIONS
from garden.publishing.build_report import ReportLine


class GardenGenerator(Generator):
    """Reads and writes all notes. Each run has a subclass with its PelicanBuild."""

    build: PelicanBuild

    def generate_context(self) -> None:
        """Read and link the notes, and register their files as sources, which Pelican does not copy to the output."""
        if not self.build.unchanged:
            self.build.read()
        for path in (*self.build.files.notes, *self.build.files.ignored):
            self.context["generated_content"].setdefault(path, None)

    def generate_output(self, writer: object) -> None:
        """Write all pages and files that are new or changed."""
        del writer
        if self.build.unchanged:
            if self.build.resident:
                self.build.resident.theme = self._theme()
            return
        copied = [static.save_as for static in self.context["staticfiles"]]
        with _exiting_after_mistakes():
            if self.build.resident:
                self.build.resident.write(self._theme())
            elif self.build.own_theme:
                by_others = [*copied, *_files_of_plugins(self.settings)]
                self.build.write(self._theme(), self._announce, by_others)
            else:
                self.build.write_files(copied)

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how to create a generator with the same templates in another process, when this one is pickled."""
        if not PLUGIN_NAMES.issuperset(self.settings["PLUGINS"]):
            raise PicklingError("another plugin may have changed the templates' environment")
        return Generator, (self.context, self.settings, self.path, self.theme, self.output_path)

    def _theme(self) -> Theme:
        return Theme(self.build.theme, self, self.build.theme_version)

    def _announce(self) -> None:
        """Send other plugins a signal for each page that has been written, as Pelican does; they may change its file."""
        if self.build.is_ours_alone:
            return
        from garden.hosts.pelican.contents import written_pages

        for file, shown in written_pages(
            self.build.views, self.build.output.files, self.settings, self.context
        ):
            path = os.path.join(self.output_path, file)  # noqa: PTH118 (as Pelican's writer names it)
            signals.content_written.send(path, context={**self.context, **shown})


_builds: "WeakKeyDictionary[Pelican, PelicanBuild]" = WeakKeyDictionary()


def connect_signals() -> None:
    """Connect our functions to Pelican's signals."""
    signals.initialized.connect(supply_settings)
    signals.get_generators.connect(offer_generator)
    signals.article_generator_init.connect(leave_notes)
    signals.article_generator_pretaxonomy.connect(add_notes)
    signals.page_generator_finalized.connect(add_hubs)
    signals.all_generators_finalized.connect(keep_sources_private)
    signals.finalized.connect(finish_build)


def offer_generator(pelican: Pelican) -> type[Generator]:
    """Begin a run and return its generator."""
    with _exiting_after_mistakes():
        build = PelicanBuild(pelican.settings, DEFAULT_CONFIG)
    _builds[pelican] = build
    return type("GardenGenerator", (GardenGenerator,), {"build": build})


def leave_notes(generator: ArticlesGenerator) -> None:
    """Keep Pelican's article generator from reading notes, since our generator reads them."""
    for ending in NOTE_EXTENSIONS:
        generator.readers.readers.pop(ending, None)


def add_notes(generator: ArticlesGenerator) -> None:
    """Add the notes to what Pelican has read, before it sorts and groups all articles."""
    build = _build_of(generator)
    if build is not None and build.own_theme:
        # Other plugins see the notes, but our generator writes all pages, lists and feeds.
        generator.generate_output = _write_nothing
    if build is None or build.is_ours_alone:
        return
    if not build.own_theme:
        build.contents = generator.context["generated_content"]
        build.reserve(article.save_as for article in (*generator.articles, *generator.hidden_articles))
    with _exiting_after_mistakes():
        views = build.views
    from pelican.utils import order_content

    from garden.hosts.pelican.contents import join_translations, note_articles

    if not build.own_theme:
        generator.settings["JINJA_GLOBALS"] = {
            **generator.settings["JINJA_GLOBALS"],
            "garden": build.block.html,
        }
        generator.env.globals["garden"] = build.block.html
    found = list(note_articles(views, generator))
    join_translations(found, views.site)
    for article in found:
        generator.context["generated_content"][article.get_relative_source_path()] = article
    for name, status in (("articles", "published"), ("hidden_articles", "hidden")):
        both = [*getattr(generator, name), *(article for article in found if article.status == status)]
        setattr(generator, name, order_content(both, generator.settings["ARTICLE_ORDER_BY"]))


def add_hubs(generator: PagesGenerator) -> None:
    """Add a page for each hub if a foreign theme renders the site."""
    build = _build_of(generator)
    if build is None or build.own_theme:
        return
    from garden.hosts.pelican.contents import hub_pages

    build.views.renew()
    generator.env.globals["garden"] = build.block.html
    generator.hidden_pages.extend(hub_pages(build.views, generator.settings, generator.context))


def keep_sources_private(generators: list[Generator]) -> None:
    """Remove notes that are held back from the files that Pelican copies.

    Pelican leaves out its sources, unless `STATIC_EXCLUDE_SOURCES` is False: then it would publish drafts.
    """
    build = next(generator.build for generator in generators if isinstance(generator, GardenGenerator))
    build.articles = next(generator for generator in generators if isinstance(generator, ArticlesGenerator))
    if build.is_ours_alone:
        return
    documents = build.read().snapshot.documents
    private = {path for path, document in documents.items() if not document.published}
    private.update(build.files.ignored)
    for generator in generators:
        if isinstance(generator, StaticGenerator):
            kept = [file for file in generator.staticfiles if file.get_relative_source_path() not in private]
            generator.staticfiles[:] = kept


def finish_build(pelican: Pelican) -> None:
    """End a run: print the report, and exit if there are errors."""
    build = _builds.pop(pelican)
    if build.own_theme:
        # Pelican's last line counts the articles of its own generator.
        build.articles.articles = [None] * build.report.counts.notes
        build.articles.drafts = [None] * build.report.counts.drafts
        build.articles.hidden_articles = [None] * build.report.counts.hidden
    if build.closes_itself:
        console.quiet = True  # Pelican prints only that line after this
    build.finish()


def _build_of(generator: Generator) -> PelicanBuild | None:
    """Return the run that one of Pelican's generators is part of, None if our plugin is not in that run."""
    return next((build for build in _builds.values() if build.pelican is generator.settings), None)


def _files_of_plugins(pelican: Mapping[str, Any]) -> list[str]:
    """Return the files of the output that well-known plugins write instead of us."""
    plugins = {name.rpartition(".")[2] for name in pelican["PLUGINS"]}
    found = ["sitemap.xml"] if any("sitemap" in name for name in plugins) else []
    return [*found, "robots.txt"] if "seo" in plugins and pelican.get("SEO_ENHANCER") else found


def _write_nothing(writer: object) -> None:
    """Take the place of the method with which Pelican's generator would write articles."""
    del writer


@contextmanager
def _exiting_after_mistakes() -> Iterator[None]:
    """Print an error that the author has to correct and exit with 1; Pelican would print a traceback."""
    try:
        yield
    except AuthorError as error:
        print_lines([ReportLine(f"garden: {error}")])
        raise SystemExit(1) from error
