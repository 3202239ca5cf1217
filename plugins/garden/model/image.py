"""What is known about an image of the vault: its size, and the smaller ones made from it."""

from typing import NamedTuple

from msgspec import Struct

from garden.model.names import Url


class Variant(NamedTuple):
    """A smaller copy of an image: its address in the site and its width in pixels."""

    url: Url
    width: int


class VaultImage(Struct, frozen=True):
    """An image's size in CSS pixels as a browser shows it; variants from small to large, all WebP."""

    width: int
    height: int
    variants: tuple[Variant, ...] = ()
