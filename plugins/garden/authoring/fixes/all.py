"""All fixes of a vault: from problems to notes whose text is corrected, and not yet written."""

from collections.abc import Iterable, Mapping
from typing import Final

from garden.authoring.fixes.former_names import former_names
from garden.authoring.fixes.lines import LINE_FIXES
from garden.authoring.fixes.links import LinkFixer
from garden.authoring.fixes.note_text import NoteText
from garden.authoring.fixes.tags import fix_tags, tags_meant
from garden.linking.tag_variants import tag_variants
from garden.model.diagnostic import Diagnostic
from garden.model.names import VaultPath, fold, is_note
from garden.vault.site import Site

_LINK_CODES: Final = frozenset(("link-unresolved", "embed-missing", "heading-missing"))
_TAG_CODE: Final = "tag-variants"

FIXABLE: Final = frozenset((*LINE_FIXES, *_LINK_CODES, _TAG_CODE))
"""The ids whose problems can be corrected, where it is certain how."""


def fixed_notes(site: Site, problems: Iterable[Diagnostic]) -> Mapping[VaultPath, NoteText]:
    """Return the notes that change when these problems are corrected, by path; nothing is written.

    A note that is not UTF-8, or cannot be read, is left as it is.
    """
    by_note: dict[VaultPath, list[Diagnostic]] = {}
    tag_places = set()
    for problem in problems:
        if problem.code == _TAG_CODE:
            tag_places.add(problem.place)
        elif problem.code in FIXABLE and _is_text(problem.place.path, site):
            by_note.setdefault(VaultPath(problem.place.path), []).append(problem)
    documents = site.snapshot.documents
    published = [document for document in documents.values() if document.published]
    groups = [group for group in tag_variants(published, site.snapshot.tags) if group.place in tag_places]
    meant = tags_meant(groups)
    tagged = {
        path
        for path, document in documents.items()
        if is_note(path) and any(fold(tag.name) in meant for tag in document.tags)
    }
    wants_names = any(problem.code in _LINK_CODES for found in by_note.values() for problem in found)
    fixer = LinkFixer(site.snapshot, former_names(site) if wants_names else {})
    changed = {}
    for path in sorted(by_note.keys() | tagged):
        try:
            note = NoteText(site.files.root / path)
        except (OSError, UnicodeDecodeError):
            continue
        edits = [
            edit
            for problem in by_note.get(path, ())
            for edit in (
                fixer.edits(problem, note)
                if problem.code in _LINK_CODES
                else LINE_FIXES[problem.code](problem, note)
            )
        ]
        note.apply(edits)
        if path in tagged:
            fix_tags(note, path, meant, site.settings.reading)
        if note.is_changed:
            changed[path] = note
    return changed


def _is_text(path: str, site: Site) -> bool:
    """Say whether the places in a note are those in its file, unlike in a notebook."""
    return is_note(path) and VaultPath(path) in site.snapshot.documents
