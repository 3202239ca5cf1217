"""What happens to parents without a page: the patterns of names in the settings."""

import re
from fnmatch import translate
from functools import lru_cache

from garden.model.names import Folded, fold
from garden.model.settings import ParentPolicy, Settings


class ParentPolicies:
    """Says what happens to a parent without a page, by its name."""

    def __init__(self, settings: Settings) -> None:
        """Use the patterns of the settings; they ignore case."""
        self._missing = settings.missing_parents
        self._unpublished = settings.unpublished_parents

    def of_missing(self, name: str) -> ParentPolicy:
        """Return the policy for a parent of whose name there is no note."""
        return _policy(self._missing, fold(name)) or ParentPolicy.PAGE

    def of_unpublished(self, name: str) -> ParentPolicy | None:
        """Return the policy for a parent that is an unpublished note, None if the settings have none (PB-4)."""
        return _policy(self._unpublished, fold(name))


def _policy(patterns: tuple[tuple[str, ParentPolicy], ...], name: Folded) -> ParentPolicy | None:
    """Return the policy of the first pattern that matches a name, None if none does."""
    return next((policy for pattern, policy in patterns if _compiled(pattern).match(name)), None)


@lru_cache(maxsize=256)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(translate(fold(pattern)))
