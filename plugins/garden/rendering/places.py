"""Places: a substitute for parents in the navigation, for notes that have neither a parent nor a child.

A place does not create a relation or a trail of the hierarchy (HC-1, HI-5). The place of a note is the first of these
that it has: a parent that is only a name, its folder, its category, the tag with most notes. If a note represents a
folder (`mlops/index.md`, `mlops/mlops.md`, `mlops.md` beside it), it is the place of the notes in that folder. A
folder that contains all notes is left out, as it distinguishes nothing.

The places have the form of a hierarchy (`Branches`), so that trees, pagers and the map treat them in the same way.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from os.path import commonpath
from typing import Final

from garden.linking.relation import Node, NoteGroup
from garden.linking.snapshot import Snapshot
from garden.model import names, routes
from garden.model.names import Folded, Url, VaultPath, fold, folder
from garden.model.note import Document
from garden.rendering.branches import Branches

_FEWEST: Final = 2
"""The minimum number of notes of a category or tag that is a place."""

_DIGITS: Final = re.compile(r"(\d+)")


@dataclass(frozen=True, slots=True)
class Places:
    """The places of `count` loose notes as a hierarchy, and the addresses of the folders among them."""

    count: int
    shape: Branches
    folder_urls: Mapping[Node, Url]


def find_places(snapshot: Snapshot, loose: Sequence[Node], title: Callable[[Node], str]) -> Places:
    """Return the places of the `loose` notes; `title` names any node but a folder, category or tag."""
    above = _places_above(snapshot, loose)
    below: dict[Node, list[Node]] = {}
    for node, place in above.items():
        below.setdefault(place, []).append(node)
    everything = [*loose, *(place for place in below if place.kind != "note")]
    order = _Order(snapshot, title, below)
    children = {node: order.sort(below.get(node, ())) for node in everything}
    roots = order.sort(node for node in everything if node not in above)
    shape = _shape(children, roots, above)
    return Places(len(loose), shape, _folder_urls(node for node in everything if node.kind == "folder"))


def place_title(snapshot: Snapshot, node: Node) -> str:
    """Return the name of a folder, category or tag."""
    if node.kind == "folder":
        return node.key.rpartition("/")[2]
    groups = snapshot.categories if node.kind == "category" else snapshot.tags
    return groups[Folded(node.key)].name


def _places_above(snapshot: Snapshot, loose: Iterable[Node]) -> dict[Node, Node]:
    """Return the place of each loose note, and for each folder the one above it; what is at the top has none."""
    documents = snapshot.documents
    notes = [VaultPath(node.key) for node in loose]
    top = _common_folder([path for path, document in documents.items() if document.listed])
    owners = _owners(notes)

    def place_of_folder(inside: str) -> Node | None:
        if inside in ("", top):
            return None
        owner = owners.get(inside)
        return Node("folder", inside) if owner is None else Node("note", owner)

    listed = sum(document.listed for document in documents.values())
    of_folders = set(owners.values())
    above: dict[Node, Node] = {}
    for path in notes:
        node = Node("note", path)
        inside = folder(path)
        if owners.get(inside) == path:
            inside = folder(inside)
        place = _label(snapshot, node) or place_of_folder(inside)
        if place is None and path not in of_folders:
            place = _group(snapshot, documents[path], listed)
        if place is None:
            continue
        above[node] = place
        # The folders above it are places, too, up to the top or to a folder that a note represents.
        while place.kind == "folder" and place not in above and (outer := folder(place.key)):
            higher = place_of_folder(outer)
            if higher is None:
                break
            above[place] = higher
            place = higher
    return above


def _common_folder(paths: Sequence[VaultPath]) -> str:
    """Return the deepest folder that contains all notes, empty for the vault itself."""
    folders = {folder(path) for path in paths}
    return "" if not folders or "" in folders else commonpath(folders)


def _owners(notes: Iterable[VaultPath]) -> dict[str, VaultPath]:
    """Return the note that represents each folder: its index, or a note of the same name in it, or else one beside it."""
    folders: dict[str, None] = {}
    for path in notes:
        inside = folder(path)
        while inside and inside not in folders:
            folders[inside] = None
            inside = folder(inside)
    by_place = {(folder(path), fold(names.stem(path))): path for path in notes}
    owners: dict[str, VaultPath] = {}
    taken: set[VaultPath] = set()
    for inside in folders:
        name = fold(inside.rpartition("/")[2])
        wanted = (*((inside, fold(stem)) for stem in (*names.FOLDER_PAGES, name)), (folder(inside), name))
        found = next((by_place[place] for place in wanted if place in by_place), None)
        if found is not None and found not in taken:
            owners[inside] = found
            taken.add(found)
    return owners


def _label(snapshot: Snapshot, node: Node) -> Node | None:
    """Return the parent of a note that is only a name."""
    trails = snapshot.trails.get(node, ())
    return trails[0][-1] if trails and trails[0][-1].kind == "label" else None


def _group(snapshot: Snapshot, document: Document, listed: int) -> Node | None:
    """Return the category of a note, or else that of its tags which most notes have, unless more than half of the vault has it.

    `listed` is the number of listed notes.
    """
    category = snapshot.categories.get(fold(document.meta.category))
    if category is not None and len(category.notes) >= _FEWEST:
        return Node("category", category.key)
    tags = [entry for tag in document.tags if (entry := snapshot.tags.get(fold(tag.name))) is not None]
    fitting = [entry for entry in tags if _FEWEST <= len(entry.notes) <= max(_FEWEST, listed // 2)]
    best = min(fitting, key=_fullest_first, default=None)
    return Node("tag", best.key) if best else None


def _fullest_first(entry: NoteGroup) -> tuple[int, str]:
    return -len(entry.notes), entry.key


class _Order:
    """Sorts the contents of a place: places first; notes by date if every one has a date, or else by title."""

    def __init__(
        self, snapshot: Snapshot, title: Callable[[Node], str], below: Mapping[Node, Sequence[Node]]
    ) -> None:
        self._snapshot = snapshot
        self._title = title
        self._below = below

    def sort(self, nodes: Iterable[Node]) -> tuple[Node, ...]:
        """Return the contents of a place in order."""
        found = list(nodes)
        dates = {node: self._date(node) for node in found if node.kind == "note"}
        by_date = len(dates) > 1 and all(dates.values())

        def key(node: Node) -> tuple[bool, str, list[tuple[bool, int, str]], str]:
            is_leaf = node.kind == "note" and node not in self._below
            return is_leaf, dates.get(node, "") if by_date else "", self._natural(node), node.key

        return tuple(sorted(found, key=key))

    def _date(self, node: Node) -> str:
        when = self._snapshot.documents[VaultPath(node.key)].meta.date
        return when.iso if when else ""

    def _natural(self, node: Node) -> list[tuple[bool, int, str]]:
        """Return a key for sorting titles in natural order: chapter 2 before chapter 10."""
        is_group = node.kind in ("folder", "category", "tag")
        title = fold(place_title(self._snapshot, node) if is_group else self._title(node))
        # Numbers of hundreds of digits are compared as text, since converting them takes quadratic time.
        return [
            (False, int(part), "") if part.isdecimal() and len(part) < 20 else (True, 0, part)
            for part in _DIGITS.split(title)
            if part
        ]


def _shape(
    children: Mapping[Node, tuple[Node, ...]], roots: tuple[Node, ...], above: Mapping[Node, Node]
) -> Branches:
    """Return the places in the form of a hierarchy; only notes are counted as pages, not folders, categories and tags."""
    places = {child: place for found in (*children.values(), roots) for place, child in enumerate(found)}
    depths: dict[Node, int] = {}
    tops: dict[Node, Node] = {}
    in_order: list[Node] = []
    level = list(roots)
    while level:
        for node in level:
            parent = above.get(node)
            depths[node] = 0 if parent is None else depths[parent] + 1
            tops[node] = node if parent is None else tops[parent]
        in_order += level
        level = [child for node in level for child in children[node]]
    counts = dict.fromkeys(children, 0)
    for node in reversed(in_order):
        if node in above:
            counts[above[node]] += counts[node] + (node.kind == "note")
    return Branches(children, roots, above, counts, depths, places, (), tops)


def _folder_urls(folders: Iterable[Node]) -> dict[Node, Url]:
    """Return the address of each folder's page, below that of the map."""
    taken: set[Folded] = set()
    found: dict[Node, Url] = {}
    for node in sorted(folders):
        # No component of another page's address is only a dash, so no branch of the map has the same address.
        parts = "/".join(names.slug(part) or "-" for part in node.key.split("/"))
        url, number = f"{routes.MAP}-/{parts}/", 1
        while fold(url) in taken:
            number += 1
            url = f"{routes.MAP}-/{parts}-{number}/"
        # Below the address of each folder is that of the page on which it can be read as a whole.
        taken |= {fold(url), fold(url + routes.BRANCH.removesuffix("index.html"))}
        found[node] = Url(url)
    return found
