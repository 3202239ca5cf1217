"""Fixtures for tests that build a site."""

import gc
import os
import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.support.effort import set_effort
from tests.support.temporary import use_memory

if TYPE_CHECKING:
    # The process that hands the tests out reads this file, too, and everything waits for it.
    from playwright.sync_api import Browser

    from tests.support.built_site import BuiltSite
    from tests.support.tabs import Tabs

set_effort()
use_memory()
gc.disable()  # until all tests are known: what is imported and collected stays

Builder = Callable[..., "BuiltSite"]

_freeze = gc.freeze


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with what takes long: each worker gets an equal part, and one that is ready takes from the end of another's."""
    in_browser = [item for item in items if "browser" in getattr(item, "fixturenames", ())]
    # A process is copied many times: the less it has in memory, the better.
    forking = [item for item in items if item.path.as_posix().endswith("/publishing/folder/test_output.py")]
    builds = [item for item in items if "tests/build/" in item.path.as_posix()]
    slow = {*in_browser, *forking, *builds}
    quick = [item for item in items if item not in slow]
    # The browser is started in the first worker only, which has none of the builds to wait for; the second begins with those.
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    first = max(len(items) // workers - len(in_browser), 0)
    items[:] = [*in_browser, *quick[:first], *forking, *builds, *quick[first:]]


def pytest_xdist_auto_num_workers() -> int:
    """Return one worker more than there are processors: while one waits for a browser or a timer, another works."""
    return (os.cpu_count() or 1) + 1


def pytest_configure(config: pytest.Config) -> None:
    """Let a worker report only what is shown: four of its six messages about a test that went well say nothing."""
    found = (plugin for plugin in config.pluginmanager.get_plugins() if hasattr(plugin, "sendevent"))
    sender: Any = next(found, None)
    if sender is None or config.getoption("durations") or config.get_verbosity() > 0:
        return
    send = sender.sendevent

    def send_news(name: str, **values: Any) -> None:
        if name in ("logstart", "logfinish"):
            return
        if name == "testreport":
            report = values["data"]
            if report["outcome"] == "passed" and not report["sections"]:
                if report["when"] != "call":
                    return
                report["keywords"] = {}  # all the names that -k can choose it by: half of the message
        send(name, **values)

    sender.sendevent = send_news


def pytest_collection_finish() -> None:
    """Look for garbage from now on, but not among what is there."""
    _freeze()
    gc.enable()
    gc.set_threshold(1_000_000, 20, 1000)
    # A build does with all objects as if the process were its own: what it leaves frozen would never be freed, and what it
    # takes back would be walked through again after each module.
    gc.freeze = gc.unfreeze = _do_nothing


def _do_nothing() -> None:
    """Leave what is frozen as it is."""


def pytest_runtest_logfinish() -> None:
    """Look for garbage when a test has ended: nothing of it is in use any more, and a small process is copied more quickly."""
    if gc.get_count()[0] > 50_000:
        gc.collect(1)


@pytest.fixture(scope="module", autouse=True)
def _short_collections() -> None:
    """Spare the garbage collector what earlier tests have left: thousands of them leave a heap that takes half a second."""
    gc.collect()
    _freeze()


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


@pytest.fixture(scope="session", autouse=True)
def _commands_are_never_slow() -> Iterator[None]:
    """However busy the machine is, no command says that it takes long, which would be part of what it prints."""
    from garden.hosts import command_line

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(command_line, "PATIENCE", 3600.0)
        yield


@pytest.fixture
def site_of(tmp_path: Path) -> Builder:
    """Build the site of a few files in this process: `site_of({path: text}, SETTING=value)`."""

    from tests.support.building import built

    def make(files: Mapping[str, str | bytes], **settings: Any) -> "BuiltSite":
        return built(files, tmp_path, settings)

    return make


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """One browser for all tests of a process: a second one cannot be started beside it."""
    from playwright.sync_api import sync_playwright

    from tests.support.browsing import launch

    with sync_playwright() as playwright:
        started = launch(playwright)
        yield started
        started.close()


@pytest.fixture(scope="session")
def tabs(browser: "Browser") -> Iterator["Tabs"]:
    """The tabs of the browser that tests have in turn."""
    from tests.support.tabs import Tabs

    shared = Tabs(browser)
    yield shared
    shared.close()
