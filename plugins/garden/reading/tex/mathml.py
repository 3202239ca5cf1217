r"""Converts a formula to MathML Core with the library math-core, and adapts the result to a page.

math-core writes style attributes, which a strict Content-Security-Policy forbids; each declaration in them
becomes a class of `theme/static/css/content/math.css` or an attribute of MathML. What MathML Core
leaves to style sheets (frames, strikes) gets a class as well. A declaration that is in no table
here is treated like an unknown command: the whole formula is shown as its source.
"""

import html
import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Final

from garden.reading.isolation import LibraryError, LibraryMissingError, isolated
from garden.reading.tex.constructs import DISPLAY, SMALL, STACK
from garden.reading.tex.rewrite import Rewritten, rewrite
from garden.reading.tex.tokens import TexError

# Declarations in the styles of math-core, and the class that says the same, empty where nothing is lost.
_CLASSES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "text-align:left": "math-left", "justify-items:start": "",
        "text-align:right": "math-right", "justify-items:end": "",
        "padding-left:0": "math-flush-start", "padding-right:0": "math-flush-end",
        "width:100%": "math-wide", "width:50%": "math-margin", "width:7.5%": "math-indent",
        "padding-top:0.1667em": "", "font-variant-caps:small-caps": "math-small-caps",
        "margin-left:-0.16666667em": "math-back",
    }
)  # fmt: skip
_LINE: Final = re.compile(r"border-(left|right|top|bottom):0\.05em (solid|dashed) currentcolor\Z")
_LINES: Final = MappingProxyType({"left": "start", "right": "end", "top": "top", "bottom": "bottom"})
# Space that only shifts what is next to it: a page loses nothing without it.
_SHIFT: Final = re.compile(r"(margin|padding)-(left|right):-?[\d.]+(em|rem)?\Z|width:-?[\d.]+(em|rem)\Z")
_COLOR: Final = re.compile(r"color:(#[0-9A-F]{6})\Z")
_STYLE: Final = re.compile(r' style="([^"]*)"')
_ENCLOSED: Final[Mapping[str, str]] = MappingProxyType(
    {
        "box": "math-box", "updiagonalstrike": "math-cancel", "downdiagonalstrike": "math-back-cancel",
        "updiagonalstrike downdiagonalstrike": "math-cross-cancel", "horizontalstrike": "math-strike",
    }
)  # fmt: skip
_ENTITY: Final = re.compile(r"&(?!lt;|gt;|amp;|quot;)[A-Za-z]+;")  # names that only HTML knows
# A frame or strike, which becomes one of the classes above, and the empty row that math-core draws it with.
_MENCLOSE: Final = re.compile(r'<menclose notation="([^"]*)">')
_STRIKE: Final = re.compile(r'<mrow class="menclose-[a-z]+"></mrow>')
# An empty last row with a rule above it, which is how the converter writes a rule below a table.
_RULE_ROW: Final = re.compile(
    r'<mtr><mtd class="[^"]*\bmath-line-top(-dashed)?\b[^"]*"></mtd></mtr>(?=</mtable>)'
)
_TABLE_TAG: Final = re.compile(r"<mtable\b|</mtable>")
# How the table after each mark begins.
_TABLE: Final[Mapping[str, str]] = MappingProxyType(
    {
        SMALL: '<mtable displaystyle="false" scriptlevel="1"',
        STACK: '<mtable class="math-stack"',
        DISPLAY: '<mtable displaystyle="true" scriptlevel="0"',
    }
)
# One of the marks of `rewrite`, perhaps a bracket, and the table that the mark is about.
_MARKED: Final = re.compile(
    rf"<mtext>([{SMALL}{STACK}{DISPLAY}])</mtext>((?:<mrow><mo[^>]*>[^<]*</mo>)?)<mtable([^>]*?)"
    ' displaystyle="false" scriptlevel="0"'
)
_TAG: Final = re.compile(r"\(tag(\d+)\)")
_UNKNOWN: Final = re.compile(r'Unknown (?:command|environment) "([^"]+)"')
# The converter recurses: a formula that is longer or more deeply nested is shown as TeX (HC-10).
_LONGEST: Final = 20_000
_DEEPEST: Final = 200
# With each bracket that is never closed the converter takes twice as long.
_MOST_UNCLOSED: Final = 12
_BRACKET: Final = re.compile(
    r"(?P<opening>[(\[]|\\(?:[{]|lparen|lbrack|lbrace|langle|lfloor|lceil|lvert|lVert|lgroup|lmoustache)(?![A-Za-z]))"
    r"|[)\]]|\\(?:[}]|rparen|rbrack|rbrace|rangle|rfloor|rceil|rvert|rVert|rgroup|rmoustache)(?![A-Za-z])"
    r"|[{}]|\\."
)


