"""What publishing changes, from two lists of what is public."""

import json
from collections.abc import Sequence

import pytest

from garden.model.ledger import LedgerLine, LineKey
from garden.model.names import Url
from garden.publishing.release.change_report import agreement_text, change_json, change_text
from garden.publishing.release.changes import Changes, compare
from garden.publishing.release.inventory import Inventory
from garden.publishing.release.manifest import Address, AddressKind, Manifest

SITE = "https://example.org"


def note(address: str, source: str, content: str = "") -> Address:
    """A note; its content is its source unless it is named."""
    return Address(address, AddressKind.NOTE, source, content or source)


def changes(
    before: list[Address] | None,
    after: list[Address],
    *,
    site_before: str = SITE,
    redirected: str = "",
    notes: tuple[Sequence[LedgerLine], dict[str, str]] = ((), {}),
) -> Changes:
    """The changes from one list to another; `notes` are the ledger's lines of before, and the texts of now by path."""
    last = None if before is None else Manifest(site_before, tuple(before), {"a date in the future": 2})
    now = Manifest(SITE, tuple(sorted(after)), {"a status of draft": 1})
    lines = {f"/{line.address}": line for line in notes[0]}
    sizes = {AddressKind.NOTE: 1234}
    return compare(last, Inventory(now, {}, sizes, frozenset(redirected.split()), lines, notes[1]))


def line(address: str, path: str, content: str = "") -> LedgerLine:
    """The ledger's line of a note: its last address, its path now, its text then."""
    return LedgerLine(LineKey("note", path), Url(address), content=content)


A, B, TAG = note("/a/", "a.md"), note("/b/", "b.md"), Address("/tags/t/", AddressKind.TAG, "t", "x")
PICTURE = Address("/p.png", AddressKind.ATTACHMENT, "p.png", "x")


def test_nothing_changes() -> None:
    """And nothing is asked."""
    found = changes([A, B, TAG], [A, B, TAG])
    assert found.is_empty
    assert not found.needs_yes


def test_a_note_that_was_not_public_is_asked_for() -> None:
    """Other new addresses are shown; they need no yes."""
    found = changes([A], [A, B, TAG, PICTURE])
    assert (found.first, found.new, found.attachments) == ((B,), (TAG,), (PICTURE,))
    assert found.needs_yes
    assert not changes([A], [A, TAG, PICTURE]).needs_yes


def test_a_page_of_another_plugin_is_asked_for() -> None:
    """Nobody knows what is in it."""
    page = Address("/x.html", AddressKind.PAGE, "", "x")
    assert changes([A], [A, page]).first == (page,)


def test_what_goes_is_asked_for() -> None:
    """A note that is a draft now, and the tag that only it had."""
    found = changes([A, B, TAG], [A])
    assert found.removed == (B, TAG)
    assert found.needs_yes


def test_a_changed_text_needs_no_yes() -> None:
    """What is public may be edited."""
    edited = note("/a/", "a.md", "new")
    found = changes([A], [edited])
    assert found.changed == (edited,)
    assert not found.needs_yes


def test_a_note_with_another_address_has_moved() -> None:
    """Neither new nor removed."""
    moved = note("/c/", "a.md", "new")
    found = changes([A], [moved, Address("/a/", AddressKind.REDIRECT, "/c/", "x")], redirected="/a/")
    assert [(move.before, move.after) for move in found.moved] == [(A, moved)]
    assert not found.needs_yes
    assert (found.first, found.removed, found.changed) == ((), (), ())


def test_two_notes_that_change_places_have_moved() -> None:
    """Their old addresses are not free, and nothing else has happened to them."""
    found = changes([A, B], [note("/b/", "a.md"), note("/a/", "b.md")])
    assert len(found.moved) == 2
    assert (found.first, found.removed, found.changed) == ((), (), ())


def test_a_renamed_file_with_its_text_has_moved() -> None:
    """Its text was public under another name."""
    found = changes([A], [note("/new/", "new.md", A.content)], redirected="/a/")
    assert len(found.moved) == 1
    assert not found.needs_yes
    retitled = note("/new/", "new.md", "another title")
    found = changes(
        [A], [retitled], redirected="/a/", notes=([line("a/", "a.md", "text")], {"new.md": "text"})
    )
    assert [move.after for move in found.moved] == [retitled]
    assert not found.needs_yes
    kept = changes([A], [note("/a/", "new.md", A.content)])
    assert len(kept.changed) == 1
    assert not kept.needs_yes


def test_a_note_that_garden_rename_has_renamed_has_moved() -> None:
    """The ledger has its new path, so its text and title may be other ones as well."""
    renamed = note("/new/", "new.md", "another text")
    found = changes([A], [renamed], redirected="/a/", notes=([line("a/", "new.md")], {"new.md": "x"}))
    assert [(move.before, move.after) for move in found.moved] == [(A, renamed)]
    assert not found.needs_yes
    # Since then, a file manager may have renamed it once more.
    found = changes([A], [renamed], redirected="/a/", notes=([line("a/", "b.md", "x")], {"new.md": "x"}))
    assert len(found.moved) == 1
    assert not found.needs_yes


