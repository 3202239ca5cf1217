"""Which facts about notes a view depends on, and which of these facts differ between two states of a vault.

A view may look at every published note, but only at little of each: some properties, the tags, the links. If none of these
facts changes in any note, its result stays the same, and it need not be evaluated again. The facts of a query are taken from
its text, without running it: every name and every text in it may name a property. That may be more than it looks at, but
never less; a query that shows or passes on whole objects depends on everything.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Final

from msgspec import Struct

from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath, field_key
from garden.model.note import Document
from garden.model.views.hierarchy_view import HasTag, HierarchyView, LinksTo
from garden.model.views.queries import (
    DATE_WORDS,
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

EVERYTHING: Final = "everything"
"""The fact that differs after any change."""

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
    # Today is the latest date of all notes (VW-9).
    **dict.fromkeys((*DATE_WORDS, "now", "today", "relative"), (_DATES,)),
    # A link that is made from a text may lead to any heading.
    **dict.fromkeys(("frontmatter", "properties", "link", "embed"), (EVERYTHING,)),
}
"""The facts that a query may depend on if one of these names is anywhere in it."""

_DATES_OF: Final = ("created", "date created", "modified", "updated", "date modified")
"""Properties that say when a note was created or changed (VW-10)."""

_OBJECTS: Final = frozenset(("file", "this", "row", "rows", "note"))
"""Names of objects that contain a whole note: a query depends on everything unless it only uses a member of them."""


def facts_of(view: LiveView) -> frozenset[str]:
    """Return the facts that the result of a view may depend on."""
    query = view.query
    found = {_RELATIONS}  # every name of a property may be that of a relation
    if isinstance(query, TasksQuery):
        found |= {_ITEMS, _TAGS, _LINKS, _DATES}
    elif getattr(query, "kind", "") == "task":
        found |= {_ITEMS, _TAGS, _LINKS}
    for part, around in _parts(query, None):
        found |= _facts_of_part(part, around)
    for text in _texts(query):
        # A text may be the name of a property, or a path such as `file.name` or `note.due`.
        for name in (text, *text.split("."), text.partition(".")[2]):
            key = field_key(name)
            found.add(_PROPERTY + key)
            found.update(_FACTS_OF.get(key, ()))
    return frozenset({EVERYTHING} if EVERYTHING in found else found)


def facts_of_hierarchy_view(view: HierarchyView) -> frozenset[str]:
    """Return the facts that decide which pages are in a view of the hierarchy."""
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
    """Yield every part of a query with the part that it is in."""
    if isinstance(part, tuple | list):
        for each in part:
            yield from _parts(each, around)
    elif isinstance(part, Struct):
        yield part, around
        for name in part.__struct_fields__:
            yield from _parts(getattr(part, name), part)


def _facts_of_part(part: object, around: object) -> set[str]:
    """Return the facts that one part of a query depends on; `around` is the part that it is in."""
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
    """Say whether a part is a call of `length`, as in `length(rows)`, which only asks for the number of rows."""
    return (
        isinstance(around, Application)
        and isinstance(around.function, Variable)
        and around.function.name == "length"
    )


def changed_facts(
    before: Snapshot, after: Snapshot, paths: Iterable[VaultPath] | None = None
) -> frozenset[str] | None:
    """Return the facts that differ between two states of a vault, None if all of them may.

    `paths` are the notes that may differ, if the vault has the same files as before; None for all.
    """
    if paths is None and (
        before.documents.keys() != after.documents.keys() or before.files.keys() != after.files.keys()
    ):
        return None
    found = {EVERYTHING}
    for path in after.documents if paths is None else paths:
        one, other = before.documents[path], after.documents[path]
        if one is not other:
            if any(fact_of(one) != fact_of(other) for fact_of in _FOR_ALL_VIEWS):
                return None
            found |= _changed(one, other)
        if before.resolutions.get(path) != after.resolutions.get(path):
            found.add(_LINKS)
            # A link in a property may also lead elsewhere.
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


_FOR_ALL_VIEWS: Final[tuple[Callable[[Document], object], ...]] = (
    lambda document: document.published,
    lambda document: document.listed,
    lambda document: document.title,
    lambda document: document.meta.aliases,
)
"""What decides whether views see a note, and what links to it: if it differs, every view may differ."""


def _changed(one: Document, other: Document) -> set[str]:
    """Return the facts that differ in one note."""
    found: set[str] = set()
    if one.items != other.items:
        found.add(_ITEMS)
        # Whether a field is one of the page depends on whether it is in a task.
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
    """Return the values of the inline fields of a note by name."""
    found: dict[str, list[str]] = {}
    for each in document.fields:
        found.setdefault(each.key, []).append(each.raw)
    return found


def _different(one: Mapping[str, object], other: Mapping[str, object]) -> Iterator[str]:
    """Yield the keys whose values differ."""
    return (key for key in {**one, **other} if one.get(key) != other.get(key))
