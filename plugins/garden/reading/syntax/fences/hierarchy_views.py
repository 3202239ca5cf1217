"""Views of the hierarchy: fences ```` ```breadcrumbs ````, as in the plugin of that name.

The options are those of its documentation (version 4, "Views/Codeblocks") and its schema. The block is YAML, and an empty
one is valid:

- `type`: tree (default), mermaid or markmap
- `start-note`: another note to begin with
- `fields`: the relations to follow, all by default; `field-groups` adds those of whole groups
- `depth`: `[least]` or `[least, most]`, both inclusive; `[0, 0]` leaves the top level
- `flat`, `collapse`, `field-prefix` (default false), `merge-fields` (default true): Booleans
- `sort`: a field and `asc` (default) or `desc`; by default `basename`
- `show-attributes`: a list
- `content`: open or closed; makes the whole a `<details>`
- `dataview-from`: a query for the notes that may be shown
- `mermaid-direction`: LR, RL, TB or BT

Fields that the settings do not have, and a depth that is not a list, are errors; an unknown option is reported, and the rest
is shown.
"""

import re
import xml.etree.ElementTree as etree
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

import yaml
from msgspec.structs import replace

from garden.model.names import field_key
from garden.model.note import Ref, RefKind
from garden.model.settings import ReadingSettings
from garden.model.target import wiki_target
from garden.model.views.hierarchy_view import Condition, HierarchyView, LinksTo, Operator, ViewKind
from garden.reading.syntax.engine.note_parser import NoteParser
from garden.reading.syntax.engine.serialize import RAW, slot
from garden.reading.syntax.fences.boxes import fill_box
from garden.reading.syntax.fences.hierarchy_query import QueryError, read_query

_KINDS: Final = tuple(kind.value for kind in ViewKind)
_DIRECTIONS: Final = ("LR", "RL", "TB", "BT")
_BY_NEIGHBOUR: Final = "neighbour-field"
_SORTS: Final = ("basename", "basename_natural", "path", "field", "explicit")
_ATTRIBUTES: Final = ("field", "explicit", "source", "implied_kind", "round")
# Options that say how the plugin draws, and change nothing of what is shown here.
_WITHOUT_EFFECT: Final = frozenset(("mermaid-renderer", "mermaid-curve", "mermaid-arrow"))
_LONGEST: Final = 4000  # characters of the options
_DEEPEST: Final = 20  # levels
_WIKILINK: Final = re.compile(r"\[\[(.*)\]\]")


class ViewError(ValueError):
    """An option has a name or a value that is not known; the text says which."""


def add_view(parser: NoteParser, figure: etree.Element, source: str, place: tuple[int, int]) -> None:
    """Fill `figure` with a slot for the view; when an option is wrong, with the source, folded."""
    try:
        options = read_options(source, parser.findings.settings)
    except ViewError as error:
        parser.findings.report("view-invalid", place, f"this view is not rendered: {error}")
        fill_box(parser.findings, figure, "Breadcrumbs", source, "breadcrumbs")
        return
    for name in options.unknown:
        parser.findings.report("view-invalid", place, f'there is no option "{name}"; it is ignored')

    def reference(name: str) -> int:
        where = parser.findings.place(place)
        return parser.findings.add_ref(Ref(RefKind.PROPERTY, wiki_target(name), name, where))

    found = replace(
        options.view,
        start=reference(options.start) if options.start else -1,
        query=tuple(_with_reference(item, reference) for item in options.view.query),
        line=place[0],
    )
    figure.set("class", "view")
    figure.set("data-view", found.kind.value)
    etree.SubElement(figure, RAW).text = slot("view", len(parser.findings.views))
    parser.findings.views.append(found)


class ViewOptions(NamedTuple):
    """The options of a view; `start` and the links in its query are names of notes still."""

    view: HierarchyView
    start: str = ""
    unknown: tuple[str, ...] = ()


def read_options(source: str, settings: ReadingSettings) -> ViewOptions:
    """Return the view that the options ask for, and the names of those that are not known.

    Raises ViewError for text that is not YAML and for a value that an option cannot have.
    """
    view = HierarchyView()
    start = ""
    unknown: list[str] = []
    options = _yaml(source)
    for name, value in options.items():
        if name == "start-note":
            text = _text(name, value).strip()
            link = _WIKILINK.fullmatch(text)
            start = (link[1] if link else text).partition("|")[0].strip()
        elif name in _READERS:
            view = _READERS[name](view, value, settings)
        elif name not in _WITHOUT_EFFECT:
            unknown.append(name)
    if not options.keys().isdisjoint(("fields", "field-groups")) and not view.fields:
        raise ViewError("no field is left to follow")
    return ViewOptions(view, start, tuple(unknown))


def _with_reference(item: Condition | Operator, reference: Callable[[str], int]) -> Condition | Operator:
    """Return a link in a query with a reference to its note; any other part of the query as it is."""
    return replace(item, ref=reference(item.name)) if isinstance(item, LinksTo) else item


def _yaml(source: str) -> Mapping[str, object]:
    """Return the options by name. Raises ViewError for text that is not a mapping; aliases could multiply it."""
    if len(source) > _LONGEST:
        raise ViewError(f"it is longer than {_LONGEST} characters")
    try:
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(source, yaml.SafeLoader)):
            raise ViewError("it has YAML aliases")
        found = yaml.safe_load(source)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ViewError("it is not valid YAML") from error
    if found is None:
        return {}
    if not isinstance(found, dict):
        raise ViewError("it has no lines `option: value`")
    return {str(name).strip(): value for name, value in found.items()}


