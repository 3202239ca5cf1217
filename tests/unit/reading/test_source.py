"""Decoding of files (HC-8)."""

from hashlib import sha256

import pytest

from garden.model.diagnostic import Place
from garden.model.names import VaultPath
from garden.reading.source import read_source

PATH = VaultPath("notes/a.md")


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfa\n", "a\n"),
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\r\r\n\n", "\n\n\n"),
        (b"a\tb", "a\tb"),
        ("\ufeff\ufeffé\ufeff".encode(), "é\ufeff"),
        (b"", ""),
    ],
)
def test_a_bom_goes_and_every_line_end_is_an_lf(data, text):
    """HC-8: a BOM at the beginning is dropped, CRLF and CR count as LF, tabs stay."""
    source = read_source(PATH, data)
    assert (source.text, source.problems) == (text, ())


def test_the_hash_is_that_of_the_bytes():
    """Two files that read alike but differ in bytes have different hashes."""
    data = b"\xef\xbb\xbfa\r\n"
    assert read_source(PATH, data).sha == sha256(data).hexdigest()
    assert read_source(PATH, data).sha != read_source(PATH, b"a\n").sha


def test_bytes_that_are_not_utf8_are_reported_once_at_the_first():
    """HC-8: bad bytes become U+FFFD with one diagnostic, whose column counts code points without BOM."""
    data = "\ufeffa\r\né𝒳".encode() + b"\xff b\n\xfe"
    source = read_source(PATH, data)
    assert source.text == "a\né𝒳\ufffd b\n\ufffd"
    assert [(problem.code, problem.place) for problem in source.problems] == [
        ("encoding-invalid", Place(PATH, 2, 3))
    ]


def test_a_bad_byte_on_the_first_line_counts_no_bom():
    """DG-3: a BOM is not a column."""
    (problem,) = read_source(PATH, b"\xef\xbb\xbfab\xff").problems
    assert problem.place == Place(PATH, 1, 3)


def test_internal_marks_cannot_come_from_a_file():
    """NUL, STX and ETX become U+FFFD, one code point each, without a diagnostic."""
    source = read_source(PATH, b"a\x00\x02\x03b\x01")
    assert (source.text, source.problems) == ("a\ufffd\ufffd\ufffdb\x01", ())
