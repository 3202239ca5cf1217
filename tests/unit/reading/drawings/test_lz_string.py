"""Unpacking of drawings."""

import pytest

from garden.reading.drawings.lz_string import PackedTextError, unpacked


def test_a_packed_text_is_unpacked() -> None:
    """Characters of 8 and of 16 bits, and what repeats."""
    assert unpacked("BYUwNmD2A0AECWsCGBbZtDUzkA==") == "hello, i am a 猫"


@pytest.mark.parametrize("text", ["", "x", "BYUwNmD2A0AECW", "////////", "%%%"])
def test_nope_anything_else(text: str) -> None:
    """What ends too early or announces nothing is refused, and never loops."""
    with pytest.raises(PackedTextError):
        unpacked(text)
