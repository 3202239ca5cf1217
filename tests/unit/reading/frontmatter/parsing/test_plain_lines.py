"""What is read without libyaml is what libyaml would have read (FM-4)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from garden.reading.frontmatter.parsing.plain_lines import read_plain_lines
from garden.reading.frontmatter.parsing.yaml_tree import read_yaml

WORDS = [
    *(
        "a",
        "Tags",
        "tags",
        "date created",
        "2024-05-15",
        "null",
        "~",
        "true",
        "1e3",
        "0x1F",
        "é",
        "日本",
        "ß c",
        "x  y",
    ),
    *(
        "[[n]]",
        "[[n, m]]",
        "a[b",
        "{c}",
        "d, e",
        "f\"g'",
        "h|",
        "i>",
        "j%k",
        "@l",
        "&m",
        "*n",
        "!o",
        "`p",
        "?",
        "q?",
    ),
    *(
        "-",
        "- -",
        "---",
        "...",
        "<<",
        "#r",
        "s#t",
        "u: v",
        "w:",
        "x:y",
        ":",
        "\t",
        "\xa0",
        "\u2028",
        "\x85",
        "\ufeff",
        "\\",
    ),
]
WORD = st.sampled_from(WORDS)
TEXT = st.lists(WORD, min_size=1, max_size=3).map(" ".join)
LINE = st.one_of(
    st.tuples(WORD, TEXT).map(": ".join),
    st.tuples(WORD, st.sampled_from(("  - ", "- ", "    - ")), st.lists(TEXT, min_size=1, max_size=3)).map(
        lambda made: "\n".join((f"{made[0]}:", *(made[1] + item for item in made[2])))
    ),
    st.text("ab:- \n#[", max_size=5),
)


@given(st.lists(LINE, max_size=4).map("\n".join), st.sampled_from(("", "\n")))
def test_what_is_read_is_what_libyaml_reads(text: str, end: str) -> None:
    """Keys, texts and lists, with their places."""
    found = read_plain_lines(text + end, 7)
    assert found is None or found == read_yaml(text + end, 7)


@pytest.mark.parametrize(
    "text",
    [
        "title: A note, with (most) signs!\ndate: 2024-05-15\n",
        "tags:\n  - a\n  - b c\nup: x\n",
        "tags:\n- a\n- b\nstatus: draft",
        "relation: a [[b]] c\nÄhnlich: ß\n",
    ],
)
def test_usual_front_matter_needs_no_libyaml(text: str) -> None:
    """As Obsidian and authors write it."""
    assert read_plain_lines(text, 4) == read_yaml(text, 4) is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "a:\n",
        "a: 'b'\n",
        "a: b: c\n",
        "a: b # c\n",
        "a: b\n  c\n",
        "a:\n  - b\n    c\n",
        "a:\n  - b\n   - c\n",
        "a: b \n",
        "a: [b, c]\n",
        "a: b\n\nc: d\n",
        f"{'a' * 1001}: b\n",
    ],
)
def test_anything_else_is_left_to_libyaml(text: str) -> None:
    """In doubt it is."""
    assert read_plain_lines(text, 0) is None
