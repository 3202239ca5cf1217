"""Marks the language of titles on a page whose language is not the site's (WCAG 2.2, 3.1.2).

By default a title is marked with its language if that is not the site's. On a page in another language, titles in the
site's language must be marked instead, and those in the page's language need not be.
"""

from msgspec.structs import replace

from garden.model.pages.entries import Link, Related
from garden.model.pages.page import NotePage
from garden.model.pages.panels import (
    BacklinkView,
    BranchFacts,
    OnwardLinks,
    ReadingPath,
    Recommendation,
    TreeNode,
)


def language_shown(page_language: str, language: str, site_language: str) -> str:
    """Return the language with which a title is marked, empty if it is that of the page; `language` is empty for the site's."""
    own = language or site_language
    return "" if own == page_language else own


def in_its_language(page: NotePage, site_language: str) -> NotePage:
    """Return a page on which titles are marked with their language if it is not that of the page."""
    if page.head.lang == site_language:
        return page

    def lang(found: str) -> str:
        return language_shown(page.head.lang, found, site_language)

    def link(found: Link) -> Link:
        return replace(found, lang=lang(found.lang))

    def related(found: Related) -> Related:
        return replace(found, lang=lang(found.lang), children=tuple(map(related, found.children)))

    def node(found: TreeNode) -> TreeNode:
        return replace(found, lang=lang(found.lang), children=tuple(map(node, found.children)))

    def backlink(found: BacklinkView) -> BacklinkView:
        return replace(found, lang=lang(found.lang))

    def step(found: Link | None) -> Link | None:
        return found and link(found)

    def path(found: ReadingPath) -> ReadingPath:
        previous, following = step(found.previous), step(found.next)
        return replace(found, first=link(found.first), previous=previous, next=following)

    def recommendation(found: Recommendation) -> Recommendation:
        return replace(found, lang=lang(found.lang))

    def facts(found: BranchFacts) -> BranchFacts:
        start = link(found.start) if found.start else None
        return replace(
            found, start=start, recent=tuple(replace(card, lang=lang(card.lang)) for card in found.recent)
        )

    onward = page.onward_links
    return replace(
        page,
        onward_links=OnwardLinks(
            recommendation(onward.previous) if onward.previous else None,
            recommendation(onward.next) if onward.next else None,
            tuple(map(recommendation, onward.read_next)),
        ),
        branch_facts=facts(page.branch_facts) if page.branch_facts else None,
        place=tuple(map(link, page.place)),
        contents=tuple(map(related, page.contents)),
        trails=tuple(replace(trail, links=tuple(map(link, trail.links))) for trail in page.trails),
        relations=tuple(
            replace(relation, entries=tuple(map(related, relation.entries))) for relation in page.relations
        ),
        tree=tuple(map(node, page.tree)),
        backlinks=replace(
            page.backlinks,
            entries=tuple(map(backlink, page.backlinks.entries)),
            mentions=tuple(map(backlink, page.backlinks.mentions)),
        ),
        reading_path=page.reading_path and path(page.reading_path),
    )
