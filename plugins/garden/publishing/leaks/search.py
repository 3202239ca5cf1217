"""Searching a built site: each file, and each piece of text, is searched once, however often the site repeats it."""

import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from garden.model import names as names_of
from garden.model import routes
from garden.model.names import extension
from garden.publishing.folder.record import RECORD, hash_of_file
from garden.publishing.leaks.built_files import decoded_lines, has_lines, text_of
from garden.publishing.leaks.memory import SearchMemory
from garden.publishing.leaks.needles import Needles
from garden.publishing.leaks.suspected_leaks import SuspectedLeak, suspected_leak
from garden.publishing.leaks.traces import Needle, PrivateNeedles, Trace, union
from garden.publishing.leaks.words import END, words_of


def output_files(output: Path) -> list[str]:
    """Return the names of all files of an output, except the record."""
    found = []
    for parent, _, files in os.walk(output):
        below = os.path.relpath(parent, output).replace(os.sep, "/")
        prefix = "" if below == "." else below + "/"
        found += [prefix + name for name in files]
    return sorted(name for name in found if name != RECORD)


def without_copies(output: Path, names: Iterable[str], root: Path, public: Iterable[str]) -> Iterator[str]:
    """Yield the files that are not copies of public files of the vault: what these contain, the author has published."""
    known: dict[int, list[Path]] = {}
    for path in public:
        known.setdefault(_size(root / path), []).append(root / path)
    for name in names:
        if not _is_one_of(output / name, known.get(_size(output / name), ())):
            yield name


def _is_one_of(file: Path, others: Collection[Path]) -> bool:
    """Say whether a file is a copy of one of `others`, which have its size: it has the same name or the same content."""
    if any(other.name == file.name for other in others):
        return True
    return bool(others) and hash_of_file(file) in map(hash_of_file, others)


class Searched(NamedTuple):
    """The traces of the files of an output, and the trace of what several files have in common."""

    files: Mapping[str, Trace]
    shared: Trace


def search_files(output: Path, names: Iterable[str], needles: Needles, memory: SearchMemory) -> Searched:
    """Return the traces of files, from `memory` if their content has not changed.

    A site repeats most of its text: navigation on each page, notes in feeds, in their Markdown and in the search index.
    Each line, and each piece of text in lines that differ, is only searched in the first file that has it. What repeated
    ones contain is also kept in `shared`, since the first file may change while the others stay.
    """
    pieces = _Repeated()
    # Lines are decoded by the kind of their file, so one line of two kinds of files is two lines.
    of_kinds: dict[str, _Repeated] = {}
    files: dict[str, Trace] = {}
    for name in names:
        content_hash = hash_of_file(output / name)
        trace = memory.trace(name, content_hash)
        if trace is None:
            lines = of_kinds.setdefault(extension(name), _Repeated())
            new = lines.new(text_of(output / name, name).split("\n"))
            trace = _trace(needles, pieces.new(_pieces(decoded_lines([name, *new], name))))
        files[name] = trace
        memory.keep(name, content_hash, trace)
    for kind, lines in of_kinds.items():
        pieces.again.update(_pieces(decoded_lines(sorted(lines.again), f"x.{kind}")))
    memory.shared = union((memory.shared, _trace(needles, sorted(pieces.again))))
    return Searched(files, memory.shared)


class _Repeated:
    """The texts that have been seen, and those of them that have been seen again."""

    def __init__(self) -> None:
        self._seen: set[str] = set()
        self.again: set[str] = set()

    def new(self, found: Iterable[str]) -> list[str]:
        """Return the texts that have not been seen before, in their order."""
        every = dict.fromkeys(found)
        new = [one for one in every if one not in self._seen]
        if len(new) < len(every):
            self.again.update(self._seen.intersection(every))
        self._seen.update(new)
        return new


def _pieces(text: str) -> list[str]:
    """Return the pieces of a text between its ends, as words. They can be searched separately: no needle spans an end."""
    return " ".join(words_of(text)).split(f" {END} ")


def _trace(needles: Needles, pieces: Iterable[str]) -> Trace:
    return needles.trace(f" {END} ".join(pieces).split())


def places_of(
    output: Path, names: Iterable[str], needles: Needles, wanted: PrivateNeedles
) -> Iterator[SuspectedLeak]:
    """Yield each occurrence of a wanted needle in these files, the same one with the same words around it only once."""
    words = {number: word for word, number in needles.words.items() if number in wanted.singles}
    seen: set[tuple[Needle, tuple[str, ...]]] = set()
    for name in names:
        lines: set[str] = set()
        for number, line in enumerate([name, *text_of(output / name, name).split("\n")]):
            if line in lines:
                continue
            lines.add(line)
            every = words_of(decoded_lines([line], name))
            for found in needles.occurrences(every, wanted):
                is_word = found.needle in words and found.needle not in needles.names
                at = number if has_lines(name) else 0
                suspect = suspected_leak(every, found, is_word=is_word, name=name, line=at)
                if (suspect.needle, suspect.contexts) not in seen:
                    seen.add((suspect.needle, suspect.contexts))
                    yield suspect


def leaked_copies(
    output: Path, names: Sequence[str], root: Path, private: Iterable[str], public: Iterable[str]
) -> Mapping[str, str]:
    """Return the files of the output that are copies of private files of the vault, each with that file.

    A private file that is also public under another name does not count. A smaller variant of a private image is a copy as
    well; it is recognized by its name, which begins with a hash of the image.
    """
    sizes: dict[int, list[str]] = {}
    for name in names:
        sizes.setdefault(_size(output / name), []).append(name)
    variants: dict[str, list[str]] = {}
    for name in names:
        if name.startswith(f"{routes.IMAGE_FOLDER}/"):
            variants.setdefault(name.partition("/")[2].partition("-")[0], []).append(name)
    found: dict[str, str] = {}
    for path in private:
        size = _size(root / path)
        if size <= 0 or not (size in sizes or (variants and names_of.is_image(path))):
            continue
        content = hash_of_file(root / path)
        for name in sizes.get(size, ()):
            if hash_of_file(output / name) == content:
                found.setdefault(name, path)
        for name in variants.get(content[:16], ()):
            found.setdefault(name, path)
    if found:
        wanted = {_size(root / path) for path in found.values()}
        excused = {hash_of_file(root / path) for path in public if _size(root / path) in wanted}
        found = {name: path for name, path in found.items() if hash_of_file(root / path) not in excused}
    return found


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return -1
