"""The files of the theme that every site has: scripts, fonts, pictures, one style sheet."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from garden.model import routes
from garden.model.names import SaveAs
from garden.model.pages.page import Artifact
from garden.rendering.files.stylesheet import stylesheet


def theme_files(static: Path, styles: Sequence[Path] = ()) -> Iterator[Artifact]:
    """Yield the theme's files; its style sheets and the author's are combined into one."""
    for file in sorted(path for path in static.rglob("*") if path.is_file()):
        name = file.relative_to(static).as_posix()
        if not name.startswith("css/"):
            yield Artifact(SaveAs(f"{routes.STATIC_FOLDER}/{name}"), file.read_bytes())
    yield stylesheet(static, SaveAs(routes.STYLESHEET), styles)
