"""The files of the theme that every site has: scripts, fonts, pictures, style sheets."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from garden.model import routes
from garden.model.names import SaveAs
from garden.model.pages.page import Artifact
from garden.rendering.files.stylesheet import stylesheet

_IMPORTING: Final = "scripted.css"
"""The sheet beside the main one that has imports."""


def theme_files(static: Path, styles: Sequence[Path] = ()) -> Iterator[Artifact]:
    """Yield the theme's files. Its main style sheet is combined with the author's; all that is in `css/` is part of a sheet."""
    for file in sorted(path for path in static.rglob("*") if path.is_file()):
        name = file.relative_to(static).as_posix()
        save_as = SaveAs(f"{routes.STATIC_FOLDER}/{name}")
        if name == _IMPORTING:
            yield stylesheet(file, save_as)
        elif not name.startswith("css/"):
            yield Artifact(save_as, file.read_bytes())
    yield stylesheet(static / "css" / "main.css", SaveAs(routes.STYLESHEET), styles)
