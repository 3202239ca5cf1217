"""A snapshot that follows a changed text without linking again is the snapshot that linking gives."""

from collections.abc import Mapping
from random import Random
from typing import Any

import pytest
from msgspec.structs import replace

from garden.linking.incremental.changed_text import with_changed_text
from garden.linking.link_vault import link_vault
from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath
from garden.model.note import Document, Source
from garden.model.settings import Settings
from garden.reading.document import read_document
from garden.rendering.catalog import Catalog
from garden.rendering.related.related_notes import RelatedNotes
from garden.rendering.tracking.answer_hashes import answer_hashes, different_answers
from garden.rendering.tracking.questions import StableTracker
from garden.rendering.tracking.text_changes import changed_by_text, changed_related
from tests.property.test_linking import EVERYTHING
from tests.support.effort import effort

WITH_SOURCES = replace(EVERYTHING, reading=replace(EVERYTHING.reading, outlines=True))
SETTINGS = Settings()
NAMES = ["a.md", "b.md", "c/c.md", "list.md"]
FRONTS = [
    "",
    "---\nBC-list-note-field: down\ntags: [t]\n---\n",
    "---\nup: '[[b]]'\nBC-tag-note-tag: t\n---\n",
]
PARTS = [
    "Words.",
    "More words, and [[nobody]].",
    "[[a#part]] and [[b#^one]] and [[#part]]",
    "## part",
    "## other",
    "text ^one",
    "- [[a]]\n  - [[b]]",
    "up:: [[c]]",
    "[back](#other) and [[a]], [there](b.md#part), [[list]], ![[b]]",
    "- an item\n- another",
    "![[drawing.svg]] and [[board.canvas]]",
    "up:: nothing here, same:: [[a]]",
    "#t",
    "![[list#part]]",
]


def read(name: str, text: str, settings: Settings = SETTINGS) -> Document:
    """A note as it says of itself."""
    return read_document(Source(VaultPath(name), text, str(hash(text))), settings.reading)


def linked(texts: dict[str, str], settings: Settings) -> Snapshot:
    """The vault of some texts."""
    notes = {VaultPath(name): read(name, text, settings) for name, text in texts.items()}
    return link_vault(notes, [VaultPath("drawing.svg")], settings)


def bare(snapshot: Snapshot) -> Snapshot:
    """What of a snapshot can be compared."""
    return replace(
        snapshot,
        siblings=dict(snapshot.siblings),
        resolutions=dict(snapshot.resolutions),
        documents=dict(snapshot.documents),
        backlinks={node: found for node, found in snapshot.backlinks.items() if found},
        ledger=replace(snapshot.ledger, lines={}),
    )


@pytest.mark.parametrize("settings", [SETTINGS, WITH_SOURCES], ids=["typed links", "every source"])
@pytest.mark.parametrize("seed", range(effort(25, 1000)))
def test_what_is_not_linked_again_is_what_linking_gives(seed, settings):
    """Whatever is put in, taken out or moved, change after change; so are the indexes of related notes."""
    random = Random(seed)
    parts = {name: random.choices(PARTS, k=random.randrange(1, 6)) for name in NAMES}
    fronts = {name: random.choice(FRONTS) for name in NAMES}
    texts = {name: fronts[name] + "\n\n".join(parts[name]) for name in NAMES}
    snapshot = linked(texts, settings)
    related = related_notes(snapshot)
    for _ in range(4):
        name = random.choice(NAMES)
        changed = parts[name]
        match random.randrange(4):
            case 0:
                random.shuffle(changed)
            case 1 if changed:
                changed.pop(random.randrange(len(changed)))
            case _:
                new = random.choice([*PARTS, "Words.", "Words.\n" * 3])
                changed.insert(random.randrange(len(changed) + 1), new)
        if random.random() < 0.2:
            fronts[name] = "---\nsummary: In short.\n---\n" if not fronts[name] else fronts[name]
        texts[name] = fronts[name] + "\n\n".join(changed)
        document = read(name, texts[name], settings)
        followed = with_changed_text(snapshot, document, only_text=bool(settings.edge_sources))
        again = linked(texts, settings)
        if followed is None:
            snapshot, related = again, related_notes(again)
            continue
        assert bare(followed) == bare(again)
        changes = related.changes(followed, document.path)
        known = known_changes(snapshot, followed, related.concerned(changes))
        assert known >= different(snapshot, followed, settings)
        snapshot, related = followed, related.with_changes(changes)
        assert indexes(related) == indexes(related_notes(again))


