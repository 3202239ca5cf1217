"""Backlinks: which notes cite a page, and by which references (WL-15)."""

from collections.abc import Iterable, Mapping

from garden.linking.relation import Backlink, Node
from garden.linking.resolving.resolution import Found, Resolution
from garden.model.names import VaultPath, fold
from garden.model.note import Document


def collect_backlinks(
    documents: Iterable[Document], resolutions: Mapping[VaultPath, tuple[Resolution, ...]]
) -> dict[Node, tuple[Backlink, ...]]:
    """Return the listed notes that cite each page, by fold of title, then path.

    Links, embeds, properties and hierarchy lines count alike; a note does not cite itself.
    """
    found: dict[Node, list[Backlink]] = {}
    listed = (document for document in documents if document.listed)
    for document in sorted(listed, key=lambda document: (fold(document.title), document.path)):
        cited: dict[Node, list[int]] = {}
        for at, resolution in enumerate(resolutions[document.path]):
            if isinstance(resolution, Found) and resolution.node != ("note", document.path):
                cited.setdefault(resolution.node, []).append(at)
        for node, refs in cited.items():
            found.setdefault(node, []).append(Backlink(document.path, tuple(refs)))
    return {node: tuple(found[node]) for node in sorted(found)}
