"""Converts one line of Markdown: a value in the result of a query, which is text of some note (VW-16)."""

import xml.etree.ElementTree as etree
from functools import lru_cache

from msgspec import Struct

from garden.model.body import Part, Slot, SlotKind
from garden.model.diagnostic import Place
from garden.model.names import VaultPath
from garden.model.note import Ref
from garden.model.settings import ReadingSettings
from garden.reading.body_parts import cut_parts
from garden.reading.syntax.engine.findings import Findings
from garden.reading.syntax.engine.serialize import serialize
from garden.reading.syntax.markdown_adapter import convert_inline
from garden.reading.syntax.tree.markdown import markdown


class InlineText(Struct, frozen=True):
    """Inline HTML with slots, and the references in it; `raw` is the place of the first HTML that the author has written."""

    parts: tuple[Part, ...]
    markdown: tuple[Part, ...]  # the same as Markdown
    refs: tuple[Ref, ...] = ()
    raw: Place | None = None


@lru_cache(maxsize=4096)
def read_inline(text: str, path: VaultPath, settings: ReadingSettings) -> InlineText:
    """Convert a text of the note at `path`."""
    findings = Findings(path, settings, settings.site_language)
    root = etree.Element("div")
    convert_inline(text, root, findings)
    html, as_markdown = (_shown(written, findings) for written in (serialize(root), markdown(root)))
    return InlineText(html, as_markdown, tuple(findings.refs), findings.raw)


def _shown(written: str, findings: Findings) -> tuple[Part, ...]:
    """Return the parts of a text; a value in a result has no place below it for the text of a footnote."""
    parts, _ = cut_parts(written, findings.views)
    return tuple(part for part in parts if not (isinstance(part, Slot) and part.kind is SlotKind.FOOTNOTE))
