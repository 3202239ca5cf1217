"""The site of a small vault with all its pages and files, written into memory: a build without Pelican and without a disk.

Everything else is what a build does. A page is rendered when somebody looks at it, since most tests look at one of a dozen.
A test of what notes say has no use for the other pages of a site, such as the map and the archive, unless it names one.
"""

import os
import tempfile
from collections.abc import Callable, Iterable, Mapping
from functools import cache, cached_property, partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from garden.hosts.pelican.templates.theme import Theme
from garden.hosts.pelican.templates.theme_version import theme_version
from garden.hosts.settings.configuration import load_settings
from garden.model.diagnostic import Diagnostic, Severity
from garden.model.names import SaveAs
from garden.model.pages.list_pages import HomePage, Page
from garden.model.pages.page import Artifact, NotePage
from garden.model.settings import Settings
from garden.publishing.folder.memory import WrittenFile, WrittenFiles
from garden.publishing.site_writer import SiteWriter
from garden.publishing.written_site import WriteResult
from garden.vault.scan import scan
from garden.vault.site import Site, read_site
from tests.support.building import QUICK, ROOT
from tests.support.built_site import BuiltPage, BuiltSite
from tests.support.vault import write_vault

_NOTHING = WrittenFile(0, 0, "", "")


_Content = bytes | Callable[[], bytes]


class SiteInMemory(BuiltSite):
    """A site whose files are made here, and whose log has all problems."""

    def __init__(self, root: Path, site: Site, *, whole: bool) -> None:
        """Write the site of the vault in `root`; unless it is to be looked at as a `whole`, its own pages are those of notes and hubs."""
        output = _Memory()
        writer = _LazyWriter(site, _theme(), output, _cache())
        with patch.object(
            os, "cpu_count", lambda: 1
        ):  # other processes would write into a memory of their own
            found = writer.write()
        self._files = output.contents
        self._own = frozenset(output.contents) if whole else frozenset(writer.notes)
        has_error = any(problem.severity is Severity.ERROR for problem in found)
        super().__init__(root.parent / "output", int(has_error), "\n".join(map(str, found)))

    @cached_property
    def files(self) -> tuple[str, ...]:
        """Every file, sorted."""
        return tuple(sorted(self._files))

    def bytes_of(self, file: str) -> bytes:
        """The bytes of a file."""
        return _content(self._files[SaveAs(file)])

    @cached_property
    def pages(self) -> dict[str, BuiltPage]:
        """Every HTML page by its URL."""
        pages = (
            _LazyPage(name, partial(self.bytes_of, name)) for name in self.files if name.endswith(".html")
        )
        return {page.url: page for page in pages}

    @cached_property
    def own_pages(self) -> tuple[BuiltPage, ...]:
        """The pages that a test of this site is about."""
        return tuple(page for page in self.pages.values() if page.file in self._own)


def written_in_memory(
    files: Mapping[str, str | bytes],
    folder: Path,
    settings: Mapping[str, Any] | None = None,
    *,
    whole: bool = True,
) -> SiteInMemory:
    """The site that these files give, which are written below `folder`, with the repository's settings."""
    root = write_vault(files, folder / "vault")
    chosen = _settings(settings or {})
    with patch.object(os, "cpu_count", lambda: 1):  # other processes would have other memory
        return SiteInMemory(root, read_site(scan(root, chosen), chosen), whole=whole)


def _settings(overrides: Mapping[str, Any]) -> Settings:
    """The repository's settings with a few others; most sites here have the same."""
    written = repr(overrides)
    if written not in _known_settings:
        _known_settings[written], _ = load_settings(ROOT / "pelican.conf.py", overrides)
    return _known_settings[written]


_known_settings: dict[str, Settings] = {}


class _LazyPage(BuiltPage):
    """A page that is rendered when its text is asked for."""

    def __init__(self, file: str, render: Callable[[], bytes]) -> None:
        super().__init__(file, "")
        del self.html  # the property below is what counts
        self._render = render

    @cached_property
    def html(self) -> str:
        """The text of the page."""
        return self._render().decode("utf-8")


def _content(content: _Content) -> bytes:
    return content if isinstance(content, bytes) else content()


class _Memory:
    """What a writer takes for the output folder."""

    def __init__(self) -> None:
        self.contents: dict[SaveAs, _Content] = {}
        self.files: WrittenFiles = {}

    def keeps(self, save_as: SaveAs, fingerprint: str) -> bool:
        """Nothing is there from before."""
        return False

    def put_later(self, save_as: SaveAs, make: Callable[[], bytes]) -> None:
        """Make a file when it is looked at."""
        self.contents[save_as] = cache(make)
        self.files[save_as] = _NOTHING

    def write(self, save_as: SaveAs, content: bytes, fingerprint: str = "") -> None:
        """Keep a file."""
        self.contents[save_as] = content
        self.files[save_as] = _NOTHING

    def copy(self, save_as: SaveAs, source: Path, content_hash: str = "") -> None:
        """Keep the copy of a file."""
        self.write(save_as, source.read_bytes())

    def content(self, save_as: SaveAs) -> bytes:
        """Return a file."""
        return _content(self.contents[save_as])

    def tells_case_apart(self) -> bool:
        """As on Linux."""
        return True

    def take(self) -> WrittenFiles:
        """Hand over the names of what has been written."""
        taken, self.files = self.files, {}
        return taken


class _LazyWriter(SiteWriter):
    """Renders pages later, and reads what is the same for every site once."""

    output: _Memory

    @cached_property
    def notes(self) -> set[SaveAs]:
        """The pages of notes and hubs."""
        return set()

    def _write_page(self, page: Page, own_fingerprint: str = "") -> None:
        self.output.put_later(page.save_as, partial(self._render, page))
        if isinstance(page, NotePage) or (isinstance(page, HomePage) and page.note):
            self.notes.add(page.save_as)

    def _group(
        self,
        name: str,
        make: Callable[[], Iterable[Artifact | Page | Diagnostic]],
        after: WriteResult | None = None,
    ) -> WriteResult:
        if name in ("theme", "icons"):
            if name not in _common:
                _common[name] = tuple(make())
            return super()._group(name, lambda: _common[name], after)
        return super()._group(name, make, after)


_common: dict[str, tuple[Artifact | Page | Diagnostic, ...]] = {}


@cache
def _cache() -> Path:
    """The folder in which all these sites keep their pictures; it goes with this process."""
    return Path(_folder().name)


@cache
def _folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="garden-cache-")


class _QuickTheme(Theme):
    """The theme, which needs quick code for every page: what falls back to Jinja's own is right, but slow."""

    def _text(self, file: str, view: Mapping[str, object], careful: Callable[[], Any]) -> str:
        text = super()._text(file, view, careful)
        assert file not in self._slow, f"the quick code of {file} fails, so Jinja's own code renders it"
        return text


@cache
def _theme() -> Theme:
    """The theme, in the environment that Pelican makes for the repository's settings."""
    from pelican.generators import Generator
    from pelican.settings import read_settings

    settings = read_settings(str(QUICK), {"PATH": str(ROOT / "content"), "CACHE_PATH": str(_cache())})
    folder = settings["THEME"]
    generator = Generator(dict(settings), settings, str(ROOT), folder, str(_cache() / "output"))
    return _QuickTheme(Path(folder), generator, theme_version(Path(folder), settings))
