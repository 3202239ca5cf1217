"""What a page gets, and what the browser is told about builds."""

import json
import threading

from garden.hosts.serve.live_reload import Builds, FinishedBuild, failure_page, server_asset, with_script


def test_a_page_gets_script_and_style_at_the_end_of_its_head():
    """The tags go into the head, wherever its end is and however it is written."""
    page = with_script(b"<html><HEAD><title>x</title></HEAD ><body></head></body></html>", 7)
    head, _, rest = page.partition(b"</HEAD >")
    assert b'<script type="module" src="/_garden/reload.js?build=7&amp;page=' in head
    assert b'<link rel="stylesheet" href="/_garden/reload.css">' in head
    assert rest == b"<body></head></body></html>"


def test_a_fragment_is_left_alone():
    """A piece of HTML that a script fetches has no head and gets nothing."""
    assert with_script(b"<article>text</article>", 1) == b"<article>text</article>"


def test_a_page_is_allowed_by_a_strict_policy():
    """Nothing that is added runs or styles inline."""
    for page in (with_script(b"<head></head>", 1), failure_page(FinishedBuild(1, failed=True, log="x"))):
        assert b"<style" not in page
        assert b"style=" not in page
        assert page.count(b"<script") == page.count(b'<script type="module" src="/_garden/')


def test_the_failure_page_shows_the_log_as_text():
    """A log is data, whatever it quotes from a note."""
    page = failure_page(FinishedBuild(3, failed=True, log="a <b> & <script>c</script>")).decode()
    assert "a &lt;b&gt; &amp; &lt;script&gt;c&lt;/script&gt;" in page
    assert "reload.js?build=3" in page


def test_only_its_own_files_are_served():
    """The server's files are named one by one."""
    assert b"EventSource" in (server_asset("reload.js") or b"")
    assert b"export function swap" in (server_asset("swap.js") or b"")
    assert b".garden-build-log" in (server_asset("reload.css") or b"")
    assert server_asset("../livereload.py") is None


def test_a_listener_hears_the_last_build_and_every_new_one():
    """Whoever connects is told at once how things stand, then of each build."""
    builds = Builds(first=10)
    builds.ended("fine", failed=False)
    events = builds.events(heartbeat=60)
    assert _data(next(events)) == {"number": 11, "failed": False, "renewed": "", "errors": False}
    thread = threading.Timer(0.05, builds.ended, args=("bad",), kwargs={"failed": True})
    thread.start()
    assert _data(next(events)) == {"number": 12, "failed": True, "renewed": "", "errors": False}
    thread.join()
    assert builds.last == FinishedBuild(12, failed=True, log="bad")


def test_silence_is_broken_by_a_comment():
    """A keep-alive comment, which browsers ignore, is sent when nothing happens."""
    events = Builds().events(heartbeat=0.01)
    next(events)
    assert next(events).startswith(b":")


def test_closing_ends_every_listener():
    """The server can end while tabs are open."""
    builds = Builds()
    events = builds.events(heartbeat=60)
    next(events)
    builds.close()
    assert list(events) == []


def _data(event: bytes) -> dict[str, object]:
    lines = event.decode().splitlines()
    assert lines[0] == "event: build"
    data: dict[str, object] = json.loads(lines[1].removeprefix("data: "))
    return data
