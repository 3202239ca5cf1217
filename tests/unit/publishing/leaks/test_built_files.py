"""Files of the output as text."""

from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from garden.publishing.leaks.built_files import text_of


def test_a_book_is_read_as_the_texts_in_it(tmp_path: Path) -> None:
    """It is an archive: packed words are words that a reader sees."""
    file = tmp_path / "book.epub"
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/epub+zip")
        archive.writestr("book/n1.xhtml", f"<p>{'word ' * 200}plover code</p>")
    assert b"plover code" not in file.read_bytes()
    assert "plover code" in text_of(file, "b/book.epub")
    assert "book/n1.xhtml" in text_of(file, "b/book.epub")


def test_a_damaged_book_is_read_as_it_is(tmp_path: Path) -> None:
    """It stops no build."""
    file = tmp_path / "book.epub"
    file.write_bytes(b"PK\x03\x04 plover code")
    assert "plover code" in text_of(file, "book.epub")
