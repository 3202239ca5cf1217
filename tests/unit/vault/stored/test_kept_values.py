"""Values that a build stores for the next one, in steps."""

import sqlite3
from pathlib import Path

import pytest

from garden.vault.stored.kept_values import KeptLostError, KeptMapping, KeptValues, NewValues, parted


def stored(file: Path, name: str) -> object:
    """Read one value."""
    values = KeptValues(file).open()
    try:
        return values[name]
    finally:
        values.close()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file with the values of an earlier build."""
    file = tmp_path / "site.sqlite"
    new = NewValues(file)
    assert new.begin([("a", 1), ("b", 1)])
    new.finish([("c", 1)])
    return file


def test_values_stay_until_the_last_step(file: Path) -> None:
    """A build that is killed before leaves what it has found."""
    new = NewValues(file)
    assert new.begin([("a", 2)])
    assert stored(file, "a") == 1
    new.finish([("c", 2)])
    assert (stored(file, "a"), stored(file, "c")) == (2, 2)
    with pytest.raises(KeptLostError):
        stored(file, "b")
    assert list(file.parent.iterdir()) == [file]


def test_the_steps_of_two_builds_are_not_mixed(file: Path) -> None:
    """The one that has begun last is complete, and the other one knows that its first values are lost."""
    first, second = NewValues(file), NewValues(file)
    assert first.begin([("a", "first")])
    assert second.begin([("a", "second")])
    first.finish([("c", "first")])
    with pytest.raises(KeptLostError):
        KeptValues(file).open()
    second.finish([("c", "second")])
    with pytest.raises(KeptLostError):
        KeptValues(file).open()


def test_a_step_that_fails_says_so(tmp_path: Path) -> None:
    """Where no file can be made, there are no values, and a build goes on."""
    new = NewValues(tmp_path / "missing" / "site.sqlite")
    assert not new.begin([("a", 1)])
    new.finish([("b", 1)])
    assert list(tmp_path.iterdir()) == []


def test_some_values_change_and_the_others_stay(file: Path) -> None:
    """Unless the file is damaged: then none is left."""
    KeptValues(file).change([("b", 2)])
    assert [stored(file, name) for name in "abc"] == [1, 2, 1]
    file.write_bytes(b"no database")
    KeptValues(file).change([("b", 3)])
    assert not file.exists()


def test_a_mapping_is_read_in_parts(tmp_path: Path) -> None:
    """Only those in which a key may be; a key without a value is in none."""
    file = tmp_path / "site.sqlite"
    mapping = {f"key {number}": number for number in range(200)}
    new = NewValues(file)
    new.begin(parted("m", mapping))
    new.finish([])
    values = KeptValues(file).open()
    kept: KeptMapping[str, int] = KeptMapping(values, "m")
    assert kept["key 7"] == 7
    with sqlite3.connect(file) as connection:
        connection.execute("DELETE FROM kept WHERE name != ?", (b"m",))
    assert kept["key 7"] == kept.get("key 7") == 7
    with pytest.raises(KeptLostError):
        dict(kept)
    values.close()


def test_a_mapping_that_has_been_read_is_complete(tmp_path: Path) -> None:
    """It has the order, and nothing but the keys, of the one that was stored."""
    new = NewValues(tmp_path / "site.sqlite")
    mapping = {f"key {number}": number for number in range(200)}
    new.begin(parted("m", mapping))
    new.finish([])
    values = KeptValues(tmp_path / "site.sqlite").open()
    kept: KeptMapping[str, int] = KeptMapping(values, "m")
    assert "nothing" not in kept
    assert kept.get("nothing", 1) == 1
    assert list(kept.items()) == list(mapping.items())
    assert (kept.get("nothing"), "nothing" in kept) == (None, False)
    with pytest.raises(KeyError):
        kept["nothing"]
    values.close()
