"""The search index: Pagefind run over the pages that `rendering.artifacts.search` makes for it.

The pages are kept in the cache, where only changed ones are written. Their digest is the
fingerprint of the index in the output, so Pagefind runs when what it reads has changed and at no
other time. While notes are being written (`make serve`) a build leaves the index as it is, and
`prepare` and `install` bring it up to date when nobody waits.

All notes are in one index, in the language of the site: Pagefind would else keep one index for
each language and show the notes of one of them only.
"""

import gzip
import json
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final, NamedTuple

from garden.model.names import SaveAs
from garden.output import Output
from garden.rendering.artifacts.search import FILTERS, SearchRecord
from garden.site import code_version

FOLDER: Final = "pagefind"
"""Folder of the index in the output."""

_PAGES: Final = "search"
_ENTRY: Final = "pagefind-entry.json"
# The engine comes with user interfaces; the theme has its own.
_PROGRAM: Final = frozenset(("pagefind.js", "pagefind-worker.js", _ENTRY))
_FRAGMENT: Final = ".pf_fragment"
_DATA: Final = frozenset((_FRAGMENT, ".pf_index", ".pf_meta"))
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?=-|$)")
_TIMEOUT: Final = 600
"""Seconds; ten thousand notes take about twenty."""


class IndexingError(Exception):
    """The index cannot be made on this system; the text says why, in a sentence for the author."""


class Index(NamedTuple):
    """A finished index: the digest of what it was made from, and its files by name."""

    mark: str
    files: tuple[tuple[str, bytes], ...]


def write_pages(records: Iterable[SearchRecord], output: Output, cache: Path, language: str) -> None:
    """Write what the engine reads for the site in `output`, leaving what has not changed."""
    pages = _pages(output, cache)
    for record in records:
        mark = sha256(f"{code_version()}{record.facts}".encode("utf-8", "surrogateescape")).hexdigest()
        if not pages.keeps(record.save_as, mark):
            pages.write(record.save_as, record.content(), mark)
    language = _known(language)
    if pages.files != pages.before.files or language != pages.before.inputs:
        pages.finish(language, (), 0, (0, 0, 0))


class Indexing:
    """The index of one build: the engine runs beside the writing of the pages, which need it not."""

    def __init__(self, output: Output, cache: Path, *, later: bool) -> None:
        """Prepare for the site in `output`; with `later` the index stays as the last build left it."""
        self._output = output
        self._cache = cache
        self._later = later
        self._run: _Run | None = None
        self._problem: IndexingError | None = None

    def begin(self, records: Iterable[SearchRecord], language: str) -> None:
        """Write what the engine reads, and start it when that has changed."""
        write_pages(records, self._output, self._cache, language)
        pages = _pages(self._output, self._cache)
        mark = _mark(pages)
        current = _is_current(self._output, mark) and all(
            self._output.stands(name) for name in _names(self._output)
        )
        if pages.before.files and not current and not self._later:
            try:
                self._run = _Run(pages, mark)
            except IndexingError as error:
                self._problem = error  # the pages come first

    def end(self) -> None:
        """Put the finished index into the output. Raises IndexingError; then there is none."""
        if self._problem is not None:
            raise self._problem
        if self._run is not None:
            _write(self._output, self._run.finished())
        elif self._later or _pages(self._output, self._cache).before.files:
            keep(self._output)


def keep(output: Output) -> None:
    """Leave the index in `output` as the last build left it."""
    for name in _names(output):
        output.keeps(SaveAs(name), output.before.files[name][2])


def prepare(output: Output, cache: Path) -> Index | None:
    """Return the index that the finished site in `output` should have, None when it has it.

    Changes nothing, so that builds may go on meanwhile. Raises IndexingError.
    """
    pages = _pages(output, cache)
    mark = _mark(pages)
    if not pages.before.files or _is_current(output, mark):
        return None
    return _Run(pages, mark, gently=True).finished()


def install(prepared: Index, output: Output, cache: Path) -> bool:
    """Put an index into the finished site in `output`, all else left alone; say whether it still fits.

    No build may run meanwhile: both write the manifest.
    """
    if _mark(_pages(output, cache)) != prepared.mark:
        return False
    index_before = _names(output)
    output.files.update(
        {name: known for name, known in output.before.files.items() if name not in index_before}
    )
    _write(output, prepared)
    before = output.before
    output.finish(before.inputs, before.diagnostics, before.errors, before.counts)
    return True


