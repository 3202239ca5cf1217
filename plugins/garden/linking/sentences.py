"""Whether a note with a new text can be used without linking the vault again, as after most changes of a sentence.

What is found out of links then stays as it was, with three exceptions, which follow from the note alone: what was reported
of it stands at another place, the parts of it that others lead to have another extent, and so have its own.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec.structs import replace

from garden.linking.provisional import part_of, with_entry, with_text
from garden.linking.relation import Node
from garden.linking.resolving.resolution import Found, Resolution
from garden.linking.snapshot import Snapshot
from garden.model.body import Body
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath
from garden.model.note import Document

CitedParts = Mapping[VaultPath, tuple[VaultPath, ...]]
"""The notes that have a heading or block which references lead to, each with the notes that have those."""

TEXT_PARTS: Final = frozenset(
    "sha size plain words terms body problems footnotes_at text_hash meta refs tags fields headings blocks".split()
)
"""The parts of a Document in which two may differ that are the same to linking."""


def with_sentences(
    snapshot: Snapshot, document: Document, cited_parts: CitedParts | None = None
) -> Snapshot | None:
    """Return the snapshot that linking all notes again gives, `document` being what has changed.

    None if it has changed in anything that linking depends on. `cited_parts` saves computing them.
    """
    before = snapshot.documents[document.path]
    if _linked_facts(before) != _linked_facts(document):
        return None
    changed = with_text(snapshot, document)
    diagnostics = _moved(snapshot.diagnostics, before, document)
    if changed is None or diagnostics is None:
        return None
    resolutions = changed.resolutions
    parts = find_cited_parts(snapshot) if cited_parts is None else cited_parts
    for source in parts.get(document.path, ()):
        answers = _with_parts(resolutions[source], document)
        if answers is None:
            return None
        resolutions = with_entry(resolutions, source, answers)
    return replace(changed, resolutions=resolutions, diagnostics=diagnostics)


def find_cited_parts(snapshot: Snapshot) -> CitedParts:
    """Return the notes with parts that references lead to."""
    found: dict[VaultPath, dict[VaultPath, None]] = {}
    for source, answers in snapshot.resolutions.items():
        for answer in answers:
            if isinstance(answer, Found) and answer.part is not None and answer.node.kind == "note":
                found.setdefault(VaultPath(answer.node.key), {})[source] = None
    return {path: tuple(sources) for path, sources in found.items()}


def _with_parts(answers: Sequence[Resolution], document: Document) -> tuple[Resolution, ...] | None:
    """Return resolutions with the present parts of a note, None if a part no longer exists."""
    node = Node("note", document.path)
    found: list[Resolution] = []
    for answer in answers:
        if isinstance(answer, Found) and answer.node == node and answer.part is not None:
            part = part_of(document, answer.part)
            if part is None:
                return None
            found.append(replace(answer, part=part))
        else:
            found.append(answer)
    return tuple(found)


def _moved(
    problems: Sequence[Diagnostic], before: Document, after: Document
) -> tuple[Diagnostic, ...] | None:
    """Return what linking has reported with its present places, None if these are not known."""
    path = before.path
    concerned = [
        problem
        for problem in problems
        if problem.place.path == path or any(place.path == path for place in problem.related)
    ]
    if not concerned:
        return tuple(problems)
    moves: dict[Place, Place | None] = {}
    for one, other in zip(_places(before), _places(after), strict=True):
        # What stood at one place may stand at two by now.
        moves[one] = other if moves.get(one, other) == other else None
    # Problems of a note as a whole are reported at its beginning, which does not move; what stood there may.
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


def _places(document: Document) -> Iterator[Place]:
    """Yield the places of all that a note has, in the same order for notes that are the same to linking."""
    meta = document.meta
    yield from (ref.place for ref in (*document.refs, *meta.refs))
    yield from (tag.place for tag in (*document.tags, *meta.tags))
    yield from (field.place for field in document.fields)
    yield from (heading.place for heading in document.headings)
    yield from (block.place for block in document.blocks)
    yield from (meta.places[key] for key in sorted(meta.places))


def _linked_facts(document: Document) -> Document:
    """Return everything in a note that linking may depend on: not its text, and of places only their order.

    Linking compares places: whether a link is below a heading, or on the line of a key.
    """
    places = set(_places(document))
    lines = {line: rank for rank, line in enumerate(sorted({place.line for place in places}))}
    ranks = {place: Place("", lines[place.line], rank) for rank, place in enumerate(sorted(places))}
    meta = document.meta
    return replace(
        document,
        sha="",
        size=0,
        plain="",
        words=0,
        terms="",
        body=Body(),
        problems=(),
        footnotes_at=None,
        text_hash="",
        meta=replace(
            meta,
            places={key: ranks[place] for key, place in meta.places.items()},
            refs=tuple(replace(ref, place=ranks[ref.place], sentence="", cited=(0, 0)) for ref in meta.refs),
            tags=tuple(tag._replace(place=ranks[tag.place]) for tag in meta.tags),
            summary="",
        ),
        refs=tuple(replace(ref, place=ranks[ref.place], sentence="", cited=(0, 0)) for ref in document.refs),
        tags=tuple(tag._replace(place=ranks[tag.place]) for tag in document.tags),
        fields=tuple(replace(field, place=ranks[field.place]) for field in document.fields),
        headings=tuple(
            replace(heading, place=ranks[heading.place], start=0, end=0, above=0)
            for heading in document.headings
        ),
        blocks=tuple(replace(block, place=ranks[block.place], start=0, end=0) for block in document.blocks),
    )
