"""What is known of each page by itself: its title, language, status and summary, whatever else is in the vault."""

from collections.abc import Mapping
from functools import cached_property

from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.names import Folded, VaultPath, field_key, fold
from garden.model.note import Document
from garden.model.pages.entries import DateView, Freshness
from garden.model.settings import Settings
from garden.rendering.dates import date_view
from garden.rendering.freshness import freshness
from garden.rendering.places import place_title
from garden.rendering.summaries import summary_of
from garden.rendering.translations import RELATION_LABELS, Translations


class PageDetails:
    """Answers questions about single pages, which follow from the note or hub of the page and from the settings."""

    def __init__(self, snapshot: Snapshot, settings: Settings, translations: Translations) -> None:
        """Look things up in `snapshot`."""
        self.snapshot = snapshot
        self.settings = settings
        self.translations = translations
        self._summaries: dict[Node, str] = {}
        self._freshness: dict[Node, Freshness | None] = {}
        self._title_order: dict[Node, tuple[str, str]] = {}

    def language(self, node: Node) -> str:
        """Return the language of a page: the note's own, or else the site's."""
        document = self.note(node)
        return (document.meta.lang if document else "") or self.settings.language

    def gettext(self, message: str, language: str = "") -> str:
        """Return a message of the interface in a language, that of the site unless named."""
        return self.translations(language or self.settings.language).gettext(message)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The compared name of every relation with its label, in the order of the settings."""
        return {field_key(field.name): field.label for field in self.settings.relations}

    @cached_property
    def directions(self) -> Mapping[str, str]:
        """The compared name of every relation with its direction, empty for none, in the order of the settings."""
        return {field_key(field.name): field.direction for field in self.settings.relations}

    def label(self, relation: str, language: str) -> str:
        """Return the label of a relation; one that the settings leave as it was is translated."""
        label = self.labels.get(relation, relation)
        return self.gettext(label, language) if RELATION_LABELS.get(relation) == label else label

    def document(self, path: VaultPath) -> Document:
        """Return the Document at `path`."""
        return self.snapshot.documents[path]

    def note(self, node: Node) -> Document | None:
        """Return the Document of a note's page, None for a hub."""
        return self.snapshot.documents[VaultPath(node.key)] if node.kind == "note" else None

    def is_listed(self, node: Node) -> bool:
        """Say whether a page may appear in listings (PB-2)."""
        document = self.note(node)
        return document.listed if document else True

    def is_draft(self, node: Node) -> bool:
        """Say whether only a preview has the page (PB-8)."""
        document = self.note(node)
        return document is not None and document.previewed

    def freshness(self, node: Node) -> Freshness | None:
        """Return how finished a page is, None if its author does not say."""
        try:
            return self._freshness[node]
        except KeyError:
            document = self.note(node)
            found = self._freshness[node] = freshness(document, self.settings) if document else None
            return found

    def marked_title(self, node: Node) -> str:
        """Return the title of a page for files that show text only, in which a draft is marked by a word."""
        title = self.title(node)
        return f"{title} ({self.gettext('draft')})" if self.is_draft(node) else title

    def title(self, node: Node) -> str:
        """Return the title of a page, of a parent that has only a name, or of a place."""
        if node.kind in ("folder", "category", "tag"):
            return place_title(self.snapshot, node)
        return self.snapshot.title(node)

    def title_order(self, node: Node) -> tuple[str, str]:
        """Return the key by which lists are sorted: the title, of which the case does not matter, then the key of the page."""
        found = self._title_order.get(node)
        if found is None:
            found = self._title_order[node] = fold(self.title(node)), node.key
        return found

    def summary(self, node: Node) -> str:
        """Return one line about a page: its summary, or else its first words."""
        found = self._summaries.get(node)
        if found is None:
            document = self.note(node)
            found = self._summaries[node] = summary_of(document) if document else ""
        return found

    def tag_names(self, path: VaultPath) -> frozenset[Folded]:
        """Return the compared names of the tags that a note has itself."""
        return frozenset(fold(tag.name) for tag in self.snapshot.documents[path].tags)

    def date(self, document: Document) -> DateView | None:
        """Return a note's date in the site's language."""
        return date_view(document.meta.date, self.settings.language)

    def _other_language(self, node: Node) -> str:
        """Return the language of a page, empty if it is that of the site."""
        language = self.language(node) if node.kind == "note" else ""
        return "" if language == self.settings.language else language
