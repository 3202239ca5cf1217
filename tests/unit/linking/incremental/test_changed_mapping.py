"""Mappings of which a few entries are replaced."""

from collections.abc import Mapping
from types import MappingProxyType

from garden.linking.incremental.changed_mapping import ChangedMapping, with_entries, with_entry

STORED: Mapping[str, int | None] = MappingProxyType({"a": 1, "b": 2})


def test_it_is_like_a_copy_with_other_values() -> None:
    """New keys come last; a value of None is a value."""
    changed = with_entries(STORED, {"b": None, "c": 3})
    assert list(changed.items()) == [("a", 1), ("b", None), ("c", 3)]
    assert [changed.get(key, 0) for key in "abcd"] == [1, None, 3, 0]
    assert ("b" in changed, "d" in changed, len(changed)) == (True, False, 3)


def test_a_change_of_a_changed_mapping_leaves_both_as_they_are() -> None:
    """Only the changes are copied, never what they are changes of."""
    one = with_entry(STORED, "a", 5)
    other = with_entry(one, "b", 6)
    assert (dict(one), dict(other)) == ({"a": 5, "b": 2}, {"a": 5, "b": 6})
    assert isinstance(other, ChangedMapping)
    assert other.of is STORED


def test_without_changes_it_is_the_very_same() -> None:
    """So that nothing has to be compared."""
    assert with_entries(STORED, {}) is STORED
