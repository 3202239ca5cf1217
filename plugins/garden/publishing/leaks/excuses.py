"""Excuses: a second check of each suspected leak, since text that the program writes, or makes from public notes, is not a leak.

The first check compares words. Some words are in the output although no public note has them in this form: words of the
theme, names of months, `nodejs` in the id of the heading "Node.js", `bold` for `**b**old`, the end of one list item and the
beginning of the next in a summary. A word is excused wherever it stands. A name or a passage is excused only at its place:
the words around it must also be those of a public text, or, if there are none, a public text must be exactly that name. So
the theme's word "graph" does not excuse the title "Graph theory", nor the same word in another sentence.

This runs only for what the first check has found, so it may be slow and thorough.
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
from garden.model.body import Slot, SlotKind
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
"""The program's own files beside pages."""

_OWN_PARTS: Final = _FOLDERS | _FILES | {"index"}
_MONTH: Final = re.compile(r"(?<!\d)([12]\d{3})-(0[1-9]|1[0-2])(?!\d)")
_ENDINGS: Final = frozenset("css html js json md svg txt xml".split())
_SHORTEST: Final = 4  # letters of what may be a name within other text
_IN_WORDS: Final = re.compile(r"[\W_]+")
_DIVIDED: Final = re.compile(r"[^\W_]+(?:[^\w\s]|_)+\w\S*")
_TAG: Final = re.compile(r"<[^<>]*>")


@dataclass(slots=True)
class _Texts:
    """Public texts: their words, their pieces between ends, and each as one row of words."""

    words: set[str] = field(default_factory=set)
    pieces: set[str] = field(default_factory=set)
    rows: list[str] = field(default_factory=list)
    names: set[str] = field(default_factory=set)
    parts_of_names: set[str] = field(default_factory=set)
    parts_of_paths: set[str] = field(default_factory=set)
    pairs_of_paths: set[tuple[str, ...]] = field(default_factory=set)

    def add(self, text: str) -> None:
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
        """Add the texts of another one."""
        self.words |= other.words
        self.pieces |= other.pieces
        self.rows += other.rows
        self.names |= other.names
        self.parts_of_names |= other.parts_of_names
        self.parts_of_paths |= other.parts_of_paths
        self.pairs_of_paths |= other.pairs_of_paths

    def add_name(self, name: str) -> None:
        """Add a text from which ids and addresses are made: they keep its words and drop its punctuation."""
        words = " ".join(name_words(name))
        self.pieces.add(words)
        self.names.add(words)
        self.parts_of_names.update(" ".join(run) for run in runs_of_words(words_of(readable(name)), MARKS))

    def excuse(self, suspect: SuspectedLeak, program: "_Texts") -> bool:
        """Say whether a suspected leak consists of these texts, with texts of the program between them."""
        if suspect.is_word:
            return suspect.text in self.words
        if suspect.text in program.words and suspect.text not in suspect.contexts:
            return True  # a name that is a word of the program's sentences, and does not stand alone
        if suspect.path:
            if self is program:
                return suspect.path in self.pairs_of_paths
            # The program puts notes, tags and files into folders of its own.
            return suspect.path[0] in _FOLDERS and (
                suspect.path[1] in self.names or suspect.path[1] in self.parts_of_names
            )
        if self is program and suspect.is_part and suspect.text in suspect.contexts:
            # "/sorting/" is not a word of a sentence; each page is in a file "index.html".
            return any(part in self.parts_of_paths or part in _OWN_PARTS for part in suspect.contexts)
        if suspect.row and suspect.row.is_made_of(self.names, program.pieces):
            return True  # the program writes several names or words with commas between them
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
    """Return the suspected leaks that are leaks.

    `lasting` are needles from public notes themselves, such as their comments: text that the program makes from the
    notes does not excuse them.
    """
    # A very short name must stand alone; otherwise it is part of something else.
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
    """Yield what is on both sides of each slash; a file's name with its ending and without."""
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
    """Yield public texts, the cheapest first; None comes before those that are made from the notes."""
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
        for text in _facts(document):
            read.add(text)
        for name in _names(document):
            read.add_name(name)
    read.add(_months(site, sources))
    yield read
    # Text at a note's own address is most likely made from that note.
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
    url = site.snapshot.addresses.get(Node("note", path), "")
    return f"{url}index.html" if url.endswith("/") or not url else url


def _lines_of_names(text: str) -> Iterator[str]:
    """Yield the headings, values and first lines of a note, from which addresses and ids are made."""
    for number, line in enumerate(text.split("\n")):
        if number == 0 or line.lstrip().startswith(("#", "- ", "title:", '"')):
            yield line
        if ":" in line:
            yield line.partition(":")[2]


def _names(document: Document) -> Iterator[str]:
    """Yield what addresses are made from, besides paths."""
    yield document.title
    yield from document.meta.aliases
    yield from (tag.name for tag in document.tags)
    for date in filter(None, (document.meta.date, document.meta.modified)):
        yield f"{date.year}"
        yield f"{date.month:02}"


def _months(site: Site, sources: Sources) -> str:
    """Return the months that public notes name by numbers, as calendars call them."""
    texts = (f"{passage.path}\n{passage.text}" for passage in sources.public)
    months = {found.groups() for text in texts for found in _MONTH.finditer(text)}
    days = [dt.date(int(year), int(month), 1) for year, month in sorted(months)]
    languages = {site.settings.language, *(each.meta.lang for each in site.snapshot.documents.values())}
    locales = [locale for language in sorted(filter(None, languages)) if (locale := locale_of(language))]
    return "\n".join(format_date(day, "MMMM y", locale) for locale in locales for day in days)


def _facts(document: Document) -> Iterator[str]:
    """Yield what reading has found in a public note, without its body."""
    meta = document.meta
    yield document.title
    yield document.plain
    # Without their weights: "chapter 2" is said nowhere.
    yield "\n".join(line.partition(" ")[0] for line in document.terms.split("\n"))
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
    """Return a body with the titles of the public notes that it links to."""
    return "".join(part if isinstance(part, str) else _shown(site, path, part) for part in parts)


def _shown(site: Site, path: VaultPath, slot: Slot) -> str:
    if slot.kind is not SlotKind.LINK_TEXT or not isinstance(slot.value, int):
        return slot.value if isinstance(slot.value, str) else ""
    index = slot.value
    refs, resolutions = site.snapshot.documents[path].refs, site.snapshot.resolutions.get(path, ())
    match resolutions[index] if index < len(resolutions) else None:
        case Found(node) if node.kind == "note" and site.snapshot.documents[VaultPath(node.key)].published:
            return site.snapshot.title(node)
    return refs[index].raw if index < len(refs) else ""
