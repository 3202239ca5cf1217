"""Typographic punctuation (FT-8): quotation marks and apostrophes by language, dashes, ellipses.

How a mark is replaced depends only on the characters around it, so a text can be converted in any order and in
pieces. The marks are those of CLDR and of the typesetting rules of each language; for any other language they are
those of English.
"""

import re
from types import MappingProxyType
from typing import Final, NamedTuple

APOSTROPHE: Final = "’"
MARK: Final = re.compile(r"""["']|-{2,}|\.{3,}""")
"""Everything that may be replaced."""


class Quotes(NamedTuple):
    """The quotation marks of a language, and of a quotation inside one."""

    opening: str
    closing: str
    inner_opening: str
    inner_closing: str


_ENGLISH: Final = Quotes("“", "”", "‘", "’")
_LOW: Final = Quotes("„", "“", "‚", "‘")
_POINTED: Final = Quotes("«", "»", "“", "”")
_NORDIC: Final = Quotes("”", "”", "’", "’")
_BY_LANGUAGE: Final = MappingProxyType(
    {
        "ar": _POINTED, "be": Quotes("«", "»", "„", "“"), "bg": Quotes("„", "“", "’", "’"), "ca": _POINTED,
        "cs": _LOW, "da": _NORDIC, "de": _LOW, "de-ch": Quotes("«", "»", "‹", "›"), "el": _POINTED, "es": _POINTED,
        "et": Quotes("„", "“", "‚", "‘"), "fa": _POINTED, "fi": _NORDIC,
        "fr": Quotes("«\u00a0", "\u00a0»", "“", "”"), "fr-ch": Quotes("«", "»", "‹", "›"),
        "hr": Quotes("„", "“", "‘", "’"), "hu": Quotes("„", "”", "»", "«"), "is": _LOW, "it": _POINTED,
        "ja": Quotes("「", "」", "『", "』"), "lt": _LOW, "lv": Quotes("“", "”", "„", "“"),
        "nb": Quotes("«", "»", "‘", "’"), "nn": Quotes("«", "»", "‘", "’"), "no": Quotes("«", "»", "‘", "’"),
        "pl": Quotes("„", "”", "«", "»"), "pt-pt": _POINTED, "ro": Quotes("„", "”", "«", "»"),
        "ru": Quotes("«", "»", "„", "“"), "sk": _LOW, "sl": _LOW, "sr": Quotes("„", "“", "‘", "’"),
        "sv": _NORDIC, "uk": Quotes("«", "»", "„", "“"),
    }
)  # fmt: skip
_OPENS_AFTER: Final = frozenset("([{<«“„‚‘‹「『¿¡—–-/")
_LOOKED_THROUGH: Final = frozenset("*_~=\"'")  # formatting, and the mark of a quotation around this one
_THICKNESS: Final = 9
"""The number of formatting characters before a mark that are skipped: `**_"` has more than anybody writes."""
_REACH: Final = 400
"""The number of characters in which the partner of a single quotation mark is searched, to limit the work per mark (HC-10)."""
_INNER_OPENING: Final = re.compile(r"(?:^|[\s(\[{\"“„«*_~=])'(?=\S)")
_INNER_CLOSING: Final = re.compile(r"(?<=[^\s'])'(?!\w)")


def quotes_of(language: str) -> Quotes:
    """Return the marks of a language, given by its tag such as `de` or `de-CH`."""
    tag = language.lower().replace("_", "-")
    return _BY_LANGUAGE.get(tag) or _BY_LANGUAGE.get(tag.partition("-")[0], _ENGLISH)


def typographic(text: str, language: str) -> str:
    """Return plain text with typographic punctuation."""
    quotes = quotes_of(language)
    return MARK.sub(lambda found: replacement(text, found.start(), found.end(), quotes) or found[0], text)


def replacement(text: str, begin: int, end: int, quotes: Quotes) -> str:
    """Return the replacement of the mark `text[begin:end]`, empty if it stays as it is."""
    char = text[begin]
    if char == '"':
        if text[max(begin - 1, 0) : begin] == '"' or text[end : end + 1] == '"':
            return ""  # two adjacent marks are not quotation marks
        return quotes.opening if _opens(text, begin, end) else quotes.closing
    if char == "'":
        return _single(text, begin, quotes)
    before, after = text[begin - 1 : begin] or " ", text[end : end + 1] or " "
    if char == ".":
        return "…" if end - begin == 3 and "/" not in (before, after) else ""
    # `--option` has no dash: on both sides there must be blanks, or on both sides none.
    blanks = before.isspace() and after.isspace() and begin > 0 and end < len(text)
    dash = {2: "–", 3: "—"}.get(end - begin, "")
    return dash if blanks or (before.isalnum() and after.isalnum()) else ""


def _single(text: str, at: int, quotes: Quotes) -> str:
    """Return the replacement of the single mark at `at`: a quotation mark if it has a partner, or else an apostrophe."""
    before, after = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    if after == "'" or before == "'":
        return ""
    if not _opens(text, at, at + 1):
        if before.isalnum() and after.isalnum():
            return APOSTROPHE
        quoted = any(_INNER_OPENING.finditer(text, max(at - _REACH, 0), at))
        return quotes.inner_closing if quoted else APOSTROPHE
    # The apostrophes of ’90s and ’tis have no partner.
    closed = not after.isdigit() and _INNER_CLOSING.search(text, at + 1, at + _REACH)
    return quotes.inner_opening if closed else APOSTROPHE


def _opens(text: str, begin: int, end: int) -> bool:
    """Say whether a mark opens a quotation, which depends on the character before it, and on whether text follows."""
    at = begin - 1
    while at >= 0 and text[at] in _LOOKED_THROUGH and begin - at < _THICKNESS:
        at -= 1
    after = text[end : end + 1]
    if not after or after.isspace():
        return False
    if at < 0 or text[at].isspace() or text[at] in _OPENS_AFTER:
        return True
    # After a tag or a colon only the following text can tell.
    return text[at] in ">:" and (after.isalnum() or text.startswith("[[", end))
