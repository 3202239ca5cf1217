"""An author's own templates and styles, as docs/theming.md describes them."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.conftest import ROOT, Build
from tests.support.built_site import BuiltSite
from tests.support.markup import select
from tests.support.vault import write_vault

GUIDE = (ROOT / "docs" / "theming.md").read_text(encoding="utf-8")


def example(language: str, containing: str) -> str:
    """An example of the guide."""
    blocks: list[str] = re.findall(rf"```{language}\n(.*?)```", GUIDE, re.DOTALL)
    return next(block for block in blocks if containing in block)


def with_overrides(folder: Path) -> list[str]:
    """The arguments of a build whose author keeps their own files in `folder`."""
    settings = {
        "THEME_TEMPLATES_OVERRIDES": [f"{folder}/templates"],
        "THEME_CSS_OVERRIDES": [f"{folder}/css"],
        "THEME_WORDS_OVERRIDES": [f"{folder}/words"],
    }
    return [
        "-e",
        *(f"{name}={json.dumps(value)}" for name, value in settings.items()),
    ]


def test_one_partial_and_one_style_sheet_change_the_site(tmp_path: Path, build: Callable[..., Build]) -> None:
    """The examples of the guide work; what they do not name stays as it was; they can be taken away again."""
    notes = write_vault({"a.md": "Text."}, tmp_path / "vault")
    own = tmp_path / "theme_overrides"
    before = build(notes, *with_overrides(own))
    assert before.code == 0, before.log
    theirs = before.files()
    write_vault(
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


def test_words_of_ones_own(tmp_path: Path, build: Callable[..., Build]) -> None:
    """The guide's example takes the place of two words, a new language is that of its notes; the rest is English."""
    notes = write_vault(
        {"a.md": "up:: [[b]]", "b.md": "Text.", "c.md": "---\nlang: it\n---\nup:: [[b]]"}, tmp_path / "vault"
    )
    own = tmp_path / "theme_overrides"
    italian = json.dumps({"siblings": "Vicini"})
    write_vault({"words/en.json": example("json", "Cited by"), "words/it.json": italian}, own)
    site = build(notes, *with_overrides(own))
    assert site.code == 0, site.log
    assert 'class="label">Cited by' in site.text("b/index.html")
    assert 'class="label">Belongs to</h2>' in site.text("a/index.html")
    assert 'class="label">Vicini</h2>' in site.text("c/index.html")
    assert 'class="label">Belongs to</h2>' in site.text("c/index.html")
    write_vault({"words/en.json": '{"siblings": "Kin"}'}, own)
    assert 'class="label">Kin</h2>' in build(notes, *with_overrides(own)).text("a/index.html")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{\n  "siblings" "Kin"\n}', "en.json:2:14: error "),
        (
            '{\n  "sibling": "Kin"\n}',
            'en.json:2:1: error there is no word "sibling"; did you mean "siblings"?',
        ),
        ('{"count": "Notes"}', 'en.json:1:1: error "count" must have its `%s` as in "Notes: %s"'),
        ('{"count": 3}', "en.json:1:1: error a catalogue is an object of texts"),
    ],
)
def test_a_mistake_in_words_is_one_line(
    tmp_path: Path, build: Callable[..., Build], text: str, told: str
) -> None:
    """With its place, and without a traceback."""
    notes = write_vault({"a.md": "Text."}, tmp_path / "vault")
    write_vault({"words/en.json": text}, tmp_path / "own")
    site = build(notes, *with_overrides(tmp_path / "own"))
    assert site.code == 1
    assert told in site.log
    assert "Traceback" not in site.log


def test_the_names_in_the_guide_exist() -> None:
    """Tokens, folders and settings that it mentions are those of the theme."""
    tokens = "".join(file.read_text() for file in (ROOT / "theme/static/css/tokens").glob("*.css"))
    for name in re.findall(r"^  (--[a-z-]+):", example("css", "--accent"), re.MULTILINE):
        assert f"{name}:" in tokens, name
    for path in re.findall(r"`((?:theme|plugins)/[\w./-]+)`", GUIDE):
        assert (ROOT / path).exists(), path
    conf = (ROOT / "pelican.conf.py").read_text(encoding="utf-8")
    for name in (
        "theme_overrides/templates",
        "theme_overrides/css",
        "theme_overrides/words",
        '"large_image"',
        '"search"',
    ):
        assert name in conf


def test_a_citation_can_be_pasted_into_a_bibliography(tmp_path: Path, build: Callable[..., Build]) -> None:
    """BibTeX reads its texts as TeX, and an address without a site leads nowhere."""
    notes = write_vault(
        {"a.md": '---\ntitle: "50% of C# & R_x {$5}"\nauthor: A & B\n---\nText.'}, tmp_path / "vault"
    )

    def citation(*arguments: str) -> str:
        built = build(notes, *arguments)
        page = BuiltSite(built.out, built.code, built.log).pages["/a/"]
        return select(page.root, "[data-component=cite] code")[0].text()

    assert citation().splitlines() == [
        "@misc{a,",
        r"  title = {50\% of C\# \& R\_x \{\$5\}},",
        r"  author = {A \& B},",
        "  howpublished = {MLOps Garden},",
        "}",
    ]
    assert "  url = {https://example.org/a/}," in citation("-e", 'SITEURL="https://example.org"')
