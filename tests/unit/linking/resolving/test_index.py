"""The vault by name."""

from collections.abc import Callable

from garden.linking.resolving.index import Index
from garden.model.names import VaultPath
from garden.model.note import Document, Status

Notes = Callable[..., Document]


def index_of(*documents: Document, files: tuple[str, ...] = ()) -> Index:
    """Index these notes and files."""
    return Index({document.path: document for document in documents}, [VaultPath(path) for path in files])


def test_a_path_is_found_from_the_root_only(note: Notes) -> None:
    """`at` looks at one place, `anywhere` at the end of every path."""
    index = index_of(note("a/b.md"))
    found = index.at("A/B")
    assert found is not None
    assert found.entry.path == "a/b.md"
    assert index.at("b") is None
    assert index.anywhere("b") == found
    assert index.anywhere("a/b") == found
    assert index.anywhere("x/a/b") is None


def test_a_note_is_found_without_its_ending_and_a_file_with_it(note: Notes) -> None:
    """Notes go by stem whatever the case of `.md`, files by their full name (WL-5)."""
    index = index_of(note("A.MD"), files=("a.pdf",))
    assert [entry.path for entry in index.candidates("a")] == ["A.MD"]
    assert [entry.path for entry in index.candidates("a.pdf")] == ["a.pdf"]
    assert index.candidates("a.md") == ()


def test_candidates_are_in_the_order_of_preference(note: Notes) -> None:
    """The first candidate is the one that is taken."""
    match = index_of(note("zz/x.md"), note("b/x.md"), note("a/x.md")).anywhere("x")
    assert match is not None
    assert match.candidates == ("a/x.md", "b/x.md", "zz/x.md")
    assert match.entry.path == match.candidates[0]


def test_only_published_notes_have_pages(note: Notes) -> None:
    """Drafts are indexed but have no page to lead to."""
    index = index_of(note("a.md", status=Status.DRAFT), note("b.md", status=Status.HIDDEN))
    assert list(index.pages) == ["b.md"]
    assert index.at("a") is not None


def test_an_alias_may_be_written_like_a_file(note: Notes) -> None:
    """The ending `.md` is not significant in an alias either, and an empty alias is none."""
    index = index_of(note("a.md", aliases=["Guide.md", " "]))
    found = index.alias("GUIDE")
    assert found is not None
    assert found.by_alias
    assert index.alias("") is None
