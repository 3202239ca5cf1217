"""Pictures of the pages, for a person to look at: `make pictures` writes them to a folder, and the README's too.

Each kind of page is shown on a phone, a tablet and a desk, light and dark. No test compares them:
faces differ from machine to machine.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.support.browsing import STRICT, example_site, launch, static_host
from tests.support.building import ROOT, build

WIDTHS = (360, 820, 1440)
SCHEMES = ("light", "dark")
README_PICTURE = ROOT / "docs" / "screenshot.png"
ARTICLE = "/pieces-of-popular-mlops-advice-to-ignore-what-to-do-instead/"


def search_opened(page: Page) -> None:
    """Search for a word that some notes have."""
    page.keyboard.press("/")
    page.locator("dialog.search[open] input").fill("cloud")
    page.locator("dialog.search [role=option]").first.wait_for()


def preview_opened(page: Page) -> None:
    """Rest on a link in the text."""
    link = page.locator(".prose a.internal").first
    link.focus()
    link.hover()
    page.locator(".preview:popover-open").wait_for()


def drawn(page: Page) -> None:
    """Wait for the graph."""
    page.locator(".graph [role=status]").filter(has_text="shown").wait_for()


SUBJECTS: dict[str, tuple[str, Callable[[Page], None] | None]] = {
    "home": ("/", None),
    "note": ("/reading-the-sky/", None),
    "article": (ARTICLE, None),
    "rtl": ("/سماء/", None),
    "hub": ("/weather/", None),
    "written-hub": ("/cloud-atlas/", None),
    "branch": ("/weather/all/", None),
    "tag": ("/tags/weather/", None),
    "tags": ("/tags/", None),
    "category": ("/category/note/", None),
    "archive": ("/archive/", None),
    "map": ("/map/", None),
    "graph": ("/graph/", drawn),
    "search-page": ("/search/?q=cloud", lambda page: page.locator("[role=option]").first.wait_for()),
    "search": ("/reading-the-sky/", search_opened),
    "preview": ("/reading-the-sky/", preview_opened),
    "404": ("/cumulos/", None),
}
"""What is shown: its address, and what a reader does there first."""

WHOLE = frozenset(("home", "note", "article", "rtl", "hub", "tag", "map", "archive", "branch"))
"""Pages that are shown from top to bottom."""


def main(folder: Path, wanted: list[str]) -> None:
    """Write the pictures of the wanted subjects, of all and the README's when none is named, into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name, sync_playwright() as playwright:
        work = Path(name)
        browser = launch(playwright)
        with static_host(example_site(work), STRICT) as address:
            for subject in wanted or SUBJECTS:
                for scheme in SCHEMES:
                    for width in WIDTHS:
                        picture(browser, address, subject, folder / f"{subject}-{scheme}-{width}.png")
        if not wanted:
            build(ROOT / "content", work / "readme" / "output")
            with static_host(work / "readme" / "output", STRICT) as address:
                picture(browser, address, "article", README_PICTURE, whole=False)
            colours = Image.open(README_PICTURE).convert("RGB").quantize(128)
            colours.save(README_PICTURE, optimize=True)
        browser.close()


def picture(browser: Browser, address: str, name: str, file: Path, *, whole: bool = True) -> None:
    """Take one picture; scheme and width are in the file's name, else it is a desk in the light."""
    parts = file.stem.split("-")
    width = int(parts[-1]) if parts[-1].isdigit() else WIDTHS[-1]
    page = browser.new_page(
        viewport={"width": width, "height": {360: 740, 820: 1100}.get(width, 900)},
        color_scheme="dark" if "dark" in parts else "light",
        reduced_motion="reduce",
    )
    path, action = SUBJECTS[name]
    page.goto(address + path)
    page.evaluate("document.querySelectorAll('img').forEach((image) => (image.loading = 'eager'))")
    page.wait_for_load_state("networkidle")
    if action:
        action(page)
    page.screenshot(path=file, full_page=whole and name in WHOLE)
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
