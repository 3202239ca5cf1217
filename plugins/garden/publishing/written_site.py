"""What a `SiteWriter` has written, kept by node and by kind of file, so that the next one makes only what has changed."""

from collections.abc import Mapping

from msgspec import Struct, field

from garden.linking.relation import Node
from garden.model.diagnostic import Diagnostic
from garden.model.image import VaultImage
from garden.model.names import SaveAs, Url, VaultPath
from garden.publishing.folder.memory import WrittenFiles
from garden.rendering.catalog import Catalog
from garden.rendering.files.branch.beside_pages import BranchInputs
from garden.rendering.files.branch.branch_pieces import PiecePlaces
from garden.rendering.files.headers import PolicySource
from garden.rendering.files.search.index import SearchIndex
from garden.rendering.tracking.comparison import changed_questions
from garden.rendering.tracking.questions import QuestionNumbers, Tracker
from garden.rendering.tracking.reusable_parts import MadeParts
from garden.vault.site import Site


class WriteResult(Struct, frozen=True):
    """What writing a note, a hub, or all files of one kind has resulted in."""

    files: WrittenFiles
    problems: tuple[Diagnostic, ...] = ()  # sorted, each once
    sources: tuple[PolicySource, ...] = ()  # what the body loads from elsewhere; sorted, each once
    branch_inputs: BranchInputs | None = None  # what the branches that the page is in need of it
    indexed: tuple[Url, ...] = ()  # the addresses of list pages for the sitemap
    asked: "QuestionNumbers | None" = None  # the questions asked in making it, None if they were not recorded


class Reusable(Struct, frozen=True):
    """What was written of an earlier state of a vault, and the questions to which the answers have changed since."""

    nodes: Mapping[Node, WriteResult]
    groups: Mapping[str, WriteResult]  # by kind of file
    attachments: Mapping[VaultPath, Url]  # the files that were copied, with their addresses
    changed: frozenset[int]  # the numbers of the questions
    parts: Mapping[str, MadeParts] = field(default_factory=dict)  # of groups, to be reused one by one


class WrittenSite(Struct, frozen=True):
    """One site with all that was made of it."""

    site: Site
    catalog: Catalog
    version: str  # a hash of the theme and of what all pages have in common
    nodes: dict[Node, WriteResult] = field(default_factory=dict)
    groups: dict[str, WriteResult] = field(default_factory=dict)  # by kind of file
    search: SearchIndex = field(default_factory=SearchIndex)
    piece_places: dict[SaveAs, PiecePlaces] = field(default_factory=dict)  # of texts in the files of branches
    parts: dict[str, MadeParts] = field(default_factory=dict)  # of groups

    def catalog_of(self, site: Site, pictures: Mapping[VaultPath, VaultImage]) -> Catalog | None:
        """Return the catalog of the same vault after some changes, None if nothing of this one can be used."""
        # Only a build that stays has a site before this one.
        from garden.rendering.renewed_catalog import catalog_with_text, renewed_catalog

        snapshot, before = site.snapshot, self.site.snapshot
        if site.linking is None or site.settings != self.site.settings:
            return None
        if site.linking is not self.site.linking or pictures != self.catalog.pictures:
            return renewed_catalog(self.catalog, snapshot, pictures)
        catalog = self.catalog
        for path, document in snapshot.documents.items():
            if document is not before.documents[path]:
                catalog = catalog_with_text(catalog, snapshot, path)
        return catalog if catalog.snapshot is snapshot else None

    def reusable(self, after: "WrittenSite", tracker: Tracker) -> Reusable | None:
        """Return what another site may take over from this one, None if something has changed that is not tracked."""
        if (
            self.version == after.version
            and self.site.settings == after.site.settings
            and self.site.snapshot.home == after.site.snapshot.home
        ):
            changed = changed_questions(tracker, self.catalog, after.catalog)
            return Reusable(self.nodes, self.groups, self.site.snapshot.files, changed, self.parts)
        return None
