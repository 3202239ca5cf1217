"""What is being shown while a page is filled: its own body, or a part of another one that it embeds."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from garden.linking.relation import Node
from garden.linking.resolving.resolution import Resolution
from garden.model.names import VaultPath
from garden.model.note import Block, Document, Heading
from garden.rendering.body.footnotes import FootnoteList


@dataclass(slots=True)
class Scope:
    """One body that is being shown: the page's own or a transcluded one."""

    document: Document
    node: Node
    resolutions: Sequence[Resolution]
    prefix: str  # with which its ids begin, empty for the page's own body
    footnotes: FootnoteList
    shown: range  # the indexes of the parts that are shown
    at: int = -1  # the index of the part that is being written, -1 for text in a footnote
    closers: dict[int, str] = field(
        default_factory=dict
    )  # the closing tags of links, by the index of the reference

    def is_showing(self, path: VaultPath, part: Heading | Block | None) -> bool:
        """Say whether embedding this part here would be an endless recursion (EM-8).

        That is the case when the part is already being shown, or when it contains the embed that is being filled.
        """
        if path != self.document.path:
            return False
        return part is None or range(part.start, part.end) == self.shown or part.start <= self.at < part.end
