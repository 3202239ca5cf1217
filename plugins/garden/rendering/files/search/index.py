"""`search/*.json`: the index that the script in the browser searches, in parts that it fetches when it needs them.

- `index.json`: for each part of the words its first one, the number of notes, the site's language, the names
  of the filters with how many notes each has, and a version for the addresses of the other files;
- `branch.json`, `tag.json`: the notes of each name of a filter, fetched when one is chosen;
- `words-N.json`: words in order, each with its notes;
- `notes-N.json`: address, title and trail of some notes, and their language where it is not that of the
  site, for the results that are shown. The sentence
  with the match comes from the page itself.

Made from Documents and not from finished pages, so that menus, lists and other notes' text are no
matches of a page. Only listed notes that say something take part: no hidden notes, no
lists, no hubs without text. In a preview a draft takes part even if it has a title only, as one that was just begun has.

Why an engine of our own, and how well it and others answer: docs/finding-notes.md. Pagefind needs WebAssembly, which a page
under `Content-Security-Policy: default-src 'self'` may not run; the others want the whole index in the browser.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import sha256
from itertools import pairwise
from math import ceil
from typing import Final

from garden.linking.hierarchy.trails import first_trails
from garden.linking.relation import Node
from garden.model import routes
from garden.model.names import SaveAs, VaultPath, fold
from garden.model.note import Document
from garden.model.pages.page import Artifact
from garden.rendering.body.fill import Bodies
from garden.rendering.catalog import Catalog
from garden.rendering.compact_json import compact_json
from garden.rendering.files.search.words import SearchWords
from garden.rendering.pages.panels.relations import MAX_TRAILS
from garden.rendering.translations import FRESHNESS

_NOTES: Final = 40
"""Notes described in one file: some 2 kB on the wire, of which an answer needs at most one for each result."""

_LEVELS: Final = 2
"""Levels of the hierarchy that are offered as branches to search in: those that the home page shows."""


Words = Sequence[tuple[str, bytes]]
"""The words of an index as they are written: its parts, each with its first word."""


def _no_earlier_index(terms: Mapping[VaultPath, str]) -> None:
    del terms


class _Terms(Mapping[VaultPath, str]):
    """The terms of some notes, loaded one by one: together they take more memory than anything else."""

    def __init__(self, paths: Iterable[VaultPath], bodies: Bodies) -> None:
        self._paths = dict.fromkeys(paths)
        self._bodies = bodies

    def __getitem__(self, path: VaultPath) -> str:
        return self._bodies(path).terms

    def __iter__(self) -> Iterator[VaultPath]:
        return iter(self._paths)

    def __len__(self) -> int:
        return len(self._paths)


class SearchIndex:
    """The index of one site; if it `stays` in memory, it is updated when texts change.

    `updated_words` returns the words for notes with some terms by updating an earlier index in the output, None if there is
    no such index or it differs too much.
    """

    def __init__(self, *, stays: bool = False) -> None:
        """Start empty."""
        self._words = SearchWords()
        self._stays = stays
        self._known: dict[VaultPath, tuple[str, str]] = {}  # the hash and the terms of each note
        self.paths: Sequence[VaultPath] = ()
        self.updated_words: Callable[[Mapping[VaultPath, str]], Words | None] = _no_earlier_index

    def files(self, catalog: Catalog, bodies: Bodies) -> Iterator[Artifact]:
        """Yield all files of the index of a site."""
        self.paths = [path for path in sorted(catalog.listed) if takes_part(catalog.document(path))]
        # Asking for these hashes records that the index depends on all texts, also on those that need not be loaded.
        hashes = {path: catalog.document(path).sha for path in self.paths}
        terms = self._kept_terms(hashes, bodies) if self._stays else _Terms(hashes, bodies)
        words = self.updated_words(terms)
        if words is None:
            all_words = self._words if self._stays else SearchWords()
            all_words.take(terms)
            words = list(all_words.parts())
        described = [catalog.part(path, partial(_described, catalog, path)) for path in self.paths]
        notes = [
            _encoded(f"[{','.join(described[start : start + _NOTES])}]")
            for start in range(0, len(described), _NOTES)
        ]
        filters = _filters(catalog, self.paths)
        yield from self._files(catalog.settings.language, words, notes, filters)

    def _kept_terms(self, hashes: Mapping[VaultPath, str], bodies: Bodies) -> dict[VaultPath, str]:
        """Return the terms of all notes; only those of changed notes are loaded."""
        before = self._known
        self._known = {
            path: before[path] if path in before and before[path][0] == sha else (sha, bodies(path).terms)
            for path, sha in hashes.items()
        }
        return {path: terms for path, (_, terms) in self._known.items()}

    def _files(
        self,
        language: str,
        words: Words,
        notes: Sequence[bytes],
        filters: Mapping[str, Mapping[str, Sequence[int]]],
    ) -> Iterator[Artifact]:
        """Yield the files of the index; the last lists the others, and has a version that changes with any of them."""
        files = {words_file(number): content for number, (_, content) in enumerate(words)}
        files |= zip(notes_files(len(self.paths)), notes, strict=True)
        for group, names in filters.items():
            content = _encoded(compact_json({name: _distances(found) for name, found in names.items()}))
            files[SaveAs(f"{routes.SEARCH_FOLDER}/{group}.json")] = content
        yield from map(Artifact, files, files.values())
        index = {
            "version": "",
            "notes": len(self.paths),
            "notesInFile": _NOTES,
            "language": language,
            "words": [first for first, _ in words],
            "filters": {
                group: {name: len(found) for name, found in names.items()} for group, names in filters.items()
            },
        }
        yield index_file(index, (sha256(content).hexdigest() for content in files.values()))


def words_file(number: int) -> SaveAs:
    """Return the name of a part of the words."""
    return SaveAs(f"{routes.SEARCH_FOLDER}/words-{number}.json")


def notes_files(count: int) -> Iterator[SaveAs]:
    """Yield the names of the files that describe `count` notes."""
    files = ceil(count / _NOTES)
    return (SaveAs(f"{routes.SEARCH_FOLDER}/notes-{number}.json") for number in range(files))


def index_file(index: Mapping[str, object], hashes: Iterable[str]) -> Artifact:
    """Return the index of all files, given the hashes of the others in the order of words, notes and filters."""
    version = sha256("".join(hashes).encode()).hexdigest()[:16]
    return Artifact(SaveAs(routes.SEARCH_INDEX), _encoded(compact_json({**index, "version": version})))


def takes_part(document: Document) -> bool:
    """Say whether a listed note is in the index."""
    return document.previewed or document.has_text


def _described(catalog: Catalog, path: VaultPath) -> str:
    """Return a note as it is written for the results that are shown."""
    node = Node("note", path)
    link = catalog.link(node)
    title = catalog.marked_title(node)
    grown = catalog.freshness(node)
    if grown:
        title = f"{title} ({catalog.gettext(FRESHNESS[grown])})"
    described = link.href, title, " › ".join(catalog.short_trail(node))
    return compact_json((*described, link.lang) if link.lang else described)


def _filters(catalog: Catalog, paths: Sequence[VaultPath]) -> dict[str, dict[str, list[int]]]:
    """Return the places of the notes in each branch and with each tag: their numbers in the index."""
    branches: dict[str, list[int]] = {}
    tags: dict[str, list[int]] = {}
    for place, path in enumerate(paths):
        of_branches, of_tags = catalog.part(("filters", path), partial(_filters_of, catalog, path))
        for name in of_branches:
            branches.setdefault(name, []).append(place)
        for name in of_tags:
            tags.setdefault(name, []).append(place)
    return {"branch": dict(sorted(branches.items())), "tag": dict(sorted(tags.items()))}


def _filters_of(catalog: Catalog, path: VaultPath) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the branches and tags of a note."""
    return tuple(_branches(catalog, Node("note", path))), tuple(_tags(catalog, catalog.document(path)))


