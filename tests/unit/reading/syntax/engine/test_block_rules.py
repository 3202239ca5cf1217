"""Lines that are taken at once are read as they are when the rules are asked about each."""

from pathlib import Path
from random import Random

import pytest

from garden.model.note import Document
from garden.reading.syntax.blocks.lists import List
from garden.reading.syntax.blocks.tables import Table
from garden.reading.syntax.engine.block_rules import OpenBlock, Paragraph
from garden.reading.syntax.engine.note_parser import NoteParser
from garden.reading.syntax.fences.fences import Fence
from tests.support.vault import read_note

_DOCS = Path(__file__).parents[5] / "docs"
_LINES = (
    *("", "", "", "text", "more  ", "**bold** text", "*em*", "[[a]] and b", "![[a]]", "2020 was", "| x | y |", "|--|--|"),
    *("- item", "- *item*", "- [x] done", "- [[a]]", "* other", "+ item ^id", "1. one", "2. two", "3) three", "- ", "-"),
    *("  inside", "\tdeep", "    code", "> quote", "# head", "---", "===", "```", "``` x", "~~~", "$$", "$$ x", "<div>"),
    *("</div>", "%%", "%% a %% b", "[a]: b", "[^1]: note", "^id", "{: .c}", "[TOC]", ": means", "!!! note", "up:: [[a]]"),
)  # fmt: skip


def texts() -> list[str]:
    """Return notes in which all sorts of lines follow a block, and some that mix them, or are pages of the documentation."""
    random = Random(8)
    blocks = ("text", "- item", "1. item", "| x | y |\n|--|--|\n| z |", "```\ncode")
    return [
        *(f"{block}\n{line}\n\ntext\n{line}\n" for block in blocks for line in dict.fromkeys(_LINES)),
        *("\n".join(random.choices(_LINES, k=random.randrange(2, 14))) for _ in range(20)),
        *(path.read_text(encoding="utf-8") for path in sorted(_DOCS.rglob("*.md"))[:1]),
    ]


def test_what_is_taken_at_once_is_what_the_rules_would_say(monkeypatch: pytest.MonkeyPatch) -> None:
    """FT-5: plain paragraphs, items, rows and lines of code."""
    found = [read_note(text) for text in texts()]
    monkeypatch.setattr(NoteParser, "_takes_plain", lambda _parser, _at: False)
    for block in (Paragraph, List, Table, Fence):
        assert block.take_lines is not OpenBlock.take_lines
        monkeypatch.setattr(block, "take_lines", OpenBlock.take_lines)
    one_by_one: list[Document] = [read_note(text) for text in texts()]
    assert found == one_by_one
