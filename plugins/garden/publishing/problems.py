"""Finds all problems of a vault without rendering a template or writing a file."""

from garden.model.diagnostic import Diagnostic
from garden.publishing.pictures.images import image_files
from garden.rendering.body.fill import fill
from garden.vault.site import Site


def problems(site: Site) -> list[Diagnostic]:
    """Return the problems that reading, linking and filling report, by place: the same as those of a build."""
    found = known_problems(site)
    for path, document in site.snapshot.documents.items():
        if document.published:
            found.update(fill(site.snapshot, site.body, path, site.settings).problems)
    found.update(image_files(site.files.root, site.snapshot.files, None, 0).problems)
    return sorted(found)


def known_problems(site: Site) -> set[Diagnostic]:
    """Return the problems that reading and linking have found."""
    found = set(site.snapshot.diagnostics)
    for document in site.snapshot.documents.values():
        found.update(document.problems)
    return found