def test_a_private_note_is_not_taken_for_a_renamed_one() -> None:
    """One under the name that a renamed note had; one whose line has an address that was not published as a note's."""
    renamed, secret = note("/new/", "new.md", "y"), note("/secret/", "a.md", "z")
    texts = {"new.md": "x", "a.md": "z"}
    found = changes([A], [renamed, secret], redirected="/a/", notes=([line("a/", "new.md", "x")], texts))
    assert found.first == (secret,)
    assert [move.after for move in found.moved] == [renamed]
    hub = Address("/a/", AddressKind.HUB, "A", "x")
    found = changes([hub], [renamed], redirected="/a/", notes=([line("a/", "new.md", "x")], {"new.md": "x"}))
    assert found.first == (renamed,)
    unknown = changes([B], [B, renamed], notes=([line("a/", "new.md", "x")], {"new.md": "x"}))
    assert unknown.first == (renamed,)


def test_an_address_that_leads_nowhere_is_asked_for() -> None:
    """A note that has moved without a redirect, and one whose redirect leads to something else."""
    found = changes([A], [note("/c/", "a.md")])
    assert found.needs_yes
    assert agreement_text(found) == "1 note moved without a redirect"
    assert "/a/ → /c/  a.md  (the old address will lead nowhere)" in change_text(found)
    found = changes([A, B], [B, Address("/a/", AddressKind.REDIRECT, "/b/", "x")], redirected="/a/")
    assert found.removed == (A,)


def test_in_doubt_a_note_is_public_for_the_first_time() -> None:
    """A renamed note with another text, two notes of one text, a note in the place of another one or of a hub."""
    assert changes([A], [note("/new/", "new.md", "new")], redirected="/a/").first
    emptied = changes([A], [note("/c/", "c.md", "new")], notes=([line("a/", "a.md")], {"c.md": ""}))
    assert emptied.first
    twins = changes([A], [note("/c/", "c.md", A.content), note("/d/", "d.md", A.content)])
    assert len(twins.first) == 2
    secret = note("/a/", "secret.md")
    assert changes([A], [secret]).first == (secret,)
    hub = Address("/a/", AddressKind.HUB, "A", "secret.md")
    assert changes([hub], [secret]).first == (secret,)


def test_a_note_may_be_public_for_the_first_time_at_the_address_of_one_that_moved() -> None:
    """Both are seen."""
    secret, moved = note("/a/", "secret.md"), note("/c/", "a.md")
    found = changes([A], [secret, moved])
    assert found.first == (secret,)
    assert [move.after for move in found.moved] == [moved]


@pytest.mark.parametrize(("before", "site"), [(None, SITE), ([A, B], "https://elsewhere.org")])
def test_without_a_list_of_this_site_everything_is_new(before: list[Address] | None, site: str) -> None:
    """What was published elsewhere was not published here."""
    found = changes(before, [A, B, TAG], site_before=site)
    assert found.first == (A, B)
    assert found.new == (TAG,)
    assert found.removed == ()
    assert found.is_first_publication is (before is None)
    assert ("https://elsewhere.org" in change_text(found)) is (before is not None)


def test_long_lists_are_cut_for_people_and_whole_for_programs() -> None:
    """A dozen names are enough to see what it is about."""
    many = [note(f"/n{number:03}/", f"n{number:03}.md") for number in range(500)]
    found = changes(None, many)
    text = change_text(found)
    assert "Public for the first time: 500 notes\n  /n000/  n000.md\n" in text
    assert "… and 488 more (--verbose lists all)" in text
    assert len(text.splitlines()) < 25
    assert "/n499/  n499.md" in change_text(found, verbose=True)
    data = json.loads(change_json(found, published=False))
    assert len(data["first_time_public"]) == 500
    assert data["needs_yes"] is True
    assert data["published"] is False
    assert data["sizes"] == {"note": {"addresses": 500, "bytes": 1234}}


def test_the_report_names_each_kind_of_change() -> None:
    """With the notes held back, now and before, and the size."""
    after = [note("/c/", "a.md"), note("/new/", "new\x1b.md"), PICTURE]
    text = change_text(changes([A, B, TAG], after, redirected="/a/"))
    assert "Public for the first time: 1 note\n  /new/  new?.md\n" in text
    assert "Attachments added: 1 attachment\n  /p.png\n" in text
    assert "Removed: 1 note, 1 tag\n  /b/  b.md\n  /tags/t/\n" in text
    assert "Moved: 1 note\n  /a/ → /c/  a.md\n" in text
    assert "Held back: 1 note (" in text
    assert "     1 a status of draft (before: 0)\n     0 a date in the future (before: 2)\n" in text
    assert text.endswith("In all: 2 notes 1.23 kB, 1 attachment 0 bytes\n")


def test_a_question_says_what_is_agreed_to() -> None:
    """In one line."""
    found = changes([A, TAG], [B, note("/c/", "c.md")])
    assert agreement_text(found) == "2 notes public for the first time and 1 note, 1 tag removed"
