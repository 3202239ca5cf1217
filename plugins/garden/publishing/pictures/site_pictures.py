"""The bytes of a site's pictures by their addresses, for what takes pictures along: e-books."""

from pathlib import Path

from garden.model import names
from garden.rendering.files.branch.books import PictureFile
from garden.vault.site import Site


def site_pictures(site: Site) -> PictureFile:
    """Return what gives the bytes of a published picture; None for what is none, or cannot be read."""
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
