"""An image of the vault: its size, and the smaller variants made from it."""

from typing import NamedTuple

from msgspec import Struct

from garden.model.names import Url


class Variant(NamedTuple):
    """A smaller copy of an image: its address in the site and its width in pixels."""

    url: Url
    width: int


class VaultImage(Struct, frozen=True):
    """An image: its size in CSS pixels, rotated as browsers show it, and its variants, from small to large, all WebP."""

    width: int
    height: int
    variants: tuple[Variant, ...] = ()
