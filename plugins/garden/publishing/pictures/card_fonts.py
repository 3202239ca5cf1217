"""Fonts of social cards: which one has a character, and how a line of several scripts is laid out.

They come from packages, never from the system: a card must be the same on every machine. The font for Latin, Greek
and Cyrillic is always installed, the others come with the extra `cards`. A text with a character that no font
has is not drawn: no card is better than one with empty boxes.
"""

import unicodedata
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from io import BytesIO
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

Ranges = tuple[tuple[int, int], ...]
"""Code points, each range with its first and its last one."""

_PROBE: Final = 30
"""The size in pixels at which a font is tested for a character; the result is the same at any size."""


class CardFont(Struct, frozen=True):
    """A font: its package, its file in it, and the code points that it may draw.

    `joins` says that its letters change with their neighbours, which needs the layout engine Raqm; all others
    are laid out the same way with and without it. `languages` are the first parts of the language tags whose
    characters it draws before other fonts.
    """

    package: str
    file: str
    ranges: Ranges
    joins: bool = False
    right_to_left: bool = False
    languages: tuple[str, ...] = ()


# U+0590 to U+1DFF need other fonts; from U+1E00 on there are Latin, Greek and symbols again.
_EUROPEAN: Final = ((0x20, 0x58F), (0x1E00, 0x2BFF), (0xA720, 0xA7FF), (0xFB00, 0xFB06))
_EAST_ASIAN: Final = (
    (0x1100, 0x11FF),
    (0x2010, 0x2BFF),
    (0x2E80, 0x9FFF),
    (0xA960, 0xA97F),
    (0xAC00, 0xD7FF),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF00, 0xFFEF),
    (0x20000, 0x3FFFF),
)
_ARABIC: Final = ((0x600, 0x6FF), (0x750, 0x77F), (0x870, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))

LATIN: Final = CardFont("fontpkg_noto_sans", "files/NotoSans[wdth,wght].ttf", _EUROPEAN)
# The packages of the fonts for Chinese, Japanese and Korean, and for scripts that are written from right to left.
_CJK: Final = "justmytype_intl_cjk"
_RTL: Final = "justmytype_intl_rtl"

FONTS: Final = (
    LATIN,
    CardFont(
        _CJK,
        "fonts/ofl/notosanssc/NotoSansSC[wght].ttf",
        _EAST_ASIAN,
        languages=("zh", "zh-hans", "zh-cn", "zh-sg"),
    ),
    CardFont(
        _CJK,
        "fonts/ofl/notosanstc/NotoSansTC[wght].ttf",
        _EAST_ASIAN,
        languages=("zh-hant", "zh-tw", "zh-hk", "zh-mo"),
    ),
    CardFont(_CJK, "fonts/ofl/notosansjp/NotoSansJP[wght].ttf", _EAST_ASIAN, languages=("ja",)),
    CardFont(_CJK, "fonts/ofl/notosanskr/NotoSansKR[wght].ttf", _EAST_ASIAN, languages=("ko",)),
    CardFont(
        _RTL,
        "fonts/ofl/notosansarabic/NotoSansArabic[wdth,wght].ttf",
        _ARABIC,
        joins=True,
        right_to_left=True,
    ),
    CardFont(
        _RTL,
        "fonts/ofl/notosanshebrew/NotoSansHebrew[wdth,wght].ttf",
        ((0x590, 0x5FF), (0xFB1D, 0xFB4F)),
        joins=True,
        right_to_left=True,
    ),
    CardFont(
        "fontpkg_noto_sans_devanagari",
        "files/NotoSansDevanagari[wdth,wght].ttf",
        ((0x900, 0x97F), (0x1CD0, 0x1CFF), (0xA8E0, 0xA8FF)),
        joins=True,
    ),
    CardFont("fontpkg_noto_sans_thai", "files/NotoSansThai[wdth,wght].ttf", ((0xE00, 0xE7F),), joins=True),
)
"""In the order in which they are tried, after the fonts for the language of the card."""

_MIRRORED: Final = dict(
    pair for one, two in ("()", "[]", "{}", "<>", "«»", "‹›") for pair in ((one, two), (two, one))
)
"""What a bracket is drawn as in a line from right to left."""

# Marks that say how neighbours are joined or ordered; they are drawn with the character before them.
_INVISIBLE: Final = "\u200c\u200d\u200e\u200f"


class Style(Struct, frozen=True):
    """How text is set: the size in pixels, bold or not, the language that decides between fonts, the direction."""

    size: int
    bold: bool
    language: str
    right_to_left: bool = False


class Run(Struct, frozen=True):
    """A piece of a line that one font draws in one direction."""

    font: CardFont
    text: str
    right_to_left: bool


def installed_fonts() -> list[str]:
    """Return what the look of cards depends on: the installed packages, with their versions."""
    from importlib.metadata import PackageNotFoundError, version  # slow to import, and few builds draw cards

    found = [f"pillow {version('pillow')}"]  # which draws them
    for package in sorted({font.package for font in FONTS}):
        with suppress(PackageNotFoundError):
            found.append(f"{package} {version(package)}")
    return found


def is_drawable(text: str, language: str = "") -> bool:
    """Say whether the fonts have every character of `text`. Raises ImportError if the font for Latin is missing."""
    if _font(LATIN, _PROBE, bold=True) is None:
        raise ImportError(LATIN.package)
    return all(_owner(character, language) is not None for character in set(text))


def is_right_to_left(text: str) -> bool:
    """Say whether a text begins with a letter of a script that is written from right to left."""
    directions = map(unicodedata.bidirectional, text)
    return next((way in ("R", "AL") for way in directions if way in ("L", "R", "AL")), False)


