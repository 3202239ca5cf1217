"""Hubs: pages for the parents that nobody has written yet (HI-9)."""

import unicodedata
from collections import Counter
from collections.abc import Iterable

from garden.linking.answers import Hub
from garden.linking.index import Index
from garden.linking.problems import is_embed
from garden.linking.resolve import hub_name, locate
from garden.model.diagnostic import Place
from garden.model.names import Folded, fold
from garden.model.note import Document

UP = "up"
"""The compared name of the field that makes hubs, trails and siblings."""


def collect_hubs(index: Index, documents: Iterable[Document]) -> dict[Hub, Place]:
    """Return every hub with the place of the first reference to it, in the order of their folds.

    Only listed notes make hubs, so that a draft's or a hidden note's parent leaves no trace.
    `documents` are in path order.
    """
    spellings: dict[Folded, Counter[str]] = {}
    places: dict[Folded, Place] = {}
    for document in documents:
        if not document.listed:
            continue
        for ref in document.refs:
            if ref.relation != UP or is_embed(ref) or not hub_name(ref) or locate(index, document.path, ref):
                continue
            name = unicodedata.normalize("NFC", hub_name(ref))
            key = fold(name)
            spellings.setdefault(key, Counter())[name] += 1
            places.setdefault(key, ref.place)
    return {Hub(key, _most_frequent(spellings[key])): places[key] for key in sorted(spellings)}


def _most_frequent(spellings: Counter[str]) -> str:
    return min(spellings, key=lambda name: (-spellings[name], name))
