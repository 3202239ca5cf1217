"""The sources that the leak gate compares the output with: which files are public, and which parts of public ones are not.

Of the build it only uses which notes have a page. It walks the vault itself, so that files that builds do not read (in
ignored folders, templates, Obsidian's trash) are private sources as well.
"""

import os
import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from msgspec import Struct

from garden.model.ledger import LEDGER_FILE
from garden.model.names import VaultPath, extension, is_note, stem, without_ending
from garden.model.note import Document
from garden.publishing.folder.record import RECORD
from garden.publishing.leaks.words import WIKI_LINK, name_words, readable
from garden.reading.frontmatter.parsing.cut import cut_front_matter
from garden.vault.own_files import is_own_file
from garden.vault.site import Site

_TEXT_KINDS: Final = frozenset("base bib canvas csv org rst tex tsv txt".split())
"""Kinds of attachments with text by the author, which the search of the output could find."""

_TEXT_ENDING: Final = re.compile(rf"\.(?:{'|'.join(sorted(_TEXT_KINDS))})\b", re.IGNORECASE)
_END_OF_NAME: Final = re.compile(r"[^\[\]()|\"'<>/\n]+\Z")
_LONGEST_NAME: Final = 255  # letters
_LARGEST_TEXT: Final = 2_000_000  # bytes that are read of an attachment: what is longer is data
_TRASH: Final = ".trash"
_DESTINATION: Final = re.compile(r"(\]\(|\]:[ \t]*)(<[^<>\n]*>|[^()\s<>]+)")
"""Where a Markdown link or a link definition leads, after what stands before it."""

_ONLY_COMMENT: Final = re.compile(
    r"^[ ]{0,3}(?:%%(?:[^%\n]|%(?!%))*%%|<!--(?:[^\n-]|-(?!->))*-->)[ \t]*$|^%%[ \t]*\n(?:(?!.*%%).*\n)+?%%[ \t]*$",
    re.MULTILINE,
)
"""A comment of Obsidian or HTML that is alone on its line, or one of Obsidian's between lines that only have its marks."""

_FENCE: Final = re.compile(r"^[ \t>]*(`{3,}|~{3,}).*?(?:^[ \t>]*\1|\Z)", re.MULTILINE | re.DOTALL)
"""A code block, up to its closing fence or the end of the text."""

_VIEW: Final = re.compile(
    r"^[ \t>]*(?:`{3,}|~{3,})[ \t]*(?:base|dataview)|\.base\b|`=", re.MULTILINE | re.IGNORECASE
)
"""A view of Obsidian's Bases or Dataview: a code block, an embedded base, or a query within a text."""

