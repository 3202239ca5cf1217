"""A browser, and the example site in it: built once, served as a static host does and as `make serve` does."""

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import urlsplit

from PIL import Image
from playwright.sync_api import Browser, Error, Page, Playwright, expect

from garden.hosts.serve.live_reload import Builds
from garden.hosts.serve.web_server import SiteServer
from tests.support.browser import NEITHER, browser_path, this_machine
from tests.support.building import ROOT, build
from tests.support.patience import PATIENCE

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
    # Pages are small and short-lived: without helpers of its own, which need more time than they save, it takes a twentieth less.
    frugal = ["--in-process-gpu", "--js-flags=--single-threaded --min-semi-space-size=64"]
    # Playwright that runs already cannot be asked by starting it again.
    machine = replace(this_machine(), playwrights_own=lambda: playwright.chromium.executable_path)
    path = browser_path(machine)
    assert path, NEITHER
    expect.set_options(timeout=PATIENCE * 1000)
    return playwright.chromium.launch(executable_path=path, args=[*quiet, *frugal])


def until(page: Page, expression: str) -> None:
    """Wait in the page until an expression is true; a strict policy forbids Playwright's own way, which needs `eval`."""
    end = time.monotonic() + PATIENCE
    waiting = f"""async () => {{
      const end = performance.now() + 1000;
      while (performance.now() < end) {{
        const found = {expression};
        if (await (typeof found === "function" ? found() : found)) return true;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }}
      return false;
    }}"""
    while not _evaluated(page, waiting):
        assert time.monotonic() < end, f"still not true after {PATIENCE} s: {expression}"


def _evaluated(page: Page, function: str) -> Any:
    """What a function gives in a page; nothing when the page goes away meanwhile."""
    try:
        return page.evaluate(function)
    except Error as error:
        if "context was destroyed" not in str(error):
            raise
        return None


OWN_FILE = (
    "performance.getEntriesByType('resource')"
    ".filter(({ name, initiatorType }) => initiatorType === 'fetch' && name === location.href).length"
)
"""How often a page of `garden serve` has got its own file, to compare the next version with it.

The page itself knows best: Playwright reports requests of earlier pages in the same tab, too.
"""

SETTLED = """async () => {
  const main = await import(document.querySelector("script[type=module][src*='/main.js']").src);
  await main.mounted;
  await Promise.all([...document.images].filter((image) => image.loading !== "lazy").map((image) => image.decode().catch(() => {})));
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame);
}"""


def settle(page: Page) -> None:
    """Wait until all components that the page has woken are mounted, and what they have changed has been drawn."""
    page.evaluate(SETTLED)


def example_vault(folder: Path) -> Path:
    """The notes of `content/` and those that show everything the theme can, in one vault below `folder`."""
    root = folder / "vault"
    shutil.copytree(ROOT / "content", root)
    shutil.copytree(SHOWCASE, root / "showcase")
    # A photograph: wide and heavy enough that smaller variants are made of it.
    size = (960, 540)
    sky = Image.linear_gradient("L").resize(size)
    noise = Image.frombytes("L", size, Random(1).randbytes(size[0] * size[1]))  # the same each time
    grain = noise.point([104 + level // 5 for level in range(256)])
    Image.merge("RGB", (sky, grain, sky.rotate(180))).save(
        root / "showcase" / "Evening.png", compress_level=1
    )
    return root


def example_site(folder: Path) -> Path:
    """Build the example site below `folder` and return its output."""
    out = folder / "output"
    result = build(example_vault(folder), out, SETTINGS)
    assert result.exit_code == 0, result.log
    return out


@contextmanager
def static_host(
    out: Path, policy: str, beside: Callable[[str], str | None] = lambda _: None, *, cached: bool = False
) -> Iterator[str]:
    """Serve a folder as a static host does, with a policy and a page for what is not there; give its address.

    What there is `beside` the folder is asked for first, by the path of the file. What is `cached` by the browser must be there until
    the browser ends: another host may get the port of one that has ended.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_StaticFiles, out, policy, beside, cached))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def site_server(out: Path, policy: str) -> Iterator[SiteServer]:
    """Run the server of `garden serve` for a folder, as if it had been built once."""
    server = SiteServer(("127.0.0.1", 0), out, Builds(first=1), policy)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield server
    finally:
        server.builds.close()
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def garden_serve(folder: Path, policy: str, conf: str = "") -> Iterator[str]:
    """Run `garden serve` for `folder/vault`, without drafts; `conf` is added to the settings file; give the server's address."""
    settings = folder / "serve.conf.py"
    settings.write_text(_settings_file(folder, conf), encoding="utf-8")
    options = [
        "--conf",
        str(settings),
        "--port",
        "0",
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
            yield f"http://127.0.0.1:{_port_of(process, folder / 'serve.log')}"
        finally:
            process.terminate()
            process.wait(PATIENCE)


class _StaticFiles(SimpleHTTPRequestHandler):
    """Files below a folder; silent."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # the body of an answer follows its head at once

    def __init__(
        self, root: Path, policy: str, beside: Callable[[str], str | None], cached: bool, *arguments: Any
    ) -> None:
        self._root = root
        self._policy = policy
        self._beside = beside
        self._cached = cached
        super().__init__(*arguments, directory=str(root))

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", self._policy)
        self.send_header("Cache-Control", "max-age=3600" if self._cached else "no-store")
        super().end_headers()

    def do_GET(self) -> None:
        """Send a file that is beside the folder, else one of the folder."""
        path = urlsplit(self.path).path
        file = f"{path}index.html" if path.endswith("/") else path
        text = self._beside(file)
        if text is None:
            super().do_GET()
        else:
            self._send(200, self.guess_type(file), text.encode())

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        self._send(code, "text/html; charset=utf-8", (self._root / "404.html").read_bytes())

    def _send(self, code: int, kind: str, content: bytes) -> None:
        self.send_response(code)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

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


def _port_of(process: subprocess.Popen[bytes], log: Path) -> str:
    """Return the port that a server names when it has built the site."""
    end = time.monotonic() + PATIENCE
    while not (named := re.search(r"http://localhost:(\d+)\s", log.read_text(encoding="utf-8"))):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < end, log.read_text(encoding="utf-8")
        time.sleep(0.05)
    return named[1]