def mathml(tokens: list[str], *, display: bool, labels: Mapping[str, str]) -> str:
    """Return a `<math>` element for expanded TeX.

    Raises TexError unless the whole formula is understood.
    """
    [markup] = typeset_all([(rewrite(tokens, labels), display)])
    if isinstance(markup, TexError):
        raise markup
    return markup


def typeset_all(formulas: Sequence[tuple[Rewritten, bool]]) -> list[str | TexError]:
    """Return for each formula a `<math>` element, or what is not understood in it; True marks a display formula.

    All formulas of a note go to the helper process in one call, since a call takes longer than converting a formula.
    """
    wanted = [(rewritten.tex, display) for rewritten, display in formulas]
    if len(_known) > _MOST_KNOWN:
        _known.clear()
    missing = [formula for formula in dict.fromkeys(wanted) if formula not in _known]
    _known.update(zip(missing, _converted(missing), strict=True))
    return [
        _with_tags(_known[formula], rewritten.tags)
        for formula, (rewritten, _) in zip(wanted, formulas, strict=True)
    ]


def _with_tags(markup: str | TexError, tags: Sequence[str]) -> str | TexError:
    """Return a formula with its own tags instead of their numbers."""
    if not tags or isinstance(markup, TexError):
        return markup
    return _TAG.sub(lambda found: html.escape(tags[int(found[1])], quote=False), markup)


_Formula = tuple[str, bool]  # TeX, and whether it is a display formula
_known: dict[_Formula, str | TexError] = {}  # the formulas that this process has converted: notes repeat many
_MOST_KNOWN: Final = 4096


def _converted(formulas: Sequence[_Formula]) -> list[str | TexError]:
    """Return each formula as MathML adapted to a page, or what is not understood in it."""
    bounded = [formula for formula in formulas if _is_bounded(formula[0])]
    found = dict(zip(bounded, _isolated(bounded), strict=True))
    return [_adapted(found[formula]) if formula in found else TexError() for formula in formulas]


def _isolated(formulas: Sequence[_Formula]) -> list[str | TexError]:
    """Return what the library makes of formulas, in a helper process: the library may crash."""
    if not formulas:
        return []
    try:
        return isolated(_convert, formulas)
    except LibraryMissingError as error:
        return [TexError(reason=str(error))] * len(formulas)
    except LibraryError as error:
        if len(formulas) == 1:
            return [TexError(reason=str(error))]
        # Only one of them has the error; the others are to be rendered.
        return [markup for formula in formulas for markup in _isolated([formula])]


def _convert(formulas: Sequence[_Formula]) -> list[str | TexError]:
    """Return what the library makes of each formula (in a helper, see `isolation`)."""
    from math_core import LatexError, LatexToMathML

    # By default the library refuses wide accents, since browsers draw them differently; a reader can do with any of these.
    converter = LatexToMathML(fancy_error=False, allow_unreliable_rendering=True)
    converted: list[str | TexError] = []
    for tex, display in formulas:
        try:
            converted.append(converter.convert_with_local_state(tex, displaystyle=display))
        except LatexError as error:
            unknown = _UNKNOWN.search(str(error))
            converted.append(TexError(_written(unknown[1]) if unknown else ""))
        except BaseException as error:
            # A panic of the library is not an Exception, so that nobody catches it by accident.
            if type(error).__name__ != "PanicException":
                raise
            converted.append(TexError())
    return converted


def _adapted(markup: str | TexError) -> str | TexError:
    """Return MathML adapted to a page, or the error: the one given instead of MathML, or one that adapting raises."""
    try:
        return markup if isinstance(markup, TexError) else _adapt(markup)
    except TexError as error:
        return error


def _written(name: str) -> str:
    """Return a command, or an environment as it begins."""
    return name if name.startswith("\\") else f"\\begin{{{name}}}"


def _is_bounded(tex: str) -> bool:
    return len(tex) <= _LONGEST and _depth(tex) <= _DEEPEST and _unclosed(tex) <= _MOST_UNCLOSED


def _depth(tex: str) -> int:
    r"""Return how deeply braces, `\left` or environments may be nested; too high a number does no harm."""
    depth = deepest = 0
    for match in re.finditer(r"\\.|[{}]|\\left\b", tex, re.DOTALL):
        if match[0] == "{":
            depth += 1
            deepest = max(deepest, depth)
        elif match[0] == "}":
            depth -= 1
    return max(deepest, tex.count("\\left"), tex.count("\\begin"))


