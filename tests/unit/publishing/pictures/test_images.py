"""The images of a vault: sizes for the layout, variants of large ones, hostile files."""

import os
import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from garden.model.image import VaultImage
from garden.model.names import VaultPath
from garden.publishing.leaks.image_metadata import has_position
from garden.publishing.pictures import images
from garden.publishing.pictures.images import ImageFiles, image_files


def shaded(width: int, height: int) -> Image.Image:
    """An image with something to see and little to encode."""
    return Image.radial_gradient("L").resize((width, height)).convert("RGB")


def encoded(image: Image.Image, kind: str, **options: object) -> bytes:
    """The bytes of an image."""
    out = BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


class Vault:
    """Image files and the cache beside them."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "vault"
        self.cache = folder / "cache"
        self.root.mkdir()

    def add(self, name: str, content: bytes | str) -> None:
        """Add a file."""
        (self.root / name).write_bytes(content if isinstance(content, bytes) else content.encode())

    def look(self, large: int = 20_000) -> ImageFiles:
        """Look at all files."""
        return image_files(
            self.root, [VaultPath(file.name) for file in self.root.iterdir()], self.cache, large
        )

    def size(self, name: str, content: bytes | str) -> tuple[int, int] | None:
        """The size of one image, None when it is not known."""
        self.add(name, content)
        found = self.look().known.get(VaultPath(name))
        return (found.width, found.height) if found else None


@pytest.fixture
def vault(tmp_path: Path) -> Vault:
    """An empty vault."""
    return Vault(tmp_path)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "GIF", "WEBP", "AVIF", "BMP"])
def test_the_size_of_an_image_is_read_from_its_file(vault: Vault, kind: str) -> None:
    """Every format that browsers show is known."""
    name = "x." + {"JPEG": "jpg"}.get(kind, kind.lower())
    assert vault.size(name, encoded(shaded(40, 30), kind)) == (40, 30)


def test_a_photograph_taken_upright_is_as_high_as_it_is_shown(vault: Vault) -> None:
    """Cameras write the picture lying and how to turn it; browsers turn it."""
    exif = Image.Exif()
    exif[0x0112] = 6
    assert vault.size("x.jpg", encoded(shaded(40, 30), "JPEG", exif=exif)) == (30, 40)


@pytest.mark.parametrize(
    ("tag", "size"),
    [
        ('<s:svg xmlns:s="http://www.w3.org/2000/svg" width="30" height="20">', (30, 20)),
        ('<svg width="30" height="20px">', (30, 20)),
        ('<svg viewBox="0 0 300 200" width="60">', (60, 40)),
        ('<svg viewBox="0,0,2,1">', (1200, 600)),
        ('<svg width="100%" height="100%" viewBox="0 0 4 2">', (1200, 600)),
        ("<svg>", None),
        ('<svg viewBox="0 0 0 0">', None),
        ('<svg viewBox="nonsense">', None),
    ],
)
def test_a_drawing_has_the_size_or_the_shape_that_it_gives_itself(
    vault: Vault, tag: str, size: tuple[int, int] | None
) -> None:
    """A drawing with a shape only fills its column, as a browser shows it without a size."""
    assert vault.size("x.svg", f"<?xml version='1.0'?>{tag}</svg>") == size


def test_a_large_image_gets_variants_and_keeps_its_original(vault: Vault) -> None:
    """Variants are WebP, from small to large, none larger than the image; the file itself is not touched."""
    original = encoded(shaded(1200, 600), "BMP")
    vault.add("x.bmp", original)
    seen = vault.look()
    picture = seen.known[VaultPath("x.bmp")]
    assert [variant.width for variant in picture.variants] == [480, 960, 1200]
    assert [file.save_as for file in seen.files] == [variant.url for variant in picture.variants]
    for file in seen.files:
        with Image.open(file.source) as made:
            assert made.format == "WEBP"
            assert f"-{made.width}.webp" in file.save_as
            assert made.width == 2 * made.height
    assert (vault.root / "x.bmp").read_bytes() == original


def test_variants_say_nothing_beside_their_pixels(vault: Vault) -> None:
    """Neither where a picture was taken, nor by whom, nor what it is called; the file itself does."""
    image, exif = shaded(1200, 600), Image.Exif()
    exif[0x013B] = "Ada"  # the artist
    exif.get_ifd(0x8825).update({1: "N", 2: (52.0, 30.0, 0.0), 3: "E", 4: (13.0, 24.0, 0.0)})
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">Ada</x:xmpmeta>'
    vault.add("x.jpg", encoded(image, "JPEG", exif=exif, xmp=xmp, comment=b"Ada", quality=100))
    assert has_position((vault.root / "x.jpg").read_bytes())
    files = vault.look(large=1000).files
    assert files
    for file in files:
        content = Path(file.source).read_bytes()
        assert not has_position(content)
        assert b"Ada" not in content
        with Image.open(file.source) as made:
            assert not made.getexif()
            assert "xmp" not in made.info


def test_small_images_and_switched_off_variants_make_none(vault: Vault) -> None:
    """The limit is a setting, 0 switches variants off."""
    vault.add("x.png", encoded(shaded(600, 300), "PNG"))
    assert vault.look(large=10_000_000).known[VaultPath("x.png")] == VaultImage(600, 300)
    assert vault.look(large=0).files == ()


def test_an_image_wider_than_a_screen_gets_variants_however_few_bytes_it_has(vault: Vault) -> None:
    """A large empty drawing still costs memory in a phone."""
    vault.add("x.bmp", encoded(Image.new("RGB", (3000, 20)), "BMP"))
    assert [variant.width for variant in vault.look(10**9).known[VaultPath("x.bmp")].variants] == [
        480,
        960,
        1600,
    ]


def test_animated_images_stay_as_they_are(vault: Vault) -> None:
    """A variant would stand still."""
    frames = [Image.new("RGB", (300, 300), colour) for colour in ("red", "green", "blue")]
    vault.add("x.gif", encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert vault.look(100).known[VaultPath("x.gif")] == VaultImage(300, 300)


def test_transparency_survives(vault: Vault) -> None:
    """What was clear is clear in the variant."""
    image = shaded(800, 400).convert("RGBA")
    image.putalpha(0)
    vault.add("x.png", encoded(image, "PNG"))
    with Image.open(vault.look(1000).files[0].source) as made:
        assert made.convert("RGBA").getpixel((5, 5))[3] == 0


def test_variants_are_equal_bytes_from_two_caches(vault: Vault, tmp_path: Path) -> None:
    """The same image gives the same files on every machine with the same versions (HC-7)."""
    vault.add("x.jpg", encoded(shaded(900, 700), "JPEG", quality=95))
    first = [Path(file.source).read_bytes() for file in vault.look().files]
    vault.cache = tmp_path / "another"
    assert [Path(file.source).read_bytes() for file in vault.look().files] == first
    assert first


def test_an_image_that_has_not_changed_is_not_decoded_again(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache is believed while image and variant are the same, even if the variant has a new time."""
    vault.add("x.jpg", encoded(shaded(900, 700), "JPEG", quality=95))
    before = vault.look()
    monkeypatch.setattr(images, "isolated", lambda *call: pytest.fail("it was decoded again"))
    assert vault.look() == before
    os.utime(before.files[0].source, (1, 1))
    assert vault.look() == before


