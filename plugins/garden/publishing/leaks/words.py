"""Text as the leak gate compares it: plain words, with a mark wherever one piece of text ends and another begins.

Sources and output write the same text in many ways: `My *Secret*`, `my-secret`, `My%20Secret`, `&quot;My Secret`. Here all
of them become the words `my secret`, so that they can be looked up. Letters lose case, accents and compatibility forms, as
in the search index. An ideograph is a word of its own, and so is each letter of a script that is written without spaces
between words.

There are three marks, since a name ends at a comma but a sentence does not: END separates unrelated pieces of text, PAUSE
separates parts of what may be one sentence, and SLASH the parts of a path.
"""

import html
import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from typing import Final

END: Final = "\x01"
"""The mark where a piece of text ends: at a line's end, a tag, a bracket, a straight quotation mark."""

PAUSE: Final = "\x02"
"""The mark where a name ends but a sentence continues: at a colon, a comma, a full stop, an arrow, a brace."""

SLASH: Final = "\x03"
"""The mark between the parts of a path or an address."""

ENDS: Final = frozenset((END, SLASH))
"""The marks at which both names and sentences end."""

MARKS: Final = frozenset((END, PAUSE, SLASH))

_ENDS: Final = '<>"=[]|#\n\r\x00\x01'
_PAUSES: Final = (
    "(){}\x02;!?\u00ab\u00bb\u2039\u203a\u201c\u201d\u201e\u00b7\u2022"
    "\u2190\u2192\u2194\u21d0\u21d2\u21d4\u27f5\u27f6\u27f9"
)
_TYPOGRAPHIC: Final = str.maketrans(
    dict.fromkeys("\u2018\u2019\u201a\u00b4", "'")
    | dict.fromkeys("\u2013\u2014\u2026\u00a0\u202f\u2009", " ")
    | dict.fromkeys(_ENDS, END)
    | dict.fromkeys(_PAUSES, PAUSE)
    | {"/": SLASH}
    | dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", None)
)
_ALONE: Final = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x3005, 0x3007),
    (0x3040, 0x30FF),
    (0x31F0, 0x31FF),
    (0x3400, 0x4DBF),
    (0x4E00, 0x9FFF),
)
"""Characters that are words of their own: letters of scripts without spaces between words, ideographs and kana."""
_ASCII: Final = {
    code: END
    if chr(code) in _ENDS
    else PAUSE
    if chr(code) in _PAUSES
    else SLASH
    if chr(code) in ("/", SLASH)
    else chr(code).lower()
    if chr(code).isalnum()
    else " "
    for code in range(128)
}
_SEVERAL_ENDS: Final = re.compile(f"[ {PAUSE}{SLASH}]*{END}[ {END}{PAUSE}{SLASH}]*")
_SEVERAL_SLASHES: Final = re.compile(f"[ {PAUSE}]*{SLASH}[ {PAUSE}{SLASH}]*")
_SEVERAL_PAUSES: Final = re.compile(f"{PAUSE}[ {PAUSE}]*")
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,30});")
_PERCENT: Final = re.compile(r"(?:%[0-9a-fA-F]{2})+")
_ESCAPE: Final = re.compile(r"""\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|(["'/\\bfnrt]))""")
_FORMATTING: Final = re.compile(
    r"""</?(?:b|i|em|strong|mark|code|span|sub|sup|u|s|del|ins|kbd|small|q|cite|var|samp|bdi|wbr)(?:\s+class="[^"<>]*")?\s*/?>"""
)
WIKI_LINK: Final = re.compile(r"(!?)\[\[([^\[\]|\n]*)(?:\|([^\[\]\n]*))?\]\]")
"""A wiki-link: the mark of an embed, the target, and the text that is shown instead of it."""

_DESTINATION: Final = re.compile(r"\]\(([^()\n]*)\)")
_INLINE_LINK: Final = re.compile(r"\[([^\[\]\n]*)\]\([^()\n]*\)")
_MOST_ROUNDS: Final = 3
"""How often entities may be escaped: HTML in a feed is escaped twice."""


