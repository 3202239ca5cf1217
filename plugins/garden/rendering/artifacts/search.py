"""What the search engine reads of each note: a bare page with its words, its trail, its filters.

It is fed from Documents and not from finished pages, so that menus, lists and other notes' text
are no matches of a page. Only listed notes that say something take part: no drafts, no hidden
notes, no lists, no hubs without text.

The engine cuts text at blanks. Chinese and Japanese have none, so each of their characters is
made a word; the script in the browser asks for a run of them as a phrase, which finds every
part of a text exactly, in a site of any language and without a dictionary.
"""

import re
from collections.abc import Iterator
from html import escape
from typing import Final

from garden.linking.answers import Node
from garden.linking.hierarchy import trails
from garden.model import names
from garden.model.names import fold
from garden.model.note import Document
from garden.model.page import Artifact
from garden.rendering.library import Library
from garden.rendering.relations import MAX_TRAILS

_LEVELS: Final = 2
"""Levels of the hierarchy that are offered as branches to search in: those that the home page shows."""

# Ideographs and kana. Korean has blanks between its words. `lib/search-core.js` has the same ranges.
_UNSPACED: Final = re.compile(
    "([\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff])"
)
_BLANKS: Final = re.compile(" {2,}")


def search_records(library: Library) -> Iterator[Artifact]:
    """Yield the page that the search engine reads for each listed note with text, by path."""
    for path in sorted(library.listed):
        document = library.document(path)
        if document.plain.strip():
            content = _record(library, document).encode("utf-8", "replace")
            yield Artifact(names.save_as(library.url(Node("note", path))), content)


def spaced(text: str) -> str:
    """Return `text` with a blank on both sides of each ideograph and kana."""
    return _BLANKS.sub(" ", _UNSPACED.sub(r" \1 ", text)).strip()


def _record(library: Library, document: Document) -> str:
    node = Node("note", document.path)
    trail = " › ".join(library.short_trail(node))
    facts = [_meta("meta", "title", document.title)]
    facts += [_meta("meta", "trail", trail)] if trail else []
    facts += [_meta("filter", "branch", branch) for branch in _branches(library, node)]
    facts += [_meta("filter", "tag", tag) for tag in _tags(library, document)]
    language = document.meta.lang or library.settings.language
    return (
        f'<!DOCTYPE html><html lang="{escape(language)}"><head><title>{_text(document.title)}</title></head>\n'
        f"<body>{''.join(facts)}<main data-pagefind-body>\n"
        f"<h1>{_text(spaced(document.title))}</h1>\n{''.join(_text_of(document))}</main></body></html>\n"
    )


def _text_of(document: Document) -> Iterator[str]:
    """Yield the text with the headings in their places; their ids let a result lead to its section."""
    lines = document.plain.split("\n")
    done = 0
    for heading in document.headings:
        yield from map(_paragraph, lines[done : heading.above])
        done = max(done, heading.above)
        if heading.shown:
            level = max(2, heading.level)
            yield f'<h{level} id="{escape(heading.anchor)}">{_text(spaced(heading.text))}</h{level}>\n'
    yield from map(_paragraph, lines[done:])


def _paragraph(line: str) -> str:
    return f"<p>{_text(spaced(line))}</p>\n" if line.strip() else ""


def _branches(library: Library, node: Node) -> list[str]:
    """Return the titles of the upper branches that hold a note, a branch's own top included."""
    found = {}
    for trail in trails(library.snapshot, node, MAX_TRAILS):
        found.update(dict.fromkeys(above for above in trail[:_LEVELS] if library.is_listed(above)))
    if library.branches.children.get(node) and library.branches.depths[node] < _LEVELS:
        found[node] = None
    return sorted({library.title(above) for above in found})


def _tags(library: Library, document: Document) -> list[str]:
    """Return the names of a note's tags and of the tags above them, as the site writes them."""
    entries = library.snapshot.tags
    found = set()
    for tag in document.tags:
        parts = tag.name.split("/")
        keys = (fold("/".join(parts[:end])) for end in range(1, len(parts) + 1))
        found.update(entries[key].name for key in keys if key in entries)
    return sorted(found)


def _meta(kind: str, name: str, value: str) -> str:
    return f'<meta data-pagefind-{kind}="{name}[content]" content="{escape(value)}">\n'


def _text(text: str) -> str:
    return escape(text, quote=False)
