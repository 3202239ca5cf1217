"""Files that cannot be replaced or removed for a moment, as on Windows."""

from pathlib import Path

import pytest

from garden.vault import files_in_use


def test_a_file_that_somebody_reads_is_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It takes its place as soon as the reader has gone; one that stays is an error."""
    monkeypatch.setattr(files_in_use, "_WAITS", (0, 0))
    readers = [2]
    replace, unlink = Path.replace, Path.unlink

    def busy(readers: list[int]) -> None:
        if readers[0]:
            readers[0] -= 1
            raise PermissionError("used by another process")

    monkeypatch.setattr(Path, "replace", lambda new, place: (busy(readers), replace(new, place)))
    monkeypatch.setattr(
        Path, "unlink", lambda file, missing_ok=False: (busy(readers), unlink(file, missing_ok))
    )
    (tmp_path / "new").write_text("new", encoding="utf-8")
    files_in_use.put_in_place(tmp_path / "new", tmp_path / "place")
    assert (tmp_path / "place").read_text(encoding="utf-8") == "new"
    readers[0] = 3
    with pytest.raises(PermissionError):
        files_in_use.remove(tmp_path / "place")
    files_in_use.remove(tmp_path / "place")
    files_in_use.remove(tmp_path / "place")
    assert not (tmp_path / "place").exists()
