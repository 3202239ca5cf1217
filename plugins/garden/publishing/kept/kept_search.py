"""The search index that is in the output, updated after any change of a few notes."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from garden.model.names import SaveAs, VaultPath
from garden.publishing.folder.output import Output
from garden.rendering.files.search.index import Words
from garden.rendering.files.search.index_update import IndexUpdate
from garden.vault.site import Site
from garden.vault.stored.kept_values import KeptLostError

_FEW: Final = 40
"""The number of changed notes up to which updating the index is quicker than making it again."""


def file_before(output: Output, file: SaveAs) -> bytes:
    """Return the content of a file that the last build has written. Raises KeptLostError if it has changed since then."""
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
    """The words of the index in the output, with the notes `searched` as they are in the vault `before`.

    `changed` are the notes that may differ from that.
    """

    def __init__(
        self, output: Output, searched: Sequence[VaultPath], before: Site, changed: Sequence[VaultPath]
    ) -> None:
        self._output = output
        self._searched = searched
        self._before = before
        self._changed = changed

    def words(self, terms: Mapping[VaultPath, str]) -> Words | None:
        """Return the parts of the words for an index of notes with these terms; None if it should rather be made again."""
        known = dict.fromkeys(self._searched)
        # Notes that are new in the index or gone from it, and changed ones.
        concerned = {
            *(known.keys() ^ terms.keys()),
            *((known.keys() & terms.keys()).intersection(self._changed)),
        }
        if len(concerned) > _FEW:
            return None
        output = self._output
        try:
            index = IndexUpdate(
                self._searched,
                lambda file: file_before(output, file),
                lambda file: output.before.files[file].content_hash,
            )
            return index.words(tuple(terms), self._differences(sorted(concerned), terms))
        except KeptLostError:
            return None

    def _differences(
        self, paths: Sequence[VaultPath], terms: Mapping[VaultPath, str]
    ) -> Iterator[tuple[VaultPath, str, str]]:
        """Yield notes with their terms before and after, empty for a note that is not in the index."""
        known = frozenset(self._searched)
        for path in paths:
            before = terms_of(self._before, path) if path in known else ""
            yield path, before, terms.get(path, "")
