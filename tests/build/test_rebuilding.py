"""Building again: only what changed is written, and the result is what a first build would give."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.conftest import Build
from tests.support.vault import write_vault

NOTES = {
    "a.md": "---\ntitle: Alpha\ndate: 2024-01-02\ntags: one\n---\nup::[[Hub]]\n\nSee [[b]] and ![[b#Part]].\n",
    "b.md": "---\ntitle: Beta\n---\nup::[[Hub]]\n\n## Part\n\nText of the part. ![[p.png]]\n",
    "c.md": "---\ntitle: Gamma\n---\nnext::[[a]]\n",
    "p.png": b"not really a picture",
}


def _times(site: Build) -> dict[str, int]:
    return {path: (site.out / path).stat().st_mtime_ns for path in site.files()}


def test_nothing_changed_nothing_written(tmp_path: Path, build: Callable[..., Build]) -> None:
    """A second build of the same notes leaves every file as it is."""
    notes = write_vault(NOTES, tmp_path / "vault")
    before = _times(build(notes))
    assert _times(build(notes)) == before


def test_problems_are_reported_again(tmp_path: Path, build: Callable[..., Build]) -> None:
    """A build with nothing to do still prints the problems of the notes, and fails for an error."""
    notes = write_vault(
        {"a.md": "[[nowhere]]", "b.md": "---\nslug: ../x\n---\n"},
        tmp_path / "vault",
    )
    first, second = build(notes), build(notes)
    for site in (first, second):
        assert "a.md:1:1: warning [link-unresolved]" in site.log
        assert "[slug-unsafe]" in site.log
        assert site.code == 1


@pytest.mark.parametrize(
    "change",
    [
        {"b.md": "---\ntitle: Better\n---\nup::[[Hub]]\n\n## Part\n\nOther text.\n"},
        {"b.md": "---\ntitle: Beta\nstatus: draft\n---\nup::[[Hub]]\n\n## Part\n\nText. ![[p.png]]\n"},
        {"d.md": "up::[[a]]\n\nNew, see [[Beta]].\n", "Hub.md": "---\ntitle: Hub\n---\nWritten now.\n"},
        {"b.md": None, "p.png": None},
        {"a.md": "---\ntitle: Alpha\ntags: two\n---\nup::[[c]]\n"},
        {"p.png": b"another picture"},
    ],
)
def test_a_rebuild_equals_a_first_build(
    tmp_path: Path, build: Callable[..., Build], change: dict[str, str | bytes | None]
) -> None:
    """After a change the output is, byte for byte, that of a build from nothing; what went is gone."""
    notes = write_vault(NOTES, tmp_path / "vault")
    build(notes)
    write_vault({name: content for name, content in change.items() if content is not None}, notes)
    for name in (name for name, content in change.items() if content is None):
        (notes / name).unlink()
    again = build(notes)
    fresh = build(notes, out="fresh", cache="fresh-cache")
    assert again.files() == fresh.files()
    assert again.code == fresh.code


def test_a_lost_page_comes_back(tmp_path: Path, build: Callable[..., Build]) -> None:
    """A file that somebody deleted or changed in the output is written again."""
    notes = write_vault(NOTES, tmp_path / "vault")
    before = build(notes).files()
    (tmp_path / "out" / "a" / "index.html").unlink()
    (tmp_path / "out" / "b" / "index.html").write_text("broken", encoding="utf-8")
    assert build(notes).files() == before


def test_a_damaged_cache_is_started_afresh(tmp_path: Path, build: Callable[..., Build]) -> None:
    """Garbage in the cache folder costs time, never a page."""
    notes = write_vault(NOTES, tmp_path / "vault")
    before = build(notes).files()
    for path in (tmp_path / "cache").rglob("*"):
        if path.is_file():
            path.write_bytes(b"garbage")
    again = build(notes)
    assert again.code == 0, again.log
    assert again.files() == before


def test_files_of_others_are_left_alone(tmp_path: Path, build: Callable[..., Build]) -> None:
    """A file in the output that the build did not write stays."""
    notes = write_vault(NOTES, tmp_path / "vault")
    build(notes)
    (tmp_path / "out" / "CNAME").write_text("example.org", encoding="utf-8")
    write_vault({"a.md": "changed"}, notes)
    assert "CNAME" in build(notes).files()
