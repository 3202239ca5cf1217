"""The search as a whole: it compares sources and output, and reports each private line that leaks."""

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from msgspec import Struct

from garden.model.diagnostic import Diagnostic, Place, Severity
from garden.model.names import VaultPath, extension, fold
from garden.publishing.folder.record import hash_of_file, stamp_of
from garden.publishing.leaks.excuses import unexcused
from garden.publishing.leaks.image_metadata import IMAGES, has_position, read_image
from garden.publishing.leaks.memory import SearchMemory
from garden.publishing.leaks.needle_file import StoredNeedles
from garden.publishing.leaks.needles import Needles, text_forms
from garden.publishing.leaks.program_texts import files_in, program_texts
from garden.publishing.leaks.search import (
    leaked_copies,
    output_files,
    places_of,
    search_files,
    without_copies,
)
from garden.publishing.leaks.secrets import find_secrets
from garden.publishing.leaks.sources import Passage, Sources, vault_files, vault_sources
from garden.publishing.leaks.suspected_leaks import SuspectedLeak
from garden.publishing.leaks.traces import Needle, PrivateNeedles, Trace, private_needles, union
from garden.publishing.leaks.words import path_forms, readable, words_of
from garden.vault.code_version import code_version
from garden.vault.site import Site

_MOST_LINES: Final = 5
"""The most lines of one file that are reported: a note that leaks completely is one mistake, not a hundred."""


class LeakGate(NamedTuple):
    """What a search needs besides the site and its output.

    `own_files` are files and folders besides the notes whose text is public: the theme, what the author adds to it, the
    settings file. `passed_over` are folders in the vault that have no sources, such as the output. `memory` is the file
    in which traces are kept for the next search, None for no file.
    """

    own_files: Sequence[Path] = ()
    passed_over: Sequence[Path] = ()
    memory: Path | None = None


def find_leaks(site: Site, output: Path, gate: LeakGate = LeakGate()) -> list[Diagnostic]:
    """Search a built site for what only unpublished sources have; return every leak, by place (PB-3).

    Leaks are errors. What authors publish themselves, perhaps unknowingly, is a warning: passwords and keys, and the
    places where pictures were taken.
    """
    names = output_files(output)
    memory = SearchMemory(gate.memory)
    state = state_of(site, output, names, gate) if gate.memory else ""
    known = memory.result(state)
    if known is not None:
        return known
    sources = vault_sources(
        site, frozenset(map(fold, site.settings.private_keys)), (output, *gate.passed_over)
    )
    found = sorted(_Search(site, output, gate, memory).problems(sources, names))
    leaking = any(problem.severity is Severity.ERROR for problem in found)
    memory.save("" if leaking else state, [] if leaking else found)
    return found


class _Search(Struct, frozen=True):
    """One search of one output."""

    site: Site
    output: Path
    gate: LeakGate
    memory: SearchMemory

    def problems(self, sources: Sources, names: Sequence[str]) -> Iterator[Diagnostic]:
        """Yield every problem of these files of the output.

        In this order: number the needles of private sources; drop those that public texts or the program have as well;
        look for the others in the output; and excuse what has another origin.
        """
        root = self.site.files.root
        needles, runs, lasting = self.memory.begin(_hash_of_private(sources), lambda: _needles_of(sources))
        public_texts = _public_texts(self.site, sources)
        traces = [_trace(needles, name, text, self.memory) for name, text in public_texts]
        wanted = private_needles(needles.count, runs, traces)
        wanted.remove(_words_of_program(needles, self.gate.own_files, self.memory))
        public = [path for path in sources.attachments if _is_public(self.site, path, needles, wanted)]
        public_names = "\n".join(form for path in public for form in path_forms(path))
        wanted.remove(needles.trace(words_of(readable(public_names))).needles)
        private = sorted(set(sources.attachments).difference(public))
        yield from find_secrets(sources.public)
        yield from _positions(self.site, public)
        for name, path in sorted(leaked_copies(self.output, names, root, private, public).items()):
            message = f"no public note mentions this file, but {name} in the output is a copy of it"
            yield Diagnostic(Place(path, 1, 1), "file-leaked", message)
        suspected = self._suspected(tuple(without_copies(self.output, names, root, public)), needles, wanted)
        if suspected:
            suspects = list(places_of(self.output, suspected, needles, wanted))
            leaks = unexcused(self.site, sources, self.gate.own_files, suspects, set(range(lasting)))
            yield from _problems(sources, needles, wanted, leaks)

    def _suspected(self, names: Sequence[str], needles: Needles, wanted: PrivateNeedles) -> list[str]:
        """Return the files that contain a wanted needle."""
        found = search_files(self.output, names, needles, self.memory)
        hits = {name: wanted.found_in(trace) for name, trace in found.files.items()}
        if not wanted.found_in(found.shared) <= set().union(*hits.values()):
            # A needle is in a line that several files share, but the file in which that was first found is gone.
            self.memory.forget()
            found = search_files(self.output, names, needles, self.memory)
            hits = {name: wanted.found_in(trace) for name, trace in found.files.items()}
        return [name for name, there in hits.items() if there]


