"""What the search engine reads: for each note a bare page with its words, for all the branches and tags.

It is fed from Documents and not from finished pages, so that menus, lists and other notes' text
are no matches of a page. Only listed notes that say something take part: no drafts, no hidden
notes, no lists, no hubs without text.

The engine cuts text at blanks. Chinese and Japanese have none, so each of their characters is
made a word; the script in the browser asks for a run of them as a phrase, which finds every
part of a text exactly, in a site of any language and without a dictionary.

Branches and tags are not given to the engine: it writes its own filters in an order that changes
from run to run (HC-7).
"""

import json
import re
from collections.abc import Callable, Iterator
from functools import partial
from html import escape
from typing import Final, NamedTuple

from garden.linking.answers import Node
from garden.linking.hierarchy import trails
from garden.model import names
from garden.model.names import SaveAs, fold
from garden.model.note import Document
from garden.rendering.library import Library
from garden.rendering.relations import MAX_TRAILS

FILTERS: Final = SaveAs("filters.json")

_LEVELS: Final = 2
"""Levels of the hierarchy that are offered as branches to search in: those that the home page shows."""

# Ideographs and kana. Korean has blanks between its words. `lib/search-core.js` has the same ranges.
_UNSPACED: Final = re.compile(
    "([\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff])"
)
_BLANKS: Final = re.compile(" {2,}")


class SearchRecord(NamedTuple):
    """A file that the engine reads; made only where its `facts` have changed."""

    save_as: SaveAs
    facts: str
    content: Callable[[], bytes]


def search_records(library: Library) -> Iterator[SearchRecord]:
    """Yield the page that the engine reads for each listed note with text, by path, then the filters.

    These are `FILTERS`: under `branch` and `tag`, every name with the addresses of its notes.
    """
    branches: dict[str, list[str]] = {}
    tags: dict[str, list[str]] = {}
    for path in sorted(library.listed):
        document = library.document(path)
        if not document.plain.strip():
            continue
        node = Node("note", path)
        url = library.url(node)
        trail = " › ".join(library.short_trail(node))
        facts = repr((document.sha, document.title, trail, library.settings.reading))
        yield SearchRecord(names.save_as(url), facts, partial(_record, document, trail))
        for found, groups in ((_branches(library, node), branches), (_tags(library, document), tags)):
            for name in found:
                groups.setdefault(name, []).append(f"/{url}")
    filters = json.dumps({"branch": branches, "tag": tags}, ensure_ascii=False, sort_keys=True)
    yield SearchRecord(FILTERS, filters, partial(str.encode, filters, "utf-8", "replace"))


def spaced(text: str) -> str:
    """Return `text` with a blank on both sides of each ideograph and kana."""
    return _BLANKS.sub(" ", _UNSPACED.sub(r" \1 ", text)).strip()


def _record(document: Document, trail: str) -> bytes:
    facts = [_meta("title", document.title), *([_meta("trail", trail)] if trail else [])]
    page = (
        f"<!DOCTYPE html><html><head><title>{_text(document.title)}</title></head>\n"
        f"<body>{''.join(facts)}<main data-pagefind-body>\n"
        f"<h1>{_text(spaced(document.title))}</h1>\n{''.join(_text_of(document))}</main></body></html>\n"
    )
    return page.encode("utf-8", "replace")


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


def _branches(library: Library, node: Node) -> set[str]:
    """Return the titles of the upper branches that hold a note, a branch's own top included."""
    found: dict[Node, None] = {}
    for trail in trails(library.snapshot, node, MAX_TRAILS):
        found.update(dict.fromkeys(above for above in trail[:_LEVELS] if library.is_listed(above)))
    if library.branches.children.get(node) and library.branches.depths[node] < _LEVELS:
        found[node] = None
    return {library.title(above) for above in found}


def _tags(library: Library, document: Document) -> set[str]:
    """Return the names of a note's tags and of the tags above them, as the site writes them."""
    entries = library.snapshot.tags
    found: set[str] = set()
    for tag in document.tags:
        parts = tag.name.split("/")
        keys = (fold("/".join(parts[:end])) for end in range(1, len(parts) + 1))
        found.update(entries[key].name for key in keys if key in entries)
    return found


def _meta(name: str, value: str) -> str:
    return f'<meta data-pagefind-meta="{name}[content]" content="{escape(value)}">\n'


def _text(text: str) -> str:
    return escape(text, quote=False)
