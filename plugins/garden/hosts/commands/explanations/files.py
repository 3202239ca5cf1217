"""Explanations of what is reported about files, addresses and the build itself, by id."""

from collections.abc import Mapping
from types import MappingProxyType

from garden.hosts.commands.explanations.explanation import Explanation

FILES: Mapping[str, Explanation] = MappingProxyType(
    {
        "address-lost": Explanation(
            "A note that was published is not in the folder of notes any more, and no other note is surely the same.",
            "Nothing answers at the addresses that it had: readers who come there are told that the page was not found.",
            "run `garden redirect OLD NEW` to lead them to another page, or `garden redirect OLD --gone` if there is"
            " none. A note that you bring back has its addresses again.",
        ),
        "cache-damaged": Explanation(
            "What an earlier build has stored in the cache folder is damaged, for example by a power failure.",
            "It was thrown away and made again.",
            "nothing; if it happens again, check your disk, or delete the cache folder.",
        ),
        "cache-unusable": Explanation(
            "Nothing can be written into the cache folder.",
            "The site is complete, but every build makes all of it again.",
            "make the folder writable, free some disk space, or set another `CACHE_PATH`.",
        ),
        "picture-not-made": Explanation(
            "A social card, or an icon of the site, could not be made: the library that draws it is not "
            "installed, or it failed.",
            "The site lacks this picture, and nothing else.",
            "do what the message says; `pip install garden-pelican` brings what draws the cards.",
        ),
        "card-missing": Explanation(
            "The title, the trail or the site's name has characters that the installed fonts of social cards lack.",
            "Other sites show no picture with a link to the page; everything else is as on other pages.",
            "install the fonts of Chinese, Japanese, Korean, Arabic, Hebrew, Hindi and Thai with "
            "`pip install 'garden-pelican[cards]'`, or name a picture in the note: `image: picture.png`.",
        ),
        "encoding-invalid": Explanation(
            "The file is not UTF-8 text.",
            "Every byte that cannot be read is shown as �.",
            "save the file as UTF-8; it is probably Latin-1 or Windows-1252 now.",
        ),
        "file-changed": Explanation(
            "A note or an attachment was deleted or changed while the site was being built.",
            "The build went on without it, or with what it held before.",
            "nothing: the next build sees it as it is then.",
        ),
        "file-unread": Explanation(
            "The vault has files of a kind that Pelican reads (`.rst`, `.html`, `.ipynb`), and the setting `formats` does not name it.",
            "They have no page. Those that a published note links to are copied as they are.",
            "add the kind to `formats` if they are notes; otherwise name them in `ignore`, or leave them.",
        ),
        "history-cut": Explanation(
            "The repository is a shallow clone: git knows only its last commits, and not when these notes were written.",
            "They have no date; none is made up.",
            "fetch the whole history (`git fetch --unshallow`; in GitHub's workflows `fetch-depth: 0` for `actions/checkout`), "
            'write dates into the notes, or set `"git_dates": "off"`.',
        ),
        "image-unreadable": Explanation(
            "An image is damaged, is not an image at all, or is too large to be decoded.",
            "The file is published as it is, but the page does not state its size, or it has no smaller variants.",
            "open the image in a viewer and save it again, at a smaller size if it has tens of thousands of pixels.",
        ),
        "internal-error": Explanation(
            "The program met something in a note that it cannot handle. This is a bug.",
            "All other pages are written; the text of this one is missing.",
            "please report it with the note; removing one part after another shows which one causes it.",
        ),
        "ledger-damaged": Explanation(
            "A line of `addresses.jsonl`, where Garden remembers the addresses of your site, cannot be read, or gives"
            " two notes one address. A merge usually is the reason.",
            "All other lines count, but `garden publish` stops, so that no address is forgotten.",
            "keep the lines of both sides of a merge and delete the marks between them; take a line that is broken"
            " from an earlier commit; take an address that two notes have out of one of the two lines.",
        ),
        "note-ignored": Explanation(
            "A note is in a folder of templates, or the vault's own settings exclude it (`userIgnoreFilters` in `.obsidian/app.json`, `excluded` in `.obsidian/publish.json`).",
            "It is left out of the site.",
            "nothing; or move the note, or change the setting in Obsidian.",
        ),
        "note-unreadable": Explanation(
            "A file with the name of a note is a broken link, is not a regular file, may not be read, or is not of the "
            "format that its name says.",
            "It has no page; all other notes have theirs.",
            "restore the file, allow it to be read, or remove it.",
        ),
        "setting-unused": Explanation(
            "The settings file sets something of Pelican's that has no effect in a site with our theme.",
            "It is told once in each build, with what does the work of each setting here.",
            "remove the settings, or use what is named in their place.",
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
        "vault-settings-unreadable": Explanation(
            "A settings file of the vault that says what to leave out (`.obsidian/app.json`, `publish.json`, `templates.json`, Templater's `data.json`) cannot be read, or not all of it.",
            "What it excludes is not known, so nothing is left out because of it.",
            "open the vault in Obsidian and save the settings again; until then name the folders in the setting `ignore`.",
        ),
    }
)
