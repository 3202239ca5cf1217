"""The messages that rendering adds to pages, in the reader's language.

Owns which messages these are. They are written in English and translated by gettext catalogs, which the
theme brings: if a message or a whole catalog is missing, the text is English. `gettext` and its like mark
what is to be translated here; CONTRIBUTING.md says how the catalogs follow.
"""

from collections.abc import Callable, Mapping
from gettext import NullTranslations
from types import MappingProxyType
from typing import Final

from garden.model.names import field_key
from garden.model.note import HoldReason
from garden.model.pages.entries import Freshness
from garden.model.settings import RELATIONS

Translations = Callable[[str], NullTranslations]
"""Gives the messages in a language (a BCP 47 tag); what it has no translation for comes back in English."""

_ENGLISH: Final = NullTranslations()


def english(_language: str) -> NullTranslations:
    """Return the messages as they are written, for any language."""
    return _ENGLISH


def gettext_noop(message: str) -> str:
    """Return `message`; the name marks it for the tools as a text to translate later."""
    return message


SLOT_MESSAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "diagram": gettext_noop("Diagram"),
        "diagram_source": gettext_noop("Source of the diagram"),
        "not_rendered": gettext_noop("not rendered"),
        "source": gettext_noop("Source"),
    }
)
"""What a `SlotKind.WORD` stands for: reading names the message, only the page has a language."""

RELATION_LABELS: Final[Mapping[str, str]] = MappingProxyType(
    {field_key(field.name): field.label for field in RELATIONS}
)
"""The labels of relations to which the author gives no others, by compared name."""

HOLD_REASONS: Final[Mapping[HoldReason, str]] = MappingProxyType(
    {
        HoldReason.STATUS: gettext_noop("its status is draft"),
        HoldReason.KEY: gettext_noop("its front matter says so"),
        HoldReason.UNKNOWN_STATUS: gettext_noop("its status is not known"),
        HoldReason.NEAR: gettext_noop("a key of its front matter looks misspelt or misplaced"),
        HoldReason.UNREADABLE: gettext_noop("its front matter cannot be read"),
        HoldReason.DEFAULT: gettext_noop("it has no status of its own"),
        HoldReason.FUTURE: gettext_noop("its date is in the future"),
        HoldReason.UNLINKED: gettext_noop("no published note links to it"),
    }
)
"""Why a note is held back, as its page in a preview says it."""

FRESHNESS: Final[Mapping[Freshness, str]] = MappingProxyType(
    {
        Freshness.SEEDLING: gettext_noop("seedling"),
        Freshness.GROWING: gettext_noop("growing"),
        Freshness.EVERGREEN: gettext_noop("evergreen"),
        Freshness.STALE: gettext_noop("stale"),
    }
)
"""How far a note has grown."""

LIST_TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tags": gettext_noop("Tags"),
        "categories": gettext_noop("Categories"),
        "authors": gettext_noop("Authors"),
    }
)
"""The titles of the pages that list every tag, category or author, by kind."""
