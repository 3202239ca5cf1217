"""A page's fingerprint: equal for equal pages, so that an unchanged one is not rendered again."""

from hashlib import sha256


def fingerprint(view: object) -> str:
    """Return the SHA-256 of a page view: a frozen dataclass of text, numbers, tuples and other views.

    The printed form of such a view names every field in order, distinguishes text from numbers and depends
    neither on object identity nor on the hash seed. Printing takes half the time of pickling it.
    """
    return sha256(repr(view).encode("utf-8", "surrogatepass")).hexdigest()
