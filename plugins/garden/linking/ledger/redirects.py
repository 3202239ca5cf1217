"""The redirects of a site: from every address that no longer has a page to the page that replaces it (PB-6).

They follow from the ledger, in which each address is in one line at most, so there is one redirect for each address and none
leads to another. An address that has a page is not redirected. There is no redirect to or from an unpublished note (PB-3),
nor from the address that a tag, category, author or hub would have that only unpublished notes name.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from garden.linking.addresses.generated import group_url, hub_url
from garden.linking.addresses.url_registry import UrlRegistry, output_key
from garden.linking.ledger.groups import members_left
from garden.linking.ledger.state import KnownAddresses, PublishedPages
from garden.linking.note_groups import lineage
from garden.linking.resolving.resolve import hub_name
from garden.model import routes
from garden.model.diagnostic import Diagnostic, Place
from garden.model.ledger import LEDGER_FILE, AddressRedirect, Ledger, LedgerLine, LineKey, LineKind
from garden.model.names import Url, VaultPath, fold, page_url, save_as, slug, without_ending
from garden.model.note import Document

_MOST_LOST = 5
"""The most deleted notes that are reported one by one."""

_INDEXES: Mapping[LineKind, Url] = {
    "hub": routes.MAP,
    "tag": routes.TAGS,
    "category": routes.CATEGORIES,
    "author": routes.AUTHORS,
}
"""The lists to which the addresses of vanished hubs, tags, categories and authors redirect."""


class Redirects:
    """The redirects that follow from a ledger and from the aliases of notes; `problems` has those that need the author."""

    def __init__(
        self,
        ledger: Ledger,
        known: KnownAddresses,
        registry: UrlRegistry,
        pages: PublishedPages,
        branches: Collection[LineKey],
    ) -> None:
        """`ledger` is the one after this build, `known` the one before.

        `registry` has the addresses in use, `pages` the pages at them, `branches` are the pages with others below.
        """
        self.problems: list[Diagnostic] = []
        self._lost: list[LedgerLine] = []
        self._ledger = ledger
        self._known = known
        self._registry = registry
        self._pages = pages
        self._branches = branches
        self._documents = pages.documents
        self._titles = {group.key: group.title for group in pages.groups}
        self._deleted = {line.key for line in known.deleted}
        self._owned = {output_key(save_as(url)) for line in ledger.lines.values() for url in line.addresses}

    def from_ledger(self) -> Iterator[AddressRedirect]:
        """Yield the redirects from all old addresses in the ledger."""
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
            elif kind == "lost" or line.key in self._deleted:
                yield from self._of_lost(line)
        self.problems += _lost_problems(self._lost)

    def from_aliases(self) -> Iterator[AddressRedirect]:
        """Yield a redirect for each alias whose address is free; if several notes have it, to the one with the shortest path."""
        taken = set(self._owned)
        for path in sorted(self._pages.notes, key=lambda path: (len(path), path)):
            for alias in self._documents[path].meta.aliases:
                url = page_url(slug(alias.lower()))
                key = output_key(save_as(url))
                if url and key not in taken and not self._registry.owner(url):
                    taken.add(key)
                    key_of_note = LineKey("note", path)
                    yield from self._to_page([url], self._pages.notes[path], key_of_note, was_there=False)

    def _to_page(
        self, olds: Iterable[Url], to: Url, key: LineKey, *, was_there: bool = True
    ) -> Iterator[AddressRedirect]:
        """Yield redirects to a page; if the page was once at these addresses, also those of the files beside it."""
        title, lang, listed = self._titles.get(key, ""), "", True
        if key.kind == "note":
            document = self._documents[VaultPath(key.name)]
            title, lang, listed = document.title, document.meta.lang, document.listed
        for old in olds:
            if self._is_free(old, to):
                yield AddressRedirect(old, to, title, lang, listed)
                for beside_old, beside_to in self._beside(old, to, key) if was_there else ():
                    if self._registry.find(beside_old) is None:
                        yield AddressRedirect(beside_old, beside_to, title, lang, listed)

    def _beside(self, old: Url, to: Url, key: LineKey) -> Iterator[tuple[Url, Url]]:
        """Yield the files beside a page with their old and new addresses: the one page and feeds of a branch, a category's feeds."""
        if key in self._branches:
            for name in (routes.BRANCH, *routes.BRANCH_FEEDS):
                file_old, file_to = (routes.beside(url, name) for url in (old, to))
                yield Url(file_old.removesuffix("index.html")), Url(file_to.removesuffix("index.html"))
        elif key.kind == "category" and to != routes.CATEGORIES:
            yield from zip(routes.category_feed(old), routes.category_feed(to), strict=True)

    def _of_vanished_group(self, line: LedgerLine, private: set[str]) -> Iterator[AddressRedirect]:
        """Yield redirects to the list of all tags, categories or authors, or to the map, from one that no longer has a page."""
        # If no published note is left that had it, nothing must show that there was such a name.
        if any(members_left(line, self._known, self._documents)):
            olds = [url for url in line.addresses if output_key(url) not in private]
            yield from self._to_page(olds, _INDEXES[line.key.kind], line.key)

    def _of_lost(self, line: LedgerLine) -> Iterator[AddressRedirect]:
        """Yield the redirects of a page that is gone, as its author has said; a deleted note without that is reported."""
        if line.to or line.gone:
            for old in line.addresses:
                if self._is_free(old, ""):
                    yield AddressRedirect(old, line.to or None, elsewhere=True)
        elif line.key.kind == "note":
            self._lost.append(line)

    def _is_free(self, old: Url, to: Url | str) -> bool:
        """Say whether an old address has no page, or only the page `to`, whose address differs from it in case."""
        found = self._registry.find(old)
        return old != to and (found is None or (found == to and output_key(old) == output_key(to)))

    def _is_there(self, address: str) -> bool:
        return self._registry.find(address) is not None or self._registry.is_generated(address)


