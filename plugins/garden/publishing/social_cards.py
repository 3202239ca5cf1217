"""The picture that other sites show beside a link to a note: its trail, its title, the site's name.

Drawn at build, only for sites that know their own address, since nobody can ask for it otherwise.
A card whose text has characters that the font lacks, or a script whose letters join, is not drawn: no
card is better than one of empty boxes.
"""

from contextlib import suppress
from functools import lru_cache
from hashlib import sha256
from importlib.resources import files
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from garden.model.errors import StorageError
from garden.model.names import SaveAs
from garden.publishing.output import Output
from garden.reading.isolation import LibraryMissingError, isolated
from garden.vault.sealed_files import read_sealed, write_sealed

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

_SIZE: Final = (1200, 630)
_MARGIN: Final = 84
_WIDTH: Final = _SIZE[0] - 2 * _MARGIN
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

# The font comes with the package that draws diagrams; there is no other that every system has.
_FONTS: Final = ("mermaid_render", "fonts")
_BOLD: Final = "NotoSans-Bold.ttf"
_REGULAR: Final = "NotoSans-Regular.ttf"
_VERSION: Final = "2"


class SocialCard(NamedTuple):
    """What a card says."""

    title: str
    trail: str
    site: str


class SocialCards:
    """Cards of one site; those drawn before are in the folder `cache`."""

    def __init__(self, output: Output, cache: Path) -> None:
        self._output = output
        self._folder = cache / "cards"
        self._missing: LibraryMissingError | None = None

    def write(self, save_as: SaveAs, card: SocialCard) -> bool:
        """Write a card as a PNG, unless it is there; say whether there is one.

        Raises LibraryError where it cannot be said.
        """
        mark = sha256("\0".join((_VERSION, *card)).encode("utf-8", "replace")).hexdigest()
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


def is_drawable(text: str) -> bool:
    """Say whether the font has every character of `text` and none needs to be joined to its neighbours."""
    return all(map(_has_character, set(text)))


def draw_card(card: SocialCard) -> bytes:
    """Return a card as a PNG of 1200 × 630 pixels, nothing when its text cannot be drawn.

    Called in a helper (see `isolation`). Raises ImportError where there is no font.
    """
    from PIL import Image, ImageDraw

    if not is_drawable("".join(card)):
        return b""
    image = Image.new("L", _SIZE)
    canvas = ImageDraw.Draw(image)
    canvas.rectangle((0, 0, 16, _SIZE[1]), fill=_ACCENTED)
    small = _font(_REGULAR, _SMALL)
    canvas.text((_MARGIN, _MARGIN), _cut(card.trail, small), font=small, fill=_QUIET, anchor="ls")
    font, lines = _title(card.title)
    _lines(canvas, font, lines)
    site = _font(_BOLD, _SMALL)
    canvas.text((_MARGIN, _SIZE[1] - _MARGIN), _cut(card.site, site), font=site, fill=_FULL, anchor="ls")
    image.putpalette(_palette())
    content = BytesIO()
    image.save(content, "PNG")
    return content.getvalue()


def _palette() -> list[int]:
    """Return the colours of all shades, red, green and blue of each in turn."""
    shades = (
        round(paper + (ink - paper) * shade / _FULL)
        for shade in range(_FULL + 1)
        for paper, ink in zip(_PAPER, _INK, strict=True)
    )
    return [*shades, *_ACCENT]


def _title(title: str) -> tuple["FreeTypeFont", list[str]]:
    """Return the largest size in which the title fits, with its lines; too long a title is cut."""
    title = title[:_LONGEST]
    for size in _TITLE_SIZES:
        font = _font(_BOLD, size)
        lines = _wrapped(title, font)
        if len(lines) <= _TITLE_LINES:
            return font, lines
    font = _font(_BOLD, _TITLE_SIZES[-1])
    lines = _wrapped(title, font)
    return font, [*lines[: _TITLE_LINES - 1], _cut(" ".join(lines[_TITLE_LINES - 1 :]), font)]


def _lines(canvas: "ImageDraw", font: "FreeTypeFont", lines: list[str]) -> None:
    step = round(font.size * _LEADING)
    # The first line's top to the last one's foot, in the middle between trail and name.
    y = (_SIZE[1] - step * (len(lines) - 1)) // 2 + round(font.size * 0.36)
    for line in lines:
        canvas.text((_MARGIN, y), line, font=font, fill=_FULL, anchor="ls")
        y += step


def _wrapped(text: str, font: "FreeTypeFont") -> list[str]:
    lines: list[str] = []
    for word in text.split():
        joined = f"{lines[-1]} {word}" if lines else word
        if lines and font.getlength(joined) <= _WIDTH:
            lines[-1] = joined
        else:
            lines.append(_cut(word, font))
    return lines


def _cut(text: str, font: "FreeTypeFont") -> str:
    """Return `text`, shortened with an ellipsis until it fits on one line."""
    # No character is narrower than a sixth of the size: a text of a megabyte is not measured.
    text = text[: 6 * _WIDTH // round(font.size)]
    if font.getlength(text) <= _WIDTH:
        return text
    while text and font.getlength(text + "…") > _WIDTH:
        text = text[:-1]
    return text.rstrip() + "…"


@lru_cache(maxsize=4096)
def _has_character(character: str) -> bool:
    if character == " ":
        return True
    # Hebrew, Arabic and all scripts behind them need shaping; what follows 1E00 are Latin and Greek again.
    if not (character < "\u0590" or "\u1e00" <= character <= "\u2bff") or not character.isprintable():
        return False
    font = _font(_BOLD, _SMALL)
    return bytes(font.getmask(character)) != _empty_box()


@lru_cache(maxsize=1)
def _empty_box() -> bytes:
    """Return how the font draws a character that it does not have."""
    return bytes(_font(_BOLD, _SMALL).getmask("\U0010ffff"))


@lru_cache(maxsize=16)
def _font(name: str, size: int) -> "FreeTypeFont":
    from PIL import ImageFont

    package, folder = _FONTS
    try:
        content = (files(package) / folder / name).read_bytes()
    except OSError as error:  # the package has changed
        raise ImportError(f"there is no {name} in {package}") from error
    return ImageFont.truetype(BytesIO(content), size, layout_engine=ImageFont.Layout.BASIC)
