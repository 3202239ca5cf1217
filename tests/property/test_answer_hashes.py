"""The hashes of answers tell what two catalogs answer in different ways, and know all that is ever asked."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from garden.linking.relation import Node
from garden.model.settings import Settings
from garden.publishing.note_lists import note_lists
from garden.rendering.catalog import Catalog
from garden.rendering.files.previews import preview
from garden.rendering.files.search.index import SearchIndex
from garden.rendering.files.sitemap import sitemap
from garden.rendering.pages.all import generated_pages, node_view
from garden.rendering.renewed_catalog import renewed_catalog
from garden.rendering.tracking import comparison
from garden.rendering.tracking.answer_hashes import answer_hashes, different_answers
from garden.rendering.tracking.comparison import changed_questions
from garden.rendering.tracking.questions import Question, StableTracker, Tracker
from garden.rendering.tracking.subjects import FACT_OF_ALL, INDEX_OF_RELATED, PART_OF_NOTE
from garden.rendering.tracking.tracked_catalog import TrackedCatalog
from garden.vault.scan import scan
from garden.vault.site import Site, read_site
from tests.property.test_linking import EVERYTHING
from tests.support.effort import effort
from tests.support.random_author import RandomAuthor
from tests.support.vault import read_vault

OTHERWISE_KNOWN = (PART_OF_NOTE, FACT_OF_ALL, INDEX_OF_RELATED)
"""Subjects without hashes: of notes the files are known, and what is related is one question about a page."""


def site_of(root: Path, settings: Settings) -> Site:
    """Read and link a vault."""
    return read_site(scan(root, settings), settings)


def asked_about(site: Site) -> tuple[Tracker, Catalog]:
    """Make everything that a site consists of; return what was asked of which catalog."""
    tracker = Tracker()
    plain = Catalog(site.snapshot, site.settings)
    catalog = TrackedCatalog(plain, tracker)
    bodies = catalog.bodies(site.body)
    for node in site.snapshot.addresses:
        node_view(catalog, bodies, node)
        preview(catalog, node)
        catalog.short_trail(node)
    for make in (*generated_pages(catalog).values(), *note_lists(catalog, bodies).values()):
        list(make())
    list(SearchIndex().files(catalog, bodies))
    list(sitemap(catalog, []))
    return tracker, plain


def with_hash(tracker: Tracker, numbers: frozenset[int]) -> Iterator[Question]:
    """Yield those of the questions with these numbers that have a hash."""
    for subject, known in tracker.subjects.items():
        if not subject.startswith(OTHERWISE_KNOWN):
            yield from (Question(subject, key) for key, number in known.items() if number in numbers)


def is_position(question: Question) -> bool:
    """Say whether a question is about the place of a note among all, of which only the order counts."""
    return question.subject == "positions"


@pytest.mark.parametrize("seed", range(effort(6, 60)))
def test_another_answer_has_another_hash(tmp_path: Path, seed: int) -> None:
    """Whatever an author does, each answer that is another one is noticed; and what is missing here, no page has."""
    random = Random(seed)
    author = RandomAuthor(tmp_path, seed, notes=8)
    settings = (
        replace(EVERYTHING, reading=replace(EVERYTHING.reading, outlines=True)) if seed % 2 else Settings()
    )
    tracker, before = asked_about(site_of(author.vault, settings))
    stable = StableTracker()
    old = dict(answer_hashes(before, stable))
    for _ in range(4):
        for _ in range(random.randrange(1, 3)):
            author.edit()
        site = site_of(author.vault, settings)
        after = Catalog(site.snapshot, site.settings)
        new = dict(answer_hashes(after, stable))
        for question in with_hash(tracker, changed_questions(tracker, before, after)):
            number = stable.number(*question)
            assert old.get(number) != new.get(number) or is_position(question), question
        for node in before.snapshot.addresses:
            if node in after.snapshot.addresses and _related(before, node) != _related(after, node):
                number = stable.number("related", node)
                assert old[number] != new[number], node


@pytest.mark.parametrize("seed", range(effort(6, 60)))
def test_no_other_answer_has_changed_than_those_compared(
    tmp_path: Path, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where what an answer rests on is the very same, only changed notes are looked at: all answers to all questions say no more."""
    author = RandomAuthor(tmp_path, seed, notes=12)
    site = site_of(author.vault, EVERYTHING)
    tracker, before = asked_about(site)
    for _ in range(8):
        author.edit()
        site = read_site(scan(author.vault, EVERYTHING), EVERYTHING, None, site)
        after = renewed_catalog(before, site.snapshot, {})
        found = changed_questions(tracker, before, after)
        with monkeypatch.context() as all_of_them:
            all_of_them.setattr(comparison, "_may_differ_elsewhere", lambda *_: True)
            assert found == changed_questions(tracker, before, after)
        before = after


