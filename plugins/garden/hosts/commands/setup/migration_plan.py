"""The plan for moving a Pelican site: the settings of the new site, and what happens to each old setting."""

import os
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path, PurePosixPath
from typing import Any, Final

from garden.hosts.settings.pelican_effects import (
    BUILT_IN,
    CONSTRUCTS_OF,
    KEPT,
    MAPPED,
    OF_THEMES,
    PLUGIN_WORDS,
    WITHOUT_EFFECT,
)
from garden.model.names import extension
from garden.model.settings import OWN_FILES

_DEFAULT_URL: Final = "{slug}.html"
_LINKS: Final = {"MENUITEMS": "menu_links", "SOCIAL": "footer_links", "LINKS": "footer_links"}
_MARKUP: Final = re.compile(r"<[^<>]*>")
_OUR_OWN: Final = frozenset(("GARDEN", "PLUGINS", "PLUGIN_PATHS"))


@dataclass(slots=True)
class MigrationPlan:
    """The settings of the new site, and what happens to each setting of the old one."""

    notes: str  # the folder of notes
    settings: dict[str, Any] = field(default_factory=dict)  # Pelican's settings of the new site
    garden: dict[str, Any] = field(default_factory=dict)  # the content of `GARDEN`
    copies: list[tuple[str, str]] = field(
        default_factory=list
    )  # a file of the notes, its path on the old site
    kept: list[str] = field(default_factory=list)  # names of settings that stay as they are
    mapped: list[tuple[str, str]] = field(default_factory=list)  # a setting, what replaces it
    not_taken: list[tuple[str, str]] = field(
        default_factory=list
    )  # a setting without effect, what to do instead
    unknown: list[str] = field(default_factory=list)  # settings of which nothing is known


def migration_plan(old: Mapping[str, Any], root: Path) -> MigrationPlan:
    """Return the plan for a site with the settings `old`, whose settings file is in the folder `root`."""
    # Without PATH, the folder is an argument of `pelican`; pelican-quickstart calls it `content`.
    notes = str(old.get("PATH") or ("content" if (root / "content").is_dir() else "."))
    plan = MigrationPlan(notes)
    folder = root / notes
    plan.settings = {name: old[name] for name in KEPT if name in old}
    plan.kept = list(plan.settings)
    _addresses(old, plan)
    _formats(folder, old, plan)
    _static(folder, old, plan)
    _constructs(old, plan)
    _articles(old, folder, plan)
    for place in ("menu_links", "footer_links"):
        links = _links(old, [name for name, at in _LINKS.items() if at == place])
        if links:
            plan.garden[place] = links
    if isinstance(old.get("FEED_MAX_ITEMS"), int):
        plan.garden["feed_items"] = old["FEED_MAX_ITEMS"]
    if old.get("SITESUBTITLE"):
        # Themes show it as HTML.
        plan.garden["description"] = " ".join(unescape(_MARKUP.sub(" ", str(old["SITESUBTITLE"]))).split())
        plan.mapped.append(("SITESUBTITLE", "`description`"))
    for name in sorted(set(old) - set(plan.kept) - _OUR_OWN - {"SITESUBTITLE"}):
        if not old[name]:
            continue  # it was turned off on the old site, so nothing is lost
        if name in _LINKS:
            plan.mapped.append((name, f"`{_LINKS[name]}`"))
        elif name in MAPPED:
            plan.mapped.append((name, MAPPED[name]))
        elif name in WITHOUT_EFFECT or name in OF_THEMES:
            plan.not_taken.append((name, WITHOUT_EFFECT.get(name) or OF_THEMES[name]))
        else:
            plan.unknown.append(name)
    plan.not_taken += [(f"plugin {name}", words) for name, words in _plugins(old)]
    return plan


def _addresses(old: Mapping[str, Any], plan: MigrationPlan) -> None:
    """Keep the pattern for the addresses of articles, if the old site has one of its own."""
    address = str(old.get("ARTICLE_SAVE_AS") or old.get("ARTICLE_URL") or _DEFAULT_URL)
    if address.endswith("/index.html"):
        address = address.removesuffix("index.html")
    if address != _DEFAULT_URL:
        plan.settings["ARTICLE_URL"] = address
        plan.settings["SLUGIFY_SOURCE"] = old.get("SLUGIFY_SOURCE", "title")


