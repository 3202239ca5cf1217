"""The plugin in a project as `pelican-quickstart` makes one: what was there stays, and notes join it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.building import ROOT, BuildResult, run_pelican, run_pelican_alone
from tests.support.vault import write_vault

SETTINGS = f"""
AUTHOR = "Me"
SITENAME = "Blog"
PATH = "content"
DEFAULT_LANG = "en"
FEED_ALL_ATOM = "feeds/all.atom.xml"
DEFAULT_PAGINATION = 2
STATIC_PATHS = ["images", "texts"]
STATIC_EXCLUDE_SOURCES = False
PLUGIN_PATHS = [{str(ROOT / "plugins")!r}]
"""
FILES = {
    "pelicanconf.py": SETTINGS + 'PLUGINS = ["garden"]\n',
    # Pelican alone stops at the one file, and cannot read the other.
    "stock.py": SETTINGS + "PLUGINS = []\nIGNORE_FILES = ['index.md', 'note*.md']\n",
    "content/first.md": "Title: First post\nDate: 2024-01-02\nCategory: Tech\nTags: python\nSlug: own-slug\nSeries: One\nSummary: A < b\n\n"
    "See [about]({filename}pages/about.md), [rest]({filename}second.rst), [[a-draft]], [[note]]. #tagged\n\n"
    "![picture]({static}images/x.svg)\n\n> [!tip] Callout\n\n```python\nprint(1)\n```\n",
    "content/second.rst": "Second in reST\n##############\n\n:date: 2024-02-03\n:category: Tech\n\nSee `it <{filename}first.md>`_.\n",
    "content/index.md": "Title: Tags\nDate: 2024-01-01\n\nA note with the title of a page that Pelican makes.\n",
    "content/a-draft.md": "Title: Kept back\nDate: 2024-03-01\nStatus: draft\n\nZebra.\n",
    "content/texts/b-draft.md": "Title: Kept back, too\nDate: 2024-03-01\nStatus: draft\n\nZebra.\n",
    "content/pages/about.md": "Title: About\n\nSee [first]({filename}../first.md).\n",
    "content/pages/hidden-page.md": "Title: Page\nStatus: draft\n\nA page of Pelican's.\n",
    "content/note.md": "---\ntags: [python]\nsettings: mine\nmetadata: mine\n---\nup:: [[Nobody wrote it]]\n\nText < more, see [[first]].\n",
    "content/note-fr.md": "---\nslug: note\nlang: fr\n---\nTexte.\n",
    "content/images/x.svg": "<svg xmlns='http://www.w3.org/2000/svg' width='4' height='3'/>",
}


class Project:
    """A project that has been built without the plugin and with it."""

    def __init__(self, root: Path) -> None:
        write_vault(FILES, root)
        # In a process of its own: in this one the plugin may be listening to Pelican already.
        self.stock = self._build(root, "stock.py", run_pelican_alone)
        self.out = root / "output"
        self.files = self._build(root, "pelicanconf.py")
        self.again = self._build(root, "pelicanconf.py")

    def _build(
        self, root: Path, conf: str, run: Callable[[list[str]], BuildResult] = run_pelican
    ) -> set[str]:
        folder = root / ("output" if conf == "pelicanconf.py" else "stock-output")
        result = run(["-s", str(root / conf), "-o", str(folder), "-e", f'CACHE_PATH="{root / "cache"}"'])
        self.log = result.log
        assert result.exit_code == 0, result.log
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}

    def text(self, name: str) -> str:
        """Return a file of the site with the plugin."""
        return (self.out / name).read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project, built."""
    return Project(tmp_path_factory.mktemp("project"))


def test_everything_that_was_there_stays_at_its_address(project: Project) -> None:
    """Articles, pages, lists and feeds; only what the draft had is gone, and what would have had Pelican's own name."""
    gone = {"drafts/kept-back.html", "drafts/kept-back-too.html", "texts/b-draft.md"}
    assert project.stock - project.files == gone
    assert {"note.html", "index/index.html", "nobody-wrote-it/index.html"} <= project.files
    assert project.again == project.files


def test_a_draft_leaves_no_trace(project: Project) -> None:
    """Neither as a page nor as a source that is copied."""
    assert not [name for name in project.files if "Zebra" in (project.out / name).read_text(errors="replace")]


def test_notes_are_read_once_and_are_in_all_lists(project: Project) -> None:
    """Of Pelican's articles and our notes there is one list, with pagination, categories, tags and a feed."""
    assert "Processed 5 articles, 0 drafts" in " ".join(project.log.split())
    assert "/note.html" in project.text("index2.html")
    assert "/note.html" in project.text("tag/python.html")
    tech = project.text("category/tech.html")
    assert "/own-slug.html" in tech
    assert "/second-in-rest.html" in tech
    assert "First post" in project.text("feeds/all.atom.xml")


def test_texts_have_the_form_that_themes_expect(project: Project) -> None:
    """A summary is a paragraph, code has the class by which it is coloured, a callout is marked; in feeds, too."""
    page = project.text("own-slug.html")
    assert '<figure class="code highlight"' in page
    assert 'class="callout' in page
    assert "garden.css" in page
    feed = project.text("feeds/all.atom.xml")
    assert "code highlight" in feed
    assert "&lt;p&gt;A &amp;lt; b&lt;/p&gt;" in feed


def test_translations_lead_to_each_other(project: Project) -> None:
    """A theme gets those of a note as it gets those of an article that Pelican has read."""
    assert 'hreflang="fr" href="/fr/note.html"' in project.text("note.html")
    assert 'hreflang="en" href="/note.html"' in project.text("fr/note.html")


def test_links_lead_from_notes_to_pelicans_contents_and_back(project: Project) -> None:
    """By path, as Pelican writes them, and a tag leads to Pelican's page of it."""
    page = project.text("own-slug.html")
    for href in ("/pages/about.html", "/second-in-rest.html", "/note.html", "/tag/tagged.html"):
        assert f'href="{href}"' in page
    assert 'src="/images/x.svg"' in page
    assert 'href="/own-slug.html"' in project.text("pages/about.html")
    assert 'href="/own-slug.html"' in project.text("second-in-rest.html")


def test_trail_relations_and_backlinks_follow_the_text(project: Project) -> None:
    """In plain HTML, escaped, on a page of a theme that knows nothing of them; a hub is a page."""
    page = project.text("note.html")
    assert 'href="/nobody-wrote-it/"' in page
    assert "Text &lt; more, see" in page
    assert "Mentioned in" in project.text("own-slug.html")
    hub = project.text("nobody-wrote-it/index.html")
    assert 'href="/note.html"' in hub
    assert "/theme/garden.css" in hub
    assert "theme/garden.css" in project.files
