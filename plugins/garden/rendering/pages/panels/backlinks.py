"""Who cites a page, in which sentence, and where that is (WL-15)."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from garden.linking.relation import Backlink, Node
from garden.linking.resolving.resolution import Found, Resolution
from garden.model.note import Document, Heading, Ref, RefKind
from garden.model.pages.panels import Backlinks, BacklinkView, Citation
from garden.rendering.catalog import Catalog

_CITATIONS: Final = 3
"""The maximum number of sentences of one page that are shown."""

_LOOKED_AT: Final = 20
"""The maximum number of citing sentences of a page among which these are chosen."""

_CONTEXT: Final = 160
"""The maximum number of characters before and after the citing words: a sentence may be a megabyte long."""


def page_backlinks(catalog: Catalog, node: Node) -> Backlinks:
    """Return the pages that link to `node`, by title, then path (WL-15).

    A child, or a page that only states its relation, is in the lists of relations and is not a mention.
    """
    title, language = catalog.title(node), catalog.language(node)
    backlinks = catalog.snapshot.backlinks.get(node, ())
    entries = tuple(_view(catalog, backlink, title, language) for backlink in backlinks)
    below = frozenset(catalog.snapshot.children.get(node, ()))
    related = frozenset(_related(catalog, node))
    mentions = tuple(
        entry
        for backlink, entry in zip(backlinks, entries, strict=True)
        if (source := Node("note", backlink.source)) not in below
        and (entry.citations or source not in related)
    )
    return Backlinks(entries, not any(entry.citations for entry in entries), mentions)


def _related(catalog: Catalog, node: Node) -> Iterator[Node]:
    for edges in catalog.snapshot.relations.get(node, {}).values():
        yield from (edge.node for edge in edges if edge.node is not None)


def _view(catalog: Catalog, backlink: Backlink, title: str, language: str) -> BacklinkView:
    """Return a page that links here, with the sentences in which it does; title and language are those of the cited page."""
    link = catalog.link(Node("note", backlink.source))
    document = catalog.document(backlink.source)
    refs = document.refs
    relation = next((refs[index].relation for index in backlink.refs if refs[index].relation), "")
    resolutions = catalog.snapshot.resolutions[backlink.source]
    # The same words about the same part, such as “Open Settings.” in each step, are shown once: where they come first.
    distinct: dict[tuple[str, str, str, str], Citation] = {}
    for found in islice(_citations(document, resolutions, link.href, title, backlink.refs), _LOOKED_AT):
        distinct.setdefault((found.before, found.cited, found.after, found.to), found)
    citations = tuple(islice(distinct.values(), _CITATIONS))
    label = catalog.label(relation, language) if relation else ""
    return BacklinkView(link.title, link.href, label, citations, link.lang, link.draft)


def _citations(
    document: Document,
    resolutions: Sequence[Resolution],
    href: str,
    title: str,
    indexes: tuple[int, ...],
) -> Iterator[Citation]:
    """Yield the sentences with the references that have these indexes."""
    # A title that is not shown again takes its links with it (TI-2).
    hidden = next((heading.place.line for heading in document.headings[:1] if not heading.shown), 0)
    refs = document.refs
    for index in indexes:
        ref = refs[index]
        if _is_sentence(ref):
            place = href if ref.place.line == hidden else f"{href}#ref:{index}"
            label = _field_label(document, ref)
            if label and ref.relation:
                continue  # the relation is shown already, and there is nothing else
            if label:
                # A line such as `continues:: [[3-pieces-of-advice]]` is not a sentence, so the title takes the place of the name.
                yield Citation(
                    f"{label}: ", title if ref.display in ("", ref.raw) else ref.display, "", place
                )
            else:
                yield _citation(ref, place, _cited_part(resolutions[index]))


def _cited_part(resolution: Resolution) -> str:
    """Return the id of what a reference cites of a page, empty for all of it, or for a title that has no element."""
    if not isinstance(resolution, Found) or not resolution.anchor:
        return ""
    part = resolution.part
    return "" if isinstance(part, Heading) and not part.shown else resolution.anchor


def _field_label(document: Document, ref: Ref) -> str:
    """Return the label of the field whose whole line the reference's sentence is, empty for none."""
    fields = document.fields
    at = bisect_right(fields, ref.place, key=lambda field: field.place) - 1
    if at < 0 or fields[at].place.line != ref.place.line:
        return ""
    field = fields[at]
    return field.label if ref.sentence == f"{field.label} {field.value}" else ""


def _is_sentence(ref: Ref) -> bool:
    return ref.kind is not RefKind.PROPERTY and bool(ref.sentence)


def _citation(ref: Ref, href: str, part: str) -> Citation:
    """Return the sentence of a reference, cut between words if it is long."""
    start, end = ref.cited
    before, cited, after = ref.sentence[:start], ref.sentence[start:end], ref.sentence[end:]
    if len(before) > _CONTEXT:
        before = "…" + before[-_CONTEXT:].partition(" ")[2]
    if len(after) > _CONTEXT:
        after = after[:_CONTEXT].rpartition(" ")[0] + "…"
    return Citation(before, cited, after, href, part)
