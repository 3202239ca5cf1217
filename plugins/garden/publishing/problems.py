"""Every problem of a vault, found without rendering a template or writing a file."""

from garden.checking.fidelity import code_problems
from garden.model.diagnostic import Diagnostic
from garden.publishing.images import image_files
from garden.rendering.body.fill import fill
from garden.vault.site import Site


def problems(site: Site) -> list[Diagnostic]:
    """Return what reading, linking, filling and the check of code report, by place: what a build reports."""
    found = set(site.snapshot.diagnostics)
    for path, document in site.snapshot.documents.items():
        found.update(document.problems)
        if document.published:
            filled = fill(site.snapshot, site.body, path, site.settings)
            found.update(filled.problems)
            if "<code" in filled.html:
                sources = {source: site.text(source) for source in filled.sources}
                found.update(code_problems(filled.html, path, sources))
    found.update(image_files(site.files.root, site.snapshot.files, None, 0).problems)
    return sorted(found)
