"""What is known about languages: their locale and the direction in which they are written (HC-12)."""

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from babel import Locale


@lru_cache(maxsize=64)
def direction(language: str) -> str:
    """Return the direction in which `language` is written: `ltr` or `rtl`; an unknown language counts as `ltr`.

    The script decides: the one that the tag names, or else the usual one of the language in its region.
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
    """Return what Babel knows of a language (a BCP 47 tag), None when it does not know it."""
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(language.replace("_", "-"), sep="-")
    except (UnknownLocaleError, ValueError):
        return None
