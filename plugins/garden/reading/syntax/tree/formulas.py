"""The formulas of a note: what typesets them is imported only if there are any, since most notes have none."""

from garden.reading.syntax.engine.findings import Findings


def typeset(findings: Findings) -> None:
    """Fill the element of every formula (MA-3, MA-4)."""
    if findings.formulas:
        from garden.reading.syntax.tree.typesetting import typeset_formulas

        typeset_formulas(findings)
