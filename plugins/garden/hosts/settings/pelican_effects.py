"""What happens to each of Pelican's settings: tables for `garden migrate`, and for reports about settings without effect.

A setting is kept (it means the same), mapped (something else has its effect), or without effect; then the table says what to
do instead. Settings in no table belong to a theme or a plugin.
"""

from collections.abc import Iterator, Mapping
from typing import Final

KEPT: Final = (
    "SITENAME",
    "AUTHOR",
    "SITEURL",
    "TIMEZONE",
    "DEFAULT_LANG",
    "DEFAULT_METADATA",
    "EXTRA_PATH_METADATA",
    "FILENAME_METADATA",
    "PATH_METADATA",
    "IGNORE_FILES",
    "ARTICLE_EXCLUDES",
    "WITH_FUTURE_DATES",
    "DEFAULT_DATE",
    "DEFAULT_CATEGORY",
    "TYPOGRIFY",
    "ARTICLE_LANG_URL",
)
"""Settings that mean the same here."""

OF_PELICAN: Final = (
    "BIND",
    "CACHE_PATH",
    "JINJA_GLOBALS",
    "JINJA_TESTS",
    "LOG_FILTER",
    "PAGE_EXCLUDES",
    "PELICAN_CLASS",
    "PLUGINS",
    "PLUGIN_PATHS",
    "PORT",
    "THEME_STATIC_DIR",
    "THEME_STATIC_PATHS",
    "THEME_TEMPLATES_OVERRIDES",
)
"""Settings that work as in Pelican without our plugin; `garden migrate` does not copy them."""

MAPPED: Final[Mapping[str, str]] = {
    "PATH": "the folder of notes",
    "ARTICLE_PATHS": "all of the folder of notes; what Pelican did not read is in `ignore`",
    "PAGE_PATHS": "pages become notes",
    "ARTICLE_URL": "kept: notes have the addresses that articles had",
    "ARTICLE_SAVE_AS": "as ARTICLE_URL",
    "SLUGIFY_SOURCE": "used in the addresses that ARTICLE_URL gives",
    "PAGE_URL": "old addresses redirect",
    "PAGE_SAVE_AS": "old addresses redirect",
    "TAG_URL": "old addresses redirect to /tags/…/",
    "TAG_SAVE_AS": "old addresses redirect to /tags/…/",
    "CATEGORY_URL": "old addresses redirect to /category/…/",
    "CATEGORY_SAVE_AS": "old addresses redirect to /category/…/",
    "AUTHOR_URL": "old addresses redirect to /author/…/",
    "AUTHOR_SAVE_AS": "old addresses redirect to /author/…/",
    "ARCHIVES_URL": "the archive is at /archive/; the old address redirects",
    "ARCHIVES_SAVE_AS": "the archive is at /archive/; the old address redirects",
    "YEAR_ARCHIVE_URL": "the archive is one page, /archive/; old addresses redirect",
    "MONTH_ARCHIVE_URL": "the archive is one page, /archive/; old addresses redirect",
    "DAY_ARCHIVE_URL": "the archive is one page, /archive/; old addresses redirect",
    "INDEX_SAVE_AS": "the home page is at the root; the old address redirects",
    "ARTICLE_LANG_SAVE_AS": "as ARTICLE_LANG_URL",
    "PAGE_LANG_URL": "old addresses redirect",
    "PAGE_LANG_SAVE_AS": "old addresses redirect",
    "YEAR_ARCHIVE_SAVE_AS": "the archive is one page, /archive/; old addresses redirect",
    "MONTH_ARCHIVE_SAVE_AS": "the archive is one page, /archive/; old addresses redirect",
    "DAY_ARCHIVE_SAVE_AS": "the archive is one page, /archive/; old addresses redirect",
    "DIRECT_TEMPLATES": "lists of tags, categories, authors and the archive are always made",
    "STATIC_PATHS": "`static`",
    "MARKDOWN": "`constructs`",
    "OUTPUT_PATH": "a separate folder, so that both sites can be compared",
    "FEED_ALL_ATOM": "feeds are always made, as Atom, RSS and JSON Feed; old addresses redirect",
    "FEED_ALL_RSS": "feeds are always made, as Atom, RSS and JSON Feed; old addresses redirect",
    "FEED_ATOM": "feeds are always made; old addresses redirect",
    "FEED_RSS": "feeds are always made; old addresses redirect",
    "CATEGORY_FEED_ATOM": "each category has its feeds; old addresses redirect",
    "CATEGORY_FEED_RSS": "each category has its feeds; old addresses redirect",
    "FEED_MAX_ITEMS": "`feed_items`",
    "DELETE_OUTPUT_DIRECTORY": "not needed: what is no longer part of the site is removed",
    "TEMPLATE_PAGES": "works as in Pelican; its pages have Pelican's names in them",
    "JINJA_FILTERS": "works in your own templates",
}
"""Settings that are replaced, and by what."""

