"""The search index: Pagefind run over the pages that `rendering.artifacts.search` makes for it.

The pages are kept in the cache, where only changed ones are written. Their digest is the
fingerprint of the index in the output, so Pagefind runs when what it reads has changed and at no
other time. While notes are being written (`make serve`) a build leaves the index as it is, and
`refresh` brings it up to date when nobody waits.

All notes are in one index, in the language of the site: Pagefind would else keep one index for
each language and show the notes of one of them only.
"""

import json
import re
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

from garden.model.names import SaveAs
from garden.model.page import Artifact
from garden.output import Output

FOLDER: Final = "pagefind"
"""Folder of the index in the output."""

_PAGES: Final = "search"
_ENTRY: Final = "pagefind-entry.json"
# The engine comes with user interfaces; the theme has its own.
_PROGRAM: Final = frozenset(("pagefind.js", "pagefind-worker.js", _ENTRY))
_DATA: Final = frozenset((".pf_fragment", ".pf_index", ".pf_filter", ".pf_meta"))
_LANGUAGE: Final = re.compile(r"[a-z]{2,3}(?=-|$)")
_TIMEOUT: Final = 600
"""Seconds; ten thousand notes take about twenty."""


class IndexingError(Exception):
    """The index cannot be made on this system; the text says why, in a sentence for the author."""


def write_pages(records: Iterable[Artifact], output: Output, cache: Path) -> None:
    """Write what the engine reads for the site in `output`, leaving what has not changed."""
    pages = _pages(output, cache)
    for record in records:
        pages.write(record.save_as, record.content)
    if pages.files != pages.before.files:
        pages.finish("", (), 0, (0, 0, 0))


def index(output: Output, cache: Path, language: str) -> None:
    """Bring the index in `output` up to date. Raises IndexingError; then there is none."""
    pages = _pages(output, cache)
    mark = _mark(pages, language)
    if not pages.before.files or _keep(output, mark):
        return
    for name, content in _run(pages.root, language):
        output.write(SaveAs(f"{FOLDER}/{name}"), content, mark)


def keep(output: Output) -> None:
    """Leave the index in `output` as the last build left it."""
    for name, known in output.before.files.items():
        if name.startswith(f"{FOLDER}/"):
            output.keeps(SaveAs(name), known[2])


def refresh(output: Output, cache: Path, language: str) -> bool:
    """Bring the index of a finished site up to date, all else left alone; say whether there was a need.

    Raises IndexingError. No build may run meanwhile: both would write the manifest.
    """
    pages = _pages(output, cache)
    if not pages.before.files or _is_current(output, _mark(pages, language)):
        return False
    output.files.update(
        {name: known for name, known in output.before.files.items() if not name.startswith(f"{FOLDER}/")}
    )
    index(output, cache, language)
    before = output.before
    output.finish(before.inputs, before.diagnostics, before.errors, before.counts)
    return True


def _pages(output: Output, cache: Path) -> Output:
    name = sha256(str(output.root).encode("utf-8", "surrogateescape")).hexdigest()[:16]
    return Output(cache / _PAGES / name, cache)


def _mark(pages: Output, language: str) -> str:
    """Return the fingerprint of the index that these pages give."""
    from importlib.metadata import version

    parts = [version("pagefind"), _known(language)]
    parts += (f"{name}\0{known[2]}" for name, known in sorted(pages.before.files.items()))
    return sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _is_current(output: Output, mark: str) -> bool:
    known = output.before.files.get(f"{FOLDER}/{_ENTRY}")
    return known is not None and known[2] == mark


def _keep(output: Output, mark: str) -> bool:
    """Keep the index that stands in the output if it is the one of `mark` and complete."""
    if not _is_current(output, mark):
        return False
    names = [name for name in output.before.files if name.startswith(f"{FOLDER}/")]
    return all([output.keeps(SaveAs(name), mark) for name in names])


def _run(pages: Path, language: str) -> Iterator[tuple[str, bytes]]:
    """Run the engine and yield the files of the index that a browser may ask for, by name."""
    with tempfile.TemporaryDirectory() as made:
        command = [str(_program()), "--site", str(pages), "--output-path", made]
        command += ["--force-language", _known(language), "--silent"]
        try:
            done = subprocess.run(  # noqa: S603 (the engine of our own dependency)
                command, capture_output=True, text=True, errors="replace", timeout=_TIMEOUT, check=False
            )
        except (OSError, subprocess.TimeoutExpired) as error:
            raise IndexingError(f"the search index cannot be made: {error}") from error
        if done.returncode:
            raise IndexingError(f"the search index cannot be made: {done.stderr.strip() or done.returncode}")
        yield from _wanted(Path(made))


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


def _known(language: str) -> str:
    """Return the language in the two or three letters that the engine takes."""
    found = _LANGUAGE.match(language.lower())
    return found[0] if found else "en"
