"""What is wider than the window."""

from playwright.sync_api import Page

_OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  const scrolls = (e) => e && (/auto|scroll|hidden/.test(getComputedStyle(e).overflowX) || scrolls(e.parentElement));
  const out = [...document.querySelectorAll("body *")]
    .filter((e) => {
      const box = e.getBoundingClientRect();
      const isOut = box.width && (box.right > width + 1 || box.left < -1);
      return isOut && !scrolls(e.parentElement) && getComputedStyle(e).visibility !== "hidden";
    })
    .map((e) => e.outerHTML.slice(0, 100));
  const titles = [...document.querySelectorAll("h1")].filter((title) => title.checkVisibility()).length;
  if (titles !== 1) out.unshift(`${titles} titles are shown`);
  return document.scrollingElement.scrollWidth > innerWidth ? ["the page scrolls sideways", ...out] : out;
}"""


HEIGHT = 400
"""What is higher takes longer to paint."""


def overflow(page: Page, width: int) -> list[str]:
    """What sticks out of a window of this width, whether the page can be scrolled there, and how many titles it has if not one."""
    if page.viewport_size != {"width": width, "height": HEIGHT}:
        page.set_viewport_size({"width": width, "height": HEIGHT})
    found: list[str] = page.evaluate(_OVERFLOW)
    return found
