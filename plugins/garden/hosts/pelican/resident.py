"""A resident build: it stays in its process with everything in memory, so that a change only costs what it affects.

`garden serve` sends it requests, one per line on standard input: first to show changed notes, each on its own page,
and then to complete the site, which links the vault again and writes whatever has changed. Completing is interrupted
by the next request, without leaving anything half written; `garden serve` then asks for it again. If there was nothing to
write when the server was started, the notes are read and linked right after that, so that a change can be shown quickly.
After changes of settings, templates or code, a new process makes a whole build.
"""

import gc
import json
import os
import select
import sys
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from garden.hosts.pelican.build_requests import COMPLETE, INTERRUPTED, LATER, SHOW, SHOWN, WHOLE
from garden.hosts.pelican.templates.theme_version import theme_version
from garden.hosts.settings.configuration import is_preview, settings_from
from garden.linking.resolving.resolution import Missing
from garden.model.errors import AuthorError
from garden.model.names import VaultPath, is_note
from garden.vault.scan import VaultFiles, is_note_of_site, scan
from garden.vault.site import Site, read_site

if TYPE_CHECKING:
    from garden.hosts.pelican.build import PelicanBuild
    from garden.hosts.pelican.templates.theme import Theme
    from garden.publishing.site_writer import SiteWriter
    from garden.publishing.written_site import WrittenSite
    from garden.rendering.tracking.questions import Tracker

_MOST_SHOWN: Final = 8
"""The number of changed notes that are shown one by one; more are the work of a program, and no author looks at all of them."""


class ResidentBuild:
    """One build and what it has written, to be updated as long as only notes change."""

    def __init__(self, build: "PelicanBuild") -> None:
        """Use `build`, which has not read anything yet."""
        self._build = build
        self.theme: Theme | None = None
        self._tracker: Tracker | None = None
        self._writer: SiteWriter | None = None  # of the site that was linked last
        self._written: WrittenSite | None = None  # the last one that is complete
        self._is_behind = False  # whether notes have changed that no page shows yet, or settings of the vault

    def prepare(self, is_interrupted: Callable[[], bool]) -> None:
        """Read and link the vault if the build had nothing to write and so has not done it. Raises AuthorError."""
        if self._writer is None and not is_interrupted():
            self._build.read()
            self._write(_pause(is_interrupted))

    def write(self, theme: "Theme") -> None:
        """Write the whole site with a theme. Raises AuthorError."""
        self.theme = theme
        self._write(_pause(lambda: False))

    def _write(self, pause: Callable[[], None]) -> None:
        """Write the whole site; the vault has been read. Raises AuthorError, and InterruptedError when it is interrupted."""
        build = self._build
        build.read()
        gc.freeze()
        gc.enable()
        with build.output:
            writer = self._writer = self._new_writer(pause)
            problems = writer.write()
            build.put_in_place(problems, lambda: None)
            self._written = writer.written
        gc.freeze()

    def _new_writer(self, pause: Callable[[], None]) -> "SiteWriter":
        """Return a writer of the site, which is read and linked if it has not been. Raises AuthorError."""
        from garden.publishing.site_writer import SiteWriter
        from garden.rendering.tracking.questions import Tracker

        build = self._build
        assert self.theme is not None, "Pelican has asked its generators to write"
        self._tracker = self._tracker or Tracker()
        return SiteWriter(
            build.read(),
            self.theme,
            build.output,
            build.cache,
            tracker=self._tracker,
            before=self._written,
            pause=pause,
        )

    def show(self, changed: Iterable[Path]) -> str:
        """Put the pages of changed notes into place; return SHOWN, or LATER if one of them needs the whole vault linked.

        Raises AuthorError.
        """
        build = self._build
        root = build.vault.resolve()
        paths = [
            VaultPath(path.relative_to(root).as_posix()) for path in changed if path.is_relative_to(root)
        ]
        notes = [path for path in paths if is_note(path)]
        are_few = 0 < len(notes) <= _MOST_SHOWN
        self._is_behind |= any("/." in f"/{path}" for path in paths) or (bool(notes) and not are_few)
        if not are_few:
            return LATER
        with build.output:
            writer = self._writer = self._writer or self._new_writer(_pause(lambda: False))
            sites = {
                note: site
                for note in notes
                if (site := writer.site.with_note(note))
                and is_note_of_site(build.vault, note, build.settings, build.output.root)
            }
            self._is_behind |= len(sites) < len(notes)
            shown = [
                note
                for note, site in sites.items()
                if not (self._is_behind and _has_missing(site, note)) and writer.write_text(site, note)
            ]
        self._is_behind |= len(shown) < len(notes)
        return SHOWN if len(shown) == len(notes) else LATER

    def complete(self, is_interrupted: Callable[[], bool]) -> str:
        """Bring the whole site up to date; return the response, such as the exit code of the build. Raises AuthorError."""
        build, pause = self._build, _pause(is_interrupted)
        settings = replace(settings_from(build.pelican), preview=is_preview(build.pelican))
        if settings != build.settings or theme_version(build.theme, build.pelican) != build.theme_version:
            return WHOLE
        files = scan(build.vault, settings, build.output.root)
        pause()
        if not build.is_read:
            build.use_files(files)
            build.read()
        elif _besides_notes(files) != _besides_notes(build.files):
            return WHOLE
        else:
            gc.disable()
            before = build.read()
            try:
                site = before.with_changed_texts(files) or read_site(
                    files, settings, build.store, before, pause
                )
            finally:
                gc.enable()
            build.use_site(site)
        pause()
        self._write(pause)
        build.report.print()
        return str(build.report.exit_code)


