"""The snapshot: a linked vault as one frozen value, from which pages, other files and reports are made."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from garden.linking.locator import Locator
from garden.linking.relation import Backlink, Edge, Hub, Node, NoteGroup, TrailNodes
from garden.linking.resolving.resolution import (
    Found,
    FoundFile,
    FoundPage,
    LeftAlone,
    Missing,
    Resolution,
    Unpublished,
)
from garden.linking.translations import NoteTranslations
from garden.model.diagnostic import Diagnostic
from garden.model.ledger import NO_LEDGER, AddressRedirect, Ledger, LineKey
from garden.model.names import Folded, Url, VaultPath
from garden.model.note import Document

__all__ = [
    "Backlink",
    "Edge",
    "Found",
    "FoundFile",
    "FoundPage",
    "Hub",
    "LeftAlone",
    "Missing",
    "Node",
    "NoteGroup",
    "Resolution",
    "Snapshot",
    "TrailNodes",
    "Unpublished",
]


class Snapshot(Struct, frozen=True):
    """A linked vault. In mappings of pages, absent means empty."""

    documents: Mapping[VaultPath, Document]  # all notes, drafts included, in path order
    # The resolution of each reference of each published note, in the order of `Document.refs`.
    resolutions: Mapping[VaultPath, tuple[Resolution, ...]]
    # Edges by compared field name, fields in the order of the settings, edges in display order (HI-11).
    relations: Mapping[Node, Mapping[str, tuple[Edge, ...]]]
    siblings: Mapping[Node, tuple[Node, ...]]
    hubs: Mapping[Folded, Hub]
    backlinks: Mapping[Node, tuple[Backlink, ...]]
    tags: Mapping[Folded, NoteGroup]
    addresses: Mapping[Node, Url]  # of every published note and hub
    tag_addresses: Mapping[Folded, Url]
    files: Mapping[VaultPath, Url]  # addresses of the attachments to publish (HC-6)
    diagnostics: tuple[Diagnostic, ...]  # those of linking, by place; documents have their own
    # The whole graph of parents, hidden notes and labels included
    parents: Mapping[Node, tuple[Node, ...]] = {}
    # Its paths from the roots, as many as are shown (HI-10)
    trails: Mapping[Node, tuple[TrailNodes, ...]] = {}
    categories: Mapping[Folded, NoteGroup] = {}
    authors: Mapping[Folded, NoteGroup] = {}
    category_addresses: Mapping[Folded, Url] = {}
    author_addresses: Mapping[Folded, Url] = {}
    # Listed notes below a page, by any field, in display order
    children: Mapping[Node, tuple[Node, ...]] = {}
    labels: Mapping[Folded, str] = {}  # titles of parents that have no page, nodes of the kind "label"
    home: VaultPath | None = None  # the note whose text is that of the home page (TI-6)
    translations: NoteTranslations = {}  # notes with the same slug in other languages (TI-7)
    ledger: Ledger = NO_LEDGER  # after this build
    redirects: tuple[AddressRedirect, ...] = ()  # sorted by old address (PB-6)
    sizes: Mapping[VaultPath, int] = {}  # bytes of the attachments to publish
    locate: Locator = field(default_factory=Locator)

    def __eq__(self, other: object) -> bool:
        """Compare everything except `locate`, which follows from the rest."""
        return isinstance(other, Snapshot) and all(
            getattr(self, name) == getattr(other, name) for name in self.__struct_fields__ if name != "locate"
        )

    __hash__ = None  # type: ignore[assignment] # what it holds is not hashable

    def first_address(self, node: Node) -> Url:
        """Return the first address that a note or hub ever had, which is its id in feeds."""
        line = self.ledger.lines.get(LineKey("hub" if node.kind == "hub" else "note", node.key))
        return self.addresses[node] if line is None or line.first is None else line.first

    def with_problems(self, problems: Iterable[Diagnostic]) -> "Snapshot":
        """Return the snapshot with further diagnostics."""
        return replace(self, diagnostics=tuple(sorted((*self.diagnostics, *problems))))

    def title(self, node: Node) -> str:
        """Return the title of a note, a hub or a parent without a page; an ellipsis for a gap."""
        if node.kind == "note":
            return self.documents[VaultPath(node.key)].title
        if node.kind == "gap":
            return "…"
        return self.labels[Folded(node.key)] if node.kind == "label" else self.hubs[Folded(node.key)].title
