"""Formulas on narrow screens."""

from tests.browser.overflow import overflow
from tests.support.browsing import STRICT, static_host

SUM = "a" * 32 + " + " + "b" * 39 + " + " + "c" * 35
FORMULAS = {
    "sum": f"x = {SUM}",
    "fraction": rf"\frac{{{SUM}}}{{d}}",
    "text": rf"\text{{{'word ' * 30}}}",
    "array": r"\begin{array}{|l|r|} \hline " + "a" * 60 + r" & \boxed{b} \\ \hline \end{array}",
}


def test_a_formula_of_a_line_never_makes_the_page_scroll(site_of, open_at):
    """MA-4: it breaks after its operators, and what cannot break scrolls in its own place; no policy forbids it."""
    site = site_of({"a.md": "\n\n".join(f"before ${tex}$ after" for tex in FORMULAS.values())})
    with static_host(site.out, STRICT) as address:
        page = open_at(address, "/a/", width=400)
        assert page.locator("p:has(math)").count() == len(FORMULAS)
        assert overflow(page, 400) == []