def different(before: Snapshot, after: Snapshot, settings: Settings) -> set[int]:
    """The questions about anything but parts of notes whose answers differ."""
    catalogs = (Catalog(snapshot, settings) for snapshot in (before, after))
    return different_answers(*(dict(answer_hashes(catalog, StableTracker())) for catalog in catalogs))


def known_changes(before: Snapshot, after: Snapshot, related: frozenset[Node]) -> set[int]:
    """The questions that a build asks again after a text has changed; all are of those to which a text may change the answer."""
    tracker = StableTracker()
    paths = [
        path
        for path, note in after.documents.items()
        if (before.documents[path], before.resolutions[path]) != (note, after.resolutions[path])
    ]
    found = {number for path in paths for number in changed_by_text(tracker, path, before, after)}
    found.update(changed_related(tracker, related))
    assert all(number < 0 for number in found)
    return found


def related_notes(snapshot: Snapshot) -> RelatedNotes:
    """The indexes of a vault."""
    return RelatedNotes(snapshot, (path for path, note in snapshot.documents.items() if note.listed))


def indexes(related: RelatedNotes) -> dict[str, list[tuple[Any, Any]]]:
    """All that a page can look up in some indexes, with the order of what it walks through."""
    ordered = {
        name: {
            key: list(value.items()) if isinstance(value, Mapping) else value for key, value in index.items()
        }
        for name, index in vars(related).items()
        if isinstance(index, dict)
    }
    return {
        name: sorted(((key, value) for key, value in index.items() if value), key=str)
        for name, index in ordered.items()
    }


def test_most_changed_texts_are_followed():
    """In a note with problems, in one whose parts others lead to, and in one that leads to its own."""
    texts = {
        "a.md": "[[b#part]] and [[nobody]]",
        "b.md": "Words.\n\n## part\n\n[[#part]] and [[nobody]]",
    }
    before = linked(texts, SETTINGS)
    for name, text in texts.items():
        after = {**texts, name: "One sentence more.\n\n" + text}
        followed = with_changed_text(before, read(name, after[name]))
        assert followed is not None
        assert bare(followed) == bare(linked(after, SETTINGS))


def test_a_link_that_crosses_a_heading_is_not_a_sentence():
    """List notes take the items below a heading."""
    before = linked({"a.md": "- [[b]]\n\n## part", "b.md": ""}, WITH_SOURCES)
    assert with_changed_text(before, read("a.md", "## part\n\n- [[b]]", WITH_SOURCES)) is None


@pytest.mark.parametrize(
    "text",
    [
        "Words, and [[b]].",
        "[[a]] no more",
        "[[b#part]] and [[a]]",
        "[[a]]\n\n## heading",
        "---\nsummary: In short\n---\n[[a]]",
        "[[a]]\n\n- item",
        "[there](b.md) and [[a]] and ![[b]]",
    ],
)
def test_a_new_link_or_heading_is_followed(text):
    """It concerns the note itself and what it cites."""
    texts = {"a.md": "[[b#part]]", "b.md": "## part", "c.md": "[[a]]"}
    before = linked(texts, SETTINGS)
    followed = with_changed_text(before, read("c.md", text), only_text=False)
    assert followed is not None
    assert bare(followed) == bare(linked({**texts, "c.md": text}, SETTINGS))
    assert with_changed_text(followed, read("c.md", "[[nobody]]"), only_text=False) is None
