"""The data about the site that every template gets."""

from garden.model import names, routes
from garden.model.names import Url
from garden.model.pages.entries import Link
from garden.model.pages.page import SiteView
from garden.model.settings import Settings
from garden.rendering.body.hrefs import feed_links


def site_view(settings: Settings, *, version: str = "", icon: Url = routes.HOME) -> SiteView:
    """Return the data about the site for templates.

    `version` is a hash of the theme's files, which is appended to their addresses, so that a browser never combines a
    cached style sheet with a newer page. `icon` is the address of an icon that replaces the theme's.
    """

    def href(url: str) -> str:
        return names.href(settings.base, url)

    def links(written: tuple[tuple[str, str], ...]) -> tuple[Link, ...]:
        return tuple(Link(title, names.of_site(settings.base, address)) for title, address in written)

    query = f"?v={version}" if version else ""
    return SiteView(
        name=settings.site_name,
        language=settings.language,
        base=settings.base,
        home=href(routes.HOME),
        map=href(routes.MAP),
        tags=href(routes.TAGS),
        archive=href(routes.ARCHIVE),
        graph=href(routes.GRAPH),
        graph_data=href(routes.GRAPH_DATA),
        search=href(routes.SEARCH) if settings.search else "",
        search_index=href(routes.SEARCH_INDEX) if settings.search else "",
        feeds=feed_links(settings, routes.FEEDS),
        static=href(routes.STATIC_FOLDER),
        stylesheet=href(routes.STYLESHEET) + query,
        script=href(routes.SCRIPT) + query,
        icon=href(icon) if icon else "",
        repository=names.of_site(settings.base, settings.repository),
        licence=settings.licence,
        author=settings.author,
        description=settings.description,
        menu_links=links(settings.menu_links),
        footer_links=links(settings.footer_links),
    )
