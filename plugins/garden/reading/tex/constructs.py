"""The tables of `rewrite`: constructs that the converter does not know, with replacements that it does.

The three marks are private characters, which no formula has; `mathml` takes them out again.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

SMALL: Final = "\ue0f1"
"""Mark before a table in the size of an index: `smallmatrix`."""
STACK: Final = "\ue0f2"
"""Mark before a table that has the size of its surroundings: `\\substack`."""
DISPLAY: Final = "\ue0f3"
"""Mark before a table whose cells are set as display formulas: `eqnarray`."""

# Environments, and what is written instead of each; the tables below add what is lost by that.
ENVIRONMENTS: Final[Mapping[str, str]] = MappingProxyType(
    {
        # MathJax, as Obsidian configures it, numbers only formulas with a \tag.
        "align": "align*", "flalign": "align*", "flalign*": "align*", "gather": "gather*",
        "multline": "multline*", "equation": "equation*", "displaymath": "equation*", "math": "equation*",
        "split": "aligned", "alignedat": "aligned", "alignat": "align*", "alignat*": "align*",
        "xalignat": "align*", "xalignat*": "align*", "darray": "array",
        "subarray": "array", "drcases": "rcases", "smallmatrix": "matrix", "eqnarray": "array", "eqnarray*": "array",
        "matrix*": "array", "pmatrix*": "array", "bmatrix*": "array", "Bmatrix*": "array",
        "vmatrix*": "array", "Vmatrix*": "array",
    }
)  # fmt: skip
# Environments whose argument, the number of columns, is dropped.
COUNTED: Final = frozenset(("alignedat", "alignat", "alignat*", "xalignat", "xalignat*"))
# Environments before whose table there is a mark.
MARKS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "smallmatrix": SMALL,
        "subarray": STACK,
        "eqnarray": DISPLAY,
        "eqnarray*": DISPLAY,
        "darray": DISPLAY,
        "drcases": DISPLAY,
    }
)
# Environments with brackets around them: MathTools' matrices, to which a letter for the alignment can be given.
FENCES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "pmatrix*": ("(", ")"), "bmatrix*": ("[", "]"), "Bmatrix*": ("\\{", "\\}"),
        "vmatrix*": ("|", "|"), "Vmatrix*": ("\\|", "\\|"),
    }
)  # fmt: skip
# Environments, as they are rewritten, that can show a number.
TAGGING: Final = frozenset(("equation*", "align*", "gather*", "multline*"))

# Commands without arguments, and their replacements.
REPLACED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "\\nonumber": "", "\\notag": "", "\\displaylimits": "", "\\strut": "", "\\mathstrut": "",
        "\\allowbreak": "", "\\nobreak": "", "\\noindent": "", "\\par": "",
        "\\dotsb": "\\cdots", "\\dotsm": "\\cdots", "\\dotsi": "\\cdots", "\\dotsc": "\\ldots", "\\dotso": "\\ldots",
        "\\idotsint": "\\int\\cdots\\int", "\\hfill": "\\quad", "\\varliminf": "\\underline{\\lim}",
        "\\varlimsup": "\\overline{\\lim}", "\\bold": "\\mathbf", "\\mit": "\\mathit", "\\pmb": "\\boldsymbol",
        "\\mathnormal": "\\mathit", "\\mathup": "\\mathrm", "\\textup": "\\text", "\\textmd": "\\text",
        "\\textnormal": "\\text", "\\mbox": "\\text", "\\hbox": "\\text", "\\emph": "\\textit",
        "\\textbackslash": "\\backslash", "\\AA": "\\mathrm{Å}", "\\celsius": "{}^\\circ\\mathrm{C}", "\\degree": "{}^\\circ",
        # Sizes do not change the meaning, and a formula has the size of its line.
        "\\tiny": "", "\\scriptsize": "", "\\small": "", "\\normalsize": "", "\\large": "", "\\Large": "",
        "\\LARGE": "", "\\huge": "", "\\Huge": "", "\\Tiny": "", "\\footnotesize": "",
    }
)  # fmt: skip
# Commands of which only one argument is shown, and how many before it are dropped; -1: one after it is.
UNWRAPPED: Final[Mapping[str, int]] = MappingProxyType(
    {
        "\\smash": 0, "\\vcenter": 0, "\\mathstrut": 0, "\\href": 1, "\\style": 1, "\\class": 1, "\\cssId": 1,
        "\\bbox": 0, "\\texorpdfstring": -1,
    }
)  # fmt: skip
# Commands for text.
TEXTS: Final = frozenset(("\\text", "\\textrm", "\\textbf", "\\textit", "\\textsf", "\\texttt"))
# Commands that are dropped with their argument.
DROPPED: Final = frozenset(("\\label", "\\require", "\\vspace", "\\vskip"))
DIMENSION: Final = re.compile(r"\s*[-+]?(\d+\.?\d*|\.\d+)\s*(pt|em|ex|mu|cm|mm|in|px|pc|bp|sp|dd|cc)\s*\Z")
# The tokens of which the converter makes the name of an operator.
PLAIN_OPERATOR: Final = re.compile(r"[A-Za-z0-9 \-*'.,~]*\Z")
SPACING: Final = frozenset(("\\,", "\\;", "\\:", "\\!", "\\ ", "~", " "))
NAMED_OPERATOR: Final = re.compile(r"\\(?:arg|max|min|sup|inf|lim|log|ln|exp|det|dim|ker|Pr|gcd)\Z")
# In a text these characters have no special meaning.
LITERAL: Final[Mapping[str, str]] = MappingProxyType({"_": "\\_", "&": "\\&"})
