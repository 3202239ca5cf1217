"""What `make serve` shows is what a static host shows, so that one of them is enough for what pages do."""

import re
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

OF_THE_SERVER = re.compile(rb'<(?:script|link)\b[^>]*="/?_[\w-]+/reload\.[^>]*>(?:</script>)?\n?')

KINDS = (".html", ".css", ".js", ".json", ".svg", ".png", ".webp")


def fetch(host: HTTPConnection, file: str) -> tuple[bytes, str, str]:
    """A file as a server gives it: its bytes, its type and the policy that applies to it."""
    host.request("GET", f"/{quote(file)}")
    found = host.getresponse()
    policy = found.headers["Content-Security-Policy"] or ""
    return found.read(), found.headers.get_content_type(), policy


def test_every_file_is_the_same(static: str, served: str, out: Path) -> None:
    """Pages have one script and one style more, which reload them; bytes, kind and policy are the same.

    What begins with a dot, such as the record of the build, is for no reader: `make serve` does not give it.
    """
    files = sorted(path.relative_to(out).as_posix() for path in out.rglob("*.*") if path.is_file())
    files = [file for file in files if "/." not in f"/{file}"]
    assert len(files) > 100
    reloading = 0
    hosts = (HTTPConnection(urlsplit(address).netloc) for address in (static, served))
    with closing(next(hosts)) as static_host, closing(next(hosts)) as garden_host:
        for file in files:
            theirs, kind, policy = fetch(static_host, file)
            ours, our_kind, our_policy = fetch(garden_host, file)
            text, count = OF_THE_SERVER.subn(b"", ours)
            assert count in ({0, 2} if file.endswith(".html") else {0}), file
            assert (text, our_policy) == (theirs, policy), file
            if file.endswith(KINDS):
                assert our_kind == kind, file
            reloading += bool(count)
    assert reloading > 50
