"""The settings of this site: names and values, no logic.

The first part is what you will want to change. Every name that Pelican knows
can be set here (https://docs.getpelican.com/en/stable/settings.html); those of
GARDEN are described below. `make serve` notices when this file is saved.
"""

import jinja2

SITENAME = "MLOps Garden"
AUTHOR = "MLOps Garden"
SITEURL = ""  # the site's own address, such as "https://example.org/notes"; needed by `make publish`
DEFAULT_LANG = "en"
TIMEZONE = "UTC"

PATH = "content"  # your notes: any folder of Markdown files, such as an Obsidian vault
OUTPUT_PATH = "output"

GARDEN = {
    # What this site is, in one or two sentences: on the home page, and for search engines.
    "description": "Notes on running machine learning in production: popular advice to ignore, and what to do instead.",
    # What a note means ---------------------------------------------------------------------
    # The status of a note that does not say: "published", "hidden" (a page, but in no list) or "draft".
    "default_status": "published",
    # Every line break of a paragraph is shown, as in Obsidian's editor; else only two blanks at the end of a line.
    "hard_line_breaks": False,
    # HTML in notes is passed through, scripts too; False strips it.
    "raw_html": True,
    # The typed links that make up the hierarchy: how you write it, its label on the page, its opposite; a fourth
    # part "up", "down", "same", "next" or "prev" makes a relation count as one: ("parent", "Part of", "child", "up").
    "relations": [
        ("up", "Part of", "down"),
        ("down", "Contains", "up"),
        ("same", "Same topic", "same"),
        ("next", "Next", "prev"),
        ("prev", "Previous", "next"),
        ("X", "Related", "X"),
    ],
    # Relations that follow from others: [(["up", "same"], "up")] takes the same topics of a parent for parents too.
    "implied_relations": [],
    # Relations and rules of Obsidian's plugin Breadcrumbs count, where your vault has it: docs/relations.md.
    "breadcrumbs": True,
    # More that makes a hierarchy, such as "folder-names", "list-notes", ("dendron-names", {"delimiter": "."}):
    # docs/relations.md has them all.
    "edge_sources": [],
    # Children by "title", or in "reading" order: next and previous, lists, `order` in the front matter, title.
    "child_order": "title",
    # A parent that nobody has written: "page" makes a page of its children, "label" shows its name in trails,
    # "hide" nothing. The first pattern that fits counts, without one "page": {"MOC_*": "label"}.
    "missing_parents": {},
    # The same for a parent that is not published; without a pattern that fits, "hide".
    "unpublished_parents": {},
    # What readers see of such names: regular expressions and what takes their place, {"^MOC_": "", "_": " "};
    # then "as-written", "sentence" for a capital at the beginning, or "title" for one in each word.
    "hub_titles": {},
    "hub_title_case": "as-written",
    # Tags that are another one: {"notebooks": "notebook"}. `make check` proposes some.
    "tag_aliases": {},
    # Files ---------------------------------------------------------------------------------
    # Notes and folders that are no part of the site: patterns such as "templates/*". Names with a leading dot never are.
    "ignore": [],
    # Folders whose files are all copied, also those that no note mentions: "files".
    "static": [],
    # Pages ---------------------------------------------------------------------------------
    # The text of a link without one of its own: "as-typed", or "title" for the title of the note it leads to.
    "link_text": "as-typed",
    # A tag with fewer notes is listed on /tags/, but has no page of its own.
    "tag_page_minimum": 1,
    # Front-matter keys that a note shows under «How this note was made»: ["Prompt", "ai_summary"].
    "provenance": [],
    # The front-matter key that says how finished a note is; its value is shown below the title. "" for none.
    "maturity": "maturity",
    # Branches on the home page, notes in its two lists, entries in the feed.
    "home_branches": 12,
    "recent": 8,
    "feed_items": 20,
    # The search in the site, with the index that it needs.
    "search": True,
    # Of images with more bytes than this, or wider than a screen, smaller WebP variants are made; 0 for never.
    "large_image": 150_000,
    # Footer --------------------------------------------------------------------------------
    # The address of the repository that holds the notes: "https://github.com/me/notes".
    "repository": "",
    # Where a note is edited there; `{path}` is its place in the folder of notes. "" for no link.
    "edit_url": "{repository}/edit/main/content/{path}",
    # Such as "CC BY 4.0".
    "licence": "",
}

# How the site is built: nothing below needs a change.

THEME = "theme"
# Your own templates, styles and words, where you want the site to look otherwise: docs/theming.md.
THEME_TEMPLATES_OVERRIDES = ["theme_overrides/templates"]
THEME_CSS_OVERRIDES = ["theme_overrides/css"]
THEME_WORDS_OVERRIDES = ["theme_overrides/words"]
CACHE_PATH = ".cache/garden"
PLUGIN_PATHS = ["plugins"]
PLUGINS = ["garden"]

# A misspelt name in a template is an error, and whatever comes from a note is escaped.
JINJA_ENVIRONMENT = {
    "autoescape": True,
    "undefined": jinja2.StrictUndefined,
    "trim_blocks": True,
    "lstrip_blocks": True,
    "extensions": [],
    # Compiled templates are kept in the system's folder for temporary files.
    "bytecode_cache": jinja2.FileSystemBytecodeCache(),
}

# All pages, lists, feeds and attachments are made by the plugin, none by Pelican itself.
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
