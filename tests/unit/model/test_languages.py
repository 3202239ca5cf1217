"""Dates and reading directions in a language."""

import pytest

from garden.model.languages import direction


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        *((language, "rtl") for language in ("ar", "he", "fa", "ur", "ps", "ckb", "sd", "ug", "yi", "dv")),
        *((language, "ltr") for language in ("en", "de", "zh-Hant", "ja", "ku", "tr")),
        # The old name of a language, one of a region, one without a catalogue of dates.
        ("iw", "rtl"),
        ("FA_af", "rtl"),
        ("arz", "rtl"),
        # A script that is named decides, else the one of the region.
        ("az-Arab", "rtl"),
        ("ku-Arab-IQ", "rtl"),
        ("he-Latn", "ltr"),
        ("pa-PK", "rtl"),
        ("sd-IN", "ltr"),
        ("xx", "ltr"),
        ("not a language", "ltr"),
        ("", "ltr"),
    ],
)
def test_the_script_of_a_language_gives_its_direction(language: str, expected: str) -> None:
    """Languages in the scripts of Arabic, Hebrew, Syriac, Thaana and the like run from right to left."""
    assert direction(language) == expected
