"""Plugins of others beside ours, with our theme: they see articles as Pelican makes them, and what they do counts."""

from pathlib import Path

import pytest

from tests.support.building import ROOT, BuildResult, run_pelican
from tests.support.vault import write_vault

SETTINGS = f"""
AUTHOR = "Me"
SITENAME = "Blog"
SITEURL = "https://example.org"
PATH = "content"
TIMEZONE = "UTC"
DEFAULT_LANG = "en"
THEME = {str(ROOT / "theme")!r}
PLUGIN_PATHS = [{str(ROOT / "plugins")!r}, "others"]
PLUGINS = ["garden", "categories", "enhancer", "sitemap"]
DEFAULT_PAGINATION = 10
FEED_ALL_RSS = "all.rss"
DIRECT_TEMPLATES = ["index", "period"]
"""
# What well-known plugins do, each in a few lines: more-categories, seo, sitemap.
PLUGINS = {
    "others/categories.py": (
        "from pelican import signals\n"
        "def read(generator, metadata):\n"
        "    metadata['categories'] = str(metadata['category']).split(',')\n"
        "def check(generator):\n"
        "    print('CATEGORIES', sorted((a.slug, a.categories, a.series) for a in generator.articles))\n"
        "def register():\n"
        "    signals.article_generator_context.connect(read)\n"
        "    signals.article_generator_finalized.connect(check)\n"
    ),
    "others/enhancer.py": (
        "from pathlib import Path\n"
        "from pelican import contents, signals\n"
        "def read(content):\n"
        "    content.was_seen = True\n"
        "def enhance(path, context):\n"
        "    shown = context.get('article') or context.get('page')\n"
        "    if shown:\n"
        "        assert shown.was_seen and isinstance(shown, contents.Content)\n"
        "        file = Path(path)\n"
        "        file.write_text(file.read_text() + '<!-- enhanced -->')\n"
        "def register():\n"
        "    signals.content_object_init.connect(read)\n"
        "    signals.content_written.connect(enhance)\n"
    ),
    "others/sitemap.py": (
        "from pathlib import Path\n"
        "from pelican import signals\n"
        "pages = []\n"
        "def write(pelican):\n"
        "    Path(pelican.output_path, 'sitemap.xml').write_text('\\n'.join(sorted(pages)))\n"
        "def add(path, context):\n"
        "    pages.append(str(Path(path).relative_to(context['OUTPUT_PATH'])))\n"
        "def register():\n"
        "    signals.content_written.connect(add)\n"
        "    signals.finalized.connect(write)\n"
    ),
}
NOTES = {
    "content/a.md": "---\ncategory: one, two\nseries: S\nsettings: mine\n---\nup:: [[Nobody wrote it]]\n\nText.\n",
    "content/b.md": "---\nstatus: draft\n---\nZebra.\n",
}


@pytest.fixture(scope="module")
def built_twice(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, BuildResult, BuildResult]:
    """The output of two builds, and what each printed."""
    root = write_vault(PLUGINS | NOTES, tmp_path_factory.mktemp("site"))
    conf = root / "pelicanconf.py"
    conf.write_text(SETTINGS.replace('"others"', repr(str(root / "others"))), encoding="utf-8")
    arguments = [
        "-s",
        str(conf),
        "-o",
        str(root / "output"),
        "--fatal",
        "errors",
        "-e",
        f'CACHE_PATH="{root / "cache"}"',
    ]
    first, second = (run_pelican(arguments) for _ in range(2))
    return root / "output", first, second


def test_plugins_see_articles_as_pelican_reads_them(
    built_twice: tuple[Path, BuildResult, BuildResult],
) -> None:
    """`article_generator_context` may add to what a note has; the rest of its front matter is there, too."""
    _, first, _ = built_twice
    assert first.exit_code == 0, first.log
    assert "CATEGORIES [('a', ['one', ' two'], 'S')]" in first.log


def test_what_a_plugin_makes_of_a_page_stays(built_twice: tuple[Path, BuildResult, BuildResult]) -> None:
    """Once per build, and nobody is told that a stranger has changed the output."""
    output, first, second = built_twice
    for name in ("a", "nobody-wrote-it"):
        assert (output / name / "index.html").read_text().count("<!-- enhanced -->") == 1
    assert "output-changed" not in first.log + second.log
    assert second.exit_code == 0


def test_settings_without_effect_are_named_once(
    built_twice: tuple[Path, BuildResult, BuildResult],
) -> None:
    """In every build, with what does their work; Pelican makes no lists and feeds of its own beside ours."""
    output, first, second = built_twice
    for result in (first, second):
        assert result.log.count("[setting-unused]") == 1
        assert "DEFAULT_PAGINATION (lists are not paginated); FEED_ALL_RSS (" in result.log
    assert not (output / "all.rss").exists()
    assert 'class="site-head"' in (output / "index.html").read_text()


def test_a_sitemap_of_a_plugin_has_every_page(built_twice: tuple[Path, BuildResult, BuildResult]) -> None:
    """Notes, hubs and lists; neither drafts nor pages that search engines should not list."""
    output, _, _ = built_twice
    pages = (output / "sitemap.xml").read_text().splitlines()
    assert {"a/index.html", "nobody-wrote-it/index.html", "index.html", "map/index.html"} <= set(pages)
    assert not {"b/index.html", "404.html", "search/index.html"} & set(pages)
