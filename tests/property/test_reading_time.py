"""Reading takes time that grows about as the text does (HC-10), whatever is in it.

Ratios are measured, not seconds: four times the text may take eight times as long (memory is not
quite linear), not sixteen.
"""

import pytest

from garden.model.names import VaultPath
from garden.model.settings import ReadingSettings
from garden.reading.document import read_document
from garden.reading.source import read_source
from tests.support.effort import effort
from tests.support.growth import grows_slowly, processor_seconds

SIZE = effort(1_200, 12_000)
NOISE = SIZE * 2.5e-6
"""Seconds that a measurement may be off."""


def repeated(piece: str):
    """The same piece over and over."""
    return lambda size: piece * (size // len(piece))


HOSTILE = {
    "words": repeated("abc def "),
    "long word": repeated("a"),
    **{
        f"openers {piece!r}": repeated(piece)
        for piece in (
            "[[", "[[a ", "[[a|", "[k:: ", "(k:: ", "$ ", "$a ", "$$ ", "== ", "==a ", "%%a ", "*", "*a ", "a* ", "*a _b ",
            "**a *b ", "*_", "`a", "[", "[a](", '[a](b "', "![", "![[", "<", "<a ", '<a x="', "<!-- ", "<?", "<![CDATA[",
            "&a", "&#1", "\\", "\\*", "#a ", "a#b", "^[", "[^a] ", "^a ", "http://a ", "http://(", "http://]", "<http://a",
            "<a@", "~~a ", "](", "]]", "]", ")", "a:", "::", "a  \n", "{1,", "|", "\t", " ", "\\|", "<script> ", "<script>", "<title>", "<a id=x ",
        )
    },
    **{
        f"lines {piece!r}": repeated(piece)
        for piece in (
            "\n", "a\n", "# a\n", "## same\n\n", "a\n===\n", "- a\n", "- a\n\n", "1. a\n", "- [ ] a\n", "- [ ]\n", "> a\n\n",
            "> [!note]\n", "> [!note]\nx\n", "```\n", "~~~\n\n~~~\n", "    a\n\n", "<div>\n", "<b>\n\n", "a|b\n", "a|b\n-|-\n\n",
            "|a\n|-\n", "[a]: b\n", "[a]: b\n\n", "[^a]: x\n", "[^a]: x\n\n", "k:: v\n", "up:: [[x]]\n", "up:: [[x]]\n\n",
            "up:: [[x]]\n===\n", "- up:: [[x]]\n", "a ^b\n\n", "a\n\n^b\n\n", "$$ a\n", "$$\n\n", "%%a%%\n\n", "%%\n", "![[a]]\n\n",
            "---\n", "- [[a]]\n", "> # a\n\n",
        )
    },
    "emphasis nested": lambda size: "*a **b " * (size // 14) + "** *" * (size // 14),
    "emphasis mixed": lambda size: "**_a" * (size // 4) + "==~~" * (size // 8),
    "backticks of all lengths": lambda size: "".join("`" * (n % 300 + 1) + " " for n in range(size // 150)),
    "brackets nested": lambda size: "[" * (size // 2) + "]" * (size // 2),
    "fields nested": lambda size: "[a:: " * (size // 6) + "]" * (size // 6),
    "links nested": lambda size: "[a " * (size // 8) + "](c)" * (size // 8),
    "images nested": lambda size: "![a " * (size // 8) + "](c)" * (size // 8),
    "key with blanks": lambda size: "a" + " " * size + ". k:: v",
    "key of words": lambda size: "a b " * (size // 4) + ". k:: v",
    "heading with spaces": lambda size: "# a" + " " * size + "x#",
    "heading with marks": lambda size: "# " + "# " * (size // 2) + "x",
    "caret behind blanks": lambda size: "a" + " " * size + "^",
    "one formula": lambda size: "$" + "x+" * (size // 2) + "$",
    "display math that never ends": lambda size: "$$\n" + "a\n\n" * (size // 3),
    "definition that never ends": lambda size: '[a]: b "' + "x\n" * (size // 2),
    "one code block": lambda size: "```python\n" + "x = [[1]]\n" * (size // 10) + "```",
    "one table": lambda size: "a|b\n-|-\n" + "a|b\n" * (size // 4),
    "one row": lambda size: "a|b\n-|-\n" + "|" * size,
    "one header": lambda size: "|a" * (size // 4) + "\n" + "|-" * (size // 4) + "\n",
    "table that never comes": lambda size: "a|b\n" * (size // 4) + "-|-|-\n",
    "footnotes": lambda size: "".join(f"[^{n}] " for n in range(size // 16)) + "".join(f"\n\n[^{n}]: x" for n in range(size // 16)),
    "quotes nested": lambda size: ("> " * 60 + "a\n>\n") * (size // 125),
    "lists nested": lambda size: "".join("  " * (n % 60) + "- a\n" for n in range(size // 62)),
    "lazy lines": lambda size: "> " * 60 + "a\n" + "b\n" * (size // 2),
    "underlined paragraph": lambda size: "a\n" * (size // 2) + "===",
}  # fmt: skip


@pytest.mark.parametrize("make", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_the_text(make):
    """HC-10: linear, give or take a log factor; differences below a few milliseconds are noise."""

    def seconds(size):
        source = read_source(VaultPath("a.md"), make(size).encode())
        return processor_seconds(lambda: read_document(source, ReadingSettings()))

    assert grows_slowly(seconds, SIZE, 4 * SIZE, most=8, noise=NOISE)
