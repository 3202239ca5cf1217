"""Pages of folders: they list the contents of each folder with notes that have no parent.

A folder is not a parent (HC-1, HI-5): its page only lists its notes, like the page of a tag. A folder for which a
note stands has no page of its own; that note lists its contents.
"""

from collections.abc import Iterator

from msgspec.structs import replace

from garden.linking.relation import Node
from garden.model import names
from garden.model.names import VaultPath
from garden.model.pages.entries import Link
from garden.model.pages.list_pages import CountedLink, ListPage
from garden.rendering.branch_reading import branch_reading
from garden.rendering.catalog import Catalog
from garden.rendering.pages.head import page_head


def folder_pages(catalog: Catalog) -> Iterator[ListPage]:
    """Yield a page for each folder that is a place, with all its notes in the order of listings."""
    urls = catalog.places.folder_urls
    notes: dict[str, list[VaultPath]] = {node.key: [] for node in urls}
    for path in catalog.listed:
        if (inside := names.folder(path)) in notes:
            notes[inside].append(path)
    shape = catalog.places.shape
    for node, url in urls.items():
        title = catalog.title(node)
        nested = [_counted(catalog, child) for child in shape.children[node] if shape.counts[child]]
        shown = {VaultPath(child.key) for child in shape.children[node] if shape.counts[child]}
        # Their trail would be the same as that of this page.
        cards = tuple(replace(catalog.card(path), trail=()) for path in notes[node.key] if path not in shown)
        yield ListPage(
            kind="folder",
            url=url,
            save_as=names.save_as(url),
            title=title,
            head=page_head(catalog.settings, title, url, indexable=len(notes[node.key]) > 1),
            count=len(cards) + sum(inner.count for inner in nested),
            cards=cards,
            nested=tuple(nested),
            trail=folder_trail(catalog, node),
            branch_reading=branch_reading(catalog, node),
        )


def folder_trail(catalog: Catalog, node: Node) -> tuple[Link, ...]:
    """Return the folders that contain a folder, the outermost first."""
    return tuple(map(catalog.link, catalog.places.shape.trail(node)))


def _counted(catalog: Catalog, node: Node) -> CountedLink:
    link = catalog.link(node)
    return CountedLink(link.title, link.href, catalog.places.shape.counts[node])
