"""The result of resolving a reference: a closed union that callers match on, so that none has to search the vault again."""

from msgspec import Struct

from garden.linking.relation import Node
from garden.model.names import Anchor, Url, VaultPath
from garden.model.note import Block, Heading


class Found(Struct, frozen=True):
    """The reference leads to a published note or a hub, perhaps to a part of it."""

    node: Node
    anchor: Anchor | None = None
    part: Heading | Block | None = None
    part_missing: bool = False  # the note exists, but not the heading or block (AN-4, AN-6)


class FoundFile(Struct, frozen=True):
    """The reference leads to an attachment."""

    path: VaultPath


class FoundPage(Struct, frozen=True):
    """The reference leads to an address of the site: Pelican's `{tag}`, `{category}`, `{index}`, or `/tags/x` (WL-13)."""

    url: Url
    fragment: str = ""


class Missing(Struct, frozen=True):
    """No note, file or hub matches the name (WL-12)."""


class Unpublished(Struct, frozen=True):
    """The target is a note that is not published: nothing about it may be shown (PB-4)."""


class LeftAlone(Struct, frozen=True):
    """A Markdown link that may be a site address: it is left as it is written (WL-13)."""


Resolution = Found | FoundFile | FoundPage | Missing | Unpublished | LeftAlone
