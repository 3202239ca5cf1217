"""One run of Pelican over one vault: it reads the notes, writes the site and reports problems, whichever theme renders the pages.

The state of a run is in one `PelicanBuild`, created when Pelican asks for generators and finished when it signals its
end. No exception is caught here: Pelican turns it into a non-zero exit code, while without it pages would be missing
unnoticed.
"""

import atexit
import gc
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec.structs import replace

from garden import defaults
from garden.hosts.pelican.build_inputs import hash_besides_files, hash_besides_notes, hash_of_inputs
from garden.hosts.pelican.build_requests import ERRORS_EXIT_CODE, OWN_CLOSE, RESIDENT
from garden.hosts.pelican.templates.theme_version import theme_version
from garden.hosts.pelican.terminal import print_lines, tell_wait
from garden.hosts.settings.completion import PLUGIN_NAMES
from garden.hosts.settings.configuration import is_preview, settings_from
from garden.hosts.settings.doubtful_settings import settings_problems
from garden.hosts.settings.note_scope import is_own_theme
from garden.model.diagnostic import Diagnostic, Place, Severity
from garden.model.pages.page import Artifact
from garden.publishing.build_report import ReportLine, report_lines
from garden.publishing.folder.memory import Memory
from garden.publishing.folder.output import Output
from garden.publishing.page_counts import PageCounts, page_counts
from garden.vault.scan import VaultFiles, scan
from garden.vault.stored.cache_folder import cache_folder

if TYPE_CHECKING:
    # A build that has nothing to write must start quickly, and needs none of them.
    from garden.hosts.pelican.contents import NoteViews
    from garden.hosts.pelican.note_block import NoteBlock
    from garden.hosts.pelican.resident import ResidentBuild
    from garden.hosts.pelican.templates.message_catalogs import MessageCatalogs
    from garden.hosts.pelican.templates.theme import Theme
    from garden.publishing.kept.kept_site import KeptSite, WholeSite
    from garden.vault.site import Site

# Problems that a build has solved, so that the next one must not repeat them.
_PASSING: Final = frozenset(("cache-damaged",))

_DAMAGED: Final = "what was stored of the last build was damaged, and has been made again"


