"""Implied relations: inverses (HI-5), and those that follow from rules in the settings.

Rules run in rounds, as in Breadcrumbs: in each round, every rule uses the explicit relations and those implied in earlier
rounds, and the results are added at the end of the round. A rule such as "up, down → same" would relate every child of a
parent to every other child; therefore no rule gives a note more relations than a page can show (HC-10).
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from garden.linking.hierarchy.relation_fields import RelationFields
from garden.linking.relation import Edge, Node
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import field_key
from garden.model.settings import MOST_ROUNDS, ImpliedRelation

_REACH = 60
"""The most relations of one kind that rules give a note, and the most notes that a step of a chain leads to."""

RelationsByField = Mapping[Node, Mapping[str, Mapping[Node | str, Edge]]]
"""Explicit edges as in `ExplicitRelations.edges`."""

Implied = dict[Node, dict[str, list[Node]]]
"""The targets of implied relations, by page and field."""


class _KnownRelation(NamedTuple):
    """A relation: the page `source` has `target` in its field `name`."""

    name: str
    source: Node
    target: Node


def imply_inverses(explicit: RelationsByField, fields: RelationFields, hidden: Collection[Node]) -> Implied:
    """Return the inverses of all explicit edges that are not explicit themselves (HI-5).

    Hidden notes are in no list of another page (PB-2). So of the relations of a hidden note, only those are inverted that
    make it a parent.
    """
    implied: Implied = {}
    for source, rows in explicit.items():
        for name, targets in rows.items():
            inverse = fields.inverses.get(name)
            if inverse is None or (source in hidden and inverse not in fields.ups):
                continue
            for target in targets:
                if isinstance(target, Node) and source not in explicit.get(target, {}).get(inverse, {}):
                    implied.setdefault(target, {}).setdefault(inverse, []).append(source)
    return implied


def closure(
    explicit: RelationsByField,
    fields: RelationFields,
    rules: Sequence[ImpliedRelation],
    hidden: Collection[Node],
) -> tuple[Implied, list[Diagnostic]]:
    """Return everything that inverses and `rules` imply, and a diagnostic for each rule whose results were cut."""
    closing = _Closing(explicit, fields, rules, hidden)
    closing.run()
    return closing.implied, closing.problems


class _Closing:
    """The rounds of one computation; `implied` and `problems` are its results."""

    def __init__(
        self,
        explicit: RelationsByField,
        fields: RelationFields,
        rules: Sequence[ImpliedRelation],
        hidden: Collection[Node],
    ) -> None:
        self.implied: Implied = {}
        self.problems: list[Diagnostic] = []
        self._fields = fields
        self._hidden = hidden
        # The chain and the closing field of each rule by compared names, without rules that name unknown fields
        self._rules = [
            (tuple(map(field_key, rule.chain)), field_key(rule.closes), rule)
            for rule in rules
            if {*map(field_key, rule.chain), field_key(rule.closes)} <= set(fields.names)
        ]
        # All relations so far, by field and source.
        self._known: dict[str, dict[Node, dict[Node, None]]] = {name: {} for name in fields.names}
        # How many of them rules have given, which _REACH limits, by field and source
        self._given: dict[tuple[str, Node], int] = {}
        self._reported: set[int] = set()  # indexes of rules
        # The relations that are inverted in the next round: at first explicit ones, then those that rules have just given
        self._fresh: list[_KnownRelation] = []
        for source in sorted(explicit):
            for name, targets in explicit[source].items():
                for target in targets:
                    if isinstance(target, Node):
                        self._known[name].setdefault(source, {})[target] = None
                        self._fresh.append(_KnownRelation(name, source, target))

    def run(self) -> None:
        """Run all rounds."""
        # One more round than rules have, in which the relations that the last one gave get their inverses.
        for number in range(1, MOST_ROUNDS + 2):
            inverses = list(self._inverses(number))
            closed = list(self._closed(number))
            for relation in inverses:
                self._add(relation, bounded=number > 1)
            self._fresh = [relation for relation in closed if self._add(relation, bounded=True)]
            if not self._fresh and (number > 1 or not inverses):
                return

    def _inverses(self, number: int) -> Iterator[_KnownRelation]:
        """Yield the inverses of relations that are explicit or were implied in the previous round."""
        fields = self._fields
        for name, source, target in self._fresh:
            inverse = fields.inverses.get(name)
            if inverse is None or fields.rounds[name] < min(number, MOST_ROUNDS):
                continue
            if source not in self._hidden or inverse in fields.ups:
                yield _KnownRelation(inverse, target, source)

    def _closed(self, number: int) -> Iterator[_KnownRelation]:
        """Yield the relations that the rules give in a round; hidden notes get none and are in none."""
        for at, (chain, closes, rule) in enumerate(self._rules):
            if rule.rounds < number:
                continue
            for start in sorted(self._known[chain[0]]):
                if start in self._hidden:
                    continue
                for end in self._ends(at, start, chain):
                    if end not in self._hidden:
                        source, target = (end, start) if rule.reverse else (start, end)
                        yield _KnownRelation(closes, source, target)

    def _ends(self, at: int, start: Node, chain: tuple[str, ...]) -> dict[Node, None]:
        """Return the pages that the chain of the rule at index `at` leads to from `start`, except `start` itself."""
        reached: dict[Node, None] = {start: None}
        for name in chain:
            onwards: dict[Node, None] = {}
            for node in reached:
                onwards.update(self._known[name].get(node, {}))
                onwards.pop(start, None)
                if len(onwards) > _REACH:
                    onwards = dict.fromkeys(list(onwards)[:_REACH])
                    self._report(at, next((node for node in (start, *onwards) if node.kind == "note"), start))
                    break
            reached = onwards
        return reached

    def _add(self, relation: _KnownRelation, *, bounded: bool) -> bool:
        """Add a relation; say whether it is new. With `bounded`, as for rules, there is a limit for each note."""
        name, source, target = relation
        row = self._known[name].setdefault(source, {})
        if target in row or source == target:
            return False
        if bounded:
            given = self._given.get((name, source), 0)
            if given == _REACH:
                return False
            self._given[name, source] = given + 1
        row[target] = None
        self.implied.setdefault(source, {}).setdefault(name, []).append(target)
        return True

    def _report(self, at: int, start: Node) -> None:
        """Report, once, that the rule at an index leads to too many notes from `start`."""
        if at in self._reported:
            return
        self._reported.add(at)
        _, closes, rule = self._rules[at]
        where = f'the rule "{", ".join(rule.chain)}" for "{closes}"'
        message = f"{where} leads to more than {_REACH} notes; only the first are used"
        self.problems.append(Diagnostic(Place(start.key, 1, 1), "relations-cut", message))
