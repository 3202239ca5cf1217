"""The order of values of any types (DV-9): null first, then by the name of the type, then by value."""

from collections.abc import Mapping
from math import isnan
from typing import Any

from garden.model.names import fold
from garden.model.views.moments import Duration, Moment
from garden.views.dataview.records import FieldRecord
from garden.views.values import LinkValue, Value, type_name


def sort_key(value: Value) -> tuple[Any, ...]:
    """Return the key by which values are compared and sorted; equal values have equal keys."""
    match value:
        case None:
            return (0,)
        case bool():
            return (1, "boolean", value)
        case int() | float():
            return (1, "number", float("-inf") if isnan(value) else value)
        case str():
            return (1, "string", fold(value), value)
        case Moment():
            return (1, "date", value)
        case Duration():
            return (1, "duration", value.total)
        case LinkValue():
            return (1, "link", fold(value.key[0]), *value.key)
        case list():
            return (1, "array", tuple(map(sort_key, value)))
        case FieldRecord():
            # Comparing all fields would be slow, and records of the same note or item have the same fields.
            return (1, "object", value.identity)
        case Mapping():
            pairs = sorted(value.items(), key=lambda pair: str(pair[0]))
            names = tuple(str(name) for name, _ in pairs)
            return (1, "object", names, tuple(sort_key(item) for _, item in pairs))
        case _:
            return (1, type_name(value), repr(value))
