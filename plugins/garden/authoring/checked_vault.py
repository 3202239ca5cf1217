"""What a rule gets: the linked vault, and the day on which it is checked."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from garden.model.diagnostic import Diagnostic
from garden.model.note import Document
from garden.vault.site import Site


@dataclass(frozen=True)
class CheckedVault:
    """A linked vault; `today` is an ISO day, an input like any other, so that a check can be repeated."""

    site: Site
    today: str

    @cached_property
    def published(self) -> tuple[Document, ...]:
        """The notes that have a page in the published site, in path order."""
        documents = self.site.snapshot.documents.values()
        return tuple(document for document in documents if document.published and not document.previewed)

    @cached_property
    def listed(self) -> tuple[Document, ...]:
        """Those of them that lists mention."""
        return tuple(document for document in self.published if document.listed)


class Rule(NamedTuple):
    """A function that finds problems of some ids in a vault."""

    codes: tuple[str, ...]
    find: Callable[[CheckedVault], Iterator[Diagnostic]]
