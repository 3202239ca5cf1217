"""The server's answers, over a real connection."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection, HTTPResponse
from itertools import count
from select import select
from socket import create_connection, gethostname
from types import SimpleNamespace

import pytest

from garden.hosts.serve import web_server
from garden.hosts.serve.live_reload import Builds
from garden.hosts.serve.web_server import SiteServer
from tests.support.patience import PATIENCE

PAGE = "<!doctype html><html><head><title>Home</title></head><body>Hällo</body></html>"


class Site:
    """A served output folder."""

    def __init__(self, root, policy: str = "") -> None:
        self.root = root
        self.builds = Builds(first=1)
        self.server = SiteServer(("127.0.0.1", 0), root, self.builds, policy)
        self.thread = threading.Thread(target=self.server.serve_forever, args=(0.01,))
        self.thread.start()

    def ask(self, path: str, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
        """Return the answer and its body."""
        connection = HTTPConnection("127.0.0.1", self.server.server_port, timeout=PATIENCE)
        connection.request(method, path, headers=headers)
        answer = connection.getresponse()
        body = answer.read()
        connection.close()
        return answer, body

    def close(self) -> None:
        """End the server."""
        self.builds.close()
        self.server.shutdown()
        self.thread.join()
        self.server.server_close()


@pytest.fixture
def site(tmp_path) -> Iterator[Site]:
    """A small site, served under a strict policy."""
    files = {
        "index.html": PAGE,
        "note/index.html": PAGE,
        "sound.mp3": "0123456789",
        "preview.html": "<p>short</p>",
    }
    for name, content in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(content, encoding="utf-8")
    served = Site(tmp_path, policy="default-src 'self'")
    yield served
    served.close()


def test_a_page_is_served_with_the_script(site):
    """The page comes whole, with the script added and its length right."""
    answer, body = site.ask("/")
    assert answer.status == 200
    assert answer.getheader("Content-Type") == "text/html; charset=utf-8"
    assert "Hällo" in body.decode()
    assert b"/_garden/reload.js?build=1" in body
    assert int(answer.getheader("Content-Length") or 0) == len(body)
    assert (site.root / "index.html").read_text(encoding="utf-8") == PAGE


def test_nothing_is_cached_and_the_policy_is_sent(site):
    """A saved style must be seen at once; the site is tried under its host's policy."""
    for path in ("/", "/sound.mp3", "/_garden/reload.js", "/nothing"):
        answer, _ = site.ask(path)
        assert answer.getheader("Cache-Control") == "no-store"
        assert answer.getheader("Content-Security-Policy") == "default-src 'self'"


def test_a_head_request_has_no_body(site):
    """HEAD gives the headers of GET."""
    for path in ("/", "/sound.mp3", "/_garden/events"):
        answer, body = site.ask(path, "HEAD")
        assert answer.status == 200
        assert body == b""
    answer, _ = site.ask("/sound.mp3", "HEAD")
    assert answer.getheader("Content-Length") == "10"


def test_a_folder_is_redirected_with_its_query(site):
    """The slash is added, the query kept."""
    answer, _ = site.ask("/note?q=1")
    assert (answer.status, answer.getheader("Location")) == (301, "/note/?q=1")


def test_a_part_of_a_file_is_served(site):
    """Players can jump in a recording."""
    answer, body = site.ask("/sound.mp3", Range="bytes=2-4")
    assert (answer.status, body) == (206, b"234")
    assert answer.getheader("Content-Range") == "bytes 2-4/10"
    answer, body = site.ask("/sound.mp3", Range="bytes=90-")
    assert (answer.status, body) == (416, b"")
    assert answer.getheader("Content-Range") == "bytes */10"


def test_a_missing_page_is_the_sites_own(site):
    """The site's 404 page is shown, with that status; without one there is a sentence."""
    answer, body = site.ask("/nothing/")
    assert (answer.status, body) == (404, b"There is no such page.\n")
    (site.root / "404.html").write_text("<head></head>Not here")
    answer, body = site.ask("/nothing/")
    assert answer.status == 404
    assert b"Not here" in body
    assert b"reload.js" in body


