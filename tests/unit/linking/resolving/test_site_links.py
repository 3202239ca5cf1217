"""Links that may be addresses of the site (WL-13)."""

from collections.abc import Callable
from typing import Any

import pytest

from garden.linking.snapshot import Found, FoundPage, LeftAlone, Node, Snapshot
from garden.model.diagnostic import IN_SETTINGS
from garden.model.note import Document
from garden.model.settings import Settings

Notes = Callable[..., Document]
Links = Callable[..., Snapshot]

OTHERS = ("about.md", "en/notes/index.md", "en/notes/one.md", "x/Deep/README.md")


@pytest.fixture
def linked_to(note: Notes, linked: Links) -> Callable[..., Snapshot]:
    """Return a function that links a note with one Markdown link to `dest`, and some others."""

    def link_one(dest: str, path: str = "n.md", **settings: Any) -> Snapshot:
        others = (note(other, tags=["go"]) for other in OTHERS)
        return linked(note(path, f"[t]({dest})"), *others, settings=Settings(**settings))

    return link_one


@pytest.mark.parametrize(
    ("dest", "target"),
    [
        ("/en/notes/", "en/notes/index.md"),
        ("/en/notes", "en/notes/index.md"),
        ("en/notes/", "en/notes/index.md"),
        ("/EN/Notes/", "en/notes/index.md"),
        ("./x/Deep/", "x/Deep/README.md"),
        ("notes/", "en/notes/index.md"),
        ("/en/notes/#part", "en/notes/index.md"),
        ("../../en/notes/one", "en/notes/one.md"),
        ("%7Bfilename%7D/en/notes/one.md", "en/notes/one.md"),
    ],
)
def test_links_to_folders_lead_to_their_page(
    linked_to: Callable[..., Snapshot], dest: str, target: str
) -> None:
    """With and without slash, from the root or from the note (TI-3)."""
    found = linked_to(dest).resolutions["n.md"][0]
    assert isinstance(found, Found)
    assert found.node == Node("note", target)


@pytest.mark.parametrize(
    ("dest", "url", "fragment"),
    [
        ("/tags/Go", "tags/go/", ""),
        ("/tags/go", "tags/go/", ""),
        ("/About#x", "about/", "x"),
        ("/MAP", "map/", ""),
    ],
)
def test_another_spelling_of_an_address(
    linked_to: Callable[..., Snapshot], dest: str, url: str, fragment: str
) -> None:
    """Capitals and the slash at the end do not matter."""
    answer = linked_to(dest).resolutions["n.md"][0]
    if url == "about/":
        assert isinstance(answer, Found)
    else:
        assert answer == FoundPage(url, fragment)


@pytest.mark.parametrize(
    "dest",
    [
        "/notes/",
        "/tags/go/",
        "/tags/",
        "/",
        "/theme/css/main.css",
        "/feeds/all.atom.xml",
        "/about/",
        "//x.org/y",
        "/about/preview.html",
        "../nowhere/",
        "/map/?q=1",
    ],
)
def test_what_leads_somewhere_is_not_reported(linked_to: Callable[..., Snapshot], dest: str) -> None:
    """An address of a page, a generated file or another host stays as it is."""
    assert linked_to(dest).diagnostics == ()


@pytest.mark.parametrize(
    ("dest", "near"),
    [
        ("/abuot/", "/about/"),
        ("/old/about.html", "/about/"),
        ("/blog/one/", "/one/"),
        ("./nowhere/", ""),
        ("/kubernetes", ""),
        ("/en/", ""),
    ],
)
def test_what_leads_nowhere_is_reported(linked_to: Callable[..., Snapshot], dest: str, near: str) -> None:
    """The message names what is nearest, if anything is."""
    snapshot = linked_to(dest)
    assert snapshot.resolutions["n.md"] == (LeftAlone(),)
    (problem,) = snapshot.diagnostics
    assert problem.code == "link-site-missing"
    assert dest in problem.message
    assert problem.help == (f'did you mean "{near}"?' if near else "")


def test_a_site_below_a_path(linked_to: Callable[..., Snapshot]) -> None:
    """What is not below it may be another site of the same host."""
    assert linked_to("/abuot/", base="/docs").diagnostics == ()
    assert linked_to("/docs/about/", base="/docs").diagnostics == ()
    (problem,) = linked_to("/docs/abuot/", base="/docs").diagnostics
    assert problem.help == 'did you mean "/docs/about/"?'


@pytest.mark.parametrize(
    ("address", "base", "near"),
    [
        ("/abuot/", "", "/about/"),
        ("/abuot/", "/docs", "/docs/about/"),
        ("/docs/abuot/#x", "/docs", "/docs/about/"),
    ],
)
def test_links_of_the_settings_are_checked(
    linked_to: Callable[..., Snapshot], address: str, base: str, near: str
) -> None:
    """What leads nowhere is reported once, at the settings file, below which path the site may be."""
    links = {
        "menu_links": (("Me", address),),
        "footer_links": (("Tags", "/tags/"), ("X", "https://example.org/x")),
    }
    (problem,) = linked_to("https://example.org", base=base, **links).diagnostics
    assert (problem.code, problem.place) == ("link-site-missing", IN_SETTINGS)
    assert problem.message.startswith(f'GARDEN["menu_links"]: "Me" leads to "{address}"')
    assert problem.help == f'did you mean "{near}"?'


def test_a_relative_link_of_the_settings_is_reported(linked_to: Callable[..., Snapshot]) -> None:
    """It would lead to another place from each page; the address that is meant is proposed."""
    written = linked_to(
        "https://example.org", menu_links=(("Me", "about.md"),), footer_links=(("X", "./x/"),)
    )
    footer, menu = written.diagnostics
    assert (
        menu.message
        == 'GARDEN["menu_links"]: "Me" leads to "about.md", which is another address on each page'
    )
    assert menu.help == 'did you mean "/about/"?'
    assert footer.message.startswith('GARDEN["footer_links"]: "X" leads to "./x/", which')


def test_links_of_the_settings_that_lead_somewhere(linked_to: Callable[..., Snapshot]) -> None:
    """Pages, generated files, the base itself and other sites are fine, with and without the base."""
    addresses = (
        "/",
        "/about/",
        "/about",
        "/docs",
        "/docs/about/#x",
        "/feeds/all.atom.xml",
        "//x.org/y",
        "mailto:a@x.org",
        "#g:foot",
    )
    links = tuple((address, address) for address in addresses)
    assert linked_to("https://example.org", base="/docs", menu_links=links).diagnostics == ()


def test_a_folder_without_a_page_is_unresolved(note: Notes, linked: Links) -> None:
    """A wiki-link to it names no note; an embed shows no folder (TI-3)."""
    snapshot = linked(note("n.md", "[[en]]", "[[notes]]", "![[notes]]"), *map(note, OTHERS))
    assert [problem.code for problem in snapshot.diagnostics] == ["link-unresolved", "embed-missing"]
    assert snapshot.resolutions["n.md"][1] == Found(Node("note", "en/notes/index.md"))