BELOW = {
    "x.md": "Words.\n",
    "y.md": "Words.\n",
    "b.md": "up:: [[y]]\n",
    "d.md": "up:: [[x]]\n",
    "a.md": "up:: [[x]]\n",
    "c.md": "up:: [[a]]\n",
}
FROM_OTHERS = {
    "another parent of the parent": (BELOW, {"a.md": "up:: [[y]]\n"}, Question("card", "c.md")),
    "another title of the parent": (
        BELOW,
        {"a.md": "---\ntitle: aa\n---\nup:: [[x]]\n"},
        Question("card", "c.md"),
    ),
    "another spelling of a parent without a note": (
        {"a.md": "up:: [[hub]]\n", "b.md": "up:: [[hub]]\n"},
        {"a.md": "up:: [[Hub]]\n", "b.md": "up:: [[Hub]]\n"},
        Question("title", Node("hub", "hub")),
    ),
    "another spelling of a tag": (
        {"a.md": "#some\n", "b.md": "#some\n", "c.md": "Words.\n", "d.md": "Words.\n"},
        {"a.md": "#Some\n", "b.md": "#Some\n"},
        Question("title", Node("tag", "some")),
    ),
    "another spelling of a category": (
        {"a.md": "---\ncategory: some\n---\n", "b.md": "---\ncategory: some\n---\n"},
        {"a.md": "---\ncategory: Some\n---\n", "b.md": "---\ncategory: Some\n---\n"},
        Question("title", Node("category", "some")),
    ),
}


@pytest.mark.parametrize("name", FROM_OTHERS)
def test_an_answer_changes_with_other_notes(tmp_path: Path, name: str) -> None:
    """What an answer rests on besides its note is not always the very same."""
    notes, changes, question = FROM_OTHERS[name]
    for path, text in notes.items():
        (tmp_path / path).write_text(text)
    site = site_of(tmp_path, Settings())
    tracker, before = asked_about(site)
    tracker.ask(*question)
    for path, text in changes.items():
        (tmp_path / path).write_text(text)
    site = read_site(scan(tmp_path, Settings()), Settings(), None, site)
    found = changed_questions(tracker, before, renewed_catalog(before, site.snapshot, {}))
    assert tracker.numbers(question.subject)[question.key] in found


def _related(catalog: Catalog, node: Node) -> Any:
    return list(catalog.related_notes.shared(node))


@pytest.mark.parametrize("seed", range(effort(4, 20)))
def test_every_answer_has_a_hash(tmp_path: Path, seed: int) -> None:
    """Of all that is asked in making a site: what has none is an entry that is not there."""
    author = RandomAuthor(tmp_path, seed, notes=12)
    settings = (
        replace(EVERYTHING, reading=replace(EVERYTHING.reading, outlines=True)) if seed % 2 else Settings()
    )
    tracker, catalog = asked_about(site_of(author.vault, settings))
    stable = StableTracker()
    hashes = dict(answer_hashes(catalog, stable))
    empty = Catalog(site_of(tmp_path / "nothing", settings).snapshot, settings)
    every = frozenset(number for known in tracker.subjects.values() for number in known.values())
    there = changed_questions(tracker, catalog, empty)
    for question in with_hash(tracker, every & there):
        assert stable.number(*question) in hashes, question


