"""An address for every page and file (TI-3, PB-5, PB-6, HC-6)."""

from collections.abc import Callable

import pytest

from garden.linking.snapshot import Node, Snapshot
from garden.model.note import Document, Status
from garden.model.settings import Settings

Notes = Callable[..., Document]
Links = Callable[..., Snapshot]


def url(snapshot: Snapshot, path: str) -> str:
    """Return the address of a note."""
    return snapshot.addresses[Node("note", path)]


def codes(snapshot: Snapshot) -> list[str]:
    """Return place and id of all diagnostics."""
    return [f"{problem.place} {problem.code}" for problem in snapshot.diagnostics]


@pytest.mark.parametrize(
    ("path", "keys", "expected"),
    [
        ("Data Versioning.md", {}, "data-versioning/"),
        ("deep/folder/Note.MD", {}, "note/"),
        ("a  &  b.md", {}, "a-b/"),
        ("Über uns.md", {}, "über-uns/"),
        ("x.md", {"slug": "My Slug"}, "My-Slug/"),
        ("x.md", {"slug": "blog/My Slug"}, "blog/My-Slug/"),
        ("x.md", {"permalink": "perma"}, "perma/"),
        ("x.md", {"permalink": "/perma/link/"}, "perma/link/"),
        ("x.md", {"slug": "s", "permalink": "p"}, "s/"),
        ("x.md", {"slug": "1.10"}, "1.10/"),
        ("x.md", {"slug": "s", "url": "u/v/"}, "u/v/"),
        ("x.md", {"save_as": "u/v.html"}, "u/v.html"),
        ("x.md", {"save_as": "u/index.html", "url": "other/"}, "u/"),
    ],
)
def test_slugs(note: Notes, linked: Links, path: str, keys: dict[str, str], expected: str) -> None:
    """What is written counts before the stem, and is made safe (TI-3)."""
    snapshot = linked(note(path, **keys))
    assert url(snapshot, path) == expected
    assert codes(snapshot) == []


@pytest.mark.parametrize("name", ["!!!.md", "🚀.md", ".md", "\udcff.md"])
def test_a_name_that_leaves_nothing_has_a_stable_address(note: Notes, linked: Links, name: str) -> None:
    """It is derived from the path, so that it differs between notes and not between builds."""
    snapshot = linked(note(name), note(f"sub/{name}"))
    assert url(snapshot, name) != url(snapshot, f"sub/{name}")
    assert url(snapshot, name) == url(linked(note(name)), name)
    assert url(snapshot, name).startswith("note-")


@pytest.mark.parametrize("key", ["slug", "permalink", "url", "save_as"])
@pytest.mark.parametrize(
    "value",
    [
        "../../etc/passwd",
        "..\\x",
        "C:\\x",
        "%2e%2e/x",
        "%252e%252e%252fx",
        "a/../../b",
        "x\x00y",
        "..",
        "//../x",
    ],
)
def test_nothing_leaves_the_output(note: Notes, linked: Links, key: str, value: str) -> None:
    """The dangerous part is dropped, the page kept, the key blamed (PB-5)."""
    snapshot = linked(note("n.md", **{key: value}))
    made = url(snapshot, "n.md")
    assert made
    assert not made.startswith("/")
    assert not {"..", "."} & set(made.split("/"))
    assert not any(char in made for char in "\\:%\x00")
    assert codes(snapshot) == ["n.md:2:1 slug-unsafe"]


def test_the_root_is_not_a_slug(note: Notes, linked: Links) -> None:
    """A leading slash is reported; nothing else of such a slug is left."""
    snapshot = linked(note("n.md", slug="/"))
    assert url(snapshot, "n.md").startswith("note-")
    assert codes(snapshot) == ["n.md:2:1 slug-unsafe"]


def test_two_notes_of_one_name(note: Notes, linked: Links) -> None:
    """The first in path order keeps the address, the others are numbered and told (PB-6)."""
    snapshot = linked(note("c/X.md"), note("b/x.md"), note("a/y.md", slug="x"), note("d.md", slug="x-2"))
    assert [url(snapshot, path) for path in ("a/y.md", "b/x.md", "c/X.md")] == ["x/", "x-3/", "x-4/"]
    assert url(snapshot, "d.md") == "x-2/"
    assert codes(snapshot) == ["b/x.md:1:1 slug-conflict", "c/X.md:1:1 slug-conflict"]
    assert "a/y.md" in snapshot.diagnostics[0].message
    assert "b/x.md" in snapshot.diagnostics[0].message
    assert str(snapshot.diagnostics[0].related[0]) == "a/y.md:1:1"


