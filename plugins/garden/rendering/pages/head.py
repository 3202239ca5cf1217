"""The metadata of pages that are not notes: their title, in the language of the site."""

from garden.model import routes
from garden.model.languages import direction
from garden.model.names import Url
from garden.model.pages.page import PageHead
from garden.model.settings import Settings
from garden.rendering.body.hrefs import canonical


def page_head(settings: Settings, title: str, url: Url, *, indexable: bool = True) -> PageHead:
    """Return the head of the page at `url`, which is in the site's language.

    The 404 page has no address of its own: servers show it at every address that has no page.
    """
    language = settings.language
    address = "" if url == routes.NOT_FOUND else canonical(settings, url)
    return PageHead(title, language, direction(language), indexable=indexable, canonical=address)
