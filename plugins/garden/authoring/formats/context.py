"""What a report needs besides the problems: where the reader is, the lines of notes, and explanations."""

from collections.abc import Callable, Mapping
from typing import Final, Protocol

from msgspec import Struct, field

from garden.model.diagnostic import IN_SETTINGS, Place

HOMEPAGE: Final = "https://pypi.org/project/garden-pelican/"
"""The address that reports give for more information."""


class RuleText(Protocol):
    """The explanation of an id, as far as reports need it."""

    @property
    def what(self) -> str:
        """What is wrong: a sentence."""

    @property
    def result(self) -> str:
        """What the consequence is: a sentence."""

    @property
    def remedy(self) -> str:
        """What to do: a sentence that begins with a lower-case letter."""


def no_line(_place: Place) -> str:
    """Return an empty text: for reports that show no lines of notes."""
    return ""


class ReportContext(Struct, frozen=True):
    """What a report needs besides the problems.

    `folder` is the path from the reader's folder to the vault. `line` returns the line of a note at a place, empty if it
    is not available. `rules` has the explanations by id.
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
        """Return the path of a note from the root of the repository, which is the vault if that is outside the reader's folder."""
        return path if self.is_outside else self.path(path)
