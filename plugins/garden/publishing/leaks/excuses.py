"""Excusing suspected leaks: text that the program writes itself, or makes from public notes, is not a leak.

The search compares words, and some words of the output are in no public note in this form: words of the theme, names of
months, `nodejs` in the id of the heading "Node.js", `bold` for `**b**old`, or the end of one list item followed by the
beginning of the next in a summary. A word is excused wherever it is. A name or a passage is excused only where it was
found: the words around it must be in a public text as well, or, if there are none, a public text must be exactly that name.
So the theme's word "graph" excuses neither the title "Graph theory" nor the same word in another sentence.

This runs only for what the search has found, so it may be slow and thorough.
"""

import datetime as dt
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from email.utils import format_datetime
from functools import lru_cache
from pathlib import Path
from typing import Final

from babel import Locale
from babel.dates import format_date

from garden.linking.relation import Node
from garden.linking.resolving.resolution import Found
from garden.model import routes
from garden.model.body import Body, Slot, SlotKind
from garden.model.languages import locale_of
from garden.model.names import VaultPath
from garden.model.note import Document
from garden.publishing.leaks.program_texts import locale_texts, program_texts
from garden.publishing.leaks.sources import Sources
from garden.publishing.leaks.suspected_leaks import SuspectedLeak, without_numbers
from garden.publishing.leaks.traces import Needle
from garden.publishing.leaks.words import (
    END,
    ENDS,
    MARKS,
    SLASH,
    name_words,
    readable,
    runs_of_words,
    words_of,
)
from garden.vault.site import Site

_FOLDERS: Final = frozenset(
    " ".join(name_words(folder))
    for folder in (
        *routes.GENERATED,
        routes.TAG_FOLDER,
        routes.CATEGORY_FOLDER,
        routes.AUTHOR_FOLDER,
        routes.FEED_FOLDER,
        routes.IMAGE_FOLDER,
        routes.STATIC_FOLDER,
    )
)
"""The program's own folders, in which there are pages and files that are named after notes, tags and images."""

_FILES: Final = frozenset(
    " ".join(name_words(file.rpartition("/")[2])) for file in (*routes.BESIDE, routes.MAP_DRAWING)
)
"""The names of the program's own files beside pages."""

_OWN_PARTS: Final = _FOLDERS | _FILES | {"index"}
_MONTH: Final = re.compile(r"(?<!\d)([12]\d{3})-(0[1-9]|1[0-2])(?!\d)")
_ENDINGS: Final = frozenset("css html js json md svg txt xml".split())
_SHORTEST: Final = 4  # letters of what may be a name within other text
_IN_WORDS: Final = re.compile(r"[\W_]+")
_DIVIDED: Final = re.compile(r"[^\W_]+(?:[^\w\s]|_)+\w\S*")
_TAG: Final = re.compile(r"<[^<>]*>")


@dataclass(slots=True)
class _Texts:
    """Public texts in the forms in which suspected leaks are looked up; all are words separated by spaces."""

    words: set[str] = field(default_factory=set)
    pieces: set[str] = field(default_factory=set)  # what is between two marks: a whole text of its own
    rows: list[str] = field(default_factory=list)  # each text without marks, with a space at both ends
    names: set[str] = field(default_factory=set)  # whole names
    parts_of_names: set[str] = field(default_factory=set)  # what is between two marks of a name
    parts_of_paths: set[str] = field(default_factory=set)
    pairs_of_paths: set[tuple[str, ...]] = field(default_factory=set)  # what is before and after a slash

    def add(self, text: str) -> None:
        """Add a text. It is added without its numbers as well, since the program counts and numbers things."""
        every = words_of(readable(text))
        self.words.update(every)
        for ends in (ENDS, MARKS):
            for run in runs_of_words(every, ends):
                self.pieces.update((" ".join(run), " ".join(without_numbers(run))))
        words = [word for word in every if word not in MARKS]
        self.rows.append(f" {' '.join(words)} ")
        if any(map(str.isdigit, words)):
            self.rows.append(f" {' '.join(without_numbers(words))} ")

    def include(self, other: "_Texts") -> None:
        """Add all texts of another collection."""
        self.words |= other.words
        self.pieces |= other.pieces
        self.rows += other.rows
        self.names |= other.names
        self.parts_of_names |= other.parts_of_names
        self.parts_of_paths |= other.parts_of_paths
        self.pairs_of_paths |= other.pairs_of_paths

    def add_name(self, name: str) -> None:
        """Add a text from which ids and addresses are made, which have its words but not its punctuation."""
        words = " ".join(name_words(name))
        self.pieces.add(words)
        self.names.add(words)
        self.parts_of_names.update(" ".join(run) for run in runs_of_words(words_of(readable(name)), MARKS))

    def excuse(self, suspect: SuspectedLeak, program: "_Texts") -> bool:
        """Say whether these texts, together with those of the program, explain a suspected leak."""
        if suspect.is_word:
            return suspect.text in self.words
        if suspect.text in program.words and suspect.text not in suspect.contexts:
            return True  # it is a word of the program within a longer text, and not a text of its own
        if suspect.path:
            if self is program:
                return suspect.path in self.pairs_of_paths
            # The program puts notes, tags and files into folders of its own.
            return suspect.path[0] in _FOLDERS and (
                suspect.path[1] in self.names or suspect.path[1] in self.parts_of_names
            )
        if self is program and suspect.is_part and suspect.text in suspect.contexts:
            # A part of an address, such as "/sorting/", must be a part of one in the program, or of an own file or folder.
            return any(part in self.parts_of_paths or part in _OWN_PARTS for part in suspect.contexts)
        if suspect.row and suspect.row.is_made_of(self.names, program.pieces):
            return True  # the program lists several names or words with commas between them
        return any(
            context in self.pieces
            if context == suspect.text
            else any(f" {context} " in row for row in self.rows)
            for context in suspect.contexts
        )


