"""The HTTP server behind `garden serve`: files of the output, made live.

It serves one author on their own machine: no caching, one thread for each request.
"""

import sys
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import BinaryIO
from urllib.parse import urlsplit

from garden.hosts.serve.live_reload import PREFIX, Builds, asset, failure_page, with_script
from garden.hosts.serve.static_files import BadRangeError, Redirect, byte_range, content_type, find
from garden.model import routes

_HTML = "text/html; charset=utf-8"
_COPY_SIZE = 1 << 16


class SiteServer(ThreadingHTTPServer):
    """Serves the folder `root`; `policy` is sent as the Content-Security-Policy of every answer."""

    daemon_threads = True  # a tab that listens for builds must not keep the server alive

    def __init__(self, address: tuple[str, int], root: Path, builds: Builds, policy: str = "") -> None:
        self.root = root
        self.builds = builds
        self.policy = policy
        super().__init__(address, _Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a browser that went away; report anything else."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # passed on untouched


class _Handler(BaseHTTPRequestHandler):
    """Answers one connection."""

    protocol_version = "HTTP/1.1"
    server: SiteServer

    def do_GET(self) -> None:
        path = urlsplit(self.path).path
        if path.startswith(PREFIX):
            self._own(path.removeprefix(PREFIX))
            return
        match find(self.server.root, path):
            case Redirect(to):
                query = urlsplit(self.path).query
                self._head(HTTPStatus.MOVED_PERMANENTLY, "", 0, Location=f"{to}?{query}" if query else to)
            case None:
                self._missing()
            case file if content_type(file) == _HTML:
                self._page(HTTPStatus.OK, file)
            case file:
                self._file(file)

    do_HEAD = do_GET  # noqa: N815 - the base class looks for this name

    def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002 - the base class names it so
        """Print nothing: the terminal is for the build."""

    def _own(self, name: str) -> None:
        if name == "events":
            self._events()
        elif name == "log":
            self._bytes(HTTPStatus.OK, "text/plain; charset=utf-8", self.server.builds.last.log.encode())
        elif content := asset(name):
            self._bytes(HTTPStatus.OK, content_type(Path(name)), content)
        else:
            self._missing()

    def _page(self, status: HTTPStatus, file: Path) -> None:
        self._bytes(status, _HTML, with_script(file.read_bytes(), self.server.builds.last.number))

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

    def _bytes(self, status: HTTPStatus, kind: str, content: bytes) -> None:
        self._head(status, kind, len(content))
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
