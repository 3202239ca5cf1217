"""Cuts converted HTML into the parts of a body at its slots, and numbers its footnotes.

With these parts, later layers fill slots and cut out sections without parsing HTML again.
"""

import re
from collections.abc import Sequence
from functools import lru_cache

from garden.model.body import Footnote, Part, Slot, SlotKind
from garden.model.views.hierarchy_view import HierarchyView
from garden.model.views.queries import LiveView
from garden.reading.syntax.engine.findings import Findings
from garden.reading.syntax.engine.serialize import ETX, STX, serialize
from garden.reading.syntax.tree.markdown import markdown

_SLOT = re.compile(f"{STX}([a-z-]+):([^{ETX}]*){ETX}")
_BY_NAME = {kind.value: kind for kind in SlotKind}
# What follows the colon in a slot is text, except for these: the number of a view, and another number.
_VIEWS = frozenset((SlotKind.VIEW.value, SlotKind.INLINE_VIEW.value))
_WITH_NUMBER = frozenset(
    kind.value
    for kind in (
        SlotKind.LINK_OPEN,
        SlotKind.LINK_CLOSE,
        SlotKind.LINK_TEXT,
        SlotKind.EMBED_BLOCK,
        SlotKind.EMBED_INLINE,
        SlotKind.IMAGE,
        SlotKind.REF_ADDRESS,
        SlotKind.HEADING,
        SlotKind.HEADING_LEVEL,
    )
)


def cut_parts(
    html: str, views: Sequence[HierarchyView | LiveView]
) -> tuple[tuple[Part, ...], dict[int, int]]:
    """Cut serialised HTML at its slots and marks; return the parts, and for each mark the index of the part that follows it.

    `views` are the views that slots refer to by number.
    """
    parts: list[Part] = []
    marks: dict[int, int] = {}
    pieces = _SLOT.split(html)  # HTML, name and value of a slot, HTML, …
    for index in range(0, len(pieces), 3):
        if pieces[index]:
            parts.append(pieces[index])
        if index + 2 >= len(pieces):
            break
        name, value = pieces[index + 1], pieces[index + 2]
        if name == "mark":
            marks[int(value)] = len(parts)
        elif name in _WITH_NUMBER:
            parts.append(_numbered_slot(name, value))
        else:
            parts.append(Slot(_BY_NAME[name], views[int(value)] if name in _VIEWS else value))
    return tuple(parts), marks


@lru_cache(maxsize=4096)
def _numbered_slot(name: str, value: str) -> Slot:
    """Return the one slot of this kind and number: most are in a note more than once, and are stored once for it."""
    return Slot(_BY_NAME[name], int(value))


class Footnotes:
    """Numbers footnotes by their first reference (FN-1); one without a reference is not shown (FN-3)."""

    def __init__(self, findings: Findings) -> None:
        self._definitions = findings.footnotes
        self._views = findings.views
        self._numbers: dict[str, int] = {}  # the index of each footnote that is referred to, by label
        self._labels: list[str] = []  # the labels in the order of those indexes
        self._texts: list[Footnote] = []

    def number(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Return parts whose footnote slots hold indexes instead of labels."""
        if not self._definitions:
            return parts
        numbered = self.renumber(parts)
        # The text of a footnote may refer to further footnotes, so the list grows during the loop.
        for label in self._labels:
            element = self._definitions[label].element
            as_html, _ = cut_parts(serialize(element), self._views)
            as_markdown, _ = cut_parts(markdown(element), self._views)
            number = len(self._texts) + 1
            self._texts.append(Footnote(label, number, self.renumber(as_html), self.renumber(as_markdown)))
        return numbered

    def renumber(self, parts: tuple[Part, ...]) -> tuple[Part, ...]:
        """Return other parts of the same note with the numbers that `number` has assigned."""
        return tuple(self._numbered(part) for part in parts) if self._definitions else parts

    def texts(self) -> tuple[Footnote, ...]:
        """Return the footnotes that are referred to, in order of their numbers."""
        return tuple(self._texts)

    def _numbered(self, part: Part) -> Part:
        """Return a part; the slot of a footnote with its index, which is the next one at the first reference to it."""
        if isinstance(part, Slot) and part.kind is SlotKind.FOOTNOTE:
            label = str(part.value)
            if label not in self._numbers:
                self._numbers[label] = len(self._labels)
                self._labels.append(label)
            return Slot(SlotKind.FOOTNOTE, self._numbers[label])
        return part
