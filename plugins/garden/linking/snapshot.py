"""One frozen record of a whole vault: documents, answers to every reference, relations.

Everything later reads it: pages, other files, reports.
"""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field
from msgspec.structs import replace

from garden.linking.locator import Locator
from garden.linking.relation import Backlink, Edge, Hub, Node, TagEntry, TrailNodes
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
    "Resolution",
    "Snapshot",
    "TagEntry",
    "TrailNodes",
    "Unpublished",
]


class Snapshot(Struct, frozen=True):
    """A vault, resolved. Mappings are keyed by path or node; absent means empty.

    `documents` are in path order, drafts included. `resolutions[path][i]` answers
    `documents[path].refs[i]`. `relations[node]` maps a compared field name to its edges in
    display order (HI-11), fields in the order of the settings. `parents` is the whole graph
    upwards, `trails` its paths from the roots, as many as are shown (HI-10); a node of kind
    "label" in both has its name in `labels` and no page, a "gap" stands for steps left out. `children` are the listed notes below a
    page in display order, whichever of the fields downwards relates them. `addresses` has a
    URL for every published note and hub, `tag_addresses` per tag key, and so for categories
    and authors; `files` the URL of every attachment to publish (HC-6). `home` is the note whose text is the home
    page's (TI-6); `translations` are the notes of one slug in other languages (TI-7). `ledger` is what has to be
    remembered of all addresses, `redirects` are those that lead somewhere else by now, in order (PB-6). `sizes` are the
    bytes of the attachments to publish.
    `diagnostics` are those of linking alone, by place; each document has its own.
    """

    documents: Mapping[VaultPath, Document]
    resolutions: Mapping[VaultPath, tuple[Resolution, ...]]
    relations: Mapping[Node, Mapping[str, tuple[Edge, ...]]]
    siblings: Mapping[Node, tuple[Node, ...]]
    hubs: Mapping[Folded, Hub]
    backlinks: Mapping[Node, tuple[Backlink, ...]]
    tags: Mapping[Folded, TagEntry]
    addresses: Mapping[Node, Url]
    tag_addresses: Mapping[Folded, Url]
    files: Mapping[VaultPath, Url]
    diagnostics: tuple[Diagnostic, ...]
    parents: Mapping[Node, tuple[Node, ...]] = {}
    trails: Mapping[Node, tuple[TrailNodes, ...]] = {}
    categories: Mapping[Folded, TagEntry] = {}
    authors: Mapping[Folded, TagEntry] = {}
    category_addresses: Mapping[Folded, Url] = {}
    author_addresses: Mapping[Folded, Url] = {}
    children: Mapping[Node, tuple[Node, ...]] = {}
    labels: Mapping[Folded, str] = {}
    home: VaultPath | None = None
    translations: NoteTranslations = {}
    ledger: Ledger = NO_LEDGER
    redirects: tuple[AddressRedirect, ...] = ()
    sizes: Mapping[VaultPath, int] = {}
    locate: Locator = field(default_factory=Locator)

    def __eq__(self, other: object) -> bool:
        """Say whether two vaults are linked in the same way; `locate` follows from the rest."""
        return isinstance(other, Snapshot) and all(
            getattr(self, name) == getattr(other, name) for name in self.__struct_fields__ if name != "locate"
        )

    __hash__ = None  # type: ignore[assignment] # what it holds is not hashable

    def first_address(self, node: Node) -> Url:
        """Return the first address that a note or hub ever had: its identity where that must not change."""
        line = self.ledger.lines.get(LineKey("hub" if node.kind == "hub" else "note", node.key))
        return self.addresses[node] if line is None or line.first is None else line.first

    def with_problems(self, problems: Iterable[Diagnostic]) -> "Snapshot":
        """Return the snapshot with further diagnostics."""
        return replace(self, diagnostics=tuple(sorted((*self.diagnostics, *problems))))

    def title(self, node: Node) -> str:
        """Return the title of a note or hub, or of a parent that has only a name."""
        if node.kind == "note":
            return self.documents[VaultPath(node.key)].title
        if node.kind == "gap":
            return "…"
        return self.labels[Folded(node.key)] if node.kind == "label" else self.hubs[Folded(node.key)].title
