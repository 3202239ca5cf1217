"""The picture beside a link to a note on other sites."""

from collections.abc import Iterator
from importlib import import_module
from io import BytesIO
from pathlib import Path

import pytest
from msgspec.structs import replace
from PIL import Image

from garden.model.names import SaveAs
from garden.publishing.folder.output import Output
from garden.publishing.pictures import card_fonts
from garden.publishing.pictures import social_cards as cards
from garden.publishing.pictures.card_fonts import Style, is_drawable, width
from garden.publishing.pictures.social_cards import SocialCard, SocialCards, draw_card
from garden.reading import isolation
from garden.reading.isolation import LibraryMissingError
from tests.support.in_memory import written_in_memory

CARD = SocialCard("Data versioning", "MLOps › Data", "Garden")
FILE = SaveAs("a/card.png")


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("Drift", False),
        ("Zażółć gęślą jaźń", False),
        ("Ωμέγα", False),
        ("Привет", False),
        ("«naïve» › “x” – 3 × 4 …", False),
        ("", False),
        ("数据：版本（第二）", True),
        ("データの「版」", True),
        ("데이터 관리", True),
        ("שָׁלוֹם", True),
        ("سلام، ۲۰۲۴", True),
        ("نیم\u200cفاصله", True),
        ("नमस्ते", True),
        ("สวัสดี", True),
    ],
)
def test_texts_that_the_fonts_have_are_drawn(
    text: str, others: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Latin, Greek and Cyrillic always; what the extra `cards` brings only with it."""
    assert is_drawable(text)
    with_latin_alone(monkeypatch)
    assert is_drawable(text) is not others


@pytest.mark.parametrize("text", ["ሰላም", "🌱", "tab\t", "\ue000"])
def test_texts_that_would_be_boxes_are_not(text: str) -> None:
    """No card is better than a wrong one."""
    assert not is_drawable(text)


def with_latin_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Leave the font that is always there."""
    monkeypatch.setattr(card_fonts, "FONTS", (card_fonts.LATIN,))
    forget()


def forget() -> None:
    for remembered in (card_fonts._owner, card_fonts._ordered, card_fonts._font, card_fonts._has_glyph):
        remembered.cache_clear()


@pytest.fixture(autouse=True)
def _forgotten() -> Iterator[None]:
    yield
    forget()


def test_chinese_and_japanese_have_the_forms_of_their_language() -> None:
    """They share code points, not forms."""
    drawn = {language: draw_card(SocialCard("直骨", "", "", language)) for language in ("zh", "zh-TW", "ja")}
    assert len(set(drawn.values())) == 3
    assert draw_card(SocialCard("直骨", "", "", "zh-Hans")) == drawn["zh"]


def test_letters_of_arabic_are_joined_and_on_the_right() -> None:
    """A letter has another form beside its neighbours; what is between two Latin words keeps its place."""
    style = Style(46, True, "ar", True)
    assert width("سلام", style) < sum(width(letter, style) for letter in "سلام")
    with Image.open(BytesIO(draw_card(SocialCard("سلام MLOps", "", "", "ar")))) as image:
        grey = image.convert("L")
        paper = grey.getpixel((60, 300))
        assert grey.crop((0, 0, 300, 630)).getextrema() == (paper, paper)
        assert grey.crop((800, 0, 1116, 630)).getextrema() != (paper, paper)


@pytest.mark.parametrize(
    ("text", "right", "wanted"),
    [
        ("سلام Data (2024): لم", True, ["سلام ", "Data (2024", "(", ":", " ", "لم"]),
        ("MLOps سلام، x", False, ["MLOps ", "سلام", "،", " ", "x"]),
        ("Data 数据", False, ["Data ", "数据"]),
    ],
)
def test_pieces_of_two_directions_keep_their_order(text: str, right: bool, wanted: list[str]) -> None:
    """What is of no script goes with the line; brackets turn round with it."""
    assert [run.text for run in card_fonts._runs(text, Style(46, True, "", right))] == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("two words", ["two", " words"]),
        ("数据（版）。x", ["数", "据", "（版）。", "x"]),
        ("데이터 관리", ["데이터", " 관리"]),
        ("バージョン", ["バー", "ジョ", "ン"]),
        (" a \n b ", ["a", " b"]),
    ],
)
def test_lines_end_where_the_script_lets_them(text: str, wanted: list[str]) -> None:
    """East Asian lines anywhere but before what closes and behind what opens."""
    assert cards._pieces(text) == wanted


def test_a_card_is_a_png_of_the_usual_size_and_the_same_every_time() -> None:
    """1200 × 630, equal bytes (HC-7), small."""
    content = draw_card(CARD)
    with Image.open(BytesIO(content)) as image:
        assert (image.format, image.size) == ("PNG", (1200, 630))
    assert draw_card(CARD) == content
    assert len(content) < 30_000


@pytest.mark.parametrize(
    "title",
    [
        "word",
        "word " * 12,
        "word " * 200,
        "x" * 500,
        "W" * 20_000,
        "数" * 300,
        "สวัสดี" * 40,
        "سلام " * 60,
        "Donaudampfschifffahrt " * 5,
        " ",
    ],
)
def test_long_titles_stay_inside_the_card(title: str) -> None:
    """They are wrapped, set smaller, and cut at last; nothing is drawn in the margins."""
    with Image.open(BytesIO(draw_card(SocialCard(title, title, title)))) as image:
        grey = image.convert("L")
        paper = grey.getpixel((60, 300))
        for left in (20, 1200 - 80):
            assert grey.crop((left, 0, left + 60, 630)).getextrema() == (paper, paper)


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
    monkeypatch.setattr(card_fonts, "LATIN", replace(card_fonts.LATIN, package="no_such_package"))
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


def test_the_home_page_has_the_card_of_its_note(tmp_path: Path) -> None:
    """The home page has the site's own card only where it has no note."""
    settings = {"SITEURL": "https://example.org", "SITENAME": "Garden"}
    notes = {"index.md": "# Welcome\n\nText.", "a.md": "# A\n\nText."}
    with_note = written_in_memory(notes, tmp_path / "with", settings)
    without = written_in_memory({"a.md": notes["a.md"]}, tmp_path / "without", settings)
    assert with_note.bytes_of("card.png") == draw_card(SocialCard("Welcome", "", "Garden", "en"))
    assert without.bytes_of("card.png") == draw_card(SocialCard("Garden", "", "Garden", "en"))
