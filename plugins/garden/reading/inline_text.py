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


class InlineText(Struct, frozen=True):
    """Inline HTML with slots, and the references in it; `raw` is the place of the first HTML that the author has written."""

    parts: tuple[Part, ...]
    refs: tuple[Ref, ...] = ()
    raw: Place | None = None


@lru_cache(maxsize=4096)
def read_inline(text: str, path: VaultPath, settings: ReadingSettings) -> InlineText:
    """Convert a text of the note at `path`."""
    findings = Findings(path, settings, settings.site_language)
    root = etree.Element("div")
    convert_inline(text, root, findings)
    parts, _ = cut_parts(serialize(root), findings.views)
    # A value in a result has no place below it for the text of a footnote.
    shown = tuple(part for part in parts if not (isinstance(part, Slot) and part.kind is SlotKind.FOOTNOTE))
    return InlineText(shown, tuple(findings.refs), findings.raw)
