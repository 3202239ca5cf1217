"""What a page of ordinary length costs, after gzip."""

import gzip
import re
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page

from tests.support.browsing import settle, until
from tests.support.tabs import requests_of

ARTICLE = "pieces-of-popular-mlops-advice-to-ignore-what-to-do-instead"
KB = 1000


def packed(*contents: bytes) -> int:
    """The size of some files as a server would send them."""
    return sum(len(gzip.compress(content, 9, mtime=0)) for content in contents)


def scripts(page_requests: list[str], out: Path) -> list[bytes]:
    """The scripts among the requested files."""
    paths = [urlsplit(url).path.lstrip("/") for url in page_requests]
    return [(out / path).read_bytes() for path in paths if path.endswith(".js")]


def test_html_beside_the_text(out):
    """Frame, relations, graph and all: at most 6 kB beside the text."""
    html = (out / ARTICLE / "index.html").read_bytes()
    body = re.search(
        rb"<div[^>]*data-note-body[^>]*>(.*?)</div>\s*(?:<section|<nav|<footer)", html, re.DOTALL
    )
    assert body
    assert len(body[1]) > 3000
    assert packed(html.replace(body[1], b"")) <= 6 * KB


def test_style(out):
    """The whole style sheet: at most 10 kB."""
    assert packed((out / "theme/css/main.css").read_bytes()) <= 10 * KB


def idle(page: Page) -> None:
    """Wait until a page has nothing to do, not even later."""
    settle(page)
    page.evaluate("new Promise((resolve) => requestIdleCallback(() => setTimeout(resolve, 100)))")


def test_before_interaction_and_for_the_search(open_at, uncached, out):
    """Until the reader does something: four requests at most, 6 kB of JavaScript at most; and what opening the search and asking fetch."""
    with requests_of(open_at(uncached, "/robots.txt")) as requests:
        page = open_at(uncached, f"/{ARTICLE}/")
        idle(page)
    counted = [url for url in requests if "favicon" not in url]
    assert len(counted) <= 4, counted
    assert packed(*scripts(counted, out)) <= 6 * KB
    # The search: at most 20 kB of JavaScript, and 60 kB of the index.
    page.mouse.move(5, 5)
    idle(page)
    with requests_of(page) as requests:
        page.keyboard.press("/")
        page.locator("dialog.search[open] input").fill("cloud")
        until(page, "document.querySelector('dialog.search [role=option] mark')")
    assert packed(*scripts(requests, out)) <= 20 * KB
    index = [urlsplit(url).path.lstrip("/") for url in requests if "/search/" in url]
    assert len(index) >= 3
    assert packed(*((out / path).read_bytes() for path in index)) <= 60 * KB


def test_graph(open_at, uncached, out):
    """All JavaScript of the graph page: at most 35 kB."""
    with requests_of(open_at(uncached, "/robots.txt")) as requests:
        page = open_at(uncached, "/graph/")
        page.mouse.move(5, 5)
        until(page, "document.querySelector('.graph-key li')")
        idle(page)
    found = scripts(requests, out)
    assert len(found) > 3
    assert packed(*found) <= 35 * KB
