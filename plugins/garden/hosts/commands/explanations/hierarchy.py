"""Explanations of what is reported about the hierarchy, by id."""

from collections.abc import Mapping
from types import MappingProxyType

from garden.hosts.commands.explanations.explanation import Explanation

HIERARCHY: Mapping[str, Explanation] = MappingProxyType(
    {
        "breadcrumbs-unreadable": Explanation(
            "The settings of Breadcrumbs in the vault (`.obsidian/plugins/breadcrumbs/data.json`) cannot be read, "
            "or only in part.",
            "What cannot be read is left out; the relations in `pelican.conf.py` are used.",
            'open the vault in Obsidian and save the settings again, or write `"breadcrumbs": False` into the settings.',
        ),
        "hierarchy-cycle": Explanation(
            "Notes are their own ancestors, as when A has `up:: [[B]]` and B has `up:: [[A]]`.",
            "Nothing is lost, but their trails end before a note would appear twice.",
            "remove the `up` that you did not intend.",
        ),
        "hierarchy-self": Explanation(
            "A note names itself in a hierarchy field.",
            "The entry is ignored.",
            "remove it.",
        ),
        "hub-generated": Explanation(
            "A parent (`up:: [[name]]`) has no note yet.",
            "A page with that name lists its children.",
            "nothing, or write the note: it replaces the page, at the same address.",
        ),
        "relation-source-invalid": Explanation(
            "A note says that it collects others (`BC-tag-note-field` and the like), but one of the values has no meaning.",
            "The note collects no others in this way.",
            "use the name of a relation in the settings, and a valid tag or regular expression.",
        ),
        "relations-cut": Explanation(
            "A rule for implied relations gives one note too many relations.",
            "Only the first 60 are used.",
            "nothing, or write a narrower rule.",
        ),
        "trails-cut": Explanation(
            "A note can be reached from the top in more than 10 ways.",
            "The 10 shortest trails are shown.",
            "nothing, or remove parents that are ancestors through another parent anyway.",
        ),
    }
)
