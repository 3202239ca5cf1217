"""The settings of this site: names and values, no logic.

The first part is what you will want to change. Settings of Pelican can be set here
(https://docs.getpelican.com/en/stable/settings.html); a build tells which of them have
no effect. Those in GARDEN are described below. `make serve` notices when this file is saved.
"""

SITENAME = "MLOps Garden"
AUTHOR = "MLOps Garden"
SITEURL = ""  # the site's own address, such as "https://example.org/notes"; needed by `make publish`
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
TYPOGRIFY = True  # the quotation marks and dashes of the language instead of "straight" ones and --

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
    # True shows every line break in a paragraph, as Obsidian's editor does; False only those after two blanks. None
    # takes what the vault says (`strictLineBreaks` in `.obsidian/app.json`), and means False where it says nothing.
    "hard_line_breaks": None,
    # True passes HTML in notes through, scripts too; False strips it.
    "raw_html": True,
    # Formats of notes besides Markdown: "ipynb" for Jupyter notebooks, which are shown as they are stored and never run,
    # "rst" and "html" through Pelican's readers. A format that is not named here is not read.
    "formats": [],
    # What notes that come from Pelican may have in addition to Obsidian's Markdown: "definition-lists", "abbreviations",
    # "attribute-lists" ({: .class }), "toc" ([TOC]), "admonitions" (!!! note), as in Python-Markdown.
    "constructs": [],
    # Which live views are evaluated; queries of other kinds are shown as code: docs/live-views.md.
    "views": ["dataview", "base", "tasks", "canvas", "excalidraw", "kanban"],
    # Bases, canvases and drawings that have a page though no published note links to them: ["views", "maps/*.canvas"].
    "view_pages": [],
    # The date that queries take for today, such as "2026-01-31". "" for the latest date of a published note, so that
    # the same notes give the same site on every day.
    "today": "",
    # Macros for formulas: {"R": r"\mathbb{R}", "norm": r"\lVert #1 \rVert"}. A `preamble.sty` in the vault counts too.
    "math_macros": {},
    # The typed links that make up the hierarchy: the name in notes, the label on pages, the inverse. A fourth part,
    # "up", "down", "same", "next" or "prev", gives a direction: ("parent", "Part of", "child", "up").
    "relations": [
        ("up", "Part of", "down"),
        ("down", "Contains", "up"),
        ("same", "Same topic", "same"),
        ("next", "Next", "prev"),
        ("prev", "Previous", "next"),
        ("X", "Related", "X"),
    ],
    # Relations that follow from others: with [(["up", "same"], "up")] notes on the same topic as a parent are parents too.
    "implied_relations": [],
    # Whether the settings of the Obsidian plugin Breadcrumbs count, if your vault has them: docs/relations.md.
    "breadcrumbs": True,
    # Other sources of relations, such as "folder-names", "list-notes", ("dendron-names", {"delimiter": "."}):
    # docs/relations.md lists them all.
    "edge_sources": [],
    # The order of children: "title", or "reading" (next and previous, lists, `order` in the front matter, title).
    "child_order": "title",
    # A parent that nobody has written: "page" makes a page that lists its children, "label" only shows its name in
    # trails, "hide" shows nothing. The first pattern that matches counts; without one, "page": {"MOC_*": "label"}.
    "missing_parents": {},
    # The same for a parent that is not published; without a pattern that matches, "hide".
    "unpublished_parents": {},
    # What readers see of such names; without any, `MOC_`, a shared prefix and underscores are taken off. Else regular
    # expressions with their replacements, {"^MOC_": "", "_": " "}; then
    # "as-written", "sentence" for a capital at the beginning, or "title" for one in each word.
    "hub_titles": {},
    "hub_title_case": "as-written",
    # Tags that mean the same as another one: {"notebooks": "notebook"}. `garden check --verbose` proposes some.
    "tag_aliases": {},
    # True makes the address that an alias of a note would have lead to the note, if nothing else is there.
    "alias_redirects": False,
    # Whether the history of your git repository dates notes: "missing" those that say nothing, "preferred" all, "off" none.
    "git_dates": "missing",
    # Whether notes that name no author have those of the history.
    "git_authors": False,
    # How many revisions of its text a page lists, from the history: the day, the author and the first line of the commit's
    # message, which readers then see. 0 for none.
    "revisions": 0,
    # Files ---------------------------------------------------------------------------------
    # Notes and folders to leave out: patterns such as "templates/*". Names with a leading dot are always left out.
    "ignore": [],
    # Folders outside the vault that symbolic links in it may lead to: ["~/pictures"]. No other link that leads out of it is followed.
    "linked_folders": [],
    # Files, and folders whose files are all copied, even those that no note mentions: ["files", ".well-known"]. Your own
    # robots.txt, _headers and favicon.svg, .png or .ico among the notes take the place of those that are made.
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
    # The page of a tag with fewer notes than this is kept out of search engines and the sitemap: it says too little.
    "tag_page_minimum": 2,
    # Front-matter keys that a page shows under "How this note was made": ["Prompt", "ai_summary"].
    "provenance": [],
    # Front-matter keys whose values no reader may see: ["client", "phone"]. `garden publish` stops where one is shown.
    "private_keys": [],
    # The front-matter key that says how finished a note is; pages show its value below the title. "" for none.
    "maturity": "maturity",
    # Notes that say they are not finished yet, and have not changed since before this day, are marked as stale: "2024-01-01".
    "stale_before": "",
    # The note whose text is that of the home page: "start.md". "" for index.md, _index.md or README.md, if there is one.
    "home": "",
    # The number of branches on the home page, of notes in each of its two lists, of entries in the feed.
    "home_branches": 12,
    "recent": 8,
    "feed_items": 20,
    # Whether the site has a search, with the index that it needs.
    "search": True,
    # Whether each branch that can be read on one page can be downloaded as an e-book (EPUB), too.
    "books": False,
    # Images with more bytes than this, or wider than a screen, get smaller WebP variants; 0 for never.
    "large_image": 150_000,
    # Problems ------------------------------------------------------------------------------
    # How serious a problem is to you: {"link-unresolved": "error", "note-*": "warning", "callout-unknown": "off"}; else "info".
    "severities": {},
    # The same for a path, a folder or a pattern: {"journal": {"note-orphan": "off"}}.
    "path_severities": {},
    # The list of problems that you put off, which `garden check --update-baseline` writes: a path from the folder of notes on.
    "baseline": "",
    # Publishing ----------------------------------------------------------------------------
    # Whether `make publish` asks before notes become public for the first time, or addresses go.
    "ask_before_publishing": True,
    # Where it writes down what is public: a path from the folder of notes on.
    "manifest": "published.json",
    # Footer --------------------------------------------------------------------------------
    # The address of the repository that holds the notes: "https://github.com/me/notes".
    "repository": "",
    # Where a note is edited there; `{path}` is its path in the folder of notes. "" for no link.
    "edit_url": "{repository}/edit/main/content/{path}",
    # Links at the head of every page, behind those to the map, the tags and the archive: {"About me": "/about/"}.
    "menu_links": {},
    # Links at the foot of every page, such as where else you are: {"Mastodon": "https://example.social/@me"}.
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
