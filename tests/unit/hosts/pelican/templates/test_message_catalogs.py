"""Catalogs of messages: which one counts, and what is kept of them."""

from pathlib import Path

import pytest

from garden.hosts.pelican.templates import po_files
from garden.hosts.pelican.templates.message_catalogs import MessageCatalogs
from garden.model.errors import TemplateError

THEME = Path(__file__).resolve().parents[5] / "theme" / "translations"
CUPS = 'msgid "%(num)s cup"\nmsgid_plural "%(num)s cups"\n'


def write(folder: Path, language: str, text: str) -> None:
    """Write a catalog below `folder`."""
    file = folder / language / "LC_MESSAGES" / "messages.po"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    """A theme that knows German and its Swiss variant, and three messages."""
    folder = tmp_path / "theme"
    write(folder, "de", 'msgid "Close"\nmsgstr "Schließen"\nmsgid "Copy"\nmsgstr "Kopieren"\n')
    write(folder, "de_CH", 'msgid "Close"\nmsgstr "Schliessen"\n')
    (folder / "messages.pot").write_text(
        'msgid "Close"\nmsgstr ""\n\nmsgid "Copy"\nmsgstr ""\n\n' + CUPS + 'msgstr[0] ""\nmsgstr[1] ""\n',
        encoding="utf-8",
    )
    return folder


def catalogs(theme: Path, *own: Path, templates: tuple[Path, ...] = ()) -> MessageCatalogs:
    """The catalogs with a cache beside them."""
    return MessageCatalogs(theme, own, templates, theme.parent / "cache")


@pytest.mark.parametrize("tag", ["de-CH", "de-ch", "de_CH"])
def test_a_variant_takes_from_its_language_what_it_lacks(theme: Path, tag: str) -> None:
    """However its name is written."""
    found = catalogs(theme).translation(tag)
    assert [found.gettext(text) for text in ("Close", "Copy", "Other")] == ["Schliessen", "Kopieren", "Other"]
    assert found.language == "de-CH"


