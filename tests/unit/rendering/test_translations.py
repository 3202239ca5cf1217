"""The interface's messages in the languages that the theme knows, and in that of each note."""

import re
from collections.abc import Callable
from functools import cache
from gettext import NullTranslations
from io import StringIO
from pathlib import Path

import pytest
from babel import Locale
from babel.messages import Catalog as MessageCatalog
from babel.messages import Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po

from garden.hosts.pelican.templates.message_catalogs import MessageCatalogs
from garden.linking.relation import Node
from garden.model.body import Slot, SlotKind
from garden.model.names import VaultPath
from garden.model.note import Date, Status
from garden.model.settings import RELATIONS
from garden.rendering.body.fill import fill
from garden.rendering.catalog import Catalog
from garden.rendering.pages.all import generated_pages, node_view
from garden.rendering.translations import Translations, english
from tests.support.vault import Vault

ROOT = Path(__file__).resolve().parents[3]
FOLDER = ROOT / "theme" / "translations"
LANGUAGES = ["ar", "de", "es", "fr", "ja", "pl", "zh"]
GAP = re.compile(r"%\(\w+\)s")


def messages(language: str) -> MessageCatalog:
    """The theme's catalog of a language."""
    return read_po(
        StringIO((FOLDER / language / "LC_MESSAGES" / "messages.po").read_text(encoding="utf-8")),
        locale=language,
    )


def template() -> MessageCatalog:
    """Every message there is."""
    return read_po(StringIO((FOLDER / "messages.pot").read_text(encoding="utf-8")))


def forms(message: Message) -> tuple[str, ...]:
    """What a message is translated to: one text, or one for each plural form."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string)


@pytest.fixture
def translations(tmp_path: Path) -> Translations:
    """The messages as the theme gives them."""
    catalogs = MessageCatalogs(FOLDER, [], [], tmp_path / "cache")
    return catalogs.translation


def test_the_languages_are_there() -> None:
    """English is in the templates, seven others are translated."""
    assert sorted(file.name for file in FOLDER.iterdir() if file.is_dir()) == LANGUAGES


def test_the_template_lists_the_messages_of_templates_and_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A message that is missing in it would never be translated; CONTRIBUTING says how it is made."""
    guide = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    command = re.search(r"pybabel (extract (?:.|\\\n)+?) -o theme/translations/messages.pot \.", guide)
    assert command
    made = tmp_path / "messages.pot"
    monkeypatch.chdir(ROOT)
    CommandLineInterface().run(
        ["pybabel", "-q", *command[1].replace("\\\n", " ").split(), "-o", str(made), "."]
    )
    assert made.read_text(encoding="utf-8") == (FOLDER / "messages.pot").read_text(encoding="utf-8")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_message_is_translated_in_every_language(language: str) -> None:
    """The same messages, each with all its plural forms, none empty, none in doubt."""
    found = messages(language)
    known = {(message.id, message.context) for message in template()}
    assert {(message.id, message.context) for message in found} == known
    assert not [message.id for message in found if message.id and message.fuzzy]
    assert found.num_plurals == MessageCatalog(locale=language).num_plurals
    for message in found:
        if message.id:
            assert len(forms(message)) == (found.num_plurals if message.pluralizable else 1), message.id
            assert all(form and form == form.strip() for form in forms(message)), message.id


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_gaps_of_their_message(language: str) -> None:
    """Only a form that is for one number alone may say it in letters: Arabic has a dual."""
    category = Locale(language).plural_form
    for message in messages(language):
        texts = [message.id] if isinstance(message.id, str) else list(message.id)
        gaps = set(GAP.findall(" ".join(texts)))
        for number, form in enumerate(forms(message)):
            own = set(GAP.findall(form))
            assert own <= gaps, form
            if own != gaps:
                meant = [n for n in range(201) if plural_rule(language)(n) == number]
                assert message.pluralizable, form
                assert len(meant) == 1, form
                assert category(meant[0]) in {"zero", "one", "two"}


@cache
def plural_rule(language: str) -> Callable[[int], int]:
    """Which of its forms a language has for a number: the rule in the catalog's header."""
    from gettext import c2py  # type: ignore[attr-defined]  # it is not in the stubs

    rule: Callable[[int], int] = c2py(messages(language).plural_expr)
    return rule


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_are_translated(language: str) -> None:
    """Few messages are the same in two languages: fewer than one in ten."""
    every = [message for message in messages(language) if message.id]
    same = [message.id for message in every if message.string == message.id]
    assert len(same) * 10 < len(every), same


