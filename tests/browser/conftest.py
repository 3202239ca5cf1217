"""The example site in Chromium, over both servers; whoever opens a page also proves that it is quiet."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request, Route

from tests.support.browsing import (
    STRICT,
    example_site,
    example_vault,
    garden_serve,
    static_host,
    watch_requests,
)
from tests.support.effort import THOROUGH

Open = Callable[..., Page]


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of the example site."""
    return example_site(tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="session")
def static(out: Path) -> Iterator[str]:
    """The address of the site at a static host whose policy allows nothing but its own files."""
    with static_host(out, STRICT) as address:
        yield address


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site as `make serve` shows it."""
    folder = tmp_path_factory.mktemp("serve")
    example_vault(folder)
    with garden_serve(folder, STRICT) as address:
        yield address


# What `make serve` gives is proved to be the same (test_served.py): a thorough run walks through it, too.
@pytest.fixture(scope="session", params=["static", "served"] if THOROUGH else ["static"])
def address(request: pytest.FixtureRequest) -> str:
    """The address of the site, at a static host and, in a thorough run, then from `make serve`."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator["Contexts"]:
    """The contexts of the browser that tests share."""
    shared = Contexts(browser)
    yield shared
    shared.close()


@pytest.fixture
def open_at(contexts: "Contexts") -> Iterator[Open]:
    """`open_at(address, path, width=…, **context)` opens a page; at the end no page may have complained."""
    with _visits(contexts) as visit:
        yield visit


@pytest.fixture
def open_page(open_at: Open, address: str) -> Open:
    """`open_page(path, width=…, **context)` opens a page of the example site."""

    def opened(path: str, **options: Any) -> Page:
        return open_at(address, path, **options)

    return opened


class Contexts:
    """Contexts of a browser by their options: a new one costs more than the page that is opened in it."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._known: dict[str, BrowserContext] = {}

    def page(self, options: Mapping[str, Any]) -> Page:
        """Open an empty page in the context with these options."""
        key = repr(sorted(options.items()))
        if key not in self._known:
            self._known[key] = self._browser.new_context(**options)
        return self._known[key].new_page()

    @staticmethod
    def end(page: Page) -> None:
        """Close a page, so that no later one finds what it has kept."""
        with suppress(Error):  # a page without scripts, or one whose storage is closed, keeps nothing
            page.evaluate("localStorage.clear()")
        page.close()

    def close(self) -> None:
        """Close all of them."""
        for context in self._known.values():
            context.close()


@contextmanager
def _visits(contexts: Contexts) -> Iterator[Open]:
    """Give a function that opens pages; fail when one had an error or asked another origin for something."""
    complaints: list[str] = []
    pages: list[Page] = []

    def visit(
        address: str, path: str, *, width: int = 1280, height: int = 900, prepare: str = "", **context: Any
    ) -> Page:
        routes: Mapping[str, Callable[[Route], None]] = context.pop("routes", {})
        viewport = {"width": width, "height": height}
        page = contexts.page(
            {"base_url": address, "viewport": viewport, "reduced_motion": "reduce", **context}
        )
        pages.append(page)
        page.set_default_timeout(10_000)

        def heard(message: ConsoleMessage) -> None:
            # The page for what is not there is, rightly, reported as not found.
            if message.type in ("error", "warning") and message.location["url"] != page.url:
                complaints.append(f"{message.location['url']}: {message.text}")

        def asked(request: Request) -> None:
            if urlsplit(request.url).netloc != urlsplit(address).netloc:
                complaints.append(f"asked for {request.url}")

        page.on("console", heard)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("request", asked)
        watch_requests(page)
        if prepare:
            page.add_init_script(prepare)
        for pattern, answer in routes.items():
            page.route(pattern, answer)
        page.goto(path)
        return page

    try:
        yield visit
    finally:
        for page in pages:
            contexts.end(page)
    assert complaints == []
