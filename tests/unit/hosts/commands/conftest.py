"""A small project for the commands that read a vault."""

from pathlib import Path

import pytest

from tests.support.vault import write_vault

PROJECT_NOTES = {
    "a.md": "---\nup: '[[unwritten parent]]'\n---\nSee [[b]], [[Nowhere]] and [[nowhere|again]].\n",
    "deep/b.md": "---\ntitle: The draft\nstatus: draft\n---\nSee [[nowhere]].\n",
    "broken.md": "---\ntitle: [\n---\ntext\n",
}


@pytest.fixture
def project(tmp_path, monkeypatch) -> Path:
    """A project with three notes, as the current folder."""
    write_vault(PROJECT_NOTES, tmp_path / "notes")
    (tmp_path / "pelican.conf.py").write_text('PATH = "notes"\nTIMEZONE = "Asia/Tokyo"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path
