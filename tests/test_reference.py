"""The documentation is complete: commands, settings, keys, templates' data; and it is a vault without errors."""

import re
from pathlib import Path

import pytest

from garden.__main__ import main
from garden.reading.frontmatter.property import ALT_KEYS, IMAGE_KEYS, KNOWN_KEYS
from tests.support import reference

ROOT = Path(__file__).resolve().parents[1]
DOCS = ROOT / "docs"


@pytest.mark.parametrize("page", ["commands", "settings", "templates"])
def test_the_reference_says_what_the_code_says(page: str) -> None:
    """Renew it with `PYTHONPATH=plugins:. .venv/bin/python tests/support/reference.py`."""
    written = (DOCS / "reference" / f"{page}.md").read_text(encoding="utf-8")
    assert written == getattr(reference, f"{page}_page")()


def test_every_front_matter_key_is_documented() -> None:
    """A key that has a meaning is in the first column of the table of keys, or has a section of its own."""
    written = (DOCS / "reference" / "keys.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`.+?`) \|", written, re.MULTILINE)
    named = {key for row in rows for key in re.findall(r"`(.+?)`", row)} | set(
        re.findall(r"^([\w-]+):$", written, re.MULTILINE)
    )
    meant = {key.replace("_", "-") for key in (*KNOWN_KEYS, *IMAGE_KEYS, *ALT_KEYS)}
    assert len(named) > 40
    assert sorted(meant - {key.replace("_", "-") for key in named}) == []


def test_every_field_of_a_template_is_described() -> None:
    """By a comment beside it, in the docstring of its type, or among those that mean the same everywhere."""
    _, *types = (DOCS / "reference" / "templates.md").read_text(encoding="utf-8").split("\n## ")
    described, missing = 0, []
    for text in types:
        about, _, table = text.partition("\n| field |")
        for name, comment in re.findall(r"^\| `(\w+)` \| `.*?` \| *(.*?) *\|$", table, re.MULTILINE):
            if comment or name in reference.EVERYWHERE or f"`{name}`" in about:
                described += 1
            else:
                missing.append(f"{about.partition(chr(10))[0]}.{name}")
    assert described > 200
    assert missing == []


def test_the_documentation_is_a_site_without_errors(capsys: pytest.CaptureFixture[str]) -> None:
    """`garden check docs` finds no error, and every link leads somewhere."""
    assert main(["check", str(DOCS), "--conf", str(ROOT / "pelican.conf.py")]) == 0
    assert "link-unresolved" not in capsys.readouterr().out


def test_every_page_is_reached_from_the_first() -> None:
    """The start page links to each page of the documentation, but the rules, which have an index of their own, and examples."""
    first = (DOCS / "index.md").read_text(encoding="utf-8")
    listed = (path for path in sorted(DOCS.rglob("*.md")) if not path.name.startswith("example-"))
    pages = [path.relative_to(DOCS).as_posix() for path in listed]
    expected = [page for page in pages if page != "index.md" and not page.startswith("notes/")]
    assert len(expected) > 20
    assert [page for page in expected if f"({page})" not in first] == []
