"""Writes data about pages for search engines and other programs: schema.org data as JSON-LD.

A note is an Article, a hub a CollectionPage, both with the breadcrumbs of their shortest trail. The questions and
steps in the properties of a note are a FAQPage and a HowTo in addition (FM-19). The home page is the WebSite. It has
no SearchAction, since search engines no longer use it, and its `query-input` is not defined by schema.org.
"""

from collections.abc import Iterable, Mapping
from typing import Final

from garden.model import routes
from garden.model.pages.page import NotePage, Picture
from garden.model.settings import Settings
from garden.rendering.body.hrefs import absolute
from garden.rendering.compact_json import compact_json

_MAX_LENGTH: Final = 50
"""The maximum length of trails; longer ones, which no search engine shows, would repeat whole chains of notes."""

# Characters that could end the script element or a line in it, with their JSON escapes (PB-7).
_UNSAFE: Final = tuple((char, f"\\u{ord(char):04x}") for char in "<>&\u2028\u2029")

Data = Mapping[str, object]


def script_json(value: object) -> str:
    """Return `value` as JSON that is safe inside a script element (PB-7)."""
    text = compact_json(value)
    for char, code in _UNSAFE:
        text = text.replace(char, code)
    return text


def article_data(settings: Settings, page: NotePage, picture: Picture | None) -> str:
    """Return the JSON-LD of a note's or hub's page; `picture` represents the page."""
    address = _full(settings, page.href)
    graph = [_article(settings, page, picture, address)]
    graph += [_questions(page, address)] if page.questions else []
    graph += [_steps(page, address, picture)] if page.steps else []
    # Trails are in order of length.
    trail = page.trails[0].links if page.trails else ()
    # A parent that is only a name has no address.
    steps = [(link.title, _full(settings, link.href)) for link in trail if link.href]
    if steps and len(trail) <= _MAX_LENGTH:
        graph.append(_breadcrumbs([*steps, (page.title, address)]))
    return script_json({"@context": "https://schema.org", "@graph": graph})


def website_data(settings: Settings) -> str:
    """Return the JSON-LD of the home page."""
    found = {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": settings.site_name,
        "url": absolute(settings, routes.HOME),
        "description": settings.description,
        "inLanguage": settings.language,
        "publisher": _publisher(settings),
    }
    return script_json(_filled(found))


def _article(settings: Settings, page: NotePage, picture: Picture | None, address: str) -> Data:
    """Describe a page as an article, or, if it is not a note, as a collection of pages."""
    authors = [_person(author.title, _full(settings, author.href)) for author in page.authors]
    published = page.date.iso if page.date else ""
    found = {
        "@type": "Article" if page.kind == "note" else "CollectionPage",
        "headline": page.title,
        "url": address,
        "mainEntityOfPage": {"@type": "WebPage", "@id": address} if page.kind == "note" else None,
        "inLanguage": page.head.lang,
        "description": page.head.description,
        "image": _image(picture),
        "datePublished": published,
        "dateModified": page.modified.iso if page.modified else published,
        "author": (authors or [_publisher(settings)]) if page.kind == "note" else None,
        "publisher": _publisher(settings),
        "keywords": [tag.title for tag in page.tags],
    }
    return _filled(found)


def _questions(page: NotePage, address: str) -> Data:
    asked = [
        {"@type": "Question", "name": title, "acceptedAnswer": {"@type": "Answer", "text": text}}
        for title, text in page.questions
    ]
    return {"@type": "FAQPage", "url": address, "inLanguage": page.head.lang, "mainEntity": asked}


def _steps(page: NotePage, address: str, picture: Picture | None) -> Data:
    """Describe a note that is an instruction by its steps."""
    steps = [
        {"@type": "HowToStep", "position": position, "name": title, "text": text}
        for position, (title, text) in enumerate(page.steps, 1)
    ]
    found = {
        "@type": "HowTo",
        "name": page.title,
        "url": address,
        "inLanguage": page.head.lang,
        "description": page.head.description,
        "image": _image(picture),
        "step": steps,
    }
    return _filled(found)


def _image(picture: Picture | None) -> Data | None:
    if picture is None:
        return None
    # In schema.org a number of pixels is a QuantitativeValue or a text, not a number.
    size = {"width": f"{picture.width} px", "height": f"{picture.height} px"} if picture.width else {}
    return {"@type": "ImageObject", "url": picture.address, **size}


def _publisher(settings: Settings) -> Data:
    """Return the publisher of the site: its author, or else the site itself."""
    home = absolute(settings, routes.HOME)
    if settings.author and settings.author != settings.site_name:
        return _person(settings.author, home)
    return {"@type": "Organization", "name": settings.site_name, "url": home}


def _person(name: str, address: str) -> Data:
    return {"@type": "Person", "name": name, "url": address}


def _breadcrumbs(steps: Iterable[tuple[str, str]]) -> Data:
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "name": name,
            "item": {"@type": "WebPage", "@id": address},
        }
        for position, (name, address) in enumerate(steps, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _full(settings: Settings, href: str) -> str:
    """Return the full address of an `href` of this site, if the site's own is known."""
    origin = settings.site_url.rstrip("/")
    return origin + href.removeprefix(settings.base) if origin else href


def _filled(found: Data) -> Data:
    return {name: value for name, value in found.items() if value}
