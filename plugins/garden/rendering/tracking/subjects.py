"""What questions to a catalog can be about: the names of their subjects."""

from typing import Final

from garden.linking.incremental.changed_text import TEXT_FIELDS
from garden.model.note import Document, Meta

# Beginnings of subjects, which the name of a mapping, a hierarchy, a part of notes or an index follows.
KEYS_OF: Final = "keys of "
PAGES_OF: Final = "pages of "
PART_OF_NOTE: Final = "note "
INDEX_OF_RELATED: Final = "related notes "

RELATED: Final = "related"
"""The subject of questions about the pages that are related to one."""

FACT_OF_ALL: Final = "fact"
"""The subject of questions about a fact of all notes, as queries ask them (see `views.facts`)."""

PARTS_OF_SNAPSHOT: Final = (
    "documents",
    "resolutions",
    "relations",
    "siblings",
    "hubs",
    "backlinks",
    "tags",
    "addresses",
    "tag_addresses",
    "files",
    "parents",
    "trails",
    "categories",
    "authors",
    "category_addresses",
    "author_addresses",
    "children",
    "labels",
    "translations",
)
PARTS_OF_BRANCHES: Final = ("children", "above", "counts", "depths", "places", "tops")

PARTS_OF_NOTE: Final = (
    *(part for part in Document.__struct_fields__ if part != "meta"),
    *(f"meta.{part}" for part in Meta.__struct_fields__),
    *("published", "previewed", "listed"),
)
"""The parts of a Document that can be compared, those of its front matter one by one."""

OF_TEXTS: Final = frozenset(
    (
        *(PART_OF_NOTE + part for part in PARTS_OF_NOTE if part.partition(".")[0] in TEXT_FIELDS),
        *("resolutions", "backlinks", f"{KEYS_OF}backlinks", RELATED, "cites", "summary", "card", "catalog"),
    )
)
"""Subjects about which an answer may change with the text of a note whose title and relations stay the same."""