_CODE: Final = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})(?s:.*?)(?:^[ \t>]*(?P=fence)|\Z)|(?<!`)(?P<span>`+)(?!`)[^`\n]+(?P=span)(?!`)",
    re.MULTILINE,
)
"""A code block or code within a line."""


class Passage(Struct, frozen=True):
    """Text of a source."""

    path: str  # of its file in the vault
    line: int  # its first line there
    text: str
    is_property: bool = False  # whether it is a property in front matter


class Sources(Struct, frozen=True):
    """The vault, divided into what is public and what is not.

    `private` are notes without a page, and text files that no public note mentions. `left_out` are parts of public notes
    that no reader sees: comments on lines of their own, and properties that are private by the settings. `public` are the
    public notes without these parts, and without the names of private notes in links that show another text, and the text
    files that public notes mention. `attachments` are the paths of all files that are not notes.
    """

    private: tuple[Passage, ...]
    left_out: tuple[Passage, ...]
    public: tuple[Passage, ...]
    attachments: tuple[str, ...]


def vault_sources(site: Site, private_keys: Collection[str], passed_over: Sequence[Path]) -> Sources:
    """Read the sources in a vault; output folders, including `passed_over`, are not among them."""
    root = site.files.root
    documents = site.snapshot.documents
    public_paths = {str(path) for path, document in documents.items() if document.published}
    found = sorted({*vault_files(root, passed_over), *documents, *site.files.attachments})
    notes = [path for path in found if is_note(path) or path in documents]
    private = [_passage(root, path) for path in notes if path not in public_paths]
    # A name that a public note has as well may be shown.
    secret_names = _names(documents, private) - _names(
        documents, [Passage(path, 1, "") for path in public_paths]
    )
    # Relations to private notes are left out, unless the settings show the names of unpublished parents.
    relations = () if site.settings.unpublished_parents else site.settings.reading.relations
    published = [_passage(root, path) for path in sorted(public_paths)]
    shows_properties = bool(site.settings.provenance) or any(map(_shows_properties, published))
    masks = _Masks(secret_names, relations, shows_properties=shows_properties)
    left_out: list[Passage] = []
    public: list[Passage] = []
    for passage in published:
        path = passage.path
        hidden = [*_comments(passage), *_properties(passage, documents[VaultPath(path)], private_keys)]
        left_out += hidden
        public.append(Passage(path, 1, masks.applied(_without(passage, hidden))))
    attachments = [path for path in found if not (is_note(path) or path in documents)]
    texts = [path for path in attachments if extension(path) in _TEXT_KINDS]
    if texts:
        mentioned = _mentioned(public)
        static = tuple(f"{folder.strip('/')}/" for folder in site.settings.static)
        for path in texts:
            is_public = path.startswith(static) or path.rpartition("/")[2].casefold() in mentioned
            (public if is_public else private).append(_passage(root, path, _LARGEST_TEXT))
    return Sources(tuple(private), tuple(left_out), tuple(public), tuple(attachments))


def _shows_properties(passage: Passage) -> bool:
    """Say whether a public note has a view, which may show the properties of every public note."""
    return extension(passage.path) == "base" or bool(_VIEW.search(passage.text))


def vault_files(root: Path, passed_over: Sequence[Path]) -> Iterator[str]:
    """Yield the paths of all files of the vault, including those in Obsidian's trash."""
    built = {os.path.realpath(folder) for folder in passed_over}
    for parent, folders, files in os.walk(root):
        if os.path.realpath(parent) in built or RECORD in files:  # the record is in every output folder
            folders.clear()
            continue
        folders[:] = sorted(name for name in folders if not name.startswith(".") or name == _TRASH)
        below = os.path.relpath(parent, root)
        prefix = "" if below == "." else below.replace(os.sep, "/") + "/"
        for name in files:
            path = prefix + name
            # Files that Garden keeps there itself are not sources, and change with each publication.
            if not name.startswith(".") and path != LEDGER_FILE and not is_own_file(root, path):
                yield path


def _passage(root: Path, path: str, largest: int = -1) -> Passage:
    """Return the text of a file, at most its first `largest` bytes; empty if the file is gone or cannot be read."""
    try:
        with (root / path).open("rb") as content:
            text = content.read(largest).decode("utf-8-sig", "replace")
    except OSError:
        text = ""
    return Passage(path, 1, text.replace("\r\n", "\n").replace("\r", "\n"))


def _names(documents: Mapping[VaultPath, Document], notes: Iterable[Passage]) -> set[tuple[str, ...]]:
    """Return the names that links may use for these notes, as words: path, file name, title, aliases."""
    found: set[tuple[str, ...]] = set()
    for note in notes:
        document = documents.get(VaultPath(note.path))
        called = (document.title, *document.meta.aliases) if document else ()
        found.update(name_words(name) for name in (stem(note.path), without_ending(note.path), *called))
    return found - {()}


class _Masks:
    """Removes the names of private notes from public text where readers see another text, or none (PB-4)."""

    def __init__(
        self, names: Collection[tuple[str, ...]], relations: Collection[str], *, shows_properties: bool
    ) -> None:
        self._names = names
        self._shows_properties = shows_properties
        keys = "|".join(sorted(map(re.escape, relations)))
        self._relation = re.compile(
            rf"^(?P<key>[ \t]*(?:[-*+>][ \t]*)*[\"']?(?:{keys})[\"']?[ \t]*::?)(?P<value>.*)$",
            re.MULTILINE | re.IGNORECASE,
        )
        self._has_relations = bool(relations)

    def applied(self, text: str) -> str:
        """Return public text without such names."""
        if not self._names:
            return text
        front = cut_front_matter(text)
        if front and not self._shows_properties:
            text = (
                text[: front.start]
                + WIKI_LINK.sub(self._property, text[front.start : front.end])
                + text[front.end :]
            )
        masked: list[str] = []
        at = 0
        for code in _CODE.finditer(text):
            # Code is shown as it is written.
            masked += (self._masked(text[at : code.start()]), code[0])
            at = code.end()
        return "".join((*masked, self._masked(text[at:])))

    def _masked(self, text: str) -> str:
        """Return text that is not code without such names in links and in relations."""
        text = WIKI_LINK.sub(self._link, text)
        text = _DESTINATION.sub(self._destination, text)
        return self._relation.sub(self._field, text) if self._has_relations else text

    def _property(self, found: re.Match[str]) -> str:
        return "" if self._is_private(found[2]) else found[0]

    def _link(self, found: re.Match[str]) -> str:
        # Readers see the text of a link, but not its target; of an embed of a private note they see nothing.
        is_embed, target, display = found.groups()
        if (is_embed or display) and self._is_private(target):
            return "" if is_embed else f"[[{display}]]"
        return found[0]

    def _destination(self, found: re.Match[str]) -> str:
        # The address of another site is shown as it is written, even if it names a private note.
        is_elsewhere = "://" in found[2]
        return found[1] if not is_elsewhere and self._is_private(found[2]) else found[0]

    def _field(self, found: re.Match[str]) -> str:
        # The value of a relation consists of links, or is one name without brackets.
        value = WIKI_LINK.sub(self._property, found["value"])
        if value == found["value"] and self._is_private(value):
            value = ""
        return found["key"] + value

    def _is_private(self, target: str) -> bool:
        """Say whether a link leads to a private note: by its path or its file name, in the notation of Pelican as well."""
        path = readable(target).rpartition("\n")[2].strip("<> \\\"'/").partition("#")[0].strip()
        path = without_ending(path.removeprefix("{filename}"))
        return name_words(path) in self._names or name_words(path.rpartition("/")[2]) in self._names


def _comments(passage: Passage) -> Iterator[Passage]:
    """Yield what is certainly a comment: it is alone on its lines, and not in a code block (CM-1)."""
    if "%%" not in passage.text and "<!--" not in passage.text:
        return
    code = [found.span() for found in _FENCE.finditer(passage.text)]
    for found in _ONLY_COMMENT.finditer(passage.text):
        if not any(start < found.end() and found.start() < end for start, end in code):
            yield Passage(passage.path, passage.text.count("\n", 0, found.start()) + 1, found[0])


def _properties(passage: Passage, document: Document, keys: Collection[str]) -> Iterator[Passage]:
    """Yield the private properties of a note, each with the line of its key and those that continue its value."""
    lines = passage.text.split("\n")
    for key, place in sorted(document.meta.places.items()):
        if key.strip().casefold() in keys:
            end = place.line
            while end < len(lines) and (lines[end][:1] in (" ", "\t") or re.match(r"- |-$", lines[end])):
                end += 1
            yield Passage(passage.path, place.line, "\n".join(lines[place.line - 1 : end]), is_property=True)


def _without(passage: Passage, hidden: Iterable[Passage]) -> str:
    """Return a text with the lines of its hidden parts left empty, so that all other lines keep their numbers."""
    lines: list[str] = passage.text.split("\n")
    for piece in hidden:
        for number in range(piece.line - 1, piece.line + piece.text.count("\n")):
            lines[number] = ""
    return "\n".join(lines)


def _mentioned(public: Iterable[Passage]) -> set[str]:
    """Return the file names of text attachments that public notes mention, in lower case."""
    found: set[str] = set()
    for passage in public:
        text = readable(passage.text)
        for ending in _TEXT_ENDING.finditer(text):
            # Search backwards from the ending, because a line may be as long as a file.
            name = _END_OF_NAME.search(text, max(0, ending.start() - _LONGEST_NAME), ending.end())
            if name:
                found.add(name[0].strip().casefold())
    return found