def width(text: str, style: Style) -> float:
    """Return the width of a line in pixels."""
    return sum(_length(run, style) for run in _runs(text, style))


def draw_line(canvas: "ImageDraw", place: tuple[int, int], text: str, style: Style, fill: int) -> None:
    """Draw a line with the left end of its baseline at `place`, in pixels; `fill` is a grey from 0 to 255."""
    left, y = float(place[0]), place[1]
    runs = _runs(text, style)
    for run in reversed(runs) if style.right_to_left else runs:
        font = _found(run.font, style.size, bold=style.bold)
        canvas.text((round(left), y), run.text, font=font, fill=fill, anchor="ls", direction=_direction(run))
        left += _length(run, style)


def _length(run: Run, style: Style) -> float:
    font = _found(run.font, style.size, bold=style.bold)
    return font.getlength(run.text, direction=_direction(run))


def _direction(run: Run) -> str | None:
    """Return the direction for Raqm; no other layout engine takes one."""
    return ("rtl" if run.right_to_left else "ltr") if run.font.joins else None


def _runs(text: str, style: Style) -> list[Run]:
    """Split a line where its font changes, in the order of the text.

    If a piece has another direction than the line, characters of no script at its ends (spaces, brackets, a full stop) are
    runs of their own in the direction of the line, as Unicode's bidirectional algorithm requires. Nothing else of that
    algorithm is implemented, since titles hardly ever nest one direction in another.
    """
    owners: list[CardFont] = []  # the font of each character
    for character in text:
        before = owners[-1] if owners else None
        keeps = before is not None and (character in _INVISIBLE or _has_neutral(before, character))
        owners.append(before if keeps and before else _owner(character, style.language) or LATIN)
    found: list[Run] = []
    for font, pairs in groupby(zip(owners, text, strict=True), key=lambda pair: pair[0]):
        piece = "".join(character for _, character in pairs)
        if font.right_to_left == style.right_to_left:
            found.append(Run(font, piece, font.right_to_left))
            continue
        start = next((at for at, char in enumerate(piece) if _is_strong(char)), len(piece))
        end = next((at for at in range(len(piece), start, -1) if _is_strong(piece[at - 1])), start)
        found += (_neutral(font, char, style) for char in piece[:start])
        if start < end:
            found.append(Run(font, piece[start:end], font.right_to_left))
        found += (_neutral(font, char, style) for char in piece[end:])
    return found


def _neutral(font: CardFont, character: str, style: Style) -> Run:
    """Return a character of no script as a run in the direction of the line."""
    shown = _MIRRORED.get(character, character) if style.right_to_left else character
    return Run(font, shown, style.right_to_left)


def _is_strong(character: str) -> bool:
    """Say whether a character is of a script, or a digit, or a mark on one of these."""
    return unicodedata.category(character)[0] in "LNM"


def _has_neutral(font: CardFont, character: str) -> bool:
    """Say whether a space, digit or mark that is of no script can stay in the font of what is before it."""
    neutral = unicodedata.bidirectional(character) not in ("L", "R", "AL") or character == " "
    return neutral and font.joins and _has_glyph(font, character)


@lru_cache(maxsize=16384)
def _owner(character: str, language: str) -> CardFont | None:
    """Return the font that draws a character, None when there is none."""
    if character in _INVISIBLE:
        return LATIN
    if not character.isprintable():
        return None
    code = ord(character)
    for font in _ordered(language):
        in_range = any(first <= code <= last for first, last in font.ranges)
        if in_range and _has_glyph(font, character):
            return font
    return None


@lru_cache(maxsize=64)
def _ordered(language: str) -> Sequence[CardFont]:
    """Return the fonts, those for the language before the others: Chinese and Japanese share code points."""
    tag = language.lower().replace("_", "-")

    def fit(font: CardFont) -> int:
        return max((len(own) for own in font.languages if f"{tag}-".startswith(f"{own}-")), default=0)

    return (LATIN, *sorted(FONTS[1:], key=lambda font: -fit(font)))


@lru_cache(maxsize=16384)
def _has_glyph(font: CardFont, character: str) -> bool:
    # Pillow does not say which characters a font has, but all that it lacks look the same.
    drawn = _font(font, _PROBE, bold=True)
    if drawn is None:
        return False
    return character == " " or bytes(drawn.getmask(character)) != _empty_box(font)


@lru_cache(maxsize=16)
def _empty_box(font: CardFont) -> bytes:
    """Return how a font draws a character that it does not have."""
    return bytes(_found(font, _PROBE, bold=True).getmask("\U0010ffff"))


def _found(font: CardFont, size: int, *, bold: bool) -> "FreeTypeFont":
    """Return a font that is certainly there, because `is_drawable` has been asked before."""
    found = _font(font, size, bold=bold)
    assert found is not None, "cards are drawn only when their fonts are there"
    return found


@lru_cache(maxsize=64)
def _font(font: CardFont, size: int, *, bold: bool) -> "FreeTypeFont | None":
    """Return a font, None if its package is not installed or has no such file, or if it needs Raqm and there is none."""
    from importlib.resources import files

    from PIL import ImageFont, features

    if font.joins and not features.check("raqm"):
        return None
    engine = ImageFont.Layout.RAQM if font.joins else ImageFont.Layout.BASIC
    try:
        file = files(font.package).joinpath(*font.file.split("/"))
        source = str(file) if isinstance(file, Path) else BytesIO(file.read_bytes())
        found = ImageFont.truetype(source, size, layout_engine=engine)
        found.set_variation_by_name("Bold" if bold else "Regular")
    except (ImportError, OSError, ValueError):
        return None
    return found
