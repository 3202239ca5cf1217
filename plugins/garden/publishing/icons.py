"""The site's mark as pixels, made from the theme's one drawing for whatever does not take SVG."""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final

from garden.model.names import SaveAs
from garden.model.pages import Artifact

SOURCE: Final = "favicon.svg"
_SIZES: Final = {"favicon-32.png": 32, "apple-touch-icon.png": 180}
"""Files and their edges in pixels: tabs of older browsers, home screens."""


def icons(static: Path, folder: str) -> Iterator[Artifact]:
    """Yield the icons made of the theme's drawing for the output's `folder`, none without a drawing."""
    drawing = static / SOURCE
    if drawing.is_file():
        svg = drawing.read_text(encoding="utf-8")
        for name, edge in _SIZES.items():
            content = _pixels(svg, edge)
            if content:
                yield Artifact(SaveAs(f"{folder}/{name}"), content)


@lru_cache(maxsize=8)
def _pixels(svg: str, edge: int) -> bytes:
    """Return a drawing as a PNG, empty when it cannot be drawn: its own file is there all the same."""
    from resvg_py import svg_to_bytes

    try:
        return bytes(svg_to_bytes(svg_string=svg, width=edge, height=edge, skip_system_fonts=True))
    except ValueError:
        return b""
