"""What is being shown while a page is filled: its own body, or a part of another one."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from garden.linking.relation import Node
from garden.linking.resolving.resolution import Resolution
from garden.model.names import VaultPath
from garden.model.note import Block, Document, Heading
from garden.rendering.body.footnotes import FootnoteList


@dataclass(slots=True)
class Scope:
    """One body that is being shown: the page's own (empty `prefix`) or a transcluded one.

    `shown` are the indexes of its parts that are shown, `at` the one that is being written, -1 for
    text in a footnote.
    """

    document: Document
    node: Node
    resolutions: Sequence[Resolution]
    prefix: str
    footnotes: FootnoteList
    shown: range
    at: int = -1
    closers: dict[int, str] = field(default_factory=dict)

    def is_showing(self, path: VaultPath, part: Heading | Block | None) -> bool:
        """Say whether showing this part here would never end (EM-8).

        It would when it is what is shown already, or when the embed that asks for it is in it.
        """
        if path != self.document.path:
            return False
        return part is None or range(part.start, part.end) == self.shown or part.start <= self.at < part.end
