"""Reading any text: nothing raises, nothing is out of place, code stays code."""

import html
import re
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.vault import read_note

sys.path.insert(0, str(Path(__file__).parent))  # test folders are not packages
from fuzz_reading import CORPUS, TOKENS, failures

SOUP = st.lists(st.sampled_from(TOKENS), max_size=40).map("".join)
LINE = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0\2\3"), max_size=30)


@pytest.mark.parametrize("path", sorted(CORPUS.iterdir()), ids=lambda path: path.stem)
def test_what_once_failed_holds(path):
    """HC-9, DG-3: every text of the corpus once broke something."""
    assert failures(path.read_text()) == []


@settings(deadline=None)  # a machine may be busy
@given(SOUP | st.text(max_size=200))
def test_any_text_is_read(text):
    """HC-9, DG-3: slots balance, ranges and places are valid, tags nest, and no note is an internal error."""
    assert failures(text) == []


@settings(deadline=None)  # a machine may be busy
@given(
    SOUP,
    st.sampled_from(
        ["> ", "- ", "1. ", "> [!note]\n> ", "[^1]: ", "| a |\n|-|\n| ", "# ", "- [ ] ", "x[^1]\n\n[^1]: "]
    ),
)
def test_any_text_in_a_container_is_read(text, container):
    """HC-9: the same inside quotes, items, callouts, footnotes, cells, headings."""
    indent = "> " if container.startswith(">") else "  "
    assert failures(container + text.replace("\n", "\n" + indent)) == []


@settings(deadline=None)  # a machine may be busy
@given(
    st.lists(LINE, max_size=8),
    st.sampled_from(["", "> ", "> > ", "- ", "1. ", "> - "]),
    st.sampled_from(["```", "~~~~", "```py"]),
)
def test_code_is_exactly_its_source(lines, container, fence):
    """CB-1: every line of a fenced block comes out as it went in, in any container."""
    mark = fence.rstrip("py")
    lines = [line.expandtabs(4).rstrip("\t") for line in lines if not line.strip().startswith(mark)]
    rest = container if set(container) <= {">", " "} else container.replace("1.", "  ").replace("-", " ")
    text = "\n".join([container + fence, *(rest + line for line in lines), rest + mark])
    document = read_note(text)
    body = "".join(str(part) for part in document.body.parts)
    code = re.search(r"<pre[^>]*><code[^>]*>(.*?)</code></pre>", body, re.DOTALL)
    assert code is not None
    assert html.unescape(re.sub(r"<[^>]+>", "", code[1])) == "".join(line + "\n" for line in lines)
    assert document.refs == document.tags == document.fields == ()


@settings(deadline=None)  # a machine may be busy
@given(SOUP)
def test_a_comment_hides_any_text(text):
    """CM-2: whatever is in a block comment leaves no trace."""
    hidden = text.replace("%", "")
    document = read_note(f"a\n\n%%\n{hidden}\n%%\n\nb")
    assert document.body.parts == ("<p>a</p>\n<p>b</p>",)
    assert document.body.plain == "a\nb"
    assert document.refs == document.tags == document.fields == document.problems == ()


@settings(deadline=None)  # a machine may be busy
@given(SOUP)
def test_reading_twice_gives_the_same(text):
    """HC-7: no state is left between notes."""
    assert read_note(text) == read_note(text)
