"""The files that a base can show at all, found without asking each of them.

Most bases begin with a tag or a folder, and their vault has many times the files that have it. What is asked first decides
which files the rest is asked of, so leaving the others out changes nothing.
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
    """Return the files that what is asked first lets in, in the order of paths; all where that is something else."""
    first = _first(filters[0]) if filters else None
    match first:
        case Application(function=Member(of=Variable(name="file"), key=Constant(value=str() as name))):
            texts = tuple(each.value for each in first.arguments if isinstance(each, Constant))
            written = tuple(text for text in texts if isinstance(text, str))
            if len(written) == len(first.arguments):
                return files.that(name, written)
        case _:
            pass
    return files.listed


def _first(filters: BaseFilter) -> Expression | None:
    """Return the condition that is asked before all others and must hold, None where there is none."""
    found = filters.condition
    if found is None:
        return _first(filters.parts[0]) if filters.joins == "and" and filters.parts else None
    while isinstance(found, Operation) and found.operator == "&&":
        found = found.left
    return found
