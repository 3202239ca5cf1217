"""Where a theme gets its templates from: from a generator of Pelican, or in a build without Pelican from its folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import jinja2


class Templates(Protocol):
    """What a `Theme` needs: an environment that finds templates by name, and the settings for them."""

    env: jinja2.Environment
    settings: Mapping[str, Any]
    context: Mapping[str, Any]

    def get_template(self, name: str) -> jinja2.Template:
        """Return a template by its name without an ending."""


class ShippedTemplates:
    """The templates of a theme, none of them replaced by the author."""

    def __init__(self, theme: Path, settings: Mapping[str, Any]) -> None:
        """Find the templates of the theme in the folder `theme`."""
        self._theme = theme
        self.settings = self.context = settings
        self.env = jinja2.Environment(  # noqa: S701 (`Theme` sets what is escaped)
            loader=jinja2.FileSystemLoader(theme / "templates")
        )

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how to find the same templates in another process, when this is pickled."""
        return ShippedTemplates, (self._theme, self.settings)

    def get_template(self, name: str) -> jinja2.Template:
        """Return a template by its name without an ending."""
        return self.env.get_template(f"{name}.html")
