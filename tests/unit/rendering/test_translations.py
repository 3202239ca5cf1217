"""The interface's words in the languages that the theme knows, and in that of each note."""

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from garden.linking.relation import Node
from garden.model.names import VaultPath
from garden.model.note import Date, Slot, SlotKind, Status
from garden.rendering.body.fill import fill
from garden.rendering.catalog import Catalog
from garden.rendering.pages.all import generated_pages, node_view
from garden.rendering.translations import ENGLISH, Words
from tests.support.vault import Vault

THEME = Path(__file__).resolve().parents[3] / "theme"
CATALOGUES = sorted((THEME / "words").glob("*.json"))


def catalogue(language: str) -> dict[str, str]:
    """The words of a language."""
    found: dict[str, str] = json.loads((THEME / "words" / f"{language}.json").read_text(encoding="utf-8"))
    return found


def words(language: str) -> Mapping[str, str]:
    """The words as the theme gives them."""
    return catalogue(language)


def test_the_languages_are_there() -> None:
    """English and seven others."""
    assert [file.stem for file in CATALOGUES] == ["ar", "de", "en", "es", "fr", "ja", "pl", "zh"]


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_every_language_has_every_word(file: Path) -> None:
    """The same keys, no empty text, the same gaps to fill."""
    english, found = catalogue("en"), catalogue(file.stem)
    assert found.keys() == english.keys()
    assert [key for key, text in found.items() if not text.strip() or text != text.strip()] == []
    assert [key for key in english if english[key].count("%s") != found[key].count("%s")] == []


@pytest.mark.parametrize("file", CATALOGUES, ids=lambda file: file.stem)
def test_translations_are_translated(file: Path) -> None:
    """Few words are the same in two languages."""
    english, found = catalogue("en"), catalogue(file.stem)
    same = [key for key in english if english[key] == found[key]]
    assert file.stem == "en" or len(same) < 8, same


def test_words_of_pages_are_in_the_catalogue() -> None:
    """What the core falls back to is what the English catalogue says."""
    english = catalogue("en")
    assert {key: english[key] for key in ENGLISH} == dict(ENGLISH)


def test_templates_name_only_words_that_exist() -> None:
    """A misspelt one would fail only on the page that shows it."""
    text = "".join(file.read_text(encoding="utf-8") for file in (THEME / "templates").rglob("*.html"))
    named = set(re.findall(r"(?<![-\w])words\.([a-z_]+)", text)) | set(
        re.findall(r'\bwords\["([a-z_]+)"\]', text)
    )
    assert named <= catalogue("en").keys()


def test_a_note_speaks_its_own_language(vault: Vault) -> None:
    """Dates and labels follow the note's `lang`; a label that the settings change stays as it is."""
    vault.note("top.md")
    vault.note("b.md", relations=["up:: [[top]]"])
    vault.note("a.md", relations=["up:: [[top]]"], date="2024-03-05", lang="de")
    catalog = Catalog(vault.snapshot(), vault.settings, words=words)
    page = node_view(catalog, vault.body, Node("note", "a.md")).page
    assert [relation.label for relation in page.relations] == ["Teil von", "Geschwister"]
    assert page.date is not None
    assert page.date.text == "5. März 2024"
    assert catalog.date(catalog.document(page_path(page.url))).text == "March 5, 2024"
    other = node_view(catalog, vault.body, Node("note", "b.md")).page
    assert [relation.label for relation in other.relations] == ["Part of", "Siblings"]


def page_path(url: str) -> str:
    """The path of a note in these vaults."""
    return url.rstrip("/") + ".md"


def test_a_label_of_the_author_is_not_translated(vault: Vault) -> None:
    """Authors write it for their readers."""
    from garden.model.settings import RELATIONS, RelationField

    vault.set(relations=(RelationField("up", "Belongs to", "down"), *RELATIONS[1:]))
    vault.note("top.md")
    vault.note("a.md", relations=["up:: [[top]]"], lang="de")
    catalog = Catalog(vault.snapshot(), vault.settings, words=words)
    page = node_view(catalog, vault.body, Node("note", "a.md")).page
    assert [relation.label for relation in page.relations] == ["Belongs to"]


def test_generated_pages_have_titles_in_the_sites_language(vault: Vault) -> None:
    """Lists, map, search and the page for unknown addresses."""
    vault.set(language="de")
    vault.note("a.md", tags=["x"])
    catalog = Catalog(vault.snapshot(), vault.settings, words=words)
    titles = {page.url: page.title for page in generated_pages(catalog)}
    assert titles["tags/"] == "Schlagwörter"
    assert titles["search/"] == catalogue("de")["search"]
    assert titles["404.html"] == "Seite nicht gefunden"


def test_without_search_there_is_no_page_for_it(vault: Vault) -> None:
    """The setting takes the page away."""
    vault.set(search=False)
    assert "search/" not in {page.url for page in generated_pages(vault.catalog())}


def test_dates_are_kept_as_written(vault: Vault) -> None:
    """The machine-readable form does not depend on any language."""
    vault.note("a.md", date="2024-03-05", lang="ar")
    page = vault.page("a.md")
    assert page.date is not None
    assert page.date.iso == Date("2024-03-05", 2024, 3, 5).iso
    assert page.head.direction == "rtl"


def test_what_stands_in_a_text_speaks_the_notes_language(vault: Vault) -> None:
    """The reader of a German page reads no English where something cannot be shown; a theme may know less."""
    vault.note("secret.md", status=Status.DRAFT)
    vault.note("a.md", Slot(SlotKind.WORD, "not_rendered"), "![[secret]]", lang="de")

    def html(theirs: Words) -> str:
        return fill(vault.snapshot(), vault.body, VaultPath("a.md"), vault.settings, words=theirs).html

    for text in ("nicht dargestellt", "nicht verfügbar"):
        assert text in html(words)
    for text in ("not rendered", "not available"):
        assert text in html(lambda _language: {})
