"""What a page says about the branch below it: how much there is to read, where to start, what is new."""

from math import ceil
from typing import Final

from garden.linking.relation import Node
from garden.model.pages.panels import BranchFacts
from garden.rendering.branch_reading import branch_notes, is_branch
from garden.rendering.catalog import Catalog
from garden.rendering.dates import date_view
from garden.rendering.pages.panels.branch_drawing import branch_drawing

WORDS_PER_MINUTE: Final = 220

_RECENT: Final = 3
"""Notes that are shown as new."""

_CITED: Final = 2
"""Notes of the branch that must link to one before it is where to begin."""


def branch_facts(catalog: Catalog, node: Node) -> BranchFacts | None:
    """Return the facts of a branch, None for a page that is not a branch."""
    if not is_branch(catalog, node):
        return None
    documents = {path: catalog.document(path) for path in branch_notes(catalog, node) if path != node.key}
    notes = list(documents)
    words = sum(document.words for document in documents.values())
    dated = [path for path, document in documents.items() if document.meta.date]
    # The order of listings is the newest first, then by title.
    dated.sort(key=catalog.positions.__getitem__)
    here = set(notes)
    cited = {
        path: sum(
            backlink.source in here for backlink in catalog.snapshot.backlinks.get(Node("note", path), ())
        )
        for path in notes
    }
    start = max(notes, key=lambda path: (cited[path], -catalog.positions[path]), default=None)
    begins = start is not None and cited[start] >= _CITED
    return BranchFacts(
        count=len(notes),
        minutes=ceil(words / WORDS_PER_MINUTE),
        newest=date_view(documents[dated[0]].meta.date, catalog.language(node)) if dated else None,
        start=catalog.link(Node("note", start)) if begins and start else None,
        cited=cited[start] if begins and start else 0,
        recent=catalog.cards(dated[:_RECENT]) if len(dated) > _RECENT else (),
        svg_html=branch_drawing(catalog, node),
    )