def state_of(site: Site, output: Path, names: Iterable[str], gate: LeakGate) -> str:
    """Return a hash of everything that a search depends on: the output, the sources, the settings and the code."""
    root = site.files.root
    digest = sha256(f"{code_version()} {site.settings!r} {site.snapshot.redirects!r}".encode())
    digest.update(f"{site.files.breadcrumbs} {site.files.math_preamble}".encode("utf-8", "replace"))
    for path, document in sorted(site.snapshot.documents.items()):
        digest.update(f"{path} {document.sha} {document.published}\n".encode("utf-8", "replace"))
    for file in vault_files(root, (output, *gate.passed_over)):
        digest.update(f"{file} {stamp_of(os.lstat(root / file))}\n".encode("utf-8", "replace"))
    for own in files_in(gate.own_files):
        digest.update(f"{own} {hash_of_file(own)}\n".encode("utf-8", "replace"))
    for name in names:
        digest.update(f"{name} {hash_of_file(output / name)}\n".encode("utf-8", "replace"))
    return digest.hexdigest()


def _public_texts(site: Site, sources: Sources) -> Iterator[tuple[str, str]]:
    """Yield the public texts, each with a name: notes with their paths, paths of copied folders, redirects, settings."""
    for passage in sources.public:
        yield f"public {passage.path}", "\n".join((*path_forms(passage.path), passage.text))
    static = tuple(f"{folder.strip('/')}/" for folder in site.settings.static)
    texts = (
        "\n".join(
            form
            for path in sources.attachments
            if static and path.startswith(static)
            for form in path_forms(path)
        ),
        "\n".join(redirect.old for redirect in site.snapshot.redirects if redirect.to is not None),
        repr(site.settings),
        site.files.breadcrumbs,
        site.files.math_preamble,
    )
    for number, text in enumerate(texts):
        yield f"public {number}", text


def _words_of_forms(text: str) -> Iterator[list[str]]:
    """Yield the words of a text in each of its forms: as it is written, and as readers see it."""
    return (words_of(form) for form in text_forms(readable(text)))


def _trace(
    needles: Needles,
    name: str,
    text: str,
    memory: SearchMemory,
    words: Iterable[list[str]] | None = None,
) -> Trace:
    """Return the trace of a public text, from `memory` if its content is the same; `words` saves computing its words."""
    content_hash = sha256(text.encode("utf-8", "replace")).hexdigest()
    trace = memory.trace(name, content_hash)
    if trace is None:
        trace = union(map(needles.trace, _words_of_forms(text) if words is None else words))
    memory.keep(name, content_hash, trace)
    return trace


@lru_cache(maxsize=512)
def _own_words(text: str) -> frozenset[str]:
    """Return the words of a file of the program or the theme, computed once for all searches of a process."""
    return frozenset(word for words in _words_of_forms(text) for word in words)


def _words_of_program(needles: Needles, own_files: Sequence[Path], memory: SearchMemory) -> frozenset[Needle]:
    """Return the needles that are words of the program and not names: where a name is found has to be examined."""
    texts = list(program_texts(own_files))
    words = sorted(
        set().union(*map(_own_words, texts))
    )  # their order does not matter, since only words are looked for
    trace = _trace(needles, "program", "\n".join(texts), memory, [words])
    return trace.singles.intersection(needles.words.values()) - needles.names


