"""The interface of a theme for publishing, whichever host implements it."""

from collections.abc import Sequence
from gettext import NullTranslations
from pathlib import Path
from typing import Protocol


class PageTheme(Protocol):
    """A theme, as publishing uses it."""

    folder: Path
    version: str
    styles: Sequence[Path]  # style sheets of the author, which follow the theme's

    def render(self, template: str, language: str, **view: object) -> str:
        """Return a page with its interface in a language."""

    def translations(self, language: str) -> NullTranslations:
        """Return the interface's messages in a language."""