_DRAFTS: Final = "drafts are shown by `garden serve` alone"
_TRANSLATIONS: Final = "notes with one `slug` and several `lang` are translations: `garden docs languages`"
_ATTACHMENTS: Final = "attachments are published where notes link to them, and what `static` names"
_OWN_TEMPLATES: Final = "put it into your own partial template: `garden docs theming`"
_OWN_SCRIPTS: Final = (
    "put its script into your own partial template (`garden docs theming`), and allow its address in your own "
    "`_headers` file"
)
WITHOUT_EFFECT: Final[Mapping[str, str]] = {
    "THEME": "the site gets Garden's theme; to keep yours, use the plugin: `garden docs pelican-project`",
    "LINKS": "`footer_links`",
    "SOCIAL": "`footer_links`",
    "MENUITEMS": "`menu_links`",
    "DISPLAY_PAGES_ON_MENU": "the home page, map and trails lead everywhere; for a menu, `menu_links`",
    "DISPLAY_CATEGORIES_ON_MENU": "the home page, map and trails lead everywhere; for a menu, `menu_links`",
    "GOOGLE_ANALYTICS": _OWN_SCRIPTS,
    "PIWIK_URL": _OWN_SCRIPTS,
    "MATOMO_URL": _OWN_SCRIPTS,
    "DISQUS_SITENAME": _OWN_SCRIPTS,
    "COMMENTS_INTRA": _OWN_SCRIPTS,
    "TWITTER_USERNAME": _OWN_TEMPLATES,
    "GITHUB_URL": "`repository` and `edit_url`",
    "DEFAULT_PAGINATION": "lists are not paginated",
    "PAGINATION_PATTERNS": "lists are not paginated",
    "SUMMARY_MAX_LENGTH": "a summary is `summary`, or the first words of a note",
    "SUMMARY_MAX_PARAGRAPHS": "a summary is `summary`, or the first words of a note",
    "DEFAULT_DATE_FORMAT": "dates are written in the language of their page",
    "DATE_FORMATS": "dates are written in the language of their page",
    "LOCALE": "dates are written in the language of their page",
    "SLUG_REGEX_SUBSTITUTIONS": "slugs follow from file names, unless a note has a `slug`",
    "SLUGIFY_USE_UNICODE": "slugs follow from file names, unless a note has a `slug`",
    "USE_FOLDER_AS_CATEGORY": "a category is `category`; folders show on the map",
    "ARTICLE_ORDER_BY": "lists are sorted by date; within a branch, by `child_order`",
    "PAGE_ORDER_BY": "within a branch, `child_order`",
    "NEWEST_FIRST_ARCHIVES": "the archive has the newest first",
    "RELATIVE_URLS": "addresses begin at the root of the site; below a path set SITEURL",
    "JINJA_ENVIRONMENT": "Garden's templates need their own",
    "OUTPUT_SOURCES": "every note is also published as Markdown beside its page",
    "CACHE_CONTENT": "notes are always cached",
    "LOAD_CONTENT_CACHE": "notes are always cached",
    "TYPOGRIFY_IGNORE_TAGS": "code is always left alone",
    "CSS_FILE": "your own style sheets follow the theme's: `garden docs theming`",
    "READERS": "`formats`",
    "DOCUTILS_SETTINGS": "reStructuredText is read with Pelican's defaults",
    "AUTHOR_FEED_ATOM": "authors have no feeds of their own",
    "AUTHOR_FEED_RSS": "authors have no feeds of their own",
    "TAG_FEED_ATOM": "tags have no feeds of their own",
    "TAG_FEED_RSS": "tags have no feeds of their own",
    **dict.fromkeys(
        [f"DRAFT_{name}" for name in ("URL", "SAVE_AS", "LANG_URL", "LANG_SAVE_AS")]
        + [f"DRAFT_PAGE_{name}" for name in ("URL", "SAVE_AS", "LANG_URL", "LANG_SAVE_AS")],
        _DRAFTS,
    ),
    "ARTICLE_TRANSLATION_ID": _TRANSLATIONS,
    "PAGE_TRANSLATION_ID": _TRANSLATIONS,
    **dict.fromkeys(
        [
            f"STATIC_{name}"
            for name in "URL SAVE_AS EXCLUDES EXCLUDE_SOURCES CREATE_LINKS CHECK_IF_MODIFIED".split()
        ],
        _ATTACHMENTS,
    ),
    "ARTICLE_PERMALINK_STRUCTURE": "ARTICLE_URL",
    "PAGINATED_TEMPLATES": "lists are not paginated",
    "DEFAULT_ORPHANS": "lists are not paginated",
    "SUMMARY_END_SUFFIX": "a summary is `summary`, or the first words of a note",
    "FORMATTED_FIELDS": "properties are text; a summary may hold code in backticks",
    "RSS_FEED_SUMMARY_ONLY": "every feed has the whole text",
    "FEED_APPEND_REF": "addresses in feeds are those of the pages",
    "REVERSE_CATEGORY_ORDER": "categories are sorted by name",
    "SLUGIFY_PRESERVE_CASE": "`slug` in a note keeps its case",
    "TYPOGRIFY_DASHES": "`--` and `---` are dashes",
    "TYPOGRIFY_OMIT_FILTERS": "TYPOGRIFY turns everything on or off",
    "INTRASITE_LINK_REGEX": "links begin with {filename}, {static} or {attach}, or are wiki-links",
    "PYGMENTS_RST_OPTIONS": "code has the colours of the theme: `garden docs theming`",
    "TEMPLATE_EXTENSIONS": "Garden's templates end in .html",
    "OUTPUT_RETENTION": "files of others in the output stay",
    "OUTPUT_SOURCES_EXTENSION": "the Markdown of a page ends in .md",
    "CHECK_MODIFIED_METHOD": "notes are always cached",
    "CONTENT_CACHING_LAYER": "notes are always cached",
    "GZIP_CACHE": "notes are always cached",
    "TRANSLATION_FEED_ATOM": "there is one feed for all languages",
    "TRANSLATION_FEED_RSS": "there is one feed for all languages",
}
"""Settings that do nothing here, and what does it instead."""

