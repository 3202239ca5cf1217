"""Decides which bases, canvases and drawings are part of the site (VW-17): those that published notes or canvases link to.

Except for canvases, such a file has no status of its own. One that nothing published refers to is a draft; one that is only
embedded is shown there, and has no page.
"""

from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase

from msgspec.structs import replace

from garden.linking.resolving.index import Index
from garden.linking.resolving.messages import is_embed
from garden.linking.resolving.resolve import locate
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath, extension, is_view_file
from garden.model.note import Document, HeldBack, HoldReason, Status

Documents = Mapping[VaultPath, Document]


def with_view_statuses(
    documents: Documents,
    attachments: Iterable[VaultPath],
    patterns: tuple[str, ...],
    kinds: tuple[str, ...],
) -> tuple[Documents, tuple[Diagnostic, ...]]:
    """Return the documents with the status of each view file decided, and the problems found.

    View files whose path matches one of `patterns` get a page in any case. `kinds` are those of VIEW_KINDS that the site
    shows.
    """
    views = [path for path in documents if is_view_file(path)]
    unwanted = {path: _unlinked(documents[path]) for path in views if extension(path) not in kinds}
    documents = {**documents, **unwanted}
    views = [path for path in views if path not in unwanted]
    if not views:
        return documents, ()
    linked, embedded = _named(documents, Index(documents, attachments), views, patterns)
    settled = dict(documents)
    problems = []
    for path in views:
        document = documents[path]
        if path in linked or not document.published:
            continue
        if path in embedded:
            settled[path] = replace(
                document, meta=replace(document.meta, status=Status.HIDDEN), has_page=False
            )
            continue
        settled[path] = _unlinked(document)
        message = "no published note links to this file, so it has no page"
        problems.append(Diagnostic(Place(path, 1, 1), "view-unlinked", message))
    return settled, tuple(problems)


def _unlinked(document: Document) -> Document:
    """Return the document of a view file as a draft, since nothing links to it."""
    meta = replace(document.meta, status=Status.DRAFT, held=HeldBack(HoldReason.UNLINKED, ""))
    return replace(document, meta=meta)


def _named(
    documents: Documents, index: Index, views: list[VaultPath], patterns: tuple[str, ...]
) -> tuple[set[VaultPath], set[VaultPath]]:
    """Return the view files that are linked to, and those that are embedded, also by view files that have a page."""
    linked = {path for path in views if documents[path].published and _matches_any(path, patterns)}
    embedded: set[VaultPath] = set()
    waiting = [path for path, document in documents.items() if document.published and not is_view_file(path)]
    waiting += sorted(linked)
    while waiting:
        source = waiting.pop()
        for ref in documents[source].refs:
            if not is_view_file(ref.target.path):
                continue
            match = locate(index, source, ref)
            found = match.entry.path if match else source
            if not is_view_file(found) or not documents[found].published:
                continue
            if is_embed(ref) and extension(found) != "canvas":
                embedded.add(found)
            elif found not in linked:
                linked.add(found)
                waiting.append(found)
    return linked, embedded


def _matches_any(path: str, patterns: tuple[str, ...]) -> bool:
    """Say whether a path matches one of the patterns, or is in a folder that one names."""
    return any(
        fnmatchcase(path, pattern) or path.startswith(f"{pattern.rstrip('/')}/") for pattern in patterns
    )
