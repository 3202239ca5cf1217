"""An address for every page and file (TI-3, PB-5, PB-6, HC-6)."""

from collections.abc import Callable

import pytest

from garden.linking.snapshot import Found, Node, Snapshot
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
    """A leading slash is reported; nothing else of such a slug is left, so the file's name counts."""
    snapshot = linked(note("n.md", slug="/"))
    assert url(snapshot, "n.md") == "n/"
    assert codes(snapshot) == ["n.md:2:1 slug-unsafe"]


def test_two_notes_of_one_name(note: Notes, linked: Links) -> None:
    """A written slug goes first; the others get the end of their path, and all are named once (PB-6)."""
    snapshot = linked(note("c/X.md"), note("b/x.md"), note("a/y.md", slug="x"), note("d.md", slug="b/x"))
    paths = ("a/y.md", "b/x.md", "c/X.md", "d.md")
    assert [url(snapshot, path) for path in paths] == ["x/", "x-2/", "c/x/", "b/x/"]
    assert codes(snapshot) == ["b/x.md:1:1 name-shared"]
    assert all(path in snapshot.diagnostics[0].message for path in ("a/y.md", "b/x.md", "c/X.md"))
    assert list(map(str, snapshot.diagnostics[0].related)) == ["a/y.md:1:1", "c/X.md:1:1"]


def test_two_notes_of_one_written_slug(note: Notes, linked: Links) -> None:
    """The first in path order keeps the address, the others are numbered (PB-6)."""
    snapshot = linked(note("a.md", slug="x"), note("b.md", slug="X"), note("c.md", slug="x"), note("x-2.md"))
    assert [url(snapshot, path) for path in ("a.md", "b.md", "c.md", "x-2.md")] == [
        "x/",
        "X-3/",
        "x-4/",
        "x-2/",
    ]
    assert codes(snapshot) == ["b.md:2:1 slug-conflict", "c.md:2:1 slug-conflict"]


@pytest.mark.parametrize(
    ("paths", "expected"),
    [
        (["z/n.md", "a/b/n.md"], ["n/", "b/n/"]),
        (["a/n.md", "b/n.md"], ["n/", "b/n/"]),
        (["a/c/n.md", "b/c/n.md", "n.md"], ["c/n/", "b/c/n/", "n/"]),
        (["N.md", "x/y/n.md", "x/Y/Z/n.md"], ["n/", "y/n/", "z/n/"]),
        (["x/y/tags.md", "Tags.md"], ["y/tags/", "tags-2/"]),
        (["a/archive.md", "a/b/graph.md"], ["a/archive/", "b/graph/"]),
        (["x/404.md", "404.md"], ["x/404/", "404/"]),
        (["ml/index.md", "ml/README.md"], ["ml/", "ml/readme/"]),
        (["ml.md", "ml/_index.md", "ml/Index.md"], ["ml/", "ml/_index/", "ml/index/"]),
        (["a/notes/index.md", "b/notes/INDEX.md"], ["notes/", "b/notes/"]),
        (
            ["b/notes/index.md", "b/notes/readme.md", "a/notes/index.md"],
            ["b/notes/", "notes/readme/", "notes/"],
        ),
        (["tags/index.md"], ["tags/index/"]),
        (["a/search/README.md"], ["a/search/"]),
    ],
)
def test_shared_names(note: Notes, linked: Links, paths: list[str], expected: list[str]) -> None:
    """The shortest path keeps the plain address; a folder's page is called like it (PB-6, TI-3)."""
    snapshot = linked(*map(note, paths))
    assert [url(snapshot, path) for path in paths] == expected
    assert {problem.code for problem in snapshot.diagnostics} <= {"name-shared"}


def test_a_page_of_a_folder_with_a_written_slug(note: Notes, linked: Links) -> None:
    """What is written counts (TI-3)."""
    assert url(linked(note("a/index.md", slug="b")), "a/index.md") == "b/"


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
        ({"save_as": "404.html"}, "404-2.html"),
        ({"slug": "theme"}, "theme-2/"),
    ],
)
def test_generated_pages_keep_theirs(note: Notes, linked: Links, keys: dict[str, str], expected: str) -> None:
    """Tag pages and the rest are there first (PB-6)."""
    snapshot = linked(note("n.md", **keys), note("o.md", tags=["ops"]))
    assert url(snapshot, "n.md") == expected
    assert "n.md:2:1 slug-conflict" in codes(snapshot)