def _needles_of(sources: Sources) -> StoredNeedles:
    """Number everything private. What is left out of public notes comes first: its numbers are below `lasting`."""
    needles = Needles()
    runs = needles.add(sources.left_out)
    lasting = needles.count
    runs += needles.add(sources.private, sources.attachments)
    return StoredNeedles(needles, runs, lasting)


def _hash_of_private(sources: Sources) -> str:
    passages = [
        (passage.path, passage.text, passage.is_property) for passage in (*sources.left_out, *sources.private)
    ]
    return sha256(repr((passages, sources.attachments)).encode("utf-8", "replace")).hexdigest()


def _is_public(site: Site, path: str, needles: Needles, wanted: PrivateNeedles) -> bool:
    """Say whether an attachment is published and its file name is in a public text."""
    if VaultPath(path) not in site.snapshot.files:
        return False
    return not wanted.found_in(needles.trace(words_of(readable(path.rpartition("/")[2]))))


def _positions(site: Site, public: Iterable[str]) -> Iterator[Diagnostic]:
    """Report the published pictures whose metadata say where they were taken; files are copied unchanged (HC-6)."""
    for path in public:
        if extension(path) in IMAGES:
            with suppress(OSError):
                if has_position(read_image(site.files.root / path)):
                    message = "this picture says where it was taken, and is published as it is"
                    yield Diagnostic(Place(path, 1, 1), "image-position", message)


class _Leak(NamedTuple):
    """A line of a source that leaks: its place, and where its first needle was found in the output."""

    place: Place
    suspect: SuspectedLeak


def _problems(
    sources: Sources, needles: Needles, wanted: PrivateNeedles, suspects: Iterable[SuspectedLeak]
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each private line that leaks, but only for the first few lines of each file."""
    by_needle: dict[Needle, SuspectedLeak] = {}
    for suspect in suspects:
        by_needle.setdefault(suspect.needle, suspect)
    if not by_needle:
        return
    unreported = set(by_needle)
    left_out = set(sources.left_out)
    names = (Passage(path, 1, "") for path in sources.attachments)
    for passage in (*sources.left_out, *sources.private, *names):
        leaks = list(_leaks(passage, needles, wanted, by_needle, unreported))
        why = "no reader should see this line" if passage in left_out else "this file is not published"
        for number, leak in enumerate(leaks[:_MOST_LINES], 1):
            rest = len(leaks) - number
            more = f", and so do {rest} more of its lines" if number == _MOST_LINES and rest else ""
            where = f"{leak.suspect.name}:{leak.suspect.line}" if leak.suspect.line else leak.suspect.name
            message = f'{why}, but its text "{leak.suspect.text}" is in the output, in {where}{more}'
            yield Diagnostic(leak.place, "text-leaked", message)
    for name, line in {(by_needle[needle].name, by_needle[needle].line) for needle in unreported}:
        # A needle that was found must be reported, even if it is in no line of a source, but spans two.
        message = "this file of the output has text that only unpublished notes have"
        yield Diagnostic(Place(name, max(1, line), 1), "text-leaked", message)


def _leaks(
    passage: Passage,
    needles: Needles,
    wanted: PrivateNeedles,
    by_needle: Mapping[Needle, SuspectedLeak],
    unreported: set[Needle],
) -> Iterator[_Leak]:
    """Yield the lines of a source with a leaked needle that no earlier line has; its path counts as the first line.

    Their needles are removed from `unreported`.
    """
    for number, line in enumerate(["\n".join(path_forms(passage.path)), *passage.text.split("\n")]):
        new: set[Needle] = set()
        first: tuple[str, SuspectedLeak] | None = None
        for every in _words_of_forms(line):
            there = wanted.found_in(needles.trace(every)) & unreported
            if there and not first:
                found = next(one for one in needles.occurrences(every, wanted) if one.needle in there)
                first = every[found.start], by_needle[found.needle]
            new |= there
        if first:
            unreported -= new
            word, suspect = first
            column = max(0, fold(line).find(word)) + 1 if number else 1
            yield _Leak(Place(passage.path, passage.line + max(0, number - 1), column), suspect)
