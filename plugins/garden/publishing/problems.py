"""Every problem of a vault, found without rendering a template or writing a file."""

from garden.model.diagnostic import Diagnostic
from garden.publishing.images import image_files
from garden.rendering.body.fill import fill
from garden.vault.site import Site


def problems(site: Site) -> list[Diagnostic]:
    """Return what reading, linking and filling report, by place: what a build reports."""
    found = set(site.snapshot.diagnostics)
    for path, document in site.snapshot.documents.items():
        found.update(document.problems)
        if document.published:
            found.update(fill(site.snapshot, site.body, path, site.settings).problems)
    found.update(image_files(site.files.root, site.snapshot.files, None, 0).problems)
    return sorted(found)
