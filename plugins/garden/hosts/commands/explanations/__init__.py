"""What each diagnostic means and what to do about it: `garden explain` and `docs/diagnostics.md`."""

from collections.abc import Mapping
from textwrap import indent
from types import MappingProxyType

from garden.hosts.commands.explanations.checks import CHECKS
from garden.hosts.commands.explanations.explanation import Explanation
from garden.hosts.commands.explanations.files import FILES
from garden.hosts.commands.explanations.front_matter import FRONT_MATTER
from garden.hosts.commands.explanations.hierarchy import HIERARCHY
from garden.hosts.commands.explanations.leaks import LEAKS
from garden.hosts.commands.explanations.links import LINKS
from garden.hosts.commands.explanations.markup import MARKUP
from garden.hosts.commands.explanations.views import VIEWS
from garden.model.diagnostic import SEVERITIES
from garden.model.markdown import fenced


def explained(code: str) -> str:
    """Return the explanation of a diagnostic id as text. Raises KeyError for an unknown id."""
    what, result, remedy, example = EXPLANATIONS[code]
    shown = f"\nFor example:\n\n{indent(example, '    ')}\n" if example else ""
    return f"{code} ({SEVERITIES[code].name.lower()})\n\n{what}\n{result}\n\nWhat to do: {remedy}\n{shown}"


def manual() -> str:
    """Return all explanations as the page `docs/diagnostics.md`."""
    return "\n".join([_INTRODUCTION, *map(_section, sorted(EXPLANATIONS))])


def _section(code: str) -> str:
    what, result, remedy, example = EXPLANATIONS[code]
    shown = f"\nFor example:\n\n{fenced(example, 'markdown')}\n" if example else ""
    return f"## {code}\n\n*{SEVERITIES[code].name.lower()}* — {what} {result}\n\n**What to do:** {remedy}\n{shown}"


_INTRODUCTION = """\
# Diagnostics

A build, and `garden check`, print one line for each problem in the notes:

    data/feature-store.md:12:5: warning [link-unresolved] no note or file matches "feature stor"

The place is the line and the column in the file. An *error* makes the command fail, though every page is
still written; a *warning* does not; an *info* is printed only on request (`--verbose`). `garden explain
link-unresolved` prints the explanation of one id. [Check your notes](how-to/check.md) says how to choose what is
reported, and how serious it is.
"""

EXPLANATIONS: Mapping[str, Explanation] = MappingProxyType(
    {**CHECKS, **FILES, **FRONT_MATTER, **HIERARCHY, **LEAKS, **LINKS, **MARKUP, **VIEWS}
)
"""The explanation of every diagnostic by its id; each is in the module of its group."""
