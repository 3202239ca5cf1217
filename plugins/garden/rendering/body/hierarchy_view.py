"""Views of the hierarchy inside a note: a tree of the pages that fields lead to, as lists or as a picture.

A path never meets a page twice, a view has a bounded number of entries, and only what may be
listed is in it (PB-2, PB-3).
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from gettext import NullTranslations
from html import escape
from itertools import islice
from typing import Final

from garden.linking.relation import Edge, Node
from garden.linking.snapshot import Snapshot
from garden.model.markdown import address, line_text
from garden.model.names import VaultPath, fold, stem
from garden.model.views.hierarchy_view import HierarchyView, ViewKind
from garden.reading.mermaid import OWN, picture
from garden.rendering.body.hrefs import node_href

MOST_ENTRIES: Final = 200
"""Entries of a view; what is left out is marked by an ellipsis."""

_USUAL_DEPTH: Final = {ViewKind.TREE: 5, ViewKind.MERMAID: 10, ViewKind.MARKMAP: 10}
"""Levels of a view that does not say: those of the plugin that invented them."""

_DIGITS: Final = re.compile(r"(\d+)")
# Characters that end a text in the language of diagrams, or begin something in it.
_UNSAFE_IN_PICTURE: Final = re.compile(r'["`#;<>&\\\n]')

Titles = Callable[[Node], str]
Allowed = Callable[[Node], bool]
Neighbours = list[tuple[Node, tuple[str, Edge]]]


@dataclass(slots=True)
class _ViewEntry:
    """A page on a path; `relation` leads to it from the page before."""

    node: Node
    relation: str = ""
    implied: bool = False
    path: frozenset[Node] = frozenset()
    below: list["_ViewEntry"] = field(default_factory=list)
    is_cut: bool = False  # something is left out; said of the first page only


class HierarchyViews:
    """Renders views; `labels` are the relations' labels by compared name, in the order of the settings."""

    def __init__(
        self,
        snapshot: Snapshot,
        base: str,
        titles: Titles,
        labels: dict[str, str],
        translation: NullTranslations,
    ) -> None:
        self._snapshot = snapshot
        self._base = base
        self._titles = titles
        self._labels = labels
        self._translation = translation
        # In a dense hierarchy a view has each page many times.
        self._items: dict[tuple[Node, str, bool], str] = {}
        self.not_drawn = ""
        """Why the picture of the last view is not there, empty when nothing is amiss."""

    def html(self, view: HierarchyView, start: Node, prefix: str, allowed: Allowed) -> str:
        """Return the HTML of a view of `allowed` pages from `start` on; `prefix` keeps ids apart (HC-4)."""
        self._items.clear()
        shown = self._shown(view, start, prefix, allowed)
        if view.content:
            title = _text(view.title or self._titles(start))
            opened = " open" if view.content == "open" else ""
            return f'<details{opened}><summary class="view-title">{title}</summary>\n{shown}</details>'
        heading = f'<figcaption class="view-title">{_text(view.title)}</figcaption>\n' if view.title else ""
        return heading + shown

    def markdown(self, view: HierarchyView, start: Node, allowed: Allowed) -> str:
        """Return the Markdown of a view: its title and nested lists, for every kind of view."""
        self._items.clear()
        top = self._grown(view, start, allowed)
        entries = _from_level(top, view.above)
        lines: list[str] = []
        waiting = [(entry, 0) for entry in reversed(self._listed(entries, view))]
        while waiting:
            entry, level = waiting.pop()
            lines.append(f"{'  ' * level}- {self._made_once(entry, view, self._markdown_item)}")
            if not view.flat:
                waiting += ((child, level + 1) for child in reversed(entry.below))
        if top.is_cut and not view.flat:
            lines.append("- …")
        title = [f"**{line_text(view.title)}**\n"] if view.title else []
        return "\n".join([*title, *(lines or ["—"])])

    def _made_once(
        self, entry: _ViewEntry, view: HierarchyView, make: Callable[[_ViewEntry, HierarchyView], str]
    ) -> str:
        """Return what `make` returns for entries of one page to which one relation leads."""
        key = (entry.node, entry.relation, entry.implied)
        item = self._items.get(key)
        if item is None:
            item = self._items[key] = make(entry, view)
        return item

    def _markdown_item(self, entry: _ViewEntry, view: HierarchyView) -> str:
        href = node_href(self._snapshot, self._base, entry.node)
        title = line_text(self._titles(entry.node))
        shown = f"[{title}]({address(href)})" if href else title
        before, after = map(line_text, self._attributes(entry, view))
        return " ".join(filter(None, (before and f"{before}:", shown, after)))

    def _grown(self, view: HierarchyView, start: Node, allowed: Allowed) -> _ViewEntry:
        """Return the page that a view begins with, and below it all that is shown."""
        top = _ViewEntry(start, path=frozenset((start,)))
        fields = view.fields or tuple(self._labels)
        groups = [fields] if view.merge else [(name,) for name in fields]
        for group in groups:
            self._grow(top, view, group, allowed)
        return top

    def _shown(self, view: HierarchyView, start: Node, prefix: str, allowed: Allowed) -> str:
        top = self._grown(view, start, allowed)
        entries = _from_level(top, view.above)
        if not entries:
            return '<p class="view-empty">—</p>'
        listed = self._flat(entries, view) if view.flat else self._nested(entries, view, top.is_cut)
        return listed if view.kind is ViewKind.TREE else self._picture(view, top, prefix, listed)

    def _grow(self, top: _ViewEntry, view: HierarchyView, fields: Sequence[str], allowed: Allowed) -> None:
        """Add what the fields lead to, level by level, so that what is cut off is deep."""
        deepest = view.below or _USUAL_DEPTH[view.kind]
        level, room = [top], MOST_ENTRIES
        # In a dense hierarchy many paths meet one page: its neighbours are put in order once.
        neighbours: dict[Node, Neighbours] = {}
        for _ in range(deepest):
            below: list[_ViewEntry] = []
            for entry in level:
                if entry.node not in neighbours:
                    neighbours[entry.node] = self._neighbours(entry.node, view, fields, allowed)
                found = _not_met(entry, neighbours[entry.node], room + 1)
                entry.below.extend(found[:room])
                below.extend(found[:room])
                if len(found) > room:
                    top.is_cut = True
                    return  # nothing else has room either
                room -= len(found)
            level = below

    def _neighbours(
        self, node: Node, view: HierarchyView, fields: Sequence[str], allowed: Allowed
    ) -> Neighbours:
        """Return what the fields lead to from a page, in order."""
        edges = self._snapshot.relations.get(node, {})
        found: dict[Node, tuple[str, Edge]] = {}
        for name in fields:
            for edge in edges.get(name, ()):
                if edge.node and self._is_shown(edge.node) and allowed(edge.node):
                    found.setdefault(edge.node, (name, edge))
        return self._sorted(found, view)

    def _sorted(self, found: dict[Node, tuple[str, Edge]], view: HierarchyView) -> Neighbours:
        def key(item: tuple[Node, tuple[str, Edge]]) -> tuple[object, ...]:
            node, (name, edge) = item
            match view.sort:
                case "basename":
                    first: object = ""
                case "basename_natural":
                    first = _natural(_name(node.key))
                case "field":
                    first = list(self._labels).index(name)
                case "explicit":
                    first = edge.implied
                case "path":
                    first = node.key
                case _:
                    first = self._first_neighbour(node, view.sort_field)
            return (first, _name(node.key), node.key, node.kind)

        return sorted(found.items(), key=key, reverse=view.descending)

    def _first_neighbour(self, node: Node, relation: str) -> str:
        """Return the path of a page's first neighbour in a relation, empty for none."""
        edges = self._snapshot.relations.get(node, {}).get(relation, ())
        return next((edge.node.key for edge in edges if edge.node is not None), "")

    def _is_shown(self, node: Node) -> bool:
        return node.kind != "note" or self._snapshot.documents[VaultPath(node.key)].listed

    def _nested(self, entries: Sequence[_ViewEntry], view: HierarchyView, cut: bool) -> str:
        """Return nested lists; a view is twenty levels deep at most."""
        items = "".join(
            f"<li>{self._made_once(entry, view, self._item)}{self._below(entry, view)}</li>\n"
            for entry in entries
        )
        return f"<ul>\n{items}{'<li>…</li>' if cut else ''}</ul>\n"

    def _below(self, entry: _ViewEntry, view: HierarchyView) -> str:
        if not entry.below:
            return ""
        inner = self._nested(entry.below, view, cut=False)
        if not view.collapse:
            return f"\n{inner}"
        count = len(entry.below)
        shown = _text(self._translation.ngettext("%(num)s note", "%(num)s notes", count) % {"num": count})
        return f"\n<details><summary>{shown}</summary>\n{inner}</details>"

    def _flat(self, entries: Sequence[_ViewEntry], view: HierarchyView) -> str:
        items = "".join(
            f"<li>{self._made_once(entry, view, self._item)}</li>\n" for entry in self._listed(entries, view)
        )
        return f"<ul>\n{items}</ul>\n"

    def _listed(self, entries: Sequence[_ViewEntry], view: HierarchyView) -> Sequence[_ViewEntry]:
        """Return what a list begins with; of a flat one that is all of it, each page once."""
        if not view.flat:
            return entries
        first: dict[Node, _ViewEntry] = {}
        for entry in _walk(entries):
            first.setdefault(entry.node, entry)
        shown = {node: (entry.relation, Edge(node, implied=entry.implied)) for node, entry in first.items()}
        return [first[node] for node, _ in self._sorted(shown, view)]

    def _item(self, entry: _ViewEntry, view: HierarchyView) -> str:
        href = node_href(self._snapshot, self._base, entry.node)
        title = _text(self._titles(entry.node))
        shown = f'<a class="internal" href="{escape(href)}">{title}</a>' if href else title
        before, after = self._attributes(entry, view)
        if before:
            before = f'<span class="view-attributes">{_text(before)}:</span> '
        return (
            f'{before}{shown} <span class="view-attributes">{_text(after)}</span>'
            if after
            else before + shown
        )

    def _attributes(self, entry: _ViewEntry, view: HierarchyView) -> tuple[str, str]:
        """Return what is said of an entry before and after its title."""
        gettext = self._translation.gettext
        said = {
            "field": self._labels.get(entry.relation, entry.relation),
            "explicit": gettext("implied") if entry.implied else gettext("explicit"),
        }
        names = [name for name in view.attributes if name in said]
        before = ""
        if view.prefix and "field" in names:
            names.remove("field")
            before = said["field"]
        return before, ", ".join(said[name] for name in names)

    def _picture(self, view: HierarchyView, top: _ViewEntry, prefix: str, listed: str) -> str:
        """Return the picture with the same as a list, the list alone when it cannot be drawn."""
        numbers: dict[Node, int] = {top.node: 0}
        edges: dict[tuple[int, int, str], bool] = {}
        waiting = [top]
        for entry in waiting:
            for child in entry.below:
                number = numbers.setdefault(child.node, len(numbers))
                edges[numbers[entry.node], number, child.relation] = child.implied
                waiting.append(child)
        # A mind map grows from left to right.
        lines = [f"graph {view.direction if view.kind is ViewKind.MERMAID else 'LR'}"]
        lines += [f'  n{number}["{self._in_picture(node)}"]' for node, number in numbers.items()]
        with_field = "field" in view.attributes
        for (start, end, relation), implied in edges.items():
            label = f'|"{_safe(self._labels.get(relation, relation))}"|' if with_field else ""
            lines.append(f"  n{start} {'-.->' if implied else '-->'}{label} n{end}")
        svg, self.not_drawn = picture("\n".join(lines), view.title or self._titles(top.node))
        if not svg:
            return listed
        svg = svg.replace(OWN, escape(f"{prefix}v{view.line}:"))
        return f"{svg}\n<details><summary>{_text(self._titles(top.node))}</summary>\n{listed}</details>"

    def _in_picture(self, node: Node) -> str:
        return _safe(self._titles(node))


