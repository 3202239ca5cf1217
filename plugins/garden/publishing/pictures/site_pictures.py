"""The bytes of published pictures by their addresses, for e-books, which contain their pictures."""

from pathlib import Path

from garden.model import names
from garden.rendering.files.branch.books import PictureFile
from garden.vault.site import Site


def site_pictures(site: Site) -> PictureFile:
    """Return a function that returns the bytes of a published file by its address, None if there is none."""
    by_href: dict[str, Path] = {}

    def picture(address: str) -> bytes | None:
        if not by_href:
            found = site.snapshot.files.items()
            by_href.update(
                (names.href(site.settings.base, url), site.files.root / path) for path, url in found
            )
        try:
            return by_href[address].read_bytes()
        except (KeyError, OSError):
            return None

    return picture
