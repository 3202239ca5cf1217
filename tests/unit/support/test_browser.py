"""Which browser the tests take, and how one is installed."""

from collections.abc import Sequence

import pytest

from tests.support.browser import NEITHER, BrowserError, Machine, provide

APT, PLAYWRIGHT, LIBRARIES = (
    "apt-get install",
    "playwright install chromium",
    "playwright install --with-deps",
)
OWN = "/cache/chrome"


class Desk:
    """A machine whose programs are names: those in `installs` put a browser there that starts, or do not."""

    def __init__(
        self, *there: str, root: bool = False, named: str = "", installs: dict[str, str] | None = None
    ):
        self.there = set(there)
        self.asked: list[str] = []
        self.said: list[str] = []
        self.installs = installs or {}
        self.machine = Machine(
            environment={"GARDEN_BROWSER": named} if named else {},
            is_root=root,
            which=lambda name: (
                f"/bin/{name}" if {f"/bin/{name}", f"/bin/{name} (a stub)"} & self.there else None
            ),
            playwrights_own=lambda: OWN,
            succeeds=lambda command: command[0] in self.there,
            runs=self.run,
        )

    def run(self, command: Sequence[str]) -> bool:
        """Pretend to run a command."""
        self.asked.append(" ".join(command))
        if "update" in command:
            return True
        brought = [path for words, path in self.installs.items() if words in self.asked[-1]]
        self.there.update(brought)
        return bool(brought)

    def provide(self) -> str:
        """Ask for a browser."""
        return provide(self.machine, self.said.append)


@pytest.mark.parametrize(
    ("desk", "path"),
    [
        (Desk("/opt/b", "/bin/chromium", named="/opt/b"), "/opt/b"),
        (Desk("/bin/chromium", OWN), "/bin/chromium"),
        (Desk("/bin/chromium", "/bin/chromium-headless-shell"), "/bin/chromium-headless-shell"),
        (Desk("/bin/google-chrome", "/bin/chromium-browser (a stub)"), "/bin/google-chrome"),
        (Desk(OWN), OWN),
    ],
)
def test_a_browser_that_is_there_is_taken(desk, path):
    """The named one first, then the system's, then Playwright's own; nothing is installed and nothing printed."""
    assert desk.provide() == path
    assert desk.asked == desk.said == []


def test_a_named_browser_that_does_not_start_is_reported():
    """Another one is not taken in its place."""
    desk = Desk("/bin/chromium", named="/opt/gone")
    with pytest.raises(BrowserError, match="GARDEN_BROWSER names /opt/gone"):
        desk.provide()
    assert desk.asked == []


def test_root_on_debian_installs_the_package():
    """The lists of packages are renewed first, and the user is told what happens."""
    desk = Desk("/bin/apt-get", root=True, installs={APT: "/bin/chromium-headless-shell"})
    assert desk.provide() == "/bin/chromium-headless-shell"
    assert desk.asked[0].startswith("apt-get update")
    assert len(desk.asked) == 2
    assert desk.said[0].endswith("installing Chromium with apt-get …")


def test_where_there_is_no_such_package_playwright_installs_its_own():
    """As on Ubuntu, with the libraries that it needs, whatever stub lies about."""
    desk = Desk("/bin/apt-get", "/bin/chromium-browser (a stub)", root=True, installs={LIBRARIES: OWN})
    assert desk.provide() == OWN
    assert LIBRARIES in desk.asked[-1]


@pytest.mark.parametrize("there", [["/bin/apt-get"], []], ids=["not root", "no apt-get"])
def test_elsewhere_playwright_installs_its_own(there):
    """Nothing is asked of the system's packages."""
    desk = Desk(*there, installs={PLAYWRIGHT: OWN})
    assert desk.provide() == OWN
    assert len(desk.asked) == 1


def test_where_nothing_works_one_sentence_says_what_to_do():
    """After every way has been tried."""
    desk = Desk("/bin/apt-get", root=True)
    with pytest.raises(BrowserError, match=NEITHER):
        desk.provide()
    assert [APT in desk.asked[1], LIBRARIES in desk.asked[2], len(desk.asked)] == [True, True, 3]
