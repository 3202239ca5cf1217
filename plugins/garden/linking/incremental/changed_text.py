"""Decides whether a note with a new text can be used without linking the vault again, as after most changes of a text.

Names, addresses and the hierarchy must be the same. Then the snapshot stays valid, except for four things that follow from
the note and its links alone: the places of its problems, the extent of its headings and blocks that references name, the
resolutions of its new links (`changed_links`), and the backlinks of the pages that it links to.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from msgspec.structs import replace

from garden.linking.backlinks import changed_backlinks, cited_by
from garden.linking.incremental.changed_links import (
    is_same_reference,
    resolve_changed_note,
    side_by_side,
    update_resolutions,
)
from garden.linking.incremental.changed_mapping import with_entries, with_entry
from garden.linking.resolving.resolution import Found, Resolution
from garden.linking.snapshot import Snapshot
from garden.model.body import Body
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath
from garden.model.note import Document

CitedParts = Mapping[VaultPath, tuple[VaultPath, ...]]
"""By note: the notes that have references to one of its headings or blocks."""

TEXT_FIELDS: Final = frozenset(
    "sha size opening has_text words body problems text_hash meta refs tags fields headings blocks items".split()
)
"""The fields of a Document whose changes `with_changed_text` can follow; all others must be equal."""

_SHOWN_ONLY: Final = frozenset(("summary", "description"))
"""Properties that pages show, but linking does not depend on."""


def with_changed_text(
    snapshot: Snapshot, document: Document, cited_parts: CitedParts | None = None, *, only_text: bool = True
) -> Snapshot | None:
    """Return the snapshot that linking all notes again would give, `document` being the only note that has changed.

    None if anything has changed in it that linking depends on. With `only_text` that includes every link and heading, since
    some sources of relations depend on them. `cited_parts` saves computing them.
    """
    before = snapshot.documents[document.path]
    if _linked_facts(before, only_text=only_text) != _linked_facts(document, only_text=only_text):
        return None
    diagnostics = _moved(snapshot.diagnostics, before, document)
    if diagnostics is None:
        return None
    documents = with_entry(snapshot.documents, document.path, document)
    locate = snapshot.locate.among(documents)
    own = resolve_changed_note(snapshot, document, locate)
    if own is None:
        return None
    resolutions = with_entry(snapshot.resolutions, document.path, own)
    parts = find_cited_parts(snapshot) if cited_parts is None else cited_parts
    for source in parts.get(document.path, ()):
        if source == document.path:
            continue
        found = update_resolutions(document, before, snapshot.documents[source], resolutions[source], locate)
        if found is None:
            return None
        resolutions = with_entry(resolutions, source, found)
    backlinks = changed_backlinks(
        cited_by(before, snapshot.resolutions[document.path]),
        cited_by(document, own),
        document.path,
        snapshot.backlinks,
        documents,
    )
    return replace(
        snapshot,
        documents=documents,
        resolutions=resolutions,
        diagnostics=diagnostics,
        backlinks=with_entries(snapshot.backlinks, backlinks) if backlinks else snapshot.backlinks,
        locate=locate,
    )


def find_cited_parts(snapshot: Snapshot) -> CitedParts:
    """Return the notes whose headings or blocks references name."""
    found: dict[VaultPath, dict[VaultPath, None]] = {}
    for source, resolutions in snapshot.resolutions.items():
        for path in _with_parts(resolutions):
            found.setdefault(path, {})[source] = None
    return {path: tuple(sources) for path, sources in found.items()}


def with_cited_parts(parts: CitedParts, source: VaultPath, resolutions: Sequence[Resolution]) -> CitedParts:
    """Return the cited parts with those of the new references of the note `source`; entries too many do no harm."""
    new = {path for path in _with_parts(resolutions) if source not in parts.get(path, ())}
    return {**parts, **{path: (*parts.get(path, ()), source) for path in new}} if new else parts


def _with_parts(resolutions: Sequence[Resolution]) -> Iterator[VaultPath]:
    """Yield the notes of which references name a heading or block, also one that is missing."""
    for answer in resolutions:
        if isinstance(answer, Found) and answer.node.kind == "note" and (answer.part or answer.part_missing):
            yield VaultPath(answer.node.key)


def _moved(
    problems: Sequence[Diagnostic], before: Document, after: Document
) -> tuple[Diagnostic, ...] | None:
    """Return the problems that linking has reported, at their new places; None if a new place is not known."""
    path = before.path
    concerned = [
        problem
        for problem in problems
        if problem.place.path == path or any(place.path == path for place in problem.related)
    ]
    if not concerned:
        return tuple(problems)
    moves: dict[Place, Place | None] = {}
    for old, new in _moves(before, after):
        # Two things that were at one place may now be at two.
        moves[old] = new if moves.get(old, new) == new else None
    # Problems of a note as a whole are reported at its beginning, which does not move, unlike a reference that was there.
    beginning = Place(path, 1, 1)
    moves[beginning] = beginning if moves.get(beginning, beginning) == beginning else None
    found = []
    for problem in concerned:
        places = [
            moves.get(place) if place.path == path else place for place in (problem.place, *problem.related)
        ]
        if None in places:
            return None
        known = [place for place in places if place is not None]
        found.append(replace(problem, place=known[0], related=tuple(known[1:])))
    return tuple(sorted((*(problem for problem in problems if problem not in concerned), *found)))


def _moves(before: Document, after: Document) -> Iterator[tuple[Place, Place | None]]:
    """Yield each place of something in the former note with its new place, None if it is not known."""
    for one, other in side_by_side(before.refs, after.refs, is_same_reference):
        if one:
            yield one.place, other.place if other else None
    for was, now in side_by_side(
        before.headings, after.headings, lambda one, other: one.anchor == other.anchor
    ):
        if was:
            yield was.place, now.place if now else None
    yield from zip(_other_places(before), _other_places(after), strict=True)


def _other_places(document: Document) -> Iterator[Place]:
    """Yield the places of everything but references and headings, in the same order for notes that are equal to linking."""
    meta = document.meta
    yield from (ref.place for ref in meta.refs)
    yield from (tag.place for tag in (*document.tags, *meta.tags))
    yield from (field.place for field in document.fields)
    yield from (block.place for block in document.blocks)
    yield from (meta.places[key] for key in sorted(meta.places) if key not in _SHOWN_ONLY)


def _places(document: Document) -> Iterator[Place]:
    """Yield the places of everything in a note."""
    yield from (ref.place for ref in document.refs)
    yield from (heading.place for heading in document.headings)
    yield from _other_places(document)


def _linked_facts(document: Document, *, only_text: bool) -> Document:
    """Return the note reduced to what linking may depend on: without its text, and with places replaced by their ranks.

    The ranks are kept because linking compares places: whether a link is below a heading, or on the line of a key. Unless
    `only_text`, headings and links without a relation are left out, too.
    """
    if not only_text:
        refs = tuple(ref for ref in document.refs if ref.relation)
        document = replace(document, refs=refs, headings=())
    places = set(_places(document))
    lines = {line: rank for rank, line in enumerate(sorted({place.line for place in places}))}
    ranks = {place: Place("", lines[place.line], rank) for rank, place in enumerate(sorted(places))}
    meta = document.meta

    def bare(parts: Sequence[Any], **texts: Any) -> tuple[Any, ...]:
        return tuple(replace(part, place=ranks[part.place], **texts) for part in parts)

    return replace(
        document,
        sha="",
        size=0,
        opening="",
        has_text=False,
        words=0,
        body=Body(),
        problems=(),
        text_hash="",
        items="",
        meta=replace(
            meta,
            places={key: ranks[place] for key, place in meta.places.items() if key not in _SHOWN_ONLY},
            refs=bare(meta.refs, sentence="", cited=(0, 0)),
            tags=tuple(tag._replace(place=ranks[tag.place]) for tag in meta.tags),
            properties={
                key: value for key, value in meta.properties.items() if key.strip().lower() not in _SHOWN_ONLY
            },
            summary="",
        ),
        refs=bare(document.refs, sentence="", cited=(0, 0)),
        tags=tuple(tag._replace(place=ranks[tag.place]) for tag in document.tags),
        fields=bare(document.fields),
        headings=bare(document.headings, start=0, end=0, above=0),
        blocks=bare(document.blocks, start=0, end=0),
    )
