"""Attachments shown in place (EM-2, EM-3, EM-6)."""

import pytest

from garden.model.image import Variant, VaultImage
from garden.model.names import Url, VaultPath
from garden.rendering.body.fill import fill
from tests.support.vault import Vault


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


SEEN = {
    VaultPath("a b.png"): VaultImage(
        1200, 800, (Variant(Url("images/x-480.webp"), 480), Variant(Url("images/x-1200.webp"), 1200))
    ),
    VaultPath("small.png"): VaultImage(40, 30),
}


def shown(vault: Vault, written: str) -> str:
    """The HTML of an image whose size is known."""
    vault.files = ["a b.png", "small.png"]
    vault.set(base="/docs")
    vault.note("a.md", written, block_embeds=False)
    return fill(vault.snapshot(), vault.body, VaultPath("a.md"), vault.settings, pictures=SEEN).html


def test_em_2_an_image_without_a_size_has_its_own(vault: Vault) -> None:
    """The browser keeps its place free, so the text does not move when it arrives."""
    html = shown(vault, "![[small.png]]")
    assert html == (
        '<img data-embed="image" src="/docs/small.png" alt="small.png" width="40" height="30" loading="lazy">'
    )


@pytest.mark.parametrize(
    ("size", "attributes"), [("20", ' width="20"'), ("20x10", ' width="20" height="10"')]
)
def test_em_2_the_authors_size_wins_over_the_files(vault: Vault, size: str, attributes: str) -> None:
    """Exactly what the author has written, nothing computed beside it."""
    assert f'alt="small.png"{attributes} loading="lazy">' in shown(vault, f"![[small.png|{size}]]")


def test_em_2_variants_are_offered_round_the_original(vault: Vault) -> None:
    """The original stays the image; what the browser may take instead depends on the width shown."""
    html = shown(vault, "![[a b.png]]")
    assert html.startswith(
        '<picture><source type="image/webp" srcset="/docs/images/x-480.webp 480w, '
        '/docs/images/x-1200.webp 1200w" sizes="'
    )
    assert 'src="/docs/a%20b.png"' in html
    assert html.endswith("></picture>")
    assert 'sizes="300px"' in shown(vault, "![[a b.png|300]]")
