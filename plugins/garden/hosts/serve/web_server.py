"""The HTTP server of `garden serve`: the files of the output, with live reloading.

It serves authors on their own machines: without caching, with one thread for each connection. Requests are refused unless
their `Host` is this machine: a page of another site, whose name somebody has pointed to this address (DNS rebinding), must
not read drafts.
"""

import re
import sys
import threading
import time
from collections.abc import Callable
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BufferedReader, BytesIO, RawIOBase
from pathlib import Path
from socket import gethostname, socket
from typing import TYPE_CHECKING, BinaryIO, NamedTuple
from urllib.parse import quote, unquote, urlsplit

from garden.hosts.serve.live_reload import PREFIX, Builds, failure_page, page_hash, server_asset, with_script
from garden.hosts.serve.static_files import BadRangeError, FolderRedirect, byte_range, content_type, find_file
from garden.model import routes

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

PATIENCE = 15.0
"""Seconds within which a request must be complete, and within which a client must read some of a response."""

MOST_STREAMS = 100
"""The number of tabs that may listen for builds at the same time: each takes a thread."""

_OWN_NAMES = ("localhost", "127.0.0.1", "::1")
_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_HTML = "text/html; charset=utf-8"
_COPY_SIZE = 1 << 16


class OtherView(NamedTuple):
    """The same site with or without drafts, at another port of this machine; `label` is the text of the link to it."""

    label: str
    port: Callable[[], int]


class SiteServer(ThreadingHTTPServer):
    """Serves the folder `root`; `policy` is sent as the Content-Security-Policy of every response."""

    daemon_threads = True  # a tab that listens for builds must not keep the server alive

    def __init__(self, address: tuple[str, int], root: Path, builds: Builds, policy: str = "") -> None:
        self.root = root
        self.builds = builds
        self.policy = policy
        self.other: OtherView | None = None
        self.streams = threading.BoundedSemaphore(MOST_STREAMS)
        self.names = frozenset((*_OWN_NAMES, address[0].lower(), *_machine_names()))
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Report an error in one line, but not that a browser has closed its connection."""
        error = sys.exception()
        if not isinstance(error, ConnectionError | TimeoutError):
            print(f"A request could not be answered: {error!r}", file=sys.stderr, flush=True)


class _RequestTimeoutError(Exception):
    """A request was not complete in time."""


class _Incoming(RawIOBase):
    """The bytes that a client sends; each request has a deadline, however slowly they come."""

    def __init__(self, connection: socket) -> None:
        self._connection = connection
        self._deadline = 0.0
        self.has_begun = False

    def expect_request(self) -> None:
        """Start the deadline of the next request."""
        self._deadline = time.monotonic() + PATIENCE
        self.has_begun = False

    def readable(self) -> bool:
        """Return True: this stream is for reading."""
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Read some bytes into a buffer. Raises _RequestTimeoutError after the deadline."""
        self._connection.settimeout(max(0.001, self._deadline - time.monotonic()))
        try:
            size = self._connection.recv_into(buffer)
        except TimeoutError:
            raise _RequestTimeoutError from None
        self.has_begun = self.has_begun or size > 0
        return size


