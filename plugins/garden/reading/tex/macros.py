"""Expands macros that authors define in their settings, in `preamble.sty`, or in an earlier formula (MA-4).

They are expanded here and not by the converter, so that a definition may use everything that `rewrite` supports, and
that an infinite recursion is stopped by a budget.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from garden.reading.tex.tokens import TexError, TokenReader, tokenize

BUDGET = 20_000
"""The maximum number of tokens of an expanded formula: more than any page has, but few enough to be converted quickly."""

# Commands that define others, by the form of what follows: `{\name}[n][default]{text}`, `\name#1#2{text}`, `{\name}{text}`.
_NEW = frozenset(
    (
        "\\newcommand",
        "\\renewcommand",
        "\\providecommand",
        "\\newcommand*",
        "\\renewcommand*",
        "\\providecommand*",
    )
)
_DEF = frozenset(("\\def", "\\gdef", "\\edef", "\\xdef"))
_OPERATORS = frozenset(("\\DeclareMathOperator", "\\DeclareMathOperator*"))
_PREFIXES = frozenset(("\\global", "\\long", "\\outer"))
_DEFINING = _NEW | _DEF | _OPERATORS | _PREFIXES | {"\\let"}
_NAME = re.compile(r"\\(?:[A-Za-z]+|.)\Z", re.DOTALL)


class Macro(NamedTuple):
    """A definition: the number of its arguments, its tokens, and the default of the first argument if that is optional."""

    arguments: int
    body: tuple[str, ...]
    default: tuple[str, ...] | None = None


Macros = Mapping[str, Macro]


def defines(tex: str) -> bool:
    """Say whether a formula may contain a definition; a quick test, which may be wrongly positive."""
    return "\\" in tex and any(command in tex for command in _DEFINING)


def preamble(tex: str) -> dict[str, Macro]:
    """Read the definitions of a file such as `preamble.sty`; everything else in it is ignored."""
    found: dict[str, Macro] = {}
    reader = TokenReader(tokenize(tex))
    while reader:
        token = reader.next()
        if token in _DEFINING:
            try:
                _define(token, reader, found)
            except TexError:  # a definition in an unsupported form; the others still count
                continue
    return found


def macros_from(settings: Iterable[tuple[str, str]]) -> dict[str, Macro]:
    r"""Read the setting `math_macros`: pairs of a name, with or without `\\`, and the text of the macro.

    The highest `#n` in the text is the number of arguments.
    """
    found = {}
    for name, text in settings:
        body = tuple(tokenize(text))
        used = [int(token[-1]) for token in body if token[0] == "#" and token[-1].isdigit()]
        found["\\" + name.removeprefix("\\")] = Macro(max(used, default=0), body)
    return found


def expand(tokens: list[str], macros: dict[str, Macro]) -> list[str]:
    """Expand every macro; definitions among the tokens are removed and added to `macros`.

    Raises TexError when an argument is missing, or when the result exceeds the budget.
    """
    reader = TokenReader(tokens)
    out: list[str] = []
    left = BUDGET
    while reader:
        token = reader.next()
        if token in _DEFINING:
            _define(token, reader, macros)
            continue
        macro = macros.get(token)
        if macro is None:
            out.append(token)
            continue
        filled = _filled(macro, token, reader)
        left -= len(filled) + 1  # even an empty macro costs something, or a formula of many would be free
        if left < 0:
            raise TexError(token)
        reader.push(filled)
    return out


def _filled(macro: Macro, name: str, reader: TokenReader) -> list[str]:
    """Read the arguments of a macro and insert them into its text."""
    arguments: list[list[str]] = []
    try:
        if macro.default is not None:
            given = reader.optional()
            arguments.append(list(macro.default) if given is None else given)
        while len(arguments) < macro.arguments:
            arguments.append(reader.argument())
    except TexError as error:
        raise TexError(name) from error
    filled: list[str] = []
    for token in macro.body:
        if token[0] == "#" and len(token) == 2 and token[1].isdigit():
            number = int(token[1])
            if number > len(arguments):
                raise TexError(name)
            filled.extend(arguments[number - 1])
        elif token.startswith("##"):
            filled.append(token[1:])  # the parameter of a definition inside this one
        else:
            filled.append(token)
    return filled


def _define(command: str, reader: TokenReader, macros: dict[str, Macro]) -> None:
    """Read a definition after its command. Raises TexError if its form is not supported."""
    if command in _PREFIXES:
        return
    name = _defined_name(reader, command)
    if command in _DEF:
        macros[name] = _def(reader, command)
    elif command == "\\let":
        reader.skip_blanks()
        if reader.peek() == "=":
            reader.next()
            reader.skip_blanks()
        other = reader.next()
        macros[name] = macros.get(other, Macro(0, (other,)))
        if macros[name].body == (name,):  # a command defined as itself would be expanded forever
            del macros[name]
    elif command in _OPERATORS:
        star = command[-1] if command.endswith("*") else ""
        macros[name] = Macro(0, ("\\operatorname" + star, "{", *reader.argument(), "}"))
    else:
        count = "".join(reader.optional() or "0").strip()
        default = reader.optional() if count != "0" else None
        body = tuple(reader.argument())
        if not count.isdigit() or (command.startswith("\\providecommand") and name in macros):
            return
        macros[name] = Macro(int(count), body, None if default is None else tuple(default))


def _defined_name(reader: TokenReader, command: str) -> str:
    """Read the name of the command that is defined. Raises TexError for anything else."""
    reader.skip_blanks()
    name = "".join(reader.argument()).strip()
    if not _NAME.match(name):
        raise TexError(command)
    return name


def _def(reader: TokenReader, command: str) -> Macro:
    r"""Read the rest of `\def\name#1#2{…}`; parameters with delimiters are not supported."""
    parameters = 0
    while reader.peek() != "{":
        token = reader.next()
        if token == " ":
            continue
        if token != f"#{parameters + 1}":
            raise TexError(command)
        parameters += 1
    return Macro(parameters, tuple(reader.argument()))
