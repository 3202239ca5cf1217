"""Colours of code: only spans are added (CB-1)."""

import html
import re

import pytest

from garden.model.body import Body
from garden.model.names import VaultPath
from garden.model.note import Document
from garden.model.settings import ReadingSettings
from garden.reading.document import read_document
from garden.reading.source import read_source
from garden.reading.syntax.fences import fences
from garden.reading.syntax.fences.highlighting import coloured_in, highlighted


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


NOTE = """
Text.

```python title="A <b>"
if a < 1 and "&amp;" != '>':
    pass
```

- In a list:

  ~~~C++
  int a; // &
  ~~~

```yaml {1}
a: 1
```

```dataview
TABLE FROM (
```

```nothing
<a>
```
"""


def _read(text: str, former: Body | None = None) -> Document:
    return read_document(read_source(VaultPath("a.md"), text.encode()), ReadingSettings(), former)


def test_code_that_has_not_changed_is_not_coloured_again(monkeypatch):
    """A note with a former body is read as without, and only other code needs a lexer."""
    former = _read(NOTE).body
    changed = NOTE.replace("Text.", "Another text.") + "\n```python\nb = 2\n```\n"
    whole = _read(changed)
    asked = []
    monkeypatch.setattr(fences, "highlighted", lambda *block: asked.append(block[:2]) or highlighted(*block))
    assert _read(changed, former) == whole
    assert asked == [("a: 1\n", "yaml"), ("b = 2\n", "python")]


def test_html_of_the_author_is_not_taken_for_coloured_code():
    """It may look the same, and have other content."""
    block = '<figure class="code"><pre tabindex="0"><code class="language-python">{}</code></pre></figure>'
    code = "a = 1\n"
    former = _read(f"{block.format('<span class=x>a</span> = 1')}\n\n```python\n{code}```\n").body
    assert former.raw is not None
    assert coloured_in(former) == {}
