"""Typographic punctuation (FT-8)."""

import pytest

from garden.reading.typography import typographic


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ('said:"a" and "b:" c', "en", "said:“a” and “b:” c"),
        ('"a" and "b"', "en", "“a” and “b”"),
        ("\"he said 'so'\"", "en", "“he said ‘so’”"),
        ("'so', he said", "en", "‘so’, he said"),
        ("it's the dogs' '90s, rock 'n' roll", "en", "it’s the dogs’ ’90s, rock ‘n’ roll"),
        ("\"das 'hier'\", geht's", "de", "„das ‚hier‘“, geht’s"),
        ('"a"', "de-AT", "„a“"),
        ('"a"', "de_CH", "«a»"),
        ('"a"', "fr", "«\u00a0a\u00a0»"),
        ('"a"', "tlh", "“a”"),
        ('**"a"**', "en", "**“a”**"),
        ("a -- b, 1--2, x---y, a --- b", "en", "a – b, 1–2, x—y, a — b"),
        ("wait...", "en", "wait…"),
    ],
)
def test_marks_become_typographic(text, language, expected):
    """Neighbours and language decide."""
    assert typographic(text, language) == expected


@pytest.mark.parametrize(
    "text", ['""', "''", "--option", "a--", "----", "....", ".../x", "x/...", "-->", "a --", "-- a", '"""']
)
def test_nope_these_stay_as_they_are(text):
    """What may mean something else is left alone."""
    assert typographic(text, "en") == text


@pytest.mark.parametrize(
    "text", ["'" * 30_000, "a'" * 30_000, "'a" * 30_000, '"*' * 30_000, "*" * 30_000 + "'"]
)
def test_time_grows_with_the_text(text):
    """HC-10: each mark looks a bounded way round itself."""
    assert len(typographic(text, "en")) == len(text)
