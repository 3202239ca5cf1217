"""Files in the folder of notes: written in two steps, so that nothing is public which could not be written down."""

import errno
import os
from pathlib import Path

import pytest

from garden.model.errors import StorageError
from garden.publishing.release.kept_file import KeptFile

OLD, NEW = "old\n", "new ä\n"


def test_a_file_that_says_the_same_is_left_as_it_is(tmp_path: Path) -> None:
    """Nothing is written into the vault when nothing has changed, nor is anything left there."""
    file = tmp_path / "published.json"
    for _ in range(2):
        KeptFile(file).prepare(NEW)
        KeptFile(file).put_in_place(NEW)
        first = file.stat().st_ino
    KeptFile(file).prepare(NEW)
    assert file.stat().st_ino == first
    assert [path.name for path in tmp_path.iterdir()] == ["published.json"]


def test_what_was_prepared_is_not_yet_published(tmp_path: Path) -> None:
    """A publication that is killed in between leaves the old list, and the next one goes on from there."""
    file = tmp_path / "published.json"
    KeptFile(file).put_in_place(OLD)
    KeptFile(file).prepare(NEW)
    assert file.read_text(encoding="utf-8") == OLD
    KeptFile(file).prepare(NEW)
    KeptFile(file).put_in_place(NEW)
    assert file.read_text(encoding="utf-8") == NEW
    assert [path.name for path in tmp_path.iterdir()] == ["published.json"]


def test_a_folder_that_cannot_be_written_is_reported(tmp_path: Path) -> None:
    """Before anything else is done."""
    with pytest.raises(StorageError, match=r"published\.json cannot be written"):
        KeptFile(tmp_path / "missing" / "published.json").prepare(NEW)


def test_a_file_that_says_the_same_needs_no_right_to_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On a disk that can only be read even removing what is not there fails."""
    file = tmp_path / "published.json"
    file.write_text(NEW, encoding="utf-8")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr(Path, "unlink", refuse)
    KeptFile(file).prepare(NEW)
    KeptFile(file).put_in_place(NEW)
    with pytest.raises(StorageError, match="nothing has been published"):
        KeptFile(file).prepare(OLD)
    with pytest.raises(StorageError, match="The site has been published"):
        KeptFile(file).put_in_place(OLD)


def test_a_link_is_never_followed(tmp_path: Path) -> None:
    """Whoever may change the vault could otherwise have any file of the machine written over."""
    precious = tmp_path / "precious"
    precious.write_text("precious", encoding="utf-8")
    vault = tmp_path / "vault"
    vault.mkdir()
    for name in ("published.json", ".published.json.new"):
        (vault / name).symlink_to(precious)
    KeptFile(vault / "published.json").prepare(NEW)
    KeptFile(vault / "published.json").put_in_place(NEW)
    assert precious.read_text(encoding="utf-8") == "precious"
    assert (vault / "published.json").read_text(encoding="utf-8") == NEW
    assert not (vault / "published.json").is_symlink()
