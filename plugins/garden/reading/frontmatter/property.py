"""A property of front matter: its key as written, and the name by which it is compared (FM-3)."""

from functools import lru_cache

from msgspec import Struct

from garden.model.diagnostic import Place
from garden.model.names import field_key
from garden.reading.frontmatter.parsing.yaml_nodes import YamlNode

IMAGE_KEYS = ("image", "og_image", "og-image", "cover", "cover_image", "banner", "thumbnail")
"""Keys for the picture of a note, of which the first with a picture counts (FM-17).

They are not among KNOWN_KEYS, because many vaults have keys such as `images` or `covers`, which are not misspelt.
"""

ALT_KEYS = ("image_alt", "image-alt")
"""Keys for the alternative text of that picture."""

KNOWN_KEYS = (
    frozenset(
        "title slug permalink url save_as status publish published draft private visibility unlisted hidden date "
        "modified updated lastmod last_modified summary description category author authors lang translation "
        "template alias aliases tag tags order".split()
    )
    | {"created", "date created", "creation date", "date modified", "dg-home", "dg-publish", "public"}
    | {"robots", "noindex", "silence", "faq", "howto-steps", "howto_steps"}
)
"""Every key with a meaning, besides those of the hierarchy, which the settings name. `dg-…` are of the plugin Digital Garden."""


class Property(Struct, frozen=True):
    """A key as written, the name by which it is compared, its value and its place."""

    key: str
    name: str
    node: YamlNode
    place: Place


@lru_cache(maxsize=4096)
def compared(key: str, relations: tuple[str, ...]) -> str:
    """Return the name by which a key is compared: that of IF-4 for hierarchy fields, or else the key in lower case (FM-3)."""
    name = field_key(key)
    return name if name in relations else key.strip().lower()