def test_hubs_are_addressed_like_notes(note: Notes, linked: Links) -> None:
    """Two hubs never share an address, and none takes that of a written note (PB-6)."""
    snapshot = linked(note("n.md", "up:: [[ML Ops]]", "up:: [[ml-ops]]", "up:: [[Map]]", "up:: [[..\\x]]"))
    hubs = {node.key: address for node, address in snapshot.addresses.items() if node.kind == "hub"}
    assert hubs == {"ml ops": "ml-ops/", "ml-ops": "ml-ops-2/", "map": "map-2/", "..\\x": "x/"}
    assert [code for code in codes(snapshot) if "hub-generated" not in code] == [
        "n.md:11:1 name-shared",
        "n.md:12:1 name-shared",
        "n.md:13:1 slug-unsafe",
    ]


def test_a_hub_stays_beside_a_note_of_its_address(note: Notes, linked: Links) -> None:
    """Its name is another, so the note is not that parent, but the address is the note's (PB-6)."""
    snapshot = linked(note("n.md", "up:: [[ML Ops!]]"), note("x.md", slug="ml-ops"))
    assert url(snapshot, "x.md") == "ml-ops/"
    assert snapshot.addresses[Node("hub", "ml ops!")] == "ml-ops-2/"


@pytest.mark.parametrize("keys", [{"slug": "Model_Deployment"}, {"title": "model  deployment"}, {}])
def test_a_note_in_another_spelling_is_the_parent(note: Notes, linked: Links, keys: dict[str, str]) -> None:
    """Stem, slug and title count, `-`, `_` and spaces alike; every link of that name leads there (PB-6)."""
    path = "x.md" if keys else "model-deployment.md"
    snapshot = linked(
        note("n.md", "up:: [[Model deployment]]"), note("m.md", "[[model deployment]]"), note(path, **keys)
    )
    assert snapshot.hubs == {}
    assert snapshot.parents == {Node("note", "n.md"): (Node("note", path),)}
    assert snapshot.resolutions["m.md"] == (Found(Node("note", path)),)
    assert codes(snapshot) == []


def test_a_name_that_is_not_a_parent_needs_its_spelling(note: Notes, linked: Links) -> None:
    """Titles and slugs are not matched (WL-6)."""
    snapshot = linked(note("m.md", "[[Model deployment]]"), note("model-deployment.md"))
    assert codes(snapshot) == ["m.md:10:1 link-unresolved"]


def test_a_draft_in_another_spelling_makes_no_hub(note: Notes, linked: Links) -> None:
    """References are resolved over the whole vault (PB-4)."""
    snapshot = linked(note("n.md", "up:: [[A b]]"), note("a-b.md", status=Status.DRAFT))
    assert snapshot.hubs == {}
    assert codes(snapshot) == ["n.md:10:1 link-unpublished"]


def test_unsafe_categories_and_authors(note: Notes, linked: Links) -> None:
    """Their pages stay below their folders (PB-5)."""
    snapshot = linked(note("n.md", category="../../x", authors=["..\\y"]))
    assert snapshot.category_addresses["../../x"].startswith("category/")
    assert ".." not in snapshot.category_addresses["../../x"]
    assert snapshot.author_addresses["..\\y"] == "author/y/"
    assert codes(snapshot) == ["n.md:2:1 slug-unsafe", "n.md:2:1 slug-unsafe"]


def test_very_long_names_fit_a_file_system(note: Notes, linked: Links) -> None:
    """Neither a long part nor many parts make an address that cannot be written."""
    snapshot = linked(note("n.md", slug="a/" * 3000), note("m.md", slug="é" * 300, tags=["t/" * 600 + "t"]))
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
        "robots.txt": "robots.txt",
        "theme/x.css": "theme-2/x.css",
    }
