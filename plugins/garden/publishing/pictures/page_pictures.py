"""The picture that other sites show beside a link to a page: the author's own, a social card, or the first in its text."""

from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec.structs import replace

from garden.linking.relation import Node
from garden.model import routes
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import SaveAs, VaultPath
from garden.model.pages.list_pages import Page
from garden.model.pages.page import NotePage, Picture
from garden.publishing.folder.output import Output
from garden.publishing.pictures.social_cards import CARD_SIZE, SocialCard, SocialCards
from garden.reading.isolation import LibraryError, LibraryMissingError
from garden.rendering.body.hrefs import canonical
from garden.rendering.catalog import Catalog
from garden.rendering.pages.note import with_picture
from garden.rendering.pictures import first_picture


class PagePictures:
    """Gives pages their pictures, if the site's own address is known: pictures need absolute addresses."""

    def __init__(self, catalog: Catalog, output: Output, cache: Path) -> None:
        """Write cards to `output`, and keep them in the folder `cache`."""
        self._catalog = catalog
        self._cards = SocialCards(output, cache) if catalog.settings.site_url else None

    def with_site_card(
        self, pages: Iterable[Page], taken: Collection[SaveAs], *, is_drawn: bool
    ) -> Iterator[Page]:
        """Yield pages that list notes, with the card of the home page as their picture.

        No card is written if its file is among `taken`, the author's own files. `is_drawn` says that the card is already
        written, because the home page is a note.
        """
        settings, save_as = self._catalog.settings, routes.beside(routes.HOME, routes.CARD)
        card = SocialCard(settings.site_name, "", settings.site_name, settings.language)
        picture = None
        if self._cards and save_as not in taken:
            with suppress(LibraryError):  # `with_picture` reports it
                if is_drawn or self._cards.write(save_as, card):
                    picture = Picture(canonical(settings, save_as), *CARD_SIZE, settings.site_name)
        for page in pages:
            yield replace(page, head=replace(page.head, picture=page.head.picture or picture))

    def with_picture(self, page: NotePage, node: Node) -> tuple[NotePage, tuple[Diagnostic, ...]]:
        """Return a page with its picture, and problems: its own picture, its card, or the first picture in its text."""
        if self._cards is None or page.head.picture:
            return page, ()
        catalog = self._catalog
        settings = catalog.settings
        problems = []
        trail = " › ".join(catalog.short_trail(node))
        card = SocialCard(page.title, trail, settings.site_name, page.head.lang)
        save_as = routes.beside(page.url, routes.CARD)
        try:
            if self._cards.write(save_as, card):
                width, height = CARD_SIZE
                picture = Picture(canonical(settings, save_as), width, height, page.title)
                return with_picture(settings, page, picture), ()
        except LibraryMissingError as error:
            # The same diagnostic for every page, so it is reported once.
            message = f"what draws the cards is not installed: run `pip install garden-pelican` ({error})"
            problems.append(Diagnostic(Place(routes.CARD, 1, 1), "picture-not-made", message))
        except LibraryError as error:
            message = f"the card of this page cannot be drawn: {error}"
            problems.append(Diagnostic(Place(node.key, 1, 1), "picture-not-made", message))
        else:
            if node.kind == "note":
                message = (
                    "title, trail or site name cannot be drawn on a card with the installed fonts; `pip "
                    "install 'garden-pelican[cards]'` installs those for Chinese, Japanese, Korean, Arabic, "
                    "Hebrew, Hindi and Thai"
                )
                problems.append(Diagnostic(Place(node.key, 1, 1), "card-missing", message))
        if node.kind == "note":
            page = with_picture(settings, page, first_picture(catalog, VaultPath(node.key)))
        return page, tuple(problems)
