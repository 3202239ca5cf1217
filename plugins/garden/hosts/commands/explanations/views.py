"""Explanations of what is reported about queries and other live views, by id."""

from collections.abc import Mapping
from types import MappingProxyType

from garden.hosts.commands.explanations.explanation import Explanation

VIEWS: Mapping[str, Explanation] = MappingProxyType(
    {
        "canvas-malformed": Explanation(
            "A canvas is not JSON, or a node or edge in it lacks what it must have.",
            "A node or edge that is not understood is left out; of a file that is not JSON the source is shown.",
            "open the canvas in Obsidian and save it again.",
        ),
        "view-cut": Explanation(
            "A view has more than a thousand results.",
            "The first thousand are shown, and the number of the others.",
            "ask for fewer, by a condition or a limit.",
        ),
        "view-missing": Explanation(
            "An embed names a view that the base does not have.",
            "The name is shown as a missing embed.",
            "compare the name with those of the views in the base.",
        ),
        "view-syntax": Explanation(
            "A query cannot be read; the place is where reading it stopped.",
            "The source of the query is shown, folded.",
            "mend the query there. What can be written is on the page about live views.",
        ),
        "view-today": Explanation(
            "What a view shows depends on today.",
            "Today is the date of the newest note, or what the setting `today` says; the page names it.",
            'nothing, or set `"today"` in `pelican.conf.py`, to the date of the build for example.',
        ),
        "view-type": Explanation(
            "A view of a base has a type that is not known here, such as `map`.",
            "It is shown as a table.",
            "nothing, or use `table`, `list` or `cards`.",
        ),
        "view-unlinked": Explanation(
            "A base, canvas or drawing is in no published note.",
            "It has no page, and nothing of it is published.",
            "link to it, or let its path fit the setting `view_pages`; else nothing.",
        ),
        "view-unsupported": Explanation(
            "A query uses a function or statement that is not supported, or takes more steps than a query may.",
            "The source of the query is shown, folded: half a result would be a wrong one.",
            "write it without that, or ask for fewer notes.",
        ),
        "view-value": Explanation(
            "An expression of a query has no value for some notes, such as the sum of a date and a number.",
            "In a column nothing is shown there; elsewhere such notes are left out. If it fails for all of them, the "
            "source of the query is shown.",
            "look at the note that the message names; `default(field, value)` helps where a field is missing.",
        ),
    }
)
