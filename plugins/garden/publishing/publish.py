"""Writes the files that do not depend on a theme, for sites whose pages another program renders."""

from collections.abc import Iterable

from garden.model.diagnostic import Diagnostic
from garden.model.pages.page import Artifact
from garden.publishing.copying import copy_from_vault
from garden.publishing.folder.output import Output
from garden.publishing.problems import known_problems
from garden.publishing.redirects import write_redirects
from garden.vault.site import Site


def publish_files(site: Site, output: Output, others: Iterable[Artifact] = ()) -> list[Diagnostic]:
    """Write the files that do not depend on a theme, for sites whose pages another program renders: `others`, and redirects."""
    found = known_problems(site)
    for artifact in others:
        if artifact.source:
            found.update(copy_from_vault(site, output, artifact))
        else:
            output.write(artifact.save_as, artifact.content)
    write_redirects(site, output)
    return sorted(found)
