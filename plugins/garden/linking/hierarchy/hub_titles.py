"""The titles of hubs, made from their names: changed as the settings say, or else tidied up.

Tidying removes what only file names need: `MOC_`, a prefix that at least three hubs share (`Topic_Git`, `Topic_Shell`,
`Topic_Make`), and underscores instead of spaces. Names that would become the same keep their prefix.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final

from garden.model.names import fold
from garden.model.settings import Settings

_SHARED: Final = 3
"""Hubs that must share a prefix, so that it is removed."""

_PREFIX: Final = re.compile(r"[^\W_]+_+(?=[^\W_])")
_MAP_OF_CONTENT: Final = re.compile(r"moc(?:_+| *[-–—:] *| +)(?=\w)", re.IGNORECASE)


def hub_titles(names: Iterable[str], settings: Settings) -> Mapping[str, str]:
    """Return the titles of hubs by their names."""
    names = list(dict.fromkeys(names))
    if settings.hub_titles or settings.hub_title_case != "as-written":
        return {name: _replaced(name, settings) for name in names}
    prefixes = Counter(match[0] for name in names if (match := _PREFIX.match(name)))
    tidy = {name: _tidied(name, prefixes) for name in names}
    uses = Counter(map(fold, tidy.values()))
    # Names with the same tidy title keep their prefix; if that title is taken as well, they are shown as they are written.
    whole = {name: _spaced(name) for name in names if uses[fold(tidy[name])] > 1}
    uses.update(map(fold, whole.values()))
    chosen = {name: whole.get(name, title) for name, title in tidy.items()}
    return {name: title if uses[fold(title)] == 1 else name for name, title in chosen.items()}


def _tidied(name: str, prefixes: Mapping[str, int]) -> str:
    """Return a name without a shared prefix; `prefixes` are those of all names, with the number of names that have each."""
    match = _PREFIX.match(name)
    start = match.end() if match and prefixes[match[0]] >= _SHARED else 0
    map_of_content = _MAP_OF_CONTENT.match(name)
    start = map_of_content.end() if map_of_content else start
    return _spaced(name[start:]) or name


def _spaced(name: str) -> str:
    return " ".join(name.replace("_", " ").split())


def _replaced(name: str, settings: Settings) -> str:
    """Return a name with the replacements of the settings applied in order."""
    title = name
    for pattern, replacement in settings.hub_titles:
        title = re.sub(pattern, replacement, title)
    title = " ".join(title.split())
    if settings.hub_title_case == "sentence":
        title = title[:1].upper() + title[1:]
    elif settings.hub_title_case == "title":
        # `str.title` would make "Mlops" of "MLOps".
        title = " ".join(word[:1].upper() + word[1:] for word in title.split(" "))
    return title or name
