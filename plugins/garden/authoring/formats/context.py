"""What the formats of a report need besides the problems."""

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from msgspec import Struct, field

from garden.model.diagnostic import IN_SETTINGS, Place

HOMEPAGE: Final = "https://pypi.org/project/garden-pelican/"
"""Where programs that show a report send people for more."""


class RuleText(Protocol):
    """The texts of a report about an id: what is wrong, the consequence, what to do."""

    @property
    def what(self) -> str:
        """Return a sentence."""

    @property
    def result(self) -> str:
        """Return a sentence."""

    @property
    def remedy(self) -> str:
        """Return a sentence that begins with a small letter."""


def no_line(_place: Place) -> str:
    """Return no text: for reports that show none."""
    return ""


class ReportContext(Struct, frozen=True):
    """`folder` leads from where the reader is to the vault, `outside` says that it does so by `..`.

    `line` gives the line of a note that a place is in, empty if it is not available; `rules` has the texts of ids.
    """

    folder: str = ""
    line: Callable[[Place], str] = no_line
    rules: Mapping[str, RuleText] = field(default_factory=dict)

    def path(self, path: str) -> str:
        """Return the path of a note, or of the settings file, as the reader can open it."""
        is_below = self.folder and path != IN_SETTINGS.path
        return f"{self.folder.rstrip('/')}/{path}" if is_below else path

    @property
    def is_outside(self) -> bool:
        """Whether the vault is not below the reader's folder."""
        return self.folder.startswith(("..", "/"))

    def repository_path(self, path: str) -> str:
        """Return the path of a note in the reader's repository: from the vault on, where that is elsewhere."""
        return path if self.is_outside else self.path(path)
