"""Files that vanish while a build runs: it goes on without them and says so (HC-9)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from garden.publishing import page_writer, site_writer
from garden.vault import site as vault_site
from tests.support.building import build
from tests.support.built_site import BuiltSite
from tests.support.vault import write_vault

NOTES = {"a.md": "![[p.png]] [[b]] [x](f.txt)", "b.md": "text", "p.png": b"picture", "f.txt": "file"}


def _before(monkeypatch: pytest.MonkeyPatch, module: object, name: str, act: Callable[[], None]) -> None:
    """Let something happen just before a function of the build is called."""
    called = getattr(module, name)

    def first(*arguments: object, **options: object) -> object:
        act()
        return called(*arguments, **options)

    monkeypatch.setattr(module, name, first)


@pytest.mark.parametrize(
    ("module", "name"),
    [(vault_site, "read_site"), (site_writer, "image_files"), (page_writer, "generated_pages")],
)
def test_the_build_goes_on_without_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, module: object, name: str
) -> None:
    """After scanning, after linking, and after the pages: no traceback, and the next build is like a first one."""
    source = write_vault(NOTES, tmp_path / "vault")

    def vanish() -> None:
        for path in ("b.md", "p.png", "f.txt"):
            (source / path).unlink(missing_ok=True)

    _before(monkeypatch, module, name, vanish)
    result = build(source, tmp_path / "output")
    site = BuiltSite(tmp_path / "output", result.exit_code, result.log)
    assert "Traceback" not in site.log
    assert site.exit_code == 0
    assert site.page("a.md")
    assert {problem.path for problem in site.problems if problem.code == "file-changed"} >= {"p.png", "f.txt"}
    monkeypatch.undo()
    build(source, tmp_path / "output")
    build(source, tmp_path / "first")
    assert _content(tmp_path / "output") == _content(tmp_path / "first")


def _content(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def test_a_note_that_becomes_a_draft_while_it_is_built_is_a_draft_in_the_next_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also when its text is then what was scanned: what was built is remembered by what was read."""
    draft = "---\nstatus: draft\n---\nSecretword"
    source = write_vault({"a.md": draft, "b.md": "text"}, tmp_path / "vault")
    _before(monkeypatch, vault_site, "read_site", lambda: (source / "a.md").write_text("Secretword") and None)
    build(source, tmp_path / "output")
    monkeypatch.undo()
    write_vault({"a.md": draft}, source)
    result = build(source, tmp_path / "output")
    assert not BuiltSite(tmp_path / "output", result.exit_code, result.log).files_with("Secretword")
