"""A provisional snapshot after one note has changed or has been added, made without linking the other notes again.

Linking takes time that grows with the vault, and an author who has saved a sentence wants to see that sentence at once.
The links of the changed note keep their resolutions, and new ones are resolved with the names that the vault had before. A
new note, or a tag that no note had, gets the address that it asks for; a new note is in no list yet, as if it were hidden.
The effects on other notes are found when all notes are linked again, which also replaces this snapshot. Where nothing that
linking depends on has changed, `changed_text` makes a snapshot that is final.
"""

from typing import TYPE_CHECKING

from msgspec.structs import replace

from garden.linking.addresses.generated import group_url
from garden.linking.addresses.notes import request_address
from garden.linking.home_note import may_be_home
from garden.linking.incremental.changed_mapping import with_entries, with_entry
from garden.linking.relation import Node
from garden.linking.resolving.resolution import Found, Resolution
from garden.linking.resolving.resolve import resolution_key
from garden.linking.sections import present_part
from garden.linking.snapshot import Snapshot
from garden.linking.translations import says_translation
from garden.model.names import Folded, Url, fold, is_view_file
from garden.model.note import Document
from garden.model.routes import TAG_FOLDER

if TYPE_CHECKING:
    from garden.linking.link_vault import Linking

_ADDRESS = ("slug", "permalink", "url", "save_as", "status", "lang")
"""The properties that decide where a page is, besides its title where addresses are made from titles."""


def with_text(snapshot: Snapshot, document: Document, *, by_title: bool) -> Snapshot | None:
    """Return the snapshot with `document` in place of the note that was at its path.

    None if that needs the other notes, because the address of the note has changed: `by_title` says that its title may
    be in the address.
    """
    before = snapshot.documents[document.path]
    if (by_title and document.title != before.title) or any(
        getattr(document.meta, name) != getattr(before.meta, name) for name in _ADDRESS
    ):
        return None
    return _with_document(snapshot, document)


def with_new_note(linking: "Linking", snapshot: Snapshot, document: Document) -> Snapshot | None:
    """Return the snapshot with a note that was not in the vault when it was linked last.

    None for a note that is held back (PB-1), and for one whose address depends on other notes: because it asks for one that
    is taken, for that of the home page or of a translation, or because it may have had an address before.
    """
    settings, known = linking.settings, linking.known
    if (
        not document.published
        or may_be_home(document, settings.home)
        or document.meta.lang
        or says_translation(document)
        or is_view_file(document.path)
        or document.path in known.notes
        # A note with the same text that has been published: it may be this one, under another name.
        or any(line.content == document.text_hash for line in known.ledger.of_kind("note"))
    ):
        return None
    url = request_address(document, settings).url
    if linking.registry.page_owner(url):
        return None
    addresses = with_entry(snapshot.addresses, Node("note", document.path), url)
    return _with_document(replace(snapshot, addresses=addresses), document)


def _with_document(snapshot: Snapshot, document: Document) -> Snapshot:
    """Return the snapshot with a note that has an address, and with the addresses of its new tags."""
    return replace(
        snapshot,
        documents=with_entry(snapshot.documents, document.path, document),
        resolutions=with_entry(snapshot.resolutions, document.path, _resolutions(snapshot, document)),
        tag_addresses=with_entries(snapshot.tag_addresses, _new_tags(snapshot, document)),
    )


def _new_tags(snapshot: Snapshot, document: Document) -> dict[Folded, Url]:
    """Return the addresses of the tags that no note had when the notes were linked last."""
    keys = (fold(tag.name) for tag in document.tags)
    return {key: group_url(TAG_FOLDER, key) for key in keys if key and key not in snapshot.tag_addresses}


def _resolutions(snapshot: Snapshot, after: Document) -> tuple[Resolution, ...]:
    """Return the resolutions of a note's references: the former ones, and for new references what the former vault gives."""
    before = snapshot.documents.get(after.path)
    refs = before.refs if before else ()
    resolutions = snapshot.resolutions.get(after.path, ())
    known = {resolution_key(ref): answer for ref, answer in zip(refs, resolutions, strict=True)}
    own = Node("note", after.path)
    found = []
    for ref in after.refs:
        answer = known.get(resolution_key(ref)) or snapshot.locate(after.path, ref)
        if isinstance(answer, Found) and answer.node == own and answer.part is not None:
            # The headings and blocks of the note itself are those of its present text.
            part = present_part(after, answer.part)
            answer = replace(answer, part=part, anchor=answer.anchor if part else None, part_missing=not part)
        found.append(answer)
    return tuple(found)
