"""The search index that stands in the output, updated after any change of a few notes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from garden.model.names import SaveAs, VaultPath
from garden.publishing.folder.output import Output
from garden.rendering.files.search.index import Words
from garden.rendering.files.search.standing import StandingSearch
from garden.vault.site import Site
from garden.vault.stored.kept_values import KeptLostError

_FEW: Final = 40
"""Changed notes up to which their words are changed one by one."""


def standing_file(output: Output, file: SaveAs) -> bytes:
    """Return a file as the last build has left it in the output. Raises KeptLostError."""
    known = output.before.files.get(file)
    content = output.content_before(file, known.content_hash) if known else None
    if content is None:
        raise KeptLostError(file)
    return content


def terms_of(site: Site, path: VaultPath) -> str:
    """Return the terms of a note that is searched. Raises KeptLostError if they are no longer stored."""
    found = site.body(path).terms
    if not found:
        raise KeptLostError(path)
    return found


class KeptSearch:
    """The words of an index in which the notes `searched` take part, as they are in the vault `before`.

    `changed` are the notes whose own facts may have changed.
    """

    def __init__(
        self, output: Output, searched: Sequence[VaultPath], before: Site, changed: Sequence[VaultPath]
    ) -> None:
        self._output = output
        self._searched = searched
        self._before = before
        self._changed = changed

    def words(self, terms: Mapping[VaultPath, str]) -> Words | None:
        """Return the parts of the words, each with its first word, when the notes have these terms; None if that is more work than to begin again."""
        known = dict.fromkeys(self._searched)
        concerned = {
            *(known.keys() ^ terms.keys()),
            *((known.keys() & terms.keys()).intersection(self._changed)),
        }
        if len(concerned) > _FEW:
            return None
        output = self._output
        try:
            search = StandingSearch(
                self._searched,
                lambda file: standing_file(output, file),
                lambda file: output.before.files[file].content_hash,
            )
            return search.words(tuple(terms), self._differences(sorted(concerned), terms))
        except KeptLostError:
            return None

    def _differences(
        self, paths: Sequence[VaultPath], terms: Mapping[VaultPath, str]
    ) -> Iterator[tuple[VaultPath, str, str]]:
        known = frozenset(self._searched)
        for path in paths:
            before = terms_of(self._before, path) if path in known else ""
            yield path, before, terms.get(path, "")
