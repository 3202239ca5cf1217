"""A property of front matter: a key as its author wrote it, and the name that it is compared by (FM-3)."""

from functools import lru_cache
from typing import NamedTuple

from garden.model.diagnostic import Place
from garden.model.names import field_key
from garden.reading.frontmatter.parsing.yaml_nodes import YamlNode

IMAGE_KEYS = ("image", "og_image", "og-image", "cover", "cover_image", "banner", "thumbnail")
"""Keys under which notes have their picture, the first that has one counts (FM-17).

They are not among KNOWN_KEYS: many a vault has `images` or `covers` of its own, which are not misspelt.
"""

ALT_KEYS = ("image_alt", "image-alt")
"""Keys of the words that stand for that picture."""

KNOWN_KEYS = (
    frozenset(
        "title slug permalink url save_as status publish published draft private visibility unlisted hidden date "
        "modified updated lastmod last_modified summary description category author authors lang translation "
        "template alias aliases tag tags order".split()
    )
    | {"created", "date created", "creation date", "date modified", "dg-home", "dg-publish", "public"}
    | {"robots", "noindex", "silence", "faq", "howto-steps", "howto_steps"}
)
"""Every key that has a meaning here beside those of the hierarchy, which the settings name."""


class Property(NamedTuple):
    """A key as written, the name it is compared by, its value and its place."""

    key: str
    name: str
    node: YamlNode
    place: Place


@lru_cache(maxsize=4096)
def compared(key: str, relations: tuple[str, ...]) -> str:
    """Return the name that a key is compared by: IF-4 for hierarchy fields, or else case alone (FM-3)."""
    name = field_key(key)
    return name if name in relations else key.strip().lower()
