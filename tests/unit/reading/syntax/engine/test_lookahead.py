"""The look-ahead in a text: where brackets are closed."""

import pytest

from garden.reading.syntax import INLINE_RULES
from garden.reading.syntax.engine.inline_scan import InlineRules
from garden.reading.syntax.engine.lookahead import Lookahead

OPAQUE = InlineRules(INLINE_RULES).opaque


@pytest.mark.parametrize(
    ("text", "end"),
    [
        ("(a (b) c)", 8),
        ("[a [b] c]", 8),
        ("{a {b} c}", 8),
        ("{a ` } ` b}", 10),
        (r"{a \} b}", 7),
        ("{a [ b} ]", 6),
        ("{a", -1),
    ],
)
def test_each_kind_of_bracket_nests_by_itself(text: str, end: int) -> None:
    """What is in code or escaped closes nothing, and neither does a bracket of another kind."""
    assert Lookahead(text, OPAQUE).partner(0) == end
