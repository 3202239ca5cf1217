"""Parses bases: YAML with filters, formulas and views (BA-1 … BA-7); each expression in it knows its line, for messages."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import yaml

from garden.model.views.queries import (
    BaseFilter,
    BaseQuery,
    BaseView,
    Constant,
    Expression,
    Member,
    Unreadable,
    Variable,
)
from garden.model.views.spots import Spot, SpotAt
from garden.reading.queries.base_expressions import BaseExpressions
from garden.reading.queries.cursor import Cursor, LiveQueryError

# Far more than any base has: YAML is read into objects that take many times its size, and later stages recurse (HC-10).
_LONGEST: Final = 200_000  # characters
_MOST_EVENTS: Final = 20_000  # values, and beginnings and ends of lists and mappings
_DEEPEST: Final = 30
_JOINS: Final = ("and", "or", "not")


def read_base(text: str, place: SpotAt) -> BaseQuery:
    """Parse the text of a base. Raises LiveQueryError."""
    return _BaseReader(place).base(_root(text, place))


def _root(text: str, place: SpotAt) -> yaml.Node | None:
    """Return the root node of the text, None for an empty one; aliases and excessive nesting are refused."""
    if len(text) > _LONGEST:
        raise LiveQueryError(place(0), f"a base may have at most {_LONGEST} characters")
    try:
        depth = 0
        for count, event in enumerate(yaml.parse(text, yaml.SafeLoader)):
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if isinstance(event, yaml.AliasEvent) or depth > _DEEPEST or count > _MOST_EVENTS:
                raise LiveQueryError(
                    _at(event.start_mark, text, place), "aliases and such deep nesting are not supported"
                )
        # Only the loader in Python has marks that count in characters.
        return yaml.compose(text, yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        spot = _at(mark, text, place) if mark else place(0)
        raise LiveQueryError(spot, f"this is not valid YAML: {error.problem or error.context}") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise LiveQueryError(place(0), "this is not valid YAML") from error


def _at(mark: Any, text: str, place: SpotAt) -> Spot:
    """Return the place of a mark of the parser; its index may count bytes, its line and column do not."""
    lines = text.split("\n")
    offset = sum(len(line) + 1 for line in lines[: mark.line]) + mark.column
    return place(min(offset, len(text)))


class _BaseReader:
    """Reads one base; `_properties` are those that its views name, with the expression that computes each."""

    def __init__(self, place: SpotAt) -> None:
        self._place = place
        self._properties: dict[str, Expression] = {}

    def _spot(self, node: yaml.Node) -> Spot:
        return self._place(node.start_mark.index)

    def base(self, root: yaml.Node | None) -> BaseQuery:
        """Return the base with this root node."""
        root = _filled(root)
        if root is None:
            fields: Mapping[str, yaml.Node] = {}
        else:
            fields = self._mapping(root, "a base")
        filters = self._filter(fields["filters"]) if "filters" in fields else None
        formulas = tuple(
            (name, self._late(node)) for name, node in self._pairs(fields.get("formulas"), "formulas")
        )
        summaries = tuple(
            (name, self._late(node)) for name, node in self._pairs(fields.get("summaries"), "summaries")
        )
        names = []
        for name, node in self._pairs(fields.get("properties"), "properties"):
            options = self._mapping(node, "a property") if isinstance(node, yaml.MappingNode) else {}
            if "displayName" in options:
                names.append((property_id(name), self._text(options["displayName"])))
        views = tuple(self._view(node) for node in self._items(fields.get("views")))
        if not views:
            views = (
                BaseView("table", "", self._spot(root) if root else self._place(0), order=("file.name",)),
            )
            self._property("file.name", views[0].spot)
        return BaseQuery(views, filters, formulas, summaries, tuple(names), tuple(self._properties.items()))

    def _view(self, node: yaml.Node) -> BaseView:
        """Return a view. Raises LiveQueryError."""
        fields = self._mapping(node, "a view")
        spot = self._spot(node)
        order = tuple(
            self._property(self._text(item), self._spot(item)) for item in self._items(fields.get("order"))
        )
        group, descending = self._group(fields.get("groupBy"))
        return BaseView(
            kind=self._word(fields, "type") or "table",
            name=self._word(fields, "name"),
            spot=spot,
            filters=self._filter(fields["filters"], self._late) if "filters" in fields else None,
            order=order or (self._property("file.name", spot),),
            sort=tuple(self._sort(fields.get("sort"))),
            group_by=group,
            group_descending=descending,
            limit=self._number(fields.get("limit")),
            image=self._property(image, spot) if (image := self._word(fields, "image")) else "",
            markers=self._word(fields, "markers"),
            indented=self._word(fields, "indentProperties").lower() == "true",
            separator=fields["separator"].value
            if isinstance(fields.get("separator"), yaml.ScalarNode)
            else ", ",
            summaries=tuple(
                (self._property(name, self._spot(value)), self._text(value), self._spot(value))
                for name, value in self._pairs(fields.get("summaries"), "summaries")
            ),
        )

    def _group(self, node: yaml.Node | None) -> tuple[str, bool]:
        """Return the property by which a view groups its rows, empty for none, and whether in descending order."""
        node = _filled(node)
        if node is None:
            return "", False
        if isinstance(node, yaml.ScalarNode):
            return self._property(node.value, self._spot(node)), False
        fields = self._mapping(node, "groupBy")
        name = self._word(fields, "property") or self._word(fields, "column")
        if not name:
            return "", False
        return self._property(name, self._spot(node)), self._word(fields, "direction").upper() == "DESC"

    def _sort(self, node: yaml.Node | None) -> Iterator[tuple[str, bool]]:
        """Yield the properties by which a view sorts its rows, each with whether in descending order."""
        for item in self._items(node):
            if isinstance(item, yaml.ScalarNode):
                yield self._property(item.value, self._spot(item)), False
                continue
            fields = self._mapping(item, "sort")
            name = self._word(fields, "property") or self._word(fields, "column")
            if name:
                yield (
                    self._property(name, self._spot(item)),
                    self._word(fields, "direction").upper() == "DESC",
                )

    def _filter(self, node: yaml.Node, read: Callable[[yaml.Node], Expression] | None = None) -> BaseFilter:
        """Return a filter, whose expressions `read` reads. Raises LiveQueryError."""
        read = read or self._expression
        if isinstance(node, yaml.ScalarNode):
            return BaseFilter() if not node.value.strip() else BaseFilter(condition=read(node))
        if isinstance(node, yaml.SequenceNode):
            return BaseFilter("and", None, tuple(self._filter(each, read) for each in node.value))
        parts = []
        for key, value in self._mapping(node, "a filter").items():
            if key not in _JOINS:
                hint = "a filter is an expression, or and, or, not with a list of filters"
                raise LiveQueryError(self._spot(node), f'"{key}" is not part of a filter', hint)
            inner = value.value if isinstance(value, yaml.SequenceNode) else [value]
            parts.append(BaseFilter(key, None, tuple(self._filter(each, read) for each in inner)))
        return parts[0] if len(parts) == 1 else BaseFilter("and", None, tuple(parts))

    def _late(self, node: yaml.Node) -> Expression:
        """Return an expression that only some views need; an error in it affects only those."""
        try:
            return self._expression(node)
        except LiveQueryError as error:
            return Unreadable(error.spot, error.code, error.message, error.hint)

    def _expression(self, node: yaml.Node) -> Expression:
        """Return the expression in a text. Raises LiveQueryError."""
        if not isinstance(node, yaml.ScalarNode):
            raise LiveQueryError(self._spot(node), "an expression is missing here")
        is_plain = node.style is None and "\n" not in node.value
        is_quoted = node.style in ("'", '"') and not {"\\", "'", "\n"} & set(node.value)
        # Where the text of the expression begins in the file: after the quotation mark, if it has one.
        start = node.start_mark.index + is_quoted
        # Escapes and folded lines shift characters: then every place is the beginning of the text.
        has_places = is_plain or is_quoted

        def place(at: int) -> Spot:
            return self._place(start + at if has_places else start)

        return BaseExpressions(Cursor(node.value, place)).whole()

    def _property(self, name: str, spot: Spot) -> str:
        """Record a property that a view names, and return its id."""
        known = property_id(name)
        kind, _, rest = known.partition(".")
        self._properties.setdefault(known, Member(spot, Variable(spot, kind), Constant(spot, rest)))
        return known

    def _mapping(self, node: yaml.Node, what: str) -> dict[str, yaml.Node]:
        """Return the values of a mapping by key; `what` is the subject of the error if it is not one. Raises LiveQueryError."""
        if not isinstance(node, yaml.MappingNode):
            raise LiveQueryError(self._spot(node), f"{what} must have lines `key: value`")
        return {key.value: value for key, value in node.value if isinstance(key, yaml.ScalarNode)}

    def _pairs(self, node: yaml.Node | None, what: str) -> list[tuple[str, yaml.Node]]:
        """Return the keys and values of a mapping that may be missing or empty. Raises LiveQueryError."""
        node = _filled(node)
        if node is None:
            return []
        return list(self._mapping(node, f'"{what}"').items())

    def _items(self, node: yaml.Node | None) -> list[yaml.Node]:
        """Return the items of a list that may be missing, empty, or one item alone."""
        node = _filled(node)
        if node is None:
            return []
        if isinstance(node, yaml.SequenceNode):
            return list(node.value)
        return [node]

    def _text(self, node: yaml.Node) -> str:
        if not isinstance(node, yaml.ScalarNode):
            raise LiveQueryError(self._spot(node), "text is missing here")
        return str(node.value)

    def _word(self, fields: Mapping[str, yaml.Node], name: str) -> str:
        """Return the text of a field, empty if there is none."""
        node = fields.get(name)
        return str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""

    def _number(self, node: yaml.Node | None) -> int | None:
        """Return the limit of a view, None for none. Raises LiveQueryError."""
        if node is None or not isinstance(node, yaml.ScalarNode) or not node.value.strip():
            return None
        if not node.value.strip().isdecimal():
            raise LiveQueryError(self._spot(node), "the limit must be a whole number")
        return int(node.value.strip()[:9])  # no vault has more files than that


def _filled(node: yaml.Node | None) -> yaml.Node | None:
    """Return a node, None for one without a value, as after `order:`."""
    return None if isinstance(node, yaml.ScalarNode) and not node.value else node


def property_id(name: str) -> str:
    """Return the full name of a property: `note.x` for `x`."""
    stripped = name.strip()
    if stripped.startswith(("file.", "formula.")):
        return stripped
    return f"note.{stripped.removeprefix('note.')}"
