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
still written; a *warning* does not; an *info* is printed only on request (`--verbose`). `make explain
ID=link-unresolved` prints the explanation of one id.
"""

EXPLANATIONS: Mapping[str, Explanation] = MappingProxyType(
    {
        "address-lost": Explanation(
            "A note that was published is not in the folder of notes any more, and no other note is surely the same.",
            "Nothing answers at the addresses that it had: readers who come there are told that the page was not found.",
            "run `garden redirect OLD NEW` to lead them to another page, or `garden redirect OLD --gone` if there is"
            " none. A note that you bring back has its addresses again.",
        ),
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
            "What cannot be read is left out; the relations in `pelican.conf.py` count.",
            'open the vault in Obsidian and save the settings again, or write `"breadcrumbs": False` into the settings.',
        ),
        "cache-damaged": Explanation(
            "What an earlier build has stored in the cache folder is damaged, as a loss of power leaves it.",
            "It was thrown away and made again.",
            "nothing; when it happens again, look at your disk, or delete the cache folder.",
        ),
        "cache-unusable": Explanation(
            "Nothing can be written into the cache folder.",
            "The site is complete, but every build makes all of it again.",
            "give yourself the right to write there, make room, or set another `CACHE_PATH`.",
        ),
        "callout-unknown": Explanation(
            "A callout has an unknown type, such as `[!remark]`.",
            "It looks like a `note`, with its own type as the title.",
            "nothing, or use one of: note, abstract, info, todo, tip, success, question, warning, failure, danger, "
            "bug, example, quote.",
        ),
        "comment-unclosed": Explanation(
            "A comment that starts with `%%` at the beginning of a line is never closed.",
            "The rest of the note is hidden.",
            "close it with `%%`, or write `\\%%` if you mean two percent signs.",
        ),
        "date-invalid": Explanation(
            "A date cannot be read.",
            "The note has the date that its file name starts with, or none.",
            "write it as `2023-01-17` or `2023-01-17T09:30`.",
        ),
        "diagram-failed": Explanation(
            "A Mermaid diagram could not be drawn.",
            "Its source is shown instead.",
            "compare the diagram with Mermaid's documentation; newer kinds of diagrams may not be supported.",
        ),
        "embed-cycle": Explanation(
            "A note embeds itself, directly or through others.",
            "The inner embed is shown as a link.",
            "replace one of the embeds by a link: `[[note]]` instead of `![[note]]`.",
        ),
        "embed-depth": Explanation(
            "Embeds are nested more than 8 deep, or a page has more than 200.",
            "The rest are shown as links.",
            "embed fewer notes, or link to them instead.",
        ),
        "embed-missing": Explanation(
            "An embed (`![[name]]`) names neither a note nor a file.",
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
            "save the file as UTF-8; it is probably Latin-1 or Windows-1252 now.",
        ),
        "fence-unclosed": Explanation(
            "A code block that starts with ``` or ~~~ is never closed.",
            "Everything up to the end of the note, quote or list item is code.",
            "close it with a line of the same characters, as many as at its beginning.",
        ),
        "field-not-link": Explanation(
            "The value of a hierarchy field, such as `up::`, is not a link to a note.",
            "It gives no relation.",
            "write a link: `up:: [[mlops]]`; for anything else, give the field another name.",
        ),
        "field-trailing-text": Explanation(
            "There is text beside the links of a hierarchy field.",
            "The links count, the text is ignored.",
            "remove it; often it is one bracket too many.",
        ),
        "single-colon": Explanation(
            "A line has the name of a relation, one colon and links: `up: [[note]]`.",
            "It is shown as text and relates nothing.",
            "write two colons (`up:: [[note]]`), or move the line into the front matter.",
        ),
        "file-changed": Explanation(
            "A note or an attachment was deleted or changed while the site was being built.",
            "The build went on without it, or with what it held before.",
            "nothing: the next build sees it as it is then.",
        ),
        "file-unread": Explanation(
            "The vault has files of a kind that Pelican reads (`.rst`, `.html`, `.ipynb`) and this plugin does not.",
            "They have no page. Those that a published note links to are copied as they are.",
            "turn them into Markdown if they are notes; else name them in `ignore`, or leave them.",
        ),
        "html-unclosed": Explanation(
            "An HTML element is opened and never closed in its part of the note.",
            "It ends with its paragraph or block, so that the rest of the note is not swallowed.",
            "close it, or write its name as code: `<details>` between backticks.",
        ),
        "table-bar": Explanation(
            "A bar inside a table cell is not escaped, so that it splits the cell.",
            "What holds the bar is cut in two, and cells beyond those of the header are not shown.",
            "write the bar as `\\|`: `[[note\\|text]]`.",
        ),
        "footnote-undefined": Explanation(
            "A footnote reference (`[^1]`) has no footnote in the note.",
            "It is shown as it was typed.",
            "add `[^1]: the text` on a line of its own.",
        ),
        "header-pelican": Explanation(
            "A note without `---` begins with lines such as `Title: …` and `Date: …`, which is Pelican's own header.",
            "The lines are read as front matter and are not shown.",
            "nothing; or put the lines between two lines `---`, so that Obsidian knows them too.",
        ),
        "heading-missing": Explanation(
            "A link or an embed names a heading that its note does not have.",
            "The link leads to the top of the note; the embed shows the name as it was typed.",
            "correct the heading; it may have been renamed.",
        ),
        "hierarchy-cycle": Explanation(
            "Notes are their own ancestors, as when A has `up:: [[B]]` and B has `up:: [[A]]`.",
            "Nothing is lost, but their trails end where a note would repeat.",
            "remove the `up` that is not meant.",
        ),
        "hierarchy-self": Explanation(
            "A note names itself in a hierarchy field.",
            "The entry is ignored.",
            "remove it.",
        ),
        "html-unbalanced": Explanation(
            "The HTML in a note has a tag that is never closed, or closes one that is not open.",
            "The HTML is completed the way a browser would read it, so that it ends with the note.",
            "close each element where it was opened: in the same list item, quote or note.",
        ),
        "hub-generated": Explanation(
            "A parent (`up:: [[name]]`) is not written yet.",
            "A page of that name lists its children.",
            "nothing, or write the note: it takes the page's place, at the same address.",
        ),
        "image-unreadable": Explanation(
            "An image is damaged, is not an image at all, or is too large to be decoded.",
            "The file is published as it is, but the page does not state its size, or it has no smaller variants.",
            "open the image in a viewer and save it again, at a smaller size if it has tens of thousands of pixels.",
        ),
        "card-missing": Explanation(
            "The title has characters that the font of the social cards lacks, such as those of Arabic or Chinese.",
            "Other sites show no picture beside a link to the page; everything else is as on other pages.",
            "nothing, unless you want a card: then give the note a title in Latin, Greek or Cyrillic letters.",
        ),
        "internal-error": Explanation(
            "The program met something in a note that it cannot handle. This is a bug.",
            "All other pages are written; the text of this one is missing.",
            "please report it with the note; removing one part after another shows which one causes it.",
        ),
        "key-near": Explanation(
            "A key of the front matter is not known, but is one letter away from one that is.",
            "It has no effect.",
            "correct the key, or leave it if it is your own.",
        ),
        "ledger-damaged": Explanation(
            "A line of `addresses.jsonl`, where Garden remembers the addresses of your site, cannot be read, or gives"
            " two notes one address. A merge usually is the reason.",
            "All other lines count, but `garden publish` stops, so that no address is forgotten.",
            "keep the lines of both sides of a merge and delete the marks between them; take a line that is broken"
            " from an earlier commit; take an address that two notes have out of one of the two lines.",
        ),
        "link-ambiguous": Explanation(
            "A link may mean several notes of one name in different folders.",
            "It leads to the one with the shortest path.",
            "write a part of the path: `[[data/versioning]]`.",
        ),
        "link-site-missing": Explanation(
            "A Markdown link that begins with `/` or `./` leads neither to a note or file of the vault nor to a"
            " page of the site.",
            "The link stays as it is written; readers get to a missing page.",
            "correct the address; the message names what is nearest.",
        ),
        "link-outside-vault": Explanation(
            "A file or folder in the vault is a symbolic link to something outside the vault, or to a file of the vault that the site leaves out.",
            "What it leads to is not read and not published.",
            "copy the file into the vault, or name the folder that it leads to in the setting `linked_folders`.",
        ),
        "link-unpublished": Explanation(
            "A link leads to a note that is not published.",
            "Its text is shown without a link.",
            "publish the note, or do nothing: the link works as soon as the note is published.",
        ),
        "link-unresolved": Explanation(
            "A link names no note, alias or file.",
            "Its text is shown without a link.",
            "correct the name, or write the note: `make new TITLE=…`. `make wanted` lists all such names.",
        ),
        "markdown-extension": Explanation(
            "A note has a construct of Python-Markdown's extensions (a definition list, an abbreviation, an attribute list "
            "such as `{: .class }`, `[TOC]`, `!!! note`) that the setting `constructs` does not ask for.",
            "It is shown as it was typed.",
            'add its name to `"constructs"` in `pelican.conf.py`, or write it as Obsidian does: a callout instead of `!!!`, '
            "for example.",
        ),
        "math-unknown": Explanation(
            "A formula has a TeX command that is not known, or something in it is not complete.",
            "Its TeX is shown instead: never half of a formula.",
            "use another command, or define it: in the setting `math_macros`, in a `preamble.sty` at the top "
            "of the vault, or with `\\newcommand` in an earlier formula of the note.",
        ),
        "note-ignored": Explanation(
            "A note lies in a folder of templates, or the vault's own settings exclude it (`userIgnoreFilters` in `.obsidian/app.json`, `excluded` in `.obsidian/publish.json`).",
            "It is left out of the site.",
            "nothing; or move the note, or change the setting in Obsidian.",
        ),
        "note-unreadable": Explanation(
            "A file with the name of a note is a broken link, is not a regular file, or may not be read.",
            "It has no page; all other notes have theirs.",
            "restore the file, allow it to be read, or remove it.",
        ),
        "name-shared": Explanation(
            "Notes have one name, so their pages would have one address, or the name is that of a page that"
            " is made for every site.",
            "A note that had the plain address when the site was published keeps it, else the one at the shortest"
            " path; the others have the end of their path in front of the name, or `-2`, `-3` … at the end.",
            "nothing, or give a note a `slug` of its own, which stays whatever other notes are called.",
        ),
        "not-rendered": Explanation(
            "A note has something that cannot be shown as in Obsidian: a canvas, a base, a query or a drawing.",
            "The page has a box that links to the file or shows its source.",
            "nothing, or export it as an image and embed that.",
        ),
        "output-changed": Explanation(
            "A file in the output was changed by somebody, or another program, after it was built.",
            "It is replaced, or removed when it is no longer part of the site; a copy is in the cache folder, below "
            "`changed-by-others`.",
            "keep what you want to change in the notes, the theme or `theme_overrides/`, and let programs that "
            "change built pages, such as minifiers, work on a copy of the output.",
        ),
        "output-foreign": Explanation(
            "In the output there is a file, a folder or a link that no build has written, where one has to write.",
            "It stays as it is, and the site lacks what belongs there.",
            "move it away and build again, or give the page another address (`slug`).",
        ),
        "relation-source-invalid": Explanation(
            "A note says that it collects others (`BC-tag-note-field` and the like), but one of the values has no meaning.",
            "The note collects none in this way.",
            "use the name of a relation in the settings, and a valid tag or regular expression.",
        ),
        "relations-cut": Explanation(
            "A rule for implied relations gives one note too many relations.",
            "The first 60 count.",
            "nothing, or write a narrower rule.",
        ),
        "slug-conflict": Explanation(
            "A note asks in its front matter for an address that another page has, or a note that still lives once"
            " had.",
            "A note that had the address when the site was published keeps it, else the first in the order of paths;"
            " the others keep what they had, or have `-2`, `-3` … at the end.",
            "give one of the notes another `slug`.",
        ),
        "slug-unsafe": Explanation(
            "An address would lead out of the site's folder, such as `../x`.",
            "The dangerous part is dropped.",
            "correct `slug`, `url` or `save_as`; letters, digits, `-` and `/` are safe.",
        ),
        "status-near": Explanation(
            "A key is a misspelling of `status`, `publish`, `published`, `draft` or `private`, or such a line stands outside the front matter or inside another property, and its value would hold the note back.",
            "The note is held back, since that is what was meant.",
            "correct the key and write it between the two lines `---` at the top of the note; or rename it if it means something else. `status: published` in the front matter settles it.",
        ),
        "status-unknown": Explanation(
            "The status of a note is not one of `published`, `hidden` and `draft`.",
            "The note is treated as a draft: it is not published.",
            "correct the word.",
        ),
        "tag-invalid": Explanation(
            "A tag in the front matter cannot be a tag.",
            "It is ignored.",
            "use letters, digits, `-`, `_` and `/`, and not only digits.",
        ),
        "tag-variants": Explanation(
            "Tags differ only in case, hyphens or a plural, such as `notebook` and `notebooks`.",
            "Each is a separate tag with its own page.",
            "use only one of them, or merge them with `tag_aliases` in the settings; the message says how.",
        ),
        "trails-cut": Explanation(
            "A note can be reached from the top in more than 10 ways.",
            "The 10 shortest trails are shown.",
            "nothing, or remove parents that are ancestors anyway.",
        ),
        "vault-settings-unreadable": Explanation(
            "A settings file of the vault that says what to leave out (`.obsidian/app.json`, `publish.json`, `templates.json`, Templater's `data.json`) cannot be read, or not all of it.",
            "What it excludes is not known, so nothing is left out because of it.",
            "open the vault in Obsidian and save the settings again; until then name the folders in the setting `ignore`.",
        ),
        "view-invalid": Explanation(
            "A code block `breadcrumbs` has an unknown option, or an option with a wrong value.",
            "An unknown option is ignored. With a wrong value the block is shown as its source, folded.",
            "correct the option that the message names; `docs/reading-paths.md` lists them all.",
        ),
        "yaml-duplicate-key": Explanation(
            "The front matter has the same key twice, perhaps in different case.",
            "The last value counts; tags, aliases and hierarchy fields are merged.",
            "remove one of them.",
        ),
        "yaml-late": Explanation(
            "There are blank lines before the front matter.",
            "It is read all the same, though Obsidian would not.",
            "remove them: the first line should be `---`.",
        ),
        "yaml-malformed": Explanation(
            "The front matter is not valid YAML; the place is where the parser stopped.",
            "Lines that are valid alone count; a note whose status cannot be read is not published.",
            'put texts with a colon, a bracket or a quotation mark in quotes: `title: "Notes: a beginning"`.',
        ),
        "yaml-unclosed": Explanation(
            "The front matter is never closed by a second `---`.",
            "It ends at the first blank line.",
            "add a line `---` at its end.",
        ),
    }
)
"""Every diagnostic id with its explanation."""
