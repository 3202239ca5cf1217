"""Images, cards, icons and the search index of a whole site."""

import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image

from tests.build.conftest import Build
from tests.support.vault import write_vault

SITE = 'SITEURL="https://example.org/docs"'


def picture(width: int, height: int, kind: str) -> bytes:
    """An image with many bytes and little to encode."""
    out = BytesIO()
    Image.radial_gradient("L").resize((width, height)).convert("RGB").save(out, kind)
    return out.getvalue()


def test_large_images_have_variants_in_the_output(tmp_path: Path, build: Callable[..., Build]) -> None:
    """Every address in the page is a file; the original is untouched; gone with the note that shows it."""
    large = picture(700, 500, "BMP")
    notes = write_vault(
        {"a.md": "![[x.bmp]] ![[bad.png]]", "x.bmp": large, "bad.png": "no image"}, tmp_path / "vault"
    )
    site = build(notes, "--verbose")
    page = site.text("a/index.html")
    assert 'width="700" height="500"' in page
    sources = re.findall(r"(/image-sizes/[0-9a-f]+-\d+\.webp) (\d+)w", page)
    assert [width for _, width in sources] == ["480", "700"]
    assert all(address.lstrip("/") in site.files() for address, _ in sources)
    assert site.files()["x.bmp"] == large
    assert site.log.count("bad.png:1:1: info [image-unreadable]") == 1
    (notes / "a.md").write_text("No image.")
    assert not [name for name in build(notes).files() if name.startswith(("image-sizes/", "x.bmp"))]


def test_a_published_site_has_a_card_for_each_page(tmp_path: Path, build: Callable[..., Build]) -> None:
    """The page names it with its full address; without an address of the site there is none."""
    notes = write_vault({"a.md": "up:: [[Hub]]", "b.md": "---\ntitle: ሰላም\n---\n"}, tmp_path / "vault")
    site = build(notes, SITE, "--verbose")
    assert site.log.count("b.md:1:1: info [card-missing]") == 1
    assert '<meta property="og:image" content="https://example.org/docs/a/card.png">' in site.text(
        "a/index.html"
    )
    assert sorted(name for name in site.files() if name.endswith("card.png")) == [
        "a/card.png",
        "card.png",
        "hub/card.png",
    ]
    assert "og:image" not in site.text("b/index.html")
    # Pages that list notes have that of the site.
    for page in ("index.html", "map/index.html", "tags/index.html"):
        assert '<meta property="og:image" content="https://example.org/docs/card.png">' in site.text(page)
    assert not [name for name in build(notes).files() if name.endswith("card.png")]


def test_icons_are_where_pages_look_for_them(tmp_path: Path, build: Callable[..., Build]) -> None:
    """Each icon that a page names is a file of the output."""
    site = build(write_vault({"a.md": "Text."}, tmp_path / "vault"))
    named = re.findall(
        r'<link rel="(?:icon|apple-touch-icon)"[^>]*href="/([^"]+)"', site.text("a/index.html")
    )
    assert len(named) == 3
    assert set(named) <= site.files().keys()


def test_the_index_is_made_once_and_kept(tmp_path: Path, build: Callable[..., Build]) -> None:
    """A second build writes nothing, another cache gives equal bytes, `search: False` takes it all away."""
    notes = write_vault(
        {"a.md": "# A\n\nAlpha text.\n", "b.md": "---\nlang: zh\n---\n数据版本"}, tmp_path / "vault"
    )
    first = build(notes)
    assert first.code == 0, first.log
    index = [name for name in first.files() if name.startswith("search/") and name.endswith(".json")]
    names = ("branch", "index", "notes-0", "tag", "words-0")
    assert sorted(index) == [f"search/{name}.json" for name in names]
    times = {name: (first.out / name).stat().st_mtime_ns for name in index}
    again = build(notes)
    assert {name: (again.out / name).stat().st_mtime_ns for name in index} == times
    assert build(notes, out="other", cache="other-cache").files() == first.files()
    without = build(notes, 'GARDEN={"search": false}')
    assert not [name for name in without.files() if name.startswith("search/")]
    assert 'data-component="search"' not in without.text("a/index.html")