class _Letters(dict[int, str | None]):
    """A table for `str.translate` that says what each character becomes; entries are computed on demand."""

    def __missing__(self, code: int) -> str | None:
        """Letters and digits stay, one that stands alone as a word of its own; accents and invisible characters are left out."""
        char = chr(code)
        found: str | None
        if _stands_alone(code):
            found = f" {char} "
        elif unicodedata.category(char) in ("Mn", "Cf"):
            found = None
        else:
            found = char if char.isalnum() else " "
        self[code] = found
        return found


def _stands_alone(code: int) -> bool:
    return any(first <= code <= last for first, last in _ALONE)


_LETTERS: Final = _Letters(_ASCII)


def words_of(text: str) -> list[str]:
    """Return the words of a text in order, with marks between its pieces."""
    # A colon, or a comma or full stop before a space, is a pause; `1.5` and `a,b` are words with two parts.
    for mark in (":", ", ", ". "):
        text = text.replace(mark, PAUSE)
    if not text.isascii():
        text = text.translate(_TYPOGRAPHIC)
    if text.isascii():
        plain = text.translate(_ASCII)
    else:
        plain = unicodedata.normalize("NFKD", text.casefold()).translate(_LETTERS)
    plain = _SEVERAL_ENDS.sub(f" {END} ", plain)
    if SLASH in plain:
        plain = _SEVERAL_SLASHES.sub(f" {SLASH} ", plain)
    if PAUSE in plain:
        plain = _SEVERAL_PAUSES.sub(f" {PAUSE} ", plain)
    return plain.split()


def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name, without marks."""
    return tuple(word for word in words_of(readable(name)) if word not in MARKS)


def plain_path(path: str) -> str:
    """Return a path whose parts consist of words without marks, as in addresses."""
    return "/".join(" ".join(name_words(part)) for part in path.split("/"))


def path_forms(path: str) -> tuple[str, ...]:
    """Return a path as it is written, as in addresses, and without slashes, as in ids."""
    plain = plain_path(path)
    return path, plain, plain.replace("/", " ")


def weight(words: Iterable[str]) -> int:
    """Return the number of letters of some words; an ideograph counts as four, since it says as much."""
    return sum(4 if len(word) == 1 and _stands_alone(ord(word)) else len(word) for word in words)


def runs_of_words(found: Iterable[str], ends: Collection[str]) -> Iterator[list[str]]:
    """Yield the words between each two of the marks `ends`; other marks are left out."""
    run: list[str] = []
    for word in found:
        if word in ends:
            if run:
                yield run
            run = []
        elif word not in MARKS:
            run.append(word)
    if run:
        yield run


def readable(text: str) -> str:
    """Return a text without the escapes of HTML and URLs, and without formatting tags."""
    text = without_entities(text)
    if "<" in text:
        text = _FORMATTING.sub(" ", text)
    if "](" in text:
        text = _DESTINATION.sub(f"{END}\\1{END}", text)
    return _PERCENT.sub(_from_percent, text) if "%" in text else text


def as_shown(line: str) -> str:
    """Return a line of a note as readers see it: links replaced by their display texts, and embeds left out."""
    line = WIKI_LINK.sub(lambda found: "" if found[1] else found[3] or found[2], line)
    return _INLINE_LINK.sub(r"\1", line)


def without_entities(text: str) -> str:
    """Return a text with its HTML entities decoded, even if they are escaped up to _MOST_ROUNDS times."""
    for _ in range(_MOST_ROUNDS):
        if "&" not in text:
            break
        plain = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
        if plain == text:
            break
        text = plain
    return text


def without_escapes(text: str) -> str:
    r"""Return a text with its JSON escapes decoded, such as `\u00e4` and `\n`."""
    return _ESCAPE.sub(_from_escape, text) if "\\" in text else text


def _from_percent(found: re.Match[str]) -> str:
    try:
        return bytes.fromhex(found[0].replace("%", "")).decode()
    except UnicodeDecodeError:
        return found[0]


def _from_escape(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code:
        return chr(int(code, 16))
    # An escaped line break separates two pieces of text, like a line break in a source.
    return "\n" if found[3] in "nr" else " " if found[3] in "bft" else found[3]
