"""Links onward from a page: the pages before and after it, and what to read next, each with the reason.

Nothing is recommended that the page names anyway in its relations or its pager, so each fact is shown once; and
no page is without a link onward, as long as the site has another one.
"""

from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from gettext import NullTranslations
from typing import Final

from msgspec import Struct

from garden.linking.relation import Node
from garden.model.names import VaultPath
from garden.model.pages.panels import OnwardLinks, Recommendation, Relation
from garden.rendering.catalog import Catalog
from garden.rendering.related.relatedness import Reason, ReasonKind, Relatedness

_RECOMMENDED: Final = 3
"""The maximum number of recommendations on a page."""

_LEVELS: Final = 3
"""The number of levels above a page in which pages beside it, or beside those above it, are looked for."""

_KNOWN: Final = 0.4
"""The factor for how closely a page is related to which the text links, or which is quoted below it: readers know it already."""

_ENOUGH: Final = 0.5
"""How closely a page must be related to come before pages in the same place (see `related.relatedness`)."""


class _OnwardLink(Struct, frozen=True):
    """A page that a reader may go on to, and why."""

    node: Node
    reason: str


def onward_links(catalog: Catalog, node: Node, relations: tuple[Relation, ...]) -> OnwardLinks:
    """Return the onward links of a page; `relations` are those that it shows."""
    shown = {relation.direction for relation in relations}
    previous = None if "prev" in shown else _step(catalog, node, is_next=False)
    following = None if "next" in shown else _step(catalog, node, is_next=True)
    steps = [step for step in (previous, following) if step]
    named = {node, *_related(catalog, node), *(step.node for step in steps)}
    found = _first_of(catalog, _candidates(catalog, node), named)
    if not found and not steps:
        found = _first_of(catalog, _anywhere(catalog, node), named)
    return OnwardLinks(
        _shown(catalog, previous) if previous else None,
        _shown(catalog, following) if following else None,
        tuple(_shown(catalog, candidate, summary=True) for candidate in found),
    )


def _first_of(
    catalog: Catalog, candidates: Iterator[_OnwardLink], named: AbstractSet[Node]
) -> list[_OnwardLink]:
    """Return the first recommendations that lead to pages which are not among those `named` already."""
    found: dict[Node, _OnwardLink] = {}
    for candidate in candidates:
        if candidate.node not in named and catalog.is_listed(candidate.node):
            found.setdefault(candidate.node, candidate)
        if len(found) == _RECOMMENDED:
            break
    return list(found.values())


def _shown(catalog: Catalog, candidate: _OnwardLink, *, summary: bool = False) -> Recommendation:
    link = catalog.link(candidate.node)
    text = catalog.summary(candidate.node) if summary else ""
    return Recommendation(link.title, link.href, text, candidate.reason, link.lang, link.draft)


def _step(catalog: Catalog, node: Node, *, is_next: bool) -> _OnwardLink | None:
    """Return the page before or after one: on its path, or else in the order in which its branch or place is read."""
    words = catalog.translations(catalog.language(node))
    path = catalog.paths.get(node)
    if path is not None:
        index = path.index + (1 if is_next else -1)
        if 0 <= index < len(path.chain):
            reason = words.gettext("%(position)s of %(length)s on this path")
            return _OnwardLink(path.chain[index], reason % {"position": index + 1, "length": len(path.chain)})
    step = catalog.order.get(node)
    target = step and (step.next if is_next else step.previous)
    return _OnwardLink(target, _position(catalog, target, words)) if target else None


def _position(catalog: Catalog, node: Node, words: NullTranslations) -> str:
    """Say where a page is among those in its branch or place; nothing for a page at the top."""
    shape = catalog.shape(node)
    above = shape.above.get(node)
    if above is None:
        return ""
    gaps = {
        "position": shape.places[node] + 1,
        "length": len(shape.children[above]),
        "title": catalog.title(above),
    }
    return words.gettext("%(position)s of %(length)s in %(title)s") % gaps


def _related(catalog: Catalog, node: Node) -> Iterator[Node]:
    """Yield the pages that the relations of a page name, the notes in its place if it stands for one, and its parents."""
    for edges in catalog.snapshot.relations.get(node, {}).values():
        yield from (edge.node for edge in edges if edge.node is not None)
    shape = catalog.shape(node)
    yield from shape.children.get(node, ())
    yield from shape.nearest(node, 1)
    if catalog.snapshot.home:
        yield Node("note", catalog.snapshot.home)


