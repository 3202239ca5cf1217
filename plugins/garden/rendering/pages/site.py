"""What every template knows of the site."""

from garden.model import names, routes
from garden.model.pages import SiteView
from garden.model.settings import Settings
from garden.rendering.body.hrefs import absolute


def site_view(settings: Settings, *, version: str = "") -> SiteView:
    """Return the site as templates see it.

    `version` is a hash of the theme's files: it is appended to their addresses so that a browser
    never mixes an old style with a new page.
    """

    def href(url: str) -> str:
        return names.href(settings.base, url)

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
        feed=href(routes.FEED),
        absolute_feed=absolute(settings, routes.FEED),
        static=href(routes.STATIC_FOLDER),
        stylesheet=href(routes.STYLESHEET) + query,
        script=href(routes.SCRIPT) + query,
        repository=settings.repository,
        licence=settings.licence,
        author=settings.author,
        description=settings.description,
    )
