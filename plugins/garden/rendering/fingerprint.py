"""A page's fingerprint: equal for equal pages, so that an unchanged one is not rendered again."""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from operator import attrgetter
from typing import Any

_Reader = Callable[[Any], tuple[object, ...]]

_readers: dict[type, _Reader | None] = {}


def fingerprint(view: object) -> str:
    """Return the SHA-256 of a view, a dataclass of text, numbers, views and plain containers of them.

    It does not depend on object identity, hash seed or Python's build.
    """
    return sha256(repr(_plain(view)).encode("utf-8", "surrogatepass")).hexdigest()


def _plain(value: Any) -> object:
    """Return `value` as nested tuples, which print fast and without ambiguity."""
    kind = type(value)
    if kind is str or kind is int or kind is bool or value is None:
        return value
    if kind is tuple or kind is list:
        return tuple(map(_plain, value))
    read = _reader(kind)
    if read is not None:
        return (kind.__name__, tuple(map(_plain, read(value))))
    if isinstance(value, Mapping):
        return ("{}", tuple((_plain(key), _plain(inner)) for key, inner in value.items()))
    return repr(value)


def _reader(kind: type) -> _Reader | None:
    """Return a function that reads all fields of a dataclass of this type, None for other types."""
    if kind not in _readers:
        _readers[kind] = _new_reader(kind) if is_dataclass(kind) else None
    return _readers[kind]


def _new_reader(kind: type) -> _Reader:
    # One more attribute makes the getter return a tuple even for a single field.
    read = attrgetter(*(field.name for field in fields(kind)), "__class__")
    return lambda value: read(value)[:-1]
