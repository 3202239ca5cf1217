"""Copies of the attachments that published notes show or link to (HC-6)."""

from collections.abc import Iterator

from garden.linking.snapshot import Snapshot
from garden.model import names, routes
from garden.model.pages.page import Artifact


def attachments(snapshot: Snapshot) -> Iterator[Artifact]:
    """Yield one artifact for each file to copy, in path order; its `source` is the vault path.

    The author's own redirects are not copied as they are, because the site's are added to them.
    """
    for path in sorted(path for path, url in snapshot.files.items() if url != routes.REDIRECTS):
        yield Artifact(names.save_as(snapshot.files[path]), source=path)
