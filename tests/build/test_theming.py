"""An author's own templates and styles, as docs/theming.md describes them."""

import json
import re
from collections.abc import Callable
from pathlib import Path

from tests.build.conftest import ROOT, Build
from tests.support.building import vault

GUIDE = (ROOT / "docs" / "theming.md").read_text(encoding="utf-8")


def example(language: str, containing: str) -> str:
    """An example of the guide."""
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    return next(block for block in blocks if containing in block)


def with_overrides(folder: Path) -> list[str]:
    """The arguments of a build whose author keeps his files in `folder`."""
    settings = {
        "THEME_TEMPLATES_OVERRIDES": [f"{folder}/templates"],
        "THEME_CSS_OVERRIDES": [f"{folder}/css"],
    }
    return [
        "-e",
        *(f"{name}={json.dumps(value)}" for name, value in settings.items()),
    ]


def test_one_partial_and_one_style_sheet_change_the_site(tmp_path: Path, build: Callable[..., Build]) -> None:
    """The examples of the guide work; what they do not name stays as it was; they can be taken away again."""
    notes = vault({"a.md": "Text."}, tmp_path / "vault")
    own = tmp_path / "theme_overrides"
    before = build(notes, *with_overrides(own))
    assert before.code == 0, before.log
    theirs = before.files()
    vault(
        {
            "css/colours.css": example("css", "--accent"),
            "css/names.css": example("css", ".site-nav"),
            "css/notes.txt": "no style",
            "templates/partials/footer.html": example("html", "site-foot"),
        },
        own,
    )
    after = build(notes, *with_overrides(own))
    page, style = after.text("a/index.html"), after.text("theme/css/main.css")
    assert b"by many hands." not in theirs["a/index.html"]
    assert re.search(r'class="site-foot">\s*<p>[^<]+ is written in <a href="/map/">', page)
    assert style.index("#7a2e8e") < style.index("text-transform: lowercase")
    assert style.rindex("@layer own {") > style.index("@layer print {")
    assert "no style" not in style
    for file in own.rglob("*.*"):
        file.unlink()
    assert build(notes, *with_overrides(own)).files() == theirs


def test_the_names_in_the_guide_exist() -> None:
    """Tokens, folders and settings that it mentions are those of the theme."""
    tokens = "".join(file.read_text() for file in (ROOT / "theme/static/css/tokens").glob("*.css"))
    for name in re.findall(r"^  (--[a-z-]+):", example("css", "--accent"), re.MULTILINE):
        assert f"{name}:" in tokens, name
    for path in re.findall(r"`((?:theme|plugins)/[\w./-]+)`", GUIDE):
        assert (ROOT / path).exists(), path
    conf = (ROOT / "pelican.conf.py").read_text(encoding="utf-8")
    for name in ("theme_overrides/templates", "theme_overrides/css", '"large_image"', '"search"'):
        assert name in conf
