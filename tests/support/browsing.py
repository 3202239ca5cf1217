"""A browser, and the example site in it: built once, served as a static host does and as `make serve` does."""

import os
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from functools import partial
from http.client import HTTPConnection
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any
from weakref import WeakKeyDictionary

from PIL import Image
from playwright.sync_api import Browser, Page, Playwright, Request

from tests.support.browser import NEITHER, browser_path, this_machine
from tests.support.building import ROOT, build

SHOWCASE = ROOT / "tests" / "browser" / "showcase"
STRICT = "default-src 'self'"
SETTINGS = {
    "SITENAME": "Weather & models",
    "GARDEN": {
        "description": "Notes on the sky and on machines that learn, kept to try the theme out.",
        "repository": "https://example.org/notes",
        "licence": "CC BY 4.0",
        "provenance": ["photo"],
    },
}
"""The settings of the example site, so that every part of the theme has something to show."""


def launch(playwright: Playwright) -> Browser:
    """Start the browser, with nothing in it that would talk to anybody."""
    quiet = ["--disable-background-networking", "--disable-component-update", "--disable-gpu", "--no-sandbox"]
    # Playwright that runs already cannot be asked by starting it again.
    machine = replace(this_machine(), playwrights_own=lambda: playwright.chromium.executable_path)
    path = browser_path(machine)
    assert path, NEITHER
    return playwright.chromium.launch(executable_path=path, args=quiet)


def until(page: Page, expression: str, seconds: float = 10) -> None:
    """Wait until an expression is true; a strict policy forbids Playwright's own way, which needs `eval`."""
    end = time.monotonic() + seconds
    while not page.evaluate(expression):
        assert time.monotonic() < end, f"still not true after {seconds} s: {expression}"
        page.wait_for_timeout(50)


def listen(page: Any, event: str, listener: Callable[[Any], None], until_the_end: ExitStack) -> None:
    """Hear what happens on a page until the end of a test: another one may have the page then."""
    page.on(event, listener)
    until_the_end.callback(page.remove_listener, event, listener)


_pending: WeakKeyDictionary[Page, set[Request]] = WeakKeyDictionary()


def watch_requests(page: Page, until_the_end: ExitStack) -> None:
    """Remember what a page has asked for and not yet got, for `settle`."""
    pending = _pending[page] = set()

    def asked(request: Request) -> None:
        if request.resource_type != "eventsource":  # the stream of events of `make serve` never ends
            pending.add(request)

    # Playwright writes into what it calls, which the method of a set does not bear.
    def ended(request: Request) -> None:
        pending.discard(request)

    for event, listener in (("request", asked), ("requestfinished", ended), ("requestfailed", ended)):
        listen(page, event, listener, until_the_end)


def settle(page: Page) -> None:
    """Wait until a page that is watched has all that it asked for, and asks for nothing more for a moment."""
    quiet = 0
    while quiet < 4:
        page.wait_for_timeout(50)
        quiet = 0 if _pending[page] else quiet + 1


def example_vault(folder: Path) -> Path:
    """The notes of `content/` and those that show everything the theme can, in one vault below `folder`."""
    root = folder / "vault"
    shutil.copytree(ROOT / "content", root)
    shutil.copytree(SHOWCASE, root / "showcase")
    # A photograph: wide and heavy enough that smaller variants are made of it.
    size = (1600, 900)
    sky = Image.linear_gradient("L").resize(size)
    noise = Image.frombytes("L", size, Random(1).randbytes(size[0] * size[1]))  # the same each time
    grain = noise.point([104 + level // 5 for level in range(256)])
    Image.merge("RGB", (sky, grain, sky.rotate(180))).save(root / "showcase" / "Evening.png")
    return root


def example_site(folder: Path) -> Path:
    """Build the example site below `folder` and return its output."""
    out = folder / "output"
    result = build(example_vault(folder), out, SETTINGS)
    assert result.exit_code == 0, result.log
    return out


@contextmanager
def static_host(out: Path, policy: str) -> Iterator[str]:
    """Serve a folder as a static host does, with a policy and a page for what is not there; give its address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_StaticFiles, out, policy))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def garden_serve(folder: Path, policy: str, conf: str = "") -> Iterator[str]:
    """Run `garden serve` for `folder/vault`, without drafts; `conf` is added to the settings file; give the server's address."""
    settings = folder / "serve.conf.py"
    settings.write_text(_settings_file(folder, conf), encoding="utf-8")
    port = _free_port()
    options = [
        "--conf",
        str(settings),
        "--port",
        str(port),
        "--csp",
        policy,
        "--output",
        str(folder / "served"),
        "--published",
    ]
    with (folder / "serve.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "garden", "serve", str(folder / "vault"), *options],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT / "plugins")},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(port, folder / "serve.log", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


class _StaticFiles(SimpleHTTPRequestHandler):
    """Files below a folder; silent, never cached."""

    protocol_version = "HTTP/1.1"

    def __init__(self, root: Path, policy: str, *arguments: Any) -> None:
        self._root = root
        self._policy = policy
        super().__init__(*arguments, directory=str(root))

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self._policy)
        self.send_header("Cache-Control", "no-store")
        super().end_headers()

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = (self._root / "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(page)))
        self.end_headers()
        self.wfile.write(page)

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class names it so
        """Say nothing."""


def _settings_file(folder: Path, more: str) -> str:
    """The repository's settings with those of the example site, as a file.

    The theme is a copy and the plugin is found by PYTHONPATH: the server watches whatever folders its
    settings name, and somebody may be working on those of the repository.
    """
    theme = shutil.copytree(ROOT / "theme", folder / "theme")
    changed = {
        **SETTINGS,
        "CACHE_PATH": str(folder / "serve-cache"),
        "THEME": str(theme),
        "PLUGIN_PATHS": [],
        "THEME_TEMPLATES_OVERRIDES": [],
        "THEME_CSS_OVERRIDES": [],
        "THEME_TRANSLATIONS_OVERRIDES": [],
    }
    return (
        "from runpy import run_path\n"
        f"names = run_path({str(ROOT / 'pelican.conf.py')!r})\n"
        "globals().update({name: value for name, value in names.items() if name.isupper()})\n"
        f"globals().update({changed!r})\n{more}"
    )


def _wait_for(port: int, log: Path, process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text(encoding="utf-8")
        connection = HTTPConnection("127.0.0.1", port, timeout=20)
        try:
            connection.request("GET", "/")
            connection.getresponse().read()
        except ConnectionError:
            time.sleep(0.05)
        else:
            return
        finally:
            connection.close()
    raise AssertionError(log.read_text(encoding="utf-8"))


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port
