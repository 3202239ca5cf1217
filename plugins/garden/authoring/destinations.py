"""How a link must be written so that it leads to a note or file at another path, in the form that its author used."""

import posixpath
import re
from collections import Counter
from collections.abc import Iterable
from typing import Final
from urllib.parse import quote

from garden.model.names import Folded, VaultPath, fold, folder, is_note, stem, without_ending
from garden.model.note import Ref, RefKind

_SCHEME: Final = re.compile(r"\{\w+\}|\|\w+\|")
"""A placeholder of Pelican's at the beginning of a destination, such as `{filename}`."""

_ENCODED: Final = re.compile(r"[\s()<>%]")
"""A character that must be percent-encoded in a destination that is not between `<` and `>`."""

_PLAIN_YAML: Final = re.compile(r"\w(?:[\w /.-]*[\w/.-])?")
"""A name that needs no quotation marks in YAML."""


class Destinations:
    """Writes destinations of links for the notes of one vault."""

    def __init__(self, notes: Iterable[VaultPath]) -> None:
        """`notes` are the paths of all notes, as they will be when the links are read."""
        self._called: Counter[Folded] = Counter(fold(stem(path)) for path in notes)

    def name(self, path: VaultPath) -> str:
        """Return the shortest text that leads to a note: its file name, or its path if others have that name."""
        return stem(path) if self._called[fold(stem(path))] == 1 else without_ending(path)

    def is_unique(self, path: VaultPath) -> bool:
        """Say whether no note will have the file name of `path`, which is the former path of a note."""
        return not self._called[fold(stem(path))]

    def rewritten(
        self, ref: Ref, source: VaultPath, path: VaultPath, *, in_angles: bool, whole: bool = False
    ) -> str:
        """Return the new `ref.raw` for the note `source`: it leads to `path`, and to the same heading or block.

        `in_angles` says that a Markdown link has its destination between `<` and `>`; `whole` asks for the whole path
        even if the author wrote a name only.
        """
        written, mark, fragment = ref.raw.partition("#")
        if ref.kind in (RefKind.MARKDOWN, RefKind.IMAGE):
            return self._markdown(written, source, path, in_angles=in_angles) + mark + fragment
        ending = posixpath.splitext(path)[1] if is_note(written.rstrip()) or not is_note(path) else ""
        if "/" in written or whole:
            target = without_ending(path) if is_note(path) else path
        else:
            target = self.name(path) if is_note(path) else posixpath.basename(path)
        if is_note(path):
            target += ending
        if ref.plain_name and not _PLAIN_YAML.fullmatch(target):
            return f'"[[{target}{mark}{fragment}]]"'
        return target + mark + fragment

    def _markdown(self, written: str, source: VaultPath, path: VaultPath, *, in_angles: bool) -> str:
        """Return the new destination of a Markdown link: relative to the note or from the root, as it was."""
        scheme = _SCHEME.match(written)
        head = scheme[0] if scheme else ""
        rest = written[len(head) :]
        if rest.startswith("/"):
            target = f"/{path}"
        else:
            target = posixpath.relpath(path, folder(source) or ".")
            if rest.startswith("./") and not target.startswith("../"):
                target = f"./{target}"
        if is_note(path) and not is_note(rest):
            target = without_ending(target)
        is_encoded = "%" in rest or (not in_angles and _ENCODED.search(target) is not None)
        return head + (quote(target) if is_encoded else target)
