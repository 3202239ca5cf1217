"""Mappings of which a few entries are replaced, without copying the others.

The mappings of a vault that an earlier build has stored read each value from disk when it is asked for; to copy such a
mapping would read all of them.
"""

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar

Key = TypeVar("Key")
Value = TypeVar("Value")


class ChangedMapping(Mapping[Key, Value]):
    """The mapping `of` with the entries `changed`, some of which may be new."""

    __slots__ = ("changed", "of")

    def __init__(self, changed: Mapping[Key, Value], of: Mapping[Key, Value]) -> None:
        self.changed = changed
        self.of = of

    def __getitem__(self, key: Key) -> Value:
        return self.changed[key] if key in self.changed else self.of[key]

    # `Mapping` would raise and catch an exception for each key without a value.
    def get(self, key: Key, default: Any = None) -> Any:
        """Return the value of a key, or something else for a key without one."""
        return self.changed[key] if key in self.changed else self.of.get(key, default)

    def __contains__(self, key: object) -> bool:
        return key in self.changed or key in self.of

    def __iter__(self) -> Iterator[Key]:
        return iter(dict.fromkeys((*self.of, *self.changed)))

    def __len__(self) -> int:
        return sum(1 for _ in self)


def with_entry(mapping: Mapping[Key, Value], key: Key, value: Value) -> Mapping[Key, Value]:
    """Return a mapping with another value for one key: a copy of a dict, or any other mapping wrapped in a ChangedMapping."""
    return with_entries(mapping, {key: value})


def with_entries(mapping: Mapping[Key, Value], entries: Mapping[Key, Value]) -> Mapping[Key, Value]:
    """Return a mapping with other values for some keys; see `with_entry`."""
    if not entries:
        return mapping
    if isinstance(mapping, dict):
        return {**mapping, **entries}
    if isinstance(mapping, ChangedMapping):
        return ChangedMapping({**mapping.changed, **entries}, mapping.of)
    return ChangedMapping(dict(entries), mapping)
