"""Colours of code: only spans are added (CB-1)."""

import html
import re

import pytest

from garden.reading.syntax.fences.highlighting import highlighted


@pytest.mark.parametrize(
    "language", ["python", "yaml", "bash", "html", "json", "sql", "console", "no-such-language", ""]
)
@pytest.mark.parametrize(
    "code",
    [
        "",
        "\n",
        "a",
        "\n\na = [1]  \n\n",
        "<b>&amp;</b>\n",
        "\t'\u2028\x0c\n",
        "$ ls\nx\n",
        "\ufeffx\n",
        "'''\n",
    ],
)
@pytest.mark.parametrize("marked", [frozenset(), frozenset((1, 3))])
def test_the_text_of_highlighted_code_is_the_source(language, code, marked):
    """CB-1: for every lexer, marked lines or not."""
    assert html.unescape(re.sub(r"<[^>]+>", "", highlighted(code, language, marked))) == code


def test_known_languages_have_colours_in_any_case():
    """CB-1: the name is compared without case; very long code is left plain (HC-10)."""
    assert '<span class="k">def</span>' in highlighted("def f(): pass\n", "Python")
    assert "<span" not in highlighted("def f(): pass\n" * 4000, "python")
    assert "<span" not in highlighted("def f(): pass\n", "nothing")
