"""What an explanation of a diagnostic consists of."""

from typing import NamedTuple


class Explanation(NamedTuple):
    """What is wrong, what the build made of it, and what the author can do."""

    what: str
    result: str
    remedy: str
