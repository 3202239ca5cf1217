"""Explanations of what is reported about queries and other live views, by id."""

from collections.abc import Mapping
from types import MappingProxyType

from garden.hosts.commands.explanations.explanation import Explanation

VIEWS: Mapping[str, Explanation] = MappingProxyType(
    {
        "canvas-malformed": Explanation(
            "A canvas is not JSON, or a node or an edge in it lacks something that it must have.",
            "A node or an edge that is not understood is left out; a file that is not JSON is shown as its source.",
            "open the canvas in Obsidian and save it again.",
        ),
        "view-cut": Explanation(
            "A view has more than a thousand results.",
            "The first thousand are shown, with the number of the others.",
            "narrow the view by a condition or a limit.",
        ),
        "view-missing": Explanation(
            "An embed names a view that the base does not have.",
            "The name is shown as a missing embed.",
            "compare the name with those of the views in the base.",
        ),
        "view-syntax": Explanation(
            "A query cannot be read; the place is where the reading stopped.",
            "The source of the query is shown, folded.",
            "correct the query there; `garden docs live-views` says what is supported.",
        ),
        "view-today": Explanation(
            "What a view shows depends on today.",
            "Today is the date of the newest note, or the setting `today`; the page shows it.",
            'nothing, or set `"today"` in `pelican.conf.py`, to the date of the build for example.',
        ),
        "view-type": Explanation(
            "A view of a base has a type that is not known here, such as `map`.",
            "It is shown as a table.",
            "nothing, or use `table`, `list` or `cards`.",
        ),
        "view-unlinked": Explanation(
            "No published note links to a base, canvas or drawing, or embeds it.",
            "It has no page, and nothing of it is published.",
            "nothing; or link to it, or add its path to the setting `view_pages`.",
        ),
        "view-unsupported": Explanation(
            "A query uses a function or statement that is not supported, or takes more steps than a query may.",
            "The source of the query is shown, folded, because part of a result would be wrong.",
            "write it without that, or narrow it to fewer notes.",
        ),
        "view-value": Explanation(
            "An expression of a query has no value for some notes, such as the sum of a date and a number.",
            "In a column, the cells of such notes are empty; elsewhere, such notes are left out. If the expression fails "
            "for all notes, the source of the query is shown.",
            "look at the note that the message names; `default(field, value)` helps where a field is missing.",
        ),
    }
)
