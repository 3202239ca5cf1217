"""The site's mark as pixels."""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from garden.publishing.pictures import icons as module
from garden.publishing.pictures.icons import icons

THEME = Path(__file__).resolve().parents[4] / "theme" / "static"


def test_the_themes_drawing_becomes_two_pngs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """For tabs of older browsers and for home screens; they are drawn once, and kept."""
    made = {artifact.save_as: artifact.content for artifact in icons(THEME, "theme", tmp_path).files}
    sizes = {}
    for name, content in made.items():
        with Image.open(BytesIO(content)) as image:
            sizes[name] = (image.format, image.size)
    assert sizes == {
        "theme/favicon-32.png": ("PNG", (32, 32)),
        "theme/apple-touch-icon.png": ("PNG", (180, 180)),
    }
    monkeypatch.setattr(module, "isolated", lambda *call: pytest.fail("it was drawn again"))
    kept = icons(THEME, "theme", tmp_path)
    assert {artifact.save_as: artifact.content for artifact in kept.files} == made
    assert kept.problems == ()


def test_a_theme_without_a_drawing_has_no_pngs(tmp_path: Path) -> None:
    """Another theme may have other icons."""
    assert icons(tmp_path, "theme", tmp_path / "cache") == ((), ())


def test_a_broken_drawing_costs_the_pngs_and_is_reported(tmp_path: Path) -> None:
    """Once for each file that is lacking."""
    (tmp_path / "favicon.svg").write_text("no drawing")
    files, problems = icons(tmp_path, "theme", tmp_path / "cache")
    assert files == ()
    assert [(found.code, found.place.path) for found in problems] == [
        ("picture-not-made", "theme/favicon-32.png"),
        ("picture-not-made", "theme/apple-touch-icon.png"),
    ]
