"""Social cards: pictures with a page's trail and title and the site's name, which other sites show beside a link.

They are only drawn if the site's own address is known, because pages must refer to them by absolute addresses. A card
whose text has characters that the fonts lack is not drawn: no card is better than one with empty boxes.
"""

import re
import unicodedata
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from msgspec.structs import replace

from garden.model.errors import StorageError
from garden.model.names import SaveAs
from garden.publishing.folder.output import Output
from garden.publishing.pictures.card_fonts import (
    Style,
    draw_line,
    installed_fonts,
    is_drawable,
    is_right_to_left,
    width,
)
from garden.reading.isolation import LibraryMissingError, isolated
from garden.vault.stored.sealed_files import read_sealed, write_sealed

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

CARD_SIZE: Final = (1200, 630)  # pixels, as all lengths here
_MARGIN: Final = 84
_WIDTH: Final = CARD_SIZE[0] - 2 * _MARGIN
_BAR: Final = 16
_TITLE_SIZES: Final = (76, 64, 54, 46)  # the largest with which the title fits is used
_TITLE_LINES: Final = 4
_LONGEST: Final = 400  # characters of a title
_LEADING: Final = 1.24
_SMALL: Final = 30

# The theme's light colors. A card is drawn in shades: 0 is paper, _FULL is ink, and one more is the accent color.
_PAPER: Final = (0xFC, 0xFC, 0xFA)
_INK: Final = (0x1C, 0x21, 0x1F)
_ACCENT: Final = (0x14, 0x60, 0x4A)
_FULL: Final = 254
_QUIET: Final = 186
_ACCENTED: Final = 255

_VERSION: Final = "3"  # change it when cards are drawn in another way, so that they are drawn again

# Lines of Chinese and Japanese may end after any character, but not begin with one of _CLOSES or end with one of _OPENS.
_OPENS: Final = "（「『【《〈〔［｛“‘"
_BEGINS: Final = "เแโใไ"  # Thai vowels before which a line may end; other places would need a dictionary
_CLOSES: Final = "）」』】》〉〕］｝”’、。，．：；？！…・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"


class SocialCard(NamedTuple):
    """The texts of a card; `language` is that of the page."""

    title: str
    trail: str
    site: str
    language: str = ""


class SocialCards:
    """The cards of one site, which are kept in a folder of the cache."""

    def __init__(self, output: Output, cache: Path) -> None:
        self._output = output
        self._folder = cache / "cards"
        self._fonts = " ".join(installed_fonts())
        self._missing: LibraryMissingError | None = None

    def write(self, save_as: SaveAs, card: SocialCard) -> bool:
        """Write a card as PNG, unless the output has it; return False if its text cannot be drawn.

        Raises LibraryError if the library that draws it fails or is not installed.
        """
        # The fonts are part of the key: with another one installed, a card may be drawn that could not be before.
        card_hash = sha256("\0".join((_VERSION, self._fonts, *card)).encode("utf-8", "replace")).hexdigest()
        if self._output.keeps(save_as, card_hash):
            return True
        content = self._content(card, card_hash)
        if content:
            self._output.write(save_as, content, card_hash)
        return bool(content)

    def _content(self, card: SocialCard, card_hash: str) -> bytes:
        """Return the PNG of a card from the cache, or draw it.

        Drawing is not tried again once the library was found missing.
        """
        if self._missing:
            raise self._missing
        file = self._folder / card_hash[:32]
        content = read_sealed(file)
        if content is None:
            try:
                content = isolated(draw_card, card)
            except LibraryMissingError as error:
                self._missing = error
                raise
            with suppress(StorageError):  # the next build draws it again
                write_sealed(file, content)
        return content


