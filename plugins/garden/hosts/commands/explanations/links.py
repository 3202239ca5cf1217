"""Explanations of what is reported about links, embeds and the things that they lead to, by id."""

from collections.abc import Mapping
from types import MappingProxyType

from garden.hosts.commands.explanations.explanation import Explanation

LINKS: Mapping[str, Explanation] = MappingProxyType(
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
        "embed-cycle": Explanation(
            "A note embeds itself, directly or through others.",
            "The inner embed is shown as a link.",
            "replace one of the embeds with a link: `[[note]]` instead of `![[note]]`.",
        ),
        "embed-depth": Explanation(
            "Embeds are nested more than 8 levels deep, or a page has more than 200.",
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
        "heading-missing": Explanation(
            "A link or an embed names a heading that its note does not have.",
            "The link leads to the top of the note; the embed shows the name as it was typed.",
            "correct the heading; it may have been renamed.",
        ),
        "link-ambiguous": Explanation(
            "A link may mean several notes with the same name in different folders.",
            "It leads to the one with the shortest path.",
            "write a part of the path: `[[data/versioning]]`.",
        ),
        "link-outside-vault": Explanation(
            "A file or folder in the vault is a symbolic link to something outside the vault, or to a file of the vault that the site leaves out.",
            "What it leads to is neither read nor published.",
            "copy the file into the vault, or name the folder that it leads to in the setting `linked_folders`.",
        ),
        "link-site-missing": Explanation(
            "A Markdown link that begins with `/` or `./`, or a link of the settings `menu_links` and `footer_links` that"
            " is not the address of another site, leads neither to a note or file of the vault nor to a page of the site.",
            "The link stays as it is written; readers who follow it find no page.",
            "correct the address; the message names the nearest one.",
        ),
        "link-unpublished": Explanation(
            "A link leads to a note that is not published.",
            "Readers see the words of the link, but no link: of `[[Name of the note]]` they see that name.",
            "write other words, `[[Name of the note|other words]]`, if they are not to see the name; or publish the note; or do nothing: the link works as soon as the note is published.",
        ),
        "link-unresolved": Explanation(
            "A link names no note, alias or file.",
            "Its text is shown without a link.",
            "correct the name, or write the note: `garden new TITLE`. `garden wanted` lists all such names.",
        ),
        "name-shared": Explanation(
            "Several notes have the same name, so that their pages would have the same address; or a note has the name"
            " of a page that every site has.",
            "The note that had the plain address when the site was last published keeps it, or else the one with the"
            " shortest path; the others have the end of their path in front of the name, or `-2`, `-3` … at the end.",
            "nothing, or give a note its own `slug`, which stays the same whatever other notes are called.",
        ),
    }
)
