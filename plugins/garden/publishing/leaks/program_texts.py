"""What the program itself may write into pages: the strings of its code, its theme and the settings, names of months and languages."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from garden.model.languages import locale_of
from garden.vault.site import Site

_PACKAGE: Final = Path(__file__).parents[2]
_WRITING: Final = ("model/routes.py", "publishing", "reading", "rendering", "text_forms")
"""The files and folders of the program whose texts may stand in pages."""

_NOT_WRITING: Final = _PACKAGE / "reading/frontmatter"
"""It has the keys of front matter, which are just words by themselves: "faq" may be the title of a draft."""

_STRING: Final = re.compile(
    r"""^[ \t]*r?"{3}(?s:.*?)"{3}|\#.*|"{3}(?P<long>(?s:.*?))"{3}"""
    r"""|"(?P<double>(?:[^"\\\n]|\\.)*)"|\'(?P<single>(?:[^\'\\\n]|\\.)*)\'""",
    re.MULTILINE,
)
"""A string of Python as a group; docstrings and comments are matched without one."""

_FIELD: Final = re.compile(r"\{[^{}\n]*\}")
_LARGEST: Final = 2_000_000  # bytes of a file of the author's theme


@lru_cache(maxsize=1)
def _own_strings() -> str:
    """Return the strings of the program's code, except docstrings, which are in no page."""
    code = (
        file.read_text(encoding="utf-8")
        for file in files_in([_PACKAGE / name for name in _WRITING])
        if file.suffix == ".py" and not file.is_relative_to(_NOT_WRITING)
    )
    strings = (found[found.lastgroup] for text in code for found in _STRING.finditer(text) if found.lastgroup)
    # As they are, and without their placeholders.
    return "\n".join(form for text in strings for form in (text, _FIELD.sub(" ", text)))


def program_texts(own_files: Sequence[Path]) -> Iterator[str]:
    """Yield the texts of the program, the theme and the settings."""
    yield _own_strings()
    # The names of the theme's files are in the output.
    yield "\n".join(
        f"/{file.relative_to(entry).as_posix()}"
        for entry in own_files
        for file in files_in([entry])
        if entry.is_dir()
    )
    for file in files_in(own_files):
        if file.stat().st_size <= _LARGEST:
            yield file.read_bytes().decode("utf-8", "replace")


def files_in(own_files: Sequence[Path]) -> Iterator[Path]:
    """Yield these files, and those in these folders."""
    for entry in own_files:
        yield from sorted(
            path for path in (entry.rglob("*") if entry.is_dir() else (entry,)) if path.is_file()
        )


def locale_texts(site: Site) -> Iterator[str]:
    """Yield the names of months, days and languages in the languages of the site."""
    languages = {
        site.settings.language,
        *(document.meta.lang for document in site.snapshot.documents.values()),
    }
    for language in sorted(filter(None, languages)):
        locale = locale_of(language)
        if locale is None:
            continue
        for names in (locale.months, locale.days, locale.quarters, locale.day_periods):
            yield "\n".join(
                str(name)
                for context in names.values()
                for width in context.values()
                for name in width.values()
            )
        yield "\n".join(map(str, locale.languages.values()))
