r"""Constructs that the converter does not know, said in words that it does (MA-4).

It knows `aligned`, but not `split`; `\text{a}`, but not `\text{if $x$}`. Each rewriting is one
entry of a table here. What is in no table and unknown to the converter stays as it is, so that the
converter refuses the formula and the author's TeX is shown instead of half of it.

A mark that must come out in the MathML (this table is small, that fraction is not) travels as a
text of one private character in front of it: `mathml` takes it out again.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from garden.reading.tex.colors import hex_digits
from garden.reading.tex.constructs import (
    COUNTED,
    DIMENSION,
    DRESSED,
    DROPPED,
    ENVIRONMENTS,
    FENCES,
    LITERAL,
    MARKS,
    NAMED_OPERATOR,
    PLAIN_OPERATOR,
    SAME,
    SPACING,
    TAGGING,
    TEXTS,
)
from garden.reading.tex.tokens import TexError, TokenReader, join, tokenize

_BIG = tuple(f"\\{size}{side}" for size in ("big", "Big", "bigg", "Bigg") for side in ("", "l", "m", "r"))
_SCRIPTS = MappingProxyType({"_": "\\underset", "^": "\\overset"})


class Rewritten(NamedTuple):
    """A formula in words that the converter knows; `tags[n]` is what it has to show for `(tagn)`."""

    tex: str
    tags: tuple[str, ...]


def rewrite(tokens: Sequence[str], labels: Mapping[str, str]) -> Rewritten:
    r"""Return expanded `tokens` in words that the converter knows.

    `labels` are the tags of the note's formulas by label, for `\eqref`. Raises TexError when an
    argument is missing.
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
    def __init__(self, tokens: Sequence[str], labels: Mapping[str, str]) -> None:
        self._reader = TokenReader(tokens)
        self._labels = labels
        self._out: list[str] = []
        self._open: list[tuple[str, str]] = []  # environments: as written, as rewritten
        self._tagged_bare = False
        self.tags: list[str] = []

    def run(self) -> list[str]:
        """Rewrite everything."""
        reader = self._reader
        while reader:
            token = reader.next()
            if token[0] != "\\":
                self._out.extend(
                    tokenize(token.replace("#", "\\#"))
                )  # a parameter of no definition is a character
                continue
            if token in SAME:
                reader.push(tokenize(SAME[token]))
                continue
            handler = self._handlers.get(token)
            if handler is not None:
                handler(self, token)
            elif token in TEXTS:
                self._text(token)
            elif token in DROPPED:
                reader.optional()
                reader.argument()
            elif token in DRESSED:
                self._undress(token)
            else:
                self._out.append(token)
        if self._open:
            raise TexError
        if self._tagged_bare:
            return ["\\begin", *"{equation*}", *self._out, "\\end", *"{equation*}"]
        return self._out

    def _begin(self, _token: str) -> None:
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
        """Put the columns of an array: their own, without what only paper has."""
        reader = self._reader
        if name.startswith("eqnarray"):
            columns = list("rcl")
        elif name.endswith("matrix*"):
            columns = (reader.optional() or ["c"]) * 12  # a star's letter is for every column
        else:
            if name in {"array", "darray"}:
                reader.optional()  # where its middle is
            columns = self._without_paper(reader.argument()) or ["c"] * 12  # `{}`: all are in the middle
        self._out.extend(("{", *columns, "}"))

    def _without_paper(self, columns: Sequence[str]) -> list[str]:
        reader = TokenReader(columns)
        kept: list[str] = []
        while reader:
            token = reader.next()
            if token in {"@", "!", ">", "<"}:  # what is between columns, or changes their text
                if "".join(reader.argument()).strip(" \\,;:!quad"):
                    raise TexError("\\begin{array}")
            elif token in {"p", "m", "b"}:
                reader.argument()
                kept.append("l")
            elif token == "*":
                times = "".join(reader.argument())
                if not times.isdigit() or int(times) > 100:
                    raise TexError("\\begin{array}")
                reader.push(reader.argument() * int(times))
            elif token != " ":
                kept.append(token)
        return kept

    def _end(self, _token: str) -> None:
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
        """Put a text; formulas in it are between pieces of text."""
        content = self._reader.argument()
        if "$" not in content:
            if "\\(" in content:
                raise TexError("\\(")
            self._out.extend((token, "{", *(LITERAL.get(piece, piece) for piece in content), "}"))
            return
        pieces: list[list[str]] = [[]]
        for piece in content:
            if piece == "$":
                pieces.append([])
            else:
                pieces[-1].append(piece)
        if len(pieces) % 2 == 0:
            raise TexError(token)
        self._out.append("{")
        again: list[str] = []
        for number, part in enumerate(pieces):
            again.extend((token, "{", *part, "}") if number % 2 == 0 and part else part)
        self._reader.push([*again, "}"])

    def _undress(self, token: str) -> None:
        reader = self._reader
        reader.optional()
        for _ in range(max(DRESSED[token], 0)):
            reader.argument()
        shown = reader.argument()
        if DRESSED[token] < 0:
            reader.argument()
        reader.push(["{", *shown, "}"])

    def _operator(self, token: str) -> None:
        """Put a named operator; a name that is more than letters is an upright formula."""
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
        r"""Put what `\mathop{…}` makes an operator, and under and over it what `\limits` asks for."""
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
        content = self._reader.argument()
        self._reader.push(["\\begin", *"{subarray}", *"{c}", *content, "\\end", *"{subarray}"])

    def _tag(self, token: str) -> None:
        """Put a number that the author asked for; only some environments can hold one."""
        name = "".join(self._reader.argument()).replace("$", "")
        if "\\" in name:
            raise TexError("\\tag")
        # The converter takes few characters in a tag: it gets a number, which `mathml` replaces.
        self._out.extend(("\\tag", "{", *f"tag{len(self.tags)}", "}"))
        self.tags.append(name if token.endswith("*") else f"({name})")
        if not any(other in TAGGING for _, other in self._open):
            self._tagged_bare = True

    def _reference(self, token: str) -> None:
        tag = self._labels.get("".join(self._reader.argument()), "???")
        self._out.extend(("\\text", "{", *(f"({tag})" if token == "\\eqref" else tag), "}"))

    def _root(self, _token: str) -> None:
        degree: list[str] = []
        while self._reader.peek() != "\\of":
            degree.append(self._reader.next())
        self._reader.next()
        radicand = self._reader.argument()
        self._reader.push(["\\sqrt", "[", *degree, "]", "{", *radicand, "}"])

    def _delimiter(self, token: str) -> None:
        reader = self._reader
        reader.skip_blanks()
        angle = {"<": "\\langle", ">": "\\rangle"}.get(reader.peek())
        self._out.append(token)
        if angle:
            reader.next()
            self._out.append(angle)

    def _big(self, token: str) -> None:
        r"""Put a delimiter of a size, which may stand in braces: `\big{[}`."""
        self._out.append(token)
        self._reader.skip_blanks()
        if self._reader.peek() == "{":
            self._reader.push([part for part in self._reader.argument() if part != " "])

    def _cancel_to(self, _token: str) -> None:
        value, shown = self._reader.argument(), self._reader.argument()
        self._reader.push([*"{{", "\\cancel", "{", *shown, *"}}^{", *value, *"}}"])

    def _color(self, token: str) -> None:
        """Put a colour as six digits: the converter knows few names."""
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
        code = "".join(self._reader.argument()).strip().removeprefix("U+").removeprefix("x")
        try:
            character = chr(int(code, 16))
        except (ValueError, OverflowError):
            raise TexError(token) from None
        if not character.isprintable():
            raise TexError(token)
        self._out.extend(("\\text", "{", character, "}"))

    def _verbatim(self, token: str) -> None:
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
