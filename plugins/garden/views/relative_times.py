"""How long ago a time is, in words of the site's language."""

from garden.model.languages import locale_of
from garden.model.views.moments import Moment


def relative_time(when: Moment, now: Moment, language: str) -> str:
    """Return `3 days ago`, `in 2 weeks` and the like."""
    from babel.dates import format_timedelta

    locale = locale_of(language) or locale_of("en")
    return str(format_timedelta(when.at - now.at, add_direction=True, locale=locale, threshold=1))
