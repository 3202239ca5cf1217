"""Proposals for what is being typed: notes, headings, blocks, tags, fields, properties."""

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from msgspec import Struct

from garden.authoring.destinations import Destinations
from garden.hosts.lsp.cursor import TypedText, TypingContext, typed_before
from garden.hosts.lsp.open_vault import OpenVault
from garden.model.names import VaultPath, fold, stem, without_ending
from garden.reading.frontmatter.property import KNOWN_KEYS

MOST: Final = 100
"""The maximum number of proposals that are sent; if there are more, the editor asks again when more is typed."""

_SHOWN_OF_BLOCK: Final = 80
"""The number of characters of a block that are shown."""


class Proposal(Struct, frozen=True):
    """A text that may replace what has been typed; the editor shows its label and its detail."""

    text: str
    label: str
    detail: str = ""
    kind: TypingContext = TypingContext.NOTHING


class Proposals(Struct, frozen=True):
    """The proposals for what has been typed, the best first; `is_cut` says that there are more."""

    typed: TypedText
    found: tuple[Proposal, ...] = ()
    is_cut: bool = False


def proposals(vault: OpenVault, path: VaultPath, line: int, column: int) -> Proposals:
    """Return the proposals at a place in a note; line and column are 0-based, in code points."""
    typed = typed_before(vault.text(path), line, column)
    ranked = sorted(_ranked(_candidates(vault, path, typed), typed.words), key=lambda item: item[0])
    found = tuple(proposal for _, proposal in ranked[:MOST])
    return Proposals(typed, found, is_cut=len(ranked) > MOST)


def _candidates(vault: OpenVault, path: VaultPath, typed: TypedText) -> Iterator[Proposal]:
    """Yield everything of the kind that is being typed."""
    match typed.context:
        case TypingContext.NOTE:
            yield from _notes(vault)
            yield from _wanted(vault)
        case TypingContext.FILE:
            yield from _files(vault)
            yield from _notes(vault)
        case TypingContext.HEADING | TypingContext.BLOCK:
            yield from _parts(vault, path, typed)
        case TypingContext.TAG:
            tags = vault.site.snapshot.tags.values()
            yield from (
                Proposal(entry.name, entry.name, f"{len(entry.notes)} notes", TypingContext.TAG)
                for entry in tags
            )
        case TypingContext.FIELD:
            yield from _fields(vault)
        case TypingContext.PROPERTY:
            yield from _properties(vault)
        case TypingContext.NOTHING:
            return


def _ranked(candidates: Iterable[Proposal], words: str) -> Iterator[tuple[tuple[int, int, str], Proposal]]:
    """Yield the candidates that match the words, with their ranks.

    Candidates that begin with the words come first, then those of which another word begins with them, then those that
    contain them, then those that contain each of them somewhere.
    """
    wanted = fold(words)
    for proposal in candidates:
        name = fold(proposal.label)
        at = name.find(wanted)
        if at < 0:
            if not all(part in name for part in wanted.split()):
                continue
            rank = 3
        else:
            rank = 0 if at == 0 else 1 if not name[at - 1].isalnum() else 2
        yield (rank, len(name), name), proposal


def _notes(vault: OpenVault) -> Iterator[Proposal]:
    """Yield the notes, by their names in links, and by titles and aliases, which become the text of the link."""
    destinations = Destinations(vault.documents)
    for path, document in vault.documents.items():
        name = destinations.name(path)
        title = document.title if fold(document.title) != fold(stem(path)) else ""
        draft = "" if document.published else " (draft)"
        yield Proposal(name, name, f"{title or without_ending(path)}{draft}", TypingContext.NOTE)
        if title:
            yield Proposal(f"{name}|{title}", title, f"{without_ending(path)}{draft}", TypingContext.NOTE)
        for alias in document.meta.aliases:
            yield Proposal(f"{name}|{alias}", alias, f"{without_ending(path)}{draft}", TypingContext.NOTE)


def _wanted(vault: OpenVault) -> Iterator[Proposal]:
    """Yield the parents that are only names so far."""
    for hub in vault.site.snapshot.hubs.values():
        name = hub.written or hub.title
        yield Proposal(name, name, "not written yet", TypingContext.NOTE)


def _files(vault: OpenVault) -> Iterator[Proposal]:
    """Yield the attachments: by their names, or by their paths where several have the same name."""
    called = Counter(fold(path.rpartition("/")[2]) for path in vault.site.files.attachments)
    for path in vault.site.files.attachments:
        name = path.rpartition("/")[2]
        yield Proposal(name if called[fold(name)] == 1 else path, name, path, TypingContext.FILE)


def _parts(vault: OpenVault, path: VaultPath, typed: TypedText) -> Iterator[Proposal]:
    """Yield the headings or blocks of the note that the link names, or of the note itself."""
    target = path
    if typed.target:
        match = vault.index.anywhere(without_ending(typed.target)) or vault.index.alias(typed.target)
        if match is None or not match.entry.is_note:
            return
        target = match.entry.path
    document = vault.documents[target]
    if typed.context is TypingContext.HEADING:
        for heading in document.headings:
            text = "".join(char for char in heading.text if char not in "#^[]|")
            yield Proposal(" ".join(text.split()), heading.text, "#" * heading.level, TypingContext.HEADING)
    else:
        for block in document.blocks:
            yield Proposal(block.id, block.id, block.text[:_SHOWN_OF_BLOCK], TypingContext.BLOCK)


def _fields(vault: OpenVault) -> Iterator[Proposal]:
    """Yield the names of relations, and of all other fields that notes have."""
    uses: Counter[str] = Counter()
    for document in vault.documents.values():
        uses.update({field.label for field in document.fields})
    for relation in vault.settings.relations:
        uses.pop(relation.name, None)
        yield Proposal(f"{relation.name}:: ", relation.name, relation.label, TypingContext.FIELD)
    for label, count in uses.items():
        yield Proposal(f"{label}:: ", label, f"{count} notes", TypingContext.FIELD)


def _properties(vault: OpenVault) -> Iterator[Proposal]:
    """Yield the properties that notes have, then others that have a meaning."""
    uses: Counter[str] = Counter()
    for document in vault.documents.values():
        uses.update(document.meta.properties.keys())
    for key, count in uses.items():
        yield Proposal(f"{key}: ", key, f"{count} notes", TypingContext.PROPERTY)
    known = {key.lower() for key in uses}
    for key in sorted({*KNOWN_KEYS, *(relation.name for relation in vault.settings.relations)}):
        if key.lower() not in known:
            yield Proposal(f"{key}: ", key, "", TypingContext.PROPERTY)
