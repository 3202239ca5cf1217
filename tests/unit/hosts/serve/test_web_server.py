"""The server's answers, over a real connection."""

import json
import threading
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse

import pytest

from garden.hosts.serve.live_reload import Builds
from garden.hosts.serve.web_server import SiteServer

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
        connection = HTTPConnection("127.0.0.1", self.server.server_port, timeout=5)
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
    """The log stands at addresses that have no file, and pages that exist stay readable."""
    site.builds.ended("note.md:1:1: error <b>", failed=True)
    answer, body = site.ask("/new-note/", Accept="text/html,*/*")
    assert answer.status == 500
    assert b"note.md:1:1: error &lt;b&gt;" in body
    assert site.ask("/missing.png", Accept="image/*")[0].status == 404
    assert site.ask("/")[0].status == 200
    assert site.ask("/_garden/log")[1] == b"note.md:1:1: error <b>"


def test_events_reach_an_open_page(site):
    """A build that ends while a page listens is announced on its connection."""
    connection = HTTPConnection("127.0.0.1", site.server.server_port, timeout=5)
    connection.request("GET", "/_garden/events")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream"
    assert _event(answer) == {"number": 1, "failed": False}
    site.builds.ended("", failed=False)
    assert _event(answer) == {"number": 2, "failed": False}
    answer.close()
    connection.close()


def test_a_connection_is_used_again(site):
    """Ten requests need one connection, and keep their order."""
    connection = HTTPConnection("127.0.0.1", site.server.server_port, timeout=5)
    for _ in range(5):
        for path, status in (("/", 200), ("/nothing", 404)):
            connection.request("GET", path)
            answer = connection.getresponse()
            answer.read()
            assert answer.status == status
    connection.close()


def _event(answer: HTTPResponse) -> dict[str, object]:
    assert answer.readline() == b"event: build\n"
    data: dict[str, object] = json.loads(answer.readline().removeprefix(b"data: "))
    assert answer.readline() == b"\n"
    return data
