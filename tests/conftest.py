"""Fixtures for tests that build a site."""

import gc
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support import BuiltSite, built
from tests.support.browsing import launch
from tests.support.effort import set_effort
from tests.support.temporary import use_memory

set_effort()
use_memory()

Builder = Callable[..., BuiltSite]


@pytest.fixture(scope="module", autouse=True)
def _short_collections() -> None:
    """Spare the garbage collector what earlier tests have left: thousands of them leave a heap that takes half a second."""
    gc.collect()
    gc.freeze()


@pytest.fixture(scope="module", autouse=True)
def _own_modules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Forget the modules of tests' own sites, such as a `pelicanconf`, and the folders that Python looks for them in."""
    paths = sys.path.copy()
    yield
    sys.path[:] = paths
    temporary = str(tmp_path_factory.getbasetemp())
    for name, module in list(sys.modules.items()):
        if (getattr(module, "__file__", None) or "").startswith(temporary):
            del sys.modules[name]


@pytest.fixture
def site_of(tmp_path: Path) -> Builder:
    """Build the site of a few files in this process: `site_of({path: text}, SETTING=value)`."""

    def make(files: Mapping[str, str | bytes], **settings: Any) -> BuiltSite:
        return built(files, tmp_path, settings)

    return make


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all tests of a process: a second one cannot be started beside it."""
    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()
