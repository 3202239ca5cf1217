"""Converts Markdown that is not the body of a note: a text in a canvas or drawing."""

from typing import NamedTuple

from garden.model.body import Footnote, Part
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath
from garden.model.note import Ref, Tag
from garden.model.settings import ReadingSettings
from garden.reading.body_parts import Footnotes, cut_parts
from garden.reading.syntax.engine.findings import Findings
from garden.reading.syntax.markdown_adapter import convert


class FreeText(NamedTuple):
    """A converted text; `titles` are its headings, which are not part of an outline."""

    parts: tuple[Part, ...]
    markdown: tuple[Part, ...]
    footnotes: tuple[Footnote, ...]
    refs: tuple[Ref, ...]
    tags: tuple[Tag, ...]
    plain: tuple[str, ...]
    titles: tuple[str, ...]
    words: int
    raw: Place | None
    problems: tuple[Diagnostic, ...]


def read_free_text(
    text: str, path: VaultPath, settings: ReadingSettings, language: str = "", first_ref: int = 0
) -> FreeText:
    """Convert a text of the file at `path`; `first_ref` is the number of references before it in the file."""
    # With a title, a heading that begins the text is shown like any other, and does not become the title.
    findings = Findings(path, settings, language or settings.site_language, title=" ", first_ref=first_ref)
    converted = convert(text, findings, 1)
    footnotes = Footnotes(findings)
    parts = footnotes.number(cut_parts(converted.html, findings.views)[0])
    return FreeText(
        parts,
        footnotes.renumber(cut_parts(converted.markdown, findings.views)[0]),
        footnotes.texts(),
        tuple(findings.refs),
        tuple(findings.tags),
        tuple(findings.plain),
        tuple(heading.text for heading in findings.headings),
        len(" ".join(findings.plain).split()) + findings.unspaced_words,
        findings.raw,
        tuple(findings.problems),
    )
