"""What a page says about the branch below it: how much there is to read, where to start, what is new."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from heapq import nsmallest
from math import ceil
from typing import Final

from garden.linking.relation import Backlink, Node
from garden.model.names import VaultPath
from garden.model.pages.panels import BranchFacts
from garden.rendering.branch_reading import branch_notes, is_branch
from garden.rendering.catalog import Catalog
from garden.rendering.dates import date_view
from garden.rendering.pages.panels.branch_drawing import branch_drawing

WORDS_PER_MINUTE: Final = 220
"""How fast people read, for times of reading."""

_RECENT: Final = 3
"""The number of notes that are shown as new."""

_CITED: Final = 2
"""The minimum number of notes of the branch that must link to a note to make it the one to begin with."""


def branch_facts(catalog: Catalog, node: Node) -> BranchFacts | None:
    """Return the facts of a branch, None for a page that is not a branch."""
    if not is_branch(catalog, node):
        return None
    # The branch may have all notes of the vault.
    documents = {path: catalog.document(path) for path in branch_notes(catalog, node) if path != node.key}
    words = sum([document.words for document in documents.values()])
    dated = [path for path, document in documents.items() if document.meta.date]
    # The order of listings is the newest first, then by title.
    position = catalog.positions.__getitem__
    newest = nsmallest(_RECENT, dated, key=position)
    cited, most = _most_cited(catalog.snapshot.backlinks, documents.keys())
    start = min(cited, key=position) if most >= _CITED else None
    return BranchFacts(
        count=len(documents),
        minutes=ceil(words / WORDS_PER_MINUTE),
        newest=date_view(documents[newest[0]].meta.date, catalog.language(node)) if newest else None,
        start=catalog.link(Node("note", start)) if start else None,
        cited=most if start else 0,
        recent=catalog.cards(newest) if len(dated) > _RECENT else (),
        svg_html=branch_drawing(catalog, node),
    )


def _most_cited(
    backlinks: Mapping[Node, Sequence[Backlink]], here: AbstractSet[VaultPath]
) -> tuple[list[VaultPath], int]:
    """Return the notes to which most others of a branch link, and how many those are."""
    found: list[VaultPath] = []
    most = 0
    for path in here:
        count = 0
        for backlink in backlinks.get(Node("note", path), ()):
            if backlink.source in here:
                count += 1
        if count > most:
            found, most = [], count
        if count == most:
            found.append(path)
    return found, most
