"""The messages of the interface by language: from the author's gettext catalogs, and then from those of the theme.

Templates and code contain the messages in English; `<folder>/<language>/LC_MESSAGES/messages.po` translates them.
Authors do not have to compile catalogs: one is compiled when a page is first written in its language. The compiled
form is stored in the cache, because parsing a catalog takes 50 ms, including the import of the parser, and reading
the compiled form 1 ms.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from functools import cache
from gettext import GNUTranslations, NullTranslations
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from garden.model.errors import StorageError
from garden.vault.stored.sealed_files import read_sealed, write_sealed

ENGLISH = "en"
"""The language in which messages are written."""

TEMPLATE = "messages.pot"
"""The file of a theme's folder that lists every message."""

_FILE = "LC_MESSAGES/messages.po"
"""The path of a catalog in the folder of its language."""

_NUMBERS = range(201)
"""A range of numbers in which every plural form of every language occurs."""


class Messages(NullTranslations):
    """Messages from the first catalog that has them, or else in English as they are written."""

    def __init__(self, language: str, catalogs: Sequence[GNUTranslations]) -> None:
        super().__init__()
        self.language = language
        self._plural_forms: dict[str, Mapping[str, str]] = {}
        for catalog in catalogs:
            # `add_fallback` appends to the fallbacks that have been added before.
            self.add_fallback(catalog)

    def plural_forms(self, singular: str, plural: str) -> Mapping[str, str]:
        """Return the forms of a message by plural category, as a browser's `Intl.PluralRules` names them.

        It is for scripts: the number stays a placeholder, which they fill. `language` decides which rules apply.
        """
        found = self._plural_forms.get(singular)
        if found is None:
            examples = _plural_categories(self.language).items()
            forms = {category: self.ngettext(singular, plural, number) for category, number in examples}
            found = self._plural_forms[singular] = {"language": self.language} | forms
        return found


class MessageCatalogs:
    """The catalogs below a theme's folder and below the author's, which come first."""

    def __init__(self, theme: Path, own: Sequence[Path], own_templates: Sequence[Path], cache: Path) -> None:
        """Look for catalogs below `theme` and `own`.

        Messages that occur only in templates below `own_templates` may be translated, too. `cache` is the folder of
        compiled catalogs.
        """
        self._theme = theme
        self._own_templates = own_templates
        self._cache = cache
        self._files = [_files(folder) for folder in (*reversed(own), theme)]
        self._translations: dict[str, Messages] = {}

    def translation(self, language: str) -> Messages:
        """Return the messages in a language (a BCP 47 tag).

        Messages that a regional variant lacks come from its language, and those that it lacks, too, are English. Raises
        TemplateError, with its place, for a mistake in a catalog.
        """
        found = self._translations.get(language)
        if found is None:
            # The author may reword the English messages, so English has catalogs as well.
            names = dict.fromkeys((_name(language), _name(language).partition("_")[0], ENGLISH))
            files = [files[name] for name in names for files in self._files if name in files]
            # That of the first catalog, whose plural forms are used.
            found_language = files[0].parents[1].name.replace("_", "-") if files else ENGLISH
            found = Messages(found_language, [self._compiled(file) for file in files])
            self._translations[language] = found
        return found

    def _compiled(self, file: Path) -> GNUTranslations:
        """Return a catalog, from the cache if nothing has changed since it was compiled."""
        is_authors = file.parents[2] != self._theme
        written = file.read_bytes()
        # An author's catalog is checked against the messages that there are.
        known = (self._theme / TEMPLATE).read_bytes() if is_authors else b""
        digest = sha256(b"\0".join((str(file).encode("utf-8", "surrogateescape"), written, known))).digest()
        kept = self._cache / f"{sha256(os.fsencode(file)).hexdigest()[:16]}.mo"
        found = read_sealed(kept) or b""
        if not found.startswith(digest):
            found = digest + self._compile(file, written, known)
            with suppress(StorageError):
                write_sealed(kept, found)
        return GNUTranslations(BytesIO(found[len(digest) :]))

    def _compile(self, file: Path, written: bytes, known: bytes) -> bytes:
        # Imported only here, since the import takes most of the time, and catalogs rarely change.
        from garden.hosts.pelican.templates.po_files import check_messages, compiled, read

        catalog = read(file, written)
        if known:
            check_messages(file, catalog, read(self._theme / TEMPLATE, known), list(self._texts()))
        return compiled(catalog)

    def _texts(self) -> Iterator[str]:
        """Yield the texts of the author's own templates."""
        for folder in self._own_templates:
            for file in folder.rglob("*.html"):
                yield file.read_text(encoding="utf-8", errors="replace")


@cache
def _plural_categories(language: str) -> Mapping[str, int]:
    """Return the plural categories of a language, each with a number that belongs to it."""
    from babel import Locale

    category = Locale.parse(language, sep="-").plural_form
    return {category(number): number for number in _NUMBERS}


def _files(folder: Path) -> dict[str, Path]:
    """Return the catalogs below a folder by the normalised name of their language."""
    return {_name(file.parents[1].name): file for file in sorted(folder.glob(f"*/{_FILE}"))}


def _name(language: str) -> str:
    """Return the normalised name of a language: gettext writes `pt_BR`, the web `pt-BR`."""
    return language.replace("-", "_").lower()