def _pages(output: Output, cache: Path) -> Output:
    """Open the folder of the engine's pages; its manifest holds the language as what it was made from."""
    name = sha256(str(output.root).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return Output(cache / _PAGES / name, cache)


def _names(output: Output) -> set[str]:
    return {name for name in output.before.files if name.startswith(f"{FOLDER}/")}


def _mark(pages: Output) -> str:
    """Return the fingerprint of the index that these pages give."""
    parts = [version("pagefind"), pages.before.inputs]
    parts += (f"{name}\0{known[2]}" for name, known in sorted(pages.before.files.items()))
    return sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _is_current(output: Output, mark: str) -> bool:
    known = output.before.files.get(f"{FOLDER}/{_ENTRY}")
    return known is not None and known[2] == mark


def _write(output: Output, made: Index) -> None:
    for name, content in made.files:
        output.write(SaveAs(f"{FOLDER}/{name}"), content, made.mark)


class _Run:
    """One run of the engine; `gently` leaves the processor to whatever else wants it."""

    def __init__(self, pages: Output, mark: str, *, gently: bool = False) -> None:
        program = _program()
        self._pages = pages
        self._mark = mark
        self._made = tempfile.TemporaryDirectory()
        command = [str(program), "--site", str(pages.root), "--output-path", self._made.name]
        command += ["--glob", "**/*.{html,htm}", "--force-language", pages.before.inputs, "--silent"]
        nice = shutil.which("nice") if gently else None
        try:
            self._process = subprocess.Popen(  # noqa: S603 (the engine of our own dependency)
                [nice, *command] if nice else command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                text=True,
                errors="replace",
            )
        except OSError as error:
            self._made.cleanup()
            raise IndexingError(f"the search index cannot be made: {error}") from error

    def finished(self) -> Index:
        """Wait for the engine and return what it made. Raises IndexingError."""
        with self._made as folder:
            try:
                _, said = self._process.communicate(timeout=_TIMEOUT)
            except subprocess.TimeoutExpired as error:
                self._process.kill()
                self._process.communicate()
                raise IndexingError(f"the search index cannot be made: {error}") from error
            if self._process.returncode:
                why = said.strip() or self._process.returncode
                raise IndexingError(f"the search index cannot be made: {why}")
            made = Path(folder)
            filters = json.loads((self._pages.root / FILTERS).read_text(encoding="utf-8"))
            return Index(self._mark, (*_wanted(made), (FILTERS, _filters(made, filters))))


def _program() -> Path:
    """Return the engine's program. Raises IndexingError when there is none for this system."""
    try:
        from pagefind.service import get_executable
    except ImportError as error:
        raise IndexingError(f"the search index cannot be made: {error}") from error
    found = get_executable()
    if found is None:
        raise IndexingError("the search index cannot be made: Pagefind has no program for this system")
    return Path(found)


def _wanted(made: Path) -> Iterator[tuple[str, bytes]]:
    entry = json.loads((made / _ENTRY).read_text(encoding="utf-8"))
    wasm = {f"wasm.{found['wasm'] or 'unknown'}.pagefind" for found in entry["languages"].values()}
    for file in sorted(path for path in made.rglob("*") if path.is_file()):
        if file.name in _PROGRAM or file.name in wasm or file.suffix in _DATA:
            yield file.relative_to(made).as_posix(), file.read_bytes()


def _filters(made: Path, groups: Mapping[str, Mapping[str, list[str]]]) -> bytes:
    """Return the filters for the browser, which knows a result by the name of its fragment.

    `notes` are those names; in the groups stand their places in that list.
    """
    names = {_url(file): file.name.removesuffix(_FRAGMENT) for file in made.glob(f"*/*{_FRAGMENT}")}
    places = {url: place for place, url in enumerate(sorted(names))}
    found: dict[str, object] = {
        group: {name: [places[url] for url in urls if url in places] for name, urls in members.items()}
        for group, members in groups.items()
    }
    found["notes"] = [names[url] for url in places]
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")).encode()


def _url(fragment: Path) -> str:
    """Return the address of the note that a fragment of the index is about."""
    content = gzip.decompress(fragment.read_bytes())
    return str(json.loads(content[content.index(b"{") :])["url"])


def _known(language: str) -> str:
    """Return the language in the two or three letters that the engine takes."""
    found = _LANGUAGE.match(language.lower())
    return found[0] if found else "en"
