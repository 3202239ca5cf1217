"""Explanations of what is reported about the text of a note, by id."""

from collections.abc import Mapping
from types import MappingProxyType

from garden.hosts.commands.explanations.explanation import Explanation

MARKUP: Mapping[str, Explanation] = MappingProxyType(
    {
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
        "diagram-failed": Explanation(
            "A Mermaid diagram, or the picture of a `breadcrumbs` view, could not be drawn.",
            "The source of the diagram is shown instead, or the view as a list.",
            "compare the diagram with Mermaid's documentation; newer kinds of diagrams may not be supported. "
            "Where the message says that something is not installed: `pip install 'garden-pelican[diagrams]'`.",
        ),
        "fence-unclosed": Explanation(
            "A code block that starts with ``` or ~~~ is never closed.",
            "Everything up to the end of the note, quote or list item is code.",
            "close it with a line of the same characters, at least as many as at its beginning.",
        ),
        "footnote-undefined": Explanation(
            "A footnote reference (`[^1]`) has no footnote in the note.",
            "It is shown as it was typed.",
            "add `[^1]: the text` on a line of its own.",
        ),
        "html-unbalanced": Explanation(
            "The HTML in a note has a tag that is never closed, or closes one that is not open.",
            "The HTML is completed as a browser would do it, so that it ends with the note.",
            "close each element where it was opened: in the same list item, quote or note.",
        ),
        "html-unchecked": Explanation(
            "A note contains HTML, and the library that checks whether its tags are closed is not installed, "
            "or it failed.",
            "HTML that is obviously complete is published as it is; otherwise the note is shown as its source.",
            "install the library that the message names; if it failed, please report that with the note.",
        ),
        "html-unclosed": Explanation(
            "An HTML element is opened and never closed in its part of the note.",
            "It ends with its paragraph or block, so that it does not affect the rest of the note.",
            "close it, or write its name as code: `<details>` between backticks.",
        ),
        "markdown-extension": Explanation(
            "A note uses a construct of Python-Markdown's extensions (a definition list, an abbreviation, an attribute list "
            "such as `{: .class }`, `[TOC]`, `!!! note`) that the setting `constructs` does not turn on.",
            "It is shown as it was typed.",
            'add its name to `"constructs"` in `pelican.conf.py`, or write it as Obsidian does: a callout instead of `!!!`, '
            "for example.",
        ),
        "math-unknown": Explanation(
            "A formula has an unknown TeX command, or is incomplete.",
            "The whole formula is shown as TeX.",
            "use another command, or define it: in the setting `math_macros`, in a `preamble.sty` at the top "
            "of the vault, or with `\\newcommand` in an earlier formula of the note.",
        ),
        "not-rendered": Explanation(
            "A note has something that cannot be shown as in Obsidian: a canvas, a base, a query or a drawing.",
            "The page has a box that links to the file or shows its source.",
            "nothing, or export it as an image and embed that.",
        ),
        "table-bar": Explanation(
            "A bar inside a table cell is not escaped, so it splits the cell.",
            "The text with the bar is cut in two, and cells beyond those of the header are not shown.",
            "write the bar as `\\|`: `[[note\\|text]]`.",
        ),
        "tag-invalid": Explanation(
            "A tag in the front matter cannot be a tag.",
            "It is ignored.",
            "use letters, digits, `-`, `_` and `/`, but not only digits.",
        ),
        "tag-variants": Explanation(
            "Tags differ only in hyphens, underscores or a plural, such as `note-book`, `notebook` and `notebooks`. Tags"
            " that differ in case are the same tag anyway.",
            "Each is a separate tag with its own page.",
            "use only one of them, or merge them with `tag_aliases` in the settings; the message says how.",
        ),
        "view-invalid": Explanation(
            "A code block `breadcrumbs` has an unknown option, or an option with a wrong value.",
            "An unknown option is ignored. With a wrong value the block is shown as its source, folded.",
            "correct the option that the message names; `garden docs reading-paths` lists them all.",
        ),
    }
)