PLUGIN_WORDS: Final[Mapping[str, str]] = {
    "sitemap": "not needed: a sitemap is always made",
    "neighbors": "not needed: `next` and `prev` in notes make reading paths",
    "series": "`series` has no effect by itself: link the notes by `next`, or put them below one parent by `up`",
    "related_posts": "not needed: relations, siblings and backlinks say more",
    "related-posts": "not needed: relations, siblings and backlinks say more",
    "readtime": "not needed: every note shows its reading time",
    "render_math": "not needed: formulas become MathML",
    "render-math": "not needed: formulas become MathML",
    "seo": "not needed: canonical addresses, cards and schema.org data are always made",
    "yaml_metadata": "not needed: properties are YAML",
    "yaml-metadata": "not needed: properties are YAML",
    "obsidian": "not needed: wiki-links are what notes are made of",
    "search": "not needed: the site has a search",
    "summary": "a summary is `summary`, or the first words of a note",
    "more_categories": "one category for each note; `up` gives a note several places",
    "more-categories": "one category for each note; `up` gives a note several places",
    "pelican-jupyter": "`formats` reads notebooks",
    "seo_leo_enhancer": "`faq` and `howto-steps` in a note are data for search engines: `garden docs keys`",
    "pelican_jupyter": "`formats` reads notebooks",
    "pelican_jupyter.markup": "`formats` reads notebooks",
    "ipynb.markup": "`formats` reads notebooks",
    "ipynb_reader": "`formats` reads notebooks",
    "liquid_tags": "its tags stay text: write Markdown in their place",
    "i18n_subsites": "`lang` and one `slug` make translations: `garden docs languages`",
    "image_process": "large images get smaller variants automatically",
    "tag_cloud": "not needed: the page of tags has all of them",
    "extract_toc": "not needed: every note has a table of contents",
    "toc": "not needed: every note has a table of contents",
    "simple_footnotes": "footnotes are written `[^1]`",
}
"""Well-known plugins, by the last part of their names, and what replaces them."""