def test_drafts_take_no_address(note: Notes, linked: Links) -> None:
    """A draft must not be guessed from the number of another page (PB-3)."""
    snapshot = linked(note("a/x.md", status=Status.DRAFT), note("b/x.md"))
    assert snapshot.addresses == {Node("note", "b/x.md"): "x/"}
    assert codes(snapshot) == []


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ({"slug": "Tags"}, "Tags-2/"),
        ({"slug": "tags/ops"}, "tags/ops-2/"),
        ({"slug": "hub"}, "hub-2/"),
        ({"save_as": "index.html"}, "index-2/"),
        ({"save_as": "404.html"}, "404-2.html"),
        ({"slug": "theme"}, "theme-2/"),
    ],
)
def test_generated_pages_keep_theirs(note: Notes, linked: Links, keys: dict[str, str], expected: str) -> None:
    """Home, tag pages, hubs and the rest are there first (PB-6)."""
    snapshot = linked(note("n.md", **keys), note("o.md", "up:: [[Hub]]", tags=["ops"]))
    assert url(snapshot, "n.md") == expected
    assert "n.md:2:1 slug-conflict" in codes(snapshot)


def test_hubs_are_addressed_like_notes(note: Notes, linked: Links) -> None:
    """A written note would take the hub's place; two hubs never share one."""
    snapshot = linked(note("n.md", "up:: [[ML Ops]]", "up:: [[ml-ops]]", "up:: [[Map]]", "up:: [[..\\x]]"))
    hubs = {node.key: address for node, address in snapshot.addresses.items() if node.kind == "hub"}
    assert hubs == {"ml ops": "ml-ops/", "ml-ops": "ml-ops-2/", "map": "map-2/", "..\\x": "x/"}
    assert [code for code in codes(snapshot) if "hub-generated" not in code] == [
        "n.md:11:1 slug-conflict",
        "n.md:13:1 slug-unsafe",
    ]


def test_unsafe_categories_and_authors(note: Notes, linked: Links) -> None:
    """Their pages stay below their folders (PB-5)."""
    snapshot = linked(note("n.md", category="../../x", authors=["..\\y"]))
    assert snapshot.category_addresses["../../x"].startswith("category/")
    assert ".." not in snapshot.category_addresses["../../x"]
    assert snapshot.author_addresses["..\\y"] == "author/y/"
    assert codes(snapshot) == ["n.md:1:1 slug-unsafe", "n.md:2:1 slug-unsafe"]


def test_very_long_names_fit_a_file_system(note: Notes, linked: Links) -> None:
    """Neither a long part nor many parts make an address that cannot be written."""
    snapshot = linked(note("n.md", slug="a/" * 3000), note("m.md", slug="é" * 300, tags=["t/" * 900 + "t"]))
    for address in (*snapshot.addresses.values(), *snapshot.tag_addresses.values()):
        assert len(address.encode()) <= 1000
        assert all(len(part.encode()) <= 255 for part in address.split("/"))


def test_files_keep_their_paths(note: Notes, linked: Links) -> None:
    """Attachments have their vault path as address; a page has precedence (HC-6, PB-5)."""
    names = ["a/x.png", "b/x.png", "n/index.html", "m", "A/x.png", "robots.txt", "theme/x.css", "c\x07d.png"]
    snapshot = linked(
        note("n.md", *(f"[[{name}]]" for name in names)),
        note("m.md"),
        files=names,
        settings=Settings(static=("m",)),
    )
    assert snapshot.files == {
        "A/x.png": "A/x.png",
        "a/x.png": "a/x-2.png",
        "b/x.png": "b/x.png",
        "c\x07d.png": "c-d.png",
        "m": "m-2",
        "n/index.html": "n/index-2.html",
        "robots.txt": "robots-2.txt",
        "theme/x.css": "theme-2/x.css",
    }
