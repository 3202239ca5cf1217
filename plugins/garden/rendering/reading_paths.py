"""Reading paths: the chains of notes linked by `next` and `prev`, and the position of each note in its chain.

There is a step from a note to the first of its `next` notes if the first `prev` note of that one is this note. So
each note has at most one step out and one in, and is in one chain only, despite branches and shortcuts. A cycle
begins with the first of its titles. Chains contain only listed pages.

If list notes are a source of relations, the notes of a list that are in no other chain form a chain in the order of
the list.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from garden.linking.relation import Node
from garden.linking.resolving.resolution import Found
from garden.linking.snapshot import Snapshot
from garden.linking.sources.list_notes import LIST_NOTE
from garden.model.names import field_key
from garden.model.settings import Settings


class ReadingStep(Struct, frozen=True):
    """A page's place in a chain; `index` counts from 0."""

    chain: tuple[Node, ...]
    index: int


def reading_paths(
    snapshot: Snapshot, nodes: Iterable[Node], settings: Settings
) -> Mapping[Node, ReadingStep]:
    """Return the place of every page that is in a chain; `nodes` are the listed ones, in order of title."""
    in_order = list(nodes)
    listed = frozenset(in_order)
    fields = {
        way: [field_key(field.name) for field in settings.relations if field.direction == way]
        for way in ("next", "prev")
    }
    after = {node: _first(snapshot, node, fields["next"], listed) for node in in_order}
    before = {node: _first(snapshot, node, fields["prev"], listed) for node in in_order}
    step = {node: end for node, end in after.items() if end is not None and before[end] == node}
    has_step_in = frozenset(step.values())
    found: dict[Node, ReadingStep] = {}
    # First from the beginnings of chains. Then from any other note: one that has not been reached by now is in a cycle.
    for start in (*(node for node in in_order if node not in has_step_in), *in_order):
        if start in step and start not in found:
            chain = _chain(start, step)
            found.update(_steps(chain))
    if any(source.name == "list-notes" for source in settings.edge_sources):
        for members in _lists(snapshot):
            chain = tuple(node for node in members if node in listed and node not in found)
            if len(chain) > 1:
                found.update(_steps(chain))
    return found


def _steps(chain: tuple[Node, ...]) -> Iterator[tuple[Node, ReadingStep]]:
    return ((node, ReadingStep(chain, index)) for index, node in enumerate(chain))


def _lists(snapshot: Snapshot) -> Iterator[Iterable[Node]]:
    """Yield for each list note the targets of its list, each once."""
    for path, document in snapshot.documents.items():
        if document.listed and LIST_NOTE in document.meta.properties:
            answers = (snapshot.resolutions[path][item.ref] for item in document.outline if item.ref >= 0)
            yield dict.fromkeys(answer.node for answer in answers if isinstance(answer, Found))


def _chain(start: Node, step: Mapping[Node, Node]) -> tuple[Node, ...]:
    chain = {start: None}
    node = step.get(start)
    while node is not None and node not in chain:
        chain[node] = None
        node = step.get(node)
    return tuple(chain)


def _first(snapshot: Snapshot, node: Node, fields: Sequence[str], listed: frozenset[Node]) -> Node | None:
    relations = snapshot.relations.get(node, {})
    edges = (edge for field in fields for edge in relations.get(field, ()))
    return next((edge.node for edge in edges if edge.node in listed and edge.node != node), None)