@pytest.mark.parametrize("name", ["gone.html", "gone.mp3"])
def test_what_a_build_removes_meanwhile_is_missing(site, monkeypatch, name):
    """A file may go between being found and being read."""
    monkeypatch.setattr(web_server, "find_file", lambda root, path: root / name)
    answer, body = site.ask(f"/{name}")
    assert (answer.status, body) == (404, b"There is no such page.\n")


def test_the_output_cannot_be_left(site):
    """A path that climbs is not found."""
    (site.root.parent / "secret.txt").write_text("secret")
    for path in ("/../secret.txt", "/%2e%2e/secret.txt", "/..%2Fsecret.txt", "/_garden/../../secret.txt"):
        answer, body = site.ask(path)
        assert answer.status == 404
        assert b"secret" not in body


def test_a_fragment_gets_no_script(site):
    """HTML without a head is served as it is."""
    assert site.ask("/preview.html")[1] == b"<p>short</p>"


def test_a_failed_build_is_shown_where_a_page_is_missing(site):
    """The log is shown at addresses that have no file, and pages that exist stay readable."""
    site.builds.ended("note.md:1:1: error <b>", failed=True)
    answer, body = site.ask("/new-note/", Accept="text/html,*/*")
    assert answer.status == 500
    assert b"note.md:1:1: error &lt;b&gt;" in body
    assert site.ask("/missing.png", Accept="image/*")[0].status == 404
    assert site.ask("/")[0].status == 200
    assert site.ask("/_garden/log")[1] == b"note.md:1:1: error <b>"


def test_events_reach_an_open_page(site):
    """A build that ends while a page listens is announced on its connection."""
    connection = HTTPConnection("127.0.0.1", site.server.server_port, timeout=PATIENCE)
    connection.request("GET", "/_garden/events")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream"
    assert _event(answer) == {"number": 1, "failed": False, "renewed": "", "errors": False}
    site.builds.ended("", failed=False)
    assert _event(answer) == {"number": 2, "failed": False, "renewed": "", "errors": False}
    answer.close()
    connection.close()


def test_a_connection_is_used_again(site):
    """Ten requests need one connection, and keep their order."""
    connection = HTTPConnection("127.0.0.1", site.server.server_port, timeout=PATIENCE)
    for _ in range(5):
        for path, status in (("/", 200), ("/nothing", 404)):
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == status
    connection.close()


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost", 200),
        ("LOCALHOST:8000", 200),
        ("127.0.0.1:1", 200),
        ("[::1]:8000", 200),
        (gethostname(), 200),
        ("evil.example", 421),
        ("evil.example:8000", 421),
        ("localhost.evil.example", 421),
        ("169.254.169.254", 421),
        ("", 421),
        ("[::1", 400),
    ],
)
def test_only_its_own_names_are_answered(site, host, status):
    """A name of somebody else that leads here (DNS rebinding) reads neither pages nor the log."""
    for path in ("/", "/_garden/log", "/_garden/events"):
        answer = raw(site, f"HEAD {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n")
        assert status_of(answer) == status


def test_the_address_of_a_request_to_a_proxy_counts(site):
    """It names the host in its first line, whatever its header says."""
    for host, status in (("localhost", 200), ("evil.example", 421)):
        request = f"GET http://{host}/note/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        assert status_of(raw(site, request)) == status


