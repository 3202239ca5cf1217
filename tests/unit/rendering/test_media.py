"""Attachments shown in place (EM-2, EM-3, EM-6)."""

import pytest

from tests.unit.rendering.conftest import Vault


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("![[a b.png]]", '<img data-embed="image" src="/a%20b.png" alt="a b.png" loading="lazy">'),
        (
            "![[a b.png|300]]",
            '<img data-embed="image" src="/a%20b.png" alt="a b.png" width="300" loading="lazy">',
        ),
        (
            "![[a b.png|30x20]]",
            '<img data-embed="image" src="/a%20b.png" alt="a b.png" width="30" height="20" loading="lazy">',
        ),
        (
            '![[a b.png|say "x"]]',
            '<img data-embed="image" src="/a%20b.png" alt="say &quot;x&quot;" loading="lazy">',
        ),
        ("![](a%20b.png)", '<img data-embed="image" src="/a%20b.png" alt="" loading="lazy">'),
    ],
)
def test_em_2_images_have_alt_text_and_the_authors_size(vault: Vault, written: str, html: str) -> None:
    """The display text is the alt text, else the file's name; a size is an attribute."""
    vault.files = ["a b.png"]
    vault.note("a.md", written, block_embeds=False)
    assert vault.html("a.md") == html


@pytest.mark.parametrize(
    ("name", "kind", "element"),
    [
        ("x.mp3", "audio", '<audio controls preload="metadata" src="/x.mp3">'),
        ("x.mp4", "video", '<video controls preload="metadata" src="/x.mp4">'),
        ("x.pdf", "pdf", '<iframe src="/x.pdf" title="x.pdf" loading="lazy">'),
        ("x.zip", "file", '<a class="attachment" href="/x.zip">'),
    ],
)
def test_em_6_other_kinds_have_a_link_beside_them(vault: Vault, name: str, kind: str, element: str) -> None:
    """Each kind is marked and can be opened."""
    vault.files = [name]
    vault.note("a.md", f"![[{name}]]")
    html = vault.html("a.md")
    assert f'data-embed="{kind}"' in html
    assert element in html
    assert f'<a class="attachment" href="/{name}">{name}</a>' in html


def test_em_6_a_pdf_keeps_its_page_and_height(vault: Vault) -> None:
    """The page goes into the address, the height does not."""
    vault.files = ["x.pdf"]
    vault.note("a.md", "![[x.pdf#page=3#height=400]]")
    assert '<iframe src="/x.pdf#page=3" title="x.pdf" loading="lazy" height="400">' in vault.html("a.md")


def test_a_canvas_is_a_link_and_is_noted(vault: Vault) -> None:
    """What cannot be drawn yet is never dropped silently."""
    vault.files = ["x.canvas"]
    vault.note("a.md", "![[x.canvas]]")
    filled = vault.fill("a.md")
    assert '<div class="embed not-rendered" data-embed="file"><a class="attachment"' in filled.html
    assert [problem.code for problem in filled.problems] == ["not-rendered"]
