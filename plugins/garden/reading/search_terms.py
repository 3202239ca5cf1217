"""The terms by which search finds a note: every word of its text, its headings, tags and title, with a weight.

They are counted here, for each note alone, so that the index of an edited vault is made by merging, without counting again.
`lib/search-index.js` cuts what a reader types into terms in the same way; both must change together.

A word is a run of letters and digits, lower-cased, without accents; `c++` and `c#` are words, too. An Arabic word
goes without its article. Chinese and Japanese have no spaces between words: every two neighbouring characters of a run
are a term, and so is the last one alone, which finds every part of a text without a dictionary. Two words of a title or tag
are also one term, since many readers write "featurestore". A name that code writes with symbols (`.gitignore`, `--force`,
`file.mtime`) is also a term with them, and so are symbols such as `%%`; of names in blocks of code only those with a symbol in front.

The weight of a term is a number from 0 to 31. Its lowest three bits say how often the term is in the text, by the formula
of BM25, in which the count weighs less in a long text. BM25 compares the length with the mean of all texts; here it is
compared with a fixed length, so that no note's weights depend on another note. 8 is added if the term is in a heading, in
the summary, or is a tag or a folder; 16 if it is in the title or an alias. A term that is only in code has the least weight.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import islice, pairwise
from typing import Final

from garden.model.names import VaultPath
from garden.model.note import Tag

# What is added to the weight of a term for where it is.
HEADING: Final = 8
TITLE: Final = 16

_LONGEST: Final = 40
"""Characters of a term: what is longer, such as encoded data, is cut."""

_TOP: Final = 7  # the highest number in three bits
_SATURATION: Final = 1.2  # BM25's k1 and b, at their usual values
_DISCOUNT: Final = 0.75
_USUAL_LENGTH: Final = 500
"""Words of a note whose weights are neither raised nor lowered for its length."""

# Ideographs and kana. Korean has spaces between its words.
_UNSPACED: Final = "\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_FIRST_UNSPACED: Final = _UNSPACED[0]
_LETTERS: Final = re.compile(r"[^\W_]+")
# The words of a text in ASCII that may have some like `c++` in it.
_ASCII_WORD: Final = re.compile(r"[a-z0-9]{2,}|[a-z](?:\+\+|#)(?![\w+#])|[a-z0-9]", re.ASCII)
# Any other text in ASCII is cut at spaces, in a quarter of the time, after `translate` with this table: it leaves letters
# in lower case and digits, and makes everything else a space.
_SPACED: Final = "".join(char.lower() if char.isalnum() else " " for char in map(chr, range(128)))
# Names and symbols as code writes them. The first expression looks back only after a character that is rare in text, so
# that searching for it is fast.
_SIGNED: Final = re.compile(r"[.@$!#%{<_-](?<![^\W_].)[a-z][a-z0-9]*")  # .gitignore, @njit, --force, [!note]
_SYMBOLS: Final = re.compile(r"[!#$%&*+/:<=>?@[\\\]^`{|}~-]{2,4}")  # %%, ![[, =>
_JOINED: Final = re.compile(r"(?<![^\W_])(?<![._])[a-z][a-z0-9]*(?:[._][a-z0-9]+)+")  # file.mtime, snake_case
_PLAIN: Final = {"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ı": "i"}
"""Letters that Unicode does not regard as accented, and that many keyboards lack."""

_ARTICLE: Final = re.compile(
    "^[\u0648\u0641]?(?:[\u0628\u0643]?\u0627\u0644|\u0644\u0644)(?=[\u0621-\u064a]{3})|^\u0648(?=[\u0621-\u064a]{4})"
)
"""What stands before an Arabic word: the article, also after "and", "with", "like", "so" and "for"; and "and" alone."""

_ARABIC_ENDINGS: Final = str.maketrans({"\u0629": "\u0647", "\u0649": "\u064a"})
"""Letters that are written either way at the end of a word."""

_IS_ARABIC: Final = re.compile("[\u0621-\u064a]")

_OF_CODE: Final = 300
"""Terms that only the code of a note has, at most: beyond that it is data."""


def topics(path: VaultPath, tags: Iterable[Tag]) -> tuple[str, ...]:
    """Return the tags of a note and the folders that it is in, which say what it is about even if its text does not."""
    return (*(tag.name for tag in tags), *path.split("/")[:-1])


def note_terms(  # noqa: PLR0913, PLR0917 (all that a note is found by)
    plain: str,
    words: Iterable[str],
    headings: Iterable[str],
    about: Iterable[str],
    titles: Iterable[str],
    code: str = "",
) -> str:
    """Return the terms of a note as lines, one for each weight, each with the weight and the terms that have it.

    `words` are what spaces separate in its plain text; `headings` are those of its text and its summary, which lists show
    below its title; `about` are its `topics`, `titles` its title and its aliases, `code` is the text of its blocks of code.
    """
    found = _words_of(plain)
    counts = Counter(found)
    if max(map(len, counts), default=0) > _LONGEST:
        counts = Counter([word[:_LONGEST] for word in found])
    for name in _code_names(words):
        counts[name] += 1
    flags = dict.fromkeys(terms("\n".join(headings)), HEADING)
    for flag, texts in ((HEADING, about), (TITLE, titles)):
        for text in texts:
            of_text = terms(text)
            for term in (*of_text, *_compounds(of_text)):
                flags[term] = flags.get(term, 0) | flag
    in_code = dict.fromkeys((*_signed(code.lower()), *terms(code)))
    only_code = (term for term in in_code if term not in counts and term not in flags)
    by_weight: defaultdict[int, list[str]] = defaultdict(list)
    by_weight[1] += islice(only_code, _OF_CODE)
    # BM25: the weight rises with the count, ever more slowly, and more slowly in a long note. `half` is the count at which
    # it has half of its greatest value.
    half = _SATURATION * (1 - _DISCOUNT + _DISCOUNT * len(found) / _USUAL_LENGTH)
    weights = {count: round(_TOP * count / (count + half)) for count in {0, *counts.values()}}
    for term, flag in flags.items():
        by_weight[flag | weights[counts.pop(term, 0)]].append(term)
    # By far the most terms are met once, and have no flag.
    by_weight[weights.get(1, 0)] += [term for term, count in counts.items() if count == 1]
    for term, count in counts.items():
        if count > 1:
            by_weight[weights[count]].append(term)
    return "\n".join(
        [f"{weight} {' '.join(of_weight)}" for weight, of_weight in by_weight.items() if of_weight]
    )


def terms(text: str) -> list[str]:
    """Return the terms of a text in order, repeats included."""
    words = _words_of(text)
    return words if max(map(len, words), default=0) <= _LONGEST else [word[:_LONGEST] for word in words]


def _words_of(text: str) -> list[str]:
    """Return the terms of a text before they are cut to their greatest length."""
    if not text.isascii():
        text = _folded(text.lower())
        if not text.isascii() or text != text.lower():  # a trademark is `TM` when it is folded
            return list(_words_of_any(text))
    return _ASCII_WORD.findall(text.lower()) if _is_like_c(text) else text.translate(_SPACED).split()


def _words_of_any(folded: str) -> Iterator[str]:
    """Yield the terms of a folded text that is not in ASCII."""
    if not _is_unlike_latin().search(folded):
        words = _word() if _is_like_c(folded) else _LETTERS
        yield from (word[:_LONGEST] for word in words.findall(folded))
        return
    for word in _word().findall(folded):
        if _is_unspaced(word[0]):
            yield from (word[at : at + 2] for at in range(len(word)))
        elif _IS_ARABIC.match(word):
            yield _ARTICLE.sub("", word)[:_LONGEST].translate(_ARABIC_ENDINGS)
        else:
            yield word[:_LONGEST]


# Compiling a set of so many characters takes longer than cutting most notes, so it is done only when a text needs it.


@cache
def _word() -> re.Pattern[str]:
    """Return the expression for a word of any script."""
    return re.compile(rf"(?<![^\W_])[a-z](?:\+\+|#)(?![\w+#])|[{_UNSPACED}]+|[^\W_{_UNSPACED}]+")


@cache
def _is_unlike_latin() -> re.Pattern[str]:
    """Return the expression for a character whose words `_LETTERS` would not find as they should be."""
    return re.compile(rf"[\u0621-\u064a{_UNSPACED}]")


@cache
def _unspaced() -> re.Pattern[str]:
    return re.compile(rf"[{_UNSPACED}]")


def _is_unspaced(char: str) -> bool:
    """Say whether a character is of a script without spaces between words."""
    return not char.isascii() and bool(_unspaced().match(char))


def _is_like_c(text: str) -> bool:
    """Say whether there may be words such as `c++` and `c#` in a text: in most there are none."""
    return "#" in text or "++" in text


def _folded(text: str) -> str:
    """Return a text without accents and typographic marks. There are many characters in it, but few different ones."""
    folded = unicodedata.normalize("NFKD", text)
    for char in set(folded):
        if char.isascii():
            continue
        if unicodedata.category(char) == "Mn":
            folded = folded.replace(char, "")
        elif char in _PLAIN:
            folded = folded.replace(char, _PLAIN[char])
        elif char < _FIRST_UNSPACED and not char.isalnum():
            folded = folded.replace(char, " ")
    return folded


def _code_names(words: Iterable[str]) -> Iterator[str]:
    """Yield the names and symbols that only code writes, among the words of a text."""
    # A word with one mark at its end, as at the end of a sentence, is no such name.
    line = " ".join([word for word in words if not (word.isalnum() or word[:-1].isalnum())]).lower()
    if not line:
        return
    yield from _signed(line)
    yield from _SYMBOLS.findall(line)
    joined = " ".join([word for word in line.split() if "_" in word or "." in word[1:-1]])
    yield from (name[:_LONGEST] for name in _JOINED.findall(joined))


def _signed(text: str) -> list[str]:
    """Return the names with a symbol before them in a text in lower case."""
    return [name[:_LONGEST] for name in _SIGNED.findall(text)]


def _compounds(found: list[str]) -> Iterator[str]:
    """Yield each two neighbouring words as one."""
    for first, second in pairwise(found):
        if len(first) > 1 and len(second) > 1 and not _is_unspaced(first[0]):
            yield (first + second)[:_LONGEST]
