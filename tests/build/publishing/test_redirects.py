"""Redirects in real builds, whatever builds the site (PB-6)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.build.conftest import Build
from tests.support.vault import write_vault

LEDGER = """{"garden":"addresses","version":1}
{"address":"/a/","note":"a.md","old":["/old/"]}
"""
NOTES = {"addresses.jsonl": LEDGER, "a.md": "text", "b.md": "more"}


@pytest.mark.parametrize("theme", [(), ("-t", "simple")])
def test_every_build_makes_the_same_redirects(
    tmp_path: Path, build: Callable[..., Build], theme: tuple[str, ...]
) -> None:
    """They come with the notes, not with the theme; the ledger itself is not part of the site, nor written."""
    vault = write_vault(NOTES, tmp_path / "vault")
    site = build(vault, *theme)
    assert site.code == 0, site.log
    assert 'url=/a/"' in site.text("old/index.html")
    assert site.text("_redirects") == "/old/ /a/ 301\n"
    assert not [name for name in site.files() if name.endswith(".jsonl")]
    assert (vault / "addresses.jsonl").read_text() == LEDGER


def test_a_redirect_goes_with_its_page(tmp_path: Path, build: Callable[..., Build]) -> None:
    """When the note is held back, the next build removes it; a change of the ledger alone is noticed, too."""
    vault = write_vault(NOTES, tmp_path / "vault")
    assert "old/index.html" in build(vault).files()
    (vault / "addresses.jsonl").write_text(LEDGER.replace("/old/", "/older/"))
    assert set(build(vault).files()) >= {"older/index.html", "_redirects"}
    assert "old/index.html" not in build(vault).files()
    (vault / "a.md").write_text("---\nstatus: draft\n---\ntext")
    assert not {"a/index.html", "older/index.html", "_redirects"} & set(build(vault).files())
