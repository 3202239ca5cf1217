"""Which notes are related to a note, and why: the basis of "Read next, because …".

Four things relate a note to another: notes that cite both, notes that both cite, rare tags, and rare words of titles and
headings. Each is an index from what is shared to the notes that share it, built once; a page only reads the few
short lists that it is in. Lists that are long say little, and would cost the square of their length, so they are
left out: no page looks at more than a few hundred others, however large the vault (HC-10).

How much a list says depends on its own length alone, not on the number of notes: a note that is added somewhere
else changes nothing here.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from copy import copy
from itertools import islice
from sys import intern
from types import MappingProxyType
from typing import Any, Final, TypeVar

from msgspec import Struct

from garden.linking.incremental.changed_mapping import with_entries
from garden.linking.relation import Node, NoteGroup
from garden.linking.resolving.resolution import Found
from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath, fold
from garden.model.note import Document
from garden.reading.search_terms import terms
from garden.rendering.related.relatedness import ReasonKind, Relatedness, SharedTrait, shared_trait

Key = TypeVar("Key")
Value = TypeVar("Value")

_MANY: Final = 30
"""The maximum number of links of a note, or to a note, that relate any two of their ends; more say nothing about two of them."""

_COMMON_TAG: Final = 20
_COMMON_WORD: Final = 12
"""The maximum number of notes that a tag, or a word of titles and headings, can relate to each other."""

_SHORTEST: Final = 4
"""The minimum number of letters of such a word, if it is of ASCII; in scripts without spaces, words are pairs of characters."""


class _RareWord(Struct, frozen=True, array_like=True):
    """How much a rare word relates notes. It must be in the title of at least one of two notes, which is then about it."""

    titled: SharedTrait  # for a note with the word in its title: the notes that have it in the title, too
    headed: SharedTrait  # for such a note: the notes that have it in a heading
    titled_elsewhere: (
        SharedTrait  # for a note that has it in a heading only: the notes that have it in the title
    )


IndexChanges = dict[str, dict[Any, Any]]
"""Changed entries of indexes, by the name of the index."""


class RelatedNotes:
    """The indexes of a vault by what notes may share; `listed` are its listed notes."""

    def __init__(self, snapshot: Snapshot, listed: Iterable[VaultPath]) -> None:
        """Build the indexes: one pass over links, tags, titles and headings."""
        notes = sorted(listed)
        # The same object for a page in all indexes takes less memory, and is found more quickly.
        pages_by_path = {path: Node("note", path) for path in notes}
        object_for = {page: page for page in pages_by_path.values()}.get
        self._cites = {
            path: {object_for(node, node): None for node in _cited_by(snapshot, path)} for path in notes
        }
        self._citing: dict[Node, list[Node]] = {}
        for path, cited in self._cites.items():
            for node in cited:
                self._citing.setdefault(node, []).append(pages_by_path[path])
        self._tags: dict[VaultPath, list[SharedTrait]] = {}
        for entry in snapshot.tags.values():
            if shared := _shared_tag(entry, pages_by_path):
                for path in entry.notes:
                    self._tags.setdefault(path, []).append(shared)
        self._words = {path: _words(snapshot.documents[path]) for path in notes}
        self._titles = {path: _words_of_title(snapshot.documents[path]) for path in notes}
        self._rare = self._rare_words(self.most, pages_by_path)
        # What two notes share is the same for both: it is weighed here and not on each page.
        self._cited_together = _present(
            (path, _cited_together(path, cited)) for path, cited in self._cites.items()
        )
        self._citing_the_same = _present(
            (node, _citing_the_same(node, citing)) for node, citing in self._citing.items()
        )

    @property
    def most(self) -> int:
        """The number of notes up to which a word is rare."""
        return most_notes(len(self._cites))

    def _rare_words(self, most: int, pages_by_path: Mapping[VaultPath, Node]) -> dict[str, _RareWord]:
        """Return the words that several notes have in titles or headings, at most `most`."""
        titled: dict[str, list[Node]] = {}
        headed: dict[str, list[Node]] = {}
        for path, words in self._words.items():
            page, own = pages_by_path[path], self._titles[path]
            for word in words:
                having = (titled if word in own else headed).setdefault(word, [])
                # One page more than there may be is enough to know that the word is not rare.
                if len(having) <= most:
                    having.append(page)
        return _present(
            (word, _rare_word(word, pages, headed.get(word, []), most)) for word, pages in titled.items()
        )

    def changes(self, snapshot: Snapshot, path: VaultPath) -> IndexChanges:
        """Return the entries that change if the note at `path` has its links, title and headings in `snapshot`.

        It may be new, or no longer listed; its tags are as before. A value of None means that there is no such entry any more.
        """
        found: IndexChanges = {}
        document = snapshot.documents.get(path)
        note = document if document and document.listed else None
        before, cited = self._cites.get(path, {}), _cited_by(snapshot, path) if note else {}
        if list(before) != list(cited) or (note is None) is (path in self._cites):
            own = Node("note", path)
            citing = {
                node: sorted(
                    {*self._citing.get(node, ()), own}
                    if node in cited
                    else {*self._citing.get(node, ())} - {own}
                )
                for node in before.keys() ^ cited.keys()
            }
            found["_cites"] = {path: cited if note else None}
            found["_citing"] = citing
            found["_cited_together"] = {path: _cited_together(path, cited)}
            found["_citing_the_same"] = {node: _citing_the_same(node, some) for node, some in citing.items()}
        known, words = self._words.get(path, {}), _words(note) if note else {}
        former, title = self._titles.get(path, ()), _words_of_title(note) if note else ()
        if list(known) != list(words) or former != title:
            found["_words"] = {path: words}
            found["_titles"] = {path: title}
            found["_rare"] = {
                word: self._rare_with(word, path, words, title)
                for word in known.keys() | words.keys()
                if (word in known, word in former) != (word in words, word in title)
            }
        return found

    def tag_changes(self, before: Snapshot, after: Snapshot) -> IndexChanges:
        """Return the entries that change with the tags from one state of a vault to another."""
        keys = {
            key
            for key in before.tags.keys() | after.tags.keys()
            if before.tags.get(key) is not after.tags.get(key)
        }
        former = [before.tags[key] for key in keys if key in before.tags]
        present = [after.tags[key] for key in keys if key in after.tags]
        new: dict[VaultPath, list[SharedTrait]] = {
            path: [] for entry in former if _shared_tag(entry) for path in entry.notes
        }
        for entry in present:
            if shared := _shared_tag(entry):
                for path in entry.notes:
                    new.setdefault(path, []).append(shared)
        names = {entry.name for entry in former}
        lists = {
            path: [*(one for one in self._tags.get(path, ()) if one.name not in names), *found]
            for path, found in new.items()
        }
        return {
            "_tags": {path: sorted(found, key=lambda one: fold(one.name)) for path, found in lists.items()}
        }

    def with_changes(self, changes: IndexChanges) -> "RelatedNotes":
        """Return the indexes with these entries changed."""
        other = copy(self)
        for name, entries in changes.items():
            index = vars(other)[name] = with_entries(vars(self)[name], entries)
            if isinstance(index, dict):
                for key in [key for key, value in entries.items() if value is None]:
                    del index[key]
        return other

    def concerned(self, changes: IndexChanges) -> frozenset[Node]:
        """Return the pages that may have other related notes once these entries have changed."""
        found: set[Node] = set()
        for path, cited in changes.get("_cites", {}).items():
            found.update((Node("note", path), *(cited or ()), *self._cites.get(path, ())))
        for name in ("_words", "_tags"):
            found.update(Node("note", path) for path in changes.get(name, ()))
        for name in ("_citing_the_same", "_rare"):
            for key, value in changes.get(name, {}).items():
                for shared in filter(None, (value, vars(self)[name].get(key))):
                    lists = (shared,) if isinstance(shared, SharedTrait) else (shared.titled, shared.headed)
                    found.update(page for each in lists for page in each.pages)
        return frozenset(found)

    def _rare_with(
        self, word: str, path: VaultPath, words: Iterable[str], title: Collection[str]
    ) -> _RareWord | None:
        """Return how much a word says once the note at `path` has these `words`, and those of its `title`."""

        def is_titled(other: VaultPath) -> bool:
            return word in (title if other == path else self._titles[other])

        having = {other for other, known in self._words.items() if word in known} - {path}
        if word in words:
            having.add(path)
        titled = [Node("note", other) for other in sorted(having) if is_titled(other)]
        headed = [Node("note", other) for other in sorted(having) if not is_titled(other)]
        return _rare_word(word, titled, headed, self.most) if titled else None

    def of(self, node: Node) -> Relatedness:
        """Return how closely other pages are related to this one."""
        relatedness = Relatedness(self.shared(node))
        relatedness.strength.pop(node, None)
        return relatedness

    def shared(self, node: Node) -> Iterator[SharedTrait]:
        """Yield everything that relates other pages to this one."""
        yield from self._citing_together(node)
        yield from self._lists(VaultPath(node.key), node)

    def cites(self, path: VaultPath) -> Mapping[Node, None]:
        """Return what a note links to in its text, in order."""
        return self._cites.get(path, {})

    def _citing_together(self, node: Node) -> Iterator[SharedTrait]:
        for source in self._citing.get(node, ())[:_MANY]:
            if shared := self._cited_together.get(VaultPath(source.key)):
                yield shared

    def _lists(self, path: VaultPath, node: Node) -> Iterator[SharedTrait]:
        """Yield the lists that a note is in: by what it cites, by tag, by word."""
        if node.kind != "note":
            return
        for target in islice(self._cites.get(path, ()), _MANY):
            if shared := self._citing_the_same.get(target):
                yield shared
        yield from self._tags.get(path, ())
        own = self._titles.get(path, ())
        for word in self._words.get(path, ()):
            rare = self._rare.get(word)
            # A word in both titles relates two notes most; a word in one title and a heading of the other, less.
            if rare and word in own:
                yield rare.titled
                yield rare.headed
            elif rare:
                yield rare.titled_elsewhere


def most_notes(count: int) -> int:
    """Return the number of notes up to which a word is rare among `count` notes: in a small vault even "with" is in few."""
    return min(_COMMON_WORD, max(2, count // 4))


def _shared_tag(
    entry: NoteGroup, pages_by_path: Mapping[VaultPath, Node] = MappingProxyType({})
) -> SharedTrait | None:
    """Return what the notes with a tag share; pages that are known already are taken as they are."""
    if not 1 < len(entry.notes) <= _COMMON_TAG:
        return None
    pages = tuple(pages_by_path.get(path) or Node("note", path) for path in entry.notes)
    return shared_trait(ReasonKind.TAGS, entry.name, pages)


def _present(entries: Iterable[tuple[Key, Value | None]]) -> dict[Key, Value]:
    return {key: value for key, value in entries if value is not None}


def _cited_together(path: VaultPath, cited: Mapping[Node, None]) -> SharedTrait | None:
    """Return what the pages that one note cites share."""
    return shared_trait(ReasonKind.CITED_TOGETHER, path, tuple(cited)) if 1 < len(cited) <= _MANY else None


def _citing_the_same(node: Node, citing: Sequence[Node]) -> SharedTrait | None:
    """Return what the notes that cite one page share."""
    return shared_trait(ReasonKind.CITES_THE_SAME, node.key, citing) if 1 < len(citing) <= _MANY else None


def _rare_word(word: str, titled: list[Node], headed: list[Node], most: int) -> _RareWord | None:
    """Return how much a word says that these notes have in the title, or in a heading only; at most `most` may have it."""
    if not 1 < len(titled) + len(headed) <= most:
        return None
    return _RareWord(
        shared_trait(ReasonKind.WORDS, word, titled),
        shared_trait(ReasonKind.WORDS_OF_HEADINGS, word, headed),
        shared_trait(ReasonKind.WORDS_OF_HEADINGS, word, titled),
    )


def _cited_by(snapshot: Snapshot, path: VaultPath) -> Mapping[Node, None]:
    """Return the listed pages that a note links to in its text, each once, in order."""
    found: dict[Node, None] = {}
    refs, resolutions = snapshot.documents[path].refs, snapshot.resolutions[path]
    for ref, resolution in zip(refs, resolutions, strict=True):
        if isinstance(resolution, Found) and not ref.relation:
            node = resolution.node
            if node.kind == "hub" or snapshot.documents[VaultPath(node.key)].listed:
                found[node] = None
    found.pop(Node("note", path), None)
    return found


def _words(document: Document) -> Mapping[str, None]:
    """Return the words of the title and the headings of a note, each once."""
    texts = {fold(document.title): document.title}
    texts |= {fold(heading.text): heading.text for heading in document.headings}
    words = (word for text in texts.values() for word in terms(text))
    # The same words are in many notes, and in memory once.
    return dict.fromkeys(intern(word) for word in words if len(word) >= _SHORTEST or not word.isascii())


def _words_of_title(document: Document) -> tuple[str, ...]:
    """Return the words of a title, each once, sorted."""
    return tuple(sorted({intern(word) for word in terms(document.title)}))