UNDER_HUB = {
    "hub.md": "Words.\n",
    "x.md": "Words.\n",
    "a.md": "up:: [[hub]]\n",
    "b.md": "up:: [[hub]]\nup:: [[x]]\n",
}
OTHERWISE = {
    "a link that led nowhere leads to a draft": (
        {"a.md": "See [[b]].\n"},
        {"b.md": "---\nstatus: draft\n---\nWords.\n"},
        [Question("resolutions", "a.md")],
    ),
    "another child": (
        UNDER_HUB,
        {"c.md": "up:: [[hub]]\n"},
        [Question("siblings", Node("note", name)) for name in ("a.md", "b.md")],
    ),
    "another child below a child": (
        UNDER_HUB,
        {"c.md": "up:: [[a]]\n"},
        [Question("pages of branches", Node("note", "hub.md"))],
    ),
    "another child three levels below": (
        {**UNDER_HUB, "c.md": "up:: [[a]]\n"},
        {"d.md": "up:: [[c]]\n"},
        [Question("pages of branches", Node("note", "hub.md"))],
    ),
    "a child whose shortest trail leads through another parent": (
        {**UNDER_HUB, "c.md": "up:: [[b]]\n"},
        {"hub.md": "up:: [[top]]\n", "top.md": "Words.\n"},
        [Question("pages of branches", Node("note", "hub.md"))],
    ),
    "a note that gets its address before another one": (
        {"a.md": "Words.\n", "b.md": "Words.\n"},
        {"b.md": "---\nslug: wanted\n---\n"},
        [Question("keys of addresses", None)],
    ),
    "another title": (
        {"a.md": "Words.\n", "b.md": "up:: [[a]]\n"},
        {"a.md": "---\ntitle: Other\n---\nWords.\n"},
        [
            Question("positions", "a.md"),
            Question("card", "b.md"),
            *(Question(subject, Node("note", "a.md")) for subject in ("title", "link", "mention")),
        ],
    ),
    "another note of the same tag": (
        {"a.md": "#rare\n", "b.md": "Words.\n"},
        {"b.md": "Words. #rare\n"},
        [Question("related", Node("note", "a.md"))],
    ),
    "a note that says how far it has grown": (
        {"a.md": "Words.\n"},
        {"a.md": "---\nmaturity: seedling\n---\nWords.\n"},
        [Question("freshness", Node("note", "a.md"))],
    ),
}


@pytest.mark.parametrize("name", OTHERWISE)
def test_each_kind_of_answer_has_its_hash(name: str) -> None:
    """An answer is not mistaken for another one that has the same fields, or that is as long."""
    before, changes, questions = OTHERWISE[name]
    stable = StableTracker()
    old, new = (
        dict(answer_hashes(Catalog(read_vault(notes), Settings()), stable))
        for notes in (before, {**before, **changes})
    )
    for question in questions:
        assert old.get(stable.number(*question)) != new.get(stable.number(*question)), question


def test_answers_that_come_and_go_differ() -> None:
    """Not only those that are others."""
    assert different_answers({1: 1, 2: 2, 3: 3}, {1: 1, 2: 5, 4: 4}) == {2, 3, 4}


def test_an_unchanged_vault_has_the_same_hashes(tmp_path: Path) -> None:
    """Nothing in them comes from the process that has made them."""
    author = RandomAuthor(tmp_path, 3, notes=15)
    one, other = (
        dict(answer_hashes(Catalog(site_of(author.vault, Settings()).snapshot, Settings()), StableTracker()))
        for _ in range(2)
    )
    assert one == other
