"""What a site remembers of its addresses, and the redirects that follow (PB-6)."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from msgspec.structs import replace

from garden.linking.ledger.text import format_ledger, parse_ledger
from garden.linking.link_vault import link_vault
from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath
from garden.model.settings import Settings
from tests.support.vault import read_note

MARK = '{"garden":"addresses","version":1}'


@dataclass
class Site:
    """A vault that is published again and again."""

    ledger: str = ""
    settings: Settings = field(default_factory=Settings)
    out_of_sight: frozenset[str] = frozenset()

    def link(self, notes: Mapping[str, str]) -> Snapshot:
        """Link these notes without remembering it, as a build does."""
        documents = {VaultPath(path): read_note(text, path) for path, text in notes.items()}
        return link_vault(documents, [], self.settings, parse_ledger(self.ledger), self.out_of_sight)

    def publish(self, notes: Mapping[str, str]) -> Snapshot:
        """Link these notes and remember their addresses."""
        snapshot = self.link(notes)
        self.ledger = format_ledger(snapshot.ledger)
        return snapshot


def addresses(snapshot: Snapshot) -> dict[str, str]:
    """Return the addresses of the notes."""
    return {node.key: url for node, url in snapshot.addresses.items() if node.kind == "note"}


def redirects(snapshot: Snapshot) -> dict[str, str | None]:
    """Return all redirects, which never lead to one another."""
    found = {redirect.old: redirect.to for redirect in snapshot.redirects}
    assert len(found) == len(snapshot.redirects)
    assert not set(found) & set(found.values())
    return found


def codes(snapshot: Snapshot) -> list[str]:
    """Return place and id of all diagnostics."""
    return [f"{problem.place} {problem.code}" for problem in snapshot.diagnostics]


def slugged(slug: str, text: str = "text") -> str:
    """Return a note with a slug."""
    return f"---\nslug: {slug}\n---\n{text}"


def test_a_note_that_is_renamed_again_and_again_answers_at_all_its_addresses() -> None:
    """Each leads straight to the last one."""
    site = Site()
    for path in ("a.md", "b.md", "deep/c.md"):
        snapshot = site.publish({path: "one text", "other.md": "another"})
    assert addresses(snapshot)["deep/c.md"] == "c/"
    assert redirects(snapshot) == {"a/": "c/", "b/": "c/"}
    assert redirects(site.publish({"a.md": "one text", "other.md": "another"})) == {"b/": "a/", "c/": "a/"}


def test_the_first_address_is_kept_apart() -> None:
    """A feed knows a note by it, whatever happens to the note."""
    site = Site()
    for path in ("b.md", "a.md", "c.md"):
        snapshot = site.publish({path: "one text", "d.md": "more"})
    assert snapshot.first_address(Node("note", "c.md")) == "b/"
    assert snapshot.first_address(Node("note", "d.md")) == "d/"
    assert site.publish({"b.md": "one text", "d.md": "more"}).first_address(Node("note", "b.md")) == "b/"
    assert '"first"' not in site.ledger


def test_a_new_slug_and_a_new_folder_are_one_step() -> None:
    """The text, without front matter, shows that it is the same note."""
    site = Site()
    site.publish({"a.md": slugged("one", "the text")})
    snapshot = site.publish({"new/b.md": "---\nslug: Two\ntitle: Other\n---\n\nthe text\n"})
    assert redirects(snapshot) == {"one/": "Two/"}


def test_a_chain_of_renames_in_one_step_keeps_every_address_with_its_text() -> None:
    """`a.md` became `b.md`, which became `c.md`: nothing is left at /a/ and /b/ but what was there."""
    site = Site()
    site.publish({"a.md": "text of a", "b.md": "text of b"})
    snapshot = site.publish({"b.md": "text of a", "c.md": "text of b"})
    assert addresses(snapshot) == {"b.md": "a/", "c.md": "c/"}
    assert redirects(snapshot) == {"b/": "c/"}
    assert codes(snapshot) == ["b.md:1:1 name-shared"]


@pytest.mark.parametrize("texts", [("text of a", "text of b"), ("text of b", "text of a")])
def test_files_that_were_swapped_keep_the_addresses_of_their_names(texts: tuple[str, str]) -> None:
    """The path comes before the text."""
    site = Site()
    site.publish({"a.md": "text of a", "b.md": "text of b"})
    snapshot = site.publish({"a.md": texts[0], "b.md": texts[1]})
    assert addresses(snapshot) == {"a.md": "a/", "b.md": "b/"}
    assert redirects(snapshot) == {}


def test_slugs_that_were_swapped_leave_both_addresses_where_they_are() -> None:
    """An address belongs to its note as long as that lives; the author is told."""
    site = Site()
    site.publish({"a.md": slugged("one"), "b.md": slugged("two")})
    snapshot = site.publish({"a.md": slugged("two"), "b.md": slugged("one")})
    assert addresses(snapshot) == {"a.md": "one/", "b.md": "two/"}
    assert redirects(snapshot) == {}
    assert codes(snapshot) == ["a.md:2:1 slug-conflict", "b.md:2:1 slug-conflict"]


def test_an_old_address_is_not_given_to_another_note_while_its_own_lives() -> None:
    """Neither the one that a note has, nor those that it had, whatever the other one asks for."""
    site = Site()
    site.publish({"b/notes.md": "one"})
    snapshot = site.publish({"b/notes.md": "one", "a/notes.md": "two", "notes.md": slugged("notes", "three")})
    assert addresses(snapshot)["b/notes.md"] == "notes/"
    assert addresses(snapshot)["a/notes.md"] == "a/notes/"
    assert addresses(snapshot)["notes.md"] == "notes-2/"
    snapshot = site.publish({"b/other.md": "one", "a/notes.md": "two"})
    assert addresses(snapshot) == {"b/other.md": "other/", "a/notes.md": "a/notes/"}
    assert redirects(snapshot) == {"notes/": "other/"}


def test_an_address_that_a_note_got_for_want_of_another_stays() -> None:
    """Nobody moves because another note goes; a written slug is asked for again."""
    site = Site()
    both = {
        "a/notes.md": "one",
        "b/notes.md": "two",
        "x.md": slugged("s", "three"),
        "y.md": slugged("s", "four"),
    }
    site.publish(both)
    site.publish({path: text for path, text in both.items() if path not in ("a/notes.md", "x.md")})
    snapshot = site.publish({"b/notes.md": "two", "y.md": slugged("s", "four")})
    assert addresses(snapshot) == {"b/notes.md": "b/notes/", "y.md": "s/"}
    assert redirects(snapshot) == {"s-2/": "s/"}


def test_a_note_that_is_written_in_other_letters_has_its_old_address_redirected() -> None:
    """Also where only the case differs."""
    site = Site()
    site.publish({"a.md": slugged("Foo")})
    assert redirects(site.publish({"A.md": slugged("foo", "edited")})) == {"Foo/": "foo/"}


def test_the_literal_form_of_an_unsafe_slug_redirects_for_good() -> None:
    """Readers of a former site may have it; a form that is dangerous is none."""
    site = Site()
    notes = {
        "a.md": slugged("3 pieces of advice"),
        "b.md": slugged('"../up and away"', "b"),
        "c.md": slugged("a%20b", "c"),
    }
    assert redirects(site.publish(notes)) == {"3 pieces of advice/": "3-pieces-of-advice/", "a b/": "a-20b/"}
    assert redirects(site.publish({"a.md": slugged("advice")})) == {
        "3 pieces of advice/": "advice/",
        "3-pieces-of-advice/": "advice/",
    }


def test_a_folder_of_notes_moves_in_one_step() -> None:
    """Three hundred addresses stay or redirect; neither equal texts nor empty ones confuse them."""
    site = Site()

    def folder(name: str) -> dict[str, str]:
        texts = {f"{name}/n{i}.md": slugged(f"{name}/n{i}", f"text {i // 2}") for i in range(300)}
        return {**texts, f"{name}/index.md": "", f"{name}/empty.md": slugged(f"{name}/void", "")}

    site.publish(folder("old"))
    snapshot = site.publish(folder("new"))
    expected = {f"old/n{i}/": f"new/n{i}/" for i in range(300)}
    assert redirects(snapshot) == {**expected, "old/": "new/", "old/void/": "new/void/"}
    assert codes(snapshot) == []


def test_texts_that_are_equal_prove_nothing() -> None:
    """The author is asked what became of the note."""
    site = Site()
    site.publish({"a.md": "todo", "b.md": "todo"})
    snapshot = site.publish({"c.md": "todo", "d.md": "todo"})
    assert redirects(snapshot) == {}
    assert codes(snapshot) == ["addresses.jsonl:2:1 address-lost", "addresses.jsonl:3:1 address-lost"]


def test_a_copy_of_a_note_is_another_note() -> None:
    """The original keeps its addresses, though its text has been edited."""
    site = Site()
    site.publish({"a.md": "text"})
    assert addresses(site.publish({"a.md": "edited", "b.md": "text"})) == {"a.md": "a/", "b.md": "b/"}


def test_a_note_that_is_moved_and_edited_is_known_by_its_name_or_its_slug() -> None:
    """Only where one note can be meant."""
    site = Site()
    site.publish({"x/One.md": "text", "x/two.md": slugged("zwei", "text two")})
    snapshot = site.publish(
        {"y/one.md": slugged("uno", "edited"), "y/other.md": slugged("zwei", "edited, too")}
    )
    assert redirects(snapshot) == {"one/": "uno/"}
    assert codes(snapshot) == []


def test_an_unpublished_note_keeps_its_addresses_and_nothing_leads_from_them() -> None:
    """Nobody else gets them, and no redirect reveals it (PB-3)."""
    site = Site()
    site.publish({"a.md": slugged("one", "text")})
    site.publish({"a.md": slugged("secret", "text")})
    draft = "---\nstatus: draft\nslug: secret\n---\ntext"
    snapshot = site.publish({"a.md": draft, "secret.md": "another", "one.md": "third"})
    assert addresses(snapshot) == {"secret.md": "secret-2/", "one.md": "one-2/"}
    assert redirects(snapshot) == {}
    assert redirects(site.publish({"moved/b.md": draft, "secret.md": "another"})) == {}
    assert redirects(site.publish({"moved/b.md": slugged("new", "text")})) == {
        "one/": "new/",
        "secret/": "new/",
    }


def test_a_note_that_is_left_out_by_a_setting_is_not_deleted() -> None:
    """It is on the disk: nobody gets its address, and nobody is asked where it leads."""
    site = Site()
    site.publish({"a.md": "text", "b.md": "more"})
    site.out_of_sight = frozenset(("a.md",))
    snapshot = site.publish({"b.md": "more", "c/a.md": "text"})
    assert addresses(snapshot) == {"b.md": "b/", "c/a.md": "c/a/"}
    assert codes(snapshot) == ["c/a.md:1:1 name-shared"]


def test_notes_that_are_deleted_together_are_reported_together() -> None:
    """Five are named one by one; more have gone for one reason."""
    site = Site()
    site.publish({f"n{i}.md": f"text {i}" for i in range(9)})
    few = site.publish({f"n{i}.md": f"text {i}" for i in range(5, 9)})
    assert len(codes(few)) == 5
    (problem,) = site.publish({"n8.md": "text 8"}).diagnostics
    assert str(problem).startswith(
        "addresses.jsonl:2:1: warning [address-lost] 8 addresses were those of notes"
    )
    assert "/n0/, /n1/, /n2/, /n3/, /n4/ and 3 more" in problem.message


def test_the_address_of_a_deleted_note_is_free_for_another() -> None:
    """The other old addresses of the deleted one wait for a word of the author."""
    site = Site()
    site.publish({"a.md": slugged("one", "text")})
    site.publish({"a.md": slugged("two", "text")})
    snapshot = site.publish({"b.md": slugged("two", "something else")})
    assert addresses(snapshot) == {"b.md": "two/"}
    assert redirects(snapshot) == {"one/": "two/"}  # it asks for the address in so many words
    snapshot = site.publish({"c.md": "third"})
    assert redirects(snapshot) == {}
    assert codes(snapshot) == ["addresses.jsonl:2:1 address-lost"]


@pytest.mark.parametrize(
    ("what", "to"), [('"gone":true', None), ('"to":"https://example.org/x/"', "https://example.org/x/")]
)
def test_a_deleted_note_is_gone_or_somewhere_else(what: str, to: str | None) -> None:
    """What the author has decided is in its line."""
    site = Site(f'{MARK}\n{{"address":"/a/","note":"a.md",{what},"old":["/b/"]}}\n{{"lost":"/c/",{what}}}\n')
    snapshot = site.publish({"x.md": "text"})
    assert redirects(snapshot) == {"a/": to, "b/": to, "c/": to}
    assert redirects(site.publish({"x.md": "text"})) == {"a/": to, "b/": to, "c/": to}
    assert codes(snapshot) == []


def test_the_home_page_has_no_old_address() -> None:
    """A note that was its text and is so no more takes nothing away from it."""
    site = Site()
    site.publish({"index.md": "home", "start.md": "start"})
    site.settings = replace(Settings(), home="start.md")
    snapshot = site.publish({"index.md": "home", "start.md": "start"})
    assert addresses(snapshot) == {"start.md": "", "index.md": "index/"}
    assert redirects(snapshot) == {"start/": ""}


def test_a_tag_a_category_and_a_hub_that_are_renamed_redirect() -> None:
    """All notes that had the old name have one new name, which was not there before."""

    def notes(tag: str, category: str, parent: str) -> dict[str, str]:
        front = f"---\ntags: [{tag}, all]\ncategory: {category}\n---\n\nup:: [[{parent}]]\n\n"
        return {f"n{i}.md": f"{front}text {i}" for i in range(8)}

    site = Site()
    site.publish(notes("a/one", "Old", "Hub One"))
    snapshot = site.publish(notes("b/two", "New", "Hub Two"))
    expected = {
        "tags/a/": "tags/b/",
        "tags/a/one/": "tags/b/two/",
        "category/old/": "category/new/",
        **{f"feeds/old.{kind}": f"feeds/new.{kind}" for kind in ("atom.xml", "rss.xml", "json")},
        "hub-one/": "hub-two/",
        "hub-one/all/": "hub-two/all/",
        **{f"hub-one/feed.{kind}": f"hub-two/feed.{kind}" for kind in ("atom.xml", "rss.xml", "json")},
    }
    assert redirects(snapshot) == expected
    written = {**notes("b/two", "New", "Hub Two"), "Hub Two.md": "written"}
    assert redirects(site.publish(written)) == expected
    assert addresses(site.publish(written))["Hub Two.md"] == "hub-two/"


def test_a_tag_that_is_given_up_leads_to_the_list_of_tags() -> None:
    """Where its notes have no one new tag, a reader finds what is nearest there."""
    site = Site()
    site.publish({"a.md": "---\ntags: [one, two]\nauthor: Ann\ncategory: C\n---\ntext"})
    assert redirects(site.publish({"a.md": "---\ntags: [two]\n---\ntext"})) == {
        "tags/one/": "tags/",
        "category/c/": "categories/",
        "author/ann/": "authors/",
    }
    site.settings = replace(Settings(), tag_aliases=(("one", "two"),))
    assert redirects(site.publish({"a.md": "---\ntags: [two]\n---\ntext"}))["tags/one/"] == "tags/two/"


def test_what_only_unpublished_notes_name_leaves_no_redirect() -> None:
    """Tags, categories, authors and hubs (PB-3)."""
    front = "tags: [canary/one]\ncategory: canary two\nauthor: canary three\nup: '[[canary four]]'"
    site = Site()
    site.publish({"a.md": f"---\n{front}\n---\none", "b.md": f"---\n{front}\n---\ntwo"})
    draft = f"---\nstatus: draft\n{front}\n---\none"
    assert redirects(site.publish({"a.md": draft})) == {}
    assert redirects(site.publish({"a.md": draft, "b.md": "two"})) == {}
    assert redirects(site.publish({"a.md": "one", "b.md": draft})) == {}


def test_aliases_redirect_by_setting_and_lose_to_everything() -> None:
    """To pages, to old addresses and to those of unpublished notes; never those of an unpublished note."""
    notes = {
        "a.md": "---\naliases: [Old Name, b, map, x, Shared]\n---\na",
        "b.md": "---\naliases: [Shared]\n---\nb",
        "c.md": "---\naliases: [canary]\nstatus: draft\n---\nc",
    }
    site = Site()
    site.publish({**notes, "x.md": "x"})
    site.publish({**notes, "y.md": "x"})
    assert redirects(site.link({**notes, "y.md": "x"})) == {"x/": "y/"}
    site.settings = replace(Settings(), alias_redirects=True)
    assert redirects(site.link({**notes, "y.md": "x"})) == {"old-name/": "a/", "shared/": "a/", "x/": "y/"}
    assert "old-name" not in format_ledger(site.link({**notes, "y.md": "x"}).ledger)


def test_addresses_of_a_former_site_lead_to_pages_that_every_site_has() -> None:
    """A line may be about such a page, or about a note that has not been published yet."""
    site = Site(
        f'{MARK}\n{{"note":"a.md","old":["/2019/a.html"]}}\n{{"old":["/archives.html"],"page":"/archive/"}}\n'
    )
    assert redirects(site.publish({"a.md": "text"})) == {"2019/a.html": "a/", "archives.html": "archive/"}


def test_both_sides_of_a_merge_count() -> None:
    """A note was renamed on one side and edited on the other: whoever keeps all lines is right."""
    site = Site()
    site.publish({"a.md": "text"})
    theirs = Site(site.ledger)
    site.publish({"b.md": "text"})
    theirs.publish({"a.md": "text, edited"})
    merged = Site("".join(dict.fromkeys(line + "\n" for line in (site.ledger + theirs.ledger).splitlines())))
    snapshot = merged.publish({"b.md": "text, edited"})
    assert redirects(snapshot) == {"a/": "b/"}
    assert codes(snapshot) == []
    assert merged.ledger.count("\n") == 2


def test_an_address_of_two_living_notes_is_reported() -> None:
    """Two sides of a merge have given it away: the first keeps it, and the author decides."""
    site = Site(f'{MARK}\n{{"address":"/x/","note":"a.md"}}\n{{"address":"/X/","note":"b.md"}}\n')
    snapshot = site.link({"a.md": slugged("x", "a"), "b.md": slugged("X", "b")})
    assert addresses(snapshot) == {"a.md": "x/", "b.md": "X-2/"}
    assert "addresses.jsonl:3:1 ledger-damaged" in codes(snapshot)


def test_nothing_changes_when_nothing_changes() -> None:
    """The ledger of a vault that is published again is the same, byte for byte."""
    notes = {"a.md": "one #t", "b.md": slugged("s p", "two"), "c.md": "---\nstatus: draft\n---\nthree"}
    site = Site()
    site.publish(notes)
    before = site.ledger
    site.publish(dict(reversed(notes.items())))
    assert site.ledger == before
    assert before.startswith(MARK + "\n")
    assert Node("note", "c.md").key not in before


def test_thousands_of_lines_cost_little() -> None:
    """Reading, matching and writing them takes time in proportion to their number."""
    lines = [
        f'{{"address":"/n{i}/","content":"{i:016x}","note":"old/n{i}.md","old":["/o{i}/"]}}'
        for i in range(3_000)
    ]
    note = read_note("x")
    notes = {
        VaultPath(f"new/n{i}.md"): replace(note, path=VaultPath(f"new/n{i}.md"), text_hash=f"{i:016x}")
        for i in range(3_000)
    }
    start = time.process_time()
    ledger = parse_ledger("\n".join((MARK, *lines)))
    snapshot = link_vault(notes, [], Settings(), ledger)
    format_ledger(snapshot.ledger)
    took = time.process_time() - start
    assert len(snapshot.redirects) == 3_000
    assert took < 6
