"""Finds the note whose text is that of the home page (TI-6)."""

from collections.abc import Iterable, Iterator

from garden.linking.addresses.notes import key_for_root
from garden.linking.resolving.index import Index, IndexMatch
from garden.linking.resolving.messages import one_line, suggestion
from garden.model.diagnostic import IN_SETTINGS, Diagnostic
from garden.model.names import VaultPath, fold, folder, stem, without_ending
from garden.model.note import Document

_FIRST_STEMS = ("index", "_index")
_LAST_STEM = "readme"  # often about the folder, so any other convention goes before it
_DIGITAL_GARDEN = "dg-home"  # the property of the plugin Digital Garden


def find_home(index: Index, documents: Iterable[Document], name: str) -> Document | None:
    """Return the note whose text is that of the home page, None if there is none.

    It is the note that the setting names (`name`, a path or a name as in a link, empty if it is not set), or else one that
    asks for that address, or else one by convention. `documents` are in path order; only listed ones are considered.
    """
    listed = [document for document in documents if document.listed]
    if name:
        match = _match(index, name)
        named = match and next((one for one in listed if one.path == match.entry.path), None)
        if named:
            return named
    asking = next((document for document in listed if key_for_root(document)), None)
    if asking:
        return asking
    at_root = {
        fold(stem(document.path)): document for document in reversed(listed) if not folder(document.path)
    }
    for known in _FIRST_STEMS:
        if known in at_root:
            return at_root[fold(known)]
    flagged = next((document for document in listed if _is_flagged(document)), None)
    return flagged or at_root.get(fold(_LAST_STEM))


def may_be_home(document: Document, name: str) -> bool:
    """Say whether a new note might be chosen for the home page; `name` is that of the setting (`find_home`)."""
    own = fold(stem(document.path))
    return (
        bool(key_for_root(document))
        or _is_flagged(document)
        or (not folder(document.path) and own in (*_FIRST_STEMS, _LAST_STEM))
        or (bool(name) and own == fold(stem(_note_path(name))))
    )


def facts_of_home(document: Document) -> tuple[object, ...]:
    """Return everything in a note, besides its names, that the choice of the home page depends on."""
    return document.published, document.listed, key_for_root(document), _is_flagged(document)


def home_problems(index: Index, home: Document | None, name: str) -> Iterator[Diagnostic]:
    """Report if the setting names no note that can be the home page; `home` is the note that has been chosen instead."""
    match = _match(index, name) if name else None
    if not name or (match and home and match.entry.path == home.path):
        return
    if match:
        message = f'"{one_line(name)}" is not published, or in no list, so it cannot be the home page'
        yield Diagnostic(IN_SETTINGS, "setting-unused", f'GARDEN["home"]: {message}')
        return
    near = suggestion(index.suggestion(_note_path(name), VaultPath("")))
    hint = near or "write the path of a note in the folder of notes, or its name"
    message = f'GARDEN["home"]: no note matches "{one_line(name)}"'
    yield Diagnostic(IN_SETTINGS, "setting-unused", message, hint)


def _match(index: Index, name: str) -> IndexMatch | None:
    return index.at(_note_path(name)) or index.anywhere(_note_path(name)) or index.alias(name)


def _is_flagged(document: Document) -> bool:
    properties = document.meta.properties
    return any(key.lower() == _DIGITAL_GARDEN and value is True for key, value in properties.items())


def _note_path(name: str) -> VaultPath:
    return VaultPath(without_ending(name.strip().strip("/")))