# These return the value of an option, and raise ViewError if it cannot have that value.


def _text(name: str, value: object) -> str:
    # `[[note]]` without quotes is a list in a list for YAML, and meant as a link.
    while isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, list | dict | bool) or value is None:
        raise ViewError(f'"{name}" must be a string')
    return str(value)


def _list(name: str, value: object) -> list[object]:
    if isinstance(value, str):
        return [part.strip() for part in value.split(",")]
    if not isinstance(value, list):
        raise ViewError(f'"{name}" must be a list such as `[down]`')
    return value


def _one_of(name: str, value: object, known: tuple[str, ...]) -> str:
    if value not in known:
        raise ViewError(f'"{name}" must be one of {", ".join(known)}')
    return str(value)


# These return the view with the value of an option, and raise ViewError.


def _fields(view: HierarchyView, value: object, settings: ReadingSettings) -> HierarchyView:
    """Add fields to follow; each must be one of the settings."""
    fields = tuple(field_key(str(item)) for item in _list("fields", value))
    unknown = [field for field in fields if field not in settings.relations]
    if unknown:
        raise ViewError(f'there is no field "{unknown[0]}"')
    return replace(view, fields=tuple(dict.fromkeys((*view.fields, *fields))))


def _groups(view: HierarchyView, value: object, settings: ReadingSettings) -> HierarchyView:
    """Add the fields of groups; which option comes first affects only their order."""
    groups = dict(settings.field_groups)
    fields = list(view.fields)
    for item in _list("field-groups", value):
        if item not in groups:
            raise ViewError(f'there is no group of fields "{item}", only {", ".join(groups)}')
        fields += groups[str(item)]
    return replace(view, fields=tuple(dict.fromkeys(fields)))


def _query(view: HierarchyView, value: object, settings: ReadingSettings) -> HierarchyView:
    """Set the query for the notes that may be shown."""
    del settings
    try:
        return replace(view, query=read_query(_text("dataview-from", value)))
    except QueryError as error:
        raise ViewError(f'in "dataview-from", {error}') from error


def _depth(value: object) -> tuple[int, int]:
    """Return how many levels at the top are left out, and how many are shown, 0 for all."""
    numbers = value if isinstance(value, list) else []
    if not 1 <= len(numbers) <= 2 or not all(type(number) is int and number >= 0 for number in numbers):
        raise ViewError('"depth" must be one or two numbers such as `[0, 3]`')
    if sorted(numbers) != numbers:
        raise ViewError('"depth" must have the smaller number first')
    # The neighbours of the first note are level 1; they are shown at the least.
    above = max(numbers[0] - 1, 0)
    below = max(numbers[1], 1) if len(numbers) == 2 else 0
    return min(above, _DEEPEST), min(below, _DEEPEST)


def _sort(value: object, known: tuple[str, ...]) -> tuple[str, str, bool]:
    """Return the sort key of the pages, the field that it refers to, and whether the order is descending."""
    words = str(value).split()
    if not 1 <= len(words) <= 2 or words[1:] not in ([], ["asc"], ["desc"]):
        raise ViewError('"sort" must be a field and asc or desc')
    descending = words[1:] == ["desc"]
    by, _, field = words[0].partition(":")
    if by == _BY_NEIGHBOUR and field_key(field) in known:
        return by, field_key(field), descending
    return _one_of("sort", words[0], _SORTS), "", descending


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ViewError(f"{value} must be true or false")
    return value


def _with_depth(view: HierarchyView, value: object, settings: ReadingSettings) -> HierarchyView:
    del settings
    above, below = _depth(value)
    return replace(view, above=above, below=below)


def _with_sort(view: HierarchyView, value: object, settings: ReadingSettings) -> HierarchyView:
    by, field, descending = _sort(value, settings.relations)
    return replace(view, sort=by, sort_field=field, descending=descending)


def _with_attributes(view: HierarchyView, value: object, settings: ReadingSettings) -> HierarchyView:
    del settings
    items = _list("show-attributes", value)
    return replace(view, attributes=tuple(_one_of("show-attributes", item, _ATTRIBUTES) for item in items))


_READERS: Final[Mapping[str, Callable[[HierarchyView, object, ReadingSettings], HierarchyView]]] = {
    "type": lambda view, value, _: replace(view, kind=ViewKind(_one_of("type", value, _KINDS))),
    "title": lambda view, value, _: replace(view, title=_text("title", value)),
    "fields": _fields,
    "field-groups": _groups,
    "dataview-from": _query,
    "content": lambda view, value, _: replace(view, content=_one_of("content", value, ("open", "closed"))),
    "field-prefix": lambda view, value, _: replace(view, prefix=_flag(value)),
    "depth": _with_depth,
    "sort": _with_sort,
    "show-attributes": _with_attributes,
    "flat": lambda view, value, _: replace(view, flat=_flag(value)),
    "collapse": lambda view, value, _: replace(view, collapse=_flag(value)),
    "merge-fields": lambda view, value, _: replace(view, merge=_flag(value)),
    "mermaid-direction": lambda view, value, _: replace(
        view, direction=_one_of("mermaid-direction", value, _DIRECTIONS)
    ),
}
