"""All corrections of a vault: from its problems to the new texts of notes, which are not written yet."""

from collections.abc import Iterable, Mapping
from typing import Final, NamedTuple

from garden.authoring.fixes.former_names import former_names
from garden.authoring.fixes.lines import LINE_FIXES
from garden.authoring.fixes.links import LinkFixer
from garden.authoring.fixes.note_text import Edit, NoteText
from garden.authoring.fixes.tags import fix_tags, tags_meant
from garden.linking.tag_variants import tag_variants
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath, fold, is_note
from garden.vault.site import Site

_LINK_CODES: Final = frozenset(("link-unresolved", "embed-missing", "heading-missing"))
_TAG_CODE: Final = "tag-variants"

FIXABLE: Final = frozenset((*LINE_FIXES, *_LINK_CODES, _TAG_CODE))
"""The ids of problems that can be corrected, if it is certain how."""


class Fixes(NamedTuple):
    """The new texts of the notes that change, by path, and the problems that this corrects."""

    notes: Mapping[VaultPath, NoteText]
    corrected: tuple[Diagnostic, ...]


def fixed_notes(site: Site, problems: Iterable[Diagnostic]) -> Fixes:
    """Return the corrections of these problems, as far as they are certain; nothing is written.

    A note that is not UTF-8, or cannot be read, is left as it is. Problems of lines and links are corrected at their
    places, those of tags in every note that has the tag.
    """
    by_note: dict[VaultPath, list[Diagnostic]] = {}
    by_tag: dict[Place, Diagnostic] = {}
    for problem in problems:
        if problem.code == _TAG_CODE:
            by_tag[problem.place] = problem
        elif problem.code in FIXABLE and _is_markdown(problem.place.path, site):
            by_note.setdefault(VaultPath(problem.place.path), []).append(problem)
    documents = site.snapshot.documents
    published = [document for document in documents.values() if document.published]
    groups = [group for group in tag_variants(published, site.snapshot.tags) if group.place in by_tag]
    meant = tags_meant(groups)
    tagged = {
        path
        for path, document in documents.items()
        if is_note(path) and any(fold(tag.name) in meant for tag in document.tags)
    }
    has_wrong_links = any(problem.code in _LINK_CODES for each in by_note.values() for problem in each)
    # Former names come from the history of the repository, which takes time to read.
    fixer = LinkFixer(site.snapshot, former_names(site) if has_wrong_links else {})
    changed = {}
    corrected = [by_tag[group.place] for group in groups]
    for path in sorted(by_note.keys() | tagged):
        try:
            note = NoteText(site.files.root / path)
        except (OSError, UnicodeDecodeError):
            continue
        edits: list[Edit] = []
        for problem in by_note.get(path, ()):
            fix = fixer.edits if problem.code in _LINK_CODES else LINE_FIXES[problem.code]
            found = list(fix(problem, note))
            edits += found
            corrected += [problem] if found else []
        note.apply(edits)
        if path in tagged:
            fix_tags(note, path, meant, site.settings.reading)
        if note.is_changed:
            changed[path] = note
    return Fixes(changed, tuple(sorted(corrected, key=lambda problem: problem.place)))


def _is_markdown(path: str, site: Site) -> bool:
    """Say whether a path is that of a Markdown note: only there the places of problems are places in the file."""
    return is_note(path) and VaultPath(path) in site.snapshot.documents
