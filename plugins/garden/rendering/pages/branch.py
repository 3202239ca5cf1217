"""`<branch>/all/`: a branch read as one page, its notes below each other in the order of their tree."""

from typing import Final, NamedTuple

from garden.linking.relation import Node
from garden.model import routes
from garden.model.languages import direction
from garden.model.names import Url, VaultPath
from garden.model.note import DEEPEST_HEADING
from garden.model.pages.page import BranchPage, BranchSection
from garden.rendering.body.fill import Bodies, fill
from garden.rendering.branch_reading import MOST_PAGES, branch_reading
from garden.rendering.catalog import Catalog
from garden.rendering.files.branch.branch_pieces import BranchPiece, KnownPieces, nothing_known
from garden.rendering.pages.head import page_head

_MOST_CHARACTERS: Final = 1_000_000
"""When a branch has more characters of HTML, no further note is added."""


class BranchRead(NamedTuple):
    """A branch as one page; `pieces` are the texts of its notes, in order."""

    page: BranchPage
    pieces: list[BranchPiece]


def branch_page(
    catalog: Catalog, bodies: Bodies, node: Node, known: KnownPieces = nothing_known
) -> BranchRead:
    """Return the branch below a page as one page; texts that are `known` are not filled again."""
    reading = branch_reading(catalog, node)
    file = routes.beside(catalog.url(node), routes.BRANCH)
    url = Url(file.removesuffix("index.html"))
    link = catalog.link(node)
    sections: list[BranchSection] = []
    pieces: list[BranchPiece] = []
    size = 0
    left_out = 0
    intro = ""
    shape = catalog.shape(node)
    pages = shape.pages(node)
    for number, (place, depth) in enumerate(pages):
        if number > MOST_PAGES or size > _MOST_CHARACTERS:
            left_out = len(pages) - number
            break
        piece = known(number)
        if piece is None:
            piece = _piece(catalog, bodies, place, f"n{number}:", depth)
        pieces.append(piece)
        size += len(piece.text)
        if depth:
            sections.append(_section(catalog, place, f"n{number}", depth, piece.text))
        else:
            intro = piece.text
    page = BranchPage(
        url=url,
        save_as=file,
        title=link.title,
        # Search engines know the notes themselves.
        head=page_head(catalog.settings, link.title, url, indexable=False),
        href=link.href,
        trail=tuple(catalog.link(above) for above in shape.trail(node)),
        intro_html=intro,
        sections=tuple(sections),
        left_out=left_out,
        text=reading.text if reading else "",
        feeds=reading.feeds if reading else None,
        book=reading.book if reading else "",
        has_views=any(piece.has_views for piece in pieces),
    )
    return BranchRead(page, pieces)


def _section(catalog: Catalog, node: Node, anchor: str, depth: int, text: str) -> BranchSection:
    language = catalog.language(node)
    link = catalog.link(node)
    level = min(depth + 1, DEEPEST_HEADING)
    return BranchSection(anchor, level, link.title, link.href, language, direction(language), text)


def _piece(catalog: Catalog, bodies: Bodies, node: Node, prefix: str, depth: int) -> BranchPiece:
    """Return the body of a note with its headings below that of its section."""
    if node.kind != "note":
        return BranchPiece("")
    filled = fill(
        catalog.snapshot,
        bodies,
        VaultPath(node.key),
        catalog.settings,
        prefix=prefix,
        depth=depth,
        pictures=catalog.pictures,
        translations=catalog.translations,
    )
    return BranchPiece(filled.html, filled.has_views)
