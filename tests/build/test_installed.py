"""The wheel, as somebody who has nothing else gets it: installed, initialised, built, served, updated."""

import filecmp
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import urllib.request
import venv
from importlib.util import cache_from_source
from pathlib import Path
from typing import NamedTuple
from zipfile import ZipFile

import pytest
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).resolve().parents[2]
PELICAN_FILE = """
AUTHOR = "A. Author"
SITENAME = "A blog"
PATH = "content"
TIMEZONE = "Europe/Berlin"
DEFAULT_LANG = "en"
DEFAULT_METADATA = {"status": "draft"}
"""


def _wheel(source: Path, folder: Path) -> Path:
    """Build the wheel with the tree's own back end, without a network."""
    (wheel,) = WheelBuilder(str(source)).build(directory=str(folder), versions=["standard"])
    return Path(wheel)


def _older(folder: Path) -> Path:
    """Return a copy of what a wheel is made of, as version 0.0.1, with a theme that says so."""
    for name in ("plugins", "theme", "docs"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "pelican.conf.py", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder / name)
    (folder / "plugins/garden/model/version.py").write_text('VERSION = "0.0.1"\n')
    page = folder / "theme/templates/base.html"
    page.write_text(page.read_text() + "<!-- older theme -->\n")
    return folder


class Installed:
    """An environment that has the wheel and, from the one that runs the tests, what it depends on."""

    def __init__(self, folder: Path) -> None:
        venv.create(folder, symlinks=os.name != "nt")
        self._bin = folder / ("Scripts" if os.name == "nt" else "bin")
        (folder / "home").mkdir()
        own = next(folder.rglob("site-packages"))
        (own / "dependencies.pth").write_text(sysconfig.get_path("purelib"))
        self._package = own / "garden"
        self.env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}

    def unpack(self, wheel: Path) -> None:
        """Install a wheel as the standard says, without pip, which takes a second: pip is there to update it."""
        with ZipFile(wheel) as files:
            files.extractall(self._package.parent)
        self._compile()

    def update(self, wheel: Path) -> None:
        """Let pip put another version in place of what is installed."""
        python = str(self._bin / "python")
        options = [
            "--quiet",
            "--no-deps",
            "--no-index",
            "--upgrade",
            "--no-compile",
            "--disable-pip-version-check",
        ]
        command = [sys.executable, "-m", "pip", "--python", python, "install", *options, str(wheel)]
        subprocess.run(command, check=True, capture_output=True, env=self.env)
        self._compile()

    def _compile(self) -> None:
        # Python compiles what it imports, which is less than all; most of it has been compiled for other tests.
        for file in self._package.rglob("*.py"):
            ours = ROOT / "plugins" / "garden" / file.relative_to(self._package)
            compiled = Path(cache_from_source(str(ours)))
            if compiled.is_file() and filecmp.cmp(ours, file, shallow=False):
                shutil.copystat(ours, file)  # what is compiled of it names its time
                target = Path(cache_from_source(str(file)))
                target.parent.mkdir(exist_ok=True)
                shutil.copy(compiled, target)

    def command(self, name: str) -> str:
        """Return the path of a program."""
        return str(self._bin / name)

    def run(self, site: Path, *arguments: str, program: str = "garden") -> subprocess.CompletedProcess[str]:
        """Run a program in the folder of a site; it must succeed."""
        done = subprocess.run(
            [self.command("python"), "-m", program, *arguments],
            check=False,
            cwd=site,
            env=self.env,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done


class Updated(NamedTuple):
    """A site that was begun and built with an older wheel, and the environment, which has got this tree's since."""

    environment: Installed
    site: Path
    files: dict[Path, bytes]  # of the site, before it was built
    page: str  # of the older theme


@pytest.fixture(scope="module")
def updated(tmp_path_factory: pytest.TempPathFactory) -> Updated:
    """The older site, and the update."""
    folder = tmp_path_factory.mktemp("installed")
    (folder / "older").mkdir()
    environment = Installed(folder / "environment")
    environment.unpack(_wheel(_older(folder / "older"), folder / "older-wheel"))
    environment.run(folder, "init", "site", "--name", "Mine")
    site = folder / "site"
    own = site / "theme_overrides/templates/partials/footer.html"
    own.parent.mkdir(parents=True)
    own.write_text("<footer>my own footer</footer>\n")
    files = {path: path.read_bytes() for path in site.rglob("*") if path.is_file()}
    environment.run(site, "html")
    page = (site / "output/404.html").read_text()
    environment.update(_wheel(ROOT, folder / "wheel"))
    return Updated(environment, site, files, page)


@pytest.fixture
def installed(updated: Updated) -> Installed:
    """An environment with this tree's wheel."""
    return updated.environment


def test_an_empty_folder_becomes_a_published_site(installed: Installed, tmp_path: Path) -> None:
    """With the wheel alone: begin, check, write, publish below a path."""
    installed.run(tmp_path, "init", "--name", "My notes")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        ".gitignore",
        "Makefile",
        "notes",
        "pelican.conf.py",
    ]
    assert installed.run(tmp_path, "check").stdout == "no problems\n"
    assert installed.run(tmp_path, "docs", "tutorial").stdout == (ROOT / "docs/tutorial.md").read_text()
    installed.run(tmp_path, "new", "A second note")
    installed.run(tmp_path, "publish", "--yes", "--site-url", "https://example.org/notes")
    assert "My notes" in (tmp_path / "output/index.html").read_text()
    page = (tmp_path / "output/first-note/index.html").read_text()
    assert 'href="/notes/theme/' in page
    assert not (tmp_path / "output/a-second-note").exists()
    assert (tmp_path / "notes/published.json").is_file()
    assert (tmp_path / "output/.nojekyll").read_bytes() == b""


