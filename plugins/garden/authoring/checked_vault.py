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
    """A linked vault and the day of the check, an ISO date: no rule asks a clock, so that a check can be repeated."""

    site: Site
    today: str

    @cached_property
    def published(self) -> tuple[Document, ...]:
        """The notes that have a page in the published site, in path order."""
        documents = self.site.snapshot.documents.values()
        return tuple(document for document in documents if document.published and not document.previewed)

    @cached_property
    def listed(self) -> tuple[Document, ...]:
        """The published notes that are not hidden, in path order."""
        return tuple(document for document in self.published if document.listed)


class Rule(NamedTuple):
    """A function that finds problems in a vault, and the ids that they may have."""

    codes: tuple[str, ...]
    find: Callable[[CheckedVault], Iterator[Diagnostic]]
