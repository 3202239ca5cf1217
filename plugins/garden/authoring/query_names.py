"""Names of notes in bases and queries, for renaming: in links, in arguments of functions, and in comparisons.

They are found by patterns and not by a parser: a name is to be changed in queries that cannot be read as well.
"""

import re
from collections.abc import Callable, Iterator
from posixpath import basename
from typing import Final, NamedTuple

from garden.authoring.destinations import Destinations
from garden.linking.resolving.index import Index
from garden.model.names import VaultPath, is_note, note_ending, stem, without_ending

# A quoted text in an expression; the quotation marks may be escaped, since YAML may quote the whole expression.
_QUOTED: Final = r"""(?P<quote>\\?["']|'')(?P<name>[^"'\\\n]+?)(?P=quote)"""

# Where queries name notes: links, arguments of functions, comparisons, sources.
_LINK: Final = re.compile(r"\[\[(?P<name>[^\[\]|#^\n]+)")
_CALL: Final = re.compile(rf"\b(?:link|file|hasLink|linksTo)\(\s*{_QUOTED}")
_COMPARED: Final = re.compile(rf"\bfile\.(?P<key>path|name|basename)\s*[!=]=?\s*{_QUOTED}")
_SOURCE: Final = re.compile(
    r"""(?:\bFROM|\bAND|\bOR)\s+[-!]?(?P<quote>")(?P<name>[^"\n]+)\"""", re.IGNORECASE
)
_FENCE: Final = re.compile(
    r"^(?P<before>[ \t>]*)(?P<fence>`{3,}|~{3,})[ \t]*(?:dataview|base)\b[^\n]*\n(?P<query>.*?)^[ \t>]*(?P=fence)",
    re.MULTILINE | re.DOTALL,
)

# Characters that would end a text in an expression, or have a meaning in YAML or in a link.
_UNSAFE: Final = re.compile(r"""["'\\:#|\[\]^`]""")


class NamedNote(NamedTuple):
    """A name of a note in a query, which begins at the offset `start`.

    `key` is "link" where a link or a function names a note, otherwise what is compared: "path", "name" or "basename".
    """

    start: int
    name: str
    key: str

    @property
    def end(self) -> int:
        """Where the name ends."""
        return self.start + len(self.name)


def names_in_base(text: str) -> Iterator[NamedNote]:
    """Yield everything in a base that looks like the name of a note."""
    yield from _names(text, 0, len(text))


def names_in_note(text: str) -> Iterator[NamedNote]:
    """Yield everything that looks like the name of a note in the queries and bases of a note."""
    for fence in _FENCE.finditer(text):
        yield from _names(text, fence.start("query"), fence.end("query"))


def _names(text: str, start: int, end: int) -> Iterator[NamedNote]:
    """Yield what looks like the name of a note between two offsets."""
    kinds: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
        (_LINK, lambda _: "link"),
        (_CALL, lambda _: "link"),
        (_COMPARED, lambda match: match["key"]),
        (_SOURCE, lambda _: "path"),
    )
    for pattern, key in kinds:
        for match in pattern.finditer(text, start, end):
            name = match["name"]
            # A link in quotation marks is already found by its own pattern.
            if not name.startswith("[["):
                yield NamedNote(match.start("name"), name, key(match))


class RenamedNote:
    """A note that is renamed, and what its name becomes in queries."""

    def __init__(self, old: VaultPath, new: VaultPath, index: Index, destinations: Destinations) -> None:
        """`index` has the notes as they are, `destinations` as they will be."""
        self._old = old
        self._new = new
        self._index = index
        self._destinations = destinations

    def new_name(self, named: NamedNote) -> str | None:
        """Return the new name, None if another note is meant, and "" if the new name cannot be written in a query."""
        written = named.name.strip()
        new = self._as_link(written) if named.key == "link" else self._compared(written, named.key)
        if new is None:
            return None
        return "" if _UNSAFE.search(new) else named.name.replace(written, new)

    def _as_link(self, written: str) -> str | None:
        """Return the new name in a link, None if the link does not lead to the renamed note."""
        match = self._index.anywhere(without_ending(VaultPath(written)))
        if match is None or match.by_alias or match.candidates or match.entry.path != self._old:
            return None
        name = without_ending(self._new) if "/" in written else self._destinations.name(self._new)
        return name + note_ending(self._new) if is_note(VaultPath(written)) else name

    def _compared(self, written: str, key: str) -> str | None:
        """Return the new name in a comparison, None if it is not that of the note, or of other notes, too."""
        forms: tuple[tuple[str, str], ...]
        if key == "path":
            forms = ((self._old, self._new), (without_ending(self._old), without_ending(self._new)))
        elif self._destinations.is_unique(self._old):
            forms = ((stem(self._old), stem(self._new)), (basename(self._old), basename(self._new)))
        else:
            return None
        return next((new for old, new in forms if written == old), None)
