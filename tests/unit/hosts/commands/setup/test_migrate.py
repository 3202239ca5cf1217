"""`garden migrate`: what becomes of a Pelican site is shown first, and every old address answers."""

import json
from pathlib import Path

import pytest

from garden.__main__ import main
from garden.hosts.settings.configuration import load_settings
from garden.vault.scan import scan
from garden.vault.site import Site, read_site
from tests.support.vault import write_vault

OLD = """
print("the file says something")
import datetime
AUTHOR = "A. Author"
SITENAME = "A blog"
SITEURL = "https://example.org"
PATH = "content"
DEFAULT_METADATA = {"status": "draft"}
ARTICLE_PATHS = ["blog"]
ARTICLE_URL = "posts/{date:%Y}/{slug}/"
ARTICLE_SAVE_AS = "posts/{date:%Y}/{slug}/index.html"
TAG_URL = "label/{slug}.html"
TAG_SAVE_AS = "label/{slug}.html"
YEAR_ARCHIVE_SAVE_AS = "posts/{date:%Y}/index.html"
CATEGORY_FEED_ATOM = "categories/{slug}.atom.xml"
STATIC_PATHS = ["images", "extra", ".nojekyll"]
EXTRA_PATH_METADATA = {"extra/CNAME": {"path": "CNAME"}}
MARKDOWN = {"extension_configs": {"markdown.extensions.toc": {}, "markdown.extensions.codehilite": {}, "mdx_video": {}}}
PLUGINS = ["sitemap", "series", "some_plugin"]
SOCIAL = (("x", "https://x.example"),)
MENUITEMS = (("All", "/archives.html"),)
SITESUBTITLE = "Notes &amp; <br>more"
LINKS = ()
DIRECT_TEMPLATES = ["index", "archives", "latest"]
FEED_MAX_ITEMS = 7
THEME_COLOUR = "red"
JINJA_FILTERS = {"when": datetime.datetime.now}
"""
FILES = {
    "pelicanconf.py": OLD,
    "content/blog/first.md": "Title: The first post\nDate: 2024-01-02\nStatus: published\nTags: Big data, c\nCategory: Tech\n\nText.\n",
    "content/blog/held.md": "Title: Not yet\nDate: 2024-01-02\n\nText.\n",
    "content/blog/book.ipynb": json.dumps(
        {
            "nbformat": 4,
            "cells": [{"cell_type": "raw", "source": "---\ntitle: A book\nstatus: published\n---"}],
        }
    ),
    "content/pages/about.md": "Title: About me\nStatus: published\n\nText.\n",
    "content/notes/private.md": "Title: Never read by Pelican\nStatus: published\n\nText.\n",
    "content/extra/CNAME": "example.org",
    "content/images/a.png": b"",
    "sitemap.xml": "<urlset>"
    + "".join(
        f"<url><loc>https://example.org/{path}</loc></url>"
        for path in (
            "posts/2024/the-first-post/",
            "posts/2024/",
            "pages/about-me.html",
            "label/big-data.html",
            "label/big-data2.html",
            "label/of-a-draft.html",
            "categories/tech.atom.xml",
            "category/tech2.html",
            "index3.html",
            "no-such-thing.html",
        )
    )
    + "</urlset>",
}


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A Pelican site."""
    return write_vault(FILES, tmp_path / "site")


def files(root: Path) -> set[str]:
    """What is in a folder, without the cache."""
    found = (path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file())
    return {path for path in found if not path.startswith(".cache")}


def linked(root: Path) -> Site:
    """The new site, linked."""
    settings, names = load_settings(root / "pelican.conf.py")
    return read_site(scan(Path(names["PATH"]), settings), settings)


def test_a_dry_run_shows_everything_and_writes_nothing(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is kept, what something else does, what has no effect and what to do instead."""
    before = files(old)
    assert main(["migrate", str(old), "--old", str(old / "sitemap.xml")]) == 1
    assert files(old) == before
    told = capsys.readouterr().out
    assert "2 of 4 notes" not in told
    for line in (
        "3 notes will be public",
        "no status of its own",
        "ARTICLE_URL",
        "extension mdx_video",
        "plugin sitemap",
        "plugin some_plugin",
        "SOCIAL",
        "THEME_COLOUR",
        "1 lead nowhere",
        "/no-such-thing.html",
    ):
        assert line in told
    assert "LINKS" not in told


