"""The locale of a language, and the direction in which it is written (HC-12)."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


@lru_cache(maxsize=64)
def direction(language: str) -> str:
    """Return the direction in which `language` is written: `ltr` or `rtl`; an unknown language counts as `ltr`.

    That depends on the script: the one in the tag (`ku-Arab`), or else the usual one of the language in its region.
    """
    from babel.core import get_global, parse_locale

    try:
        name, territory, script, *_ = parse_locale(language.replace("_", "-"), sep="-")
    except ValueError:
        return "ltr"
    if not script:
        usual = get_global("likely_subtags")
        script = (usual.get(f"{name}_{territory}") or usual.get(name, "")).partition("_")[2].partition("_")[0]
    locale = (locale_of(f"und-{script}") if script else None) or locale_of(language)
    return locale.text_direction if locale else "ltr"


@lru_cache(maxsize=64)
def locale_of(language: str) -> "Locale | None":
    """Return Babel's locale of a language (a BCP 47 tag), None if it does not know the language."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return None
