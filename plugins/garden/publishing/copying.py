"""Copies files of the vault into the output."""

from collections.abc import Iterator

from garden.model.diagnostic import Diagnostic, Place
from garden.model.pages.page import Artifact
from garden.publishing.folder.output import Output
from garden.vault.site import Site


def copy_from_vault(site: Site, output: Output, artifact: Artifact) -> Iterator[Diagnostic]:
    """Copy a file of the vault; report it if it has vanished since the vault was scanned (HC-9)."""
    source = site.files.root / artifact.source
    try:
        output.copy(artifact.save_as, source)
    except OSError:
        if source.exists():
            raise
        problem = "this file existed when the build began, but could not be read later: it is not published"
        yield Diagnostic(Place(artifact.source, 1, 1), "file-changed", problem)
