"""`<branch>/all/`: a branch read as one page, its notes below each other in the order of their tree."""

from typing import Final

from garden.linking.relation import Node
from garden.model import routes
from garden.model.languages import direction
from garden.model.names import Url, VaultPath
from garden.model.note import DEEPEST_HEADING
from garden.model.pages.page import BranchPage, BranchSection
from garden.rendering.body.fill import Bodies, fill
from garden.rendering.branch_reading import MOST_PAGES, branch_reading
from garden.rendering.catalog import Catalog
from garden.rendering.files.branch.branch_pieces import KnownPieces, nothing_known
from garden.rendering.pages.head import page_head

_MOST_CHARACTERS: Final = 1_000_000
"""Characters of HTML after which no further note is added."""


def branch_page(
    catalog: Catalog, bodies: Bodies, node: Node, known: KnownPieces = nothing_known
) -> BranchPage:
    """Return the branch below a page as one page."""
    reading = branch_reading(catalog, node)
    file = routes.beside(catalog.url(node), routes.BRANCH)
    url = Url(file.removesuffix("index.html"))
    link = catalog.link(node)
    sections: list[BranchSection] = []
    size = 0
    left_out = 0
    intro = ""
    pages = catalog.branches.pages(node)
    for number, (place, depth) in enumerate(pages):
        if number > MOST_PAGES or size > _MOST_CHARACTERS:
            left_out = len(pages) - number
            break
        text = known(number)
        if text is None:
            text = _text(catalog, bodies, place, f"n{number}:", depth)
        size += len(text)
        if depth:
            sections.append(_section(catalog, place, f"n{number}", depth, text))
        else:
            intro = text
    return BranchPage(
        url=url,
        save_as=file,
        title=link.title,
        # Search engines know the notes themselves.
        head=page_head(catalog.settings, link.title, url, indexable=False),
        href=link.href,
        trail=tuple(catalog.link(above) for above in catalog.branches.trail(node)),
        intro_html=intro,
        sections=tuple(sections),
        left_out=left_out,
        text=reading.text if reading else "",
        feeds=reading.feeds if reading else None,
        book=reading.book if reading else "",
    )


def _section(catalog: Catalog, node: Node, anchor: str, depth: int, text: str) -> BranchSection:
    language = catalog.language(node)
    link = catalog.link(node)
    level = min(depth + 1, DEEPEST_HEADING)
    return BranchSection(anchor, level, link.title, link.href, language, direction(language), text)


def _text(catalog: Catalog, bodies: Bodies, node: Node, prefix: str, depth: int) -> str:
    """Return the body of a note with its headings below that of its section."""
    if node.kind == "hub":
        return ""
    return fill(
        catalog.snapshot,
        bodies,
        VaultPath(node.key),
        catalog.settings,
        prefix=prefix,
        depth=depth,
        pictures=catalog.pictures,
        translations=catalog.translations,
    ).html
