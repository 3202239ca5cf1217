"""`graph.jsonld`: the hierarchy in SKOS, for programs that read vocabularies."""

from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Final

from garden.linking.relation import Edge, Node
from garden.model import routes
from garden.model.names import SaveAs, field_key
from garden.model.pages.page import Artifact
from garden.model.settings import RelationField
from garden.rendering.body.hrefs import absolute
from garden.rendering.catalog import Catalog
from garden.rendering.compact_json import compact_json

_MEANING: Final = {"up": "broader", "down": "narrower", "same": "related"}
"""The SKOS terms of directions; the order of notes has no such term."""


def concepts(catalog: Catalog) -> Artifact:
    """Return every listed page that has a relation as a SKOS concept."""
    terms = dict(_terms(catalog.settings.relations))
    found = (catalog.part(node, partial(_concept_text, catalog, node, terms)) for node in catalog.nodes)
    context = compact_json({"skos": "http://www.w3.org/2004/02/skos/core#"})
    content = f'{{"@context":{context},"@graph":[{",".join(filter(None, found))}]}}'
    return Artifact(SaveAs(routes.CONCEPTS), content.encode("utf-8", "replace"))


def _concept_text(catalog: Catalog, node: Node, terms: Mapping[str, str]) -> str:
    """Return a page as JSON, empty if it has no relation."""
    concept = _concept(catalog, node, terms)
    has_relations = len(concept) > 3  # members besides those that every concept has
    return compact_json(concept) if has_relations else ""


def _terms(relations: Iterable[RelationField]) -> Iterator[tuple[str, str]]:
    """Yield the relations with a SKOS term; a relation that is its own inverse is `related`."""
    for field in relations:
        name = field_key(field.name)
        own_inverse = "related" if name == field_key(field.inverse) else ""
        if term := _MEANING.get(field.direction, own_inverse):
            yield name, term


def _concept(catalog: Catalog, node: Node, terms: Mapping[str, str]) -> dict[str, object]:
    """Return a page as a concept, with its relations to other listed pages by SKOS term."""
    concept: dict[str, object] = {
        "@id": _address(catalog, node),
        "@type": "skos:Concept",
        "skos:prefLabel": catalog.title(node),
    }
    near: dict[str, dict[str, None]] = {}
    for name, edges in catalog.snapshot.relations.get(node, {}).items():
        if name in terms:
            near.setdefault(f"skos:{terms[name]}", {}).update(dict.fromkeys(_listed(catalog, edges)))
    concept.update({term: [{"@id": address} for address in found] for term, found in near.items() if found})
    return concept


def _listed(catalog: Catalog, edges: Iterable[Edge]) -> Iterable[str]:
    return (
        _address(catalog, edge.node)
        for edge in edges
        if edge.node is not None and catalog.is_listed(edge.node)
    )


def _address(catalog: Catalog, node: Node) -> str:
    return absolute(catalog.settings, catalog.url(node))
