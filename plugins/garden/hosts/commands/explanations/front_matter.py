"""Explanations of what is reported about front matter and fields, by id."""

from collections.abc import Mapping
from types import MappingProxyType

from garden.hosts.commands.explanations.explanation import Explanation

FRONT_MATTER: Mapping[str, Explanation] = MappingProxyType(
    {
        "data-unshown": Explanation(
            "A question of `faq` or a step of `howto-steps` is not in the text of the note, or has no answer or text.",
            "The data that the page has for search engines leaves it out; readers see no difference.",
            "write the question and its answer into the text of the note as well, or remove it from the front matter: search engines accept nothing in such data that readers do not see.",
        ),
        "date-invalid": Explanation(
            "A date cannot be read.",
            "The note has the date that its file name starts with, or none.",
            "write it as `2023-01-17` or `2023-01-17T09:30`.",
        ),
        "field-not-link": Explanation(
            "The value of a hierarchy field, such as `up::`, is not a link to a note.",
            "It gives no relation.",
            "write a link: `up:: [[mlops]]`; for anything else, give the field another name.",
        ),
        "field-trailing-text": Explanation(
            "There is text next to the links of a hierarchy field.",
            "The links are used, the text is ignored.",
            "remove it; often it is one bracket too many.",
        ),
        "header-pelican": Explanation(
            "A note without `---` begins with lines such as `Title: …` and `Date: …`, which is Pelican's own header.",
            "The lines are read as front matter and are not shown.",
            "nothing; or put the lines between two lines `---`, so that Obsidian knows them too.",
        ),
        "key-near": Explanation(
            "A key of the front matter is not known, but is one letter away from a key that is.",
            "It has no effect.",
            "correct the key, or leave it if it is your own.",
        ),
        "publication-unclear": Explanation(
            "The value of `private`, `hidden`, `unlisted`, `public`, `published` or `visibility` is not one that is known, such as `private: treu`.",
            "It says nothing: the note is published unless something else holds it back.",
            "write `true` or `false`, or for `visibility` one of `public`, `hidden` and `private`; `status: draft` holds a note back in any case.",
        ),
        "single-colon": Explanation(
            "A line has the name of a relation, one colon and links: `up: [[note]]`.",
            "It is shown as text and makes no relation.",
            "write two colons (`up:: [[note]]`), or move the line into the front matter.",
        ),
        "status-near": Explanation(
            "A key is a misspelling of `status`, `publish`, `published`, `draft` or `private`, or a line with such a key is outside the front matter or inside another property; and its value would hold the note back.",
            "The note is held back, since that is probably what you meant.",
            "correct the key and write it between the two lines `---` at the top of the note; or rename it if it means something else. `status: published` in the front matter publishes the note in any case.",
        ),
        "status-unknown": Explanation(
            "The status of a note is not one of `published`, `hidden` and `draft`.",
            "The note is treated as a draft: it is not published.",
            "correct the word.",
        ),
        "yaml-duplicate-key": Explanation(
            "The front matter has the same key twice, perhaps in different case.",
            "The last value counts; tags, aliases and hierarchy fields are merged.",
            "remove one of them.",
        ),
        "yaml-late": Explanation(
            "There are blank lines before the front matter.",
            "It is still read, although Obsidian would not read it.",
            "remove them: the first line should be `---`.",
        ),
        "yaml-malformed": Explanation(
            "The front matter is not valid YAML; the place is where the parser stopped.",
            "Lines that are valid by themselves are used; a note whose status cannot be read is not published.",
            'put text that contains a colon, a bracket or a quotation mark in quotes: `title: "Notes: a beginning"`.',
        ),
        "yaml-unclosed": Explanation(
            "The front matter is never closed by a second `---`.",
            "It ends at the first blank line.",
            "add a line `---` at its end.",
        ),
    }
)
