"""Who cites a page, in which sentence, and where that stands (WL-15)."""

from typing import Final

from garden.linking.answers import Backlink, Node
from garden.model.note import Ref, RefKind
from garden.model.page import BacklinkView, Citation
from garden.rendering.library import Library

_CITATIONS: Final = 3
"""Sentences of one page that are shown."""

_CONTEXT: Final = 160
"""Characters of a sentence on either side of the citing words: it may be a megabyte long."""


def page_backlinks(library: Library, node: Node) -> tuple[BacklinkView, ...]:
    """Return the pages that link to `node`, by fold of title, then path (WL-15)."""
    return tuple(_view(library, backlink) for backlink in library.snapshot.backlinks.get(node, ()))


def _view(library: Library, backlink: Backlink) -> BacklinkView:
    link = library.link(Node("note", backlink.source))
    refs = library.document(backlink.source).refs
    relation = next((refs[index].relation for index in backlink.refs if refs[index].relation), "")
    citations = [
        _citation(refs[index], f"{link.href}#ref:{index}")
        for index in backlink.refs
        if _is_sentence(refs[index])
    ]
    return BacklinkView(
        link.title, link.href, library.labels.get(relation, relation), tuple(citations[:_CITATIONS])
    )


def _is_sentence(ref: Ref) -> bool:
    return ref.kind is not RefKind.PROPERTY and not ref.relation and bool(ref.sentence)


def _citation(ref: Ref, href: str) -> Citation:
    start, end = ref.cited
    before, cited, after = ref.sentence[:start], ref.sentence[start:end], ref.sentence[end:]
    if len(before) > _CONTEXT:
        before = "…" + before[-_CONTEXT:].partition(" ")[2]
    if len(after) > _CONTEXT:
        after = after[:_CONTEXT].rpartition(" ")[0] + "…"
    return Citation(before, cited, after, href)