def _has_missing(site: Site, note: VaultPath) -> bool:
    """Say whether a note names something that is not there; if other notes are not linked yet, it may be a draft.

    The name of a draft is not shown where it is embedded (PB-4), while that of a missing note is.
    """
    return any(isinstance(answer, Missing) for answer in site.snapshot.resolutions[note])


def _pause(is_interrupted: Callable[[], bool]) -> Callable[[], None]:
    """Return a function that raises InterruptedError once this process `is_interrupted`.

    In processes that share its work, it does nothing: they do not read requests.
    """
    process = os.getpid()

    def pause() -> None:
        if os.getpid() == process and is_interrupted():
            raise InterruptedError("another request is to be carried out first")

    return pause


def _besides_notes(files: VaultFiles) -> VaultFiles:
    """Return what affects how notes are read and which addresses they get: the files without notes and attachments."""
    return replace(files, notes={}, attachments=(), ignored=(), problems=(), sizes={})


_residents: list[ResidentBuild] = []
"""The registered build, or nothing."""


def make_resident(build: ResidentBuild) -> None:
    """Register a build that stays after its program has ended."""
    _residents[:] = [build]


def resident_build() -> ResidentBuild | None:
    """Return the registered build, None for none."""
    return _residents[-1] if _residents else None


def answer_requests(resident: ResidentBuild, answer: Callable[[str], None]) -> None:
    """Carry out the requests on standard input, until it ends or one of them asks for something else."""
    with suppress(AuthorError, OSError):  # the next request reports it
        resident.prepare(_is_request_waiting)
    # Unbuffered, since whatever follows the last of these requests is for the parent process.
    with open(0, "rb", buffering=0, closefd=False) as incoming:
        while True:
            word, _, rest = incoming.readline().decode().strip().partition(" ")
            if word == SHOW:
                answer(_answered(lambda: resident.show(map(Path, json.loads(rest)))))  # noqa: B023 (called at once)
            elif word == COMPLETE:
                answer(_answered(lambda: resident.complete(_is_request_waiting)))
            else:
                return


def _answered(work: Callable[[], str]) -> str:
    """Return the response of some work; after an error it is the request for a whole build, which reports the error."""
    try:
        return work()
    except InterruptedError:
        return INTERRUPTED
    except (AuthorError, OSError, SystemExit):
        return WHOLE
    finally:
        sys.stdout.flush()
        sys.stderr.flush()


def _is_request_waiting() -> bool:
    return bool(select.select([0], [], [], 0)[0])
