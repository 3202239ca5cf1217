"""What a page has looked up is recorded, however often and by whichever page it was looked up before."""

from collections.abc import Callable
from typing import Any

import pytest

from garden.linking.relation import Node, NoteGroup
from garden.model.body import Body
from garden.model.names import VaultPath
from garden.model.settings import Settings
from garden.rendering.catalog import Catalog
from garden.rendering.tracking.comparison import changed_questions
from garden.rendering.tracking.questions import AnyTracker, StableTracker, Tracker, untracked
from garden.rendering.tracking.tracked_catalog import TrackedCatalog
from tests.support.vault import read_vault

NOTES = {
    "hub.md": "Words.\n",
    "a.md": "---\nmaturity: seedling\ntags: [t]\ndate: 2024-01-02\n---\nup:: [[hub]]\n\nText.\n",
    "b.md": "up:: [[hub]]\n\nSee [[a]].\n",
}
A = Node("note", "a.md")
QUESTIONS: dict[str, Callable[[Catalog], Any]] = {
    "title": lambda catalog: catalog.title(A),
    "marked_title": lambda catalog: catalog.marked_title(A),
    "title_order": lambda catalog: catalog.title_order(A),
    "link": lambda catalog: catalog.link(A),
    "mention": lambda catalog: catalog.mention(A),
    "related": lambda catalog: catalog.related(A, False, ()),
    "tree_node": lambda catalog: catalog.tree_node(A, summary=True),
    "summary": lambda catalog: catalog.summary(A),
    "card": lambda catalog: catalog.card("a.md"),
    "freshness": lambda catalog: catalog.freshness(A),
    "language": lambda catalog: catalog.language(A),
    "is_listed": lambda catalog: catalog.is_listed(A),
    "is_draft": lambda catalog: catalog.is_draft(A),
    "short_trail": lambda catalog: catalog.short_trail(A),
    "url": lambda catalog: catalog.url(A),
    "shape": lambda catalog: catalog.shape(A).children.get(A),
    "places": lambda catalog: catalog.places.count,
    "order": lambda catalog: catalog.order.get(A),
    "paths": lambda catalog: catalog.paths.get(A),
    "listed": lambda catalog: catalog.listed,
    "most_cited": lambda catalog: catalog.most_cited,
    "nodes": lambda catalog: catalog.nodes,
    "roots": lambda catalog: catalog.branches.roots,
    "loose notes": lambda catalog: catalog.branches.loose,
    "pages of a branch": lambda catalog: catalog.branches.pages(A),
    "cites": lambda catalog: catalog.cites(VaultPath("a.md")),
    "related notes": lambda catalog: catalog.related_notes.of(A).strength,
    "body": lambda catalog: catalog.bodies(lambda _: Body())(VaultPath("a.md")),
    "document": lambda catalog: catalog.snapshot.documents[VaultPath("a.md")],
    "whether there is a note": lambda catalog: "a.md" in catalog.snapshot.documents,
    "number of notes": lambda catalog: len(catalog.snapshot.documents),
    "all notes": lambda catalog: list(catalog.snapshot.documents),
    "tag": lambda catalog: catalog.snapshot.tags["t"],
    "whether there is a tag": lambda catalog: "t" in catalog.snapshot.tags,
    "number of tags": lambda catalog: len(catalog.snapshot.tags),
    "all tags": lambda catalog: list(catalog.snapshot.tags),
    "query": lambda catalog: untracked(catalog.snapshot, frozenset(("tags",))),
}


def catalog_of(notes: dict[str, str]) -> Catalog:
    """Look things up in the vault of these notes."""
    return Catalog(read_vault(notes), Settings())


@pytest.mark.parametrize("kind", [Tracker, StableTracker])
@pytest.mark.parametrize("name", QUESTIONS)
def test_what_is_looked_up_again_is_recorded_again(name: str, kind: type[AnyTracker]) -> None:
    """The page that asks second depends on the answer as the first one does."""
    tracker = kind()
    catalog = TrackedCatalog(catalog_of(NOTES), tracker)
    recorded = []
    for _ in range(2):
        with tracker.recording() as asked:
            QUESTIONS[name](catalog)
        recorded.append(set(asked))
    assert recorded[0]
    assert recorded[0] == recorded[1]


@pytest.mark.parametrize("name", ["freshness", "tree_node"])
def test_a_note_that_has_grown_concerns_whoever_shows_it(name: str) -> None:
    """Only those who have asked how far it has grown."""
    tracker = Tracker()
    before = catalog_of(NOTES)
    tracked = TrackedCatalog(before, tracker)
    tracked.freshness(A)  # by another page
    with tracker.recording() as asked:
        QUESTIONS[name](tracked)
    with tracker.recording() as others:
        tracked.title(A)
    after = catalog_of({**NOTES, "a.md": NOTES["a.md"].replace("seedling", "evergreen")})
    changed = changed_questions(tracker, before, after)
    assert changed & set(asked)
    assert not changed & set(others)


def concerned(name: str, changes: dict[str, str]) -> bool:
    """Say whether who has asked a question is concerned when some notes are others."""
    tracker = Tracker()
    before = catalog_of(NOTES)
    with tracker.recording() as asked:
        ASKED[name](TrackedCatalog(before, tracker))
    return not changed_questions(tracker, before, catalog_of({**NOTES, **changes})).isdisjoint(asked)


ASKED: dict[str, Callable[[Catalog], Any]] = {
    "order of listings": lambda catalog: catalog.newest_first(NoteGroup("t", "t", ("a.md", "b.md"))),
    "date": lambda catalog: catalog.document("a.md").meta.date,
    "siblings": lambda catalog: catalog.snapshot.siblings.get(A),
}


@pytest.mark.parametrize(
    ("name", "changes", "is_concerned"),
    [
        ("order of listings", {"new.md": "---\ndate: 2025-01-02\n---\n"}, False),
        ("order of listings", {"a.md": NOTES["a.md"].replace("2024", "2023")}, True),
        ("order of listings", {"b.md": "---\ntitle: Another\n---\nup:: [[hub]]\n"}, True),
        ("date", {"a.md": NOTES["a.md"].replace("tags: [t]", "tags: [t]\naliases: [other]")}, False),
        ("date", {"a.md": NOTES["a.md"].replace("2024", "2023")}, True),
        ("siblings", {"b.md": "See [[a]] and [[hub]].\n"}, True),
        ("siblings", {"new.md": "up:: [[hub]]\n"}, True),
        ("siblings", {"new.md": "up:: [[a]]\n"}, False),
    ],
)
def test_only_a_change_of_what_was_asked_concerns_who_has_asked(
    name: str, changes: dict[str, str], is_concerned: bool
) -> None:
    """A new note moves all others in listings, but not among themselves; an alias does not alter a date."""
    assert concerned(name, changes) is is_concerned
