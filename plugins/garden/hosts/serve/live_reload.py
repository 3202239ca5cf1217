"""Live reloading: the browser is told when a build has ended, and gets its log if it failed.

A script and its style sheet are added to a page when it is sent; the files on disk stay as they are. The script
(`browser/reload.js`) listens to server-sent events and brings the open page up to date: `swap.js` compares the two versions
of its file, `place.js` keeps the scroll position, `problems.js` shows the problems of notes, `other-view.js` links to the
page with or without drafts. A library that morphs pages would compare the new file with the page as shown, and undo what
scripts and readers have changed in it. Script, style sheet and events come from the server's own address, so that they work
under `Content-Security-Policy: default-src 'self'`.
"""

import json
import re
import threading
from collections.abc import Iterator
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import NamedTuple
from urllib.parse import quote

from garden.hosts.serve.note_problems import NoteProblems

PREFIX = "/_garden/"
"""Addresses below it are the server's own; no page of the site can have one (PB-6: URLs are slugs)."""

HEARTBEAT = 2.0
"""Seconds between heartbeats. The second one after a tab was closed fails, and so frees its place for another tab."""

STYLE, FILES = "style", "files"
"""What a build may have replaced: only style sheets, or pictures and other files that pages show."""

_ASSETS = files("garden.hosts.serve") / "browser"
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)


class FinishedBuild(NamedTuple):
    """The result of a build."""

    number: int
    failed: bool = False
    log: str = ""
    renewed: str = ""
    """STYLE if nothing but style sheets has changed, FILES if files may have that open pages have loaded already."""
    errors: bool = False
    """Whether there were errors in notes. Such a build has not failed: the rest of the site is complete."""

    @property
    def event(self) -> bytes:
        """The build as one server-sent event."""
        data = json.dumps({name: value for name, value in self._asdict().items() if name != "log"})
        return f"event: build\ndata: {data}\n\n".encode()


class Builds:
    """The last build, shared by the thread that builds and those that serve.

    Builds are numbered from `first` on, which should differ from one run of the server to the next: a tab that was
    open before a restart then notices that its page is old.
    """

    def __init__(self, first: int = 0) -> None:
        self._changed = threading.Condition()
        self._last = FinishedBuild(first)
        self.problems = NoteProblems()
        self._open = True

    @property
    def last(self) -> FinishedBuild:
        """The last build that ended."""
        return self._last

    def ended(
        self,
        log: str,
        *,
        failed: bool,
        renewed: str = "",
        errors: bool = False,
        problems: NoteProblems | None = None,
    ) -> None:
        """Record a build and send it to all listeners; `problems` are what pages show from now on."""
        with self._changed:
            self._last = FinishedBuild(self._last.number + 1, failed, log, renewed, errors)
            self.problems = problems or self.problems
            self._changed.notify_all()

    def close(self) -> None:
        """End the streams of events of all listeners."""
        with self._changed:
            self._open = False
            self._changed.notify_all()

    def events(self, heartbeat: float = HEARTBEAT) -> Iterator[bytes]:
        """Yield the last build, then each new one, and a comment as heartbeat when there is none for long."""
        sent = self._last
        yield sent.event
        while (latest := self._after(sent, heartbeat)) is not None:
            yield b": still here\n\n" if latest is sent else latest.event
            sent = latest

    def _after(self, sent: FinishedBuild, heartbeat: float) -> FinishedBuild | None:
        """Return the last build as soon as it is not `sent`, or at the next heartbeat; None once the server ends."""
        with self._changed:
            self._changed.wait_for(lambda: self._last is not sent or not self._open, heartbeat)
            return self._last if self._open else None


def with_script(page: bytes, number: int, other: str = "") -> bytes:
    """Return an HTML page with the script and its style sheet added; a fragment without `<head>` is returned as it is.

    `other` is the label of the link to the other view of the site, empty for none.
    """
    head_end = _HEAD_END.search(page)
    tags = _tags(number, page_hash(page), other)
    return page[: head_end.start()] + tags + page[head_end.start() :] if head_end else page


def page_hash(page: bytes) -> str:
    """Return a hash of a page, by which a tab sees whether it shows this version."""
    return sha256(page).hexdigest()[:16]


def failure_page(build: FinishedBuild) -> bytes:
    """Return a page with the log of a failed build, for an address that has no file."""
    return (
        b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        b'<meta name="viewport" content="width=device-width">\n<title>The build has failed</title>\n'
        + _tags(build.number)
        + b'</head>\n<body>\n<main class="garden-build-log">\n<h1>The build has failed</h1>\n<pre>'
        + escape(build.log).encode()
        + b"</pre>\n</main>\n</body>\n</html>\n"
    )


def server_asset(name: str) -> bytes | None:
    """Return one of the server's own scripts, or its style sheet; None for any other name."""
    return next((file.read_bytes() for file in _ASSETS.iterdir() if file.name == name), None)


def _tags(number: int, shown: str = "", other: str = "") -> bytes:
    switch = f"&amp;other={quote(other)}" if other else ""
    return (
        f'<link rel="stylesheet" href="{PREFIX}reload.css">\n'
        f'<script type="module" src="{PREFIX}reload.js?build={number}&amp;page={shown}{switch}"></script>\n'
    ).encode()
