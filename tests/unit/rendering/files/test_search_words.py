"""The words of the index that are kept from one site to the next are those that are made at once."""

from random import Random

from garden.model.names import VaultPath
from garden.rendering.files.search_words import SearchWords


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
