"""Hundreds of random edits of a site that is being served, as a program: `python tests/property/long_serving.py --help`.

After each edit what `garden serve` serves is, byte for byte, what a preview built from nothing is; and what `garden html`
brings up to date is a public site built from nothing. With `--browser` a page is open, and what it shows after the edit
is what it shows when it is opened then.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from difflib import unified_diff
from pathlib import Path
from random import Random
from urllib.parse import quote

from playwright.sync_api import Browser, Error, sync_playwright

from garden.hosts.pelican.build_requests import ERRORS_EXIT_CODE, RESIDENT
from garden.hosts.pelican.process import ForkingBuilder, pelican_arguments
from garden.hosts.serve.dev_server import DevServer
from garden.hosts.serve.live_reload import Builds
from garden.hosts.serve.web_server import SiteServer
from garden.hosts.settings.configuration import PREVIEW_FOLDER
from tests.property.test_rebuilding import files_of
from tests.support.browsing import launch
from tests.support.building import ROOT
from tests.support.random_author import Edit, RandomAuthor

WITH_ERRORS = 4
SETTLED = 12.0
"""Seconds in which an open page follows a build, on a busy machine."""

SHOWN = """() => {
  const kept = (node) => !node.matches?.("[src^='/_garden/'], [href^='/_garden/'], nav.visit, nav.garden-view, .place-on-map");
  const shown = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data.trim() ? [node.data.trim()] : [];
    if (node.nodeType !== Node.ELEMENT_NODE || !kept(node)) return [];
    const attributes = [...node.attributes].filter(({ value, name }) => name !== "style" || value).map(({ name, value }) => `${name}=${value.replace(/[?]v=[0-9]+$/, "")}`);
    const children = [...node.childNodes].map(shown);
    // In which order the facts of a page stand in its head means nothing, but for style sheets, which stay.
    if (node.matches("head")) children.sort();
    return [`<${node.localName} ${attributes.sort().join(" ")}>`, ...children.flat()];
  };
  return [document.title, ...shown(document.documentElement)];
}"""
"""All of a page as it is shown, but for what the server adds, the way of the reader, and a drawing of all notes, which is of a file
of its own: a tab whose page has not changed is left alone."""


def quiet(_line: str) -> None:
    """Print nothing."""


class ThoroughAuthor(RandomAuthor):
    """Somebody who commits and publishes, too, which takes programs."""

    def __init__(self, folder: Path, seed: int, notes: int) -> None:
        super().__init__(folder, seed, notes)
        self._days = Random(seed)
        self._run("git", "init", "--quiet")

    def kinds(self) -> list[tuple[int, Callable[[], Edit | None]]]:
        """Return what the author may do."""
        return [*super().kinds(), (5, self._commit), (4, self._publish)]

    def _commit(self) -> Edit:
        """Commit all: notes that give no date have that of their last commit."""
        self._run("git", "add", "--all")
        self._run("git", "commit", "--quiet", "--allow-empty", "--message", "Go on")
        return Edit("commit", (self.folder / ".git" / "logs" / "HEAD",))

    def _publish(self) -> Edit:
        """Publish, after which addresses that go have redirects; what may not be published stays as it is."""
        command = ("publish", "--conf", str(self.conf), "--site-url", "https://example.org", "--yes")
        self._run(sys.executable, "-m", "garden", *command, "--output", str(self.folder / "published"))
        return Edit("publish", (self.vault / "addresses.jsonl", self.vault / "published.json"))

    def _run(self, *command: str) -> None:
        day = f"2024-03-{self._days.randrange(1, 29):02}T12:00:00Z"
        who = {"NAME": "Ann", "EMAIL": "a@example.org", "DATE": day}
        names = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in who.items()}
        names["PYTHONPATH"] = str(ROOT / "plugins")
        done = subprocess.run(
            command,
            cwd=self.folder,
            env=os.environ | names,
            check=False,
            capture_output=True,
            stdin=subprocess.DEVNULL,
        )
        # What may not be published is refused; a program that cannot even start would try nothing.
        assert b"No module" not in done.stderr, done.stderr


class Places:
    """Builds of one site: one kept up to date by `serve`, one by `html`, and what the two are from nothing."""

    def __init__(self, author: RandomAuthor, folder: Path) -> None:
        self._author = author
        self._folder = folder
        out = folder / "served" / "out"
        self.builds = Builds()
        self.server = SiteServer(("127.0.0.1", 0), out, self.builds)
        self._serving = self._builder("served", {"SITEURL": "", RESIDENT: "yes", PREVIEW_FOLDER: str(out)})
        self.served = DevServer(self._serving, self.builds, self.server)
        self._kept = self._builder("kept", {})
        self._first = {
            "served": self._builder(
                "preview", {"SITEURL": "", PREVIEW_FOLDER: str(folder / "preview" / "out")}
            ),
            "kept": self._builder("public", {}),
        }

    def _builder(self, name: str, settings: dict[str, str]) -> ForkingBuilder:
        chosen = {"CACHE_PATH": str(self._folder / name / "cache"), ERRORS_EXIT_CODE: WITH_ERRORS, **settings}
        return ForkingBuilder(pelican_arguments(self._author.conf, None, self._folder / name / "out", chosen))

    def follow(self, edit: Edit | None) -> None:
        """Let the two sites that are kept follow an edit, as saving and `garden html` do."""
        self.served.build(self._author.vault, frozenset(edit.paths if edit else ()))
        self.served.wait()
        self.kept_code = self._kept.build(quiet).code

    def differences(self) -> list[str]:
        """What the kept sites have otherwise than those built from nothing."""
        found = []
        codes = {
            "kept": self.kept_code,
            "served": 1 if self.builds.last.failed else WITH_ERRORS * self.builds.last.errors,
        }
        for name, builder in self._first.items():
            place = self._folder / ("preview" if name == "served" else "public")
            shutil.rmtree(place, ignore_errors=True)
            outcome = builder.build(quiet)
            if outcome.code != codes[name]:
                found.append(
                    f"{name}: ended with {codes[name]}, from nothing {outcome.code}: {outcome.log[-600:]}"
                )
            if outcome.code not in (0, WITH_ERRORS):
                continue
            now, fresh = files_of(self._folder / name / "out"), files_of(place / "out")
            found += [f"{name}: {path} should not be" for path in sorted(now.keys() - fresh.keys())]
            found += [f"{name}: {path} is missing" for path in sorted(fresh.keys() - now.keys())]
            found += [
                f"{name}: {path} differs"
                for path in sorted(now.keys() & fresh.keys())
                if now[path] != fresh[path]
            ]
        return found

    def begin_again(self) -> None:
        """Build both sites from nothing."""
        self._serving.refresh()
        self.follow(None)

    def close(self) -> None:
        """End all builders."""
        self.served.close()
        for builder in (self._kept, *self._first.values()):
            builder.close()


class OpenPage:
    """A page that is open in a browser while the site is edited, and from time to time another one."""

    def __init__(self, browser: Browser, address: str, random: Random) -> None:
        self._context = browser.new_context(reduced_motion="reduce")
        self._page = self._context.new_page()
        self._address = address
        self._random = random

    def go_on(self, out: Path) -> None:
        """Stay at the page, or go to another one."""
        if self._page.url == "about:blank" or self._random.random() < 0.15:
            pages = sorted(file.relative_to(out).as_posix() for file in out.rglob("index.html"))
            self._page.goto(f"{self._address}/{quote(self._random.choice(pages).removesuffix('index.html'))}")

    def differences(self) -> list[str]:
        """What the open page shows otherwise than the same page does when it is opened now."""
        fresh = self._context.new_page()
        end = time.monotonic() + SETTLED
        try:
            fresh.goto(self._page.url)
            for page in (fresh, self._page):
                page.mouse.move(
                    self._random.randrange(5), 5
                )  # what only a reader needs comes with the first sign of one
            while True:
                with suppress(Error):  # the page is just being loaded again
                    shown, now = (page.evaluate(SHOWN) for page in (self._page, fresh))
                    if shown == now:
                        return []
                    if time.monotonic() > end:
                        return [
                            f"{self._page.url} shows something else:",
                            *unified_diff(now, shown, n=0, lineterm=""),
                        ]
                time.sleep(0.05)
        finally:
            fresh.close()


@contextmanager
def opened(address: str, seed: int) -> Iterator[OpenPage]:
    """Open a page in a browser."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield OpenPage(browser, address, Random(seed))
        browser.close()


