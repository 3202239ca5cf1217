"""The documentation is complete: commands, settings, keys, templates' data; and it is a vault without errors."""

from pathlib import Path

import pytest

from garden.__main__ import main
from garden.reading.frontmatter.property import KNOWN_KEYS
from tests.support import reference

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


@pytest.mark.parametrize("page", ["commands", "settings", "templates"])
def test_the_reference_says_what_the_code_says(page: str) -> None:
    """Renew it with `PYTHONPATH=plugins:. .venv/bin/python tests/support/reference.py`."""
    written = (DOCS / "reference" / f"{page}.md").read_text(encoding="utf-8")
    assert written == getattr(reference, f"{page}_page")()


def test_every_front_matter_key_is_documented() -> None:
    """A key that has a meaning stands in the table of keys."""
    written = (DOCS / "reference" / "keys.md").read_text(encoding="utf-8")
    assert [key for key in sorted(KNOWN_KEYS) if f"`{key}`" not in written] == []


def test_the_documentation_is_a_site_without_errors(capsys: pytest.CaptureFixture[str]) -> None:
    """`garden check docs` finds no error, and every link leads somewhere."""
    assert main(["check", str(DOCS), "--conf", str(ROOT / "pelican.conf.py")]) == 0
    assert "link-unresolved" not in capsys.readouterr().out


def test_every_page_is_reached_from_the_first() -> None:
    """The start page links to each page of the documentation, but the rules, which have an index of their own."""
    first = (DOCS / "index.md").read_text(encoding="utf-8")
    pages = [path.relative_to(DOCS).as_posix() for path in sorted(DOCS.rglob("*.md"))]
    expected = [page for page in pages if page != "index.md" and not page.startswith("notes/")]
    assert [page for page in expected if f"({page})" not in first] == []
