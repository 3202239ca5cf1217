"""Libraries that only some notes need: what is missing, or crashes, costs what needs it and nothing else."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from tests.build.conftest import Build
from tests.support.vault import write_vault

LIBRARIES = ("mermaid_render", "quickjs", "math_core", "selectolax", "resvg_py")
SITE = 'SITEURL="https://example.org"'

# What the library is when it is looked for; then nothing of it has to be imitated.
FAILURES = {
    "missing": "raise ImportError('there is no such library here')",
    "crash": "import os; os.kill(os.getpid(), 11)",
    "raise": "raise RuntimeError('it does not want to')",
}


def stubs(folder: Path, failure: str) -> Path:
    """A folder of libraries that fail."""
    for name in LIBRARIES:
        (folder / name).mkdir(parents=True)
        (folder / name / "__init__.py").write_text(failure)
    # Pelican itself imports this one, and goes on when it is not there.
    (folder / "PIL").mkdir()
    (folder / "PIL" / "__init__.py").write_text(failure if "ImportError" in failure else "")
    (folder / "PIL" / "ImageColor.py").write_text("def getrgb(name): return 255, 0, 0")
    for name in ("ImageDraw", "ImageFont", "ImageOps"):
        (folder / "PIL" / f"{name}.py").write_text(failure)
    (folder / "PIL" / "Image.py").write_text(f"def __getattr__(name): {failure}")
    return folder


def vault(folder: Path) -> Path:
    """Notes with each construct that a library is needed for."""
    picture = BytesIO()
    Image.new("RGB", (40, 30)).save(picture, "PNG")
    notes = {
        # Each note has a card, and each card costs a process that crashes.
        "drawn.md": "before\n\n```mermaid\ngraph TD\n  a --> b\n```\n\n"
        "```breadcrumbs\ntype: mermaid\nfields: [down]\n```\n\nafter\n\ndown:: [[plain]]",
        "plain.md": "before $x^2$ and $\\color{red} y$\n\n<div>raw <b>text</b></div>\n\nafter ![[p.png]]",
        "p.png": picture.getvalue(),
    }
    return write_vault(notes, folder / "vault")


@pytest.mark.parametrize("failure", FAILURES)
def test_a_library_that_fails_costs_what_needs_it(
    tmp_path: Path, build_alone: Callable[..., Build], monkeypatch: pytest.MonkeyPatch, failure: str
) -> None:
    """No page is lost, each loss is reported at its place, and the build succeeds."""
    notes = vault(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(stubs(tmp_path / "stubs", FAILURES[failure])))
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    site = build_alone(notes, "--fatal", "errors", "--verbose", "-e", SITE)
    assert site.code == 0, site.log
    assert "Traceback" not in site.log
    for note in notes.glob("*.md"):
        page = site.text(f"{note.stem}/index.html")
        assert "before" in page
        assert "after" in page
    assert "a --&gt; b" in site.text("drawn/index.html")
    assert "Mermaid (" in site.text("drawn/index.html")
    assert 'data-tex="x^2"' in site.text("plain/index.html")
    assert "<div>raw <b>text</b></div>" in site.text("plain/index.html")
    assert site.files()["p.png"] == (notes / "p.png").read_bytes()
    told = re.findall(r"^\S+?:\d+:\d+: \w+ \[[\w-]+\]", site.log, re.MULTILINE)
    expected = {
        "drawn.md:3:1: warning [diagram-failed]",
        "drawn.md:8:1: warning [diagram-failed]",
        "plain.md:1:8: warning [math-unknown]",
        "plain.md:1:18: warning [math-unknown]",
        "plain.md:3:1: warning [html-unchecked]",
        "p.png:1:1: info [image-unreadable]",
        "theme/favicon-32.png:1:1: warning [picture-not-made]",
        "theme/apple-touch-icon.png:1:1: warning [picture-not-made]",
    }
    assert expected <= set(told)
    cards = [line for line in told if "picture-not-made" in line and "theme/" not in line]
    assert cards == (["card.png:1:1: warning [picture-not-made]"] if failure == "missing" else cards)
    assert cards
    assert len(told) == len(set(told))
