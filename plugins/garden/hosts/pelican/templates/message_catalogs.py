"""The interface's messages by language: the theme's gettext catalogs, and the author's before them.

Owns where catalogs are and which one counts. Templates and code have their messages in English;
`<folder>/<language>/LC_MESSAGES/messages.po` translates them. Nobody has to compile anything: a catalog is
compiled when a page is first written in its language, and the compiled form is kept in the cache, because
parsing one, with the modules that it takes, costs 50 ms and reading the compiled form 1 ms.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from gettext import GNUTranslations, NullTranslations
from hashlib import sha256
from io import BytesIO
from pathlib import Path

ENGLISH = "en"
"""The language in which messages are written."""

TEMPLATE = "messages.pot"
"""The file of a theme's folder that lists every message."""

_FILE = "LC_MESSAGES/messages.po"
_NUMBERS = range(201)
"""Numbers among which every language has each of its plural forms."""


class Messages(NullTranslations):
    """Messages as they are written, in English, or in the language of the catalog that comes first."""

    def __init__(self, language: str, catalogs: Sequence[GNUTranslations]) -> None:
        super().__init__()
        self.language = language
        self._plural_forms: dict[str, Mapping[str, str]] = {}
        for catalog in catalogs:
            # `add_fallback` puts each after those that are there.
            self.add_fallback(catalog)

    def plural_forms(self, singular: str, plural: str) -> Mapping[str, str]:
        """Return the forms of a message by plural category, as a browser's `Intl.PluralRules` names them.

        For scripts: the number stays a placeholder, since only they know it. `language` decides which rules apply.
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

        Messages that only templates below `own_templates` have may be translated, too. `cache` is the folder
        in which compiled catalogs are kept.
        """
        self._theme = theme
        self._own_templates = own_templates
        self._cache = cache
        self._files = [_files(folder) for folder in (*reversed(own), theme)]
        self._translations: dict[str, Messages] = {}

    def translation(self, language: str) -> Messages:
        """Return the messages in a language (a BCP 47 tag).

        What a regional variant lacks comes from its language, and what that lacks is English. Raises
        TemplateError, with its place, for a mistake in a catalog.
        """
        found = self._translations.get(language)
        if found is None:
            # The author may say the English messages otherwise, so English has catalogs as well.
            names = dict.fromkeys((_name(language), _name(language).partition("_")[0], ENGLISH))
            files = [files[name] for name in names for files in self._files if name in files]
            spoken = files[0].parents[1].name.replace("_", "-") if files else ENGLISH
            found = Messages(spoken, [self._compiled(file) for file in files])
            self._translations[language] = found
        return found

    def _compiled(self, file: Path) -> GNUTranslations:
        """Return a catalog, from the cache if nothing has changed since it was compiled."""
        own = file.parents[2] != self._theme
        written = file.read_bytes()
        known = (self._theme / TEMPLATE).read_bytes() if own else b""
        digest = sha256(b"\0".join((str(file).encode("utf-8", "surrogateescape"), written, known))).digest()
        kept = self._cache / f"{sha256(os.fsencode(file)).hexdigest()[:16]}.mo"
        found = kept.read_bytes() if kept.is_file() else b""
        if found[: len(digest)] != digest:
            found = digest + self._compile(file, written, known)
            kept.parent.mkdir(parents=True, exist_ok=True)
            # Another process may be reading it.
            new = kept.with_suffix(f".{os.getpid()}")
            new.write_bytes(found)
            new.replace(kept)
        return GNUTranslations(BytesIO(found[len(digest) :]))

    def _compile(self, file: Path, written: bytes, known: bytes) -> bytes:
        # Only now: it takes most of the time, and a catalog is rarely new.
        from garden.hosts.pelican.templates.po_files import check_messages, compiled, read

        catalog = read(file, written)
        if known:
            check_messages(file, catalog, read(self._theme / TEMPLATE, known), list(self._texts()))
        return compiled(catalog)

    def _texts(self) -> Iterator[str]:
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
    """Return the catalogs below a folder by compared name of their language."""
    return {_name(file.parents[1].name): file for file in sorted(folder.glob(f"*/{_FILE}"))}


def _name(language: str) -> str:
    """Return the name of a language as names are compared: gettext writes `pt_BR`, the web `pt-BR`."""
    return language.replace("-", "_").lower()