def _not_met(entry: _ViewEntry, neighbours: Neighbours, most: int) -> list[_ViewEntry]:
    """Return the first entries below another one: the neighbours of its page that are not on its path."""
    new = ((node, name, edge) for node, (name, edge) in neighbours if node not in entry.path)
    return [
        _ViewEntry(node, name, edge.implied, entry.path | {node}) for node, name, edge in islice(new, most)
    ]


def _from_level(top: _ViewEntry, above: int) -> list[_ViewEntry]:
    """Return the entries just below a level: those that begin what is shown."""
    level = top.below
    for _ in range(above):
        level = [child for entry in level for child in entry.below]
    return level


def _walk(entries: Sequence[_ViewEntry]) -> Iterator[_ViewEntry]:
    waiting = list(reversed(entries))
    while waiting:
        entry = waiting.pop()
        yield entry
        waiting.extend(reversed(entry.below))


@lru_cache(maxsize=4096)
def _name(key: str) -> str:
    """Return the name of a page that it is sorted by."""
    return fold(stem(key))


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """Return what sorts `note-2` before `note-10`."""
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in _DIGITS.split(text))


def _safe(text: str) -> str:
    return _UNSAFE_IN_PICTURE.sub(lambda character: f"#{ord(character[0])};", " ".join(text.split()))[:400]


def _text(text: str) -> str:
    return escape(text, quote=False)
