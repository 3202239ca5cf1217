"""The terms of a note: what search finds it by, and how much each says."""

import pytest

from garden.model.names import VaultPath
from garden.reading.search_terms import HEADING, TITLE, note_terms, terms, topics
from tests.support.vault import read_note


def weights(text: str) -> dict[str, int]:
    return weights_in(read_note(text).body.terms)


def weights_in(terms_of_note: str) -> dict[str, int]:
    lines = (line.split(" ") for line in terms_of_note.splitlines())
    return {term: int(weight) for weight, *of_weight in lines for term in of_weight}


def test_words_have_no_case_no_accents_and_no_punctuation() -> None:
    """`snake_case` is two words; encoded data is cut."""
    assert list(terms("Cafés, snake_case & C3PO-x Ａ")) == ["cafes", "snake", "case", "c3po", "x", "a"]
    assert list(terms("x" * 90)) == ["x" * 40]


def test_scripts_without_blanks_are_cut_into_pairs() -> None:
    """The last character alone too, so that it is found."""
    assert list(terms("Docker部署版本")) == ["docker", "部署", "署版", "版本", "本"]
    assert len(list(terms("데이터 버전"))) == 2


def test_a_note_is_found_by_title_headings_tags_and_text() -> None:
    """What occurs in several places counts in each."""
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


def test_what_is_not_shown_is_not_a_term() -> None:
    """Comments and hierarchy lines find nothing."""
    found = weights("up:: [[parentage]]\n\nShown %%hidden%%.\n")
    assert found.keys() == {"shown", "a"}  # the stem is the title


def test_code_is_found_by_its_names() -> None:
    """With the least weight, unless the text says them too; a block of data does not fill the index."""
    found = weights("Shown twice, shown.\n\n```python\nhttpx.get(shown)\n```\n\n    indented()\n")
    assert found["httpx"] == found["get"] == found["indented"] == 1 < found["shown"]
    data = " ".join(f"x{number}" for number in range(1000))
    assert len(weights(f"```\n{data}\n```\n")) < 400


def test_names_of_languages_keep_their_symbols() -> None:
    """`c++` and `c#` are words, a sum is not."""
    assert list(terms("C++, C#, a+b i++x")) == ["c++", "c#", "a", "b", "i", "x"]


def test_an_arabic_word_goes_without_its_article() -> None:
    """Also after another prefix, and without "and"; letters written either way at the end are one."""
    assert terms("النسخ والنسخ للنسخ كلمة") == ["نسخ", "نسخ", "نسخ", "كلمه"]
    assert terms("تنزيل وتثبيت وقت") == ["تنزيل", "تثبيت", "وقت"]


def test_two_words_of_a_title_tag_or_alias_are_one_term_too() -> None:
    """Readers write "featurestore"; in the text that would double the index."""
    found = weights("---\ntitle: Feature store\naliases: [Data bank]\ntags: [ml-ops]\n---\nSome text.\n")
    assert found["featurestore"] == found["databank"] == found["bank"] == TITLE
    assert found["mlops"] == HEADING
    assert "sometext" not in found


def test_a_name_that_code_writes_with_a_sign_is_one_term_too() -> None:
    """In the text as in a block of code; a number, a hyphen in a word and a dash do not make a name."""
    found = weights("Put `--force` and .gitignore, {{date}}; snake_case a-b - c $5.\n\n```\n@njit\n```\n")
    assert {"-force", ".gitignore", "{date", "@njit", "force", "gitignore", "njit"} < found.keys()
    assert not {"_case", "-b", "-c", "$5"} & found.keys()


def test_names_and_symbols_of_code_in_the_text_are_terms_as_they_are_written() -> None:
    """`file.mtime` besides its words; in a block of code a symbol says nothing."""
    found = weights("Use `file.mtime`, snake_case and `%%` (see 3.1). End.\n\n```\nif a && b: c.d\n```\n")
    assert {"file.mtime", "file", "mtime", "snake_case", "snake", "%%"} < found.keys()
    assert not {"&&", "c.d", "3.1", "end."} & found.keys()


def test_a_note_is_found_by_its_summary() -> None:
    """As by a heading: the author says there what the note is about."""
    found = weights("---\ndescription: Move your vault to another region.\n---\nText.\n")
    assert found["region"] == HEADING


def test_letters_that_many_keyboards_do_not_have_are_plain_ones() -> None:
    """As accented letters are."""
    assert terms("Fußnote, załącznik, Ærø, ı") == ["fussnote", "zalacznik", "aero", "i"]


def test_a_note_is_found_by_its_folders() -> None:
    """As by a tag: often they alone say what "Troubleshooting" is about."""
    found = note_terms(
        "Text.", ("Text.",), (), topics(VaultPath("Web Clipper/Troubleshooting.md"), ()), ("Troubleshooting",)
    )
    assert weights_in(found).items() > {"web": HEADING, "clipper": HEADING}.items()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("Water cycle.canvas", '{"nodes": [], "edges": []}'),
        ("Water cycle.excalidraw", '{"type": "excalidraw", "elements": []}'),
    ],
)
def test_a_view_of_another_format_is_found_by_the_words_of_its_title(path: str, content: str) -> None:
    """As a note is."""
    found = weights_in(read_note(content, path).body.terms)
    assert found.items() > {"water": TITLE, "cycle": TITLE}.items()
