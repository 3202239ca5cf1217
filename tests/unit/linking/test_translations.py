"""Notes of one slug in several languages (TI-7)."""

from collections.abc import Callable

from garden.linking.snapshot import Snapshot
from garden.model.note import Document, Status
from garden.model.settings import Settings

Notes = Callable[..., Document]
Links = Callable[..., Snapshot]


def urls(snapshot: Snapshot) -> dict[str, str]:
    """Return the address of each note."""
    return {node.key: url for node, url in snapshot.addresses.items()}


def test_the_sites_language_keeps_the_address(note: Notes, linked: Links) -> None:
    """The others are below their languages, and all know each other."""
    snapshot = linked(
        note("a.md", slug="x", lang="fr"), note("b.md", slug="x"), note("c.md", slug="x", lang="de")
    )
    assert urls(snapshot) == {"a.md": "fr/x/", "b.md": "x/", "c.md": "de/x/"}
    assert snapshot.translations["a.md"] == snapshot.translations["b.md"] == ("b.md", "c.md", "a.md")
    assert snapshot.diagnostics == ()


def test_two_notes_of_one_language_share_a_name(note: Notes, linked: Links) -> None:
    """The one at the shortest path is the translation; the other is moved as any namesake (PB-6)."""
    snapshot = linked(note("x.md"), note("fr/x.md", lang="fr"), note("fr/more/x.md", lang="fr"))
    assert urls(snapshot) == {"x.md": "x/", "fr/x.md": "fr/x/", "fr/more/x.md": "more/x/"}
    assert snapshot.translations["x.md"] == ("x.md", "fr/x.md")
    assert [problem.code for problem in snapshot.diagnostics] == ["name-shared"]


def test_the_language_of_the_site_may_be_written(note: Notes, linked: Links) -> None:
    """No language and the site's are one, in any capitals."""
    snapshot = linked(note("a.md", slug="x", lang="EN"), note("b.md", slug="x"))
    assert urls(snapshot) == {"a.md": "x/", "b.md": "x-2/"}
    assert snapshot.translations == {}


def test_no_page_leads_to_a_hidden_translation(note: Notes, linked: Links) -> None:
    """It has its address below its language all the same (PB-2)."""
    snapshot = linked(note("a.md", slug="x"), note("b.md", slug="x", lang="fr", status=Status.HIDDEN))
    assert urls(snapshot) == {"a.md": "x/", "b.md": "fr/x/"}
    assert snapshot.translations == {}


def test_a_draft_is_not_a_translation(note: Notes, linked: Links) -> None:
    """It leaves no trace (PB-3)."""
    snapshot = linked(note("a.md", slug="x", status=Status.DRAFT), note("b.md", slug="x", lang="fr"))
    assert urls(snapshot) == {"b.md": "x/"}
    assert snapshot.translations == {}


def test_an_address_that_asks_for_too_much(note: Notes, linked: Links) -> None:
    """What Pelican's setting cannot fill in gives way to the usual address; nothing leaves the output (PB-5)."""
    notes = note("a.md", slug="x"), note("b.md", slug="x", lang="fr")
    for written, expected in (
        ("{lang}/{date:%Y}/{slug}", "fr/x/"),
        ("{", "fr/x/"),
        ("{slug}.{lang}.html", "x.fr.html"),
        ("../../{lang}/{slug}", "fr/x/"),
    ):
        snapshot = linked(*notes, settings=Settings(translation_url=written))
        assert urls(snapshot)["b.md"] == expected
