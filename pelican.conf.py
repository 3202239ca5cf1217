"""The settings of this site: names and values, no logic.

The first part is what you will want to change. You can also use Pelican's settings
(https://docs.getpelican.com/en/stable/settings.html); a build reports those that have no effect.
The settings in GARDEN are described below. `garden serve` notices when you save this file.
"""

SITENAME = "MLOps Garden"
AUTHOR = "MLOps Garden"
SITEURL = ""  # the site's own address, such as "https://example.org/notes"; needed by `garden publish`
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
TYPOGRIFY = True  # typographic quotation marks and dashes of the language, instead of "straight" ones and --

PATH = "content"  # your notes: any folder of Markdown files, such as an Obsidian vault
OUTPUT_PATH = "output"

GARDEN = {
    # What this site is, in one or two sentences: on the home page, and for search engines.
    "description": "Notes on running machine learning in production: popular advice to ignore, and what to do instead.",
    # What a note means ---------------------------------------------------------------------
    # The status of a note that does not give one: "published", "hidden" (has a page that no list mentions) or "draft".
    "default_status": "published",
    # What your own words for a status mean: {"[[Live]]": "published", "🌱": "hidden"}. Any other word makes the note a draft.
    "status_values": {},
    # With Pelican's WITH_FUTURE_DATES = False: the day after which notes are held back, such as "2026-01-31".
    # "" for the day of SOURCE_DATE_EPOCH, or else today.
    "build_date": "",
    # True shows every line break in a paragraph, as Obsidian's editor does; False only those after two spaces. None
    # uses the vault's own setting (`strictLineBreaks` in `.obsidian/app.json`), or False if there is none.
    "hard_line_breaks": None,
    # True passes HTML in notes through, including scripts; False strips it.
    "raw_html": True,
    # Formats of notes besides Markdown: "ipynb" for Jupyter notebooks, which are shown as they are stored and never run,
    # "rst" and "html" through Pelican's readers. A format that is not named here is not read.
    "formats": [],
    # What notes that come from Pelican may have in addition to Obsidian's Markdown: "definition-lists", "abbreviations",
    # "attribute-lists" ({: .class }), "toc" ([TOC]), "admonitions" (!!! note), as in Python-Markdown.
    "constructs": [],
    # Which live views are evaluated; queries of other kinds are shown as code: docs/live-views.md.
    "views": ["dataview", "base", "tasks", "canvas", "excalidraw", "kanban"],
    # Bases, canvases and drawings that have a page even if no published note links to them: ["views", "maps/*.canvas"].
    "view_pages": [],
    # The date that queries use as today, such as "2026-01-31". "" for the latest date of a published note, so that
    # the same notes give the same site every day.
    "today": "",
    # Macros for formulas: {"R": r"\mathbb{R}", "norm": r"\lVert #1 \rVert"}. A `preamble.sty` in the vault is read as well.
    "math_macros": {},
    # The typed links that make up the hierarchy: the name in notes, the label on pages, the inverse. A fourth part,
    # "up", "down", "same", "next" or "prev", gives a direction: ("parent", "Part of", "child", "up"). A list of yours
    # replaces this one: repeat the relations that you need.
    "relations": [
        ("up", "Part of", "down"),
        ("down", "Contains", "up"),
        ("same", "Same topic", "same"),
        ("next", "Next", "prev"),
        ("prev", "Previous", "next"),
        ("X", "Related", "X"),
    ],
    # Relations that follow from others: with [(["up", "same"], "up")], a note on the same topic as a parent is a parent too.
    "implied_relations": [],
    # Whether the settings of the Obsidian plugin Breadcrumbs are read, if your vault has them: docs/relations.md.
    "breadcrumbs": True,
    # Other sources of relations, such as "folder-names", "list-notes", ("dendron-names", {"delimiter": "."}):
    # docs/relations.md lists them all.
    "edge_sources": [],
    # The order of children: "title", or "reading" (next and previous, lists, `order` in the front matter, title).
    "child_order": "title",
    # A parent that has no note: "page" makes a page that lists its children, "label" only shows its name in trails,
    # "hide" shows nothing. The first pattern that matches counts; if none does, "page" applies: {"MOC_*": "label"}.
    "missing_parents": {},
    # The same for a parent that is not published; if no pattern matches, "hide" applies.
    "unpublished_parents": {},
    # How such names are shown: regular expressions with their replacements, {"^MOC_": "", "_": " "}. If there are none,
    # `MOC_`, a shared prefix and underscores are removed. Then the capitals: "as-written", "sentence" for a capital at
    # the beginning, or "title" for one in each word.
    "hub_titles": {},
    "hub_title_case": "as-written",
    # Tags that mean the same as another one: {"notebooks": "notebook"}. `garden check --verbose` proposes some.
    "tag_aliases": {},
    # Whether the address that an alias would have redirects to its note, if nothing else is there.
    "alias_redirects": False,
    # Which notes get their dates from the history of your git repository: "missing" for those that have none of their own,
    # "preferred" for all, "off" for none.
    "git_dates": "missing",
    # Whether notes that name no author get their authors from that history.
    "git_authors": False,
    # How many revisions of its text a page lists, from the history: the day, the author and the first line of the commit
    # message, which readers then see. 0 for none.
    "revisions": 0,
    # Files ---------------------------------------------------------------------------------
    # Notes and folders to leave out, as paths from the folder of notes on, in any case of letters: "journal" leaves out
    # everything with that name in any folder, "journal/*" only the folder at the top. Names with a leading dot are always left out.
    "ignore": [],
    # Folders outside the vault that symbolic links in it may lead to: ["~/pictures"]. Other links that lead out of it are not followed.
    "linked_folders": [],
    # Files and folders that are copied even if no note mentions them. Your own robots.txt, _headers and favicon.svg, .png
    # or .ico among the notes replace the generated ones. A list of yours replaces this one: repeat the names that you need.
    "static": [
        "robots.txt",
        "_headers",
        "_redirects",
        "favicon.svg",
        "favicon.png",
        "favicon.ico",
        ".well-known",
    ],
    # Pages ---------------------------------------------------------------------------------
    # The text of a link that has no display text: "as-typed", or "title" for the title of its target.
    "link_text": "as-typed",
    # The page of a tag with fewer notes than this is kept out of search engines and the sitemap.
    "tag_page_minimum": 2,
    # Front-matter keys that a page shows under "How this note was made": ["Prompt", "ai_summary"].
    "provenance": [],
    # Front-matter keys whose values no reader may see: ["client", "phone"]. `garden publish` stops if a page shows one.
    "private_keys": [],
    # The front-matter key that says how finished a note is; pages show its value below the title. "" for none.
    "maturity": "maturity",
    # Notes that say that they are unfinished, and have not changed since this day, are marked as stale: "2024-01-01".
    "stale_before": "",
    # The note whose text is that of the home page: "start.md". "" for index.md, _index.md or README.md, if there is one.
    "home": "",
    # The number of branches on the home page, of notes in each of its two lists, of entries in the feed.
    "home_branches": 12,
    "recent": 8,
    "feed_items": 20,
    # Whether the site has a search.
    "search": True,
    # Whether each branch that can be read on one page can also be downloaded as an e-book (EPUB).
    "books": False,
    # Images with more bytes than this, or wider than a screen, get smaller WebP variants; 0 for never.
    "large_image": 150_000,
    # Problems ------------------------------------------------------------------------------
    # How serious problems are, if not as usual: {"link-unresolved": "error", "note-*": "warning", "callout-unknown": "off"};
    # the other severity is "info".
    "severities": {},
    # The same for a path, a folder or a pattern: {"journal": {"note-orphan": "off"}}.
    "path_severities": {},
    # The file of known problems that `garden check` does not report (builds do), which `garden check --update-baseline`
    # writes: its path in the folder of notes.
    "baseline": "",
    # Publishing ----------------------------------------------------------------------------
    # Whether `garden publish` asks before notes become public for the first time, or addresses disappear.
    "ask_before_publishing": True,
    # The file in which it records what is public: its path in the folder of notes.
    "manifest": "published.json",
    # Footer --------------------------------------------------------------------------------
    # The address of the repository of the notes: "https://github.com/me/notes".
    "repository": "",
    # Where a note can be edited there; `{path}` is its path in the folder of notes. "" for no link.
    "edit_url": "{repository}/edit/main/content/{path}",
    # Links at the head of every page, after those to the map, the tags and the archive: {"About me": "/about/"}.
    # An address that begins with `/` is one of this site, also where SITEURL has a path.
    "menu_links": {},
    # Links at the foot of every page, such as your profiles elsewhere: {"Mastodon": "https://example.social/@me"}.
    "footer_links": {},
    # The licence of the notes, such as "CC BY 4.0".
    "licence": "",
}

