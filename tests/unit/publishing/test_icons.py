"""The site's mark as pixels."""

from io import BytesIO
from pathlib import Path

from PIL import Image

from garden.publishing.icons import icons

THEME = Path(__file__).resolve().parents[3] / "theme" / "static"


def test_the_themes_drawing_becomes_two_pngs() -> None:
    """For tabs of older browsers and for home screens, equal bytes every time (HC-7)."""
    made = {artifact.save_as: artifact.content for artifact in icons(THEME, "theme")}
    sizes = {}
    for name, content in made.items():
        with Image.open(BytesIO(content)) as image:
            sizes[name] = (image.format, image.size)
    assert sizes == {
        "theme/favicon-32.png": ("PNG", (32, 32)),
        "theme/apple-touch-icon.png": ("PNG", (180, 180)),
    }
    assert {artifact.save_as: artifact.content for artifact in icons(THEME, "theme")} == made


def test_a_theme_without_a_drawing_or_with_a_broken_one_has_no_pngs(tmp_path: Path) -> None:
    """Another theme may have other icons."""
    assert list(icons(tmp_path, "theme")) == []
    (tmp_path / "favicon.svg").write_text("no drawing")
    assert list(icons(tmp_path, "theme")) == []
