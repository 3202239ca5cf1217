"""Tags, categories and authors (TG-3, TG-4)."""

from collections.abc import Callable

from garden.linking.snapshot import NoteGroup, Snapshot
from garden.model.note import Document, Status

Notes = Callable[..., Document]
Links = Callable[..., Snapshot]


def test_identity_is_by_fold_and_the_first_spelling_is_shown(note: Notes, linked: Links) -> None:
    """Path order decides which spelling is first (TG-3)."""
    snapshot = linked(note("b.md", tags=["MLOPS"]), note("a.md", tags=["MLOps"]))
    assert snapshot.tags == {"mlops": NoteGroup("mlops", "MLOps", ("a.md", "b.md"))}
    assert snapshot.tag_addresses == {"mlops": "tags/mlops/"}


def test_a_nested_tag_belongs_to_its_ancestors(note: Notes, linked: Links) -> None:
    """The page of `a` lists the notes of `a/b`, each once; its own spelling is preferred (TG-4)."""
    snapshot = linked(note("1.md", tags=["Dev/Git/Hooks", "dev/Git"]), note("2.md", tags=["dev"]))
    assert list(snapshot.tags.values()) == [
        NoteGroup("dev", "dev", ("1.md", "2.md")),
        NoteGroup("dev/git", "dev/Git", ("1.md",)),
        NoteGroup("dev/git/hooks", "Dev/Git/Hooks", ("1.md",)),
    ]


def test_odd_slashes_make_no_empty_ancestors(note: Notes, linked: Links) -> None:
    """Neither a first slash nor two in a row add a tag of their own."""
    snapshot = linked(note("1.md", tags=["/a", "b//c"]))
    assert list(snapshot.tags) == ["/a", "b", "b//c"]
    assert len(set(snapshot.tag_addresses.values())) == 3


def test_drafts_have_no_tags_and_hidden_notes_are_not_listed(note: Notes, linked: Links) -> None:
    """A draft's tag leaves no trace; a hidden note's tag has a page that does not list it (PB-2, PB-3)."""
    snapshot = linked(
        note("a.md", tags=["SECRET", "OPEN"], status=Status.DRAFT),
        note("b.md", tags=["quiet", "open"], status=Status.HIDDEN),
        note("c.md", tags=["open"]),
    )
    assert list(snapshot.tags.values()) == [
        NoteGroup("open", "open", ("c.md",)),
        NoteGroup("quiet", "quiet", ()),
    ]


def test_categories_and_authors(note: Notes, linked: Links) -> None:
    """They are grouped like tags, but a slash does not nest them."""
    snapshot = linked(
        note("a.md", category="AI/ML", authors=["Ann", "bob"]),
        note("b.md", category="ai/ml", authors=["Bob"]),
    )
    assert snapshot.categories == {"ai/ml": NoteGroup("ai/ml", "AI/ML", ("a.md", "b.md"))}
    assert snapshot.category_addresses == {"ai/ml": "category/ai/ml/"}
    assert list(snapshot.authors) == ["ann", "bob"]
    assert snapshot.author_addresses["bob"] == "author/bob/"


def test_tags_that_leave_no_slug_have_addresses(note: Notes, linked: Links) -> None:
    """Emoji are valid tags and must not fall together."""
    snapshot = linked(note("a.md", tags=["🚀", "🌍", "a/🚀", "a"]))
    urls = list(snapshot.tag_addresses.values())
    assert len(set(urls)) == len(urls) == 4
    assert all(url.startswith("tags/") and url.endswith("/") and url != "tags/" for url in urls)


def test_a_tag_that_is_an_address_keeps_it(note: Notes, linked: Links) -> None:
    """`a//b` comes first by name and is the stranger one."""
    addresses = linked(note("a.md", tags=["a//b", "a/b"])).tag_addresses
    assert addresses["a/b"] == "tags/a/b/"
    assert addresses["a//b"] == "tags/a/b-2/"
