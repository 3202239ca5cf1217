"""The files that can be in a base at all, found without running its filters for each file of the vault.

The first condition of most bases is a tag or a folder, which few files have. If that condition must hold, no other filter is
ever asked about the other files, so leaving them out changes neither the result nor the problems that are reported.
"""

from collections.abc import Sequence

from garden.model.views.queries import (
    Application,
    BaseFilter,
    Constant,
    Expression,
    Member,
    Operation,
    Variable,
)
from garden.views.bases.files import Files, FileValue


def candidates(files: Files, filters: Sequence[BaseFilter]) -> tuple[FileValue, ...]:
    """Return the files for which the first condition holds, in path order; all files if it is not about a tag or folder."""
    first = _first(filters[0]) if filters else None
    match first:
        case Application(function=Member(of=Variable(name="file"), key=Constant(value=str() as name))):
            texts = tuple(each.value for each in first.arguments if isinstance(each, Constant))
            written = tuple(text for text in texts if isinstance(text, str))
            if len(written) == len(first.arguments):
                return files.matching(name, written)
        case _:
            pass
    return files.listed


def _first(filters: BaseFilter) -> Expression | None:
    """Return the condition that is evaluated before all others and must hold, None if there is none."""
    found = filters.condition
    if found is None:
        return _first(filters.parts[0]) if filters.joins == "and" and filters.parts else None
    while isinstance(found, Operation) and found.operator == "&&":
        found = found.left
    return found
