"""The picture beside a link to a note on other sites."""

from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from garden.model.names import SaveAs
from garden.publishing import social_cards as cards
from garden.publishing.output import Output
from garden.publishing.social_cards import SocialCard, SocialCards, draw_card, is_drawable
from garden.reading import isolation
from garden.reading.isolation import LibraryMissingError

CARD = SocialCard("Data versioning", "MLOps › Data", "Garden")
FILE = SaveAs("a/card.png")


@pytest.mark.parametrize(
    "text", ["Drift", "Zażółć gęślą jaźń", "Ωμέγα", "Привет", "«naïve» › “x” – 3 × 4 …", ""]
)
def test_texts_that_the_face_has_are_drawn(text: str) -> None:
    """Latin, Greek and Cyrillic with their marks."""
    assert is_drawable(text)


@pytest.mark.parametrize("text", ["数据", "データ", "데이터", "שלום", "سلام", "नमस्ते", "a→b", "🌱", "tab\t"])
def test_texts_that_would_be_boxes_or_need_joining_are_not(text: str) -> None:
    """No card is better than a wrong one."""
    assert not is_drawable(text)


def test_a_card_is_a_png_of_the_usual_size_and_the_same_every_time() -> None:
    """1200 × 630, equal bytes (HC-7), small."""
    content = draw_card(CARD)
    with Image.open(BytesIO(content)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
    assert draw_card(CARD) == content
    assert len(content) < 30_000


@pytest.mark.parametrize(
    "title",
    ["word", "word " * 12, "word " * 200, "x" * 500, "W" * 100_000, "Donaudampfschifffahrt " * 5, " "],
)
def test_long_titles_stay_inside_the_card(title: str) -> None:
    """They are wrapped, set smaller, and cut at last; nothing is drawn in the margins."""
    with Image.open(BytesIO(draw_card(SocialCard(title, title, title)))) as image:
        grey = image.convert("L")
        paper = grey.getpixel((60, 300))
        right = grey.crop((1200 - 70, 0, 1200, 630))
        assert right.getextrema() == (paper, paper)


def test_a_card_that_is_there_is_not_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither for the same output nor, with the same cache, for an empty one."""
    with Output(tmp_path / "one", tmp_path / "cache") as first:
        assert SocialCards(first, tmp_path / "cache").write(FILE, CARD)
        first.replace()
        first.remember("", (), 0, (0, 0, 0))
    monkeypatch.setattr(cards, "isolated", lambda *call: pytest.fail("it was drawn again"))
    for folder in ("one", "two"):
        with Output(tmp_path / folder, tmp_path / "cache") as output:
            assert SocialCards(output, tmp_path / "cache").write(FILE, CARD)
            output.replace()
    assert (tmp_path / "one" / FILE).read_bytes() == (tmp_path / "two" / FILE).read_bytes()


def test_without_the_font_there_are_no_cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package that does not bring it is as one that is not there, which is asked for once."""
    monkeypatch.setattr(cards, "_FONTS", ("no_such_package", "fonts"))
    cards._font.cache_clear()
    calls = []
    monkeypatch.setattr(cards, "isolated", lambda *call: calls.append(call) or isolation.isolated(*call))
    with pytest.raises(ImportError):
        draw_card(CARD)
    monkeypatch.setattr(cards, "draw_card", import_module)
    site = SocialCards(Output(tmp_path / "o", tmp_path / "c"), tmp_path / "c")
    for _ in range(2):
        with pytest.raises(LibraryMissingError):
            site.write(FILE, "no_such_package")
    assert len(calls) == 1