def test_an_image_is_decoded_once_for_its_content(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is called, and whenever it was written: each checkout gives other times."""
    content = encoded(shaded(1200, 900), "PNG")
    vault.add("x.png", content)
    before = vault.look()
    monkeypatch.setattr(images, "isolated", None)
    os.utime(vault.root / "x.png", (1, 1))
    assert vault.look() == before
    (vault.root / "x.png").unlink()
    vault.add("y.png", content)
    assert vault.look().files == before.files


def test_a_preview_in_between_makes_no_variant_again(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Previews and other builds take turns with one cache: neither forgets what the other has found."""
    vault.add("x.bmp", encoded(shaded(1200, 600), "BMP"))
    made, shown = vault.look(), vault.look(large=0)
    assert shown.known[VaultPath("x.bmp")].variants == ()
    monkeypatch.setattr(images, "isolated", lambda *_: pytest.fail("looked at again"))
    assert (vault.look(), vault.look(large=0)) == (made, shown)


def test_another_image_of_the_same_size_and_time_is_decoded(vault: Vault) -> None:
    """Programs that copy folders set times; a face that has been blurred must not stay visible (PB-3)."""
    vault.add("x.jpg", encoded(shaded(900, 700), "JPEG", quality=95))
    before = vault.look()
    file = vault.root / "x.jpg"
    stat = file.stat()
    other = encoded(shaded(900, 700).rotate(90), "JPEG", quality=90)
    file.write_bytes(other + bytes(stat.st_size - len(other)))
    os.utime(file, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert {made.source for made in vault.look().files}.isdisjoint(made.source for made in before.files)


def test_a_lost_variant_is_made_again(vault: Vault) -> None:
    """Without a word: a cache may be cleared."""
    vault.add("x.jpg", encoded(shaded(900, 700), "JPEG", quality=95))
    before = vault.look()
    made = Path(before.files[0].source)
    content = made.read_bytes()
    made.unlink()
    assert vault.look() == before
    assert made.read_bytes() == content


@pytest.mark.parametrize("damage", ["variant", "flipped bit", "folder", "facts"])
def test_what_is_damaged_in_the_cache_is_made_again_and_reported(vault: Vault, damage: str) -> None:
    """A variant that is not what was written is never published."""
    vault.add("x.jpg", encoded(shaded(900, 700), "JPEG", quality=95))
    before = vault.look()
    made = Path(before.files[0].source)
    content = made.read_bytes()
    if damage == "facts":
        (vault.cache / "image-sizes" / "facts.json").write_text("{")
    elif damage == "folder":
        made.unlink()
        made.mkdir()
    else:
        made.write_bytes(
            b"" if damage == "variant" else content[:50] + bytes([content[50] ^ 1]) + content[51:]
        )
        os.utime(made, (1, 1))  # the clock of a file system may stand still for some milliseconds
    again = vault.look()
    assert (again.known, again.files) == (before.known, before.files)
    assert [problem.code for problem in again.problems] == ["cache-damaged"]
    assert made.read_bytes() == content
    assert vault.look() == before


def png_of(width: int, height: int) -> bytes:
    """A PNG that says it is of this size, with next to nothing behind it."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(b"\0" * 99))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("no-image.png", b"text"),
        ("no-drawing.svg", b"text"),
        ("empty.jpg", b""),
        ("bomb.png", png_of(60_000, 60_000)),
        ("large.png", png_of(12_000, 9_000)),
        ("cut.png", png_of(2_000, 900)),
        ("postscript.png", b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 10 10\n"),
    ],
)
def test_a_broken_or_hostile_file_is_one_remark_and_no_variant(
    vault: Vault, name: str, content: bytes
) -> None:
    """Nothing raises, nothing is decoded that would fill the memory; each build says it again."""
    vault.add(name, content)
    for _ in range(2):
        seen = vault.look()
        assert [(problem.code, problem.place.path) for problem in seen.problems] == [
            ("image-unreadable", name)
        ]
        assert seen.files == ()


def test_a_vault_without_images_costs_nothing(vault: Vault) -> None:
    """No cache is made."""
    vault.add("x.pdf", b"")
    assert vault.look() == ImageFiles({}, (), ())
    assert not vault.cache.exists()


def test_variant_urls_follow_the_content(vault: Vault) -> None:
    """Two files with the same bytes share their variants."""
    content = encoded(shaded(620, 310), "BMP")
    vault.add("a.bmp", content)
    vault.add("b.bmp", content)
    seen = vault.look()
    first, second = seen.known[VaultPath("a.bmp")], seen.known[VaultPath("b.bmp")]
    assert first == second
    assert [file.save_as for file in seen.files] == [variant.url for variant in first.variants]
    assert [variant.width for variant in first.variants] == [480, 620]


def test_looking_without_a_cache_makes_nothing(vault: Vault) -> None:
    """`garden check` wants the problems only."""
    vault.add("x.bmp", encoded(shaded(1000, 500), "BMP"))
    vault.add("bad.png", b"")
    paths = [VaultPath("x.bmp"), VaultPath("bad.png")]
    seen = image_files(vault.root, paths, None, 100)
    assert seen.known == {VaultPath("x.bmp"): VaultImage(1000, 500)}
    assert (seen.files, len(seen.problems)) == ((), 1)
    assert not vault.cache.exists()