def draw_card(card: SocialCard) -> bytes:
    """Return a card as PNG, empty if its text cannot be drawn; called in a separate process, see `isolation`.

    A title in a script that is written from right to left moves everything to the right. Raises ImportError if not even
    the font for Latin is installed.
    """
    from PIL import Image, ImageDraw

    if not is_drawable(f"{card.title}{card.trail}{card.site}…", card.language):
        return b""
    image = Image.new("L", CARD_SIZE)
    canvas = ImageDraw.Draw(image)
    right = is_right_to_left(card.title)
    bar = CARD_SIZE[0] - _BAR if right else 0
    canvas.rectangle((bar, 0, bar + _BAR, CARD_SIZE[1]), fill=_ACCENTED)
    quiet = Style(_SMALL, False, card.language, right)
    bold = replace(quiet, bold=True)
    _draw(canvas, _MARGIN, _cut(card.trail, quiet), quiet, _QUIET)
    style, lines = _title(card.title, bold)
    step = round(style.size * _LEADING)
    # The baseline of the first line, such that all lines together are in the middle between trail and name.
    y = (CARD_SIZE[1] - step * (len(lines) - 1)) // 2 + round(style.size * 0.36)
    for number, line in enumerate(lines):
        _draw(canvas, y + number * step, line, style, _FULL)
    _draw(canvas, CARD_SIZE[1] - _MARGIN, _cut(card.site, bold), bold, _FULL)
    image.putpalette(_palette())
    content = BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def _draw(canvas: "ImageDraw", y: int, line: str, style: Style, fill: int) -> None:
    x = CARD_SIZE[0] - _MARGIN - width(line, style) if style.right_to_left else _MARGIN
    draw_line(canvas, (round(x), y), line, style, fill)


def _palette() -> list[int]:
    """Return red, green and blue of each shade in turn."""
    shades = (
        round(paper + (ink - paper) * shade / _FULL)
        for shade in range(_FULL + 1)
        for paper, ink in zip(_PAPER, _INK, strict=True)
    )
    return [*shades, *_ACCENT]


def _title(title: str, style: Style) -> tuple[Style, list[str]]:
    """Return the largest style in which the title fits, with its lines; a title that is too long is cut."""
    pieces = _pieces(title[:_LONGEST])
    lines: list[str] = []
    for size in _TITLE_SIZES:
        style = replace(style, size=size)
        lines = _wrapped(pieces, style)
        if len(lines) <= _TITLE_LINES:
            return style, lines
    return style, [*lines[: _TITLE_LINES - 1], _cut(lines[_TITLE_LINES - 1] + "…", style)]


def _pieces(text: str) -> list[str]:
    """Split a text at all places where a line may end; a piece includes the space before it."""
    found: list[str] = []
    for word in re.split(r"(?=\s)", " ".join(text.split())):
        for at, character in enumerate(word):
            before = word[at - 1] if at else ""
            joint = (_is_wide(before) or _is_wide(character) or character in _BEGINS) and before != " "
            if not at or (joint and character not in _CLOSES and before not in _OPENS):
                found.append(character)
            else:
                found[-1] += character
    return found


def _is_wide(character: str) -> bool:
    """Say whether a line may end before and after a character: one of Chinese or Japanese, but not of Korean, which has spaces."""
    wide = character != "" and unicodedata.east_asian_width(character) in ("W", "F")
    return wide and not "\uac00" <= character <= "\ud7ff"


def _wrapped(pieces: list[str], style: Style) -> list[str]:
    """Fill lines with as many pieces as fit; a piece that is wider than a line is cut."""
    lines: list[str] = []
    for piece in pieces:
        joined = lines[-1] + piece if lines else piece
        if lines and width(joined, style) <= _WIDTH:
            lines[-1] = joined
        else:
            lines.append(_cut(piece.lstrip(), style))
    return lines


def _cut(text: str, style: Style) -> str:
    """Return `text`, shortened with an ellipsis until it fits on one line."""
    # Almost no character is narrower than a sixth of the font size, so a very long text need not be measured as a whole.
    text = text[: 6 * _WIDTH // style.size]
    if width(text, style) <= _WIDTH:
        return text
    while text and width(text + "…", style) > _WIDTH:
        text = text[:-1]
    return text.rstrip() + "…"
