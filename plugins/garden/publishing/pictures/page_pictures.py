"""The picture that represents a page where it is linked to: the author's own, a card, or the first of its text."""

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
    """Gives pages their pictures, which are useless on a site without an address."""

    def __init__(self, catalog: Catalog, output: Output, cache: Path) -> None:
        """Write cards into `output`; those that were drawn before are kept in the folder `cache`."""
        self._catalog = catalog
        self._cards = SocialCards(output, cache) if catalog.settings.site_url else None

    def with_site_card(
        self, pages: Iterable[Page], taken: Collection[SaveAs], *, is_drawn: bool
    ) -> Iterator[Page]:
        """Yield pages that list notes with the card of the home page.

        `taken` are files of the author's, whose place no card takes; it `is_drawn` where the home page has a note.
        """
        settings, save_as = self._catalog.settings, routes.beside(routes.HOME, routes.CARD)
        card = SocialCard(settings.site_name, "", settings.site_name, settings.language)
        picture = None
        if self._cards and save_as not in taken:
            with suppress(LibraryError):  # told for the pages of notes
                if is_drawn or self._cards.write(save_as, card):
                    picture = Picture(canonical(settings, save_as), *CARD_SIZE, settings.site_name)
        for page in pages:
            yield replace(page, head=replace(page.head, picture=page.head.picture or picture))

    def with_picture(self, page: NotePage, node: Node) -> tuple[NotePage, tuple[Diagnostic, ...]]:
        """Return a page with the picture that represents it: its own, its card, or the first of its text; and problems."""
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
            # The same for every page: told once.
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
