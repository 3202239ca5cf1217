"""The messages of the interface that code adds to pages, for translation into the reader's language.

They are in English here, and translated by the gettext catalogs of the theme; if a message or a whole catalog is
missing, the text is English. Functions such as `gettext_noop` mark the messages for extraction; CONTRIBUTING.md says
how the catalogs are updated.
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
"""A function that returns the messages in a language (a BCP 47 tag); messages without a translation are in English."""

_ENGLISH: Final = NullTranslations()


def english(_language: str) -> NullTranslations:
    """Return the messages as they are written, for any language."""
    return _ENGLISH


def gettext_noop(message: str) -> str:
    """Return `message`; the name of this function marks it for the tools as a text that is translated later."""
    return message


SLOT_MESSAGES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "diagram": gettext_noop("Diagram"),
        "diagram_source": gettext_noop("Source of the diagram"),
        "not_rendered": gettext_noop("not rendered"),
        "source": gettext_noop("Source"),
    }
)
"""The messages of `SlotKind.WORD`: reading inserts only a name, since the language is that of the page."""

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
"""The reasons why a note is held back, for its page in a preview."""

FRESHNESS: Final[Mapping[Freshness, str]] = MappingProxyType(
    {
        Freshness.SEEDLING: gettext_noop("seedling"),
        Freshness.GROWING: gettext_noop("growing"),
        Freshness.EVERGREEN: gettext_noop("evergreen"),
        Freshness.STALE: gettext_noop("stale"),
    }
)
"""The states of notes (see `freshness`)."""

LIST_TITLES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "tags": gettext_noop("Tags"),
        "categories": gettext_noop("Categories"),
        "authors": gettext_noop("Authors"),
    }
)
"""The titles of the pages that list every tag, category or author, by kind."""
