"""The example site in Chromium, over both servers; whoever opens a page also proves that it is quiet."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
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
    listen,
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
    """Contexts of a browser by their options, each with a page that tests have in turn: a new one costs as much as what is opened in it."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._known: dict[str, BrowserContext] = {}
        self._free: dict[str, Page] = {}

    def page(self, options: Mapping[str, Any], *, fresh: bool) -> Page:
        """Give an empty page in the context with these options; one that is `fresh` has been nobody's before."""
        key = _key(options)
        if key not in self._known:
            self._known[key] = self._browser.new_context(**options)
        kept = None if fresh else self._free.pop(key, None)
        return kept or self._known[key].new_page()

    def end(self, page: Page, options: Mapping[str, Any], *, keep: bool) -> None:
        """Close a page, or keep it for another test; whoever comes later finds nothing of what it has kept."""
        with suppress(Error):  # a page without scripts, or one whose storage is closed, keeps nothing
            page.evaluate("localStorage.clear(); sessionStorage.clear()")
        if not keep or page.is_closed() or _key(options) in self._free:
            page.close()
            return
        page.goto("about:blank")
        page.set_viewport_size(options["viewport"])
        scheme, motion = options.get("color_scheme", "light"), options["reduced_motion"]
        page.emulate_media(color_scheme=scheme, reduced_motion=motion)
        self._free[_key(options)] = page

    def close(self) -> None:
        """Close all of them."""
        for context in self._known.values():
            context.close()


def _key(options: Mapping[str, Any]) -> str:
    return repr(sorted(options.items()))


@contextmanager
def _visits(contexts: Contexts) -> Iterator[Open]:
    """Give a function that opens pages; fail when one had an error or asked another origin for something."""
    complaints: list[str] = []
    at_the_end = ExitStack()

    def visit(  # noqa: PLR0913 - what a browser can be told, by name
        address: str,
        path: str,
        *,
        width: int = 1280,
        height: int = 900,
        prepare: str = "",
        fresh: bool = False,
        **context: Any,
    ) -> Page:
        routes: Mapping[str, Callable[[Route], None]] = context.pop("routes", {})
        viewport = {"width": width, "height": height}
        options = {"base_url": address, "viewport": viewport, "reduced_motion": "reduce", **context}
        own = fresh or bool(prepare or routes)  # what these do to a page cannot be taken back
        page = contexts.page(options, fresh=own)
        at_the_end.callback(contexts.end, page, options, keep=not own)
        page.set_default_timeout(10_000)

        def heard(message: ConsoleMessage) -> None:
            # The page for what is not there is, rightly, reported as not found.
            if message.type in ("error", "warning") and message.location["url"] != page.url:
                complaints.append(f"{message.location['url']}: {message.text}")

        def asked(request: Request) -> None:
            if urlsplit(request.url).netloc != urlsplit(address).netloc:
                complaints.append(f"asked for {request.url}")

        def failed(error: Error) -> None:
            complaints.append(str(error))

        listeners: Mapping[str, Callable[[Any], None]] = {
            "console": heard,
            "pageerror": failed,
            "request": asked,
        }
        for event, listener in listeners.items():
            listen(page, event, listener, at_the_end)
        watch_requests(page, at_the_end)
        if prepare:
            page.add_init_script(prepare)
        for pattern, answer in routes.items():
            page.route(pattern, answer)
        page.goto(path)
        return page

    with at_the_end:
        yield visit
    assert complaints == []
