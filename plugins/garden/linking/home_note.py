"""The note whose text is that of the home page (TI-6)."""

from collections.abc import Iterable

from garden.linking.addresses.notes import key_for_root
from garden.linking.resolving.index import Index
from garden.model.names import VaultPath, fold, folder, stem
from garden.model.note import Document

_FIRST_STEMS = ("index", "_index")
_LAST_STEM = "readme"
_DIGITAL_GARDEN = "dg-home"


def find_home(index: Index, documents: Iterable[Document], name: str) -> Document | None:
    """Return the note whose text is that of the home page, None for none.

    It is the one that the setting names, or else one that asks for that address, or else one by convention. `name` is a path or a name as in a link, empty for no setting. Only listed notes are asked: of
    `documents`, which are in path order, the others are passed over.
    """
    listed = [document for document in documents if document.listed]
    if name:
        match = index.at(_without_ending(name)) or index.anywhere(_without_ending(name)) or index.alias(name)
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


def _is_flagged(document: Document) -> bool:
    properties = document.meta.properties
    return any(key.lower() == _DIGITAL_GARDEN and value is True for key, value in properties.items())


def _without_ending(name: str) -> VaultPath:
    path = name.strip().strip("/")
    return VaultPath(path[:-3] if path.lower().endswith(".md") else path)