class PelicanBuild:
    """One run of Pelican over one vault."""

    def __init__(self, pelican: Mapping[str, Any], standard: Mapping[str, Any] | None = None) -> None:
        """Read the settings; `standard` are Pelican's own defaults. Raises SettingsError for a wrong setting."""
        # When the process ends, Python would collect garbage among all objects, which is not worth its time.
        atexit.register(gc.freeze)
        self.pelican = pelican
        self.settings = replace(settings_from(pelican), preview=is_preview(pelican))
        self.vault = Path(pelican["PATH"])
        self.theme = Path(pelican["THEME"])
        self.cache, self.storage_problems = cache_folder(Path(pelican["CACHE_PATH"]).resolve())
        self.output = Output(Path(pelican["OUTPUT_PATH"]), self.cache, tell_wait)
        self.theme_version = theme_version(self.theme, pelican)
        self.settings_problems = (
            settings_problems(pelican, self.settings, vars(defaults), standard or {})
            if is_own_theme(self.theme)
            else []
        )
        self.use_files(scan(self.vault, self.settings, self.output.root))
        self.lines = list(self.output.before.report)
        self.errors = self.output.before.errors
        self.counts = PageCounts(*self.output.before.counts)
        self._site: Site | None = None
        self._kept: KeptSite | None = None
        self._passing: list[Diagnostic] = []  # problems of this build only
        self.articles: Any = None
        self.contents: Mapping[str, Any] = {}  # what Pelican has read, by path
        # Without other plugins, which need the notes in every run, and without a foreign theme, which renders them itself.
        self.own_theme = is_own_theme(self.theme)
        self.alone = (
            self.own_theme
            and not (
                pelican["TEMPLATE_PAGES"] or pelican["STATIC_PATHS"] or pelican["DELETE_OUTPUT_DIRECTORY"]
            )
            and PLUGIN_NAMES.issuperset(pelican["PLUGINS"])
        )
        # In `garden serve` this process stays, with all that it knows, and waits for changes.
        self.resident = self._resident() if self.alone and pelican.get(RESIDENT) else None
        self.unchanged = (
            self.alone and self.output.before.inputs == self.inputs and self.output.is_untouched()
        )

    def _resident(self) -> "ResidentBuild":
        from garden.hosts.pelican.resident import ResidentBuild

        return ResidentBuild(self)

    def use_files(self, files: VaultFiles) -> None:
        """Build from these files of the vault."""
        self.files = files
        state = self.settings, self.vault, self.output.root, self.theme_version
        self._besides_files = hash_besides_files(files, self.pelican, state)
        self._besides = hash_besides_notes(files, self._besides_files)
        self.inputs = hash_of_inputs(files, self._besides)

    def reserve(self, names: Iterable[str]) -> None:
        """Reserve these files, which Pelican writes: no note that is linked from now on gets the address of one."""
        reserved = (*self.settings.reserved_addresses, *names)
        self.settings = replace(self.settings, reserved_addresses=reserved)

    def read(self) -> "Site":
        """Return the site; the first call reads and links the notes."""
        if self._site is None:
            from garden.vault.stored.cache import Cache

            # Nearly all objects live until the end, and collecting garbage among them takes half the time of linking.
            gc.disable()
            self.store = Cache(self.cache / "documents.sqlite")
            with self._unless_lost():
                self._kept = self._found_kept()
            self.use_site(self._kept.site if self._kept else self._read_all())
        assert self._site is not None
        return self._site

    def _read_all(self) -> "Site":
        """Return the site with all notes linked anew."""
        from garden.vault.site import read_site

        site = read_site(self.files, self.settings, self.store)
        # Only the next linking in this process would need what linking has found out.
        return site if self.resident else replace(site, linking=None)

    def _found_kept(self) -> "KeptSite | None":
        """Return the site of the last build, if only texts have changed since then and its output is untouched."""
        if not self.alone or self.resident or not self.output.before.inputs or not self.output.is_untouched():
            return None
        from garden.publishing.kept.kept_site import KeptSite

        return KeptSite.found(
            self.output,
            self.cache,
            besides=self._besides,
            files=self.files,
            settings=self.settings,
            store=self.store,
        )

    @contextmanager
    def _unless_lost(self) -> Iterator[None]:
        """Suppress the error if values of the last build are lost, and report it if they were damaged."""
        from garden.vault.stored.kept_values import KeptDamagedError, KeptLostError

        try:
            yield
        except KeptDamagedError as error:
            self._passing.append(Diagnostic(Place(str(error), 1, 1), "cache-damaged", _DAMAGED))
        except KeptLostError:
            pass

    @property
    def is_read(self) -> bool:
        """Whether the notes have been read."""
        return self._site is not None

    def use_site(self, site: "Site") -> None:
        """Use this linked vault from now on."""
        self._site = site
        if site.files != self.files:
            # Notes have been saved since the scan.
            self.use_files(site.files)

    @cached_property
    def block(self) -> "NoteBlock":
        """The block below the text of a note in foreign themes."""
        from garden.hosts.pelican.note_block import NoteBlock, template_folders

        return NoteBlock(template_folders(self.pelican), self._catalogs, self.settings.base)

    @cached_property
    def views(self) -> "NoteViews":
        """The pages of all notes, for other plugins and foreign themes."""
        from garden.hosts.pelican.contents import NoteViews, linked_to_pelican
        from garden.hosts.pelican.note_block import calls_block, template_folders
        from garden.publishing.pictures.images import image_files
        from garden.rendering.catalog import Catalog

        site = self.read()
        images = image_files(self.vault, site.snapshot.files, self.cache, self.settings.large_image)

        def catalog() -> Catalog:
            snapshot = site.snapshot
            if not self.own_theme:
                snapshot = linked_to_pelican(site, self.pelican, self.contents)
            return Catalog(snapshot, site.settings, images.known, self._catalogs.translation)

        shows_itself = self.own_theme or calls_block(template_folders(self.pelican))
        return NoteViews(site, catalog, None if shows_itself else self.block, images, self.own_theme)

    @cached_property
    def _catalogs(self) -> "MessageCatalogs":
        """The messages of our own theme, some replaced by the author's."""
        from garden.hosts.pelican.templates.message_catalogs import MessageCatalogs

        own = [Path(folder) for folder in self.pelican.get("THEME_TRANSLATIONS_OVERRIDES", ())]
        return MessageCatalogs(Path(defaults.THEME) / "translations", own, [], self.cache / "translations")

    def write(self, theme: "Theme", announce: Callable[[], None], by_others: Iterable[str] = ()) -> None:
        """Render and write everything that is new, then call `announce`; the files `by_others` are left to Pelican and its plugins."""
        # Imported only now, since a build of an unchanged vault does not need it.
        from garden.publishing.kept.kept_site import WholeSite
        from garden.vault.stored.cache import Cache

        self.output.left_to_others = frozenset(by_others)
        kept, before = self._kept, self.output.before
        if kept:
            with self._unless_lost(), closing(kept):
                self._write(lambda _: self._written_texts(kept, theme, before), announce)
                self._keep(kept)
                return
            self._kept = None
            self.store.close()
            self.store = Cache(self.cache / "documents.sqlite")
            self.use_site(self._read_all())
        whole = WholeSite(
            self.read(),
            theme,
            self.output,
            self.cache,
            besides=self._besides_files,
            settings=self.settings,
            store=self.store,
        )
        self._write(lambda _: whole.write(), announce)
        if self.alone:
            self._keep(whole)

    def _written_texts(self, kept: "KeptSite", theme: "Theme", before: Memory) -> list[Diagnostic]:
        """Write the pages and files that show texts changed since the build `before`. Raises KeptLostError."""
        from garden.vault.stored.kept_values import KeptLostError

        if self.output.before is not before:
            raise KeptLostError("another build has written the site in the meantime")
        return kept.write(theme, self.output, self.cache)

    def _keep(self, kept: "KeptSite | WholeSite") -> None:
        """Store the state of the site for the next build, unless that has to check everything again."""
        if self.output.before.inputs:
            kept.keep(self.output.before.inputs, self._besides)

    def write_files(self, by_pelican: Iterable[str]) -> None:
        """Write the files that are not pages, when a foreign theme has rendered the pages.

        `by_pelican` names the files of the output that Pelican copies itself.
        """
        from garden.hosts.pelican.note_block import STYLESHEET, block_styles
        from garden.publishing.publish import publish_files
        from garden.rendering.files.attachments import attachments

        views = self.views
        copied = frozenset(by_pelican)
        files = [
            *(
                file
                for file in attachments(views.site.snapshot)
                if file.save_as not in copied and file.source not in views.site.files.by_pelican
            ),
            *views.images.files,
            Artifact(STYLESHEET, block_styles()),
        ]
        self._write(
            lambda site: sorted(
                {*publish_files(site, self.output, files), *views.problems, *views.images.problems}
            ),
            lambda: None,
        )

    def _write(self, make: "Callable[[Site], list[Diagnostic]]", announce: Callable[[], None]) -> None:
        """Call `make` to write the site, put it into place, notify others by `announce`, and store the report."""
        # Objects of reading live until the end, so they are frozen; the garbage of rendering has to be collected.
        gc.freeze()
        gc.enable()
        site = self.read()
        with self.output:
            problems = make(site)
            self.store.close()
            self.put_in_place(problems, announce)

    def put_in_place(self, problems: Sequence[Diagnostic], announce: Callable[[], None]) -> None:
        """Put the files that have been written into place, notify others by `announce`, and store the report."""
        from garden.authoring.silences import reported_by_builds
        from garden.publishing.held_back import held_back_summary

        site = self.read()
        passing = [problem for problem in problems if problem.code in _PASSING]
        problems = [problem for problem in problems if problem.code not in _PASSING]
        documents = self._kept.reported if self._kept else site.snapshot.documents
        problems = reported_by_builds(problems, documents, self.settings)
        if self.settings.reading.formats:
            from garden.vault.places_in_files import with_places_in_files

            problems = with_places_in_files(problems, self.vault, self.settings.reading.formats)
        held_back = self._kept.held_back if self._kept else held_back_summary(documents, site.files)
        self.lines = [*report_lines(problems), *map(ReportLine, held_back)]
        self.errors = _errors(problems)
        if self._kept is None:
            self.counts = page_counts(documents, site.snapshot, self.output.files)
        found = self.output.replace()
        announce()
        if not self.alone:
            self.output.accept_changes()
        # After errors the next build looks at everything again, even if no note has changed.
        inputs = "" if _errors(found) else self.inputs
        found += self.output.remember(inputs, self.lines, self.errors, self.counts)
        self.lines += report_lines([*self._passing, *passing, *self.store.problems, *found])
        self.errors += _errors(found)

    def report(self) -> None:
        """Print the report of the build."""
        print_lines([*report_lines([*self.storage_problems, *self.settings_problems]), *self.lines])

    @property
    def closes_itself(self) -> bool:
        """Whether we print the last line of the log: Pelican's line would count notes as articles."""
        return self.alone and bool(self.pelican.get(OWN_CLOSE))

    @property
    def exit_code(self) -> int:
        """The exit code of the process: 0 if there are no errors."""
        return int(self.pelican.get(ERRORS_EXIT_CODE, 1)) if self.errors else 0

    def finish(self) -> None:
        """Print the report; if there are errors (HC-9), exit with 1 or ERRORS_EXIT_CODE, although the output is complete.

        Unless that code is set, a last sentence explains this; a program that sets the code explains it itself. It
        exits by `SystemExit`, because Pelican prints a traceback for every other exception, and a mistake in a note
        is not a bug.
        """
        # Another build may follow in this process: then the garbage of this one has to be collected, all at once.
        gc.unfreeze()
        self.report()
        if self.closes_itself:
            print_lines([ReportLine(str(self.counts))])
        if self.resident:
            from garden.hosts.pelican.resident import make_resident

            make_resident(self.resident)
        if self.errors:
            if ERRORS_EXIT_CODE not in self.pelican:
                count = f"{self.errors} error{'' if self.errors == 1 else 's'}"
                print_lines([ReportLine(f"The site is written, with {count} (see above)")])
            raise SystemExit(self.exit_code)


def _errors(problems: Iterable[Diagnostic]) -> int:
    return sum(problem.severity is Severity.ERROR for problem in problems)
