"""The formulas of a note: most notes have none, and do not wait for what typesets them."""

from garden.reading.syntax.engine.findings import Findings


def typeset(findings: Findings) -> None:
    """Fill the element of every formula (MA-3, MA-4)."""
    if findings.formulas:
        from garden.reading.syntax.tree.typesetting import typeset_formulas

        typeset_formulas(findings)