class _Handler(BaseHTTPRequestHandler):
    """Answers the requests of one connection."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # the body of an answer follows its head at once
    # Used in the response to an error in the first line, before they have been read from the request.
    request_version = protocol_version
    command = ""
    requestline = ""
    server: SiteServer

    def setup(self) -> None:
        """Read requests with a deadline."""
        super().setup()
        self._incoming = _Incoming(self.connection)
        self.rfile = BufferedReader(self._incoming)

    def handle_one_request(self) -> None:
        """Answer a request, or close the connection when none comes in time."""
        self._incoming.expect_request()
        try:
            super().handle_one_request()
        except _RequestTimeoutError:
            self.close_connection = True
            if self._incoming.has_begun:
                self.connection.settimeout(PATIENCE)
                self.send_error(HTTPStatus.REQUEST_TIMEOUT)

    def parse_request(self) -> bool:
        """Read the head of a request; refuse one that is malformed, or not meant for this server (DNS rebinding)."""
        if not super().parse_request():
            return False
        self.connection.settimeout(PATIENCE)
        try:
            name = self._requested_host()
        except ValueError:
            self.send_error(HTTPStatus.BAD_REQUEST)
            return False
        if name not in self.server.names and name != self.connection.getsockname()[0]:
            self.send_error(
                HTTPStatus.MISDIRECTED_REQUEST, explain="This server does not answer to that name."
            )
            return False
        if "Content-Length" in self.headers or "Transfer-Encoding" in self.headers:
            # The body is not read, so it must not be mistaken for the next request.
            self.close_connection = True
        return True

    def _requested_host(self) -> str | None:
        """Return the host name that the request is for. Raises ValueError for a malformed request."""
        if _CONTROL.search(self.path):
            raise ValueError(f"control characters in {self.path!r}")
        # The base class decodes bytes as Latin-1, while addresses that are not escaped are UTF-8.
        self.path = self.path.encode("iso-8859-1").decode()
        hosts = self.headers.get_all("Host", [])
        if not self.path.startswith("/"):
            # A request in the form for proxies names the host in its first line.
            asked = urlsplit(self.path)
            if asked.scheme != "http":
                raise ValueError(f"no address: {self.path!r}")
            hosts = [asked.netloc]
            self.path = f"{asked.path or '/'}?{asked.query}"
        return urlsplit(f"//{hosts[0]}").hostname if len(hosts) == 1 else None

    def do_GET(self) -> None:
        path, _, query = self.path.partition("#")[0].partition("?")
        if path.startswith(PREFIX):
            self._own(path.removeprefix(PREFIX), query)
            return
        try:
            match find_file(self.server.root, path):
                case FolderRedirect(to):
                    self._head(HTTPStatus.MOVED_PERMANENTLY, "", 0, Location=f"{to}?{query}" if query else to)
                case None:
                    self._missing()
                case file if content_type(file) == _HTML:
                    self._page(HTTPStatus.OK, file)
                case file:
                    self._file(file)
        except FileNotFoundError:  # a build has removed it after it was found, before anything was sent
            self._missing()

    do_HEAD = do_GET  # noqa: N815 - the base class looks for this name

    def do_POST(self) -> None:
        self._head(HTTPStatus.METHOD_NOT_ALLOWED, "", 0, Allow="GET, HEAD")

    # The base class answers any other method with 501, not implemented.
    do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_TRACE = do_CONNECT = do_POST  # noqa: N815 - the same

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class names it so
        """Print nothing: the terminal is for the build."""

    def _own(self, name: str, query: str) -> None:
        if name == "events":
            self._events()
        elif name == "log":
            self._bytes(HTTPStatus.OK, "text/plain; charset=utf-8", self.server.builds.last.log.encode())
        elif name == "problems":
            note = unquote(query.removeprefix("note="), errors="surrogateescape")
            self._bytes(HTTPStatus.OK, "application/json", self.server.builds.problems.as_json(note))
        elif name == "other" and self.server.other and self.command == "GET":
            page = unquote(query.removeprefix("page="), errors="surrogateescape")
            self._redirect_to_other_view(self.server.other.port(), page)
        elif content := server_asset(name):
            self._bytes(HTTPStatus.OK, content_type(Path(name)), content)
        else:
            self._missing()

    def _redirect_to_other_view(self, port: int, page: str) -> None:
        """Redirect to a page of the same site at another port."""
        host = self._requested_host() or ""
        path = quote(page if page.startswith("/") else "/", safe="/#", errors="surrogateescape")
        shown = f"[{host}]" if ":" in host else host
        self._head(HTTPStatus.SEE_OTHER, "", 0, Location=f"http://{shown}:{port}{path}")

    def _page(self, status: HTTPStatus, file: Path) -> None:
        page = file.read_bytes()
        content = with_script(
            page, self.server.builds.last.number, self.server.other.label if self.server.other else ""
        )
        self._bytes(status, _HTML, content, Garden_Page=page_hash(page))

    def _missing(self) -> None:
        build = self.server.builds.last
        own_page = self.server.root / routes.NOT_FOUND
        if build.failed and "text/html" in self.headers.get("Accept", ""):
            self._bytes(HTTPStatus.INTERNAL_SERVER_ERROR, _HTML, failure_page(build))
        elif own_page.is_file():
            self._page(HTTPStatus.NOT_FOUND, own_page)
        else:
            self._bytes(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", b"There is no such page.\n")

    def _file(self, file: Path) -> None:
        size = file.stat().st_size
        try:
            part = byte_range(self.headers["Range"], size)
        except BadRangeError:
            self._head(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, "", 0, Content_Range=f"bytes */{size}")
            return
        start, end = part or (0, size)
        with file.open("rb") as content:
            content.seek(start)
            if part:
                self._head(
                    HTTPStatus.PARTIAL_CONTENT,
                    content_type(file),
                    end - start,
                    Content_Range=f"bytes {start}-{end - 1}/{size}",
                )
            else:
                self._head(HTTPStatus.OK, content_type(file), size)
            self._copy(content, end - start)

    def _bytes(self, status: HTTPStatus, kind: str, content: bytes, **headers: str) -> None:
        self._head(status, kind, len(content), **headers)
        self._copy(BytesIO(content), len(content))

    def _copy(self, content: BinaryIO, size: int) -> None:
        if self.command == "HEAD":
            return
        while size > 0 and (block := content.read(min(size, _COPY_SIZE))):
            self.wfile.write(block)
            size -= len(block)
        if size > 0:  # a build has made the file shorter meanwhile: the browser must not wait for the rest
            self.close_connection = True

    def _events(self) -> None:
        if not self.server.streams.acquire(blocking=False):
            self._head(HTTPStatus.SERVICE_UNAVAILABLE, "", 0, Retry_After="60")
            return
        try:
            self._stream()
        finally:
            self.server.streams.release()

    def _stream(self) -> None:
        self._head(HTTPStatus.OK, "text/event-stream", None, Connection="close")
        if self.command == "HEAD":
            return
        for event in self.server.builds.events():
            self.wfile.write(event)

    def _head(self, status: HTTPStatus, kind: str, size: int | None, **headers: str) -> None:
        self.send_response(status)
        if kind:
            self.send_header("Content-Type", kind)
        if size is not None:
            self.send_header("Content-Length", str(size))
        self.send_header("Accept-Ranges", "bytes")
        self.send_header("Cache-Control", "no-store")
        if self.server.policy:
            self.send_header("Content-Security-Policy", self.server.policy)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()


def _machine_names() -> tuple[str, str]:
    """Return the names of this machine in its network."""
    name = gethostname().lower()
    return name, f"{name.partition('.')[0]}.local"
