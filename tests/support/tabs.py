"""The tabs of the browser that tests have in turn: a new one costs as much as several pages that are opened in it."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Error, Page, Request

from tests.support.patience import PATIENCE

Open = Callable[..., Page]
"""Opens a page: its address, its path and, by name, what `Tabs.visits` says."""

CLIPBOARD = ["clipboard-read", "clipboard-write"]


class Tabs:
    """One tab for each kind of device, and one more for its shared pages, which so stay open while others are visited.

    What else differs between tests can be changed while a tab is open.
    """

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self._contexts: dict[str, BrowserContext] = {}
        self._tabs: dict[tuple[str, bool], Page] = {}
        self._shared: dict[Page, tuple[object, ...]] = {}
        """Which page the next test may have as it is: how it was asked for, and its address as the browser says."""

    @contextmanager
    def visits(self) -> Iterator[Open]:
        """Give a function that opens pages; fail when one had an error, or asked for what its policy forbids.

        What is opened later takes the tab of what has been opened earlier. Whoever comes next finds nothing of what
        these pages have kept. Tests that only look at a page, or take back what they do to it, may open it as `shared`:
        they get it as the one before them has left it.
        """
        complaints: list[str] = []
        with ExitStack() as at_the_end:
            known: set[Page] = set()

            def visit(  # noqa: PLR0913 - what a browser can be told, by name
                address: str,
                path: str,
                *,
                width: int = 1280,
                height: int = 640,
                color_scheme: Any = "light",
                reduced_motion: Any = "reduce",
                prepare: str = "",
                shared: bool = False,
                **device: Any,
            ) -> Page:
                page = self._tab(device, shared=shared)
                if page not in known:
                    known.add(page)
                    at_the_end.callback(_forget, page)
                    _listen(page, complaints, at_the_end)
                if page.viewport_size != {"width": width, "height": height}:
                    page.set_viewport_size({"width": width, "height": height})
                page.emulate_media(media="screen", color_scheme=color_scheme, reduced_motion=reduced_motion)
                if prepare:
                    at_the_end.callback(page.add_init_script(prepare).close)
                left = self._shared.pop(page, None)
                # What a page does as it opens depends on the window: a narrow one that was made wide is another page.
                asked = (address + path, width, height, color_scheme, reduced_motion)
                if shared and left == (*asked, page.url.partition("#")[0]):
                    page.evaluate("scrollTo({ top: 0, behavior: 'instant' })")
                else:
                    page.goto(address + path)
                if shared:
                    self._shared[page] = (*asked, page.url.partition("#")[0])
                return page

            try:
                yield visit
            except BaseException:
                self._shared.clear()  # nobody knows what has been left
                raise
        assert not complaints, "\n".join(complaints)

    def close(self) -> None:
        """Close all of them."""
        for context in self._contexts.values():
            context.close()

    def page(self) -> Page:
        """Give the tab of the ordinary device, without looking at what happens in it."""
        return self._tab({}, shared=False)

    def _tab(self, device: Mapping[str, Any], *, shared: bool) -> Page:
        """Give a tab of a device: of the options of a context that stay what they are."""
        name = repr(sorted(device.items()))
        if name not in self._contexts:
            self._contexts[name] = self._browser.new_context(permissions=CLIPBOARD, **device)
            self._contexts[name].set_default_timeout(PATIENCE * 1000)
        key = name, shared
        if key not in self._tabs or self._tabs[key].is_closed():
            self._tabs[key] = self._contexts[name].new_page()
        return self._tabs[key]


def listen(page: Any, event: str, listener: Callable[[Any], None], until_the_end: ExitStack) -> None:
    """Hear what happens on a page until the end: another test has the page then."""
    page.on(event, listener)
    until_the_end.callback(page.remove_listener, event, listener)


@contextmanager
def requests_of(page: Page) -> Iterator[list[str]]:
    """Give the list of addresses that a page asks for from now on, also of those that the browser has kept."""
    asked: list[str] = []

    def note(request: Request) -> None:
        asked.append(request.url)

    with ExitStack() as at_the_end:
        listen(page, "request", note, at_the_end)
        yield asked


def _listen(page: Page, complaints: list[str], until_the_end: ExitStack) -> None:
    def heard(message: ConsoleMessage) -> None:
        # The page for what is not there is, rightly, reported as not found.
        is_the_page = message.location["url"] == page.url and "404" in message.text
        if message.type in ("error", "warning") and not is_the_page:
            complaints.append(f"{message.location['url']}: {message.text}")

    def failed(error: Error) -> None:
        complaints.append(str(error))

    listen(page, "console", heard, until_the_end)
    listen(page, "pageerror", failed, until_the_end)


def _forget(page: Page) -> None:
    with suppress(Error):  # a page without scripts, or one whose storage is closed, keeps nothing
        page.evaluate("localStorage.clear(); sessionStorage.clear()")