def test_what_is_written_is_the_new_site(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Settings that mean the same, formats, constructs, static files at their place; what was private stays private."""
    main(["migrate", str(old), "--write", "--old", str(old / "sitemap.xml")])
    assert files(old) - set(FILES) == {
        "pelican.conf.py",
        "content/CNAME",
        "content/addresses.jsonl",
        "old-addresses.left.txt",
    }
    settings, _ = load_settings(old / "pelican.conf.py")
    assert settings.site_name == "A blog"
    assert settings.feed_items == 7
    assert settings.footer_links == (("x", "https://x.example"),)
    assert settings.menu_links == (("All", "/archives.html"),)
    assert settings.description == "Notes & more"
    assert settings.reading.constructs == ("toc",)
    assert {"CNAME", "images", ".nojekyll"} & set(settings.static) == {"CNAME", "images"}
    site = linked(old)
    public = {path for path, document in site.snapshot.documents.items() if document.published}
    assert public == {"blog/first.md", "blog/book.ipynb", "pages/about.md"}
    assert site.snapshot.addresses[next(n for n in site.snapshot.addresses if n.key == "blog/first.md")] == (
        "posts/2024/the-first-post/"
    )


def test_every_old_address_answers(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By itself, or by a redirect; the one that is left waits in a file."""
    main(["migrate", str(old), "--write", "--old", str(old / "sitemap.xml")])
    redirects = {redirect.old: redirect.to for redirect in linked(old).snapshot.redirects}
    assert (
        redirects["pages/about-me.html"] == "pages/about-me/" or redirects["pages/about-me.html"] == "about/"
    )
    assert redirects["label/big-data.html"] == redirects["label/big-data2.html"] == "tags/big-data/"
    assert redirects["label/of-a-draft.html"] == "tags/"
    assert redirects["posts/2024/"] == redirects["archives.html"] == redirects["latest.html"] == "archive/"
    assert redirects["category/tech.html"] == redirects["category/tech2.html"] == "category/tech/"
    assert redirects["index3.html"] == ""
    assert redirects["categories/tech.atom.xml"] is not None
    assert "no-such-thing" in (old / "old-addresses.left.txt").read_text()


def test_a_second_time_changes_nothing(old: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """What is there stays as it is."""
    main(["migrate", str(old), "--write"])
    before = {name: (old / name).read_bytes() for name in files(old)}
    assert main(["migrate", str(old), "--write"]) == 0
    assert {name: (old / name).read_bytes() for name in files(old)} == before


@pytest.mark.parametrize(
    ("content", "said"),
    [("raise SystemExit(0)", "cannot be read"), ("PATH = (", "SyntaxError"), (None, "no settings")],
)
def test_nope_a_settings_file_that_cannot_be_read(
    tmp_path: Path, content: str | None, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """It is reported, and nothing else happens."""
    if content is not None:
        (tmp_path / "pelicanconf.py").write_text(content)
    assert main(["migrate", str(tmp_path)]) == 2
    assert said in capsys.readouterr().err.replace("there is no publishconf.py and", "no settings")


def test_modules_of_plugins_that_are_not_installed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A site is often read where its plugins are not; what they would give are settings of plugins, and a module is named as one."""
    (tmp_path / "content").mkdir()
    (tmp_path / "pelicanconf.py").write_text(
        "from nowhere.processing import Remover\n"
        "import nowhere.config\n"
        "from elsewhere import markup\n"
        "class Own(Remover): pass\n"
        "nowhere.config.Config().Remover.enabled = True\n"
        "PATH = 'content'\n"
        "REMOVERS = [Remover(patterns=['a']), Own()]\n"
        "MARKDOWN = {'extensions': [markup.Extension()], 'extension_configs': {'markdown.extensions.toc': {}}}\n"
        "PLUGINS = ['sitemap', markup]\n"
    )
    assert main(["migrate", str(tmp_path)]) == 0
    told = capsys.readouterr()
    assert "asks for nowhere, elsewhere, which are not installed here" in told.err
    assert "plugin elsewhere.markup" in told.out
    assert "REMOVERS" in told.out
    assert "'toc'" in told.out


def test_a_site_that_leaves_its_folder_to_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`pelican content` says where the notes are; what lies beside that folder is none of them. A part of a package has its words."""
    write_vault({"content/a.md": "Title: A\nDate: 2024-01-01\n\nText.\n", "README.md": "text"}, tmp_path)
    (tmp_path / "pelicanconf.py").write_text("PLUGINS = ['liquid_tags.img']\n")
    assert main(["migrate", str(tmp_path)]) == 0
    told = capsys.readouterr().out
    assert "1 note will be public" in told
    assert "its tags stay text" in told
