"""Whether `garden serve` ever shows what is private, as a program: `python tests/property/private_serving.py --help`.

While an author edits, threads look every few milliseconds at the files of the preview and of the view *As published*, and
at what both servers answer. The view may show no word of a private note at any moment, and the preview no word of what is no
part of the site at all. With `--published` the only server is that of `garden serve --published`.
"""

import argparse
import shutil
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import suppress
from http.client import HTTPConnection, HTTPException
from itertools import islice
from pathlib import Path
from random import Random
from urllib.parse import quote

from garden.hosts.pelican.build_requests import ERRORS_EXIT_CODE, RESIDENT
from garden.hosts.pelican.process import ForkingBuilder, pelican_arguments
from garden.hosts.serve.dev_server import WITH_ERRORS, DevServer
from garden.hosts.serve.live_reload import Builds
from garden.hosts.serve.web_server import SiteServer
from garden.hosts.settings.configuration import PREVIEW_FOLDER
from tests.property.test_private_serving import Watched, canaries
from tests.support.patience import PATIENCE
from tests.support.private_author import PrivateAuthor
from tests.support.private_vault import PARTS

BETWEEN_LOOKS = 0.003
"""Seconds."""

FILES = (
    "",
    "search/index.json",
    "graph.json",
    "sitemap.xml",
    "llms.txt",
    "archive/",
    "tags/",
    "map/",
    "ask/",
    "no-such-page/",
)


class View:
    """A site that is served, what may be seen of it just now, and what has been seen that should not have been."""

    def __init__(self, author: PrivateAuthor, folder: Path, editing: threading.Lock, *, drafts: bool) -> None:
        """Make the servers; `editing` is held while the author changes something."""
        self._author = author
        self._editing = editing
        self._drafts = drafts
        self._out = folder / ("preview" if drafts else "published")
        shown = {PREVIEW_FOLDER: str(self._out)} if drafts else {}
        chosen = {
            "SITEURL": "",
            "CACHE_PATH": str(folder / "cache"),
            RESIDENT: "yes",
            ERRORS_EXIT_CODE: WITH_ERRORS,
        }
        arguments = pelican_arguments(author.conf, author.root, self._out, {**chosen, **shown})
        builds = Builds()
        self.server = DevServer(
            ForkingBuilder(arguments),
            builds,
            SiteServer(("127.0.0.1", 0), self._out, builds),
            say=lambda _: None,
            has_drafts=drafts,
        )
        self._allowed: AbstractSet[str] = author.vault.visible(drafts=drafts)
        self.edit = "the first build"
        self.seen: dict[str, str] = {}
        self.looks = 0
        self._is_over = threading.Event()
        self._threads = [
            threading.Thread(target=self._look, args=(look,), daemon=True)
            for look in (self._at_files(), self._at_answers(), self._at_events())
        ]

    def start(self) -> None:
        """Build, and begin to look."""
        self.server.build(self._author.root)
        for thread in self._threads:
            thread.start()

    def expect(self, edit: str) -> None:
        """Allow what is to be seen after an edit; what was to be seen before may be until all is built."""
        self._allowed = self._allowed | self._author.vault.visible(drafts=self._drafts)
        self.edit = edit

    def follow(self, paths: tuple[Path, ...]) -> None:
        """Follow an edit as `garden serve` does."""
        self.server.build(self._author.root, frozenset(paths))

    def settle(self) -> None:
        """Wait until all is built, and look at everything once more."""
        self.server.wait()
        self._allowed = self._author.vault.visible(drafts=self._drafts)
        self._report(Watched(self._out).found(self._allowed))

    def _not_allowed(self, look: Callable[[], Mapping[str, AbstractSet[str]]]) -> list[str]:
        """Return the words that were not allowed when somebody began to look, nor when they had looked, each with its place."""
        before = self._allowed
        seen = look()
        with self._editing:  # a build that is under way may have seen half of an edit
            allowed = before | self._allowed
        return [f"{word} in {place}" for place, words in seen.items() for word in sorted(words - allowed)]

    def close(self) -> None:
        """End the server and the looking."""
        self._is_over.set()
        self.server.close()
        for thread in self._threads:
            thread.join()

    def _report(self, words: list[str]) -> None:
        for word in words:
            self.seen.setdefault(word, self.edit)

    def _look(self, look: Iterator[list[str]]) -> None:
        while not self._is_over.wait(BETWEEN_LOOKS):
            with suppress(StopIteration):
                self._report(next(look))
                self.looks += 1

    def _at_files(self) -> Iterator[list[str]]:
        watched = Watched(self._out)
        while True:
            yield self._not_allowed(watched.look)

    def _at_answers(self) -> Iterator[list[str]]:
        while True:
            for address in self._addresses():
                yield self._not_allowed(lambda: {address: canaries(self._answer(address))})  # noqa: B023 (called at once)

    def _at_events(self) -> Iterator[list[str]]:
        """Yield what the stream of events says until the server ends it."""
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)
        connection.request("GET", "/_garden/events")
        for line in connection.getresponse():
            yield [f"{word} in an event" for word in sorted(canaries(line))]

    def _addresses(self) -> Iterator[str]:
        """Yield addresses of the server: of all notes, whether they have a page or not, and of what is said about builds."""
        yield from (f"/{file}" for file in FILES)
        for path, note in [*self._author.vault.notes.items()]:
            yield f"/{note.name}/"
            yield f"/{note.own}{PARTS['title']}/"
            if not self._drafts:  # the preview quotes lines for their author
                yield f"/_garden/problems?note={quote(path)}"
                yield "/_garden/log"

    def _answer(self, address: str) -> bytes:
        connection = HTTPConnection("127.0.0.1", self.server.port, timeout=PATIENCE)
        try:
            connection.request("GET", address)
            answer = connection.getresponse()
            return str(answer.headers).encode() + answer.read()
        except (OSError, HTTPException):
            return b""  # a build has replaced the file meanwhile, or the server ends
        finally:
            connection.close()


