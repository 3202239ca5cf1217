"""The theme as Pelican gives it: its templates, its words, and the author's own in place of some."""

import json
import os
import traceback
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from pelican.generators import Generator

from garden.hosts.settings.configuration import THEME_OVERRIDES
from garden.hosts.settings.setting_values import did_you_mean
from garden.model.errors import TemplateError


class Theme:
    """The theme's templates and files, as the core's publisher uses them."""

    def __init__(self, folder: Path, generator: Generator) -> None:
        """Use the environment that Pelican has made for `generator`."""
        self.folder = folder
        self.version = theme_version(folder, generator.settings)
        self.styles: Sequence[Path] = [
            file
            for folder in generator.settings.get("THEME_CSS_OVERRIDES", ())
            for file in sorted(Path(folder).glob("*.css"))
        ]
        self._generator = generator
        # Looking at the files behind templates again and again costs a third of a page's time.
        generator.env.auto_reload = False
        # One name for all settings: Jinja copies every global for every partial that a page includes.
        generator.env.globals["settings"] = generator.context
        self._own_words = [Path(own) for own in generator.settings.get("THEME_WORDS_OVERRIDES", ())]
        self._english = catalogue(folder / "words" / "en.json", {})
        self._english |= self._catalogue("en")
        self._words: dict[str, Mapping[str, str]] = {}

    def render(self, template: str, **view: object) -> str:
        """Return a page. Raises TemplateError, with its place, for what is wrong in a template."""
        try:
            text: str = self._generator.get_template(template).render(view)
        except Exception as error:
            place = _place_in_template(error)
            if place is None:
                raise
            raise TemplateError(f"{place}: error {type(error).__name__}: {error}") from error
        return text

    def words(self, language: str) -> Mapping[str, str]:
        """Return the interface's words in a language, in English where they are missing."""
        found = self._words.get(language)
        if found is None:
            general = self._catalogue(language.split("-", maxsplit=1)[0])
            found = self._words[language] = self._english | general | self._catalogue(language)
        return found

    def _catalogue(self, language: str) -> dict[str, str]:
        """Return the theme's words in a language, and the author's in place of some."""
        found: dict[str, str] = {}
        for folder in [self.folder / "words", *self._own_words]:
            found |= catalogue(folder / f"{Path(language).name}.json", self._english)
        return found


def catalogue(file: Path, known: Mapping[str, str]) -> dict[str, str]:
    """Return the words of a file by key, none when there is no file.

    Raises TemplateError, with the place, for what is no catalogue, for a word that `known` lacks, unless
    that is empty, and for one with other gaps (`%s`) than the known one.
    """
    if not file.is_file():
        return {}
    shown = os.path.relpath(file)
    text = file.read_text(encoding="utf-8", errors="replace")
    try:
        words = json.loads(text)
    except json.JSONDecodeError as error:
        raise TemplateError(f"{shown}:{error.lineno}:{error.colno}: error {error.msg}") from error
    if not isinstance(words, dict) or not all(isinstance(word, str) for word in words.values()):
        raise TemplateError(f'{shown}:1:1: error a catalogue is an object of texts: {{"key": "word"}}')
    for key, word in words.items() if known else ():
        line = text.count("\n", 0, text.find(f'"{key}"')) + 1
        if key not in known:
            raise TemplateError(
                f'{shown}:{line}:1: error there is no word "{key}"{did_you_mean(key, tuple(known))}'
            )
        if word.count("%s") != known[key].count("%s"):
            raise TemplateError(f'{shown}:{line}:1: error "{key}" must have its `%s` as in "{known[key]}"')
    return words


def _place_in_template(error: BaseException) -> str | None:
    """Return `file:line` of the template that was being rendered, None when none was."""
    places = [
        frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith(".html")
    ]
    return f"{os.path.relpath(places[-1].filename)}:{places[-1].lineno}" if places else None


def theme_version(folder: Path, pelican: Mapping[str, Any]) -> str:
    """Return a hash of the theme's files and of the author's that replace or follow some of them."""
    digest = sha256()
    own = [root for name in THEME_OVERRIDES for root in pelican.get(name, ())]
    for root in [folder, *map(Path, own)]:
        for file in sorted(path for path in root.rglob("*") if path.is_file()):
            digest.update(f"{file.relative_to(root)}\0".encode("utf-8", "surrogateescape"))
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]
