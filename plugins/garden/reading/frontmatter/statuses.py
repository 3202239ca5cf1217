"""What the values of a status and of a yes-or-no key say (PB-1, PB-1b).

Two questions are kept apart. What a *status key* says has an answer for every value: an unknown one makes a
draft. Whether some text *plainly* holds a note back is asked where it is in doubt whether that text is a
status at all (a misspelt key, a line outside the front matter); only the known words count there.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import Enum
from functools import lru_cache

from garden.model.names import fold, stem
from garden.model.note import Status
from garden.model.target import split_wikilink, wiki_target
from garden.reading.frontmatter.parsing.yaml_nodes import YamlMapping, YamlNode, YamlScalar
from garden.reading.frontmatter.parsing.yaml_values import is_empty, items

_TRUE = frozenset(("true", "yes", "on", "y", "t", "1"))
_FALSE = frozenset(("false", "no", "off", "n", "f", "0"))
_WIKILINK = re.compile(r"\[\[([^\[\]]+)\]\]")
_MARKDOWN_LINK = re.compile(r"\[[^\[\]]*\]\(<?([^()<>]+)>?\)")
_AROUND = " \t\n\"'`*_#“”‘’«»"
_RESTRICTION = {Status.PUBLISHED: 0, Status.HIDDEN: 1, Status.DRAFT: 2}


class GateKey(Enum):
    """The keys that decide where a note appears, by how their values are read."""

    STATUS = "status"
    PUBLISH = "publish"  # false holds back; so does a value that is not understood
    DRAFT = "draft"  # true holds back; so does a value that is not understood
    PUBLISHED = "published"  # false holds back, anything else says nothing
    PRIVATE = "private"  # true holds back, anything else says nothing
    HIDDEN = "hidden"  # true hides, anything else says nothing
    VISIBILITY = "visibility"  # a word


# Without case, spaces, `-` and `_`: `is_draft`, `isDraft`, `dg-publish`.
_GATE_KEYS: Mapping[str, GateKey] = {
    "status": GateKey.STATUS,
    "publish": GateKey.PUBLISH,
    "draft": GateKey.DRAFT,
    **dict.fromkeys(("published", "ispublished", "public", "ispublic", "dgpublish"), GateKey.PUBLISHED),
    **dict.fromkeys(("private", "isprivate", "isdraft", "unpublished"), GateKey.PRIVATE),
    **dict.fromkeys(("hidden", "ishidden", "unlisted", "isunlisted"), GateKey.HIDDEN),
    "visibility": GateKey.VISIBILITY,
}
_VISIBLE = frozenset(
    ("public", "published", "visible", "listed", "default", "everyone", "world", "all", "open")
)
_VISIBILITY = {
    "private": Status.DRAFT,
    "draft": Status.DRAFT,
    "hidden": Status.HIDDEN,
    "unlisted": Status.HIDDEN,
}


@lru_cache(maxsize=4096)
def gate_key(key: str) -> GateKey | None:
    """Return which of the deciding keys `key` is, None for any other."""
    plain = unicodedata.normalize("NFKC", key).casefold().strip(_AROUND)
    return _GATE_KEYS.get(re.sub(r"[\s_-]", "", plain))


def more_restrictive(one: Status, other: Status) -> Status:
    """Return whichever of two statuses shows less."""
    return max(one, other, key=_RESTRICTION.__getitem__)


def single_text(node: YamlNode) -> str | None:
    """Return the text that a value is, or that a list of one item holds; None for anything else."""
    found = list(items(node))
    if len(found) != 1 or isinstance(found[0], YamlMapping):
        return None
    return "" if is_empty(found[0]) else found[0].text.strip()


def yes_or_no(text: str) -> bool | None:
    """Return what a yes-or-no value says, also one of YAML 1.1 or in quotes; None for anything else."""
    word = unicodedata.normalize("NFKC", text).casefold().strip(_AROUND)
    return True if word in _TRUE else False if word in _FALSE else None


def status_of(node: YamlNode, own: tuple[tuple[str, str], ...]) -> Status | None:
    """Return what the value of a status key says, None when it is not known (then the note is a draft).

    `own` are the author's words (setting `status_values`). Of a list the most restrictive item counts, and
    all must be known.
    """
    found: Status | None = None
    for item in items(node):
        known = status_word(item.text, own) if isinstance(item, YamlScalar) and not is_empty(item) else None
        if known is None:
            return None
        found = known if found is None else more_restrictive(found, known)
    return found


def status_word(text: str, own: tuple[tuple[str, str], ...]) -> Status | None:
    """Return the status that a word is, or that a link is named by (`[[Published]]`), None for another."""
    return _words(own).get(_named(text))


@lru_cache(maxsize=16)
def _words(own: tuple[tuple[str, str], ...]) -> Mapping[str, Status]:
    """Return every word that is a status; the author's own count first."""
    known = {status.value: status for status in Status}
    return known | {_named(word): Status(meaning) for word, meaning in own}


def withholding_status(key: GateKey, text: str, own: tuple[tuple[str, str], ...]) -> Status | None:
    """Return the status that `key` with the value `text` plainly asks for, None unless it shows less.

    What is not understood is ignored here; full-width letters and marks around a word do no harm.
    """
    says = yes_or_no(text)
    match key:
        case GateKey.STATUS:
            bare = unicodedata.normalize("NFKC", text).strip(_AROUND + ".,;")
            known = status_word(text, own) or status_word(bare, own)
            return known if known is not Status.PUBLISHED else None
        case GateKey.PUBLISH | GateKey.PUBLISHED:
            return Status.DRAFT if says is False else None
        case GateKey.DRAFT | GateKey.PRIVATE:
            return Status.DRAFT if says is True else None
        case GateKey.HIDDEN:
            return Status.HIDDEN if says is True else None
        case GateKey.VISIBILITY:
            return _VISIBILITY.get(unicodedata.normalize("NFKC", text).casefold().strip(_AROUND))


def is_visibility(text: str) -> bool:
    """Say whether a value of `visibility` is one that is known, ours or that of another program."""
    word = unicodedata.normalize("NFKC", text).casefold().strip(_AROUND)
    return word in _VISIBILITY or word in _VISIBLE


def _named(text: str) -> str:
    """Return the word that a value is compared by: of a link the last part of its target."""
    written = text.strip()
    if wiki := _WIKILINK.fullmatch(written):
        split = split_wikilink(wiki[1])
        return fold(stem(wiki_target(split[0]).path)) if split else ""
    if link := _MARKDOWN_LINK.fullmatch(written):
        return fold(stem(link[1].partition("#")[0]))
    return fold(written)
