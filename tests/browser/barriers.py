"""What keeps readers out of a page: what axe-core complains of, and what it takes so long to look for that we look ourselves."""

from pathlib import Path

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Page

from tests.support.effort import THOROUGH

__all__ = ["AXE", "AXE_SCRIPT", "LOOK", "barriers", "barriers_in_the_dark"]

AXE = "/tests/axe.js"
"""Where a host of the tests has axe-core: the browser reads half a megabyte once, and not for each page."""

OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules of axe-core that are on and look at colours."""

SLOW = [*OF_COLOURS, "target-size"]
"""The rules that take four fifths of axe-core's time: a thorough run asks them; LOOK always looks for the same."""

LOOK = Path(__file__).with_name("barriers.js").read_text(encoding="utf-8")

LOOK_IN_THE_DARK = f"""() => {{
  const paper = () => getComputedStyle(document.body).backgroundColor;
  const light = paper();
  document.documentElement.dataset.theme = "dark";
  const found = paper() === light ? ["the dark is as the light"] : ({LOOK})();
  delete document.documentElement.dataset.theme;
  return found;
}}"""
"""Chooses the dark, looks and takes that back before it is painted."""


def barriers(page: Page, within: str | None = None) -> list[str]:
    """What is wrong with a page, best practices included; only the rules of axe-core look at no more than one element of it."""
    off = {} if THOROUGH else {"rules": {rule: {"enabled": False} for rule in SLOW}}
    return [*_complaints(page, off, within), *page.evaluate(LOOK)]


def barriers_in_the_dark(page: Page, within: str | None = None) -> list[str]:
    """What is wrong with the page in the dark, where only colours are others."""
    found: list[str] = page.evaluate(LOOK_IN_THE_DARK)
    if THOROUGH:
        page.emulate_media(color_scheme="dark")
        found += _complaints(page, {"runOnly": {"type": "rule", "values": OF_COLOURS}}, within)
        page.emulate_media(color_scheme="light")
    return found


def _complaints(page: Page, options: dict[str, object], within: str | None) -> list[str]:
    """What axe-core complains of: rule, and the first elements."""
    if not page.evaluate("'axe' in window"):
        page.add_script_tag(url=AXE)
    # Without lists of what passed, and without fetching style sheets again for a rule that is off.
    asked = [within, {"resultTypes": ["violations"], "preload": False, **options}]
    ask = "([within, options]) => axe.run(within ?? document, options).then((found) => found.violations)"
    found = page.evaluate(ask, asked)
    return [f"{rule['id']}: {[node['html'][:150] for node in rule['nodes'][:3]]}" for rule in found]