def _lost_problems(lines: Sequence[LedgerLine]) -> Iterator[Diagnostic]:
    """Report deleted notes without a redirect: a few one by one, many together."""
    if len(lines) > _MOST_LOST:
        some = ", ".join(f"/{line.addresses[0]}" for line in lines[:_MOST_LOST])
        message = (
            f"{len(lines)} addresses were those of notes that no longer exist: {some} and "
            f"{len(lines) - _MOST_LOST} more"
        )
        help_text = (
            "write each on a line of a file, followed by its successor or by gone, and run garden redirects "
            "import FILE"
        )
        yield Diagnostic(Place(LEDGER_FILE, lines[0].number or 1, 1), "address-lost", message, help_text)
        return
    for line in lines:
        first = line.addresses[0]
        message = f'/{first} was the address of "{line.key.name}", which no longer exists'
        help_text = f'name its successor with garden redirect "/{first}" NEW, or use --gone if there is none'
        yield Diagnostic(Place(LEDGER_FILE, line.number or 1, 1), "address-lost", message, help_text)


def _private_addresses(documents: Iterable[Document]) -> set[str]:
    """Return the addresses, by `output_key`, that tags, categories, authors and hubs of unpublished notes would have."""
    found: set[Url] = set()
    for document in documents:
        if document.published:
            continue
        tags = (name for tag in document.tags for name in lineage(tag.name))
        found.update(group_url(routes.TAG_FOLDER, fold(name)) for name in tags)
        found.add(group_url(routes.CATEGORY_FOLDER, fold(document.meta.category)))
        found.update(group_url(routes.AUTHOR_FOLDER, fold(author)) for author in document.meta.authors)
        # Its own name and those of its folders would be hubs if other notes named them as parents.
        parents = (hub_name(ref) for ref in document.refs if ref.relation)
        found.update(hub_url(name) for name in (*parents, *without_ending(document.path).split("/")) if name)
    return {output_key(url) for url in found}
