"""Vaults for the tests of single modules."""

from collections.abc import Callable

import pytest

from garden.linking.relation import Node
from garden.linking.snapshot import Snapshot
from garden.model.note import Document
from tests.support.vault import link_documents, make_document, read_vault


@pytest.fixture
def note() -> Callable[..., Document]:
    """Give the function that makes a note without the parser."""
    return make_document


@pytest.fixture
def linked() -> Callable[..., Snapshot]:
    """Give the function that links notes and files into a snapshot."""
    return link_documents


@pytest.fixture
def read() -> Callable[..., Snapshot]:
    """Give the function that reads and links notes from their texts."""
    return read_vault


@pytest.fixture
def related() -> Callable[..., list[str]]:
    """Give the function that names what is in a relation to a note, as `path` or `hub:name`."""

    def names(snapshot: Snapshot, path: str, relation: str, kind: str = "note") -> list[str]:
        edges = snapshot.relations.get(Node(kind, path), {}).get(relation, ())
        return [
            f"text:{edge.text}"
            if edge.node is None
            else ("hub:" if edge.node.kind == "hub" else "") + edge.node.key
            for edge in edges
        ]

    return names
