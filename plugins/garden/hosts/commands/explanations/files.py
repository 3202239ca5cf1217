"""Explanations of what is reported about files, addresses and the build itself, by id."""

from collections.abc import Mapping
from types import MappingProxyType

from garden.hosts.commands.explanations.explanation import Explanation

FILES: Mapping[str, Explanation] = MappingProxyType(
    {
        "address-lost": Explanation(
            "A note that was published is no longer in the folder of notes, and no other note is certainly the same one.",
            "Its former addresses lead nowhere: readers who go there are told that the page was not found.",
            "run `garden redirect OLD NEW` to redirect them to another page, or `garden redirect OLD --gone` if there"
            " is none. If you restore the note, it has its addresses again.",
        ),
        "cache-damaged": Explanation(
            "What an earlier build has stored in the cache folder is damaged, for example by a power failure.",
            "It was discarded and made again.",
            "nothing; if it happens again, check your disk, or delete the cache folder.",
        ),
        "cache-unusable": Explanation(
            "Nothing can be written into the cache folder.",
            "The site is complete, but every build starts from scratch.",
            "make the folder writable, free some disk space, or set another `CACHE_PATH`.",
        ),
        "card-missing": Explanation(
            "The title, the trail or the site's name has characters that the installed fonts of social cards lack.",
            "Other sites show no picture with a link to the page; nothing else is missing.",
            "install the fonts for Chinese, Japanese, Korean, Arabic, Hebrew, Hindi and Thai with "
            "`pip install 'garden-pelican[cards]'`, or name a picture in the note: `image: picture.png`.",
        ),
        "encoding-invalid": Explanation(
            "The file is not UTF-8 text.",
            "Every byte that cannot be read is shown as �.",
            "save the file as UTF-8; it is probably in Latin-1 or Windows-1252.",
        ),
        "file-changed": Explanation(
            "A note or an attachment was deleted or changed while the site was being built.",
            "The build continued without it, or with its earlier content.",
            "nothing: the next build reads it again.",
        ),
        "file-unread": Explanation(
            "The vault has files of a kind that Pelican reads (`.rst`, `.html`, `.ipynb`), and the setting `formats` does not name it.",
            "They have no page. Those that a published note links to are copied as they are.",
            "add the kind to `formats` if they are notes; otherwise name them in `ignore`, or leave them.",
        ),
        "history-cut": Explanation(
            "The repository is a shallow clone: it contains only the latest commits, so git does not know when these notes were written.",
            "They have no date.",
            "fetch the whole history (`git fetch --unshallow`; in GitHub's workflows `fetch-depth: 0` for `actions/checkout`), "
            'write dates into the notes, or set `"git_dates": "off"`.',
        ),
        "ignore-unused": Explanation(
            "A pattern in the setting `ignore` matches no file or folder among the notes.",
            "It leaves nothing out; what you meant is perhaps published.",
            'write the path from the folder of notes on: `journal/*`, not `notes/journal/*`; or remove the pattern. `["journal"]` leaves out everything with that name in any folder, `["journal/*"]` only the folder at the top.',
        ),
        "image-unreadable": Explanation(
            "An image is damaged, is not an image at all, or is too large to be decoded.",
            "The file is published as it is, but the page does not state its size, or it has no smaller variants.",
            "open the image in a viewer and save it again, at a smaller size if it has tens of thousands of pixels.",
        ),
        "internal-error": Explanation(
            "The program met something in a note that it cannot handle. This is a bug.",
            "All other pages are written; the text of this one is missing.",
            "please report it with the note; to find the part that causes it, remove one part after another.",
        ),
        "language-untranslated": Explanation(
            "DEFAULT_LANG is a language into which the texts of the interface are not translated.",
            "Buttons, headings of lists and the like are English; dates are in the language of the site.",
            "nothing, or add a translation: `garden docs theming` says how.",
        ),
        "ledger-damaged": Explanation(
            "A line of `addresses.jsonl`, where Garden records the addresses of your site, cannot be read, or gives"
            " the same address to two notes. Usually a merge is the cause.",
            "All other lines are used, but `garden publish` stops, so that no address is lost.",
            "after a merge, keep the lines of both sides and delete the conflict markers; restore a broken line from an"
            " earlier commit; remove an address that two notes have from one of the two lines.",
        ),
        "note-ignored": Explanation(
            "A note is in a folder of templates, or the vault's own settings exclude it (`userIgnoreFilters` in `.obsidian/app.json`, `excluded` in `.obsidian/publish.json`).",
            "It is left out of the site.",
            "nothing; or move the note, or change the setting in Obsidian.",
        ),
        "note-unreadable": Explanation(
            "A file with the name of a note is a broken link, is not a regular file, may not be read, or does not "
            "have the format that its name says.",
            "It has no page; all other notes have theirs.",
            "restore the file, allow it to be read, or remove it.",
        ),
        "output-changed": Explanation(
            "Somebody, or another program, changed a file in the output after it was built.",
            "It is replaced, or removed when it is no longer part of the site; a copy is in the cache folder, below "
            "`changed-by-others`.",
            "make your changes in the notes, the theme or `theme_overrides/`, and let programs that change built pages, "
            "such as minifiers, work on a copy of the output.",
        ),
        "output-foreign": Explanation(
            "A file, a folder or a link in the output, which no build has written, is where the build has to write.",
            "It stays as it is, and what belongs there is missing from the site.",
            "move it away and build again, or give the page another address (`slug`).",
        ),
        "picture-not-made": Explanation(
            "A social card, or an icon of the site, could not be made: the library that draws it is not "
            "installed, or it failed.",
            "Only this picture is missing from the site.",
            "do what the message says; `pip install garden-pelican` installs what draws the cards.",
        ),
        "setting-unused": Explanation(
            "Something in the settings file has no effect: a setting of Pelican's that does nothing with Garden's theme, a"
            " name that nothing reads, a note or file that is not there, a word that is not the code of a language, or a"
            " template of yours that replaces none of the theme's.",
            "The site is built without it.",
            "correct it as the message says, or remove it.",
        ),
        "slug-conflict": Explanation(
            "A note asks in its front matter for an address that another page has, or that another note, which still"
            " exists, once had.",
            "The note that had the address when the site was last published keeps it, or else the first in the order of"
            " paths; the others keep the addresses that they had, or have `-2`, `-3` … at the end.",
            "give one of the notes another `slug`.",
        ),
        "slug-unsafe": Explanation(
            "An address would lead out of the site's folder, such as `../x`.",
            "The dangerous part is dropped.",
            "correct `slug`, `url` or `save_as`; letters, digits, `-` and `/` are safe.",
        ),
        "vault-settings-unreadable": Explanation(
            "A settings file of the vault that says what to leave out (`.obsidian/app.json`, `publish.json`, `templates.json`, Templater's `data.json`) cannot be read, or only in part.",
            "Since it is not known what the file excludes, it excludes nothing.",
            "open the vault in Obsidian and save the settings again; until then name the folders in the setting `ignore`.",
        ),
    }
)
