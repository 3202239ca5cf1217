"""The repository's own notes, built by the command that the README gives."""

import re
from collections.abc import Callable

from tests.build.conftest import ROOT, Build

ARTICLE = "pieces-of-popular-mlops-advice-to-ignore-what-to-do-instead"
CANARY = "zanzibarquux"


def test_the_article_is_a_page_in_its_place(build: Callable[..., Build]) -> None:
    """The first article has its clean address, its title, the branch above it, its tag, and other notes round it."""
    site = build(ROOT / "content")
    assert site.code == 0, site.log
    page = site.text(f"{ARTICLE}/index.html")
    assert "3 Pieces of Popular MLOps Advice to Ignore — And What to Do Instead</h1>" in page
    trail = re.search(r"<[^>]+data-trail.*?</(?:ol|nav|p|ul)>", page, re.DOTALL)
    assert trail is not None
    assert 'href="/mlops/"' in trail[0]
    assert re.search(
        r'<a[^>]+rel="tag"[^>]+href="/tags/mlops/"|<a[^>]+href="/tags/mlops/"[^>]+rel="tag"', page
    )
    assert 'data-rel="siblings"' in page
    assert 'data-rel="backlinks"' in page
    assert "up::" not in page


def test_the_branch_the_tag_and_the_feed_lead_to_the_article(build: Callable[..., Build]) -> None:
    """The unwritten parent is a hub, and hub, tag page, home, map, archive, feed and sitemap name the article."""
    site = build(ROOT / "content", "-e", 'SITEURL="https://example.org"')
    assert site.code == 0, site.log
    for name in (
        "mlops/index.html",
        "tags/mlops/index.html",
        "index.html",
        "map/index.html",
        "archive/index.html",
    ):
        assert f'href="/{ARTICLE}/"' in site.text(name), name
    assert f"https://example.org/{ARTICLE}/" in site.text("sitemap.xml")
    assert f"https://example.org/{ARTICLE}/" in site.text("feeds/all.atom.xml") or ARTICLE in site.text(
        "feeds/category/note.atom.xml"
    )
    assert 'data-rel="down"' in site.text("mlops/index.html")


def test_a_draft_is_nowhere(build: Callable[..., Build]) -> None:
    """The draft in `content/` leaves no trace in any file or file name (PB-3)."""
    draft = next(
        path for path in (ROOT / "content").rglob("*.md") if CANARY in path.read_text(encoding="utf-8")
    )
    site = build(ROOT / "content")
    for name, content in site.files().items():
        assert CANARY not in name
        assert CANARY.encode() not in content.lower(), name
        assert draft.stem.encode() not in content, name


def test_every_note_has_a_page_and_no_link_is_dead(build: Callable[..., Build]) -> None:
    """Each published note of `content/` has one page, and every internal link leads to a file."""
    site = build(ROOT / "content")
    files = site.files()
    published = [
        path for path in (ROOT / "content").rglob("*.md") if CANARY not in path.read_text(encoding="utf-8")
    ]
    pages = [name for name, content in files.items() if b"data-note-body" in content]
    assert len(pages) >= len(published)
    for name, content in files.items():
        if not name.endswith(".html"):
            continue
        for href in re.findall(rb'(?:href|src)="(/[^"#?]*)', content):
            target = href.decode().lstrip("/")
            assert (target + "index.html" if not target or target.endswith("/") else target) in files, (
                name,
                href,
            )


def test_the_notes_have_no_problems(build: Callable[..., Build]) -> None:
    """Our own notes give no warning."""
    site = build(ROOT / "content")
    assert not re.findall(r"^.*(?:warning|error) \[.*$", site.log, re.MULTILINE)
