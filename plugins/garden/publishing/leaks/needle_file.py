"""Keeping needles in a file, so that they are only made again if the private sources have changed.

Numbers are written as arrays, words as JSON. The file begins with a hash of the rest; if that does not match, the needles
are made again.
"""

import json
import sys
from array import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, NamedTuple

from garden.publishing.leaks.needles import NAME_LENGTHS, Needles
from garden.publishing.leaks.traces import Needle
from garden.vault.code_version import code_version

_SEAL: Final = 32  # bytes of the hash at the beginning of the file
_NUMBER: Final = "I"  # an unsigned integer of four bytes
_HASH: Final = "q"  # a signed integer of eight bytes


class StoredNeedles(NamedTuple):
    """Needles, the runs of their passages, and `lasting`: the numbers below it are left out of public notes."""

    needles: Needles
    runs: list[tuple[Needle, ...]]
    lasting: int


def kind_of_numbers() -> str:
    """Return what the stored numbers depend on besides the sources: our code, and this version of Python and machine."""
    return f"{code_version()} {sys.byteorder} {sys.implementation.cache_tag} {sys.hash_info.width}"


def read_needles(file: Path, private: str) -> StoredNeedles | None:
    """Return the needles that were stored for private sources with the hash `private`, None if there are none."""
    with suppress(OSError, ValueError, KeyError, TypeError, IndexError):
        content = file.read_bytes()
        if sha256(content[_SEAL:]).digest() != content[:_SEAL]:
            return None
        begin = _SEAL + 8
        end = begin + int.from_bytes(content[_SEAL:begin], "big")
        head = json.loads(content[begin:end])
        if head["private"] != private:
            return None
        return _unpacked(head, content[end:])
    return None


def store_needles(file: Path, private: str, found: StoredNeedles) -> None:
    """Write the file; if it cannot be written, the needles are made again next time."""
    needles = found.needles
    tables = [needles.passages, *(needles.phrases[length] for length in NAME_LENGTHS)]
    hashes = array(_HASH)
    numbers = array(_NUMBER, needles.words.values())
    for table in tables:
        hashes.extend(table)
        numbers.extend(table.values())
    numbers.extend(sorted(needles.names))
    for run in found.runs:
        numbers.append(len(run))
        numbers.extend(run)
    head = {
        "private": private,
        "vocabulary": list(needles.vocabulary),
        "words": list(needles.words),
        "tables": list(map(len, tables)),
        "names": len(needles.names),
        "count": needles.count,
        "lasting": found.lasting,
    }
    packed = json.dumps(head).encode()
    content = len(packed).to_bytes(8, "big") + packed + hashes.tobytes() + numbers.tobytes()
    new = file.with_suffix(".new")
    with suppress(OSError):
        new.write_bytes(sha256(content).digest() + content)
        new.replace(file)


def _unpacked(head: dict[str, Any], content: bytes) -> StoredNeedles:
    """Return the content of a file. Raises ValueError, TypeError and KeyError for an invalid one."""
    words, sizes = head["words"], head["tables"]
    hashes, numbers = array(_HASH), array(_NUMBER)
    end = sum(sizes) * hashes.itemsize
    hashes.frombytes(content[:end])
    numbers.frombytes(content[end:])
    tables = []
    at, number_at = 0, len(words)
    for size in sizes:
        tables.append(dict(zip(hashes[at : at + size], numbers[number_at : number_at + size], strict=True)))
        at, number_at = at + size, number_at + size
    passages, *phrases = tables
    needles = Needles(
        {word: number for number, word in enumerate(head["vocabulary"], 1)},
        dict(zip(words, numbers[: len(words)], strict=True)),
        dict(zip(NAME_LENGTHS, phrases, strict=True)),
        passages,
        set(numbers[number_at : number_at + head["names"]]),
        head["count"],
    )
    return StoredNeedles(needles, list(_runs(numbers[number_at + head["names"] :])), head["lasting"])


def _runs(numbers: Sequence[Needle]) -> Iterator[tuple[Needle, ...]]:
    at = 0
    while at < len(numbers):
        yield tuple(numbers[at + 1 : at + 1 + numbers[at]])
        at += 1 + numbers[at]
