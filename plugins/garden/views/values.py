"""Values of queries: None, booleans, numbers, texts, moments, durations, links, lists, objects and functions."""

from collections.abc import Callable, Mapping
from math import isfinite, isnan
from typing import Final, TypeGuard

from msgspec import Struct
from msgspec.structs import replace

from garden.model.names import Anchor, fold
from garden.model.views.moments import Duration, Moment

Value = object
"""Any of these; lists are Python lists, objects are mappings, functions are callables."""


class NoValueError(Exception):
    """An operation has no result for these values (VW-13); the text says why."""


class BudgetSpentError(Exception):
    """The evaluation takes more steps than a view may take (VW-12)."""


class LinkValue(Struct, frozen=True):
    """A link as a value."""

    kind: str  # what it leads to: "note", "hub", "file", or "none"
    target: str  # path of the note or file, key of the hub, or the folded text
    text: str  # as written
    subpath: str = ""  # heading or `^block` as typed
    anchor: Anchor | None = None  # id of that heading or block
    display: str = ""
    embed: bool = False

    def shown_as(self, display: str) -> "LinkValue":
        """Return the link with another display text."""
        return replace(self, display=display)

    @property
    def key(self) -> tuple[str, str]:
        """The key by which links are compared: the target, then the heading or block.

        A slash distinguishes a path from the text of a link that leads nowhere.
        """
        return f"{'' if self.kind == 'none' else '/'}{self.target}", fold(self.subpath)


class OutsideLink(Struct, frozen=True):
    """A link to another site."""

    address: str
    text: str


class ImageValue(Struct, frozen=True):
    """An image: a link to one in the vault, or an address."""

    source: "LinkValue | str"


class IconValue(Struct, frozen=True):
    """An icon by its name in Lucide."""

    name: str


class HtmlValue(Struct, frozen=True):
    """HTML by the author."""

    html: str


Function = Callable[..., Value]

LARGEST_STEPS: Final = 4_000_000
"""Steps of one evaluation: about ten times what a query over 10,000 notes takes; they take about two seconds at most."""

LONGEST_TEXT: Final = 1_000_000
"""Characters of one text value."""

CHARACTERS_OF_A_STEP: Final = 50
"""To make or read so many characters of a text takes about as long as any other step."""


class Budget:
    """Counts the steps of an evaluation."""

    def __init__(self, steps: int = LARGEST_STEPS) -> None:
        self.left = steps

    def spend(self, steps: int = 1) -> None:
        """Use some steps. Raises BudgetSpentError if not enough are left."""
        self.left -= steps
        if self.left < 0:
            raise BudgetSpentError

    def text(self, text: str) -> str:
        """Use steps for the length of a new text, and return it. Raises BudgetSpentError, also if it is too long."""
        self.spend(1 + len(text) // CHARACTERS_OF_A_STEP)
        self.allow_text(len(text))
        return text

    @staticmethod
    def allow_text(length: float) -> None:
        """Raise BudgetSpentError if a text of this length is too long; asked first where making it would take much memory."""
        if length > LONGEST_TEXT:
            raise BudgetSpentError


def number_text(number: float) -> str:
    """Return a number as JavaScript writes it."""
    if isinstance(number, int):
        return str(number)
    if isnan(number):
        return "NaN"
    if not isfinite(number):
        return "Infinity" if number > 0 else "-Infinity"
    if number.is_integer() and abs(number) < 1e21:
        return str(int(number))
    text = repr(number)
    mantissa, e, exponent = text.partition("e")
    if not e:
        return text
    # Python uses exponents below 1e-4, JavaScript only below 1e-6.
    sign, digits = exponent[0], exponent.lstrip("+-").lstrip("0")
    if sign == "-" and int(digits) < 7:
        # Seventeen digits distinguish all floats; of a number with few digits the last of them would not be zero.
        decimals = 17 + int(digits) if len(mantissa) > 12 else 16
        return f"{number:.{decimals}f}".rstrip("0")
    return f"{mantissa}e{sign}{digits}"


def is_number(value: Value) -> TypeGuard[int | float]:
    """Say whether a value is a number; a boolean is not one."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def common_type(value: Value) -> str:
    """Return the name of a value's type that Dataview and bases have in common, empty if they differ."""
    match value:
        case None:
            return "null"
        case bool():
            return "boolean"
        case int() | float():
            return "number"
        case str():
            return "string"
        case Moment():
            return "date"
        case Duration():
            return "duration"
        case LinkValue():
            return "link"
        case Mapping():
            return "object"
        case _:
            return ""


def type_name(value: Value) -> str:
    """Return Dataview's name for the type of a value."""
    match value:
        case list():
            return "array"
        case OutsideLink() | ImageValue() | IconValue() | HtmlValue():
            return "widget"
        case _:
            return common_type(value) or "function"


def is_true(value: Value) -> bool:
    """Say whether a value counts as true (DV-12, BA-12)."""
    if value is True or value is False:  # nearly all are
        return value
    match value:
        case None:
            return False
        case Duration():
            return value.total != 0
        case Moment():
            return True
        case float():
            return value != 0 and not isnan(value)
        case bool() | int() | str() | list():
            return bool(value)
        case Mapping():
            return len(value) > 0
        case _:
            return True
