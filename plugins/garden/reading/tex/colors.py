"""Reads colours as written in TeX: CSS names, hexadecimal digits, fractions of red, green and blue."""

import re
from typing import Final

from garden.reading.tex.tokens import TexError

_HEX: Final = re.compile(r"[0-9A-Fa-f]{6}\Z")


def hex_digits(model: str, name: str) -> str:
    """Return the six hexadecimal digits of a colour in `model`, which is empty for a CSS name or `#rrggbb`.

    Raises TexError for an unknown colour.
    """
    try:
        from PIL import ImageColor
    except ImportError as error:
        raise TexError(reason=str(error)) from None
    if _HEX.match(name) and model == "HTML":
        return name.upper()
    numbers = name.split(",")
    try:
        if model in {"rgb", "RGB"} and len(numbers) == 3:
            scale = 255 if model == "rgb" else 1
            red, green, blue = (min(255, max(0, round(float(number) * scale))) for number in numbers)
        elif not model and (name.isalpha() or name.startswith("#")):
            red, green, blue = ImageColor.getrgb(name)[:3]
        else:
            raise TexError("\\color")
    except ValueError:
        raise TexError("\\color") from None
    return f"{red:02X}{green:02X}{blue:02X}"