def test_the_site_is_served(updated: Updated) -> None:
    """`garden serve` shows the begun site."""
    installed, site = updated.environment, updated.site
    command = [installed.command("garden"), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=site, env=installed.env, stderr=subprocess.PIPE, text=True) as server:
        assert server.stderr is not None
        lines = iter(server.stderr.readline, "")
        address = next(found[0] for line in lines if (found := re.search(r"http://localhost:\d+", line)))
        page = urllib.request.urlopen(f"{address}/first-note/").read().decode()
        server.terminate()
        server.communicate()
    assert "First note" in page


def test_pelican_finds_the_plugin_by_itself(installed: Installed, tmp_path: Path) -> None:
    """A settings file that names no plugin is enough; pages stay where they were, and drafts become private."""
    (tmp_path / "pelicanconf.py").write_text(PELICAN_FILE)
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/open.md").write_text("Title: Open\nStatus: published\n\nA text.\n")
    (tmp_path / "content/pages/about.md").write_text("Title: About\nStatus: published\n\nAbout.\n")
    (tmp_path / "content/secret.md").write_text("---\ntitle: Secret\n---\nA text.\n")
    installed.run(tmp_path, "-s", "pelicanconf.py", "--fatal", "errors", program="pelican")
    pages = {path.relative_to(tmp_path / "output").as_posix() for path in tmp_path.glob("output/**/*.html")}
    assert {"open.html", "pages/about.html"} <= pages
    assert not [page for page in pages if "secret" in page or "draft" in page]


def test_an_update_keeps_what_is_the_authors(updated: Updated) -> None:
    """After an update the theme is the new one, and settings, templates and notes are as they were."""
    environment, site, files, older = updated
    assert "older theme" in older
    assert environment.run(site, "--version").stdout != "garden 0.0.1\n"
    environment.run(site, "html")
    assert "older theme" not in (site / "output/404.html").read_text()
    page = (site / "output/first-note/index.html").read_text()
    assert "my own footer" in page
    assert "Mine" in page
    assert {path: path.read_bytes() for path in files} == files
