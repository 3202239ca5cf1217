"""The words of the index that are kept from one site to the next are those that are made at once."""

from hashlib import sha256
from random import Random

from garden.model.names import SaveAs, VaultPath
from garden.rendering.files.search import words
from garden.rendering.files.search.index import SearchIndex
from garden.rendering.files.search.standing import StandingSearch
from garden.rendering.files.search.words import SearchWords


def test_kept_words_are_those_of_a_site_made_at_once():
    """After each of many changes: words that come and go, notes that come and go, and no note at all."""
    random = Random(5)
    kept = SearchWords()
    terms: dict[VaultPath, str] = {}
    for _ in range(200):
        for name in random.sample("abcd", random.randrange(4)):
            words = random.sample(["ant", "bee", "cat", "0"], random.randrange(4))
            terms[VaultPath(f"{name}.md")] = "".join(f"{word} {random.randrange(9)}\n" for word in words)
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
        return "".join(f"{word} {random.randrange(1, 9)}\n" for word in random.sample(vocabulary, 8))

    def made_at_once() -> dict[SaveAs, bytes]:
        index = SearchIndex()
        index.paths = paths
        index._words.take(terms)
        made = index._files("en", [b"[]"] * 3, {"tag": {"x": [1, 2]}})
        return {artifact.save_as: artifact.content for artifact in made}

    terms = {path: some_terms() for path in paths}
    standing = made_at_once()
    written = []
    for _ in range(150):
        changed = {path: some_terms() for path in random.sample(paths, random.randrange(3))}
        hashes = {file: sha256(content).hexdigest() for file, content in standing.items()}
        search = StandingSearch(paths, standing.__getitem__, hashes.__getitem__)
        found = search.with_terms([(path, terms[path], new) for path, new in changed.items()])
        new = {artifact.save_as: artifact.content for artifact in found}
        standing = {file: new.get(file) or standing[file] for file in search.files}
        terms |= changed
        assert standing == made_at_once()
        written.append(len(new))
    assert sum(written) / len(written) < len(standing) / 2