def test_a_damaged_cache_is_not_believed(theme: Path) -> None:
    """A compiled catalog is compiled again, wherever it is damaged; without a cache that can be written, it still works."""
    catalogs(theme).translation("de")
    (compiled,) = (theme.parent / "cache").glob("*.mo")
    content = compiled.read_bytes()
    for damaged in (content.replace(b"Kopieren", b"Kapieren"), content[: len(content) // 2], b""):
        compiled.write_bytes(damaged)
        assert catalogs(theme).translation("de").gettext("Copy") == "Kopieren"
        assert compiled.read_bytes() == content
    assert MessageCatalogs(theme, (), (), compiled).translation("de").gettext("Copy") == "Kopieren"


@pytest.mark.parametrize("tag", ["xx", "../../etc", ""])
def test_an_unknown_language_is_english(theme: Path, tag: str) -> None:
    """A name cannot lead out of the folder."""
    found = catalogs(theme).translation(tag)
    assert (found.gettext("Close"), found.language) == ("Close", "en")


def test_the_last_of_the_authors_folders_comes_first(theme: Path, tmp_path: Path) -> None:
    """Then the others, the theme, and what they say in English."""
    write(tmp_path / "one", "de", 'msgid "Close"\nmsgstr "eins"\nmsgid "Copy"\nmsgstr "eins"\n')
    write(tmp_path / "two", "de", 'msgid "Close"\nmsgstr "zwei"\n')
    write(tmp_path / "two", "en", CUPS + 'msgstr[0] "a cup"\nmsgstr[1] "%(num)s cups of tea"\n')
    found = catalogs(theme, tmp_path / "one", tmp_path / "two").translation("de")
    assert [found.gettext("Close"), found.gettext("Copy")] == ["zwei", "eins"]
    assert found.ngettext("%(num)s cup", "%(num)s cups", 2) == "%(num)s cups of tea"


def test_what_is_not_translated_is_not_empty(theme: Path, tmp_path: Path) -> None:
    """An author may fill in a copy of the list of messages bit by bit."""
    text = (theme / "messages.pot").read_text(encoding="utf-8")
    write(tmp_path / "own", "it", text.replace('"Copy"\nmsgstr ""', '"Copy"\nmsgstr "Copia"'))
    found = catalogs(theme, tmp_path / "own").translation("it")
    assert [found.gettext("Copy"), found.gettext("Close")] == ["Copia", "Close"]
    assert found.ngettext("%(num)s cup", "%(num)s cups", 1) == "%(num)s cup"


def test_forms_for_scripts_follow_the_rules_of_their_language(theme: Path) -> None:
    """English ones where nothing is translated."""
    forms = catalogs(theme).translation("fr").plural_forms("%(num)s cup", "%(num)s cups")
    assert forms == {"language": "en", "one": "%(num)s cup", "other": "%(num)s cups"}


@pytest.mark.parametrize("language", ["ar", "pl", "ja"])
def test_forms_for_scripts_are_those_of_pages(tmp_path: Path, language: str) -> None:
    """A browser's category for a number has the text that gettext has for it."""
    from babel import Locale

    found = MessageCatalogs(THEME, [], [], tmp_path).translation(language)
    forms = found.plural_forms("%(num)s result", "%(num)s results")
    category = Locale(language).plural_form
    for number in range(1000):
        assert forms[category(number)] == found.ngettext("%(num)s result", "%(num)s results", number), number


def test_the_compiled_form_is_kept_until_something_changes(
    theme: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The catalog, or the theme's list of messages for one of the author's."""
    read: list[str] = []
    compiled = po_files.compiled
    monkeypatch.setattr(po_files, "compiled", lambda catalog: read.append("") or compiled(catalog))
    own = tmp_path / "own"
    write(own, "de", 'msgid "Close"\nmsgstr "Zu"\n')

    def close() -> str:
        return catalogs(theme, own).translation("de").gettext("Close")

    assert (close(), len(read)) == ("Zu", 2)
    assert (close(), len(read)) == ("Zu", 2)
    write(own, "de", 'msgid "Close"\nmsgstr "Weg"\n')
    assert (close(), len(read)) == ("Weg", 3)
    (theme / "messages.pot").write_text('msgid "Copy"\nmsgstr ""\n', encoding="utf-8")
    with pytest.raises(TemplateError, match="no page has the text"):
        close()


def test_templates_of_the_author_may_have_texts_of_their_own(theme: Path, tmp_path: Path) -> None:
    """Only what nobody has is a mistake."""
    write(tmp_path / "own", "de", 'msgid "Mine"\nmsgstr "Meins"\n')
    templates = tmp_path / "templates"
    templates.mkdir()
    with pytest.raises(TemplateError, match="Mine"):
        catalogs(theme, tmp_path / "own", templates=(templates,)).translation("de")
    (templates / "footer.html").write_text('{{ _("Mine") }}', encoding="utf-8")
    found = catalogs(theme, tmp_path / "own", templates=(templates,)).translation("de")
    assert found.gettext("Mine") == "Meins"


@pytest.mark.parametrize(
    ("language", "written", "told"),
    [
        ("klingon", b'msgid "Copy"\nmsgstr "x"\n', 'messages.po:1:1: error there is no language "klingon"'),
        ("de", b'msgid "Copy"\n\nmsgid "Close"\nmsgstr "x"\n', "messages.po:1:1: error missing msgstr"),
        ("de", b'msgid "Copy"\nmsgstr "\xff"\n', "messages.po:1:1: error "),
        ("de", b'msgid "Copy"\nmsgstr "x\n', "messages.po:2:1: error a line is "),
    ],
)
def test_a_broken_file_is_named(
    theme: Path, tmp_path: Path, language: str, written: bytes, told: str
) -> None:
    """With its line where there is one."""
    write(tmp_path / "own", language, "")
    (tmp_path / "own" / language / "LC_MESSAGES" / "messages.po").write_bytes(written)
    with pytest.raises(TemplateError) as error:
        catalogs(theme, tmp_path / "own").translation(language)
    assert told in str(error.value)
