"""Explanations of what checks report and builds do not, by id."""

from collections.abc import Mapping
from types import MappingProxyType

from garden.hosts.commands.explanations.explanation import Explanation

CHECKS: Mapping[str, Explanation] = MappingProxyType(
    {
        "citation-stale": Explanation(
            "A note has been marked `citation_needed` for more than half a year.",
            "It is published as it is.",
            "add the source, or remove the key.",
            "---\ndate: 2023-01-17\ncitation_needed: true\n---",
        ),
        "date-future": Explanation(
            "A published note is dated later than today.",
            "It is already public, and comes first in all lists.",
            "correct the date; `WITH_FUTURE_DATES = False` in the settings holds such notes back until their day.",
            "---\ndate: 2202-03-01\n---",
        ),
        "date-missing": Explanation(
            "A note has no date, although at least three quarters of all notes do.",
            "It is not in the archive or among the new notes.",
            "add `date: 2023-01-17` to its front matter.",
        ),
        "field-near": Explanation(
            "The name of a field or a property is one typo away from the name of a relation, or of a field that many notes have.",
            "It is shown like any other field, and gives no relation.",
            "correct the name, or silence the problem if the name is meant.",
            "perv:: [[data versioning]]",
        ),
        "heading-skipped": Explanation(
            "A heading is more than one level below the one before.",
            "It is shown as written; readers who navigate by headings will look for the missing level.",
            "remove a `#`, or write the missing heading.",
            "## Reasons\n\n#### The second reason",
        ),
        "image-alt-missing": Explanation(
            "A picture has no description for people who cannot see it.",
            "A screen reader reads out its file name, or nothing.",
            "describe it: `![[lamp.png|a red lamp]]`, or in the same way between the brackets of `![…](…)`.",
            "![[lamp.png]]",
        ),
        "image-large": Explanation(
            "A picture has more than two megabytes.",
            "Pages show smaller variants of it, and the file is published as well.",
            "save it with fewer pixels, or as WebP.",
        ),
        "link-dead": Explanation(
            "A link leads to a page on another site that no longer exists, as `garden check --external` has found.",
            "Readers who follow it find nothing.",
            "link to the new address of the page, or to an archived copy; or remove the link.",
        ),
        "note-dead-end": Explanation(
            "A note links to no other note and has no place in the hierarchy.",
            "Its text leads readers nowhere; only the links that every page has (next, previous, related notes) lead on.",
            "link to another note from it, or give it an `up`.",
        ),
        "note-orphan": Explanation(
            "No note links to this one, and it has no place in the hierarchy.",
            "Readers find it only by search and in lists.",
            "link to it, or give it an `up`.",
        ),
        "silence-invalid": Explanation(
            "The key `silence` of a note names a problem that does not exist, or gives no reason.",
            "It silences nothing.",
            "correct the id, and give a reason.",
            "---\nsilence:\n  link-unresolved: these names are examples\n---",
        ),
        "silence-unused": Explanation(
            "The key `silence` of a note names a problem that the note does not have.",
            "It has no effect.",
            "remove it.",
        ),
        "summary-missing": Explanation(
            "A note has no summary, although at least three quarters of all notes do.",
            "Lists and search engines show the beginning of its text.",
            "add `summary: …` to its front matter.",
        ),
        "title-shared": Explanation(
            "Two notes have the same title.",
            "Readers cannot tell them apart in lists, in search results and in browser tabs.",
            "make one of the titles more specific.",
        ),
        "todo-stale": Explanation(
            "A note has been marked `todo` for more than half a year.",
            "It is published as it is.",
            "do it, or remove the key.",
            "---\ndate: 2023-01-17\ntodo: compare with the second edition\n---",
        ),
    }
)