def _candidates(catalog: Catalog, node: Node) -> Iterator[_OnwardLink]:
    """Yield what may be read next, the best first: closely related pages, pages beside it, any related page."""
    words = catalog.translations(catalog.language(node))
    relatedness = catalog.related_notes.of(node)
    known = {Node("note", backlink.source) for backlink in catalog.snapshot.backlinks.get(node, ())}
    if node.kind == "note":
        known.update(catalog.cites(VaultPath(node.key)))
    for other in known & relatedness.strength.keys():
        relatedness.strength[other] *= _KNOWN
    strong = [other for other, strength in relatedness.strength.items() if strength >= _ENOUGH]
    yield from _strongest(catalog, relatedness, strong, words)
    yield from _beside(catalog, node, words)
    yield from _strongest(catalog, relatedness, relatedness.strength, words)


def _strongest(
    catalog: Catalog, relatedness: Relatedness, pages: Iterable[Node], words: NullTranslations
) -> Iterator[_OnwardLink]:
    """Yield related pages, the strongest first, equals by title."""
    equals: dict[float, list[Node]] = {}
    for page in pages:
        equals.setdefault(relatedness.strength[page], []).append(page)
    # The caller stops after a few, so titles are only compared among pages that are equally related and asked for.
    for strength in sorted(equals, reverse=True):
        for page in sorted(equals[strength], key=catalog.title_order):
            if catalog.is_listed(page):
                yield _OnwardLink(page, _reason(catalog, relatedness.reason(page), words))


def _anywhere(catalog: Catalog, node: Node) -> Iterator[_OnwardLink]:
    """Yield the most cited notes, then all others, for a page that is related to nothing."""
    words = catalog.translations(catalog.language(node))
    for path in catalog.most_cited:
        count = len(catalog.snapshot.backlinks[Node("note", path)])
        reason = words.ngettext("%(num)s note here links to it", "%(num)s notes here link to it", count)
        yield _OnwardLink(Node("note", path), reason % {"num": count})
    yield from (_OnwardLink(other, words.gettext("also on this site")) for other in catalog.nodes)


def _beside(catalog: Catalog, node: Node, words: NullTranslations) -> Iterator[_OnwardLink]:
    """Yield the nearest pages in the same branch or place, then in the ones above it."""
    shape = catalog.shape(node)
    for at in (node, *reversed(shape.nearest(node, _LEVELS))):
        above = shape.above.get(at)
        if at not in shape.places:
            return
        children = shape.roots if above is None else shape.children[above]
        reason = words.gettext("also at the top of the map")
        if above is not None:
            reason = words.gettext("also in %(title)s") % {"title": catalog.title(above)}
        place = shape.places[at]
        for distance in range(1, min(len(children), 2 * _RECOMMENDED)):
            for beside in (place + distance, place - distance):
                if 0 <= beside < len(children) and children[beside].kind in ("note", "hub"):
                    yield _OnwardLink(children[beside], reason)


def _reason(catalog: Catalog, reason: Reason, words: NullTranslations) -> str:
    """Say in words why a note is recommended."""
    names = ", ".join(reason.names)
    match reason.kind:
        case ReasonKind.CITED_TOGETHER if reason.number == 1:
            title = catalog.title(Node("note", reason.names[0]))
            return words.gettext("cited beside this page in “%(title)s”") % {"title": title}
        case ReasonKind.CITED_TOGETHER:
            message = words.ngettext(
                "cited by %(num)s note that cites this page",
                "cited by %(num)s notes that cite this page",
                reason.number,
            )
            return message % {"num": reason.number}
        case ReasonKind.CITES_THE_SAME if reason.number == 1:
            return words.gettext("also cites “%(title)s”") % {"title": _cited_title(catalog, reason.names[0])}
        case ReasonKind.CITES_THE_SAME:
            message = words.ngettext(
                "cites %(num)s page that is cited here",
                "cites %(num)s pages that are cited here",
                reason.number,
            )
            return message % {"num": reason.number}
        case ReasonKind.TAGS:
            message = words.ngettext(
                "shares the tag %(names)s", "shares the tags %(names)s", len(reason.names)
            )
            return message % {"names": names}
        case ReasonKind.WORDS | ReasonKind.WORDS_OF_HEADINGS:
            return words.gettext("also about %(names)s") % {"names": names}


def _cited_title(catalog: Catalog, key: str) -> str:
    """Return the title of a cited page: of the note of this path, or else of the hub of this name."""
    note = Node("note", key)
    return catalog.title(note if key in catalog.snapshot.documents else Node("hub", key))
