"""What every template knows of the site."""

from typing import Final

from garden.model import names
from garden.model.pages import SiteView
from garden.model.settings import Settings
from garden.rendering.body.hrefs import absolute
from garden.rendering.pages.archive import ARCHIVE_URL
from garden.rendering.pages.map import MAP_URL
from garden.rendering.pages.plain import GRAPH_URL, SEARCH_URL
from garden.rendering.pages.tags import TAGS_URL

FEED_URL: Final = "feeds/all.atom.xml"
"""Address of the feed of the whole site."""

STATIC_FOLDER: Final = "theme"
"""Folder of the theme's files in the output, Pelican's own."""

STYLESHEET: Final = f"{STATIC_FOLDER}/css/main.css"
SCRIPT: Final = f"{STATIC_FOLDER}/js/main.js"


def site_view(settings: Settings, *, version: str = "") -> SiteView:
    """Return the site as templates see it.

    `version` is a hash of the theme's files: it is put behind their addresses so that a browser
    never mixes an old style with a new page.
    """

    def href(url: str) -> str:
        return names.href(settings.base, url)

    query = f"?v={version}" if version else ""
    return SiteView(
        name=settings.site_name,
        language=settings.language,
        base=settings.base,
        home=href(""),
        map=href(MAP_URL),
        tags=href(TAGS_URL),
        archive=href(ARCHIVE_URL),
        graph=href(GRAPH_URL),
        search=href(SEARCH_URL) if settings.search else "",
        feed=href(FEED_URL),
        absolute_feed=absolute(settings, FEED_URL),
        static=href(STATIC_FOLDER),
        stylesheet=href(STYLESHEET) + query,
        script=href(SCRIPT) + query,
        repository=settings.repository,
        licence=settings.licence,
        author=settings.author,
        description=settings.description,
    )
