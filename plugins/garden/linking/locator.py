"""Resolves references that are not in a note, such as those that a query creates, in a vault that has been linked."""

from collections.abc import Mapping

from garden.linking.resolving.index import Index
from garden.linking.resolving.messages import NoMessages, NoticedMessages
from garden.linking.resolving.resolution import LeftAlone, Missing, Resolution
from garden.linking.resolving.resolve import GeneratedPages, resolve
from garden.model.names import VaultPath
from garden.model.note import Document, Ref


class Locator:
    """Resolves a reference as if it were in a note. This base class is for an empty vault: nothing is found."""

    def __call__(self, source: VaultPath, ref: Ref) -> Resolution:
        """Resolve a reference; nothing is reported."""
        del source, ref
        return Missing()

    def unreported(self, source: VaultPath, ref: Ref) -> Resolution | None:
        """Resolve a reference; None if linking the vault would report a problem with it, or look for an address of the site."""
        del source, ref
        return None

    def among(self, documents: Mapping[VaultPath, Document]) -> "Locator":
        """Return the locator of the same notes with other texts."""
        del documents
        return self


class LinkedLocator(Locator):
    """Resolves references with the same index and generated pages as the linking of the vault."""

    def __init__(self, index: Index, generated: GeneratedPages) -> None:
        """Use the index of all names, and the pages that are not notes."""
        self.index = index
        self.generated = generated

    def __call__(self, source: VaultPath, ref: Ref) -> Resolution:
        """Resolve a reference; nothing is reported."""
        return resolve(self.index, source, ref, self.generated, NoMessages(self.index))

    def unreported(self, source: VaultPath, ref: Ref) -> Resolution | None:
        """Resolve a reference; None if linking the vault would report a problem with it, or look for an address of the site."""
        noticed = NoticedMessages(self.index)
        found = resolve(self.index, source, ref, self.generated, noticed)
        return None if noticed.has_any or isinstance(found, LeftAlone) else found

    def among(self, documents: Mapping[VaultPath, Document]) -> "Locator":
        """Return the locator of the same notes with other texts."""
        return LinkedLocator(self.index.among(documents), self.generated)
