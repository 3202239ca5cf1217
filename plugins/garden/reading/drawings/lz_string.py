"""Unpacks LZ-String's Base64 format, in which the plugin Excalidraw stores its drawings.

The format is LZW over UTF-16 code units, with codes whose width grows. Two special codes are followed by a new
character of 8 or 16 bits, a third one ends the stream.
"""

from typing import Final

_ALPHABET: Final = {
    char: number
    for number, char in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
}
_LONGEST: Final = 30_000_000  # characters, more than any drawing has, as a limit for decompression bombs


class PackedTextError(ValueError):
    """A text is not packed by LZ-String, or is too long when unpacked."""


class _Bits:
    """The bits of a Base64 text, the highest of each digit first."""

    def __init__(self, text: str) -> None:
        self._digits = [_ALPHABET[char] for char in text if char in _ALPHABET]
        self._at = 0

    def take(self, count: int) -> int:
        """Read a number of `count` bits, its lowest bit first. Raises PackedTextError at the end."""
        value = 0
        for power in range(count):
            digit, bit = divmod(self._at, 6)
            if digit >= len(self._digits):
                raise PackedTextError("the drawing ends too early")
            value |= (self._digits[digit] >> (5 - bit) & 1) << power
            self._at += 1
        return value


def unpacked(text: str) -> str:
    """Return the text that LZ-String has packed into `text`. Raises PackedTextError."""
    bits = _Bits(text)
    entries: list[str] = ["", "", ""]  # by code; the first three codes are the special ones
    width, room = 3, 4  # the bits of a code, and how many codes may be added before it grows
    first = bits.take(2)
    if first == 2:
        return ""
    if first > 2:
        raise PackedTextError("the drawing does not begin correctly")
    last = chr(bits.take(8 if first == 0 else 16))
    entries.append(last)
    out = [last]
    length = 1
    while True:
        code = bits.take(width)
        if code == 2:
            joined = "".join(out)
            # Characters beyond the first plane consist of two code units.
            return joined.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if code in (0, 1):
            entries.append(chr(bits.take(8 if code == 0 else 16)))
            code = len(entries) - 1
            room -= 1
            if not room:
                room, width = 1 << width, width + 1
        if code < len(entries):
            entry = entries[code]
        elif code == len(entries):
            entry = last + last[0]  # the entry that is only added below, as in any LZW
        else:
            raise PackedTextError("the drawing has an undefined code")
        out.append(entry)
        length += len(entry)
        if length > _LONGEST:
            raise PackedTextError("the drawing is too long")
        entries.append(last + entry[0])
        room -= 1
        last = entry
        if not room:
            room, width = 1 << width, width + 1