def unexcused(
    site: Site,
    sources: Sources,
    own_files: Sequence[Path],
    suspects: Sequence[SuspectedLeak],
    lasting: set[Needle],
) -> list[SuspectedLeak]:
    """Return the suspected leaks that nothing excuses.

    `lasting` are needles that are left out of public notes, such as comments: only the program's own texts and the notes as
    written excuse them, not what is made from the notes, since that might contain a comment by mistake.
    """
    # Within a longer text, a very short name is part of something else.
    suspects = [
        suspect
        for suspect in suspects
        if len(suspect.text) >= _SHORTEST or " " in suspect.text or suspect.text in suspect.contexts
    ]
    kept: list[SuspectedLeak] = []
    names = {suspect.name for suspect in suspects}
    program = _program((*program_texts(own_files), *locale_texts(site)))
    for texts in _public_texts(site, sources, program, names):
        if texts is None:
            kept = [suspect for suspect in suspects if suspect.needle in lasting]
            suspects = [suspect for suspect in suspects if suspect.needle not in lasting]
        else:
            suspects = [suspect for suspect in suspects if not texts.excuse(suspect, program)]
        if not suspects:
            break
    return kept + suspects


@lru_cache(maxsize=1)
def _program(texts: tuple[str, ...]) -> _Texts:
    program = _Texts()
    for text in texts:
        program.include(_of_program(text))
    return program


@lru_cache(maxsize=512)
def _of_program(text: str) -> _Texts:
    """Return the words of a file of the program or the theme, computed once for all searches of a process."""
    found = _Texts()
    found.add(text)
    found.pairs_of_paths.update(_pairs_of_paths(words_of(readable(text))))
    found.parts_of_paths.update(part for pair in found.pairs_of_paths for part in pair)
    return found


