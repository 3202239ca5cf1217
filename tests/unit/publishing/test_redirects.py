"""Redirects are written where nothing else is (PB-6)."""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from msgspec.structs import replace

from garden.model.ledger import AddressRedirect
from garden.model.names import SaveAs, Url
from garden.model.settings import Settings
from garden.publishing.folder.output import Output
from garden.publishing.redirects import write_redirects
from garden.rendering.files.redirects import FORMS, redirect_page
from garden.vault.site import Site

PAGES = ("new/index.html", "foo/index.html", "a.html")


def written(
    tmp_path: Path, redirects: Sequence[AddressRedirect], files: dict[str, str] | None = None
) -> dict[str, str]:
    """Return what is in the output beside the pages, by file; `files` are attachments with their addresses."""
    site = SimpleNamespace(
        settings=Settings(),
        files=SimpleNamespace(root=tmp_path / "vault"),
        snapshot=SimpleNamespace(redirects=tuple(redirects), files=files or {}),
    )
    with Output(tmp_path / "out", tmp_path / "cache") as output:
        for page in PAGES:
            output.write(SaveAs(page), b"page")
        write_redirects(cast(Site, site), output)
        output.replace()
        names = set(output.files) - set(PAGES)
    assert all((tmp_path / "out" / page).read_bytes() == b"page" for page in PAGES)
    return {name: (tmp_path / "out" / name).read_text() for name in names}


def redirect(old: str, to: str | None = "new/", **others: Any) -> AddressRedirect:
    """Return a redirect."""
    return AddressRedirect(Url(old), to, **others)


def test_a_page_leads_on_and_is_in_the_file_for_hosts(tmp_path: Path) -> None:
    """Both have the same address."""
    found = written(
        tmp_path, [redirect("old/", title="A <b> & c"), redirect("x/y.html", "a.html", title="A")]
    )
    assert set(found) == {"old/index.html", "x/y.html", "_redirects"}
    assert found["_redirects"] == "/old/ /new/ 301\n/x/y.html /a.html 301\n"
    assert '<meta http-equiv="refresh" content="0; url=/new/">' in found["old/index.html"]
    assert "<title>A &lt;b&gt; &amp; c</title>" in found["old/index.html"]


def test_a_feed_is_at_its_old_address_too(tmp_path: Path) -> None:
    """Not every host reads the file with redirects, and no page can lead a feed reader on."""
    feed = redirect("old/feed.atom.xml", "a.html")
    assert written(tmp_path, [feed]) == {
        "old/feed.atom.xml": "page",
        "_redirects": "/old/feed.atom.xml /a.html 301\n",
    }
    assert set(written(tmp_path, [redirect("old/feed.json", "nowhere.json")])) == {"_redirects"}


def test_a_page_at_a_file_is_not_a_copy_of_the_page_that_it_leads_to(tmp_path: Path) -> None:
    """Where a note's address is that of a file, its old one leads on as every other does."""
    found = written(tmp_path, [redirect("old a.html", "a.html"), redirect("a:b.html", "a.html")])
    assert set(found) == {"old a.html", "_redirects"}
    assert "url=/a.html" in found["old a.html"]


def test_nope_nothing_is_written_over(tmp_path: Path) -> None:
    """Neither a page, nor a file where a folder is needed, nor a folder where a file is."""
    taken = ["new/", "NEW/", "a.html", "A.HTML", "foo/index.html/x/"]
    assert written(tmp_path, [redirect(old, "foo/") for old in taken if old != "foo/index.html/x/"]) == {}
    assert "foo/index.html/x/index.html" not in written(tmp_path, [redirect("foo/index.html/x/")])
    assert written(tmp_path, []) == {}


def test_what_is_not_a_page_is_for_servers_only(tmp_path: Path) -> None:
    """A feed, what is gone, and names that not every file system can hold."""
    found = written(
        tmp_path, [redirect("feed.xml"), redirect("gone/", None), redirect("a:b/"), redirect("a./")]
    )
    assert set(found) == {"_redirects"}
    assert found["_redirects"].splitlines() == [
        "/feed.xml /new/ 301",
        "/gone/ /404.html 410",
        "/a%3Ab/ /new/ 301",
        "/a./ /new/ 301",
    ]


def test_a_hidden_note_is_not_in_the_file_for_hosts(tmp_path: Path) -> None:
    """Some hosts show that file to everybody (PB-2)."""
    assert set(written(tmp_path, [redirect("old/", listed=False)])) == {"old/index.html"}


@pytest.mark.parametrize("tells_case_apart", [True, False])
def test_letters_of_another_case(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, tells_case_apart: bool
) -> None:
    """Where case makes no difference, the page itself answers, and must not be written over."""
    monkeypatch.setattr(Output, "tells_case_apart", lambda _: tells_case_apart)
    found = written(tmp_path, [redirect("FOO/", "foo/"), redirect("OLD/"), redirect("old/")])
    pages = {"FOO/index.html", "old/index.html"} if tells_case_apart else set()
    assert set(found) == {"OLD/index.html", "_redirects", *pages}
    assert found["_redirects"] == "/FOO/ /foo/ 301\n/OLD/ /new/ 301\n/old/ /new/ 301\n"


def test_the_lines_of_the_author_come_first(tmp_path: Path) -> None:
    """The first one that fits counts."""
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "_redirects").write_text("/mine /yours 302")
    found = written(tmp_path, [redirect("old/")], {"_redirects": "_redirects"})
    assert found["_redirects"] == "/mine /yours 302\n/old/ /new/ 301\n"


def test_a_page_of_another_language_and_site() -> None:
    """It has the language of its target, and leads there."""
    page = redirect_page(redirect("old/", lang="ar", title="عنوان"), Settings()).decode()
    assert '<html lang="ar" dir="rtl">' in page
    settings = replace(Settings(), site_url="https://example.org/docs", base="/docs")
    page = redirect_page(redirect("old/", "ü b/"), settings).decode()
    assert 'url=/docs/%C3%BC%20b/"' in page
    assert '<link rel="canonical" href="https://example.org/docs/%C3%BC%20b/">' in page
    page = redirect_page(redirect("old/", 'https://o.org/?a=1&b="', elsewhere=True), settings).decode()
    assert page.count('"https://o.org/?a=1&amp;b=&quot;"') == 2


def test_every_form_escapes_what_has_a_meaning_in_it() -> None:
    """An address is only ever itself; asked of nginx 1.22 and Apache 2.4 when this was written."""
    every = [redirect('a "b$1/'), redirect("c(d)*:e.html", "ü/"), redirect("gone/", None)]
    settings = replace(Settings(), base="/x")
    assert FORMS["netlify"](every, settings).splitlines() == [
        "/x/a%20%22b$1/ /x/new/ 301",
        "/x/c(d)%2A%3Ae.html /x/%C3%BC/ 301",
        "/x/gone/ /x/404.html 410",
    ]
    assert FORMS["nginx"](every, settings).splitlines() == [
        'location = "/x/a \\"b$1/" { return 301 "/x/new/"; }',
        'location = "/x/c(d)*:e.html" { return 301 "/x/%C3%BC/"; }',
        'location = "/x/gone/" { return 410; }',
    ]
    assert FORMS["apache"](every, settings).splitlines() == [
        'RedirectMatch 301 "^/x/a \\"b\\$1/$" "/x/new/"',
        'RedirectMatch 301 "^/x/c\\(d\\)\\*:e\\.html$" "/x/ü/"',
        'RedirectMatch 410 "^/x/gone/$"',
    ]
