"""The site's icon as PNG, made from the theme's SVG for programs that do not support SVG."""

from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final, NamedTuple

from garden.model.diagnostic import Diagnostic, Place
from garden.model.errors import StorageError
from garden.model.names import SaveAs
from garden.model.pages.page import Artifact
from garden.reading.isolation import LibraryError, isolated
from garden.vault.stored.sealed_files import read_sealed, write_sealed

SOURCE: Final = "favicon.svg"
_FOLDER: Final = "icons"
_VERSION: Final = "1"
"""Change it when icons are made in another way, so that they are made again."""

_SIZES: Final = {"favicon-32.png": 32, "apple-touch-icon.png": 180}
"""The files with the length of their edges in pixels: for tabs of older browsers, and for home screens."""


class Icons(NamedTuple):
    """Icons as files of the output, and problems: icons that could not be made."""

    files: tuple[Artifact, ...] = ()
    problems: tuple[Diagnostic, ...] = ()


def icons(static: Path, folder: str, cache: Path) -> Icons:
    """Return the icons made from the SVG in the theme's folder `static`, none if there is no SVG.

    `folder` is the folder of the icons in the output; they are kept in the folder `cache`.
    """
    drawing = static / SOURCE
    if not drawing.is_file():
        return Icons()
    svg = drawing.read_text(encoding="utf-8")
    made = []
    problems = []
    for name, edge in _SIZES.items():
        save_as = SaveAs(f"{folder}/{name}")
        try:
            made.append(Artifact(save_as, _kept(svg, edge, cache / _FOLDER)))
        except LibraryError as error:
            message = f"this icon cannot be made of {SOURCE}: {error}"
            problems.append(Diagnostic(Place(save_as, 1, 1), "picture-not-made", message))
    return Icons(tuple(made), tuple(problems))


def _kept(svg: str, edge: int, folder: Path) -> bytes:
    """Return an icon, from `folder` if it was made before. Raises LibraryError."""
    icon_hash = sha256(f"{_VERSION}\0{edge}\0{svg}".encode("utf-8", "surrogateescape")).hexdigest()
    file = folder / icon_hash[:32]
    content = read_sealed(file)
    if content is None:
        content = isolated(_pixels, svg, edge)
        with suppress(StorageError):  # a picture that cannot be kept is drawn again
            write_sealed(file, content)
    return content


def _pixels(svg: str, edge: int) -> bytes:
    """Return an SVG as PNG; called in a separate process, see `isolation`."""
    from resvg_py import svg_to_bytes

    return bytes(svg_to_bytes(svg_string=svg, width=edge, height=edge, skip_system_fonts=True))
