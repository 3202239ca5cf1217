"""What each diagnostic means and what to do about it: `garden explain` and `docs/diagnostics.md`."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from garden.model.diagnostic import SEVERITIES


class Explanation(NamedTuple):
    """What is wrong, what the build made of it, and what the author can do."""

    what: str
    result: str
    remedy: str


def explained(code: str) -> str:
    """Return the explanation of a diagnostic id as text. Raises KeyError for an unknown id."""
    what, result, remedy = EXPLANATIONS[code]
    return f"{code} ({SEVERITIES[code].name.lower()})\n\n{what}\n{result}\n\nWhat to do: {remedy}\n"


def manual() -> str:
    """Return all explanations as the page `docs/diagnostics.md`."""
    sections = [
        f"## {code}\n\n*{SEVERITIES[code].name.lower()}* — {what} {result}\n\n**What to do:** {remedy}\n"
        for code, (what, result, remedy) in sorted(EXPLANATIONS.items())
    ]
    return "\n".join([_INTRODUCTION, *sections])


_INTRODUCTION = """\
# Diagnostics

A build, and `make check`, print one line for each problem in the notes:

    data/feature-store.md:12:5: warning [link-unresolved] no note or file matches "feature stor"

The place is the line and the column in the file. An *error* makes the command fail, though every page is
still written; a *warning* does not; an *info* is printed on request only (`--verbose`). The same texts as
below: `make explain ID=link-unresolved`.
"""

EXPLANATIONS: Mapping[str, Explanation] = MappingProxyType(
    {
        "alias-conflict": Explanation(
            "A link names an alias that several notes have.",
            "It leads to the note with the shortest path.",
            "link to the note by its own name, or give the alias to one note only.",
        ),
        "block-duplicate": Explanation(
            "A note has the same block id (`^id`) twice.",
            "Links to the id lead to the first block that has it.",
            "rename the second one.",
        ),
        "block-missing": Explanation(
            "A link or an embed names a block (`#^id`) that its note does not have.",
            "The link leads to the top of the note; the embed shows the name as it was typed.",
            "write ` ^id` at the end of the block that you mean, or correct the id.",
        ),
        "breadcrumbs-unreadable": Explanation(
            "The settings of Breadcrumbs in the vault (`.obsidian/plugins/breadcrumbs/data.json`) cannot be read, or "
            "not all of them.",
            "What cannot be read is left out; the relations of `pelican.conf.py` hold.",
            'open the vault in Obsidian and save the settings again, or write `"breadcrumbs": False` into the settings.',
        ),
        "callout-unknown": Explanation(
            "A callout has a type that is none of the known ones, such as `[!remark]`.",
            "It looks like a `note`, with its own type as the title.",
            "nothing, or take one of: note, abstract, info, todo, tip, success, question, warning, failure, danger, "
            "bug, example, quote.",
        ),
        "comment-unclosed": Explanation(
            "A comment that starts with `%%` at the beginning of a line is never closed.",
            "The rest of the note is hidden.",
            "close it with `%%`, or write `\\%%` for two percent signs.",
        ),
        "date-invalid": Explanation(
            "A date cannot be read.",
            "The note counts as having none, or the one that its file name starts with.",
            "write it as `2023-01-17` or `2023-01-17T09:30`.",
        ),
        "diagram-failed": Explanation(
            "A Mermaid diagram could not be drawn.",
            "Its source is shown instead.",
            "compare the diagram with Mermaid's documentation; newer kinds of diagram may not be known yet.",
        ),
        "embed-cycle": Explanation(
            "A note embeds itself, directly or by way of others.",
            "The inner embed is a link.",
            "replace one of the embeds by a link: `[[note]]` instead of `![[note]]`.",
        ),
        "embed-depth": Explanation(
            "Embeds are nested more than 8 deep, or a page has more than 200.",
            "The rest are links.",
            "embed less, or link instead.",
        ),
        "embed-missing": Explanation(
            "An embed (`![[name]]`) names no note and no file.",
            "The page shows the name as it was typed.",
            "correct the name, or add the file to the vault.",
        ),
        "embed-unpublished": Explanation(
            "An embed names a note that is not published.",
            "The page shows that something is missing, but not what.",
            "publish the note, or remove the embed.",
        ),
        "encoding-invalid": Explanation(
            "The file is not UTF-8 text.",
            "Every byte that cannot be read is shown as �.",
            "save the file as UTF-8; it may be Latin-1 or Windows-1252 now.",
        ),
        "fence-unclosed": Explanation(
            "A code block that starts with ``` or ~~~ is never closed.",
            "Everything up to the end of the note, quote or list item is code.",
            "close it with a line of as many of the same marks.",
        ),
        "field-not-link": Explanation(
            "A field of the hierarchy, such as `up::`, has no link to a note as its value.",
            "It gives no relation.",
            "write a link: `up:: [[mlops]]`; for anything else choose another name for the field.",
        ),
        "field-trailing-text": Explanation(
            "There is text beside the links of a hierarchy field.",
            "The links count, the text is ignored.",
            "remove it; often it is a bracket too many.",
        ),
        "single-colon": Explanation(
            "A line has the name of a relation, one colon and links: `up: [[note]]`.",
            "It is shown as text and relates nothing.",
            "write two colons (`up:: [[note]]`), or move the line into the front matter.",
        ),
        "footnote-undefined": Explanation(
            "A footnote reference (`[^1]`) has no text anywhere in the note.",
            "It is shown as it was typed.",
            "add `[^1]: the text` on a line of its own.",
        ),
        "heading-missing": Explanation(
            "A link or an embed names a heading that its note does not have.",
            "The link leads to the top of the note; the embed shows the name as it was typed.",
            "correct the heading; it may have been renamed.",
        ),
        "hierarchy-cycle": Explanation(
            "Notes are their own ancestors, such as A up B and B up A.",
            "Nothing is lost, but their trails end where they would repeat.",
            "remove the `up` that is not meant.",
        ),
        "hierarchy-self": Explanation(
            "A note names itself in a hierarchy field.",
            "The entry is ignored.",
            "remove it.",
        ),
        "html-unbalanced": Explanation(
            "A note has HTML of its own in which a tag is never closed, or one is closed that is not open.",
            "The HTML is written as a browser understands it, so that it ends with the note.",
            "close each `<div>` and the like where it was opened: in the same list item, quote or note.",
        ),
        "hub-generated": Explanation(
            "A parent (`up:: [[name]]`) is not written yet.",
            "A page of that name lists its children.",
            "nothing, or write the note: it takes the page's place, at the same address.",
        ),
        "image-unreadable": Explanation(
            "An image is damaged, is no image at all, or is too large to be decoded.",
            "The file is published as it is; its size is not known to the page, or it has no smaller variants.",
            "open the image in a viewer and save it again, at a smaller size if it has tens of thousands of pixels.",
        ),
        "card-missing": Explanation(
            "The title has signs that the face of the cards lacks, such as those of Arabic or Chinese.",
            "The page has no picture for those who link to it; everything else is as on other pages.",
            "nothing, unless you want a card: then give the note a title in Latin, Greek or Cyrillic letters.",
        ),
        "internal-error": Explanation(
            "The program met something in a note that it cannot handle. This is a mistake of the program.",
            "All other pages are written; the text of this one is missing.",
            "please report it with the note; leaving out one part after another shows which one it is.",
        ),
        "link-ambiguous": Explanation(
            "A link fits several notes of one name in different folders.",
            "It leads to the one with the shortest path.",
            "write a part of the path: `[[data/versioning]]`.",
        ),
        "link-site-missing": Explanation(
            "A Markdown link that begins with `/` or `./` leads neither to a note or file of the vault nor to a"
            " page of the site.",
            "The link stays as it is written; readers get to a missing page.",
            "correct the address; the message names what is nearest.",
        ),
        "link-unpublished": Explanation(
            "A link leads to a note that is not published.",
            "Its text is shown without a link.",
            "publish the note, or leave it: the link works as soon as the note is published.",
        ),
        "link-unresolved": Explanation(
            "A link names no note, no alias and no file.",
            "Its text is shown without a link.",
            "correct the name, or write the note: `make new TITLE=…`. `make wanted` lists all such names.",
        ),
        "math-unknown": Explanation(
            "A formula has a command that is not known.",
            "The command is shown by its name.",
            "replace it by others; commands that a document defines itself are not known.",
        ),
        "note-unreadable": Explanation(
            "A file named like a note is a link to nowhere, no regular file, or may not be read.",
            "It has no page; all other notes have theirs.",
            "put the file in its place, or remove what is left of it.",
        ),
        "name-shared": Explanation(
            "Notes have one name, so their pages would have one address, or the name is that of a page that"
            " is made for every site.",
            "The note at the shortest path keeps the plain address; the others have the end of their path in"
            " front of the name, or `-2`, `-3` … at the end.",
            "nothing, or give a note a `slug` of its own, which stays whatever other notes are called.",
        ),
        "not-rendered": Explanation(
            "The vault has something that is not shown as in Obsidian: a canvas, a base, a query, a drawing.",
            "The page has a box that links to the file or shows the source.",
            "nothing, or export it as an image and embed that.",
        ),
        "relation-source-invalid": Explanation(
            "A note says that it collects others (`BC-tag-note-field` and the like), but in a way that has no meaning.",
            "It gives no relations in this way.",
            "name one of the relations of the settings, and a valid tag or regular expression.",
        ),
        "relations-cut": Explanation(
            "A rule for implied relations leads to more notes than a page can show.",
            "The first 60 count.",
            "nothing, or write a narrower rule.",
        ),
        "slug-conflict": Explanation(
            "A note asks in its front matter for an address that another page has.",
            "The first in the order of paths keeps it; the others have `-2`, `-3` … at the end.",
            "give one of the notes another `slug`.",
        ),
        "slug-unsafe": Explanation(
            "A name for an address would lead out of the site's folder, such as `../x`.",
            "The dangerous part is dropped.",
            "correct `slug`, `url` or `save_as`: letters, digits, `-` and `/` are fine.",
        ),
        "status-unknown": Explanation(
            "The status of a note is none of `published`, `hidden` and `draft`.",
            "The note is treated as a draft: it is not published.",
            "correct the word.",
        ),
        "tag-invalid": Explanation(
            "A tag in the front matter cannot be a tag.",
            "It is ignored.",
            "use letters, digits, `-`, `_` and `/`, at least one of them no digit.",
        ),
        "tag-variants": Explanation(
            "Tags differ in case, hyphens or a plural only, such as `notebook` and `notebooks`.",
            "Each is a tag of its own, with a page of its own.",
            "use one of them, or let `tag_aliases` in the settings merge them; the message says how.",
        ),
        "trails-cut": Explanation(
            "A note can be reached from the top in more than 10 ways.",
            "The 10 shortest trails are shown.",
            "nothing, or remove parents that are parents' parents anyway.",
        ),
        "view-invalid": Explanation(
            "A fenced block `breadcrumbs` has an option that is not known, or a value that it cannot have.",
            "An unknown option is passed over. With a wrong value the block is shown as its source, folded.",
            "correct the option that the message names; `docs/reading-paths.md` has a list of them.",
        ),
        "yaml-duplicate-key": Explanation(
            "The front matter has a key twice, perhaps once with a capital.",
            "The last value counts; tags, aliases and hierarchy fields are merged.",
            "remove one.",
        ),
        "yaml-late": Explanation(
            "There are blank lines before the front matter.",
            "It is read all the same, though Obsidian would not.",
            "remove them: the first line should be `---`.",
        ),
        "yaml-malformed": Explanation(
            "The front matter is not valid YAML; the place is where reading stopped.",
            "Lines that are valid alone count; a note whose status cannot be read is not published.",
            'put texts with a colon, a bracket or a quotation mark in quotes: `title: "Notes: a beginning"`.',
        ),
        "yaml-unclosed": Explanation(
            "The front matter is never closed by a second `---`.",
            "It ends at the first blank line.",
            "add the line.",
        ),
    }
)
"""Every diagnostic id with its explanation."""
