"""An address names a file below the output folder, or nothing."""

from pathlib import Path

import pytest

from garden.hosts.serve.static_files import BadRangeError, FolderRedirect, byte_range, content_type, find_file


@pytest.fixture
def output(tmp_path):
    """An output folder beside a file that must stay private."""
    (tmp_path / "secret.txt").write_text("secret")
    root = tmp_path / "output"
    for name in ("index.html", "a note/index.html", "größe.png", "files/x.txt", "empty/.keep"):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(name)
    (root / "out").symlink_to(tmp_path)
    return root


@pytest.mark.parametrize(
    ("address", "file"),
    [
        ("/", "index.html"),
        ("/a%20note/", "a note/index.html"),
        ("/gr%C3%B6%C3%9Fe.png", "größe.png"),
        ("//files//x.txt", "files/x.txt"),
    ],
)
def test_an_address_names_its_file(output, address, file):
    """Folders stand for their index, percent-encoding is undone."""
    assert find_file(output, address) == output / file


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/empty/",
        "/index.html/",
        "/../secret.txt",
        "/files/../../secret.txt",
        "/%2e%2e/secret.txt",
        "/..%2fsecret.txt",
        "/..%5csecret.txt",
        "/out/secret.txt",
        "/./index.html",
        "/.git/config",
        "/.garden-record",
        "/%2ehidden",
        "/C:/secret.txt",
        "/index.html%00",
        "/%ff",
        "/" + "x" * 5000,
    ],
)
def test_an_address_outside_or_without_a_file_finds_nothing(output, address):
    """No way of writing an address leaves the output folder."""
    assert find_file(output, address) is None


def test_a_folder_without_its_slash_has_moved(output):
    """Relative links of a page need the slash, so the browser is sent there."""
    assert find_file(output, "/a%20note") == FolderRedirect("/a%20note/")
    assert find_file(output, "/files") == FolderRedirect("/files/")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("a.css", "text/css; charset=utf-8"),
        ("a.mjs", "text/javascript; charset=utf-8"),
        ("a.JSON", "application/json; charset=utf-8"),
        ("a.avif", "image/avif"),
        ("a.webp", "image/webp"),
        ("a.svg", "image/svg+xml"),
        ("a.pdf", "application/pdf"),
        ("a.unknown", "application/octet-stream"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_a_file_has_the_type_of_its_name(name, kind):
    """Browsers refuse scripts and styles of a wrong type."""
    assert content_type(Path(name)) == kind


@pytest.mark.parametrize(
    ("header", "part"),
    [
        (None, None),
        ("bytes=0-3", (0, 4)),
        ("bytes=6-", (6, 10)),
        ("bytes=-4", (6, 10)),
        ("bytes=-40", (0, 10)),
        ("bytes=8-99", (8, 10)),
        ("bytes=0-" + 5000 * "9", (0, 10)),
        ("bytes=-" + 5000 * "9", (0, 10)),
        ("bytes=" + 5000 * "0" + "6-", (6, 10)),
        ("bytes=٣-٥", None),
        ("bytes=-", None),
        ("bytes=0-1,4-5", None),
        ("lines=0-1", None),
    ],
)
def test_a_range_is_a_part_of_ten_bytes(header, part):
    """Players of audio and video ask for parts; what is not understood means the whole."""
    assert byte_range(header, 10) == part


@pytest.mark.parametrize("header", ["bytes=10-", "bytes=5-4", "bytes=-0"])
def test_a_range_beyond_the_file_is_refused(header):
    """A range without a byte cannot be answered."""
    with pytest.raises(BadRangeError):
        byte_range(header, 10)
