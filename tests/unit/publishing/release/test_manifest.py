"""The list of what was published last: how it is written and read, and what is reported about a file that is not one."""

from pathlib import Path

import pytest

from garden.publishing.release.manifest import (
    Address,
    AddressKind,
    Manifest,
    ManifestError,
    manifest_text,
    read_manifest,
)

MANIFEST = Manifest(
    "https://example.org",
    (
        Address("/", AddressKind.LIST, "", "0" * 12),
        Address("/a/", AddressKind.NOTE, "deep/ä.md", "1" * 12),
        Address("/files/odd", AddressKind.ATTACHMENT, "odd \udcff\n", "2" * 12),
        Address("/tags/t/", AddressKind.TAG, "t", "3" * 12),
    ),
    {"a status of draft": 3},
)


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    """Names that are not Unicode included."""
    file = tmp_path / "published.json"
    assert read_manifest(file) is None
    file.write_text(manifest_text(MANIFEST), encoding="utf-8")
    assert read_manifest(file) == MANIFEST


def test_it_is_made_for_reading_in_a_diff() -> None:
    """One line an address, whatever order they came in, and no line changes for another address."""
    text = manifest_text(MANIFEST)
    shuffled = Manifest(MANIFEST.site, tuple(reversed(MANIFEST.addresses)), MANIFEST.held_back)
    assert manifest_text(shuffled) == text
    lines = [line for line in text.splitlines() if '"address"' in line]
    assert len(lines) == 4
    assert lines[1] == (
        '    {"address": "/a/", "kind": "note", "source": "deep/ä.md", "content": "111111111111"},'
    )


_MERGE = '<<<<<<< HEAD\n=======\n>>>>>>> b\n    {"address": "/a/"'


@pytest.mark.parametrize(
    ("part", "instead", "says"),
    [
        ("{", "my own list", "was not written by Garden"),
        ("garden-published", "other", "was not written by Garden"),
        ("]\n}", "", "is damaged"),
        ('"note"', '"nonsense"', "is damaged"),
        ('"site"', '"sight"', "is damaged"),
        ('"version": 1', '"version": 2', "update Garden"),
        ('    {"address": "/a/"', _MERGE, "an unfinished merge"),
    ],
)
def test_a_file_that_cannot_be_read_is_reported_in_a_sentence(
    tmp_path: Path, part: str, instead: str, says: str
) -> None:
    """With what to do about it; the file itself stays."""
    file = tmp_path / "published.json"
    text = manifest_text(MANIFEST)
    assert part in text
    text = instead if part == "{" else text.replace(part, instead)
    file.write_bytes(text.encode())
    with pytest.raises(ManifestError, match=says) as error:
        read_manifest(file)
    assert str(file) in str(error.value)
    assert file.read_bytes() == text.encode()
