"""Interprets the values of status keys and of yes-or-no keys (PB-1, PB-1b).

There are two kinds of functions. Those for *status keys* accept every value: an unknown one makes the note a draft.
Those for text that *clearly* holds a note back are for doubtful cases (a misspelt key, a line outside the front
matter); only the known words count there.
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
_AROUND = " \t\n\"'`*_#“”‘’«»"  # marks around a word that make no difference
_RESTRICTION = {Status.PUBLISHED: 0, Status.HIDDEN: 1, Status.DRAFT: 2}


class GateKey(Enum):
    """The kinds of keys that decide where a note appears, by how their values are interpreted."""

    STATUS = "status"
    PUBLISH = "publish"  # false holds back; so does a value that is not understood
    DRAFT = "draft"  # true holds back; so does a value that is not understood
    PUBLISHED = "published"  # false holds back, anything else has no effect
    PRIVATE = "private"  # true holds back, anything else has no effect
    HIDDEN = "hidden"  # true hides, anything else has no effect
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
# The words that hold nothing back, and those that do.
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
    """Return the kind of key that `key` is, None for any other key."""
    plain = unicodedata.normalize("NFKC", key).casefold().strip(_AROUND)
    return _GATE_KEYS.get(re.sub(r"[\s_-]", "", plain))


def more_restrictive(one: Status, other: Status) -> Status:
    """Return the more restrictive of two statuses."""
    return max(one, other, key=_RESTRICTION.__getitem__)


def single_text(node: YamlNode) -> str | None:
    """Return a value that is a text, or the text in a list of one item; None for anything else."""
    found = list(items(node))
    if len(found) != 1 or isinstance(found[0], YamlMapping):
        return None
    return "" if is_empty(found[0]) else found[0].text.strip()


def yes_or_no(text: str) -> bool | None:
    """Return a yes-or-no value, also one of YAML 1.1 or in quotation marks; None for anything else."""
    word = unicodedata.normalize("NFKC", text).casefold().strip(_AROUND)
    return True if word in _TRUE else False if word in _FALSE else None


def status_of(node: YamlNode, own: tuple[tuple[str, str], ...]) -> Status | None:
    """Return the status that the value of a status key means, None for an unknown value (which makes the note a draft).

    `own` are the author's words (setting `status_values`). Of a list the most restrictive item counts, and all items
    must be known.
    """
    found: Status | None = None
    for item in items(node):
        known = status_word(item.text, own) if isinstance(item, YamlScalar) and not is_empty(item) else None
        if known is None:
            return None
        found = known if found is None else more_restrictive(found, known)
    return found


def status_word(text: str, own: tuple[tuple[str, str], ...]) -> Status | None:
    """Return the status that a word means, or the name in a link (`[[Published]]`); None for any other word."""
    return _words(own).get(_named(text))


@lru_cache(maxsize=16)
def _words(own: tuple[tuple[str, str], ...]) -> Mapping[str, Status]:
    """Return the statuses by word; the author's words come before the built-in ones."""
    known = {status.value: status for status in Status}
    return known | {_named(word): Status(meaning) for word, meaning in own}


def withholding_status(key: GateKey, text: str, own: tuple[tuple[str, str], ...]) -> Status | None:
    """Return the status that `key` with the value `text` clearly asks for if it holds the note back or hides it, or else None.

    Unknown values are ignored here. Full-width letters and marks around a word make no difference.
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
    """Say whether a value of `visibility` is known, as one of ours or of another program."""
    word = unicodedata.normalize("NFKC", text).casefold().strip(_AROUND)
    return word in _VISIBILITY or word in _VISIBLE


def _named(text: str) -> str:
    """Return the word by which a value is compared: of a link the last component of its target."""
    written = text.strip()
    if wiki := _WIKILINK.fullmatch(written):
        split = split_wikilink(wiki[1])
        return fold(stem(wiki_target(split[0]).path)) if split else ""
    if link := _MARKDOWN_LINK.fullmatch(written):
        return fold(stem(link[1].partition("#")[0]))
    return fold(written)
