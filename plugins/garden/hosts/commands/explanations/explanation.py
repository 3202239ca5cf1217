"""What an explanation of a diagnostic consists of."""

from typing import NamedTuple


class Explanation(NamedTuple):
    """What is wrong, what the build made of it, what the author can do, and perhaps lines of a note with the problem."""

    what: str
    result: str
    remedy: str
    example: str = ""
