"""Which notes the query of a view includes (`reading.syntax.fences.hierarchy_query` reads it)."""

from collections.abc import Callable, Sequence
from typing import assert_never

from garden.linking.relation import Node
from garden.linking.resolving.resolution import Found, Resolution
from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath, fold, folder
from garden.model.views.hierarchy_view import Condition, HasTag, InFolder, LinksTo, Operator, ViewQuery


def query_includes(
    query: ViewQuery, snapshot: Snapshot, resolutions: Sequence[Resolution]
) -> Callable[[Node], bool]:
    """Return a function that says whether the view shows a page; `resolutions` are those of its note.

    Without a query it shows all. With one, it shows notes alone: a hub has no folder and no tags.
    """
    if not query:
        return lambda _: True
    tests = {item: _test(item, snapshot, resolutions) for item in query if not isinstance(item, Operator)}

    # A query is in postfix notation: each operator follows the conditions that it combines.
    def holds(node: Node) -> bool:
        """Calculate the query for a page with a stack of the values that are not combined yet."""
        if node.kind != "note":
            return False
        path = VaultPath(node.key)
        values: list[bool] = []
        for item in query:
            match item:
                case Operator.NOT:
                    values.append(not values.pop())
                case Operator.AND | Operator.OR:
                    right, left = values.pop(), values.pop()
                    values.append(left and right if item is Operator.AND else left or right)
                case _:
                    values.append(tests[item](path))
        return values.pop()

    return holds


def _test(
    condition: Condition, snapshot: Snapshot, resolutions: Sequence[Resolution]
) -> Callable[[VaultPath], bool]:
    """Return a function that says whether a note meets a condition; what it takes to decide is looked up once."""
    match condition:
        case InFolder(wanted):
            return lambda path: not wanted or f"{fold(folder(path))}/".startswith(f"{wanted}/")
        case HasTag(tag):
            entry = snapshot.tags.get(tag)
            return frozenset(entry.notes if entry else ()).__contains__
        case LinksTo(ref=ref):
            found = resolutions[ref]
            backlinks = snapshot.backlinks.get(found.node, ()) if isinstance(found, Found) else ()
            return frozenset(backlink.source for backlink in backlinks).__contains__
        case _:
            assert_never(condition)
