"""Addresses as attribute values: the one place of this layer that composes an `href`."""

from urllib.parse import quote

from garden.linking.answers import Node
from garden.linking.snapshot import Snapshot
from garden.model import names
from garden.model.names import Folded, VaultPath
from garden.model.settings import Settings

# Everything that may stand in a URL already; blanks, quotes and letters beyond ASCII are encoded.
_URL_CHARACTERS = "%/:?#[]@!$&'()*+,;=~-._"


def node_href(snapshot: Snapshot, base: str, node: Node, fragment: str | None = None) -> str:
    """Return the address of a page, empty when the node has none."""
    url = snapshot.addresses.get(node)
    return "" if url is None else names.href(base, url, fragment)


def file_href(snapshot: Snapshot, base: str, path: VaultPath) -> str:
    """Return the address of an attachment, empty when it is not published."""
    url = snapshot.files.get(path)
    return "" if url is None else names.href(base, url)


def tag_href(snapshot: Snapshot, base: str, key: Folded) -> str:
    """Return the address of a tag's page or of its place on the shared page, empty for none (TG-5)."""
    url = snapshot.tag_addresses.get(key)
    if url is None:
        return ""
    page, _, anchor = url.partition("#")
    return names.href(base, page, anchor)


def written_href(destination: str) -> str:
    """Return a destination that is left as the author wrote it, only made a valid URL (WL-13)."""
    return quote(destination, safe=_URL_CHARACTERS)


def absolute(settings: Settings, url: str) -> str:
    """Return the full address of `url`; below `settings.base` alone when the site has no address yet."""
    return names.href(settings.site_url.rstrip("/") or settings.base, url)


def canonical(settings: Settings, url: str) -> str:
    """Return the full address of `url`, empty when the site's own address is not known."""
    return absolute(settings, url) if settings.site_url else ""
