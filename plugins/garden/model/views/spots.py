"""Positions in a query, which are lines and columns of the file that the query is in."""

from collections.abc import Callable

Spot = tuple[int, int]
"""A line and a column of the file."""

SpotAt = Callable[[int], Spot]
"""Converts the index of a character in the text of a query to its spot."""

NO_SPOT: Spot = (1, 1)
