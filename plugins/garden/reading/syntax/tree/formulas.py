"""The formulas of a note, typeset when all are known: macros and labels of one count for others (MA-4)."""

import re
import xml.etree.ElementTree as etree
from functools import lru_cache

from garden.reading.syntax.engine.findings import Findings, Formula
from garden.reading.syntax.engine.serialize import RAW
from garden.reading.tex.macros import Macro, defines, expand, macros_from, preamble
from garden.reading.tex.mathml import mathml, with_breaks
from garden.reading.tex.rewrite import tags_of
from garden.reading.tex.tokens import TexError, tokenize


def typeset(findings: Findings) -> None:
    """Fill the element of every formula: MathML to see, or its TeX where it is not understood (MA-3, MA-4)."""
    if not findings.formulas:
        return
    settings = findings.settings
    macros = dict(_macros(settings.math_preamble, settings.math_macros))
    labels: dict[str, str] = {}
    for formula in findings.formulas:
        if "\\label" in formula.tex:
            labels.update(tags_of(formula.tex))
    # Blocks are found before what is within lines: an earlier definition counts for a later formula.
    for formula in sorted(findings.formulas, key=lambda formula: formula.place):
        try:
            _fill(formula, macros, labels)
        except TexError as error:
            formula.element.text = formula.tex
            _report(findings, formula, error.command)


def _fill(formula: Formula, macros: dict[str, Macro], labels: dict[str, str]) -> None:
    element = formula.element
    display = "block" in element.get("class", "")
    tokens = tokenize(formula.tex)
    if macros or defines(formula.tex):
        tokens = expand(tokens, macros)
    markup = mathml(tokens, display=display, labels=labels)
    if not display:
        markup, wide = with_breaks(markup)
        if wide:
            element.set("class", "math inline wide")
            element.set("tabindex", "0")  # it may scroll
    etree.SubElement(element, RAW).text = markup


def _report(findings: Findings, formula: Formula, command: str) -> None:
    found = re.search(re.escape(command) + r"(?![A-Za-z])", formula.tex) if command else None
    if not command:
        message = "this formula is not understood, so its TeX is shown"
    else:
        message = f"the TeX command {command} is not known, so the TeX of the formula is shown"
    at = formula.text.place(formula.start + found.start()) if found else formula.place
    findings.report("math-unknown", at, message)


@lru_cache(maxsize=8)
def _macros(text: str, settings: tuple[tuple[str, str], ...]) -> dict[str, Macro]:
    return preamble(text) | macros_from(settings)
