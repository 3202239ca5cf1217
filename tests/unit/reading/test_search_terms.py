"""The terms of a note: what search finds it by, and how much each says."""

from garden.reading.search_terms import HEADING, TITLE, terms
from tests.support.vault import read_note


def weights(text: str) -> dict[str, int]:
    document = read_note(text)
    pairs = (line.split(" ") for line in document.terms.splitlines())
    return {term: int(weight) for term, weight in pairs}


def test_words_have_no_case_no_accents_and_no_signs() -> None:
    """`snake_case` is two words; encoded data is cut."""
    assert list(terms("Cafés, snake_case & C3PO-x Ａ")) == ["cafes", "snake", "case", "c3po", "x", "a"]
    assert list(terms("x" * 90)) == ["x" * 40]


def test_scripts_without_blanks_are_cut_into_pairs() -> None:
    """The last character alone too, so that it is found."""
    assert list(terms("Docker部署版本")) == ["docker", "部署", "署版", "版本", "本"]
    assert len(list(terms("데이터 버전"))) == 2


def test_a_note_is_found_by_title_headings_tags_and_text() -> None:
    """What stands in several places says all of them."""
    found = weights("---\ntitle: Drift\ntags: [mlops]\n---\nText.\n\n## Signs of drift\n\nText.\n")
    assert found["drift"] == TITLE | HEADING
    assert found["mlops"] == HEADING
    assert found["signs"] == HEADING
    assert 0 < found["text"] < HEADING


def test_a_word_weighs_more_the_more_often_it_is_there_and_the_shorter_the_note() -> None:
    """Between 1 and 7, and never more."""
    rare = weights("word " + "filler " * 2000)["word"]
    usual = weights("word and little else")["word"]
    often = weights("word " * 500)["word"]
    assert rare < usual < often == 7


def test_what_is_not_shown_is_no_term() -> None:
    """Comments, code and hierarchy lines find nothing."""
    found = weights("up:: [[parentage]]\n\nShown %%hidden%%.\n\n```\ncoded\n```\n")
    assert found.keys() == {"shown", "a"}  # the stem is the title
