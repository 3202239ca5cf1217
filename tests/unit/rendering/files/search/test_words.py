"""The words of the index that are kept from one site to the next are those that are made at once."""

import json
from hashlib import sha256
from random import Random

from garden.model.names import SaveAs, VaultPath
from garden.rendering.files.search import words
from garden.rendering.files.search.index import SearchIndex
from garden.rendering.files.search.index_update import IndexUpdate
from garden.rendering.files.search.words import SearchWords


def test_kept_words_are_those_of_a_site_made_at_once():
    """After each of many changes: words that come and go, notes that come and go, and no note at all."""
    random = Random(5)
    kept = SearchWords()
    terms: dict[VaultPath, str] = {}
    for _ in range(200):
        for name in random.sample("abcd", random.randrange(4)):
            words = random.sample(["ant", "bee", "cat", "0"], random.randrange(4))
            terms[VaultPath(f"{name}.md")] = "".join(f"{random.randrange(9)} {word}\n" for word in words)
        if random.random() < 0.3:
            terms.clear()
        notes = dict(sorted(terms.items()))
        kept.take(notes)
        fresh = SearchWords()
        fresh.take(notes)
        assert list(kept.parts()) == list(fresh.parts())


def test_the_index_that_stands_changes_as_one_made_at_once(monkeypatch):
    """After each of many changes of some notes, whether parts stay where they are, join, or divide; most of them stay."""
    random = Random(3)
    monkeypatch.setattr(words, "_PART", 200)
    vocabulary = [f"{first}{second}" for first in "abcdefghij\ufa0e\U00020000" for second in "klmnopqrst"]
    paths = [VaultPath(f"n{number:03}.md") for number in range(100)]

    def some_terms() -> str:
        return "".join(f"{random.randrange(1, 9)} {word}\n" for word in random.sample(vocabulary, 8))

    def made_at_once() -> dict[SaveAs, bytes]:
        index = SearchIndex()
        index.paths = paths
        index._words.take(terms)
        made = index._files("en", list(index._words.parts()), [b"[]"] * 3, {"tag": {"x": [1, 2]}})
        return {artifact.save_as: artifact.content for artifact in made}

    terms = {path: some_terms() for path in paths}
    standing = made_at_once()
    written = []
    for _ in range(150):
        changed = {path: some_terms() for path in random.sample(paths, random.randrange(3))}
        hashes = {file: sha256(content).hexdigest() for file, content in standing.items()}
        search = IndexUpdate(paths, standing.__getitem__, hashes.__getitem__)
        found = search.with_terms([(path, terms[path], new) for path, new in changed.items()])
        new = {artifact.save_as: artifact.content for artifact in found}
        standing = {file: new.get(file) or standing[file] for file in search.files}
        terms |= changed
        assert standing == made_at_once()
        written.append(len(new))
    assert sum(written) / len(written) < len(standing) / 2


def test_words_stay_right_when_other_notes_take_part(monkeypatch):
    """Notes that come and go, wherever they are among the others, and notes with other words at the same time."""
    random = Random(7)
    monkeypatch.setattr(words, "_PART", 150)
    vocabulary = [f"{first}{second}" for first in "abcdefgh" for second in "klmnopqr"]

    def some_terms() -> str:
        return "".join(f"{random.randrange(1, 9)} {word}\n" for word in random.sample(vocabulary, 6))

    def made_at_once(terms: dict[VaultPath, str]) -> list[tuple[str, bytes]]:
        fresh = SearchWords()
        fresh.take(dict(sorted(terms.items())))
        return list(fresh.parts())

    terms: dict[VaultPath, str] = {}
    for _ in range(150):
        parts = made_at_once(terms)
        files = {SaveAs(f"search/words-{number}.json"): content for number, (_, content) in enumerate(parts)}
        index = {"words": [first for first, _ in parts], "notes": 0, "filters": {}}
        files[SaveAs("search/index.json")] = json.dumps(index).encode()
        search = IndexUpdate(sorted(terms), files.__getitem__, lambda file: "")
        before = dict(terms)
        for number in random.sample(range(40), random.randrange(4)):
            terms[VaultPath(f"n{number:03}.md")] = some_terms()
        for path in random.sample(sorted(terms), min(len(terms), random.choice([0, 0, 1, 3, 40]))):
            del terms[path]
        changed = [(path, before.get(path, ""), terms.get(path, "")) for path in {**before, **terms}]
        found = search.words(sorted(terms), [each for each in changed if each[1] != each[2]])
        assert found == made_at_once(terms)
