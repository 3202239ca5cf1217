"""Where a picture was taken, in every kind of file that can say it."""

import io
import struct
from pathlib import Path

import pytest
from PIL import Image

from garden.publishing.leaks.image_metadata import has_position, metadata_texts
from tests.support.vault import write_vault
from tests.unit.publishing.leaks.leaking import lines, searched, vault

GPS = 0x8825
LATITUDE = {1: "N", 2: (50.0, 6.0, 0.0), 3: "E", 4: (8.0, 40.0, 0.0)}


def picture(kind: str, position: dict[int, object] | None, description: str = "") -> bytes:
    """A picture with Exif."""
    exif = Image.Exif()
    exif[0x010F] = "a camera"
    if description:
        exif[0x010E] = description.encode()
    if position is not None:
        exif.get_ifd(GPS).update(position)
    if kind == "TIFF":
        return exif.tobytes().removeprefix(b"Exif\0\0")  # Exif is a TIFF file without pixels
    content = io.BytesIO()
    Image.new("RGB", (4, 4)).save(content, kind, exif=exif)
    return content.getvalue()


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_a_position_is_found_in_every_kind_of_picture(kind: str) -> None:
    """Exif lies elsewhere in each; without a position, or with an empty directory of them, there is none."""
    assert has_position(picture(kind, LATITUDE))
    assert not has_position(picture(kind, None))
    assert not has_position(picture(kind, {0: b"\2\3\0\0"}))


def test_a_position_in_xmp_is_found() -> None:
    """Programs write it there, too."""
    content = io.BytesIO()
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description exif:GPSLatitude="50,6N"/></x:xmpmeta>'
    Image.new("RGB", (4, 4)).save(content, "JPEG", xmp=xmp)
    assert has_position(content.getvalue())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_texts_of_metadata_are_read(kind: str) -> None:
    """A description is text like any other."""
    assert "the harbour" in "\n".join(metadata_texts(picture(kind, None, "the harbour")))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize(
    "text",
    [
        "one $G$ and \u201ctwo\u201d \u2192 three!",
        "\u65e5\u8a18",
        "\u0420\u0435\u0448\u0435\u043d\u0438\u0435",
    ],
)
def test_texts_are_read_whole(kind: str, text: str) -> None:
    """Marks of any kind do not divide them, two ideographs are a name, and Windows writes two bytes a character."""
    assert text in "\n".join(metadata_texts(picture(kind, None, text)))
    exif = Image.Exif()
    exif[0x9C9B] = text.encode("utf-16-le") + b"\0\0"
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + f"{text} again".encode("utf-16-le")
    content = io.BytesIO()
    Image.new("RGB", (4, 4)).save(content, kind, exif=exif)
    found = "\n".join(metadata_texts(content.getvalue()))
    assert f"{text}\0" in found or kind == "TIFF"
    assert f"{text} again" in found or kind == "TIFF"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_a_broken_picture_costs_its_metadata_only(kind: str) -> None:
    """Cut anywhere, with lengths of any size, it raises nothing."""
    whole = picture(kind, LATITUDE, "the harbour")
    for end in range(0, len(whole), 7):
        has_position(whole[:end])
        list(metadata_texts(whole[:end]))
        has_position(whole[:end] + struct.pack(">I", 0xFFFFFFFF) + whole[end + 4 :])


def test_a_published_picture_with_a_position_is_reported(tmp_path: Path) -> None:
    """Once, by its path in the vault; one that nobody publishes is not."""
    root = vault(tmp_path, trip="![[trip.jpg]]")
    content = picture("JPEG", LATITUDE)
    write_vault({"trip.jpg": content, "private.jpg": content + b"\0"}, root)
    output = write_vault({"trip.jpg": content}, tmp_path / "out")
    assert lines(searched(root, output), "image-position") == ["trip.jpg:1"]
