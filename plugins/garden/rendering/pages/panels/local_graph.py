"""The neighbourhood of a page: what is drawn of it, and the same in words.

The page is in the middle: what is above it, precedes it or mentions it is drawn before it, everything else after
it. The text is for those who do not see the drawing.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from garden.linking.relation import Node
from garden.linking.resolving.resolution import Found
from garden.model.names import VaultPath
from garden.model.pages.panels import LocalGraph
from garden.rendering.catalog import Catalog
from garden.rendering.pages.panels.local_graph_drawing import Drawing, Neighbour, draw_graph
from garden.rendering.pages.title_languages import language_shown

MAX_NEIGHBOURS: Final = 14
"""The maximum number of neighbours that are drawn; more would be too small to read."""

_LISTED: Final = 12
"""If a hub has more children, and no other neighbours, its list says more than a drawing."""

MENTION: Final = "mention"
"""The kind of an edge that is not a typed relation but a link in the text."""

_BEFORE: Final = frozenset(("up", "prev"))
"""The directions of the relations to what is drawn before the page."""

_LINES: Final = {
    "up": "hierarchy",
    "down": "hierarchy",
    "next": "sequence",
    "prev": "sequence",
    "same": "related",
    "x": "related",  # a relation without a direction
    MENTION: "mention",
}
"""What the key of the drawing calls each kind of line, by direction."""


class _Near(NamedTuple):
    """How a page is a neighbour.

    `relation` is the compared name of a relation, or MENTION; `kind` is a key of _LINES; `is_before` says on which
    side of the page it is drawn.
    """

    relation: str
    kind: str
    is_before: bool


_MENTIONED: Final = _Near(MENTION, MENTION, is_before=False)
_MENTIONING: Final = _Near(MENTION, MENTION, is_before=True)


def local_graph(catalog: Catalog, node: Node) -> LocalGraph | None:
    """Return the drawing of a page with its neighbours; None if it has none, or if its list of children says more."""
    found = _neighbours(catalog, node)
    if not found or (
        node.kind == "hub" and len(found) > _LISTED and all(how.kind == "down" for how in found.values())
    ):
        return None
    sides: dict[bool, list[Neighbour]] = {True: [], False: []}
    titles: dict[str, list[str]] = {}  # by relation
    own = catalog.language(node)
    for near, how in found.items():
        link = catalog.link(near)
        lang = language_shown(own, link.lang, catalog.settings.language)
        sides[how.is_before].append(Neighbour(link.title, link.href, how.kind, lang))
        titles.setdefault(how.relation, []).append(link.title)
    words = _in_words(catalog, titles, own)
    svg = draw_graph(Drawing(catalog.title(node), words, tuple(sides[True]), tuple(sides[False])))
    return LocalGraph(svg, tuple(dict.fromkeys(_LINES[how.kind] for how in found.values())))


def mentioned(catalog: Catalog, path: VaultPath) -> Iterator[Node]:
    """Yield the listed pages that a note links to outside its hierarchy, each once, in text order."""
    refs = catalog.document(path).refs
    seen = {Node("note", path)}
    for ref, found in zip(refs, catalog.snapshot.resolutions[path], strict=True):
        if isinstance(found, Found) and not ref.relation and found.node not in seen:
            seen.add(found.node)
            if catalog.is_listed(found.node):
                yield found.node


def _neighbours(catalog: Catalog, node: Node) -> dict[Node, _Near]:
    """Return at most MAX_NEIGHBOURS pages; one that is a neighbour in several ways counts as the first of them."""
    found: dict[Node, _Near] = {}
    for near, how in _candidates(catalog, node):
        if near != node:
            found.setdefault(near, how)
        if len(found) == MAX_NEIGHBOURS:
            break
    return found


def _candidates(catalog: Catalog, node: Node) -> Iterator[tuple[Node, _Near]]:
    """Yield the neighbours by importance: relations in the order of the settings, then mentions, then backlinks."""
    snapshot = catalog.snapshot
    edges = snapshot.relations.get(node, {})
    for name, direction in catalog.directions.items():
        if name not in edges:
            continue
        # Relations of one direction have one kind of line, no matter what they are called.
        how = _Near(name, direction or "x", direction in _BEFORE)
        for edge in edges[name]:
            if edge.node is not None and catalog.is_listed(edge.node):
                yield edge.node, how
    if node.kind == "note":
        for target in mentioned(catalog, VaultPath(node.key)):
            yield target, _MENTIONED
    for backlink in snapshot.backlinks.get(node, ()):
        yield Node("note", backlink.source), _MENTIONING


def _in_words(catalog: Catalog, titles: Mapping[str, Sequence[str]], language: str) -> str:
    """Return the alternative text of the drawing: the titles of the neighbours by relation."""
    labels = {name: catalog.label(name, language) for name in titles if name != MENTION}
    labels[MENTION] = catalog.gettext("mention", language)
    return "; ".join(f"{labels[name]}: {', '.join(names)}" for name, names in titles.items())
