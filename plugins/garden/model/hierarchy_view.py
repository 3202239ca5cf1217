"""A view of the hierarchy inside a note: what a block ```` ```breadcrumbs ```` asks for.

Between reading and rendering it is one line of text, the value of a slot.
"""

import json
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class HierarchyView:
    """The options of a view, checked. Absent text is empty.

    `fields` are compared names, empty for all. Levels `above` < level <= `below` are shown, the
    notes beside the first one being level 1; `below` 0 stands for the usual depth. `start` is the
    index in Document.refs of the note to begin with, -1 for the note that holds the view. `query`
    says which notes may be in it, in postfix order: `tag x`, `folder x`, `link n` with an index in
    Document.refs, `and`, `or`, `not`; empty for all. `line` is where the view stands.
    """

    kind: str = "tree"  # or "mermaid", "markmap"
    title: str = ""
    fields: tuple[str, ...] = ()
    above: int = 0
    below: int = 0
    start: int = -1
    sort: str = "basename"
    descending: bool = False
    flat: bool = False
    collapse: bool = False
    content: str = ""  # "open" or "closed": the whole can be folded
    merge: bool = True
    attributes: tuple[str, ...] = ()
    prefix: bool = False  # the relation stands before each page
    query: tuple[str, ...] = ()
    direction: str = "LR"
    line: int = 0


def written_view(view: HierarchyView) -> str:
    """Return a view as one line of text."""
    return json.dumps(asdict(view), separators=(",", ":"))


def read_view(text: str) -> HierarchyView:
    """Return the view that `written_view` wrote."""
    found: dict[str, Any] = json.loads(text)
    for name in ("fields", "attributes", "query"):
        found[name] = tuple(found[name])
    return HierarchyView(**found)
