"""What of all notes a view may look at, and what of it differs between two states of a vault.

A view sees every published note, but little of each: some properties, the tags, the links. These are its facts. A change that
touches none of them leaves its answer as it is, so the view need not be evaluated again. What a query may look at is taken from
its text, without running it: each name and each text in it may name a property. That is more than it looks at, never less;
a query that shows or passes on whole objects may look at everything.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath, field_key
from garden.model.note import Document
from garden.model.views.hierarchy_view import HasTag, HierarchyView, LinksTo
from garden.model.views.queries import (
    Application,
    Constant,
    LinkSource,
    LinkText,
    LiveView,
    Member,
    TagSource,
    Variable,
)
from garden.model.views.task_queries import TasksQuery
from garden.reading.queries.dataview_expressions import DATE_WORDS

EVERYTHING: Final = "everything"
"""The fact that any change changes."""

_ITEMS: Final = "items"
_TAGS: Final = "tags"
_LINKS: Final = "links"
_DATES: Final = "dates"
_SIZE: Final = "size"
_RELATIONS: Final = "relations"
_PROPERTY: Final = "property "

_FACTS_OF: Final[Mapping[str, tuple[str, ...]]] = {
    **dict.fromkeys(("tasks", "lists"), (_ITEMS, _TAGS, _LINKS)),
    **dict.fromkeys(("tags", "etags", "hastag"), (_TAGS,)),
    **dict.fromkeys("links outlinks inlinks backlinks embeds haslink".split(), (_LINKS,)),
    **dict.fromkeys("ctime mtime cday mday".split(), (_DATES,)),
    "day": (f"{_PROPERTY}date", f"{_PROPERTY}day"),
    "size": (_SIZE,),
    # What today is follows from the dates of notes (VW-9).
    **dict.fromkeys((*DATE_WORDS, "now", "today", "relative"), (_DATES,)),
    # A link that is made of a text may lead to any heading.
    **dict.fromkeys(("frontmatter", "properties", "link", "embed"), (EVERYTHING,)),
}
"""What is looked at where a query has such a name, in whatever place."""

_DATES_OF: Final = ("created", "date created", "modified", "updated", "date modified")
"""Properties that say when a note was made or changed (VW-10)."""

_OBJECTS: Final = frozenset(("file", "this", "row", "rows", "note"))
"""Names of objects with all that a note has; only a member of one of them is less than everything."""


def facts_of(view: LiveView) -> frozenset[str]:
    """Return the facts that the answer of a view may depend on."""
    query = view.query
    found = {_RELATIONS}  # of which every property may be one
    if isinstance(query, TasksQuery):
        found |= {_ITEMS, _TAGS, _LINKS, _DATES}
    elif getattr(query, "kind", "") == "task":
        found |= {_ITEMS, _TAGS, _LINKS}
    for part, around in _parts(query, None):
        found |= _facts_of_part(part, around)
    for text in _texts(query):
        for name in (text, *text.split("."), text.partition(".")[2]):
            key = field_key(name)
            found.add(_PROPERTY + key)
            found.update(_FACTS_OF.get(key, ()))
    return frozenset({EVERYTHING} if EVERYTHING in found else found)


def facts_of_hierarchy_view(view: HierarchyView) -> frozenset[str]:
    """Return the facts that the pages of a view of the hierarchy depend on."""
    facts = {_RELATIONS}
    for condition in view.query:
        match condition:
            case HasTag():
                facts.add(_TAGS)
            case LinksTo():
                facts.add(_LINKS)
    return frozenset(facts)


def _texts(part: object) -> Iterator[str]:
    """Yield every text in a query."""
    match part:
        case str():
            yield part
        case tuple() | list() | frozenset():
            for each in part:
                yield from _texts(each)
        case Struct():
            for name in part.__struct_fields__:
                yield from _texts(getattr(part, name))


def _parts(part: object, around: object) -> Iterator[tuple[object, object]]:
    """Yield every part of a query with the one that it is in."""
    if isinstance(part, tuple | list):
        for each in part:
            yield from _parts(each, around)
    elif isinstance(part, Struct):
        yield part, around
        for name in part.__struct_fields__:
            yield from _parts(getattr(part, name), part)


def _facts_of_part(part: object, around: object) -> set[str]:
    """Return what a part of a query looks at by what it is; `around` is the part that it is in."""
    inside = isinstance(around, Member) and around.of is part
    match part:
        case TagSource():
            return {_TAGS}
        case LinkSource():
            return {_LINKS}
        case LinkText(inner=inner):
            return {EVERYTHING} if "#" in inner else {_LINKS}
        case Variable(name="rows") if _is_counted(around):
            return set()
        case Variable(name=name) | Member(key=Constant(value=str() as name)):
            # The whole object, not a member of it.
            return {EVERYTHING} if name.lower() in _OBJECTS and not inside else set()
        case Member(key=Constant()):
            return set()
        case Member():
            return {EVERYTHING}
        case _:
            return set()


def _is_counted(around: object) -> bool:
    """Say whether of what stands in this part only the number is asked for: `length(rows)`."""
    return (
        isinstance(around, Application)
        and isinstance(around.function, Variable)
        and around.function.name == "length"
    )


def changed_facts(
    before: Snapshot, after: Snapshot, paths: Iterable[VaultPath] | None = None
) -> frozenset[str] | None:
    """Return the facts that differ between two states of a vault, None where all of them may.

    `paths` are the notes that may differ in a vault of the same files, None for all.
    """
    if paths is None and (
        before.documents.keys() != after.documents.keys() or before.files.keys() != after.files.keys()
    ):
        return None
    found = {EVERYTHING}
    for path in after.documents if paths is None else paths:
        one, other = before.documents[path], after.documents[path]
        if one is not other:
            if any(ask(one) != ask(other) for ask in _STANDING):
                return None
            found |= _changed(one, other)
        if before.resolutions.get(path) != after.resolutions.get(path):
            found.add(_LINKS)
            # A link in a property may lead elsewhere, too.
            values = other.meta.properties.items()
            found |= {_PROPERTY + field_key(key) for key, value in values if "[[" in str(value)}
            found |= {_PROPERTY + each.key for each in other.fields if "[[" in each.raw}
    if before.sizes is not after.sizes and before.sizes != after.sizes:
        found.add(_SIZE)
    if any(
        getattr(before, name) is not getattr(after, name) and getattr(before, name) != getattr(after, name)
        for name in ("relations", "trails", "hubs")
    ):
        found.add(_RELATIONS)
    return frozenset(found)


_STANDING: Final[tuple[Callable[[Document], object], ...]] = (
    lambda document: document.published,
    lambda document: document.listed,
    lambda document: document.title,
    lambda document: document.meta.aliases,
)
"""What decides whether a note is seen and what leads to it: another answer concerns every view."""


def _changed(one: Document, other: Document) -> set[str]:
    """Return what differs in one note."""
    found: set[str] = set()
    if one.items != other.items:
        found.add(_ITEMS)
        # A field counts for its page unless it stands in a task.
        found |= {_PROPERTY + each.key for each in (*one.fields, *other.fields)}
    if one.size != other.size:
        found.add(_SIZE)
    if [tag.name for tag in one.tags] != [tag.name for tag in other.tags]:
        found.add(_TAGS)
    if [(ref.raw, ref.display) for ref in one.refs] != [(ref.raw, ref.display) for ref in other.refs]:
        found.add(_LINKS)
    properties = list(_different(one.meta.properties, other.meta.properties))
    found |= {_PROPERTY + field_key(key) for key in properties}
    found |= {_PROPERTY + key for key in _different(_written(one), _written(other))}
    dates = (one.meta.date, one.meta.modified) != (other.meta.date, other.meta.modified)
    if dates or any(key.strip().lower() in _DATES_OF for key in properties):
        found.add(_DATES)
    return found


def _written(document: Document) -> Mapping[str, list[str]]:
    """Return the fields in a note's text by name."""
    found: dict[str, list[str]] = {}
    for each in document.fields:
        found.setdefault(each.key, []).append(each.raw)
    return found


def _different(one: Mapping[str, object], other: Mapping[str, object]) -> Iterator[str]:
    """Yield the keys whose values differ."""
    return (key for key in {**one, **other} if one.get(key) != other.get(key))
