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
        "THEME_TRANSLATIONS_OVERRIDES": [f"{folder}/translations"],
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
    foot = page.partition('<footer class="site-foot" id="g:foot"')[2]
    assert re.search(
        r'<nav class="site-nav".*</nav>\s*<p>[^<]+ is written in <a href="/map/">', foot, re.DOTALL
    )
    assert style.index("#7a2e8e") < style.index("text-transform: lowercase")
    assert style.rindex("@layer own {") > style.index("@layer print{")
    assert "no style" not in style
    for file in own.rglob("*.*"):
        file.unlink()
    assert build(notes, *with_overrides(own)).files() == theirs


def catalog(language: str) -> str:
    """Where an author's catalog of a language is, in the folder of their overrides."""
    return f"translations/{language}/LC_MESSAGES/messages.po"


def test_texts_of_ones_own(tmp_path: Path, build: Callable[..., Build]) -> None:
    """The guide's example takes the place of some texts, a new language is that of its notes; the rest is English."""
    notes = write_vault(
        {
            "a.md": "up:: [[b]]",
            "b.md": "Text.",
            "c.md": "---\nlang: it\n---\nup:: [[b]]",
            "d.md": "A sentence with [[b]] in it.",
        },
        tmp_path / "vault",
    )
    own = tmp_path / "theme_overrides"
    italian = 'msgid "Siblings"\nmsgstr "Vicini"\n'
    write_vault({catalog("en"): example("po", "Cited by"), catalog("it"): italian}, own)
    site = build(notes, *with_overrides(own))
    assert site.code == 0, site.log
    assert 'class="label">Cited by' in site.text("b/index.html")
    assert 'class="label">Belongs to</h2>' in site.text("a/index.html")
    assert 'class="label">Vicini</h2>' in site.text("c/index.html")
    assert 'class="label">Belongs to</h2>' in site.text("c/index.html")
    write_vault({catalog("en"): 'msgid "Siblings"\nmsgstr "Kith & \\"Kin\\""\n'}, own)
    page = build(notes, *with_overrides(own)).text("a/index.html")
    assert 'class="label">Kith &amp; ' in page
    assert "Cited by" not in page


def test_a_template_of_ones_own_is_translated(tmp_path: Path, build: Callable[..., Build]) -> None:
    """Its texts are text, whatever is in them, and numbers have their plural forms."""
    notes = write_vault({"a.md": "---\nlang: pl\n---\nText."}, tmp_path / "vault")
    own = tmp_path / "theme_overrides"
    footer = """<p class="mine" title="{{ _("Mine") }}">{{ ngettext("%(num)s cat", "%(num)s cats", 3) }}
{% trans who=page.title %}by {{ who }}{% endtrans %}</p>
"""
    polish = """msgid "Mine"
msgstr "Moje \\"&\\" <twoje>"

msgid "%(num)s cat"
msgid_plural "%(num)s cats"
msgstr[0] "%(num)s kot"
msgstr[1] "%(num)s koty"
msgstr[2] "%(num)s kotów"
"""
    write_vault({"templates/partials/footer.html": footer, catalog("pl"): polish}, own)
    site = build(notes, *with_overrides(own))
    assert site.code == 0, site.log
    page = site.text("a/index.html")
    assert 'title="Moje &quot;&amp;&quot; &lt;twoje&gt;">3 koty\nby a</p>' in page


def test_scripts_get_text_in_the_language_of_the_page(tmp_path: Path, build: Callable[..., Build]) -> None:
    """Every plural form, by the names that browsers have for them, and gaps for what only the script knows."""
    notes = write_vault({"a.md": "---\nlang: pl\n---\nText.", "b.md": "Text."}, tmp_path / "vault")
    write_vault({catalog("en"): 'msgid "Copy"\nmsgstr "Take & <keep>"\n'}, tmp_path / "own")
    site = build(notes, *with_overrides(tmp_path / "own"))

    def messages(page: str) -> dict[str, object]:
        found = re.search(r"<script[^>]* data-messages>(.*?)</script>", site.text(page))
        assert found
        read: dict[str, object] = json.loads(found[1])
        return read

    assert messages("b/index.html")["copy"] == "Take & <keep>"
    assert messages("b/index.html")["noResults"] == "Nothing found for “%(query)s”."
    assert messages("a/index.html")["results"] == {
        "language": "pl",
        "one": "%(num)s wynik",
        "few": "%(num)s wyniki",
        "many": "%(num)s wyników",
    }


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('msgid "Siblings"\nmsgstr Kin\n', 'messages.po:2:1: error a line is msgid "…"'),
        (
            'msgid "Copy"\nmsgstr "Take"\n\nmsgid "Sibling"\nmsgstr "Kin"\n',
            'messages.po:4:1: error no page has the text "Sibling"; did you mean "Siblings"?',
        ),
        (
            'msgid "First: %(title)s"\nmsgstr "First: %(name)s"\n',
            'messages.po:1:1: error "First: %(name)s" may have %(title)s',
        ),
        ('msgid "Copy"\nmsgstr "100%"\n', 'messages.po:1:1: error "100%" may have no placeholder'),
        (
            'msgid "%(num)s note"\nmsgid_plural "%(num)s notes"\nmsgstr[0] "%(num)s note"\n',
            'messages.po:1:1: error "%(num)s note" needs 2 plural forms in this language',
        ),
    ],
)
def test_a_mistake_in_a_catalog_is_one_line(
    tmp_path: Path, build: Callable[..., Build], text: str, told: str
) -> None:
    """With its place, and without a traceback."""
    notes = write_vault({"a.md": "Text."}, tmp_path / "vault")
    write_vault({catalog("en"): text}, tmp_path / "own")
    site = build(notes, *with_overrides(tmp_path / "own"))
    assert site.code == 1
    assert told in site.log
    assert "Traceback" not in site.log


def test_the_setting_of_earlier_versions_names_its_successor(
    tmp_path: Path, build: Callable[..., Build]
) -> None:
    """Whoever has written texts for it learns where they belong now."""
    notes = write_vault({"a.md": "Text."}, tmp_path / "vault")
    site = build(notes, "-e", 'THEME_WORDS_OVERRIDES=["theme_overrides/words"]')
    assert site.code == 1
    assert "THEME_WORDS_OVERRIDES is now THEME_TRANSLATIONS_OVERRIDES" in site.log
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
        "theme_overrides/translations",
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
