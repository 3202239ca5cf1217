"""A problem as data: what, where, why, and what to do (DG)."""

import re
from enum import IntEnum
from types import MappingProxyType
from typing import Final, NamedTuple

from msgspec import Struct

from garden.model.pickling import pickled_quickly

# Characters that would break the line, or that a terminal would obey.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


class Severity(IntEnum):
    """How bad a problem is; a higher value is worse."""

    INFO = 0
    WARNING = 1
    ERROR = 2


_BY_SEVERITY = {
    Severity.ERROR: (
        "output-foreign text-leaked file-leaked "
        "yaml-malformed encoding-invalid slug-unsafe note-unreadable internal-error vault-settings-unreadable "
        "ledger-damaged"
    ),
    Severity.WARNING: (
        "secret-visible image-position "
        "slug-conflict name-shared address-lost link-site-missing "
        "output-changed cache-damaged cache-unusable "
        "yaml-duplicate-key yaml-late yaml-unclosed date-invalid status-unknown tag-invalid "
        "alias-conflict link-unresolved link-ambiguous link-unpublished heading-missing "
        "block-missing block-duplicate embed-missing embed-unpublished embed-cycle embed-depth "
        "field-not-link field-trailing-text single-colon hierarchy-self hierarchy-cycle comment-unclosed "
        "fence-unclosed footnote-undefined breadcrumbs-unreadable relation-source-invalid view-invalid math-unknown "
        "markdown-extension status-near key-near file-unread link-outside-vault file-changed html-unclosed table-bar "
        "diagram-failed html-unchecked picture-not-made "
        "ignore-unused publication-unclear "
        "data-unshown setting-unused history-cut link-dead field-near title-shared date-future silence-invalid "
        "view-syntax view-unsupported view-value view-missing canvas-malformed"
    ),
    Severity.INFO: (
        "language-untranslated hub-generated callout-unknown trails-cut not-rendered relations-cut "
        "tag-variants image-unreadable card-missing html-unbalanced header-pelican note-ignored "
        "heading-skipped image-alt-missing image-large note-orphan note-dead-end summary-missing date-missing "
        "todo-stale citation-stale silence-unused "
        "view-today view-cut view-type view-unlinked"
    ),
}

SEVERITIES = MappingProxyType(
    {code: severity for severity, codes in _BY_SEVERITY.items() for code in codes.split()}
)
"""Every diagnostic id with its severity (DG-6; the ids that are ours alone are explained in the docs)."""


@pickled_quickly
class Place(NamedTuple):
    """A position in a source file; line and column are 1-based, in code points (DG-3).

    `within` names the place for people where the line of the file tells them little: `cell 4, line 2` of a notebook.
    """

    path: str
    line: int
    column: int
    within: str = ""

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


IN_SETTINGS: Final = Place("pelican.conf.py", 1, 1)
"""The place of problems in the settings file, which is not in the folder of notes."""


class Diagnostic(Struct, frozen=True):
    """One problem in a note or in the settings.

    Diagnostics are equal if they say the same about the same place; `nearest` and `grade` are not compared.
    """

    place: Place
    code: str  # its id, such as link-unresolved
    message: str  # what is wrong
    help: str = ""  # what to do, often "did you mean …"
    related: tuple[Place, ...] = ()  # other places that the problem is about
    nearest: str = ""  # the name, heading or block that was probably meant, for corrections; empty for none
    grade: Severity | None = None  # the severity that the author's settings give it, None for that of its id

    @property
    def _compared(self) -> tuple[Place, str, str, str, tuple[Place, ...]]:
        return self.place, self.code, self.message, self.help, self.related

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Diagnostic) and self._compared == other._compared

    def __hash__(self) -> int:
        return hash(self._compared)

    def __lt__(self, other: "Diagnostic") -> bool:
        return self._compared < other._compared

    @property
    def severity(self) -> Severity:
        """The severity that the author's settings give it, or else that of its id (DG-6)."""
        return SEVERITIES[self.code] if self.grade is None else self.grade

    @property
    def full_message(self) -> str:
        """The message with the place within the file, if it has one, and with what to do."""
        within = f"{self.place.within}: " if self.place.within else ""
        hint = f" ({self.help})" if self.help else ""
        return f"{within}{self.message}{hint}"

    def __str__(self) -> str:
        """Return the problem as one line, whatever line breaks names and values in it contain (DG-2)."""
        line = f"{self.place}: {self.severity.name.lower()} [{self.code}] {self.full_message}"
        return _CONTROLS.sub(" ", line)
