"""The hierarchy of a whole site, as a reader without scripts walks it."""

import random
import re
from collections.abc import Callable
from pathlib import Path

from tests.build.conftest import ROOT, Build
from tests.support.built_site import BuiltPage, BuiltSite
from tests.support.markup import select, visible_text

NOTES, EDGES, PARENTS = 326, 120, 35


def read(built: Build) -> BuiltSite:
    """Return a finished build for reading."""
    assert built.code == 0, built.log
    return BuiltSite(built.out, built.code, built.log)


def links(page: BuiltPage, selector: str) -> list[str]:
    """Return where the links inside the elements of a selector lead."""
    found = []
    for element in select(page.root, selector):
        found += [link.attributes.get("href") or "" for link in select(element, "a[href]")]
    return found


def test_the_article_says_where_it_stands_and_who_cites_it(build: Callable[..., Build]) -> None:
    """Its branch above the title, its siblings, and the sentence of a backlink with a link to that very place."""
    site = read(build(ROOT / "content"))
    page = site.pages["/pieces-of-popular-mlops-advice-to-ignore-what-to-do-instead/"]
    main = visible_text(select(page.root, "main")[0])
    assert re.match(r"MLOps › ", main)
    assert main.index("MLOps ›") < main.index("3 Pieces of Popular MLOps Advice to Ignore")
    siblings = links(page, "[data-rel=siblings]")
    assert "/reproducibility/" in siblings
    (backlinks,) = select(page.root, "[data-rel=backlinks]")
    quotes = select(backlinks, "blockquote")
    assert quotes
    for quote in quotes:
        (link,) = select(quote, "a[href]")
        address, _, anchor = (link.attributes.get("href") or "").partition("#")
        (cited,) = [found for found in select(site.pages[address].root, "[id]") if found.id == anchor]
        assert (cited.attributes.get("href") or "").partition("#")[0] == page.url


def vault_of_edges(folder: Path) -> dict[str, list[str]]:
    """Write notes as one real vault has them: most parents are not in it. Return the children of each parent."""
    chance = random.Random(120)
    parents = [f"Topic {number:02}" for number in range(PARENTS)]
    notes = [f"Note {number:03}" for number in range(NOTES)]
    children: dict[str, list[str]] = {parent: [] for parent in parents}
    above: dict[str, list[str]] = {}
    # Each parent has a child; the rest is spread unevenly, and some notes have several parents.
    for parent in [
        *parents,
        *(parents[int(chance.triangular(0, PARENTS, 0))] for _ in range(EDGES - PARENTS)),
    ]:
        note = chance.choice([name for name in notes if parent not in above.get(name, [])])
        above.setdefault(note, []).append(parent)
        children[parent].append(note)
    for name in notes:
        lines = [f"up::[[{parent}]]" for parent in above.get(name, [])]
        first, last = (lines, []) if chance.random() < 0.5 else ([], lines)
        text = "\n\n".join([*first, f"What {name} says.", *last])
        (folder / f"{name}.md").write_text(f"---\nTitle: {name}\n---\n{text}\n", encoding="utf-8")
    (folder / f"{parents[0]}.md").write_text("This parent is written.\n", encoding="utf-8")
    return children


def test_nothing_of_a_vault_with_missing_parents_is_lost(build: Callable[..., Build], tmp_path: Path) -> None:
    """Every edge shows on both of its pages, and every parent is at most three clicks from home."""
    vault = tmp_path / "vault"
    vault.mkdir()
    children = vault_of_edges(vault)
    site = read(build(vault))
    urls = {
        page.title: page.url for page in site.pages.values() if select(page.root, "[data-trail], [data-rel]")
    }
    shown = 0
    for parent, names in children.items():
        page = site.pages[urls[parent]]
        assert sorted(links(page, "[data-rel=down] li")) == sorted(urls[name] for name in names), parent
        for name in names:
            assert urls[parent] in links(site.pages[urls[name]], "[data-rel=up]")
            assert urls[parent] in links(site.pages[urls[name]], "[data-trail]")
            shown += 1
    assert shown == EDGES
    clicks = {"/": 0}
    waiting = ["/"]
    for url in waiting:
        for href in links(site.pages[url], "body"):
            target = href.partition("#")[0]
            if target in site.pages and target not in clicks:
                clicks[target] = clicks[url] + 1
                waiting.append(target)
    assert max(clicks[urls[parent]] for parent in children) <= 3
    assert all(url in clicks for url in urls.values())


def test_a_typed_link_in_a_sentence_is_cited_with_it(build: Callable[..., Build], tmp_path: Path) -> None:
    """One on a line of its own, or alone in brackets, has its relation only."""
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "b.md").write_text("text", encoding="utf-8")
    for name, text in {
        "sentence": "It was first (same:: [[b]]) and then more. Another one.",
        "line": "same:: [[b]]\n\nText.",
        "alone": "[same:: [[b]]]",
    }.items():
        (vault / f"{name}.md").write_text(text, encoding="utf-8")
    page = read(build(vault)).pages["/b/"]
    (backlinks,) = select(page.root, "[data-rel=backlinks]")
    items = [visible_text(item) for item in select(backlinks, "li")]
    assert items == [
        "alone Same topic",
        "line Same topic",
        "sentence Same topic It was first b and then more.",
    ]


def test_the_key_of_the_neighbourhood_has_the_lines_that_are_drawn(
    build: Callable[..., Build], tmp_path: Path
) -> None:
    """Whatever words the titles hold."""
    vault = tmp_path / "vault"
    vault.mkdir()
    (vault / "a.md").write_text("[[edge-next]]", encoding="utf-8")
    (vault / "edge-next.md").write_text("up:: [[edge-same]]", encoding="utf-8")
    site = read(build(vault))
    key = {
        url: [visible_text(line) for line in select(site.pages[url].root, ".neighbourhood figcaption span")]
        for url in ("/a/", "/edge-next/")
    }
    assert key == {"/a/": ["mention"], "/edge-next/": ["above and below", "mention"]}