@pytest.mark.parametrize(
    ("language", "number", "text"),
    [
        ("en", 1, "1 note"),
        ("en", 5, "5 notes"),
        ("de", 1, "1 Notiz"),
        ("fr", 0, "0 note"),
        ("fr", 2, "2 notes"),
        ("es", 1, "1 nota"),
        ("pl", 1, "1 notatka"),
        ("pl", 3, "3 notatki"),
        ("pl", 5, "5 notatek"),
        ("pl", 22, "22 notatki"),
        ("zh", 1, "1 篇笔记"),
        ("ja", 2, "2件のノート"),
        ("ar", 0, "لا ملاحظات"),
        ("ar", 1, "ملاحظة واحدة"),
        ("ar", 2, "ملاحظتان"),
        ("ar", 3, "3 ملاحظات"),
        ("ar", 11, "11 ملاحظة"),
        ("ar", 100, "100 ملاحظة"),
    ],
)
def test_numbers_read_like_language(
    translations: Translations, language: str, number: int, text: str
) -> None:
    """Each language has the forms that it has."""
    found = translations(language).ngettext("%(num)s note", "%(num)s notes", number)
    assert found % {"num": number} == text


def test_messages_are_english_without_a_theme() -> None:
    """Labels of relations are messages, too."""
    assert english("de").gettext("Siblings") == "Siblings"
    assert {field.label for field in RELATIONS} <= {message.id for message in template()}


def test_a_note_speaks_its_own_language(vault: Vault, translations: Translations) -> None:
    """Dates and labels follow the note's `lang`; a label that the settings change stays as it is."""
    vault.note("top.md")
    vault.note("b.md", relations=["up:: [[top]]"])
    vault.note("a.md", relations=["up:: [[top]]"], date="2024-03-05", lang="de")
    catalog = Catalog(vault.snapshot(), vault.settings, translations=translations)
    page = node_view(catalog, vault.body, Node("note", "a.md")).page
    assert [relation.label for relation in page.relations] == ["Teil von", "Auf gleicher Ebene"]
    assert page.date is not None
    assert page.date.text == "5. März 2024"
    assert catalog.date(catalog.document(page_path(page.url))).text == "March 5, 2024"
    other = node_view(catalog, vault.body, Node("note", "b.md")).page
    assert [relation.label for relation in other.relations] == ["Part of", "Siblings"]


def page_path(url: str) -> str:
    """The path of a note in these vaults."""
    return url.rstrip("/") + ".md"


def test_a_label_of_the_author_is_not_translated(vault: Vault, translations: Translations) -> None:
    """Authors write it for their readers."""
    from garden.model.settings import RelationField

    vault.set(relations=(RelationField("up", "Belongs to", "down"), *RELATIONS[1:]))
    vault.note("top.md")
    vault.note("a.md", relations=["up:: [[top]]"], lang="de")
    catalog = Catalog(vault.snapshot(), vault.settings, translations=translations)
    page = node_view(catalog, vault.body, Node("note", "a.md")).page
    assert [relation.label for relation in page.relations] == ["Belongs to"]


def test_generated_pages_have_titles_in_the_sites_language(vault: Vault, translations: Translations) -> None:
    """Lists, map, search and the page for unknown addresses."""
    vault.set(language="de")
    vault.note("a.md", tags=["x"])
    catalog = Catalog(vault.snapshot(), vault.settings, translations=translations)
    titles = {page.url: page.title for make in generated_pages(catalog).values() for page in make()}
    assert titles["tags/"] == "Schlagwörter"
    assert titles["search/"] == "Suche"
    assert titles["404.html"] == "Seite nicht gefunden"


def test_without_search_there_is_no_page_for_it(vault: Vault) -> None:
    """The setting takes the page away."""
    vault.set(search=False)
    assert "search/" not in {
        page.url for make in generated_pages(vault.catalog()).values() for page in make()
    }


def test_dates_are_kept_as_written(vault: Vault) -> None:
    """The machine-readable form does not depend on any language."""
    vault.note("a.md", date="2024-03-05", lang="ar")
    page = vault.page("a.md")
    assert page.date is not None
    assert page.date.iso == Date("2024-03-05", 2024, 3, 5).iso
    assert page.head.direction == "rtl"


def test_what_stands_in_a_text_speaks_the_notes_language(vault: Vault, translations: Translations) -> None:
    """The reader of a German page reads no English where something cannot be shown; a theme may know less."""
    vault.note("secret.md", status=Status.DRAFT)
    vault.note("a.md", Slot(SlotKind.WORD, "not_rendered"), "![[secret]]", lang="de")

    def html(theirs: Translations) -> str:
        return fill(vault.snapshot(), vault.body, VaultPath("a.md"), vault.settings, translations=theirs).html

    for text in ("nicht dargestellt", "nicht verfügbar"):
        assert text in html(translations)
    for text in ("not rendered", "not available"):
        assert text in html(lambda _language: NullTranslations())
