"""The page of a note or hub: the same parts, with or without a body."""

from collections.abc import Iterator, Mapping
from math import ceil
from typing import Final
from urllib.parse import quote

from msgspec.structs import replace

from garden.linking.relation import Node
from garden.model import names, routes
from garden.model.languages import direction
from garden.model.names import Url, VaultPath, fold
from garden.model.note import Document, HoldReason
from garden.model.pages.entries import Link, RevisionView
from garden.model.pages.page import NotePage, PageHead, Picture, Translation
from garden.model.pages.panels import ReadingPath, Recommendation, Relation
from garden.model.robots import is_indexable
from garden.model.settings import Settings
from garden.reading.frontmatter.dates import parse_date
from garden.rendering.body.fill import Filled
from garden.rendering.body.hrefs import absolute, canonical, tag_href
from garden.rendering.branch_reading import branch_reading
from garden.rendering.catalog import Catalog
from garden.rendering.dates import date_view, language_name
from garden.rendering.pages.citation import citation
from garden.rendering.pages.panels.backlinks import page_backlinks
from garden.rendering.pages.panels.branch_facts import WORDS_PER_MINUTE, branch_facts
from garden.rendering.pages.panels.contents import table_of_contents
from garden.rendering.pages.panels.local_graph import local_graph
from garden.rendering.pages.panels.onward_links import onward_links
from garden.rendering.pages.panels.relations import (
    focus_tree,
    page_relations,
    page_trails,
    place_contents,
    place_trail,
    relation_matrix,
)
from garden.rendering.pages.structured_data import article_data
from garden.rendering.pages.title_languages import in_its_language
from garden.rendering.pictures import own_picture
from garden.rendering.summaries import SUMMARY_LENGTH, description, shortened
from garden.rendering.translations import HOLD_REASONS

_NAMED: Final = 12
"""The maximum number of children named in the description of a page without text."""


def note_page(catalog: Catalog, path: VaultPath, filled: Filled) -> NotePage:
    """Return the page of a published note; `filled` is its body."""
    document = catalog.document(path)
    meta = document.meta
    language = meta.lang or catalog.settings.language
    node = Node("note", path)
    frame = _frame(catalog, node)
    head = replace(
        frame.head,
        lang=language,
        direction=direction(language),
        description=description(document) or _of_children(catalog, node),
        indexable=document.listed and is_indexable(meta.robots),
        robots=meta.robots if document.listed else "noindex",
        picture=own_picture(catalog, path),
        edit_href=_edit_href(catalog, path),
        source=quote(path, errors="surrogateescape") if catalog.settings.preview else "",
        translations=_translations(catalog, path),
    )
    page = replace(
        frame,
        head=head,
        body_html=filled.html,
        summary=meta.summary,
        date=date_view(meta.date, language),
        modified=date_view(meta.modified, language),
        maturity=_maturity(catalog, meta.properties),
        freshness=catalog.freshness(node),
        minutes=ceil(document.words / WORDS_PER_MINUTE),
        words=document.words,
        category=_category(catalog, meta.category),
        authors=_authors(catalog, meta.authors),
        toc=table_of_contents(document.headings),
        tags=_tags(catalog, document),
        provenance=_provenance(catalog, meta.properties),
        revisions=tuple(_revisions(catalog, document, language)),
        properties=meta.properties,
        questions=meta.questions,
        steps=meta.steps,
        held=_held(catalog, document, language),
        outside=filled.outside,
        has_views=filled.has_views,
    )
    return _finished(catalog, page, citation(catalog.settings, page))


def _held(catalog: Catalog, document: Document, language: str) -> str:
    """Return the reason why a note on a preview page is held back, with the words that its author has written (PB-8)."""
    held = document.meta.held if document.previewed else None
    if held is None:
        return ""
    reason = catalog.gettext(HOLD_REASONS[held.reason], language)
    words = held.written if held.reason is not HoldReason.STATUS else ""
    return f"{reason} ({words})" if words else reason


def hub_page(catalog: Catalog, node: Node) -> NotePage:
    """Return the page of a hub without a note (HI-9)."""
    frame = _frame(catalog, node)
    head = replace(frame.head, description=_of_children(catalog, node))
    return _finished(catalog, replace(frame, head=head))


def _finished(catalog: Catalog, page: NotePage, cited: str = "") -> NotePage:
    """Return a page completed by the parts that depend on its other parts."""
    page = in_its_language(page, catalog.settings.language)
    return replace(
        page,
        head=_pictured(catalog.settings, page, page.head.picture),
        matrix=relation_matrix(page.relations),
        citation=cited,
    )


def with_picture(settings: Settings, page: NotePage, picture: Picture | None) -> NotePage:
    """Return a page with a picture in its metadata, including that for search engines."""
    return replace(page, head=_pictured(settings, page, picture))


def _pictured(settings: Settings, page: NotePage, picture: Picture | None) -> PageHead:
    return replace(page.head, picture=picture, structured_data=article_data(settings, page, picture))


def _of_children(catalog: Catalog, node: Node) -> str:
    """Return a description of a page without text: its children, empty if there are none."""
    below = catalog.branches.children.get(node, ())[:_NAMED]
    titles = ", ".join(map(catalog.title, below))
    return shortened(f"{catalog.title(node)}: {titles}", SUMMARY_LENGTH) if titles else ""


