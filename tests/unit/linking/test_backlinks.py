"""Who cites a page (WL-15)."""

from collections.abc import Callable

from garden.linking.snapshot import Backlink, Node, Snapshot
from garden.model.note import Document, Status

Notes = Callable[..., Document]
Links = Callable[..., Snapshot]


def test_every_form_counts_once(note: Notes, linked: Links) -> None:
    """Links, embeds, Markdown, properties and hierarchy lines are one entry with all references."""
    citing = note("a.md", "[[b]]", "[[c]]", "![[b]]", "[t](b.md)", "up:: [[b]]", "[[b#no]]", front=["[[b]]"])
    snapshot = linked(citing, note("b.md"), note("c.md"))
    assert snapshot.backlinks[Node("note", "b.md")] == (Backlink("a.md", (0, 1, 3, 4, 5, 6)),)
    assert snapshot.backlinks[Node("note", "c.md")] == (Backlink("a.md", (2,)),)


def test_order_is_by_title_then_path(note: Notes, linked: Links) -> None:
    """Titles are compared by fold."""
    citing = [note("3.md", "[[t]]", title="ant"), note("1.md", "[[t]]", title="Bee")]
    citing += [note("2.md", "[[t]]", title="ANT"), note("0.md", "[[t]]", title="cat")]
    snapshot = linked(note("t.md"), *citing)
    sources = [backlink.source for backlink in snapshot.backlinks[Node("note", "t.md")]]
    assert sources == ["2.md", "3.md", "1.md", "0.md"]


def test_itself_drafts_and_hidden_notes_are_not_listed(note: Notes, linked: Links) -> None:
    """Only other, listed notes are; but a hidden note may be cited."""
    snapshot = linked(
        note("t.md", "[[t]]", "[[#x]]", "[[h]]"),
        note("d.md", "[[t]]", status=Status.DRAFT),
        note("h.md", "[[t]]", status=Status.HIDDEN),
    )
    assert snapshot.backlinks == {Node("note", "h.md"): (Backlink("t.md", (2,)),)}


def test_hubs_have_backlinks(note: Notes, linked: Links) -> None:
    """The children of a hub and the notes that mention it cite it."""
    snapshot = linked(note("a.md", "up:: [[hub]]"), note("b.md", "[[hub]]"))
    sources = [backlink.source for backlink in snapshot.backlinks[Node("hub", "hub")]]
    assert sources == ["a.md", "b.md"]
