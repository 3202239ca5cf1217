"""Footnotes as they are shown: numbered by first reference in what is shown (FN-1, FN-2, FN-4).

A transcluded section references only some footnotes of its source, so they are numbered here, and not by their order in the
source.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

Render = Callable[[int], str]
"""Returns the HTML of the footnote with this index in its body."""


@dataclass(slots=True)
class FootnoteList:
    """The footnotes referenced so far in one body; `prefix` keeps ids apart in embeds (HC-4)."""

    prefix: str = ""
    order: list[int] = field(
        default_factory=list
    )  # the indexes of the footnotes, in the order of their numbers
    numbers: dict[int, int] = field(default_factory=dict)  # by index
    references: dict[int, int] = field(default_factory=dict)  # how many there are so far, by index

    def reference(self, index: int) -> str:
        """Return the mark for one more reference to the footnote with this index in the body."""
        number = self.numbers.get(index)
        if number is None:
            self.order.append(index)
            number = self.numbers[index] = len(self.order)
        self.references[index] = count = self.references.get(index, 0) + 1
        return (
            f'<sup class="footnote-ref"><a href="#{self.prefix}fn:{number}" '
            f'id="{self._mark_id(number, count)}" role="doc-noteref">{number}</a></sup>'
        )

    def section(self, render: Render) -> str:
        """Return the section of all referenced footnotes, empty when there are none."""
        if not self.order:
            return ""
        texts: list[str] = []
        # A footnote's own text may reference more footnotes, so `order` grows on the way.
        while len(texts) < len(self.order):
            texts.append(render(self.order[len(texts)]))
        items = "\n".join(self._item(index, text) for index, text in zip(self.order, texts, strict=True))
        role = "" if self.prefix else ' role="doc-endnotes"'
        return f'<section class="footnotes"{role}>\n<ol>\n{items}\n</ol>\n</section>\n'

    def _mark_id(self, number: int, count: int) -> str:
        return f"{self.prefix}fnref:{number}" + (f"-{count}" if count > 1 else "")

    def _item(self, index: int, text: str) -> str:
        """Return a footnote with a link back to each of its references.

        The links belong into its last paragraph, not below it.
        """
        number = self.numbers[index]
        backs = "".join(
            f' <a href="#{self._mark_id(number, count)}" class="footnote-back" role="doc-backlink" '
            f'aria-label="{number}{f"-{count}" if count > 1 else ""}">↩</a>'
            for count in range(1, self.references[index] + 1)
        )
        body = text.rstrip()
        closing = "</p>" if body.endswith("</p>") else ""
        inner = body[: len(body) - len(closing)]
        return f'<li id="{self.prefix}fn:{number}">{inner}{backs}{closing}</li>'
