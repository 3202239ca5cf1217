"""Places of a query in the file of the note that has it."""

from collections.abc import Callable

Spot = tuple[int, int]
"""A line and a column of the file."""

SpotAt = Callable[[int], Spot]
"""Returns the spot of a character of a query, given its index in the text of the query."""

NO_SPOT: Spot = (1, 1)
