"""What a page says of itself to machines: schema.org data as JSON-LD, one breadcrumb list per trail."""

import json
from collections.abc import Iterable, Mapping
from typing import Final

from garden.model.pages import NotePage
from garden.model.settings import Settings

_MAX_LENGTH: Final = 50
"""Longer trails are left out: no search engine shows them and a chain of notes repeats them."""

_ENCODER: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))

# What could end the script element or a line of it, with its JSON escape (PB-7).
_UNSAFE: Final = tuple((char, f"\\u{ord(char):04x}") for char in "<>&\u2028\u2029")


def script_json(value: object) -> str:
    """Return `value` as JSON that is safe inside a script element (PB-7)."""
    text = _ENCODER.encode(value)
    for char, code in _UNSAFE:
        text = text.replace(char, code)
    return text


def structured_data(settings: Settings, page: NotePage) -> str:
    """Return the JSON-LD of a note's or hub's page."""
    origin = settings.site_url.rstrip("/")

    def full(href: str) -> str:
        return origin + href.removeprefix(settings.base) if origin else href

    graph = [_article(page, full(page.href))]
    for trail in page.trails:
        if len(trail.links) <= _MAX_LENGTH:
            # A parent that is only a name has no address.
            steps = [(link.title, full(link.href)) for link in trail.links if link.href]
            graph.append(_breadcrumbs([*steps, (page.title, full(page.href))]))
    return script_json({"@context": "https://schema.org", "@graph": graph})


def _article(page: NotePage, address: str) -> Mapping[str, object]:
    found: dict[str, object] = {
        "@type": "Article" if page.kind == "note" else "CollectionPage",
        "headline": page.title,
        "url": address,
        "inLanguage": page.head.lang,
        "description": page.head.description,
        "datePublished": page.date.iso if page.date else "",
        "dateModified": page.modified.iso if page.modified else "",
        "author": [{"@type": "Person", "name": author.title} for author in page.authors],
        "keywords": [tag.title for tag in page.tags],
    }
    return {name: value for name, value in found.items() if value}


def _breadcrumbs(steps: Iterable[tuple[str, str]]) -> Mapping[str, object]:
    items = [
        {"@type": "ListItem", "position": position, "name": name, "item": address}
        for position, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}
