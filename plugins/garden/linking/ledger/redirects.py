"""The redirects of a site: every address that leads somewhere else by now, straight to where it leads (PB-6).

They follow from the ledger, so an address is in one line at most, and never in two redirects. An address at which
something is stays what it is. Nothing leads to or from a note that is not published (PB-3), nor from the address
that a tag, category, author or hub would have which only such notes name.
"""

from collections.abc import Iterable, Iterator, Mapping

from garden.linking.addresses.generated import group_url, hub_url
from garden.linking.addresses.url_registry import UrlRegistry, output_key
from garden.linking.ledger.groups import members_left
from garden.linking.ledger.state import KnownAddresses, PublishedPages
from garden.linking.resolve import hub_name
from garden.linking.tags import lineage
from garden.model import routes
from garden.model.diagnostic import Diagnostic, Place
from garden.model.ledger import LEDGER_FILE, AddressRedirect, Ledger, LedgerLine, LineKey, LineKind
from garden.model.names import Url, VaultPath, fold, page_url, save_as, slug, without_ending
from garden.model.note import Document

_INDEXES: Mapping[LineKind, Url] = {
    "hub": routes.MAP,
    "tag": routes.TAGS,
    "category": routes.CATEGORIES,
    "author": routes.AUTHORS,
}
"""Where a reader finds what is most like a page that is gone."""


class Redirects:
    """The redirects that a ledger and the front matter of the notes give rise to."""

    def __init__(
        self,
        ledger: Ledger,
        known: KnownAddresses,
        registry: UrlRegistry,
        pages: PublishedPages,
    ) -> None:
        """Take the ledger as it is after this build, the addresses in use, and the pages at them."""
        self.problems: list[Diagnostic] = []
        self._ledger = ledger
        self._known = known
        self._registry = registry
        self._pages = pages
        self._documents = pages.documents
        self._titles = {group.key: group.title for group in pages.groups}
        self._dead = {line.key for line in known.dead()}
        self._owned = {output_key(save_as(url)) for line in ledger.lines.values() for url in line.addresses}

    def from_ledger(self) -> Iterator[AddressRedirect]:
        """Yield those of the ledger."""
        present = {*(LineKey("note", path) for path in self._pages.notes), *self._titles}
        private = _private_addresses(self._documents.values())
        for line in self._ledger.lines.values():
            kind = line.key.kind
            if line.key in present and line.address is not None:
                olds = [url for url in line.old if kind == "note" or output_key(url) not in private]
                yield from self._to_page(olds, line.address, line.key)
            elif kind == "page" and self._is_there(line.key.name):
                yield from self._to_page(line.old, Url(line.key.name), line.key)
            elif kind in _INDEXES:
                yield from self._of_vanished_group(line, private)
            elif kind == "lost" or line.key in self._dead:
                yield from self._of_lost(line)

    def from_aliases(self) -> Iterator[AddressRedirect]:
        """Yield a redirect for each alias that is nobody's address; of notes with one alias the shortest path has it."""
        taken = set(self._owned)
        for path in sorted(self._pages.notes, key=lambda path: (len(path), path)):
            for alias in self._documents[path].meta.aliases:
                url = page_url(slug(alias.lower()))
                key = output_key(save_as(url))
                if url and key not in taken and not self._registry.owner(url):
                    taken.add(key)
                    yield from self._to_page([url], self._pages.notes[path], LineKey("note", path))

    def _to_page(self, olds: Iterable[Url], to: Url, key: LineKey) -> Iterator[AddressRedirect]:
        title, lang, listed = self._titles.get(key, ""), "", True
        if key.kind == "note":
            document = self._documents[VaultPath(key.name)]
            title, lang, listed = document.title, document.meta.lang, document.listed
        for old in olds:
            if self._is_free(old, to):
                yield AddressRedirect(old, to, title, lang, listed)

    def _of_vanished_group(self, line: LedgerLine, private: set[str]) -> Iterator[AddressRedirect]:
        # Where no published note is left that had it, nothing must say that there was such a name.
        if any(members_left(line, self._known, self._documents)):
            olds = [url for url in line.addresses if output_key(url) not in private]
            yield from self._to_page(olds, _INDEXES[line.key.kind], line.key)

    def _of_lost(self, line: LedgerLine) -> Iterator[AddressRedirect]:
        if line.to or line.gone:
            for old in line.addresses:
                if self._is_free(old, ""):
                    yield AddressRedirect(old, line.to or None, elsewhere=True)
        elif line.key.kind == "note":
            first = line.addresses[0]
            message = f'/{first} was the address of "{line.key.name}", which is not there any more'
            help_text = f'say what takes its place with garden redirect "/{first}" NEW, or that nothing does with --gone'
            self.problems.append(
                Diagnostic(Place(LEDGER_FILE, line.number or 1, 1), "address-lost", message, help_text)
            )

    def _is_free(self, old: Url, to: Url | str) -> bool:
        """Say whether nothing is at an old address, other than the page itself where letters differ in case."""
        found = self._registry.find(old)
        return old != to and (found is None or (found == to and output_key(old) == output_key(to)))

    def _is_there(self, address: str) -> bool:
        return self._registry.find(address) is not None or self._registry.is_generated(address)


def _private_addresses(documents: Iterable[Document]) -> set[str]:
    """Return the addresses, as keys, that tags, categories, authors and hubs of unpublished notes would have."""
    found: set[Url] = set()
    for document in documents:
        if document.published:
            continue
        tags = (name for tag in document.tags for name in lineage(tag.name))
        found.update(group_url(routes.TAG_FOLDER, fold(name)) for name in tags)
        found.add(group_url(routes.CATEGORY_FOLDER, fold(document.meta.category)))
        found.update(group_url(routes.AUTHOR_FOLDER, fold(author)) for author in document.meta.authors)
        # Its own name and those of its folders may be hubs, too, where the settings say so.
        parents = (hub_name(ref) for ref in document.refs if ref.relation)
        found.update(hub_url(name) for name in (*parents, *without_ending(document.path).split("/")) if name)
    return {output_key(url) for url in found}
