"""Explanations of what only a check tells of, a build does not, by id."""

from collections.abc import Mapping
from types import MappingProxyType

from garden.hosts.commands.explanations.explanation import Explanation

CHECKS: Mapping[str, Explanation] = MappingProxyType(
    {
        "citation-stale": Explanation(
            "A note has been marked `citation_needed` for more than half a year.",
            "It is published as it is.",
            "add the source, or take the mark out.",
            "---\ndate: 2023-01-17\ncitation_needed: true\n---",
        ),
        "date-future": Explanation(
            "A published note is dated later than today.",
            "It is public already, and the first of all lists.",
            "correct the date; `WITH_FUTURE_DATES = False` in the settings holds such notes back until their day.",
            "---\ndate: 2202-03-01\n---",
        ),
        "date-missing": Explanation(
            "A note does not have a date, and three of four notes do.",
            "It is missing in the archive and among what is new.",
            "add `date: 2023-01-17` to its front matter.",
        ),
        "field-near": Explanation(
            "The name of a field or a property is a slip away from that of a relation, or of a field that many notes have.",
            "It is shown like any other field, and gives no relation.",
            "correct the name, or silence the problem if the name is meant.",
            "perv:: [[data versioning]]",
        ),
        "heading-skipped": Explanation(
            "A heading is more than one level below the one before.",
            "It is shown like that; whoever moves through a page by its headings looks for the one between.",
            "take away a `#`, or write the heading that is missing.",
            "## Reasons\n\n#### The second reason",
        ),
        "image-alt-missing": Explanation(
            "A picture has no words for those who cannot see it.",
            "A screen reader says its file name, or nothing.",
            "write them: `![[lamp.png|a red lamp]]`, or the same between the brackets of `![…](…)`.",
            "![[lamp.png]]",
        ),
        "image-large": Explanation(
            "A picture has more than two megabytes.",
            "Pages show smaller variants of it, and the file is published as well.",
            "save it with fewer pixels, or as WebP.",
        ),
        "link-dead": Explanation(
            "A link leads to a page of another site that is gone, which `garden check --external` has asked.",
            "Readers who follow it find nothing.",
            "link to where the page is now, or to a copy of it in an archive; or take the link away.",
        ),
        "note-dead-end": Explanation(
            "A note links to no other note and has no place in the hierarchy.",
            "Its text leads readers nowhere; what leads on is what the page itself offers: next and previous, near notes.",
            "link to what comes next, or give it an `up`.",
        ),
        "note-orphan": Explanation(
            "No note links to this one, and it has no place in the hierarchy.",
            "Readers find it by search and in lists only.",
            "link to it, or give it an `up`.",
        ),
        "silence-invalid": Explanation(
            "The key `silence` of a note names a problem that does not exist, or gives no reason.",
            "It silences nothing.",
            "correct the id, and say why.",
            "---\nsilence:\n  link-unresolved: these names are examples\n---",
        ),
        "silence-unused": Explanation(
            "The key `silence` of a note names a problem that the note does not have.",
            "Nothing follows from it.",
            "take it out.",
        ),
        "summary-missing": Explanation(
            "A note does not have a summary, and three of four notes do.",
            "Lists and search engines show the beginning of its text.",
            "add `summary: …` to its front matter.",
        ),
        "title-shared": Explanation(
            "Two notes have the same title.",
            "Nobody can tell them apart in lists, in the search and in a browser's tabs.",
            "say more in one of them.",
        ),
        "todo-stale": Explanation(
            "A note has been marked `todo` for more than half a year.",
            "It is published as it is.",
            "do it, or take the mark out.",
            "---\ndate: 2023-01-17\ntodo: compare with the second edition\n---",
        ),
    }
)