def _frame(catalog: Catalog, node: Node) -> NotePage:
    """Return the parts that every page of the hierarchy has, with or without a note."""
    url = catalog.url(node)
    settings = catalog.settings
    title = catalog.title(node)
    path = _path(catalog, node)
    trails = page_trails(catalog, node)
    place = () if trails else place_trail(catalog, node)
    relations = page_relations(catalog, node)
    onward = onward_links(catalog, node, relations)
    branch = branch_reading(catalog, node)
    head = PageHead(
        title,
        settings.language,
        direction(settings.language),
        is_article=True,
        canonical=canonical(settings, url),
        feeds=branch.feeds if branch else None,
        markdown=names.href(settings.base, routes.beside(url, routes.MARKDOWN)),
        previous=_neighbour("prev", path.previous if path else None, relations, onward.previous),
        next=_neighbour("next", path.next if path else None, relations, onward.next),
        up=next((link for link in reversed(trails[0].links if trails else place) if link.href), None),
    )
    return NotePage(
        kind=node.kind,
        title=title,
        url=url,
        save_as=names.save_as(url),
        href=catalog.link(node).href,
        head=head,
        trails=trails,
        place=place,
        relations=relations,
        contents=place_contents(catalog, node),
        onward_links=onward,
        tree=focus_tree(catalog, node),
        backlinks=page_backlinks(catalog, node),
        local_graph=local_graph(catalog, node),
        reading_path=path,
        branch_reading=branch,
        branch_facts=branch_facts(catalog, node),
    )


def _neighbour(
    way: str, on_path: Link | None, relations: tuple[Relation, ...], step: Recommendation | None
) -> Link | None:
    """Return the previous or next page: on its reading path, by its own relation, or in reading order."""
    if on_path is not None:
        return on_path
    entries = (entry for relation in relations if relation.direction == way for entry in relation.entries)
    found = next((entry for entry in entries if entry.href), None) or step
    return Link(found.title, found.href, lang=found.lang, draft=found.draft) if found else None


def _translations(catalog: Catalog, path: VaultPath) -> tuple[Translation, ...]:
    """Return all translations of a note, itself included (TI-7)."""
    found = []
    for other in catalog.snapshot.translations.get(path, ()):
        node = Node("note", other)
        language, url = catalog.language(node), catalog.url(node)
        whole = absolute(catalog.settings, url)
        found.append(Translation(language_name(language), catalog.link(node).href, language, whole))
    return tuple(found)


def _path(catalog: Catalog, node: Node) -> ReadingPath | None:
    """Return the position of a page in its reading path."""
    step = catalog.paths.get(node)
    if step is None:
        return None
    chain, index = step.chain, step.index
    return ReadingPath(
        position=index + 1,
        length=len(chain),
        first=catalog.link(chain[0]),
        previous=catalog.link(chain[index - 1]) if index else None,
        next=catalog.link(chain[index + 1]) if index + 1 < len(chain) else None,
    )


def _revisions(catalog: Catalog, document: Document, language: str) -> Iterator[RevisionView]:
    """Yield the revisions of a note for its page, each with a link to its changes in the repository."""
    settings = catalog.settings
    repository = names.of_site(settings.base, settings.repository).rstrip("/")
    for revision in document.meta.revisions:
        date = date_view(parse_date(revision.moment[:10]), language)
        href = f"{repository}/commit/{revision.commit}" if repository else ""
        if date is not None:
            yield RevisionView(date, revision.author, revision.subject, href)


def _edit_href(catalog: Catalog, path: VaultPath) -> str:
    """Return the address at which a note can be edited in the repository."""
    settings = catalog.settings
    if not (settings.repository and settings.edit_url):
        return ""
    # Not `str.format`, since the author's address may contain other braces.
    address = settings.edit_url.replace("{repository}", settings.repository.rstrip("/"))
    return names.of_site(settings.base, address).replace("{path}", quote(path, errors="surrogateescape"))


def _maturity(catalog: Catalog, properties: Mapping[str, object]) -> str:
    """Return how finished a note is, by the property that the settings name."""
    wanted = catalog.settings.maturity.casefold()
    return next(
        (_plain(value) for key, value in properties.items() if wanted and key.casefold() == wanted), ""
    )


def _category(catalog: Catalog, name: str) -> Link | None:
    entry = catalog.snapshot.categories.get(fold(name))
    return Link(entry.name, _href(catalog, catalog.snapshot.category_addresses[entry.key])) if entry else None


def _authors(catalog: Catalog, authors: tuple[str, ...]) -> tuple[Link, ...]:
    addresses = catalog.snapshot.author_addresses
    return tuple(
        Link(name, _href(catalog, addresses[fold(name)])) for name in authors if fold(name) in addresses
    )


def _href(catalog: Catalog, url: Url) -> str:
    return names.href(catalog.settings.base, url)


def _tags(catalog: Catalog, document: Document) -> tuple[Link, ...]:
    """Return links to the pages of the tags of a note, in the spelling that all pages use."""
    snapshot = catalog.snapshot
    found = []
    for tag in document.tags:
        key = fold(tag.name)
        entry = snapshot.tags.get(key)
        href = tag_href(snapshot, catalog.settings.base, key)
        if href:
            found.append(Link(entry.name if entry else tag.name, href))
    return tuple(found)


def _provenance(catalog: Catalog, properties: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Return the properties that the settings name for this, in the order of the settings."""
    if not catalog.settings.provenance:
        return ()
    by_key = {key.casefold(): (key, value) for key, value in properties.items()}
    found = (by_key.get(key.casefold()) for key in catalog.settings.provenance)
    pairs = ((entry[0], _plain(entry[1])) for entry in found if entry)
    return tuple((key, text) for key, text in pairs if text)


def _plain(value: object) -> str:
    """Return a property as text: lists joined by commas, Booleans as in YAML, an empty value as an empty text."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_plain(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return ", ".join(_plain(inner) for inner in value)
    return str(value)
