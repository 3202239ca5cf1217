"""Whatever is renamed, moved, held back or merged: an address that was published answers with its own text (PB-6)."""

from dataclasses import dataclass, field

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from garden.linking.ledger.text import format_ledger, parse_ledger
from garden.linking.link_vault import link_vault
from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath
from garden.model.settings import Settings
from tests.support.effort import effort
from tests.support.vault import read_note

PATHS = ["a.md", "A.md", "b.md", "x/a.md", "x/b.md", "x/index.md", "y/a.md", "y/z/b.md", "3 c.md"]
SLUGS = ["", "a", "A", "b", "a b", "x/a", "x", "map", "tags/t", "a-2"]

EDITS = st.lists(
    st.tuples(
        st.sampled_from(["move", "slug", "draft", "delete", "add", "folder", "publish"]),
        st.integers(0, 20),
        st.sampled_from(PATHS),
        st.sampled_from(SLUGS),
    ),
    max_size=25,
)


@dataclass
class Note:
    """A note whose number is its text, which tells it apart from all others."""

    number: int
    slug: str = ""
    draft: bool = False

    @property
    def text(self) -> str:
        """What the file holds."""
        status = "draft" if self.draft else "published"
        slug = f"slug: {self.slug}\n" if self.slug else ""
        return f"---\nstatus: {status}\n{slug}---\ntext {self.number} #t\n"


@dataclass
class Story:
    """A vault, its ledger, and which note each published address has belonged to last."""

    notes: dict[str, Note] = field(default_factory=dict)
    ledger: str = ""
    seen: dict[str, int] = field(default_factory=dict)
    last: dict[str, int] = field(default_factory=dict)
    added: int = 0

    def edit(self, what: str, which: int, path: str, slug: str) -> None:
        """Do one thing to one note; a file is never moved to where another one is."""
        if what == "add" and path not in self.notes:
            self.added += 1
            self.notes[path] = Note(self.added, slug)
        elif what == "folder":
            for old in [old for old in self.notes if old.startswith("x/")]:
                self.notes.setdefault("moved" + old, self.notes[old])
                if self.notes["moved" + old] is self.notes[old]:
                    del self.notes[old]
        elif what == "publish":
            self.publish()
        elif self.notes:
            old = sorted(self.notes)[which % len(self.notes)]
            if what == "move" and path not in self.notes:
                self.notes[path] = self.notes.pop(old)
            elif what == "slug":
                self.notes[old].slug = slug
            elif what == "draft":
                self.notes[old].draft = not self.notes[old].draft
            elif what == "delete":
                del self.notes[old]

    def publish(self) -> Snapshot:
        """Publish, and hold every promise against what comes of it."""
        assume(not self._is_ambiguous())
        documents = {VaultPath(path): read_note(note.text, path) for path, note in self.notes.items()}
        snapshot = link_vault(documents, [], Settings(), parse_ledger(self.ledger))
        self.ledger = format_ledger(snapshot.ledger)
        assert format_ledger(parse_ledger(self.ledger)) == self.ledger
        again = link_vault(documents, [], Settings(), parse_ledger(self.ledger))
        assert again.addresses == snapshot.addresses
        assert again.redirects == snapshot.redirects
        self._check(snapshot)
        return snapshot

    def _is_ambiguous(self) -> bool:
        """Say whether a file has replaced that of another note which is elsewhere now, and came from nowhere.

        The copy of a note whose original is edited looks the same, and so do two files that were swapped: there the
        path decides.
        """
        places = {number: path for path, number in self.last.items()}
        present = {note.number for note in self.notes.values()}
        for start, number in self.last.items():
            path, passed = start, set[str]()
            while path in self.notes and self.notes[path].number != self.last.get(path):
                came_from = places.get(self.notes[path].number)
                if came_from is None or path in passed:
                    if number in present:
                        return True
                    break
                passed.add(path)
                path = came_from
        return False

    def _check(self, snapshot: Snapshot) -> None:
        pages = {
            url: self.notes[node.key].number
            for node, url in snapshot.addresses.items()
            if node.kind == "note"
        }
        redirects = {redirect.old: redirect.to for redirect in snapshot.redirects}
        assert len({url.casefold() for url in pages}) == len(snapshot.addresses)
        assert not set(redirects) & (set(pages) | set(redirects.values()))
        published = {note.number for note in self.notes.values() if not note.draft}
        present = {note.number for note in self.notes.values()}
        for url, number in list(self.seen.items()):
            answers = pages.get(redirects.get(url) or url)
            if number in published and url:
                assert answers == number, f"/{url} was that of {number}"
            elif number in present and url:
                assert answers is None, f"/{url} belongs to {number}, which is a draft"
        self.seen |= pages
        known = set(self.seen.values())
        self.last = {path: note.number for path, note in self.notes.items() if note.number in known}
        # Letters that differ in case alone are one address.
        self.seen |= {old: pages[to] for old, to in redirects.items() if to in pages}


@settings(max_examples=effort(40, 1000), deadline=None)
@given(EDITS)
def test_every_address_answers_with_its_own_text(edits: list[tuple[str, int, str, str]]) -> None:
    """After each publication, with one redirect at most; drafts keep their addresses, and nothing leads to them."""
    story = Story({"a.md": Note(100), "x/b.md": Note(101, "b")})
    story.publish()
    for edit in edits:
        story.edit(*edit)
    story.publish()
    assert Node("note", "nowhere.md") not in story.publish().addresses
