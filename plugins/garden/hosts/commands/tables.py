"""Printing rows of texts in columns."""

from collections.abc import Iterable, Iterator, Sequence


def print_table(rows: Sequence[tuple[str, ...]]) -> None:
    """Print rows in columns; the last one is not padded."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)][:-1]
    for row in rows:
        print("  ".join(_padded(row, widths)))


def _padded(row: Sequence[str], widths: Iterable[int]) -> Iterator[str]:
    for cell, width in zip(row, widths, strict=False):
        yield cell.ljust(width)
    yield row[-1]
