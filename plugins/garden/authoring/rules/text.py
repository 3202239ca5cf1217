"""Rules about the text of notes: fields, headings, pictures."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

from garden.authoring.checked_vault import CheckedVault
from garden.linking.resolving.resolution import FoundFile
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import VaultPath, field_key, is_image
from garden.model.note import Document, Ref
from garden.reading.frontmatter.misspelling import LIKELY_TYPOS, typo
from garden.reading.frontmatter.property import KNOWN_KEYS

_FREQUENT: Final = 5  # notes that must have a field, so that its name is certainly not a typo itself
_LONG: Final = 6  # characters from which a wrong letter is a typo; in shorter names it may make another word
_LARGE_IMAGE: Final = 2_000_000
"""Bytes. Pages show smaller variants of an image, but the file is published as well."""


def near_fields(vault: CheckedVault) -> Iterator[Diagnostic]:
    """Find fields and properties that only one note has, and whose names are one typo away from a relation or a usual field."""
    relations = tuple(vault.site.settings.reading.relations)
    uses = [_field_places(document) for document in vault.published]
    notes = Counter(key for places in uses for key in places)
    usual = [key for key, count in sorted(notes.items()) if count >= _FREQUENT]
    meant = list(dict.fromkeys((*relations, *usual)))
    known = {*relations, *KNOWN_KEYS, *map(field_key, KNOWN_KEYS), *usual}
    for places in uses:
        for key, (label, place) in places.items():
            near = "" if key in known or notes[key] > 1 else _nearest(key, meant)
            if near:
                message = f'the field "{label}" is in no other note'
                yield Diagnostic(place, "field-near", message, f"did you mean `{near}`?")


def skipped_headings(vault: CheckedVault) -> Iterator[Diagnostic]:
    """Find headings that are more than one level below the one before."""
    for document in vault.published:
        before = 0
        for heading in document.headings:
            if heading.nested:
                continue
            if before and heading.level > before + 1:
                message = f"this heading has level {heading.level}, the one before it has level {before}"
                hint = f"write {'#' * (before + 1)}: people with screen readers navigate by levels"
                yield Diagnostic(heading.place, "heading-skipped", message, hint)
            before = heading.level


def images_without_text(vault: CheckedVault) -> Iterator[Diagnostic]:
    """Find pictures without a description."""
    for document in vault.published:
        for ref, path in _images(vault, document):
            if not ref.display.strip():
                message = f"{path} has no alternative text"
                hint = "describe it: `![what it shows](…)` or `![[…|what it shows]]`"
                yield Diagnostic(ref.place, "image-alt-missing", message, hint)


def large_images(vault: CheckedVault) -> Iterator[Diagnostic]:
    """Find large image files, each where it is first shown."""
    seen: set[VaultPath] = set()
    for document in vault.published:
        for ref, path in _images(vault, document):
            if path in seen:
                continue
            seen.add(path)
            size = _size(vault, path)
            if size > _LARGE_IMAGE:
                message = f"{path} has {size / 1_000_000:.1f} MB"
                hint = "save it with fewer pixels, or as WebP"
                yield Diagnostic(ref.place, "image-large", message, hint)


def _field_places(document: Document) -> dict[str, tuple[str, Place]]:
    """Return the fields of a note, and its properties, by compared name: the first label and its place."""
    found: dict[str, tuple[str, Place]] = {}
    for name, place in document.meta.places.items():
        found.setdefault(field_key(name), (name, place))
    for field in document.fields:
        found.setdefault(field.key, (field.label, field.place))
    return found


def _nearest(key: str, meant: list[str]) -> str:
    """Return the name of which `key` is certainly a typo, empty if there is none."""
    if len(key) < 3:
        return ""
    for name in meant:
        found = typo(key, name)
        if found in LIKELY_TYPOS or (found is not None and min(len(key), len(name)) >= _LONG):
            return name
    return ""


def _images(vault: CheckedVault, document: Document) -> Iterator[tuple[Ref, VaultPath]]:
    """Yield the references in a note's text that show an image, each with its path; an image in front matter is not one."""
    answers = vault.site.snapshot.resolutions[document.path]
    for ref, answer in zip(document.refs, answers, strict=True):
        shows = ref.kind.value in ("embed", "image") and ref not in document.meta.refs
        if shows and isinstance(answer, FoundFile) and is_image(answer.path):
            yield ref, answer.path


def _size(vault: CheckedVault, path: VaultPath) -> int:
    try:
        return (vault.site.files.root / path).stat().st_size
    except OSError:
        return 0
