"""Links to other sites, asked for politely."""

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from garden.authoring import outside_links
from garden.authoring.checked_vault import CheckedVault
from garden.authoring.outside_links import LinkState, ask_politely, dead_links
from garden.hosts.settings.configuration import settings_from
from garden.vault.scan import scan
from garden.vault.site import read_site
from tests.support.vault import write_vault

NOTES = {
    "a.md": "[one](https://x.example/gone) <https://x.example/fine>\n\nhttps://x.example/gone#part\n",
    "b.md": "---\nstatus: draft\n---\nhttps://secret.example/\n",
    "c.md": "text https://y.example/gone and `https://z.example/`\n",
}


class Asked:
    """Answers without a net, and remembers what it was asked."""

    def __init__(self) -> None:
        self.addresses: list[str] = []

    def __call__(self, address: str) -> tuple[LinkState, str]:
        """Say that what is called so is gone."""
        self.addresses.append(address)
        return (LinkState.DEAD, "its server says 404") if address.endswith("gone") else (LinkState.ALIVE, "")


def checked(folder: Path, ask: Asked) -> list[tuple[str, str]]:
    """Check the notes and return the places of dead links."""
    root = write_vault(NOTES, folder / "vault")
    settings = settings_from({})
    vault = CheckedVault(read_site(scan(root, settings), settings), "2026-01-01")
    return [(str(found.place), found.message) for found in dead_links(vault, folder, ask, pause=0)]


def test_what_is_gone_is_reported_at_its_place(tmp_path: Path) -> None:
    """Once for each note; nobody is asked for what only a draft, or code, mentions."""
    ask = Asked()
    assert checked(tmp_path, ask) == [
        ("a.md:1:7", "https://x.example/gone no longer exists: its server says 404"),
        ("c.md:1:6", "https://y.example/gone no longer exists: its server says 404"),
    ]
    assert sorted(ask.addresses) == [
        "https://x.example/fine",
        "https://x.example/gone",
        "https://y.example/gone",
    ]


def test_an_address_is_asked_for_once_in_a_while(tmp_path: Path) -> None:
    """Until what is remembered is old, or damaged."""
    first, second, third = Asked(), Asked(), Asked()
    told = checked(tmp_path, first)
    assert checked(tmp_path, second) == told
    assert second.addresses == []
    memory = tmp_path / "outside-links.json"
    known = json.loads(memory.read_text())
    memory.write_text(
        json.dumps({address: [kind, said, when - 2 * 86400] for address, (kind, said, when) in known.items()})
    )
    checked(tmp_path, third)
    assert sorted(third.addresses) == ["https://x.example/gone", "https://y.example/gone"]


@pytest.fixture
def server() -> Iterator[str]:
    """A server that knows some pages; `/nohead` does not know HEAD."""

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            code = {"/fine": 200, "/nohead": 405, "/busy": 503, "/moved": 301}.get(self.path, 404)
            self.send_response(code)
            if code == 301:
                self.send_header("Location", "/fine")
            self.end_headers()

        def do_GET(self) -> None:
            self.send_response(200 if self.path == "/nohead" else 404)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Say nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        thread = threading.Thread(target=running.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()
        thread.join()


def test_only_what_is_certainly_gone_is_dead(server: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A server may not know HEAD, or be busy; of this machine nothing is asked."""
    assert ask_politely(f"{server}/fine")[0] is LinkState.UNKNOWN
    monkeypatch.setattr(outside_links, "_is_public", lambda _host: True)
    answers = {
        path: ask_politely(f"{server}/{path}")[0] for path in ("fine", "nohead", "busy", "moved", "missing")
    }
    assert answers == {
        "fine": LinkState.ALIVE,
        "nohead": LinkState.ALIVE,
        "busy": LinkState.UNKNOWN,
        "moved": LinkState.ALIVE,
        "missing": LinkState.DEAD,
    }
