"""The whole: what is published, and that the order of the input does not matter."""

from collections.abc import Callable

from msgspec.structs import replace

from garden.linking.link_vault import link_vault
from garden.linking.snapshot import Node, Snapshot
from garden.model.names import VaultPath
from garden.model.note import Document, Status
from garden.model.settings import Settings

Notes = Callable[..., Document]
Links = Callable[..., Snapshot]


def test_files_of_published_notes_are_published(note: Notes, linked: Links) -> None:
    """Links, embeds, images and properties count; drafts' files stay at home (HC-6, PB-3)."""
    files = [f"{name}.png" for name in "abcdefg"]
    snapshot = linked(
        note("n.md", "[[a.png]]", "![[b.png]]", "![t](c.png)", front=["[[d.png]]"]),
        note("h.md", "![[e.png]]", status=Status.HIDDEN),
        note("x.md", "![[f.png]]", status=Status.DRAFT),
        files=files,
    )
    assert list(snapshot.files) == files[:5]


def test_static_paths_are_published_whole(note: Notes, linked: Links) -> None:
    """A static path is a folder or a file, compared on component boundaries (HC-6)."""
    settings = Settings(static=("images/", "CNAME"))
    files = ["images/a.png", "images/deep/b.png", "images2/c.png", "CNAME", "x/CNAME"]
    snapshot = linked(note("n.md"), files=files, settings=settings)
    assert list(snapshot.files) == ["CNAME", "images/a.png", "images/deep/b.png"]


def test_an_empty_vault(linked: Links) -> None:
    """No notes give an empty snapshot (HC-9)."""
    snapshot = linked()
    assert snapshot.documents == {}
    assert snapshot.diagnostics == ()


def test_the_order_of_the_input_does_not_matter(note: Notes) -> None:
    """The same vault gives the same snapshot (HC-7)."""
    notes = [
        note("b.md", "up:: [[A]]", "[[none]]", tags=["X"]),
        note("a.md", "up:: [[hub]]", tags=["x"], aliases=["z"]),
        note("c/a.md", "up:: [[HUB]]", "[[z]]", "[[p.png]]", aliases=["Z"]),
    ]
    files = [VaultPath("p.png"), VaultPath("q/p.png")]
    one = link_vault({document.path: document for document in notes}, files, Settings())
    two = link_vault({document.path: document for document in reversed(notes)}, reversed(files), Settings())
    assert one == two
    assert list(one.documents) == list(two.documents) == ["a.md", "b.md", "c/a.md"]
    assert list(one.diagnostics) == sorted(one.diagnostics)
    alike = replace(two, locate=one.locate, siblings=one.siblings)  # which say nothing by their text
    assert str(one) == str(alike)


def test_every_published_note_and_hub_has_an_address(note: Notes, linked: Links) -> None:
    """Drafts have none."""
    snapshot = linked(
        note("a.md", "up:: [[h]]"), note("b.md", status=Status.HIDDEN), note("c.md", status=Status.DRAFT)
    )
    assert set(snapshot.addresses) == {Node("note", "a.md"), Node("note", "b.md"), Node("hub", "h")}
    assert set(snapshot.resolutions) == {"a.md", "b.md", "c.md"}
