"""Settings and templates that probably do not do what their author meant: misspelt names, and settings without effect.

They are reported but do not stop a build, since settings may have any name: templates or other settings may use them.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from garden.hosts.settings.completion import PLUGIN_NAMES, THEME_OVERRIDES
from garden.hosts.settings.pelican_effects import (
    KEPT,
    MAPPED,
    OF_PELICAN,
    OF_THEMES,
    WITHOUT_EFFECT,
    unused_settings,
)
from garden.linking.resolving.near_names import NearNames
from garden.model.diagnostic import IN_SETTINGS, Diagnostic
from garden.model.settings import Settings

_READ: Final = ("GARDEN", *KEPT, *OF_PELICAN, *MAPPED, "THEME", *THEME_OVERRIDES)
_KNOWN: Final = frozenset((*_READ, *WITHOUT_EFFECT, *OF_THEMES))
_LANGUAGE_TAG: Final = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{1,8})*")


def settings_problems(
    pelican_settings: Mapping[str, Any], settings: Settings, *defaults: Mapping[str, Any]
) -> list[Diagnostic]:
    """Return diagnostics for doubtful settings, and for settings of Pelican without effect, graded by `settings`."""
    found = doubtful_settings(pelican_settings, *defaults)
    unused = "; ".join(f"{name} ({words})" for name, words in unused_settings(pelican_settings, *defaults))
    if unused:
        message = f"settings of Pelican that have no effect here: {unused}"
        found.append(Diagnostic(IN_SETTINGS, "setting-unused", message))
    if not found:
        return []
    from garden.authoring.grading import graded

    return list(graded(found, settings))


def doubtful_settings(pelican_settings: Mapping[str, Any], *defaults: Mapping[str, Any]) -> list[Diagnostic]:
    """Return diagnostics for doubtful settings of a site with our theme; `defaults` are values that the file did not set."""
    found = (
        *_misspelt(pelican_settings, defaults),
        *_language(pelican_settings),
        *_misspelt_templates(pelican_settings),
    )
    return [Diagnostic(IN_SETTINGS, code, message, hint) for code, message, hint in found]


def _misspelt(
    pelican_settings: Mapping[str, Any], defaults: tuple[Mapping[str, Any], ...]
) -> Iterator[tuple[str, str, str]]:
    """Yield diagnostics for settings that nothing reads, and that are similar to one which the file does not set."""
    if not PLUGIN_NAMES.issuperset(pelican_settings.get("PLUGINS") or ()):
        return  # the names may be settings of another plugin
    standard = {name: value for known in reversed(defaults) for name, value in known.items()}
    unknown = sorted(pelican_settings.keys() - _KNOWN - standard.keys())
    near = NearNames((name, "") for name in (_READ if unknown else ()))
    for name in unknown:
        meant = near.nearest(name)
        # A file that sets both probably computes one from the other.
        is_set = meant in pelican_settings and pelican_settings[meant] != standard.get(meant)
        if (
            meant
            and not is_set
            and not any(name in _text(file) for file in _own_templates(pelican_settings).values())
        ):
            yield "setting-unused", f"nothing reads the setting {name}", f"did you mean {meant}?"


def _language(pelican_settings: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield a diagnostic if the language of the site is not a language code, or if there is no translation into it."""
    language = str(pelican_settings.get("DEFAULT_LANG") or "en")
    if not _LANGUAGE_TAG.fullmatch(language):
        code = _code_of(language)
        hint = f'did you mean "{code}"?' if code else 'write a code such as "de" or "pt-BR"'
        yield "setting-unused", f'DEFAULT_LANG is "{language}", which is not the code of a language', hint
        return
    wanted = language.replace("-", "_").lower()
    folders = [Path(str(pelican_settings.get("THEME"))) / "translations"]
    folders += [Path(folder) for folder in pelican_settings.get("THEME_TRANSLATIONS_OVERRIDES") or ()]
    translated = {
        file.parents[1].name.lower()
        for folder in folders
        for file in folder.glob("*/LC_MESSAGES/messages.po")
    }
    if translated.isdisjoint((wanted, wanted.partition("_")[0])) and wanted.partition("_")[0] != "en":
        message = f'there is no translation of the interface into "{language}": its texts are English'
        yield (
            "language-untranslated",
            message,
            "`garden docs languages` says which there are and how to add one",
        )


def _code_of(language: str) -> str:
    """Return the code of a language by its English name, empty if there is no such language."""
    from babel import Locale

    for code, name in Locale("en").languages.items():
        if language.casefold() == name.casefold():
            return str(code)
    return ""


def _misspelt_templates(pelican_settings: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield diagnostics for templates of the author with a name similar to one of the theme.

    Only for those that replace no template of the theme and that no other template of the author mentions.
    """
    own = _own_templates(pelican_settings)
    theirs = _templates(Path(str(pelican_settings.get("THEME"))) / "templates") if own else {}
    unknown = sorted(own.keys() - theirs.keys())
    if not unknown:
        return
    near = NearNames((name, "") for name in theirs)
    by_name = {name.rpartition("/")[2]: name for name in theirs}
    for name in unknown:
        meant = by_name.get(name.rpartition("/")[2]) or near.nearest(name)
        if meant and not any(name in _text(file) for other, file in own.items() if other != name):
            message = (
                f'your template "{name}" replaces none of the theme, and no template of yours includes it'
            )
            yield "setting-unused", message, f'did you mean "{meant}"?'


def _own_templates(pelican_settings: Mapping[str, Any]) -> dict[str, Path]:
    """Return the files of the author's own templates by name."""
    found: dict[str, Path] = {}
    for folder in pelican_settings.get("THEME_TEMPLATES_OVERRIDES") or ():
        found |= _templates(Path(folder))
    return found


def _templates(folder: Path) -> dict[str, Path]:
    return {file.relative_to(folder).as_posix(): file for file in folder.rglob("*.html") if file.is_file()}


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8", errors="replace")
