"""What the pages that are not notes say of themselves: their title, in the language of the site."""

from garden.model.languages import direction
from garden.model.pages import PageHead
from garden.model.settings import Settings


def page_head(settings: Settings, title: str, *, indexable: bool = True) -> PageHead:
    """Return the head of a page that is in the site's language."""
    language = settings.language
    return PageHead(title, language, direction(language), indexable=indexable)
