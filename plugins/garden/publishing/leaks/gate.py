"""The gate itself: sources against output, and a diagnostic for each private line that leaks."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath, extension, fold
from garden.publishing.leaks.image_metadata import IMAGES, has_position, read_image
from garden.publishing.leaks.needles import Needle, Needles, needles_of
from garden.publishing.leaks.public_words import remove_public
from garden.publishing.leaks.search import (
    Find,
    leaked_copies,
    output_files,
    places_of,
    suspects,
    without_copies,
)
from garden.publishing.leaks.secrets import find_secrets
from garden.publishing.leaks.sources import Passage, Sources, vault_sources
from garden.publishing.leaks.words import readable, words_of
from garden.vault.site import Site

_MOST_LINES: Final = 5
"""Lines of one file that are named: a note that leaks as a whole is one mistake, not a hundred."""


def find_leaks(
    site: Site, output: Path, own_files: Sequence[Path] = (), passed_over: Sequence[Path] = ()
) -> list[Diagnostic]:
    """Search a finished output for what only unpublished sources have; return every find, by place (PB-3).

    Errors are leaks. Warnings are what authors publish themselves, perhaps without knowing: what looks like a key, and
    the places where pictures were taken.

    `own_files` are files and folders whose text is public beside that of the notes: the theme, what the author adds
    to it, the settings file. `passed_over` are folders that are not searched for sources, such as the output.
    """
    sources = vault_sources(site, frozenset(map(fold, site.settings.private_keys)), (output, *passed_over))
    needles = needles_of(sources.private, sources.attachments)
    lasting = needles_of(sources.left_out, ())
    needles.add(lasting)
    for text in _public_texts(site, sources):
        needles.remove(words_of(readable(text)))
    public = [path for path in sources.attachments if _is_public(site, path, needles)]
    needles.remove(words_of(readable("\n".join(public))))
    private = sorted(set(sources.attachments).difference(public))
    problems = [*find_secrets(sources.public), *_positions(site, public)]
    names = output_files(output)
    problems += [
        Diagnostic(
            Place(path, 1, 1),
            "file-leaked",
            f"no public note mentions this file, but {name} in the output is a copy",
        )
        for name, path in sorted(leaked_copies(output, names, site.files.root, private, public).items())
    ]
    names = list(without_copies(output, names, site.files.root, public))
    suspected = list(suspects(output, names, needles))
    if suspected:
        needles.keep_only(needle for suspect in suspected for needle in suspect.needles)
        remove_public(site, sources, own_files, needles, lasting)
        leaking = [suspect.name for suspect in suspected if needles.have(suspect.needles)]
        problems += _problems(sources, needles, places_of(output, leaking, needles))
    return sorted(problems)


def _public_texts(site: Site, sources: Sources) -> Iterator[str]:
    """Yield what is public: notes with their paths, folders that are copied whole, settings."""
    for passage in sources.public:
        yield passage.path
        yield passage.text
    static = tuple(f"{folder.strip('/')}/" for folder in site.settings.static)
    if static:
        yield "\n".join(path for path in sources.attachments if path.startswith(static))
    yield "\n".join(redirect.old for redirect in site.snapshot.redirects if redirect.to is not None)
    yield repr(site.settings)
    yield site.files.breadcrumbs
    yield site.files.math_preamble


def _is_public(site: Site, path: str, needles: Needles) -> bool:
    """Say whether an attachment is one that is published, and a public text indeed says its name."""
    return VaultPath(path) in site.snapshot.files and not needles.have_any_of(needles_of((), (path,)))


def _positions(site: Site, public: Iterable[str]) -> Iterator[Diagnostic]:
    """Yield the published pictures that say where they were taken; they are copied as they are (HC-6)."""
    for path in public:
        if extension(path) in IMAGES:
            with suppress(OSError):
                if has_position(read_image(site.files.root / path)):
                    message = "this picture says where it was taken, and it is published as it is"
                    yield Diagnostic(Place(path, 1, 1), "image-position", message)


class _Leak(NamedTuple):
    """A line of a source that leaks: its place, the first text of it that was found, and where."""

    place: Place
    text: str
    find: Find


def _problems(sources: Sources, needles: Needles, found: Iterable[Find]) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each private line that leaks, and for some lines of each file at most."""
    by_needle: dict[Needle, Find] = {}
    for find in found:
        by_needle.setdefault(find.needle, find)
    if not by_needle:
        return
    untold = set(by_needle)
    left_out = set(sources.left_out)
    names = (Passage(path, 1, "") for path in sources.attachments)
    for passage in (*sources.left_out, *sources.private, *names):
        leaks = list(_leaks(passage, needles, by_needle, untold))
        why = "no reader should see this line" if passage in left_out else "this file is not published"
        for number, leak in enumerate(leaks[:_MOST_LINES], 1):
            rest = len(leaks) - number
            more = f", and so do {rest} more of its lines" if number == _MOST_LINES and rest else ""
            where = f"{leak.find.name}:{leak.find.line}" if leak.find.line else leak.find.name
            message = f'{why}, but its text "{leak.text}" is in the output, in {where}{more}'
            yield Diagnostic(leak.place, "text-leaked", message)
    for name, line in {(by_needle[needle].name, by_needle[needle].line) for needle in untold}:
        # It has been found, so it must be reported, even if its line in the sources is not known.
        message = "this file of the output has text that only unpublished notes have"
        yield Diagnostic(Place(name, max(1, line), 1), "text-leaked", message)


def _leaks(
    passage: Passage, needles: Needles, by_needle: Mapping[Needle, Find], untold: set[Needle]
) -> Iterator[_Leak]:
    """Yield the lines of a source that have what was found and no line before; its path counts as its first line.

    What they have is taken out of `untold`.
    """
    for number, line in enumerate([passage.path, *passage.text.split("\n")]):
        every = words_of(readable(line))
        new = needles.found_in(every) & untold
        if not new:
            continue
        untold -= new
        found = Needles()
        found.add(needles)
        found.keep_only(new)
        first = found.first_in(every)
        assert first, "what is found in a line begins somewhere in it"
        text, needle = first
        place = Place(
            passage.path,
            passage.line + max(0, number - 1),
            max(0, fold(line).find(text.partition(" ")[0])) + 1 if number else 1,
        )
        yield _Leak(place, text, by_needle[needle])
