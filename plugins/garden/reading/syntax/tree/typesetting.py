"""Typesets the formulas of a note when all are known, since one may use macros and labels of another (MA-4)."""

import re
import xml.etree.ElementTree as etree
from functools import lru_cache

from garden.reading.syntax.engine.findings import Findings, Formula
from garden.reading.syntax.engine.serialize import RAW
from garden.reading.tex.macros import Macro, defines, expand, macros_from, preamble
from garden.reading.tex.mathml import typeset_all, with_breaks
from garden.reading.tex.rewrite import Rewritten, rewrite, tags_of
from garden.reading.tex.tokens import TexError, tokenize


def typeset_formulas(findings: Findings) -> None:
    """Fill the element of every formula: MathML to see, or its TeX where it is not understood (MA-3, MA-4)."""
    settings = findings.settings
    macros = dict(_macros(settings.math_preamble, settings.math_macros))
    labels: dict[str, str] = {}
    for formula in findings.formulas:
        if "\\label" in formula.tex:
            labels.update(tags_of(formula.tex))
    rewritten: list[tuple[Formula, Rewritten]] = []
    # Blocks are found before what is within lines: an earlier definition counts for a later formula.
    for formula in sorted(findings.formulas, key=lambda formula: formula.place):
        try:
            rewritten.append((formula, rewrite(_expanded(formula.tex, macros), labels)))
        except TexError as error:
            _show_source(findings, formula, error)
    markups = typeset_all([(formula, _is_display(found)) for found, formula in rewritten])
    for (formula, _), markup in zip(rewritten, markups, strict=True):
        if isinstance(markup, TexError):
            _show_source(findings, formula, markup)
        else:
            _fill(formula, markup)


def _expanded(tex: str, macros: dict[str, Macro]) -> list[str]:
    tokens = tokenize(tex)
    return expand(tokens, macros) if macros or defines(tex) else tokens


def _is_display(formula: Formula) -> bool:
    return "block" in formula.element.get("class", "")


def _fill(formula: Formula, markup: str) -> None:
    """Fill the element of a formula with its MathML."""
    element = formula.element
    if not _is_display(formula):
        markup, wide = with_breaks(markup)
        if wide:
            element.set("class", "math inline wide")
            element.set("tabindex", "0")  # it may scroll
    etree.SubElement(element, RAW).text = markup


def _show_source(findings: Findings, formula: Formula, error: TexError) -> None:
    """Show the TeX of a formula that cannot be typeset, and report why."""
    formula.element.text = formula.tex
    command = error.command
    found = re.search(re.escape(command) + r"(?![A-Za-z])", formula.tex) if command else None
    if command:
        message = f"the TeX command {command} is not known, so the TeX of the formula is shown"
    elif error.reason:
        message = f"this formula cannot be typeset, so its TeX is shown: {error.reason}"
    else:
        message = "this formula is not understood, so its TeX is shown"
    at = formula.text.place(formula.start + found.start()) if found else formula.place
    findings.report("math-unknown", at, message)


@lru_cache(maxsize=8)
def _macros(text: str, settings: tuple[tuple[str, str], ...]) -> dict[str, Macro]:
    return preamble(text) | macros_from(settings)
