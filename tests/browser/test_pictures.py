"""What the build draws, as a reader sees it: diagrams, and views of the hierarchy."""

import pytest

from tests.support.browsing import STRICT, static_host

NOTES = {
    "a.md": "```mermaid\ngraph LR\n  a --> b\n```\n\n"
    "```breadcrumbs\ntype: mermaid\n```\n\n```breadcrumbs\ntype: markmap\ncontent: open\n```\n",
    **{
        f"{name}.md": "up:: [[a]]"
        for name in ("A name that takes some room", "Another that takes as much", "One more")
    },
}
COLOURS = """(svg) => {
    const style = (selector) => getComputedStyle(svg.querySelector(selector));
    return [getComputedStyle(svg).fill, style("rect").fill, style(".pele-edges path").stroke];
}"""
SHAPE = """(svg) => {
    const box = svg.getBoundingClientRect();
    const { width, height } = svg.viewBox.baseVal;
    return [box.width / box.height, width / height];
}"""


def test_pictures_follow_the_scheme_and_keep_their_shape(open_at, site_of) -> None:
    """On a phone, too: all have the colours of the first, which are others in the dark, and no empty bands."""
    with static_host(site_of(NOTES).out, STRICT) as address:
        page = open_at(address, "/a/", width=390)
        pictures = page.locator("svg.diagram-picture")
        assert pictures.count() == 3
        inks = set()
        for scheme in ("light", "dark"):
            page.emulate_media(color_scheme=scheme)
            colours = [pictures.nth(number).evaluate(COLOURS) for number in range(3)]
            assert colours[1:] == colours[:1] * 2
            ink = page.evaluate("getComputedStyle(document.body).color")
            assert colours[0][0] == ink
            inks.add(ink)
        assert len(inks) == 2
        for number in range(3):
            shown, drawn = pictures.nth(number).evaluate(SHAPE)
            assert shown == pytest.approx(drawn, rel=0.02)