def _pairs_of_paths(every: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield what is before and after each slash; the name of a file with its ending and without."""
    before, mark = "", END
    piece: list[str] = []
    for word in (*every, END):
        if word not in MARKS:
            piece.append(word)
            continue
        if mark == SLASH:
            yield before, " ".join(piece)
            if piece and piece[-1] in _ENDINGS:
                yield before, " ".join(piece[:-1])
        before, mark = " ".join(piece), word
        piece = []


def _public_texts(
    site: Site, sources: Sources, program: _Texts, suspected: Collection[str]
) -> Iterator[_Texts | None]:
    """Yield collections of public texts, the cheapest first; None comes before those that are made from the notes."""
    yield program
    written = _Texts()
    for passage in sources.public:
        written.add(passage.text)
        for joined in _joined(passage.text):
            written.words.add(joined)
            written.pieces.add(joined)
        for part in (*passage.path.split("/"), *_lines_of_names(passage.text)):
            written.add_name(part)
    yield written
    yield None
    read = _Texts()
    public = {path: document for path, document in site.snapshot.documents.items() if document.published}
    for document in public.values():
        for text in _facts(document, site.body(document.path)):
            read.add(text)
        for name in _names(document):
            read.add_name(name)
    read.add(_months(site, sources))
    yield read
    # Notes on whose pages something is suspected come first, since they most likely explain it.
    own = {path for path in public if _page(site, path) in suspected}
    for path in sorted(public, key=lambda path: (path not in own, path)):
        made = _Texts()
        body = site.body(path)
        for parts in (body.parts, body.markdown, *(note.parts for note in body.footnotes)):
            html = _filled(site, path, parts)
            made.add(html)
            made.add(_TAG.sub(" ", html))
            made.add(_TAG.sub("", html))
        yield made


def _page(site: Site, path: VaultPath) -> str:
    """Return the file of a note's page."""
    url = site.snapshot.addresses.get(Node("note", path), "")
    return f"{url}index.html" if url.endswith("/") or not url else url


def _lines_of_names(text: str) -> Iterator[str]:
    """Yield the lines, and values in lines, of a note from which addresses and ids may be made: headings, items, titles."""
    for number, line in enumerate(text.split("\n")):
        if number == 0 or line.lstrip().startswith(("#", "- ", "title:", '"')):
            yield line
        if ":" in line:
            yield line.partition(":")[2]


def _names(document: Document) -> Iterator[str]:
    """Yield what addresses are made from besides paths: titles, aliases, tags, years and months."""
    yield document.title
    yield from document.meta.aliases
    yield from (tag.name for tag in document.tags)
    for date in filter(None, (document.meta.date, document.meta.modified)):
        yield f"{date.year}"
        yield f"{date.month:02}"


def _months(site: Site, sources: Sources) -> str:
    """Return the months that public notes give as numbers, such as 2024-05, as the archive shows them: "May 2024"."""
    texts = (f"{passage.path}\n{passage.text}" for passage in sources.public)
    months = {found.groups() for text in texts for found in _MONTH.finditer(text)}
    days = [dt.date(int(year), int(month), 1) for year, month in sorted(months)]
    languages = {site.settings.language, *(each.meta.lang for each in site.snapshot.documents.values())}
    locales = [locale for language in sorted(filter(None, languages)) if (locale := locale_of(language))]
    return "\n".join(format_date(day, "MMMM y", locale) for locale in locales for day in days)


def _facts(document: Document, body: Body) -> Iterator[str]:
    """Yield what reading has found in a public note, without its HTML, and its dates in the forms that pages use."""
    meta = document.meta
    yield document.title
    yield body.plain
    # Each term alone: neither its weight nor the next term makes a passage of it.
    yield "\n".join(line.partition(" ")[2].replace(" ", "\n") for line in body.terms.split("\n"))
    yield meta.summary
    yield " and ".join(meta.authors)  # as citations list them
    for date in filter(None, (meta.date, meta.modified)):
        day = dt.date(date.year, date.month, date.day)
        yield f"{day.isoformat()}\n{day:%Y%m%d}\n{format_datetime(dt.datetime(date.year, date.month, date.day, tzinfo=dt.UTC))}"
        locale = locale_of(meta.lang) or Locale("en")
        yield "\n".join(format_date(day, form, locale) for form in ("short", "medium", "long", "full"))


def _joined(text: str) -> set[str]:
    """Return the words that result when the markup within a text is removed: `Node.js` as `nodejs`."""
    return {word for chunk in _DIVIDED.findall(text) for word in words_of(_IN_WORDS.sub("", chunk))}


def _filled(site: Site, path: VaultPath, parts: Iterable[str | Slot]) -> str:
    """Return a body as HTML, its links with the titles of the public notes that they lead to."""
    return "".join(part if isinstance(part, str) else _shown(site, path, part) for part in parts)


def _shown(site: Site, path: VaultPath, slot: Slot) -> str:
    """Return what a slot shows, as far as it is text: for a link to a private note, the name that is written there."""
    if slot.kind is not SlotKind.LINK_TEXT or not isinstance(slot.value, int):
        return slot.value if isinstance(slot.value, str) else ""
    index = slot.value
    refs, resolutions = site.snapshot.documents[path].refs, site.snapshot.resolutions.get(path, ())
    match resolutions[index] if index < len(resolutions) else None:
        case Found(node) if node.kind == "note" and site.snapshot.documents[VaultPath(node.key)].published:
            return site.snapshot.title(node)
    return refs[index].raw if index < len(refs) else ""
