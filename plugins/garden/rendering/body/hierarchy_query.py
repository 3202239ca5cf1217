"""Which notes the query of a view lets in (`reading.syntax.fences.hierarchy_query` reads it)."""

from collections.abc import Callable, Sequence

from garden.linking.relation import Node
from garden.linking.resolution import Found, Resolution
from garden.linking.snapshot import Snapshot
from garden.model.names import Folded, VaultPath, fold, folder


def lets_in(
    query: tuple[str, ...], snapshot: Snapshot, resolutions: Sequence[Resolution]
) -> Callable[[Node], bool]:
    """Return whether a page may be in a view with this query; `resolutions` are those of its note.

    Without a query all may. With one, only notes may: a hub has no folder and no tags.
    """
    if not query:
        return lambda _: True
    operands = {
        item: _operand(item, snapshot, resolutions) for item in query if item not in ("and", "or", "not")
    }

    def holds(node: Node) -> bool:
        if node.kind != "note":
            return False
        path = VaultPath(node.key)
        values: list[bool] = []
        for item in query:
            if item in operands:
                values.append(operands[item](path))
            elif item == "not":
                values.append(not values.pop())
            else:
                right, left = values.pop(), values.pop()
                values.append(left and right if item == "and" else left or right)
        return values.pop()

    return holds


def _operand(item: str, snapshot: Snapshot, resolutions: Sequence[Resolution]) -> Callable[[VaultPath], bool]:
    kind, _, value = item.partition(" ")
    if kind == "folder":
        return lambda path: not value or f"{fold(folder(path))}/".startswith(f"{value}/")
    if kind == "tag":
        entry = snapshot.tags.get(Folded(value))
        return frozenset(entry.notes if entry else ()).__contains__
    found = resolutions[int(value)]
    backlinks = snapshot.backlinks.get(found.node, ()) if isinstance(found, Found) else ()
    return frozenset(backlink.source for backlink in backlinks).__contains__