def _formats(folder: Path, old: Mapping[str, Any], plan: MigrationPlan) -> None:
    """Turn on the formats of files in the folder of notes, except in folders that are copied."""
    static = tuple(f"{str(path).strip('/')}/" for path in old.get("STATIC_PATHS", ("images",)))
    found = {extension(path) for path in _files(folder) if not path.startswith(static)}
    formats = [kind for kind in ("ipynb", "rst", "html") if kind in found]
    if formats:
        plan.garden["formats"] = formats
        plan.mapped.append(("files", f"those that end in .{', .'.join(formats)} are notes: `formats`"))


def _static(folder: Path, old: Mapping[str, Any], plan: MigrationPlan) -> None:
    """Publish the static files of the old site at the addresses that they had."""
    paths = [str(path).strip("/") for path in old.get("STATIC_PATHS", ("images",))]
    wanted = [path for path in paths if path and (folder / path).exists()]
    for name, metadata in sorted(dict(old.get("EXTRA_PATH_METADATA") or {}).items()):
        target = str(metadata.get("path", "")) if isinstance(metadata, Mapping) else ""
        source = str(name).strip("/")
        if target and target != source and (folder / source).is_file():
            plan.copies.append((source, target))
            wanted.append(target)
            wanted = [path for path in wanted if path != source]
    more = [path for path in dict.fromkeys(wanted) if path not in OWN_FILES]
    if more:
        plan.garden["static"] = [*OWN_FILES, *more]


def _constructs(old: Mapping[str, Any], plan: MigrationPlan) -> None:
    """Turn on the constructs for which the old site used extensions of Python-Markdown."""
    markdown = old.get("MARKDOWN")
    if not isinstance(markdown, Mapping):
        # Pelican's default setting has the extension `extra`.
        names = ["extra"]
    else:
        names = [*map(str, markdown.get("extensions") or ()), *(markdown.get("extension_configs") or {})]
    asked: list[str] = []
    for name in dict.fromkeys(names):
        last = name.rpartition(".")[2].partition("(")[0]
        asked += CONSTRUCTS_OF.get(last, ())
        if last == "nl2br":
            plan.garden["hard_line_breaks"] = True
        if last not in CONSTRUCTS_OF and last not in BUILT_IN:
            plan.not_taken.append((f"extension {name}", "extensions of Python-Markdown are not loaded"))
    if asked:
        plan.garden["constructs"] = list(dict.fromkeys(asked))


def _articles(old: Mapping[str, Any], folder: Path, plan: MigrationPlan) -> None:
    """Ignore everything that Pelican reads neither as an article nor as a page."""
    articles = [str(path).strip("/") for path in old.get("ARTICLE_PATHS") or [""]]
    if "" in articles or not folder.is_dir():
        return
    pages = [str(path).strip("/") for path in old.get("PAGE_PATHS", ["pages"])]
    static = [str(path).strip("/") for path in old.get("STATIC_PATHS", ["images"])]
    read = {PurePosixPath(path).parts[0] for path in (*articles, *pages, *static) if path}
    others = (entry for entry in sorted(folder.iterdir()) if entry.name not in read)
    left_out = [
        f"{entry.name}/*" if entry.is_dir() else entry.name
        for entry in others
        if not entry.name.startswith(".")
    ]
    if left_out:
        plan.garden["ignore"] = left_out


def _links(old: Mapping[str, Any], names: Iterable[str]) -> dict[str, str]:
    """Return the links in these settings by title, without items that are not a pair of a title and an address."""
    found: dict[str, str] = {}
    for name in names:
        for item in old.get(name) or ():
            if (
                isinstance(item, tuple | list)
                and len(item) >= 2
                and all(isinstance(part, str) for part in item[:2])
            ):
                found.setdefault(item[0], item[1])
    return found


def _plugins(old: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Yield the plugins of the old site that are not loaded, each with what replaces it here."""
    for name in old.get("PLUGINS") or ():
        last = str(name).removeprefix("pelican.plugins.")
        if last != "garden":
            yield (
                str(name),
                PLUGIN_WORDS.get(last)
                or PLUGIN_WORDS.get(last.partition(".")[0])
                or "it is not loaded; add it to PLUGINS to try it: it sees notes as articles",
            )


def _files(folder: Path) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for file in files:
            yield Path(parent, file).relative_to(folder).as_posix()
