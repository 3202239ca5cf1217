"""A preview shows drafts, marked, and nothing of them gets into any other output (PB-8)."""

import json
from pathlib import Path

import pytest

from tests.build.conftest import Build
from tests.support.vault import write_vault

VAULT = {
    "public.md": "---\ntags: [t]\n---\nSee [[secret]].\n\nup:: [[Topic]]",
    "secret.md": "---\ntitle: A secret\nstatus: draft\ntags: [t]\n---\nSomething about [[public]].\n\nup:: [[Topic]]",
    "word.md": "---\nstatus: later\n---\nA word.",
    "a/public.md": "---\nstatus: draft\nslug: public\n---\nIt wants the address of a published note.",
}


def preview_of(folder: Path) -> list[str]:
    return ["-e", f"GARDEN_PREVIEW_FOLDER={json.dumps(str(folder / 'preview'))}"]


@pytest.fixture
def preview(build, tmp_path: Path) -> Build:
    """The preview of the vault."""
    vault = write_vault(VAULT, tmp_path / "vault")
    return build(vault, *preview_of(tmp_path), out="preview")


def test_a_draft_has_its_page_and_is_marked_wherever_it_is_listed(preview: Build) -> None:
    page = preview.text("secret/index.html")
    assert "Only the preview shows this note: its status is draft." in page
    assert "its status is not known (later)" in preview.text("word/index.html")
    marked = '<a href="/secret/">A secret</a> <span class="draft">draft</span>'
    for listing in ("topic/index.html", "map/index.html", "tags/t/index.html", "public/index.html"):
        assert marked in preview.text(listing), listing
    assert "A secret (draft)" in preview.text("search/notes-0.json")
    assert "A secret (draft)" in preview.text("graph.json")
    assert 'class="held"' not in preview.text("public/index.html")


def test_what_is_published_has_the_addresses_there_that_it_has_elsewhere(preview: Build) -> None:
    assert "See" in preview.text("public/index.html")
    assert "It wants the address" in preview.text("public-2/index.html")


def test_drafts_are_still_counted_as_held_back(preview: Build) -> None:
    assert "3 of 4 notes are held back" in preview.log


def test_no_other_build_has_anything_of_it(preview: Build, build, tmp_path: Path) -> None:
    """After a preview, with the same cache, the site is what it is without one."""
    assert preview.code == 0
    public = build(tmp_path / "vault", *preview_of(tmp_path), out="out")
    clean = build(tmp_path / "vault", out="clean", cache="fresh")
    assert public.files() == clean.files()
    assert not [
        name for name, content in public.files().items() if b"A secret" in content or "secret/" in name
    ]