def trial(folder: Path, seed: int, edits: int, *, published: bool) -> int:
    """Edit so often; return how much has been seen that should not have been."""
    random = Random(seed)
    author = PrivateAuthor(folder / "site" / "vault", seed)
    editing = threading.Lock()
    views = [
        View(author, folder, editing, drafts=drafts) for drafts in ((False,) if published else (True, False))
    ]
    try:
        for view in views:
            view.start()
        for edit in islice(author.edits(), edits):
            with editing:
                words, paths = edit()
                for view in views:
                    view.expect(words)
            for view in views:
                view.follow(paths)
            if random.random() < 0.5:  # otherwise the next edit interrupts the rest of the builds
                for view in views:
                    view.settle()
        for view in views:
            view.settle()
    finally:
        for view in views:
            view.close()
    seen = [f"{word}: {words}" for view in views for word, words in view.seen.items()]
    print(
        f"seed {seed}: {edits} edits, {sum(view.looks for view in views)} looks, {len(seen)} wrong",
        flush=True,
    )
    print(*seen[:20], sep="\n")
    return len(seen)


def main() -> int:
    """Try each seed; return 1 when something private has been seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1])
    parser.add_argument("--edits", type=int, default=100)
    parser.add_argument("--folder", type=Path, help="where the sites are kept")
    parser.add_argument("--published", action="store_true", help="serve the site as published only")
    arguments = parser.parse_args()
    folder = arguments.folder or Path(tempfile.mkdtemp(prefix="serving-"))
    wrong = 0
    for seed in arguments.seeds:
        place = folder / f"seed{seed}"
        shutil.rmtree(place, ignore_errors=True)
        wrong += trial(place, seed, arguments.edits, published=arguments.published)
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main())
