"""Files of the author's own that take the place of what is made, and what a note loads from elsewhere."""

from collections.abc import Callable
from pathlib import Path

from tests.build.conftest import Build
from tests.support.vault import write_vault

OWN = {
    "robots.txt": "User-agent: *\nDisallow: /\n",
    "_headers": "/*\n  X-Own: 1\n",
    "favicon.svg": "<svg/>",
    ".well-known/security.txt": "Contact: mailto:a@example.org\n",
    ".well-known/.hidden": "x",
    ".obsidian/app.json": "{}",
}


def test_files_of_the_authors_own_are_published_as_they_are(
    tmp_path: Path, build: Callable[..., Build]
) -> None:
    """Those that the setting names; no generated file is beside them."""
    notes = write_vault({"a.md": "text", **OWN}, tmp_path / "vault")
    made = build(notes, 'SITEURL="https://example.org"', 'GARDEN={"static": []}')
    assert "Sitemap: https://example.org/sitemap.xml" in made.text("robots.txt")
    assert not [name for name in made.files() if "well-known" in name or name == "favicon.svg"]
    named = '["robots.txt", "_headers", "favicon.svg", ".well-known"]'
    site = build(notes, f'GARDEN={{"static": {named}}}')
    files = {name: content.decode() for name, content in site.files().items() if name in OWN}
    assert files == {name: OWN[name] for name in (*list(OWN)[:4],)}
    assert not [name for name in site.files() if name.startswith(("robots-", "_headers-", ".obsidian"))]
    assert '<link rel="icon" href="/favicon.svg">' in site.text("a/index.html")
    assert "theme/favicon" not in site.text("a/index.html")


def test_the_policy_allows_what_notes_load_and_nothing_else(
    tmp_path: Path, build: Callable[..., Build]
) -> None:
    """A picture of another site in one note; nothing for notes that are not published."""
    vault = {
        "a.md": "![x](https://pictures.example/x.png)",
        "b.md": "---\nstatus: draft\n---\n![x](https://secret.example/x.png)",
    }
    text = build(write_vault(vault, tmp_path / "vault")).text("_headers")
    assert "img-src 'self' data: https://pictures.example;" in text
    assert "secret" not in text
    assert "unsafe" not in text
