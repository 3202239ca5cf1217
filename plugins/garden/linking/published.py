"""Collects what is published besides notes: pages without a note, and files; and all pages in the form of the ledger."""

from collections.abc import Iterable, Iterator, Mapping

from garden.linking.addresses.pages import PageAddresses
from garden.linking.hierarchy.hubs import WantedParents
from garden.linking.hierarchy.parent_policies import ParentPolicies
from garden.linking.hierarchy.relation_fields import RelationFields
from garden.linking.ledger.state import PublishedPages, published_groups
from garden.linking.note_groups import NoteGroups
from garden.linking.relation import Hub, Node, NoteGroup
from garden.linking.resolving.messages import one_line
from garden.linking.resolving.resolution import FoundFile, Resolution
from garden.linking.resolving.resolve import GeneratedPages
from garden.model.diagnostic import IN_SETTINGS, Diagnostic
from garden.model.names import Folded, Url, VaultPath
from garden.model.note import Document
from garden.model.settings import OWN_FILES


def pages_without_note(
    pages: PageAddresses,
    wanted: WantedParents,
    variants: Mapping[Folded, Folded],
    fields: RelationFields,
    policies: ParentPolicies,
) -> GeneratedPages:
    """Return the pages without a note that a link can lead to; `variants` are spellings of tags, with the tag that each means."""
    # A tag in a text keeps its spelling and leads to the tag that it stands for.
    of_variants = {variant: pages.tags[tag] for variant, tag in variants.items() if tag in pages.tags}
    return GeneratedPages(
        hubs={hub.key: hub for hub in wanted.hubs},
        pages={
            "tag": {**pages.tags, **of_variants},
            "category": pages.categories,
            "author": pages.authors,
        },
        named_like_drafts=wanted.named_like_drafts,
        respelled=wanted.respelled,
        ups=fields.ups,
        policies=policies,
    )


def published_pages(
    pages: PageAddresses,
    groups: NoteGroups,
    hubs: Mapping[Folded, Hub],
    children: Mapping[Node, tuple[Node, ...]],
    documents: Mapping[VaultPath, Document],
) -> PublishedPages:
    """Return all pages in the form of the ledger."""
    return PublishedPages(
        {VaultPath(node.key): url for node, url in pages.notes.items()},
        {request.document.path: request for request in pages.requests},
        (
            *published_groups("hub", *_hub_entries(hubs, pages.hubs, children)),
            *published_groups("tag", groups.tags.values(), pages.tags),
            *published_groups("category", groups.categories.values(), pages.categories),
            *published_groups("author", groups.authors.values(), pages.authors),
        ),
        documents,
    )


def _hub_entries(
    hubs: Mapping[Folded, Hub], urls: Mapping[Node, Url], children: Mapping[Node, tuple[Node, ...]]
) -> tuple[list[NoteGroup], dict[Folded, Url]]:
    """Return the hubs in the form of the ledger: a name with its notes, by path, and an address."""
    entries = []
    for key, hub in hubs.items():
        notes = sorted(node.key for node in children.get(Node("hub", key), ()) if node.kind == "note")
        entries.append(NoteGroup(key, hub.title, tuple(map(VaultPath, notes))))
    return entries, {Folded(node.key): url for node, url in urls.items()}


def published_files(
    published: Iterable[Document],
    resolutions: Mapping[VaultPath, tuple[Resolution, ...]],
    attachments: Iterable[VaultPath],
    static: Iterable[str],
) -> set[VaultPath]:
    """Return the attachments that a published note refers to or that are under a static path (HC-6)."""
    folders = tuple(path.strip("/") for path in static)
    found = {
        path for path in attachments if any(path == top or path.startswith(top + "/") for top in folders)
    }
    for document in published:
        for resolution in resolutions[document.path]:
            if isinstance(resolution, FoundFile):
                found.add(resolution.path)
    return found


def unmatched_static(
    attachments: Iterable[VaultPath], documents: Iterable[VaultPath], static: Iterable[str]
) -> Iterator[Diagnostic]:
    """Report the paths in the setting `static` that no file matches."""
    named = {path: path.strip("/") for path in static if path not in OWN_FILES}
    paths = (*attachments, *documents) if named else ()
    for written, top in named.items():
        if not any(path == top or path.startswith(f"{top}/") for path in paths):
            message = f'GARDEN["static"]: no file in the folder of notes matches "{one_line(written)}"'
            hint = "write the path of a file or folder, from the folder of notes on"
            yield Diagnostic(IN_SETTINGS, "setting-unused", message, hint)
