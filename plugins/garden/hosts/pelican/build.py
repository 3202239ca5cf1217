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
from garden.hosts.pelican.build_requests import OWN_CLOSE, RESIDENT
from garden.hosts.pelican.run_report import RunReport, error_count
from garden.hosts.pelican.templates.theme_version import theme_version
from garden.hosts.pelican.terminal import tell_wait
from garden.hosts.settings.completion import PLUGIN_NAMES
from garden.hosts.settings.configuration import is_preview, settings_from
from garden.hosts.settings.doubtful_settings import settings_problems
from garden.hosts.settings.note_scope import is_own_theme
from garden.model.diagnostic import Diagnostic, Place
from garden.model.pages.page import Artifact
from garden.publishing.folder.memory import Memory
from garden.publishing.folder.output import Output
from garden.publishing.page_counts import page_counts
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

_SOLVED: Final = frozenset(("cache-damaged",))
"""The ids of problems that a build has solved: it reports them, but the next one must not repeat them."""

_DAMAGED: Final = "what was stored of the last build was damaged, and has been made again"


class PelicanBuild:
    """One run of Pelican over one vault."""

    def __init__(self, pelican: Mapping[str, Any], standard: Mapping[str, Any] | None = None) -> None:
        """Read the settings; `standard` are Pelican's own defaults. Raises SettingsError for a wrong setting."""
        # When a process ends, Python collects garbage among all objects that are not frozen, which only takes time.
        atexit.register(gc.freeze)
        self.pelican = pelican
        self.settings = replace(settings_from(pelican), preview=is_preview(pelican))
        self.vault = Path(pelican["PATH"])
        self.theme = Path(pelican["THEME"])
        self.cache, cache_problems = cache_folder(Path(pelican["CACHE_PATH"]).resolve())
        self.output = Output(Path(pelican["OUTPUT_PATH"]), self.cache, tell_wait)
        self.theme_version = theme_version(self.theme, pelican)
        self.own_theme = is_own_theme(self.theme)
        about_settings = list(cache_problems)
        if self.own_theme:
            about_settings += settings_problems(pelican, self.settings, vars(defaults), standard or {})
        self.report = RunReport(pelican, self.output.before, about_settings)
        self.use_files(scan(self.vault, self.settings, self.output.root))
        self._site: Site | None = None
        self._kept: KeptSite | None = None  # the site of the last build, if only its texts have changed
        self._solved: list[Diagnostic] = []  # problems of this build only
        self.articles: Any = None  # Pelican's generator of articles
        self.contents: Mapping[str, Any] = {}  # what Pelican has read, by path
        # Whether nobody else has a part in the site: other plugins need the notes in every run, a foreign theme renders
        # them, and Pelican may copy files or empty the output.
        self.is_ours_alone = (
            self.own_theme
            and not (
                pelican["TEMPLATE_PAGES"] or pelican["STATIC_PATHS"] or pelican["DELETE_OUTPUT_DIRECTORY"]
            )
            and PLUGIN_NAMES.issuperset(pelican["PLUGINS"])
        )
        # In `garden serve` this process stays, with all that it knows, and waits for changes.
        self.resident = self._resident() if self.is_ours_alone and pelican.get(RESIDENT) else None
        self.unchanged = (
            self.is_ours_alone and self.output.before.inputs == self.inputs and self.output.is_untouched()
        )

    def _resident(self) -> "ResidentBuild":
        from garden.hosts.pelican.resident import ResidentBuild

        return ResidentBuild(self)

    def use_files(self, files: VaultFiles) -> None:
        """Build from these files of the vault: hash all that goes into the build."""
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

            # Nearly all objects stay until the end, and looking for garbage among them takes half the time of linking.
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
        # What linking has found out serves only to link again in this process.
        return site if self.resident else replace(site, linking=None)

    def _found_kept(self) -> "KeptSite | None":
        """Return the site of the last build, if only texts have changed since then and its output is untouched."""
        if (
            not self.is_ours_alone
            or self.resident
            or not self.output.before.inputs
            or not self.output.is_untouched()
        ):
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
            self._solved.append(Diagnostic(Place(str(error), 1, 1), "cache-damaged", _DAMAGED))
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
        if self.is_ours_alone:
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
        """Write the files that are not pages, for a foreign theme, which renders the pages itself.

        `by_pelican` names the files of the output that Pelican copies.
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
        # Objects of reading stay until the end, so they are frozen; but the garbage of rendering has to be collected.
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
        solved = [problem for problem in problems if problem.code in _SOLVED]
        problems = [problem for problem in problems if problem.code not in _SOLVED]
        documents = self._kept.reported if self._kept else site.snapshot.documents
        problems = reported_by_builds(problems, documents, self.settings)
        if self.settings.reading.formats:
            from garden.vault.places_in_files import with_places_in_files

            problems = with_places_in_files(problems, self.vault, self.settings.reading.formats)
        held_back = self._kept.held_back if self._kept else held_back_summary(documents, site.files)
        report = self.report
        report.renew(problems, held_back)
        if self._kept is None:  # else they are as before
            report.counts = page_counts(documents, site.snapshot, self.output.files)
        found = self.output.replace()
        announce()
        if not self.is_ours_alone:
            self.output.accept_changes()
        # After errors the next build looks at everything again, even if no note has changed.
        inputs = "" if error_count(found) else self.inputs
        found += self.output.remember(inputs, report.lines, report.errors, report.counts)
        report.add([*self._solved, *solved, *self.store.problems, *found])

    @property
    def closes_itself(self) -> bool:
        """Whether we print the last line of the log: Pelican's line would count notes as articles."""
        return self.is_ours_alone and bool(self.pelican.get(OWN_CLOSE))

    def finish(self) -> None:
        """Print the report; raise SystemExit if there are errors."""
        # If another build follows in this process, the garbage of this one has to be collected.
        gc.unfreeze()
        self.report.print()
        if self.closes_itself:
            self.report.print_counts()
        if self.resident:
            from garden.hosts.pelican.resident import make_resident

            make_resident(self.resident)
        self.report.exit_after_errors()
