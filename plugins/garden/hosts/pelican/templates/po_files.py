"""Reads, checks and compiles catalogs of gettext messages (`.po`), and describes mistakes in them."""

import os
import re
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from garden.hosts.settings.setting_values import did_you_mean
from garden.model.errors import TemplateError

# What a line may be: Babel accepts any text after a keyword, even without quotation marks.
_LINE = re.compile(
    rb'\s*(?:#.*|(?:(?:msgctxt|msgid|msgid_plural|msgstr(?:\[\d+\])?)\s+)?"(?:[^"\\]|\\.)*"\s*)?'
)
_PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def read(file: Path, written: bytes) -> Catalog:
    """Return the catalog in `written`, the content of a file; the folder of the file names its language.

    Raises TemplateError, with the place, for a text that is not a catalog.
    """
    for number, line in enumerate(written.splitlines(), 1):
        if not _LINE.fullmatch(line):
            raise _mistake(file, number, 'a line is msgid "…", msgstr "…", or a comment that begins with #')
    language = None if file.suffix == ".pot" else file.parents[1].name.replace("-", "_")
    try:
        catalog = read_po(BytesIO(written), locale=language, abort_invalid=True)
    except PoFileError as error:
        raise _mistake(file, error.lineno + 1, str(error)) from error
    except ValueError as error:
        raise _mistake(file, 1, str(error)) from error
    if language and catalog.locale is None:
        raise _mistake(
            file, 1, f'there is no language "{language}"; its folder has a code such as "it" or "pt_BR"'
        )
    return catalog


def check_messages(file: Path, catalog: Catalog, known: Catalog, texts: Sequence[str]) -> None:
    """Check an author's catalog against the messages of the theme and those in `texts`, their own templates.

    Raises TemplateError, with the place, for a message that no page has, for one with an unknown placeholder, and for
    one with too few or too many plural forms.
    """
    for message in catalog:
        if not message.id or not any(_forms(message.string)):
            continue
        singular = _forms(message.id)[0]
        if known.get(message.id, message.context) is None and not any(singular in text for text in texts):
            meant = did_you_mean(singular, [_forms(other.id)[0] for other in known if other.id])
            raise _mistake(file, message.lineno, f'no page has the text "{singular}"{meant}')
        _check_placeholders(file, message)
        if not all(_forms(message.string)):
            raise _mistake(
                file,
                message.lineno,
                f'"{singular}" needs {catalog.num_plurals} plural forms in this language',
            )


def compiled(catalog: Catalog) -> bytes:
    """Return a catalog as `gettext` reads it, without the messages that are not translated."""
    for message in list(catalog):
        # An empty plural form would be shown as it is.
        if message.id and not all(_forms(message.string)):
            catalog.delete(message.id, message.context)
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def _check_placeholders(file: Path, message: Message) -> None:
    # Filling a form with these shows whether it has no others.
    placeholders = dict.fromkeys(_PLACEHOLDER.findall(" ".join(_forms(message.id))), "")
    for form in _forms(message.string):
        try:
            form % placeholders
        except (KeyError, TypeError, ValueError) as error:
            allowed = (
                ", ".join(f"%({name})s" for name in placeholders)
                or "no placeholder; write %% for a percent sign"
            )
            raise _mistake(file, message.lineno, f'"{form}" may have {allowed}') from error


def _forms(text: str | Sequence[str] | None) -> Sequence[str]:
    """Return the singular and the plural of a message, or its only form."""
    return [text] if isinstance(text, str) else text or ()


def _mistake(file: Path, line: int | None, reason: str) -> TemplateError:
    return TemplateError(f"{os.path.relpath(file)}:{line or 1}:1: error {reason}")
