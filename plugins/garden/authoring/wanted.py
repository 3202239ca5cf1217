"""Names that links use but no note has: how often, in which branch, and which parent a note of that name would have."""

from collections import Counter
from collections.abc import Iterator

from msgspec import Struct

from garden.linking.hierarchy.relation_fields import RelationFields, fields_of
from garden.linking.relation import Node
from garden.linking.resolving.resolution import Found, Missing
from garden.linking.snapshot import Snapshot
from garden.model.diagnostic import Place
from garden.model.names import Folded, VaultPath, fold, stem, without_ending
from garden.model.note import Ref
from garden.model.settings import Settings


class WantedNote(Struct, frozen=True):
    """A name that references use but no note has.

    `name` is its first spelling, `refs` the references in the order of their places, `branch` the title of the top page
    of the branch in which most of the referring notes are, empty if they are in none.
    """

    name: str
    refs: tuple[Ref, ...]
    branch: str

    @property
    def place(self) -> Place:
        """Where it is named first."""
        return self.refs[0].place


def wanted_notes(snapshot: Snapshot) -> list[WantedNote]:
    """Return every name that references lead to without a note or file, the most wanted first."""
    found: dict[Folded, list[Ref]] = {}
    for ref in _unresolved(snapshot):
        # Links with a wrong folder want the same note as those without one.
        found.setdefault(fold(stem(ref.target.path)), []).append(ref)
    wanted = [
        WantedNote(refs[0].target.path, tuple(refs), _branch(snapshot, refs))
        for key, refs in found.items()
        if key
    ]
    return sorted(wanted, key=lambda want: (-len(want.refs), fold(want.branch), fold(want.name), want.place))


def inferred_parents(snapshot: Snapshot, wanted: WantedNote, settings: Settings) -> tuple[Node, ...]:
    """Return the parent of a wanted note, according to the notes that name it; nothing if they disagree.

    A note that names it as its child is its parent; one that names it as a sibling, or as next or previous, has the
    same parent. If notes only mention it in their text, its parent is the one of them that has children, or else the
    parent that most of them have.
    """
    fields = fields_of(settings.relations)
    parents = [_source(ref) for ref in wanted.refs if fields.directions.get(ref.relation) == "down"]
    if parents:
        return tuple(dict.fromkeys(parents))
    beside = [_source(ref) for ref in wanted.refs if _is_beside(ref, fields)]
    if beside:
        return _common_parent(snapshot, beside)
    sources = list(dict.fromkeys(_source(ref) for ref in wanted.refs if not ref.relation))
    above = [source for source in sources if snapshot.children.get(source)]
    return (above[0],) if len(above) == 1 else _common_parent(snapshot, sources)


def link_name(snapshot: Snapshot, node: Node) -> str:
    """Return what a wikilink to a note or hub must contain: the name of the file, or its path if the name is not unique."""
    if node.kind != "note":
        hub = snapshot.hubs[Folded(node.key)]
        return hub.written or hub.title
    name = stem(node.key)
    is_alone = sum(fold(stem(path)) == fold(name) for path in snapshot.documents) == 1
    return name if is_alone else without_ending(node.key)


def _unresolved(snapshot: Snapshot) -> Iterator[Ref]:
    """Yield every reference of published notes that leads to no note or file, in path order.

    A reference to a hub is one of them: a hub has a page, but nobody wrote a note.
    """
    for path, answers in sorted(snapshot.resolutions.items()):
        for ref, answer in zip(snapshot.documents[path].refs, answers, strict=True):
            match answer:
                case Missing():
                    yield ref
                case Found(node) if node.kind == "hub":
                    yield ref


def _branch(snapshot: Snapshot, refs: list[Ref]) -> str:
    """Return the title of the top page above most of the referring notes, of several the first by title."""
    tops: Counter[str] = Counter()
    for source in dict.fromkeys(map(_source, refs)):
        trails = snapshot.trails.get(source, ())
        top = trails[0][0] if trails and trails[0] else source if snapshot.children.get(source) else None
        if top is not None and not _is_wanted(top, refs):
            tops[snapshot.title(top)] += 1
    return min(tops, key=lambda title: (-tops[title], fold(title)), default="")


def _is_wanted(top: Node, refs: list[Ref]) -> bool:
    """Say whether a page is the hub that stands for the wanted note itself."""
    return top.kind == "hub" and top.key == fold(stem(refs[0].target.path))


def _common_parent(snapshot: Snapshot, sources: list[Node]) -> tuple[Node, ...]:
    """Return the parent of more than half of those `sources` that have any; nothing if there is none or more than one."""
    above = [
        [node for node in snapshot.parents.get(source, ()) if node.kind in ("note", "hub")]
        for source in sources
    ]
    counts = Counter(node for nodes in above for node in nodes)
    placed = sum(map(bool, above))
    common = [node for node, count in counts.items() if 2 * count > placed]
    return (common[0],) if len(common) == 1 else ()


def _is_beside(ref: Ref, fields: RelationFields) -> bool:
    return fields.directions.get(ref.relation) in ("same", "next", "prev")


def _source(ref: Ref) -> Node:
    return Node("note", VaultPath(ref.place.path))