# How the site is built. Nothing below needs to be changed.

THEME = "theme"
# Your own templates, style sheets and texts, in addition to the theme's or instead of them: docs/theming.md.
THEME_TEMPLATES_OVERRIDES = ["theme_overrides/templates"]
THEME_CSS_OVERRIDES = ["theme_overrides/css"]
THEME_TRANSLATIONS_OVERRIDES = ["theme_overrides/translations"]
CACHE_PATH = ".cache/garden"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["garden"]

# The plugin makes all pages, lists, feeds and attachments; Pelican itself makes none.
ARTICLE_PATHS = []
PAGE_PATHS = []
STATIC_PATHS = []
THEME_STATIC_PATHS = []
DIRECT_TEMPLATES = []
ARTICLE_SAVE_AS = ""
PAGE_SAVE_AS = ""
CATEGORY_SAVE_AS = ""
TAG_SAVE_AS = ""
AUTHOR_SAVE_AS = ""
FEED_ATOM = None
FEED_RSS = None
FEED_ALL_ATOM = None
FEED_ALL_RSS = None
CATEGORY_FEED_ATOM = None
CATEGORY_FEED_RSS = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None
TAG_FEED_ATOM = None
TAG_FEED_RSS = None
TRANSLATION_FEED_ATOM = None
TRANSLATION_FEED_RSS = None
