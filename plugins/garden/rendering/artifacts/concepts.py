"""`graph.jsonld`: the hierarchy in the words of SKOS, for machines that read vocabularies."""

import json
from collections.abc import Iterable, Mapping
from typing import Final

from garden.linking.answers import Edge, Node
from garden.model.names import SaveAs
from garden.model.page import Artifact
from garden.rendering.addresses import absolute
from garden.rendering.library import Library

_MEANING: Final[Mapping[str, str]] = {"up": "broader", "down": "narrower", "same": "related", "x": "related"}
"""SKOS terms of the relations that have one; order among notes has none."""


def concepts(library: Library) -> Artifact:
    """Return every listed page that has a relation as a SKOS concept."""
    graph = [concept for node in library.nodes if len(concept := _concept(library, node)) > 3]
    context = {"skos": "http://www.w3.org/2004/02/skos/core#"}
    content = json.dumps({"@context": context, "@graph": graph}, ensure_ascii=False, separators=(",", ":"))
    return Artifact(SaveAs("graph.jsonld"), content.encode("utf-8", "replace"))


def _concept(library: Library, node: Node) -> dict[str, object]:
    concept: dict[str, object] = {
        "@id": _address(library, node),
        "@type": "skos:Concept",
        "skos:prefLabel": library.title(node),
    }
    near: dict[str, dict[str, None]] = {}
    for name, edges in library.snapshot.relations.get(node, {}).items():
        if name in _MEANING:
            near.setdefault(f"skos:{_MEANING[name]}", {}).update(dict.fromkeys(_listed(library, edges)))
    concept.update({term: [{"@id": address} for address in found] for term, found in near.items() if found})
    return concept


def _listed(library: Library, edges: Iterable[Edge]) -> Iterable[str]:
    return (
        _address(library, edge.node)
        for edge in edges
        if edge.node is not None and library.is_listed(edge.node)
    )


def _address(library: Library, node: Node) -> str:
    return absolute(library.settings, library.url(node))