def _distances(places: Sequence[int]) -> list[int]:
    """Return places as their distances from the previous ones: small numbers, which compress well."""
    return [place - before for before, place in pairwise((0, *places))]


def _branches(catalog: Catalog, node: Node) -> set[str]:
    """Return the titles of the upper branches that hold a note, or else of its places; a branch's own top included."""
    shape = catalog.shape(node)
    found: dict[Node, None] = {}
    if shape is not catalog.branches:
        found.update(dict.fromkeys(shape.trail(node)[:_LEVELS]))
    for trail in first_trails(catalog.snapshot, node, MAX_TRAILS):
        found.update(dict.fromkeys(above for above in trail[:_LEVELS] if catalog.is_listed(above)))
    if shape.children.get(node) and shape.depths[node] < _LEVELS:
        found[node] = None
    return {catalog.title(above) for above in found}


def _tags(catalog: Catalog, document: Document) -> set[str]:
    """Return the names of a note's tags and of the tags above them, as the site writes them."""
    entries = catalog.snapshot.tags
    found: set[str] = set()
    for tag in document.tags:
        parts = tag.name.split("/")
        keys = (fold("/".join(parts[:end])) for end in range(1, len(parts) + 1))
        found.update(entries[key].name for key in keys if key in entries)
    return found


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")
