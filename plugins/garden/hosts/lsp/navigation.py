"""Answers to questions of the editor: where a link leads, what links to a note, what a note says, what renaming changes."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from msgspec.structs import replace

from garden.authoring.renaming import Renaming, RenamingError, plan_renaming
from garden.hosts.lsp.cursor import ref_at, tag_at
from garden.hosts.lsp.open_vault import OpenVault
from garden.linking.relation import Node
from garden.linking.resolving.resolve import locate
from garden.linking.sections import Sections
from garden.model.diagnostic import Place
from garden.model.names import VaultPath, fold, folder, is_note, note_ending, stem
from garden.model.note import Document, Ref, Tag
from garden.vault.scan import scan
from garden.vault.site import read_site

_PREVIEW: Final = 600
"""The maximum number of characters of a note that hovering shows."""


class Mention(NamedTuple):
    """A place at which a note or a tag is named; `path` is that of the note that names it."""

    path: VaultPath
    place: Place


def definition(vault: OpenVault, path: VaultPath, line: int, column: int) -> Mention | None:
    """Return the place that the link at the cursor leads to: the beginning of a note or file, or a heading or block in it."""
    ref = ref_at(vault.documents[path], vault.text(path), line, column)
    match = locate(vault.index, path, ref) if ref else None
    if ref is None or match is None:
        return None
    target = match.entry.path
    part = _part(vault.index.sections(target), ref) if match.entry.is_note else None
    return Mention(target, part or Place(target, 1, 1))


def references(vault: OpenVault, path: VaultPath, line: int, column: int) -> list[Mention]:
    """Return every mention of what is at the cursor: of a tag, of the note that a link leads to, or else of the note itself."""
    document, text = vault.documents[path], vault.text(path)
    ref = ref_at(document, text, line, column)
    tag = "" if ref else tag_at(document, text, line, column)
    if tag:
        return [Mention(source, found.place) for source, found in _uses(vault, tag)]
    match = locate(vault.index, path, ref) if ref else None
    if ref is not None and match is None:
        wanted = fold(ref.target.path)
        return [
            Mention(source, found.place)
            for source, found in _refs(vault)
            if fold(found.target.path) == wanted
        ]
    return list(_mentions(vault, match.entry.path if match else path))


def hover(vault: OpenVault, path: VaultPath, line: int, column: int) -> str:
    """Return Markdown about the note, file or tag that the cursor is on, empty for none; of a note the beginning of its text."""
    document, text = vault.documents[path], vault.text(path)
    ref = ref_at(document, text, line, column)
    if ref is None:
        tag = tag_at(document, text, line, column)
        entry = vault.site.snapshot.tags.get(fold(tag)) if tag else None
        return f"**#{entry.name}** — {_count(len(entry.notes), 'note')}" if entry else ""
    match = locate(vault.index, path, ref)
    if match is None:
        hub = vault.site.snapshot.hubs.get(fold(stem(ref.target.path)))
        below = len(vault.site.snapshot.children.get(Node("hub", hub.key), ())) if hub else 0
        return f"**{hub.title}** — not written yet, {_count(below, 'note')} below" if hub else ""
    if not match.entry.is_note:
        return f"`{match.entry.path}`"
    return _preview(vault, vault.documents[match.entry.path])


def renamed_at(vault: OpenVault, path: VaultPath, line: int, column: int) -> VaultPath:
    """Return the note that would be renamed: the one that the link at the cursor leads to, or else the note itself."""
    ref = ref_at(vault.documents[path], vault.text(path), line, column)
    match = locate(vault.index, path, ref) if ref else None
    return match.entry.path if match and match.entry.is_note else path


def renaming(vault: OpenVault, old: VaultPath, name: str) -> Renaming:
    """Return the plan for renaming a note, made from the files on disk.

    Raises RenamingError, also if a note that would change has not been saved.
    """
    name = name.strip().strip("/")
    if not name or any(char in name for char in "[]|#^\\"):
        raise RenamingError(f'"{name}" cannot be the name of a note')
    whole = name if is_note(name) else name + note_ending(old)
    new = VaultPath(whole if "/" in whole or not folder(old) else f"{folder(old)}/{whole}")
    settings = replace(vault.settings, preview=True)
    plan = plan_renaming(read_site(scan(vault.root, settings), settings), old, new)
    unsaved = [
        path
        for path, note in plan.changed.items()
        if path in vault.texts and not _is_saved(vault.texts[path], note.original)
    ]
    if unsaved:
        raise RenamingError(f"save {', '.join(unsaved)} first: links in it change")
    return plan


def _is_saved(typed: str, original: str) -> bool:
    """Say whether a text in an editor is the same as that of its file, `original`."""
    return typed.replace("\r\n", "\n") == original.lstrip("\ufeff").replace("\r\n", "\n")


def _part(sections: Sections, ref: Ref) -> Place | None:
    """Return the place of the heading or block that a reference names, None if it names none or one that does not exist."""
    target = ref.target
    if target.block:
        block = sections.block(target.block)
        return block.place if block else None
    chain = target.headings or ((target.fragment,) if target.fragment else ())
    if not chain:
        return None
    heading = sections.element(target.fragment) if target.fragment else None
    found = heading or sections.heading(chain)
    return found.place if found else None


def _refs(vault: OpenVault) -> Iterator[tuple[VaultPath, Ref]]:
    """Yield all references, each with its note."""
    for path, document in vault.documents.items():
        for ref in document.refs:
            yield path, ref


def _mentions(vault: OpenVault, target: VaultPath) -> Iterator[Mention]:
    """Yield the references to a note or file."""
    for source, ref in _refs(vault):
        if ref.target.path:
            match = locate(vault.index, source, ref)
            if match and match.entry.path == target:
                yield Mention(source, ref.place)


def _uses(vault: OpenVault, tag: str) -> Iterator[tuple[VaultPath, Tag]]:
    """Yield where a tag, or one below it, is used."""
    wanted = fold(tag)
    for path, document in vault.documents.items():
        for found in document.tags:
            if fold(found.name) == wanted or fold(found.name).startswith(f"{wanted}/"):
                yield path, found


def _preview(vault: OpenVault, document: Document) -> str:
    """Return facts about a note and the beginning of its text, as Markdown."""
    facts = []
    if not document.published:
        facts.append("draft")
    if document.meta.date:
        facts.append(document.meta.date.iso[:10])
    linking = len(vault.site.snapshot.backlinks.get(Node("note", document.path), ()))
    facts.append(f"{_count(linking, 'note')} link{'s' if linking == 1 else ''} here")
    text = document.meta.summary or document.opening[: _PREVIEW + 1]
    shown = text if len(text) <= _PREVIEW else f"{text[:_PREVIEW].rsplit(None, 1)[0]} …"
    tags = " ".join(f"#{tag.name}" for tag in document.tags)
    head = f"**{document.title}** — {', '.join(facts)}"
    return "\n\n".join(filter(None, (head, shown.replace("\n", "\n\n"), tags)))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