@pytest.mark.parametrize(
    ("method", "status"),
    [(method, 405) for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT")]
    + [("get", 501), ("FETCH", 501)],
)
def test_other_methods_are_refused(site, method, status):
    """Nothing can be sent to this server, and what is sent is not taken for the next request.

    It says what can be asked of it; a method that nobody knows is another matter.
    """
    inner = "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
    head = f"{method} / HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(inner)}\r\n\r\n"
    answer = raw(site, head + inner)
    assert status_of(answer) == status
    assert (b"\r\nAllow: GET, HEAD\r\n" in answer) == (status == 405)
    assert answer.count(b"HTTP/1.1 ") == 1
    assert raw(site, head.replace(method, "GET") + inner).count(b"HTTP/1.1 ") == 1


def test_only_so_many_tabs_listen(site, monkeypatch):
    """One too many is told to try again later; when a tab closes, another may connect."""
    site.server.streams = threading.BoundedSemaphore(1)
    with create_connection(site.server.server_address, timeout=PATIENCE) as listening:
        listening.sendall(b"GET /_garden/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert b"200 OK" in listening.recv(100)
        answer, _ = site.ask("/_garden/events")
        assert (answer.status, answer.getheader("Retry-After")) == (503, "60")
    end = time.monotonic() + PATIENCE
    while not site.server.streams.acquire(timeout=0.05):
        assert time.monotonic() < end, "the tab that went still listens"
        site.builds.ended("", failed=False)  # a server notices only when it writes


@pytest.mark.parametrize(
    "request_head",
    [
        "GET http://[::1 HTTP/1.1\r\nHost: localhost",
        "GET *  HTTP/1.1\r\nHost: localhost",
        "GET * HTTP/1.1\r\nHost: localhost",
        "GET /\x00 HTTP/1.1\r\nHost: localhost",
        "GET /\xff HTTP/1.1\r\nHost: localhost",
        "GET / HTTP/1.1\r\nHost: [",
        "GET / HTTP/x\r\nHost: localhost",
        "\x16\x03\x01",
    ],
)
def test_a_malformed_request_is_answered_without_a_word(site, capfd, request_head):
    """Its client gets an answer; the terminal is for the build."""
    assert b"400" in raw(site, f"{request_head}\r\nConnection: close\r\n\r\n")
    assert capfd.readouterr().err == ""


def test_what_goes_wrong_is_one_line(site, capfd, monkeypatch):
    """A bug of the server is not a traceback in the terminal of an author."""
    monkeypatch.setattr(web_server, "find_file", lambda root, path: 1 / 0)
    assert raw(site, "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n") == b""
    assert capfd.readouterr().err.splitlines() == [
        "A request could not be answered: ZeroDivisionError('division by zero')"
    ]


def test_a_slow_request_is_given_up(site, monkeypatch):
    """However little of it comes at a time; a connection that says nothing is closed."""
    seconds = count()  # each look at the clock is a second later
    monkeypatch.setattr(web_server, "time", SimpleNamespace(monotonic=lambda: next(seconds)))
    with create_connection(("127.0.0.1", site.server.server_port), timeout=PATIENCE) as slow:
        slow.sendall(b"GET / HTTP/1.1\r\n")
        with suppress(OSError):
            while not select([slow], [], [], 0.02)[0]:
                slow.sendall(b"X")
        assert status_of(slow.recv(1000)) == 408
    monkeypatch.setattr(web_server, "PATIENCE", 0)
    assert raw(site, "") == b""


def test_an_address_that_is_not_escaped_is_utf_8(site):
    """As some programs send it."""
    (site.root / "größe.txt").write_text("x")
    answer = raw(site, "GET /größe.txt HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n", "utf-8")
    assert status_of(answer) == 200


def raw(site: Site, request: str, encoding: str = "iso-8859-1") -> bytes:
    """Send a request as it is; return all that comes back until the connection is closed."""
    with create_connection(("127.0.0.1", site.server.server_port), timeout=PATIENCE) as connection:
        connection.sendall(request.encode(encoding))
        answer = b""
        with suppress(ConnectionError):
            while block := connection.recv(1 << 16):
                answer += block
        return answer


def status_of(answer: bytes) -> int:
    """The status of an answer."""
    return int(answer.split(b" ", 2)[1])


def _event(answer: HTTPResponse) -> dict[str, object]:
    assert answer.readline() == b"event: build\n"
    data: dict[str, object] = json.loads(answer.readline().removeprefix(b"data: "))
    assert answer.readline() == b"\n"
    return data
