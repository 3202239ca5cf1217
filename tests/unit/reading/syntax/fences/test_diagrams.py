"""Diagrams (CB-3)."""

import pytest


@pytest.mark.parametrize(
    "text", ["```mermaid\ngraph TD\n  a --> b\n```", "> ```mermaid\n> graph TD\n>   a --> b\n> ```"]
)
def test_the_source_of_a_diagram_is_kept(read, text):
    """CB-3: an element with class `mermaid` holds it, escaped and unchanged."""
    assert 'class="mermaid" tabindex="0">graph TD\n  a --&gt; b\n</pre>' in read(text).exact


def test_a_diagram_that_cannot_be_drawn_is_reported(read):
    """CB-3, DG-3: its source is shown open."""
    note = read("x\n\n- ```mermaid\n  ]] nonsense [[\n  ```")
    assert note.problems == ["diagram-failed 3:3"]
    assert "<details>" not in note.html
    assert note.links == []


def test_no_character_of_a_diagram_stands_for_something_else(read):
    """The private ones of a platform are text like any other; those that are not characters are dropped."""
    html = read('```mermaid\ngraph TD; A["\uf8ff x \uf8fe"] --> B["y\ufdd0\ufdd1"]\n```').html
    assert ">\uf8ff x \uf8fe<" in html
    assert ">y<" in html