OF_THEMES: Final[Mapping[str, str]] = {
    "CUSTOM_CSS": WITHOUT_EFFECT["CSS_FILE"],
    "PYGMENTS_STYLE": "code has the colours of the theme: `garden docs theming`",
    "SITETITLE": "SITENAME",
    "SITELOGO": _OWN_TEMPLATES,
    "FAVICON": "a `favicon.svg`, `favicon.png` or `favicon.ico` in the folder of notes",
    "COPYRIGHT_NAME": "`licence`, or " + _OWN_TEMPLATES,
    "COPYRIGHT_YEAR": "`licence`, or " + _OWN_TEMPLATES,
    "CC_LICENSE": "`licence`",
    "TWITTER_CREATOR": WITHOUT_EFFECT["TWITTER_USERNAME"],
    "GOOGLE_TAG_MANAGER": _OWN_SCRIPTS,
    "GA_ACCOUNT": _OWN_SCRIPTS,
    "MARKUP": "`formats`",
    "SITEMAP": PLUGIN_WORDS["sitemap"],
    "RELATED_POSTS_MAX": PLUGIN_WORDS["related_posts"],
}
"""Settings of well-known themes and plugins, and what replaces them."""

_ANSWERED_BY_REDIRECTS: Final = tuple(
    f"{page}_{name}"
    for page in ("PAGE", "TAG", "CATEGORY", "AUTHOR", "ARCHIVES")
    for name in ("URL", "SAVE_AS")
)
_CHANGED_BY_PELICAN: Final = frozenset(
    ("THEME", "LOCALE", "PAGINATION_PATTERNS", "JINJA_ENVIRONMENT", "READERS")
)


def unused_settings(
    settings: Mapping[str, object], *defaults: Mapping[str, object]
) -> Iterator[tuple[str, str]]:
    """Yield the settings of a site with our theme that have no effect, sorted by name, each with what to do instead.

    A setting with the value of one of the `defaults`, Pelican's or ours, is not set by the site. One that is turned off is not
    reported.
    """
    words = {
        **dict.fromkeys(_ANSWERED_BY_REDIRECTS, "Garden makes the addresses: `garden docs addresses`"),
        **WITHOUT_EFFECT,
    }
    words |= {"MARKDOWN": "`constructs`; extensions of Python-Markdown are not loaded"}
    words |= {name: MAPPED[name] for name in MAPPED if "FEED_A" in name or "FEED_R" in name}
    for name in sorted(words.keys() & settings.keys() - _CHANGED_BY_PELICAN):
        value = settings[name]
        if value and all(value != known.get(name) for known in defaults):
            yield name, words[name]


CONSTRUCTS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    "extra": ("definition-lists", "abbreviations", "attribute-lists"),
    "def_list": ("definition-lists",),
    "abbr": ("abbreviations",),
    "attr_list": ("attribute-lists",),
    "toc": ("toc",),
    "admonition": ("admonitions",),
}
"""Extensions of Python-Markdown, and the constructs that replace them."""

BUILT_IN: Final = frozenset(
    (
        "codehilite",
        "fenced_code",
        "footnotes",
        "tables",
        "meta",
        "sane_lists",
        "nl2br",
        "smarty",
        "wikilinks",
        "highlight",
        "markdown_mermaidjs",
        "superfences",
        "tilde",
        "mark",
    )
)
"""Extensions of Python-Markdown that are not needed: their syntax is always read, or has a setting of its own."""
