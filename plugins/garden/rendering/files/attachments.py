"""Copies of the attachments that published notes show or link to (HC-6)."""

from collections.abc import Iterator

from garden.linking.snapshot import Snapshot
from garden.model import names
from garden.model.pages import Artifact


def attachments(snapshot: Snapshot) -> Iterator[Artifact]:
    """Yield one artifact for each file to copy, in path order; its `source` is the vault path."""
    for path in sorted(snapshot.files):
        yield Artifact(names.save_as(snapshot.files[path]), source=path)
