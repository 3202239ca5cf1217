"""The site as it would be published, which a preview leads to."""

from http.client import HTTPConnection
from pathlib import Path

from garden.hosts.pelican.process import BuildResult, Print
from garden.hosts.serve.dev_server import DevServer
from garden.hosts.serve.live_reload import Builds
from garden.hosts.serve.public_view import PublicView
from garden.hosts.serve.web_server import OtherView, SiteServer


class CountingBuilder:
    """Builds nothing, and counts how often."""

    def __init__(self) -> None:
        self.built = 0

    def build(self, on_line: Print) -> BuildResult:
        """Count."""
        self.built += 1
        return BuildResult(0, "")

    def close(self) -> None:
        """Do nothing."""


def _view(root: Path, site: CountingBuilder) -> PublicView:
    builds = Builds()
    return PublicView(
        lambda: DevServer(site, builds, SiteServer(("127.0.0.1", 0), root, builds), say=lambda _: None)
    )


def test_the_public_view_is_built_when_somebody_looks(tmp_path):
    """Nobody waits for what nobody wants to see; from then on it follows every change."""
    site = CountingBuilder()
    view = _view(tmp_path, site)
    view.build(tmp_path, frozenset())
    assert site.built == 0
    port = view.port()
    assert site.built == 1
    view.build(tmp_path, frozenset({tmp_path.parent / "theme" / "base.html"}))
    assert view.port() == port
    assert site.built == 2
    view.close()


def test_a_page_leads_to_the_same_page_in_the_other_view(tmp_path):
    """By the name that the browser has for this machine; nothing that a page may ask for leads to another one."""
    (tmp_path / "index.html").write_text("<head></head>")
    view = _view(tmp_path, CountingBuilder())
    view.build(tmp_path, frozenset())
    preview = DevServer(CountingBuilder(), Builds(), SiteServer(("127.0.0.1", 0), tmp_path, Builds()))
    preview.server.other = OtherView("As published", view.port)
    preview.build(tmp_path)
    found = []
    for asked in (
        "/",
        "/_garden/other?page=%2F%C3%BC%20b%2F",
        "/_garden/other?page=%2F%2Fevil.example",
        "/_garden/other?page=x",
    ):
        connection = HTTPConnection("127.0.0.1", preview.port)
        connection.request("GET", asked, headers={"Host": f"localhost:{preview.port}"})
        answer = connection.getresponse()
        found.append(
            (answer.status, answer.headers["Location"] or answer.read().decode().partition("other=")[2][:14])
        )
        connection.close()
    preview.close()
    there = f"http://localhost:{view.port()}"
    view.close()
    assert found == [
        (200, "As%20published"),
        (303, f"{there}/%C3%BC%20b/"),
        (303, f"{there}//evil.example"),
        (303, f"{there}/"),
    ]
