"""Writes a `Feed` in the formats Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1."""

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from html import escape
from typing import Final, NamedTuple

from garden.model.feed import Feed, FeedEntry
from garden.rendering.xml_text import for_xml

_HEAD: Final = '<?xml version="1.0" encoding="utf-8"?>'
_RSS_NAMESPACES: Final = (
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:content="http://purl.org/rss/1.0/modules/content/"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def atom(feed: Feed) -> bytes:
    """Return a feed in Atom."""
    return _lines(
        _HEAD,
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{_text(feed.language)}">',
        f"<title>{_text(feed.title)}</title>",
        *([f"<subtitle>{_text(feed.description)}</subtitle>"] if feed.description else []),
        f"<id>{_text(feed.id)}</id>",
        f'<link rel="self" type="application/atom+xml" href="{_text(feed.address)}"/>',
        f'<link rel="alternate" type="text/html" href="{_text(feed.page)}"/>',
        f"<updated>{_iso(feed.updated)}</updated>",
        f"<author><name>{_text(feed.author)}</name></author>",
        *(line for entry in feed.entries for line in _atom_entry(feed, entry)),
        "</feed>",
    )


def _atom_entry(feed: Feed, entry: FeedEntry) -> Iterator[str]:
    yield "<entry>" if entry.language == feed.language else f'<entry xml:lang="{_text(entry.language)}">'
    yield f"<title>{_text(entry.title)}</title>"
    yield f"<id>{_text(entry.id)}</id>"
    yield f'<link rel="alternate" type="text/html" href="{_text(entry.address)}"/>'
    yield f"<published>{_iso(entry.published)}</published>"
    yield f"<updated>{_iso(entry.updated)}</updated>"
    yield from (f"<author><name>{_text(name)}</name></author>" for name in entry.authors)
    yield from (f'<category term="{_text(term)}"/>' for term in entry.terms)
    if entry.summary:
        yield f"<summary>{_text(entry.summary)}</summary>"
    yield f'<content type="html" xml:base="{_text(entry.address)}">{_text(entry.html)}</content>'
    yield "</entry>"


def rss(feed: Feed) -> bytes:
    """Return a feed in RSS 2.0; the whole text is in `content:encoded`, a summary in `description`."""
    return _lines(
        _HEAD,
        f'<rss version="2.0" {_RSS_NAMESPACES}>',
        "<channel>",
        f"<title>{_text(feed.title)}</title>",
        f"<link>{_text(feed.page)}</link>",
        f'<atom:link rel="self" type="application/rss+xml" href="{_text(feed.address)}"/>',
        # The element is required, but may be empty.
        f"<description>{_html(feed.description or feed.title)}</description>",
        f"<language>{_text(feed.language)}</language>",
        f"<lastBuildDate>{_mail_date(feed.updated)}</lastBuildDate>",
        *(line for entry in feed.entries for line in _rss_item(entry)),
        "</channel>",
        "</rss>",
    )


def _rss_item(entry: FeedEntry) -> Iterator[str]:
    yield "<item>"
    yield f"<title>{_text(entry.title)}</title>"
    yield f"<link>{_text(entry.address)}</link>"
    # An id may be a former address of the note, so it need not lead anywhere.
    yield f'<guid isPermaLink="false">{_text(entry.id)}</guid>'
    yield f"<pubDate>{_mail_date(entry.published)}</pubDate>"
    if entry.updated != entry.published:
        yield f"<atom:updated>{_iso(entry.updated)}</atom:updated>"
    yield from (f"<dc:creator>{_text(name)}</dc:creator>" for name in entry.authors)
    yield from (f"<category>{_text(term)}</category>" for term in entry.terms)
    if entry.summary:
        yield f"<description>{_html(entry.summary)}</description>"
    yield f"<content:encoded>{_text(entry.html)}</content:encoded>"
    yield "</item>"


def json_feed(feed: Feed) -> bytes:
    """Return a feed in JSON Feed 1.1."""
    found = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.address,
        "description": feed.description,
        "authors": [{"name": feed.author}],
        "language": feed.language,
    }
    made = _filled(found) | {"items": [_json_item(entry) for entry in feed.entries]}
    return (json.dumps(made, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "replace")


def _json_item(entry: FeedEntry) -> dict[str, object]:
    return _filled(
        {
            "id": entry.id,
            "url": entry.address,
            "title": entry.title,
            # An item must have a content, even if the note has no text.
            "content_html": entry.html or "<p></p>",
            "summary": entry.summary,
            "image": entry.picture.address if entry.picture else "",
            "date_published": _iso(entry.published),
            "date_modified": _iso(entry.updated),
            "authors": [{"name": name} for name in entry.authors],
            "tags": list(entry.terms),
            "language": entry.language,
        }
    )


def _filled(found: Mapping[str, object]) -> dict[str, object]:
    """Return the members that have a value."""
    return {name: value for name, value in found.items() if value}


class FeedFormat(NamedTuple):
    """A format of feeds: the ending of its files, its media type and the function that writes it."""

    ending: str
    media_type: str
    write: Callable[[Feed], bytes]


FORMATS: Final = {
    "atom": FeedFormat("atom.xml", "application/atom+xml", atom),
    "rss": FeedFormat("rss.xml", "application/rss+xml", rss),
    "json": FeedFormat("json", "application/feed+json", json_feed),
}


_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


def _iso(moment: datetime) -> str:
    return moment.replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def _mail_date(moment: datetime) -> str:
    """Return a moment in the format of RFC 822, which RSS requires."""
    # The names are English in every locale.
    day, month = _DAYS[moment.weekday()], _MONTHS[moment.month - 1]
    return f"{day}, {moment.day:02} {month} {moment.year:04} {moment:%H:%M:%S} GMT"


def _html(text: str) -> str:
    """Return a plain text for an element that contains HTML: it is escaped as HTML, and then as XML."""
    return _text(escape(text, quote=False))


def _text(text: str) -> str:
    """Return a text as the content of an XML element or attribute."""
    return escape(for_xml(text))


def _lines(*lines: str) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")