class Trial:
    """One author, with all that is compared after their edits."""

    def __init__(self, folder: Path, seed: int, notes: int) -> None:
        self._folder = folder
        self._seed = seed
        self._author = ThoroughAuthor(folder / "site", seed, notes)
        self._places = Places(self._author, folder)
        self._wrong = 0

    def run(self, edits: int, *, browser: bool) -> int:
        """Edit so often; return how often something went wrong."""
        kinds: Counter[str] = Counter()
        try:
            self._places.follow(None)
            with opened(self._places.served.address, self._seed) if browser else nullcontext() as page:
                for number in range(edits):
                    kinds[self._edit(number, page).words.split()[0]] += 1
                    if number % 25 == 24:
                        print(f"seed {self._seed}: {number + 1} edits, {self._wrong} wrong", flush=True)
        finally:
            self._places.close()
        print(f"seed {self._seed}: {edits} edits, {self._wrong} wrong, {dict(kinds)}", flush=True)
        return self._wrong

    def _edit(self, number: int, page: OpenPage | None) -> Edit:
        if page:
            page.go_on(self._folder / "served" / "out")
        edit = self._author.edit()
        self._places.follow(edit)
        # With a browser it is the open page that is of interest.
        found = [] if page and number % 10 else self._places.differences()
        found += page.differences() if page else []
        if found:
            self._wrong += 1
            print(f"seed {self._seed}, edit {number}: {edit.words}", *found[:12], sep="\n    ", flush=True)
            self._begin_again(self._folder / f"wrong{number}")
        return edit

    def _begin_again(self, evidence: Path) -> None:
        """Keep what was found, and continue from a correct site, so that each difference is reported once."""
        for name in ("served", "kept", "preview", "public", "site"):
            if (self._folder / name).is_dir():
                shutil.copytree(self._folder / name, evidence / name, ignore=shutil.ignore_patterns("cache"))
        for name in ("served", "kept"):
            shutil.rmtree(self._folder / name, ignore_errors=True)
        self._places.begin_again()


def main() -> int:
    """Try each seed; return 1 when something went wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--notes", type=int, default=40)
    parser.add_argument("--folder", type=Path, help="where the sites and what is found are kept")
    parser.add_argument(
        "--browser",
        action="store_true",
        help="compare what a browser shows; all files only after each tenth edit",
    )
    arguments = parser.parse_args()
    wrong = 0
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="serving-"))
    for seed in arguments.seeds:
        place = folder / f"seed{seed}"
        shutil.rmtree(place, ignore_errors=True)
        wrong += Trial(place, seed, arguments.notes).run(arguments.edits, browser=arguments.browser)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
