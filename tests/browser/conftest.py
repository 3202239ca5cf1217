"""The example site in Chromium, over both servers; whoever opens a page also proves that it is quiet."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from tests.browser.barriers import AXE, AXE_SCRIPT
from tests.support.browsing import STRICT, example_site, example_vault, garden_serve, site_server, static_host
from tests.support.effort import THOROUGH
from tests.support.shared import shared_folder
from tests.support.tabs import Open, Tabs


@pytest.fixture(scope="session")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output of the example site: one for all processes of a run."""
    return shared_folder(tmp_path_factory, "example-site", example_site) / "output"


@pytest.fixture(scope="session")
def static(out: Path) -> Iterator[str]:
    """The address of the site at a static host whose policy allows nothing but its own files."""
    with static_host(out, STRICT, {AXE: AXE_SCRIPT}.get, cached=True) as address:
        yield address


@pytest.fixture(scope="session")
def uncached(out: Path) -> Iterator[str]:
    """The same for a browser that has none of its files yet."""
    with static_host(out, STRICT) as address:
        yield address


@pytest.fixture(scope="session")
def served(out: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site as `make serve` shows it: in a thorough run with a build of its own.

    Otherwise its server shows the same files: that its builds are those of `make html` is for test_serving.py.
    """
    if not THOROUGH:
        with site_server(out, STRICT) as server:
            yield f"http://127.0.0.1:{server.server_port}"
        return
    folder = tmp_path_factory.mktemp("serve")
    example_vault(folder)
    with garden_serve(folder, STRICT) as address:
        yield address


# What `make serve` gives is proved to be the same (test_served.py): a thorough run walks through it, too.
@pytest.fixture(scope="session", params=["static", "served"] if THOROUGH else ["static"])
def address(request: pytest.FixtureRequest) -> str:
    """The address of the site, at a static host and, in a thorough run, then from `make serve`."""
    return str(request.getfixturevalue(request.param))


@pytest.fixture
def open_at(tabs: Tabs) -> Iterator[Open]:
    """`open_at(address, path, width=…, **options)` opens a page; at the end no page may have complained."""
    with tabs.visits() as visit:
        yield visit


@pytest.fixture
def open_page(open_at: Open, address: str) -> Open:
    """`open_page(path, width=…, **options)` opens a page of the example site."""

    def opened(path: str, **options: Any) -> Page:
        return open_at(address, path, **options)

    return opened
