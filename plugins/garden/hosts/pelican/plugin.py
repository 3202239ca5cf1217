"""The plugin as Pelican sees it. With the two `hosts/pelican_*.py` the only place that imports Pelican.

Who owns the notes was measured first (Pelican 4.12, Python 3.11, two cores, generated notes of 660
words). Pelican's own article generator, given a reader that returns an empty text and a template of
one line, so with nothing to convert or render, takes 1.0 s for 1,000 notes and 6.1 to 7.8 s for
10,000 (4.0 to 4.5 s of CPU time): Content objects, URL wrappers, signals and the writer, on every
build. Therefore the notes belong to a generator of our own, offered through `get_generators`;
Pelican's article and page generators see an empty folder. An unchanged vault costs one hash per
file (a whole build: 0.34 s for 1,000 notes, 0.74 s for 10,000), an unchanged page one fingerprint.
Other plugins and themes still find the notes: see `pelican_context`.

Everything of a run lives in one `PelicanBuild`, made when Pelican asks for generators (this happens on
every run, `initialized` does not) and finished when it says that it is done. Nothing is caught
here: Pelican turns an exception into a non-zero exit code, a swallowed one would lose pages.
"""

import gc
import logging
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any
from weakref import WeakKeyDictionary

from pelican import Pelican, signals
from pelican.generators import ArticlesGenerator, Generator

from garden.hosts.pelican.process import ERRORS_EXIT_CODE
from garden.hosts.pelican.shipped_settings import supply_settings
from garden.hosts.pelican.theme import Theme, theme_version
from garden.hosts.settings.configuration import THEME_OVERRIDES, is_preview, settings_from
from garden.model.diagnostic import Diagnostic, Severity
from garden.model.errors import AuthorError
from garden.model.note import Status
from garden.publishing.build_report import ReportLine, printed, report_lines
from garden.publishing.folder.output import Output
from garden.vault.cache import Cache
from garden.vault.cache_folder import cache_folder
from garden.vault.scan import scan
from garden.vault.site import code_version, read_site


class PelicanBuild:
    """One run over one vault."""

    def __init__(self, pelican: Mapping[str, Any]) -> None:
        """Read the settings; raises SettingsError for one that is wrong."""
        self.pelican = pelican
        self.settings = replace(settings_from(pelican), preview=is_preview(pelican))
        self.vault = Path(pelican["PATH"])
        self.theme = Path(pelican["THEME"])
        self.cache, self.storage_problems = cache_folder(Path(pelican["CACHE_PATH"]).resolve())
        self.output = Output(Path(pelican["OUTPUT_PATH"]), self.cache, _tell_wait)
        self.files = scan(self.vault, self.settings, self.output.root)
        self.inputs = self._hash_of_inputs()
        self.lines = list(self.output.before.report)
        self.errors = self.output.before.errors
        self.counts = self.output.before.counts
        self.articles: Any = None
        # Other plugins want to see the notes in every run; a theme of another kind renders them itself.
        self.own_theme = (self.theme / "templates" / "note.html").is_file()
        self.alone = (
            self.own_theme and not pelican["TEMPLATE_PAGES"] and _NAMES.issuperset(pelican["PLUGINS"])
        )
        self.unchanged = (
            self.alone and self.output.before.inputs == self.inputs and self.output.is_untouched()
        )

    def read(self) -> None:
        """Read and link the notes."""
        # Nearly everything made here lives until the end: looking for garbage is half the time of linking.
        gc.disable()
        self.store = Cache(self.cache / "documents.sqlite")
        self.site = read_site(self.files, self.settings, self.store)
        if self.site.files != self.files:
            # Notes have been saved meanwhile: what is built is not what was scanned.
            self.files = self.site.files
            self.inputs = self._hash_of_inputs()

    def write(self, theme: Theme | None) -> None:
        """Render and write everything that is new; without a theme, only files that are not pages."""
        # Imported only now: an unchanged vault needs none of it.
        from garden.publishing.held_back import held_back_summary
        from garden.publishing.publish import publish_files, write_site

        # What has been read stays; what rendering leaves behind would fill the memory.
        gc.freeze()
        gc.enable()
        with self.output:
            if theme:
                problems = write_site(self.site, theme, self.output, self.cache)
            else:
                problems = publish_files(self.site, self.output)
            self.store.close()
            gc.unfreeze()
            passing = [problem for problem in problems if problem.code in _PASSING]
            problems = [problem for problem in problems if problem.code not in _PASSING]
            self.lines = report_lines(problems)
            self.lines += [
                ReportLine(line) for line in held_back_summary(self.site.snapshot.documents, self.site.files)
            ]
            self.errors = _errors(problems)
            statuses = Counter(document.meta.status for document in self.site.snapshot.documents.values())
            self.counts = (statuses[Status.PUBLISHED], statuses[Status.DRAFT], statuses[Status.HIDDEN])
            found = self.output.replace()
            # What was in the way is looked at again by the next build, even if no note has changed.
            inputs = "" if _errors(found) else self.inputs
            found += self.output.remember(inputs, self.lines, self.errors, self.counts)
        self.lines += report_lines([*passing, *self.store.problems, *found])
        self.errors += _errors(found)

    def finish(self) -> None:
        """Print the report; exits with 1 (or ERRORS_EXIT_CODE) when there are errors (HC-9), the output being complete.

        `SystemExit`, because Pelican prints a traceback for every other exception, and a mistake in
        a note is not a fault of the program.
        """
        _print([*report_lines(self.storage_problems), *self.lines])
        if self.errors:
            raise SystemExit(self.pelican.get(ERRORS_EXIT_CODE, 1))

    def _hash_of_inputs(self) -> str:
        digest = sha256(f"{code_version()}\0{self.settings!r}\0{self.vault}\0{self.output.root}".encode())
        digest.update(repr([(name, repr(self.pelican.get(name))) for name in _TEMPLATE_SETTINGS]).encode())
        digest.update(f"{self.files.breadcrumbs}\0{self.files.math_preamble}".encode())
        digest.update(self.files.ledger.encode("utf-8", "surrogateescape"))
        for path, sha in self.files.notes.items():
            digest.update(f"{path}\0{sha}\n".encode("utf-8", "surrogateescape"))
        digest.update(repr((self.files.obsidian, self.files.problems)).encode("utf-8", "surrogateescape"))
        for path in self.files.attachments:
            digest.update(f"{path}\0{_state(self.vault / path)}\n".encode("utf-8", "surrogateescape"))
        digest.update(theme_version(self.theme, self.pelican).encode())
        return digest.hexdigest()


