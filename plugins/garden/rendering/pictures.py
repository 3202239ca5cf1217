"""The picture that represents a note on other sites: the one that its properties name, or else the first in its text.

A card with the title, if there is one, comes between the two, since an arbitrary first picture says less about the
note.
"""

from typing import Final

from garden.linking.resolving.resolution import FoundFile
from garden.model import names
from garden.model.names import VaultPath
from garden.model.note import Ref, RefKind
from garden.model.pages.page import Picture
from garden.rendering.body.hrefs import canonical
from garden.rendering.catalog import Catalog

_SHOWN: Final = frozenset(("png", "jpg", "jpeg", "gif", "webp", "avif"))
"""Endings of the pictures that other sites show; none of them shows SVG."""

_SMALLEST: Final = 200
"""The minimum width and height in pixels of a picture in the text that represents the note."""


def own_picture(catalog: Catalog, path: VaultPath) -> Picture | None:
    """Return the picture that a note's front matter names, None if there is none or other sites cannot show it."""
    document = catalog.document(path)
    meta = document.meta
    if meta.image_address:
        return Picture(meta.image_address, alt=meta.image_alt or document.title)
    if meta.image_ref is None:
        return None
    return _picture(catalog, path, meta.image_ref, meta.image_alt or document.title)


def first_picture(catalog: Catalog, path: VaultPath) -> Picture | None:
    """Return the first picture in a note's text that is large enough."""
    document = catalog.document(path)
    for index, ref in enumerate(document.refs):
        if ref.kind in (RefKind.EMBED, RefKind.IMAGE):
            found = _picture(catalog, path, index, _alt(ref) or document.title)
            if found and min(found.width, found.height) >= _SMALLEST:
                return found
    return None


def _alt(ref: Ref) -> str:
    return ref.display if ref.kind is RefKind.IMAGE else ""


def _picture(catalog: Catalog, path: VaultPath, index: int, alt: str) -> Picture | None:
    """Return the image that a reference of a note leads to, None if it is not one that other sites can show."""
    resolution = catalog.snapshot.resolutions[path][index]
    if not isinstance(resolution, FoundFile) or names.extension(resolution.path) not in _SHOWN:
        return None
    url = catalog.snapshot.files.get(resolution.path)
    address = canonical(catalog.settings, url) if url else ""
    if not address:
        return None
    size = catalog.pictures.get(resolution.path)
    return Picture(address, size.width if size else 0, size.height if size else 0, alt)
