"""The language of titles on a page that is in another language than the site (WCAG 2.2, 3.1.2).

A title states its language where that is not the site's. On a page in another language it is the
other way around: a title in the site's language must say so, one in the page's own need not.
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
    """Return the language that a page states for a title: none if it is the page's own (empty means the site's)."""
    own = language or site_language
    return "" if own == page_language else own


def in_its_language(page: NotePage, site_language: str) -> NotePage:
    """Return a page on which the titles of other pages state their language where it is not the page's own."""
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
        facts=facts(page.facts) if page.facts else None,
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
        path=page.path and path(page.path),
    )