def _state(file: Path) -> str:
    """Return what says that a file has changed; a file may vanish while it is looked at."""
    try:
        stat = file.stat()
    except OSError:
        return "gone"
    return f"{stat.st_size}\0{stat.st_mtime_ns}"


class GardenGenerator(Generator):
    """Owns all notes. A subclass per run carries the Build."""

    build: PelicanBuild

    def generate_context(self) -> None:
        """Read and link the notes."""
        if not self.build.unchanged:
            self.build.read()

    def generate_output(self, writer: object) -> None:
        """Write all pages and files that are new or changed."""
        del writer
        if not self.build.unchanged:
            with _told():
                self.build.write(Theme(self.build.theme, self) if self.build.own_theme else None)


# The plugin in the repository, and the same as Pelican finds it when it is installed.
_NAMES = frozenset(("garden", "pelican.plugins.garden"))
_builds: "WeakKeyDictionary[Pelican, PelicanBuild]" = WeakKeyDictionary()
# Problems that a build has ended: the next one must not repeat them.
_PASSING = frozenset(("cache-damaged",))
# Settings of Pelican that templates show.
_TEMPLATE_SETTINGS = (
    "SITENAME",
    "SITEURL",
    *THEME_OVERRIDES,
    "JINJA_GLOBALS",
    "DEFAULT_LANG",
)


def connect_signals() -> None:
    """Connect the seams."""
    signals.initialized.connect(supply_settings)
    signals.get_generators.connect(offer_generator)
    signals.all_generators_finalized.connect(share_notes)
    signals.finalized.connect(finish_build)


def offer_generator(pelican: Pelican) -> type[Generator]:
    """Begin a run and return the generator for it."""
    with _told():
        build = PelicanBuild(pelican.settings)
    _builds[pelican] = build
    return type("GardenGenerator", (GardenGenerator,), {"build": build})


def share_notes(generators: list[Generator]) -> None:
    """Show the notes to other plugins and themes, under the names that Pelican gives them."""
    build = next(generator.build for generator in generators if isinstance(generator, GardenGenerator))
    articles = next(generator for generator in generators if isinstance(generator, ArticlesGenerator))
    build.articles = articles
    if build.alone:
        return
    from garden.hosts.pelican.context import entries, fill_context

    found, hidden = entries(build.site, build.pelican)
    fill_context(articles.context, articles, found, hidden)
    # It was sent before, when Pelican's generator had seen no notes.
    signals.article_generator_finalized.send(articles)
    if build.own_theme:
        # The notes are shown, but their pages are ours to write.
        build.articles = articles
        articles.generate_output = _write_nothing


def finish_build(pelican: Pelican) -> None:
    """End a run: report, and fail if there are errors."""
    build = _builds.pop(pelican)
    if build.own_theme:
        # Pelican's last line counts what its own generator has.
        published, drafts, hidden = build.counts
        build.articles.articles = [None] * published
        build.articles.drafts = [None] * drafts
        build.articles.hidden_articles = [None] * hidden
    build.finish()


def _errors(problems: Iterable[Diagnostic]) -> int:
    return sum(problem.severity is Severity.ERROR for problem in problems)


def _tell_wait() -> None:
    _print([ReportLine("Another build is writing this output; waiting until it has ended …")])


def _write_nothing(writer: object) -> None:
    del writer


@contextmanager
def _told() -> Iterator[None]:
    """Print what the author must mend and end with 1: Pelican would print a traceback."""
    try:
        yield
    except AuthorError as error:
        _print([ReportLine(str(error))])
        raise SystemExit(1) from error


def _print(lines: Iterable[ReportLine]) -> None:
    """Print the lines that are for this kind of build, unfolded."""
    # `--verbose` sets the level of Pelican's own logger.
    shown = printed(lines, verbose=logging.getLogger("pelican").isEnabledFor(logging.INFO))
    if shown:
        # Pelican's progress display replaces stderr by one that folds lines.
        stream = getattr(sys.stderr, "rich_proxied_file", sys.stderr)
        stream.write("\n".join(shown) + "\n")
        stream.flush()
