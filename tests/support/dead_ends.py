"""Where readers get stuck: note pages of a built site that do not say where they are, or lead nowhere.

`python -m tests.support.dead_ends OUTPUT` prints the figures of a site and ends with 1 if there is a dead end.
"""

import re
import sys
from pathlib import Path
from typing import NamedTuple

from tests.support.built_site import BuiltPage, BuiltSite
from tests.support.markup import select

_RECOMMENDED = ".read-next a[href], .pager a[href]"


class Orientation(NamedTuple):
    """How the note pages of a site orient: addresses of those that lack something."""

    pages: int
    without_trail: tuple[str, ...]
    without_onward_links: tuple[str, ...]
    """No next or previous page, no recommendation: nothing but menus, and what the text itself links to."""

    without_reason: tuple[str, ...]
    """A recommendation that does not say why."""

    told_twice: tuple[str, ...]
    """A page below it, or before or after it, is recommended once more."""

    ends: tuple[str, ...]
    """Pages of any kind that lead nowhere but by the menus."""


def orientation(site: BuiltSite) -> Orientation:
    """Return how the note pages of a site orient."""
    pages = [page for page in site.pages.values() if page.body is not None and page.url != "/"]
    return Orientation(
        len(pages),
        tuple(page.url for page in pages if not select(page.root, ".trails .trail a[href]")),
        tuple(page.url for page in pages if not select(page.root, _RECOMMENDED)),
        tuple(page.url for page in pages if _lacks_reason(page)),
        tuple(page.url for page in pages if _tells_twice(page)),
        tuple(page.url for page in site.pages.values() if _is_end(page)),
    )


def _lacks_reason(page: BuiltPage) -> bool:
    entries = select(page.root, ".read-next li")
    return any(not select(entry, ".reason") for entry in entries)


def _tells_twice(page: BuiltPage) -> bool:
    named = {
        link.attributes.get("href") for link in select(page.root, ".children .leader > a, .pager li > a")
    }
    return any(link.attributes.get("href") in named for link in select(page.root, ".read-next li > a"))


def _is_end(page: BuiltPage) -> bool:
    links = select(page.root, "main a[href]")
    return page.url.endswith("/") and all((link.attributes["href"] or "#").startswith("#") for link in links)


def main(folder: str) -> int:
    """Print the figures of the site in a folder; return 1 if it has a dead end."""
    found = orientation(BuiltSite(Path(folder), 0, ""))
    print(f"{found.pages} note pages")
    for name in Orientation._fields[1:]:
        urls = getattr(found, name)
        print(f"{re.sub('_', ' ', name)}: {len(urls)} {' '.join(urls[:5])}".rstrip())
    return int(bool(found.without_trail or found.without_onward_links or found.ends))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
