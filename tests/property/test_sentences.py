"""A snapshot that follows a changed text without linking again is the snapshot that linking gives."""

from random import Random

import pytest
from msgspec.structs import replace

from garden.linking.sentences import with_sentences
from garden.linking.snapshot import Snapshot, link_vault
from garden.model.names import VaultPath
from garden.model.note import Document, Source
from garden.model.settings import Settings
from garden.reading.document import read_document
from tests.property.test_linking import EVERYTHING
from tests.support.effort import effort

SETTINGS = replace(EVERYTHING, reading=replace(EVERYTHING.reading, outlines=True))
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
    "up:: nothing here, same:: [[a]]",
    "#t",
    "![[list#part]]",
]


def read(name: str, text: str) -> Document:
    """A note as it says of itself."""
    return read_document(Source(VaultPath(name), text, str(hash(text))), SETTINGS.reading)


def linked(texts: dict[str, str], settings: Settings) -> Snapshot:
    """The vault of some texts."""
    return link_vault({VaultPath(name): read(name, text) for name, text in texts.items()}, [], settings)


def bare(snapshot: Snapshot) -> Snapshot:
    """What of a snapshot can be compared."""
    return replace(
        snapshot,
        siblings=dict(snapshot.siblings),
        resolutions=dict(snapshot.resolutions),
        documents=dict(snapshot.documents),
        ledger=replace(snapshot.ledger, lines={}),
    )


@pytest.mark.parametrize("seed", range(effort(40, 1000)))
def test_what_is_not_linked_again_is_what_linking_gives(seed):
    """Whatever is put in, taken out or moved."""
    random = Random(seed)
    parts = {name: random.choices(PARTS, k=random.randrange(1, 6)) for name in NAMES}
    fronts = {name: random.choice(FRONTS) for name in NAMES}
    texts = {name: fronts[name] + "\n\n".join(parts[name]) for name in NAMES}
    before = linked(texts, SETTINGS)
    name = random.choice(NAMES)
    changed = parts[name]
    match random.randrange(4):
        case 0:
            random.shuffle(changed)
        case 1:
            changed.pop(random.randrange(len(changed)))
        case _:
            changed.insert(random.randrange(len(changed) + 1), random.choice(["Words.", "Words.\n" * 3]))
    texts[name] = fronts[name] + "\n\n".join(changed)
    followed = with_sentences(before, read(name, texts[name]))
    if followed is not None:
        assert bare(followed) == bare(linked(texts, SETTINGS))


def test_most_sentences_are_followed():
    """In a note with problems, in one whose parts others lead to, and in one that leads to its own."""
    texts = {
        "a.md": "[[b#part]] and [[nobody]]",
        "b.md": "Words.\n\n## part\n\n[[#part]] and [[nobody]]",
    }
    before = linked(texts, SETTINGS)
    for name, text in texts.items():
        after = {**texts, name: "One sentence more.\n\n" + text}
        followed = with_sentences(before, read(name, after[name]))
        assert followed is not None
        assert bare(followed) == bare(linked(after, SETTINGS))


def test_a_link_that_crosses_a_heading_is_not_a_sentence():
    """List notes take the items below a heading."""
    before = linked({"a.md": "- [[b]]\n\n## part", "b.md": ""}, SETTINGS)
    assert with_sentences(before, read("a.md", "## part\n\n- [[b]]")) is None
