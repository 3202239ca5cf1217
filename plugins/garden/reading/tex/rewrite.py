r"""Replaces constructs of TeX that the converter to MathML does not know by others that it knows (MA-4).

It knows `aligned`, but not `split`; `\text{a}`, but not `\text{if $x$}`. Each construct is an entry of a table, in
`constructs` or at the end of this module. What is in no table and unknown to the converter stays as it is, so that the
converter refuses the formula and the author's TeX is shown instead of half of it.

What the replacement cannot say (that a table is small, for instance) is marked by a text of one private character before
it, which `mathml` takes out of the MathML again.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from garden.reading.tex.colors import hex_digits
from garden.reading.tex.constructs import (
    COUNTED,
    DIMENSION,
    DROPPED,
    ENVIRONMENTS,
    FENCES,
    LITERAL,
    MARKS,
    NAMED_OPERATOR,
    PLAIN_OPERATOR,
    REPLACED,
    SPACING,
    TAGGING,
    TEXTS,
    UNWRAPPED,
)
from garden.reading.tex.tokens import TexError, TokenReader, join, tokenize

_BIG = tuple(f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "m", "r"))
_SCRIPTS = MappingProxyType({"_": "\\underset", "^": "\\overset"})
# How many letters for columns are written where an environment does not say how many it has: more than formulas have.
_MOST_COLUMNS = 12
_MOST_REPEATED = 100  # columns: `*{999999}{c}` must not fill the memory (HC-10)


class Rewritten(NamedTuple):
    """A formula in constructs that the converter knows; `tags[n]` is what the page shows instead of `(tagn)`."""

    tex: str
    tags: tuple[str, ...]


def rewrite(tokens: Sequence[str], labels: Mapping[str, str]) -> Rewritten:
    r"""Return expanded `tokens` in constructs that the converter knows.

    `labels` are the tags of the note's formulas by label, for `\eqref`. Raises TexError when an argument is missing, or
    when an argument is known not to be convertible.
    """
    rewriter = _Rewriter(tokens, labels)
    return Rewritten(join(rewriter.run()), tuple(rewriter.tags))


def tags_of(tex: str) -> dict[str, str]:
    r"""Return the labels of a formula with the tag that each is next to (`\tag{1}\label{a}`)."""
    found = {}
    for row in re.split(r"\\\\", tex):
        tag = re.search(r"\\tag\*?\{([^{}]*)\}", row)
        for label in re.findall(r"\\label\{([^{}]*)\}", row):
            if tag:
                found[label] = tag[1]
    return found


class _Rewriter:
    """Reads the tokens of one formula and writes others; what a handler pushes back is read and rewritten as well."""

    def __init__(self, tokens: Sequence[str], labels: Mapping[str, str]) -> None:
        self._reader = TokenReader(tokens)
        self._labels = labels
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []  # environments: as written, as rewritten
        self._has_bare_tag = False  # whether there is a tag outside of environments that can show one
        self.tags: list[str] = []

    def run(self) -> list[str]:
        """Return the tokens of the whole formula."""
        reader = self._reader
        while reader:
            token = reader.next()
            if token[0] != "\\":
                # Macros are expanded: `#` that is left is a character.
                self._out.extend(tokenize(token.replace("#", "\\#")))
                continue
            if token in REPLACED:
                reader.push(tokenize(REPLACED[token]))
                continue
            handler = self._handlers.get(token)
            if handler is not None:
                handler(self, token)
            elif token in TEXTS:
                self._text(token)
            elif token in DROPPED:
                reader.optional()
                reader.argument()
            elif token in UNWRAPPED:
                self._unwrap(token)
            else:
                self._out.append(token)
        if self._open:
            raise TexError
        if self._has_bare_tag:
            return ["\\begin", *"{equation*}", *self._out, "\\end", *"{equation*}"]
        return self._out

    def _begin(self, _token: str) -> None:
        r"""Write the beginning of an environment: `\begin{split}` becomes `\begin{aligned}`."""
        name = "".join(self._reader.argument()).strip()
        other = ENVIRONMENTS.get(name, name)
        self._open.append((name, other))
        if name in MARKS:
            self._out.extend(("\\text", "{", MARKS[name], "}"))
        if name in COUNTED:
            self._reader.argument()
        if name in FENCES:
            self._out.extend(("\\left", FENCES[name][0]))
        self._out.extend(("\\begin", "{", *other, "}"))
        if other == "array":
            self._columns(name)

    def _columns(self, name: str) -> None:
        """Write the columns of an array: letters for the alignment of each, and lines between them."""
        reader = self._reader
        if name.startswith("eqnarray"):
            columns = list("rcl")
        elif name.endswith("matrix*"):
            columns = (reader.optional() or ["c"]) * _MOST_COLUMNS  # one letter for all columns
        else:
            if name in {"array", "darray"}:
                reader.optional()  # the vertical alignment of the array
            columns = self._plain_columns(reader.argument()) or ["c"] * _MOST_COLUMNS  # `{}`: all are centred
        self._out.extend(("{", *columns, "}"))

    def _plain_columns(self, columns: Sequence[str]) -> list[str]:
        """Return columns without widths and without spaces between them. Raises TexError where there would be a text."""
        reader = TokenReader(columns)
        kept: list[str] = []
        while reader:
            token = reader.next()
            if token in {"@", "!", ">", "<"}:  # what is between columns, or changes their text
                # Space may be left out: blanks, `\,` and the like, `\quad`.
                if "".join(reader.argument()).strip(" \\,;:!quad"):
                    raise TexError("\\begin{array}")
            elif token in {"p", "m", "b"}:
                reader.argument()
                kept.append("l")
            elif token == "*":
                times = "".join(reader.argument())
                if not times.isdigit() or int(times) > _MOST_REPEATED:
                    raise TexError("\\begin{array}")
                reader.push(reader.argument() * int(times))
            elif token != " ":
                kept.append(token)
        return kept

    def _end(self, _token: str) -> None:
        """Write the end of an environment, which must be the one that began last."""
        name = "".join(self._reader.argument()).strip()
        if not self._open or self._open[-1][0] != name:
            raise TexError(f"\\end{{{name}}}")
        _, other = self._open.pop()
        self._out.extend(("\\end", "{", *other, "}"))
        if name in FENCES:
            self._out.extend(("\\right", FENCES[name][1]))

    def _row(self, _token: str) -> None:
        r"""End a row: `\\[4pt]` and `\\*` are `\\` with a hint for print."""
        reader = self._reader
        self._out.append("\\\\")
        if reader.peek() == "*":
            reader.next()
        if reader.peek() == "[":
            reader.next()
            try:
                content = reader.group_content("[", "]")
            except TexError:  # an interval that begins the next row
                self._out.extend(("{", "}", "["))
                return
            if not DIMENSION.match("".join(content)):
                reader.push(["{", "}", "[", *content, "]"])

    def _text(self, token: str) -> None:
        r"""Write a text; with formulas in it, `\text{if $x$}`, it becomes several texts with the formulas between them."""
        content = self._reader.argument()
        if "$" not in content:
            if "\\(" in content:
                raise TexError("\\(")
            self._out.extend((token, "{", *(LITERAL.get(piece, piece) for piece in content), "}"))
            return
        pieces: list[list[str]] = [[]]  # text and formulas in turn, beginning and ending with text
        for piece in content:
            if piece == "$":
                pieces.append([])
            else:
                pieces[-1].append(piece)
        if len(pieces) % 2 == 0:
            raise TexError(token)  # a formula is not closed
        self._out.append("{")
        again: list[str] = []
        for number, part in enumerate(pieces):
            is_text = number % 2 == 0
            again.extend((token, "{", *part, "}") if is_text and part else part)
        self._reader.push([*again, "}"])

    def _unwrap(self, token: str) -> None:
        r"""Leave only the argument that is shown: `\href{address}{x}` becomes `x`."""
        reader = self._reader
        reader.optional()
        dropped_before = UNWRAPPED[token]  # -1 means that one after it is dropped
        for _ in range(dropped_before):
            reader.argument()
        shown = reader.argument()
        if dropped_before < 0:
            reader.argument()
        reader.push(["{", *shown, "}"])

    def _operator(self, token: str) -> None:
        """Write a named operator; a name that is more than letters is an upright formula."""
        name = self._reader.argument()
        plain = all(
            PLAIN_OPERATOR.match(part) or part in SPACING or NAMED_OPERATOR.match(part) for part in name
        )
        if plain:
            self._out.extend((token, "{", *name, "}"))
            return
        self._out.extend(("\\mathop", "{", "\\mathrm", "{"))
        self._reader.push([*name, "}", "}"])

    def _limits(self, token: str) -> None:
        r"""Write what `\mathop{…}` makes an operator, and under and over it what `\limits` asks for."""
        reader = self._reader
        shown = ["{", *reader.argument(), "}"]
        reader.skip_blanks()
        if reader.peek() not in {"\\limits", "\\nolimits"}:
            self._out.append(token)
        elif reader.next() == "\\limits":
            while place := _SCRIPTS.get(reader.peek()):
                reader.next()
                shown = ["{", place, "{", *reader.argument(), "}", *shown, "}"]
                reader.skip_blanks()
            # As after any operator: `lim x`, but `lim(x)`.
            shown += ["\\,"] if reader.peek()[:1].isalnum() else []
        reader.push(shown)

    def _stack(self, _token: str) -> None:
        r"""Write the lines of `\substack` as a table."""
        content = self._reader.argument()
        self._reader.push(["\\begin", *"{subarray}", *"{c}", *content, "\\end", *"{subarray}"])

    def _tag(self, token: str) -> None:
        """Write the number of a formula; the whole formula becomes an `equation*` if no environment around can show it."""
        name = "".join(self._reader.argument()).replace("$", "")
        if "\\" in name:
            raise TexError("\\tag")
        # The converter accepts few characters in a tag, so it gets a name that `mathml` replaces by the text.
        self._out.extend(("\\tag", "{", *f"tag{len(self.tags)}", "}"))
        self.tags.append(name if token.endswith("*") else f"({name})")
        if not any(other in TAGGING for _, other in self._open):
            self._has_bare_tag = True

    def _reference(self, token: str) -> None:
        """Write the tag of a formula of the note, `???` if no formula has the label, as in LaTeX."""
        tag = self._labels.get("".join(self._reader.argument()), "???")
        self._out.extend(("\\text", "{", *(f"({tag})" if token == "\\eqref" else tag), "}"))

    def _root(self, _token: str) -> None:
        r"""Write `\root n \of x` as `\sqrt[n]{x}`."""
        degree: list[str] = []
        while self._reader.peek() != "\\of":
            degree.append(self._reader.next())
        self._reader.next()
        radicand = self._reader.argument()
        self._reader.push(["\\sqrt", "[", *degree, "]", "{", *radicand, "}"])

    def _delimiter(self, token: str) -> None:
        r"""Write `\left<` as `\left\langle`, and other delimiters as they are."""
        reader = self._reader
        reader.skip_blanks()
        angle = {"<": "\\langle", ">": "\\rangle"}.get(reader.peek())
        self._out.append(token)
        if angle:
            reader.next()
            self._out.append(angle)

    def _big(self, token: str) -> None:
        r"""Write a delimiter of a certain size, without braces around it: `\big{[}`."""
        self._out.append(token)
        self._reader.skip_blanks()
        if self._reader.peek() == "{":
            self._reader.push([part for part in self._reader.argument() if part != " "])

    def _cancel_to(self, _token: str) -> None:
        r"""Write `\cancelto{value}{x}` as a struck `x` with the value above its end."""
        value, shown = self._reader.argument(), self._reader.argument()
        self._reader.push([*"{{", "\\cancel", "{", *shown, *"}}^{", *value, *"}}"])

    def _color(self, token: str) -> None:
        """Write a colour as six digits, since the converter knows few names."""
        reader = self._reader
        model = "".join(reader.optional() or ())
        name = "".join(reader.argument()).strip()
        digits = hex_digits(model, name)
        if token == "\\textcolor":
            shown = reader.argument()
            self._out.extend(("{", "\\color", *"[HTML]", "{", *digits, "}"))
            reader.push([*shown, "}"])
            return
        self._out.extend(("\\color", *"[HTML]", "{", *digits, "}"))

    def _unicode(self, token: str) -> None:
        r"""Write the character that `\unicode{x263a}` names."""
        code = "".join(self._reader.argument()).strip().removeprefix("U+").removeprefix("x")
        try:
            character = chr(int(code, 16))
        except (ValueError, OverflowError):
            raise TexError(token) from None
        if not character.isprintable():
            raise TexError(token)
        self._out.extend(("\\text", "{", character, "}"))

    def _verbatim(self, token: str) -> None:
        r"""Write `\verb|x|` as text, unless a character in it would have a meaning there."""
        mark = self._reader.next()
        content: list[str] = []
        while (piece := self._reader.next()) != mark:
            content.append(piece)
        if any(piece[0] == "\\" or piece in "{}$%#&_^~" for piece in content):
            raise TexError(token)
        self._out.extend(("\\texttt", "{", *content, "}"))

    # By command; each method takes the command and reads what comes after it.
    _handlers: ClassVar[Mapping[str, Callable[["_Rewriter", str], None]]] = MappingProxyType(
        {
            "\\begin": _begin,
            "\\end": _end,
            "\\\\": _row,
            "\\cr": _row,
            "\\newline": _row,
            "\\operatorname": _operator,
            "\\operatorname*": _operator,
            "\\mathop": _limits,
            "\\substack": _stack,
            "\\tag": _tag,
            "\\tag*": _tag,
            "\\eqref": _reference,
            "\\ref": _reference,
            "\\root": _root,
            "\\left": _delimiter,
            "\\right": _delimiter,
            "\\middle": _delimiter,
            **dict.fromkeys(_BIG, _big),
            "\\cancelto": _cancel_to,
            "\\color": _color,
            "\\textcolor": _color,
            "\\unicode": _unicode,
            "\\verb": _verbatim,
        }
    )
