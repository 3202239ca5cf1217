"""Parents without a note: which of them get a page, called a hub (HI-9).

The settings decide, by patterns of names, whether such a parent gets a page, is only named in trails, or is not shown at
all. The title of a hub may be tidied up for readers (`hub_titles`); its identity and address always follow the name as it
is written.
"""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct, field

from garden.linking.hierarchy.hub_titles import hub_titles
from garden.linking.hierarchy.parent_policies import ParentPolicies
from garden.linking.hierarchy.relation_fields import RelationFields, fields_of
from garden.linking.relation import Hub
from garden.linking.resolving.index import Index
from garden.linking.resolving.messages import is_embed
from garden.linking.resolving.resolve import hub_name, locate
from garden.linking.sources.edges import SourceEdge, lacking_parent
from garden.model.diagnostic import Place
from garden.model.names import Folded, VaultPath, fold
from garden.model.note import Document, Ref
from garden.model.settings import ParentPolicy, Settings


class WantedParents(Struct, frozen=True):
    """The parents that have no note."""

    # Those with a page, and where each is first named
    hubs: Mapping[Hub, Place] = field(default_factory=dict)
    labels: Mapping[Folded, str] = field(default_factory=dict)  # titles of those only named in trails
    named_like_drafts: frozenset[Folded] = frozenset()  # hubs with the name of an unpublished note
    respelled: frozenset[Folded] = frozenset()  # names that mean a note in another spelling (PB-6)


def collect_parents(
    index: Index, documents: Iterable[Document], settings: Settings, edges: Iterable[SourceEdge] = ()
) -> WantedParents:
    """Return the parents without a note, sorted by folded name.

    `documents` are the published notes in path order, `edges` the relations from other sources. Only listed notes count, so
    that nothing is shown of the parents of drafts and hidden notes.
    """
    fields, policies = fields_of(settings.relations), ParentPolicies(settings)
    pages, labels = _Names(), _Names()
    named_like_drafts: set[Folded] = set()
    respelled: set[Folded] = set()
    for source, ref in _parent_refs(documents, fields):
        match, name = locate(index, source, ref), hub_name(ref)
        if match is None and index.spelled_alike(name):
            respelled.add(fold(name))
            continue
        if match is None:
            policy: ParentPolicy | None = policies.of_missing(name)
        elif match.entry.is_note and match.entry.path not in index.pages:
            policy = policies.of_unpublished(name)
            if policy is ParentPolicy.PAGE:
                named_like_drafts.add(fold(name))
        else:
            continue
        if policy in (ParentPolicy.PAGE, ParentPolicy.LABEL):
            (pages if policy is ParentPolicy.PAGE else labels).add(name, ref.place)
    for edge in edges:
        name = lacking_parent(edge, fields)
        if name and index.documents[VaultPath(edge.place.path)].listed:
            policy = policies.of_missing(name)
            if policy is not ParentPolicy.HIDE:
                (pages if policy is ParentPolicy.PAGE else labels).add(name, edge.place)
    titles = hub_titles([name for names in (pages, labels) for _, name in names.chosen()], settings)
    return WantedParents(
        {_hub(key, name, titles): pages.places[key] for key, name in pages.chosen()},
        {key: titles[name] for key, name in labels.chosen() if key not in pages.places},
        frozenset(named_like_drafts),
        frozenset(respelled),
    )


def _parent_refs(documents: Iterable[Document], fields: RelationFields) -> Iterator[tuple[VaultPath, Ref]]:
    """Yield the references of listed notes to their parents, each with the note's path."""
    for document in documents:
        if document.listed:
            for ref in document.refs:
                if ref.relation in fields.ups and not is_embed(ref) and hub_name(ref):
                    yield document.path, ref


class _Names:
    """Names with their spellings, and the first place of each."""

    def __init__(self) -> None:
        self.places: dict[Folded, Place] = {}
        self._spellings: dict[Folded, Counter[str]] = {}

    def add(self, name: str, place: Place) -> None:
        """Count a spelling of a name, and keep the first place of the name."""
        name = unicodedata.normalize("NFC", name)
        key = fold(name)
        self._spellings.setdefault(key, Counter())[name] += 1
        self.places.setdefault(key, place)

    def chosen(self) -> Iterable[tuple[Folded, str]]:
        """Yield each folded name with its most frequent spelling; of equally frequent ones, the first by code points."""
        for key in sorted(self._spellings):
            spellings = self._spellings[key]
            yield key, min(spellings, key=lambda name: (-spellings[name], name))


def _hub(key: Folded, name: str, titles: Mapping[str, str]) -> Hub:
    """Return the hub of a name, whose title may be another."""
    title = titles[name]
    return Hub(key, title, "" if title == name else name)
