"""What the browser is sent while an author works: that a build has ended, with its log if it failed.

A page gets one script tag when it is sent; nothing on disk changes. The script (`browser/reload.js`) listens
to server-sent events, and brings the open page up to date: `swap.js` compares the two versions of its file, `place.js`
keeps what is read in its place, `problems.js` shows what is wrong in notes, `other-view.js` leads to the page with or without drafts. A library that morphs
pages would compare the new file with what is shown, and undo what scripts and readers have made of the page. Script, style and events come from the server's own address, so
that they work under `Content-Security-Policy: default-src 'self'`.
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

HEARTBEAT = 15.0
"""Seconds between heartbeats, by which the server notices that a tab was closed."""

STYLE, FILES = "style", "files"
"""What a build may have renewed: style sheets; pictures and other files that pages show."""

_ASSETS = files("garden.hosts.serve") / "browser"
_HEAD_END = re.compile(rb"</head\s*>", re.IGNORECASE)


class FinishedBuild(NamedTuple):
    """A build: its number, whether it failed, its log.

    `renewed` says what may have changed that keeps its address and that open pages have loaded already: STYLE, and then nothing
    else has changed, or FILES. One with `errors` in notes has not failed: the site is there, and complete but for what they concern.
    """

    number: int
    failed: bool = False
    log: str = ""
    renewed: str = ""
    errors: bool = False

    @property
    def event(self) -> bytes:
        """The build as one server-sent event."""
        data = json.dumps({name: value for name, value in self._asdict().items() if name != "log"})
        return f"event: build\ndata: {data}\n\n".encode()


class Builds:
    """The last build, shared by the thread that builds and those that serve.

    Numbers go up from `first`, which should differ from server to server: a tab that was open
    before a restart then knows that it shows an old page.
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
        """Record a build and tell everybody who waits; `problems` are what pages show from now on."""
        with self._changed:
            self._last = FinishedBuild(self._last.number + 1, failed, log, renewed, errors)
            self.problems = problems or self.problems
            self._changed.notify_all()

    def close(self) -> None:
        """Let everybody who waits go."""
        with self._changed:
            self._open = False
            self._changed.notify_all()

    def events(self, heartbeat: float = HEARTBEAT) -> Iterator[bytes]:
        """Yield the last build, then each new one, and a comment when nothing happens for long."""
        told = self._last
        yield told.event
        while (news := self._after(told, heartbeat)) is not None:
            yield b": still here\n\n" if news is told else news.event
            told = news

    def _after(self, told: FinishedBuild, heartbeat: float) -> FinishedBuild | None:
        """Return the last build as soon as it is not `told`, or at the next heartbeat; None at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._last is not told or not self._open, heartbeat)
            return self._last if self._open else None


def with_script(page: bytes, number: int, other: str = "") -> bytes:
    """Return an HTML page with the script and its style; a fragment without `<head>` is returned as it is.

    `other` is what the switch to the other view of the site says, if there is one.
    """
    head_end = _HEAD_END.search(page)
    tags = _tags(number, page_hash(page), other)
    return page[: head_end.start()] + tags + page[head_end.start() :] if head_end else page


def page_hash(page: bytes) -> str:
    """Return what a page is known by, so that a tab sees whether it shows another one."""
    return sha256(page).hexdigest()[:16]


def failure_page(build: FinishedBuild) -> bytes:
    """Return a page that shows the log: for an address that the failed build left without a file."""
    return (
        b'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        b'<meta name="viewport" content="width=device-width">\n<title>The build has failed</title>\n'
        + _tags(build.number)
        + b'</head>\n<body>\n<main class="garden-build-log">\n<h1>The build has failed</h1>\n<pre>'
        + escape(build.log).encode()
        + b"</pre>\n</main>\n</body>\n</html>\n"
    )


def server_asset(name: str) -> bytes | None:
    """Return one of the server's own scripts, or its style; None for any other name."""
    return next((file.read_bytes() for file in _ASSETS.iterdir() if file.name == name), None)


def _tags(number: int, shown: str = "", other: str = "") -> bytes:
    switch = f"&amp;other={quote(other)}" if other else ""
    return (
        f'<link rel="stylesheet" href="{PREFIX}reload.css">\n'
        f'<script type="module" src="{PREFIX}reload.js?build={number}&amp;page={shown}{switch}"></script>\n'
    ).encode()
