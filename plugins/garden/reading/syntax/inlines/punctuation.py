"""Typographic punctuation in running text (FT-8); what it means is in `reading.typography`."""

from garden.model.settings import ReadingSettings
from garden.reading.syntax.engine.inline_scan import InlineRule, Scan
from garden.reading.syntax.engine.nodes import Substitution
from garden.reading.typography import MARK, quotes_of, replacement


class PunctuationRule(InlineRule):
    """A quotation mark, an apostrophe, a dash or an ellipsis."""

    triggers = ('"', "'", "--", r"\.\.\.")

    def may_apply(self, text: str, settings: ReadingSettings) -> bool:
        """Say whether the settings ask for typographic punctuation."""
        return settings.typography

    def scan(self, scan: Scan, at: int) -> int | None:
        """Append the typographic mark, or what is typed if that stays."""
        if not scan.findings.settings.typography:
            return None
        match = MARK.match(scan.text, at, scan.end)
        assert match is not None
        shown = replacement(scan.text, at, match.end(), quotes_of(scan.findings.language))
        scan.nodes.append(Substitution(shown, match[0]) if shown else match[0])
        return match.end()
