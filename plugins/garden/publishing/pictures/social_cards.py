"""The picture that other sites show beside a link to a note: its trail, its title, the site's name.

Drawn at build, only for sites that know their own address, since nobody can ask for it otherwise.
A card whose text has characters that the fonts lack is not drawn: no card is better than one of empty boxes.
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

CARD_SIZE: Final = (1200, 630)
_MARGIN: Final = 84
_WIDTH: Final = CARD_SIZE[0] - 2 * _MARGIN
_BAR: Final = 16
_TITLE_SIZES: Final = (76, 64, 54, 46)
_TITLE_LINES: Final = 4
_LONGEST: Final = 400
_LEADING: Final = 1.24
_SMALL: Final = 30

# The theme's light colours: a card is drawn as shades from paper to ink, with one more for the accent.
_PAPER: Final = (0xFC, 0xFC, 0xFA)
_INK: Final = (0x1C, 0x21, 0x1F)
_ACCENT: Final = (0x14, 0x60, 0x4A)
_FULL: Final = 254
_QUIET: Final = 186
_ACCENTED: Final = 255

_VERSION: Final = "3"

# East Asian lines may end behind any character, but none begins with what closes or ends with what opens.
_OPENS: Final = "（「『【《〈〔［｛“‘"
_BEGINS: Final = "เแโใไ"  # Thai vowels that a syllable begins with; the rest of its words needs a dictionary
_CLOSES: Final = "）」』】》〉〕］｝”’、。，．：；？！…・ー々ぁぃぅぇぉっゃゅょァィゥェォッャュョ"


class SocialCard(NamedTuple):
    """The texts of a card; `language` is that of the page."""

    title: str
    trail: str
    site: str
    language: str = ""


class SocialCards:
    """Cards of one site; those drawn before are in the folder `cache`."""

    def __init__(self, output: Output, cache: Path) -> None:
        self._output = output
        self._folder = cache / "cards"
        self._fonts = " ".join(installed_fonts())
        self._missing: LibraryMissingError | None = None

    def write(self, save_as: SaveAs, card: SocialCard) -> bool:
        """Write a card as a PNG, unless it is there; say whether there is one.

        Raises LibraryError where it cannot be said.
        """
        # Fonts count: a card that could not be drawn can be when one more is installed.
        mark = sha256("\0".join((_VERSION, self._fonts, *card)).encode("utf-8", "replace")).hexdigest()
        if self._output.keeps(save_as, mark):
            return True
        content = self._content(card, mark)
        if content:
            self._output.write(save_as, content, mark)
        return bool(content)

    def _content(self, card: SocialCard, mark: str) -> bytes:
        if self._missing:
            raise self._missing
        file = self._folder / mark[:32]
        content = read_sealed(file)
        if content is None:
            try:
                content = isolated(draw_card, card)
            except LibraryMissingError as error:
                self._missing = error
                raise
            with suppress(StorageError):  # a picture that cannot be kept is drawn again
                write_sealed(file, content)
        return content


def draw_card(card: SocialCard) -> bytes:
    """Return a card as a PNG of 1200 × 630 pixels, nothing when its text cannot be drawn.

    Called in a helper (see `isolation`). Raises ImportError where not even the font of Latin is there. Titles of scripts that are written from right to left have everything on the right.
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
    # The first line's top to the last one's foot, in the middle between trail and name.
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
    """Return the colours of all shades, red, green and blue of each in turn."""
    shades = (
        round(paper + (ink - paper) * shade / _FULL)
        for shade in range(_FULL + 1)
        for paper, ink in zip(_PAPER, _INK, strict=True)
    )
    return [*shades, *_ACCENT]


def _title(title: str, style: Style) -> tuple[Style, list[str]]:
    """Return the largest size in which the title fits, with its lines; too long a title is cut."""
    pieces = _pieces(title[:_LONGEST])
    lines: list[str] = []
    for size in _TITLE_SIZES:
        style = replace(style, size=size)
        lines = _wrapped(pieces, style)
        if len(lines) <= _TITLE_LINES:
            return style, lines
    return style, [*lines[: _TITLE_LINES - 1], _cut(lines[_TITLE_LINES - 1] + "…", style)]


def _pieces(text: str) -> list[str]:
    """Split a text where a line may end; a piece keeps the space before it."""
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
    """Say whether lines may end beside a character: Chinese and Japanese have no spaces, Korean has."""
    wide = character != "" and unicodedata.east_asian_width(character) in ("W", "F")
    return wide and not "\uac00" <= character <= "\ud7ff"


def _wrapped(pieces: list[str], style: Style) -> list[str]:
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
    # No character is narrower than a sixth of the size: a text of a megabyte is not measured.
    text = text[: 6 * _WIDTH // style.size]
    if width(text, style) <= _WIDTH:
        return text
    while text and width(text + "…", style) > _WIDTH:
        text = text[:-1]
    return text.rstrip() + "…"
