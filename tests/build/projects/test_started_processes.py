"""Where processes are started afresh, as on macOS and Windows, they write the pages that one process writes."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from garden.linking.relation import Node
from garden.publishing import site_writer
from garden.publishing.page_writer import WrittenLists
from garden.publishing.site_writer import SiteWriter
from garden.vault import parallel
from tests.support.building import build
from tests.support.vault import write_vault

_NOTES = 6
_VAULT: Mapping[str, str | bytes] = {
    "index.md": "# Home\n\nAll of [[Note 1]] and ![[Note 2]].",
    "picture.svg": '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"/>',
    **{
        f"Note {number}.md": f"---\nup: '[[index]]'\ntags: [odd, t{number % 2}]\ndate: 2024-01-0{number}\n---\n"
        f"Text with [[Note {number % _NOTES + 1}]], a `word`, a footnote[^1] and ![[picture.svg]].\n\n[^1]: It is here.\n"
        for number in range(1, _NOTES + 1)
    },
}

_SETTINGS = {"JINJA_ENVIRONMENT": {"trim_blocks": True, "lstrip_blocks": True, "extensions": []}}


def _write_notes(self: SiteWriter, nodes: object) -> None:
    raise AssertionError(f"the pages of {nodes} are written by another process")


_lists_of = SiteWriter._write_lists_of
_written_here: list[Node | str] = []


def _write_lists_of(self: SiteWriter, jobs: Sequence[Node | str]) -> WrittenLists:
    _written_here.extend(jobs)
    return _lists_of(self, jobs)


def _files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_started_processes_write_the_same_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every page, list, index and record has the same bytes."""
    source = write_vault(_VAULT, tmp_path / "vault")
    assert build(source, tmp_path / "here", _SETTINGS).exit_code == 0
    monkeypatch.setattr(parallel, "_START", "spawn")
    monkeypatch.setattr(parallel, "WORTH_STARTING", _NOTES + 1)
    monkeypatch.setattr(parallel, "_SHARE", 4)
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    # Lists are shared from so many notes on that no test has them.
    monkeypatch.setattr(site_writer, "WORTH_SHARING", _NOTES)
    monkeypatch.setattr(site_writer, "_MANY", _NOTES)
    for work in (_write_notes, _write_lists_of):
        monkeypatch.setattr(SiteWriter, work.__name__, work)  # in this process alone
    result = build(source, tmp_path / "started", _SETTINGS)
    assert result.exit_code == 0, result.log
    assert "tags" in _written_here or "archive" in _written_here
    assert "search" not in _written_here  # the other process begins with it
    assert _files(tmp_path / "started") == _files(tmp_path / "here")