def _unclosed(tex: str) -> int:
    """Return how many brackets are never closed, of whatever kind; a bracket in braces is closed in the same braces."""
    waiting = [0]  # the open brackets of each group in braces, the innermost group last
    unclosed = 0
    for match in _BRACKET.finditer(tex):
        if match[0] == "{":
            waiting.append(0)
        elif match[0] == "}":
            unclosed += waiting.pop() if len(waiting) > 1 else 0
        else:
            waiting[-1] = waiting[-1] + 1 if match["opening"] else max(0, waiting[-1] - 1)
    return unclosed + sum(waiting)


def _adapt(markup: str) -> str:
    """Return MathML without style attributes and without elements that MathML Core does not have. Raises TexError."""
    markup = _ENTITY.sub(lambda found: html.unescape(found[0]), _STYLE.sub(_attributes, markup))
    markup = _MENCLOSE.sub(_enclosed, _STRIKE.sub("", markup)).replace("</menclose>", "</mrow>")
    markup = _MARKED.sub(lambda found: found[2] + _TABLE[found[1]] + found[3], markup)
    return _with_rules_below(markup)


def _with_rules_below(markup: str) -> str:
    """Return the MathML in which a rule below the last row, which comes as an empty row, is a class of the table."""
    while row := _RULE_ROW.search(markup):
        # Where the start tags of the tables around the row end; the innermost table, the last one, is that of the row.
        opened: list[int] = []
        for tag in _TABLE_TAG.finditer(markup, 0, row.start()):
            if tag[0] == "</mtable>":
                opened.pop()
            else:
                opened.append(tag.end())
        name = "math-line-bottom" + (row[1] or "")
        inside = opened[-1]
        before, table, after = markup[:inside], markup[inside : row.start()], markup[row.end() :]
        table = (
            table.replace(' class="', f' class="{name} ', 1)
            if table.startswith(' class="')
            else f' class="{name}"{table}'
        )
        markup = before + table + after
    return markup


def _enclosed(found: re.Match[str]) -> str:
    """Return the start tag of a row with a class for `<menclose>`, which MathML Core does not have."""
    name = _ENCLOSED.get(found[1])
    if name is None:
        raise TexError
    return f'<mrow class="{name}">'


def _attributes(found: re.Match[str]) -> str:
    """Return the classes and attributes that say the same as a style attribute. Raises TexError for an unknown declaration."""
    classes: list[str] = []
    attributes = ""
    for declaration in found[1].split(";"):
        plain = re.sub(r"\s*:\s*", ":", declaration.strip())
        if not plain:
            continue
        if plain in _CLASSES:
            classes.append(_CLASSES[plain])
        elif line := _LINE.match(plain):
            classes.append(f"math-line-{_LINES[line[1]]}" + ("-dashed" if line[2] == "dashed" else ""))
        elif color := _COLOR.match(plain):
            attributes += f' mathcolor="{color[1]}"'
        elif not _SHIFT.match(plain):
            raise TexError
    names = " ".join(filter(None, classes))
    return (f' class="{names}"' if names else "") + attributes


_LONG = 30  # characters that a formula in a line may have before it needs places to break
# The groups: whether it is an end tag, its name, whether it is an empty element.
_ANY_TAG = re.compile(r"<(/?)([a-z]+)[^>]*?(/?)>")
_MARKUP = re.compile(r"<[^>]*>|&[a-z]+;")  # what is no character of a formula, for counting these
_BREAK_AFTER = frozenset("=<>≤≥≈≡∼≃≅∝→⟶↦⇒⟹⇔⟺∈⊂⊆+−±×⋅,;∧∨∪∩")


def with_breaks(markup: str) -> tuple[str, bool]:
    """Return a formula of a line with places to break, and whether a piece of it may still be too wide.

    MathML Core breaks no lines. A long formula becomes several `<math>` elements, cut after relations
    and operators that are in no bracket of the markup.
    """
    is_long = _is_long(markup)
    if not is_long or not markup.startswith("<math>"):
        return markup, is_long
    content = markup[len("<math>") : -len("</math>")]
    pieces: list[str] = []
    begin = depth = 0  # where the next piece begins; how many elements are open
    inside = 0  # where the content of the outermost open element begins
    for tag in _ANY_TAG.finditer(content):
        is_end, name, is_empty = tag.groups()
        if is_empty:
            continue
        if not is_end:
            inside = tag.end() if not depth else inside
            depth += 1
            continue
        depth -= 1
        if not depth and name == "mo" and html.unescape(content[inside : tag.start()]) in _BREAK_AFTER:
            pieces.append(content[begin : tag.end()])
            begin = tag.end()
    pieces.append(content[begin:])
    return "<wbr>".join(f"<math>{piece}</math>" for piece in pieces if piece), any(map(_is_long, pieces))


def _is_long(markup: str) -> bool:
    return len(_MARKUP.sub("", markup)) > _LONG
