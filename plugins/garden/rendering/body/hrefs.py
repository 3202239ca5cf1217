"""Addresses as attribute values: the one place of this layer that composes an `href`."""

from html import escape, unescape
from urllib.parse import quote, urljoin

from garden.linking.relation import Node
from garden.linking.resolving.resolution import Found, FoundFile, FoundPage, LeftAlone, Missing, Unpublished
from garden.linking.snapshot import Snapshot
from garden.model import names, routes
from garden.model.names import Folded, VaultPath
from garden.model.note import Heading, Ref
from garden.model.pages.entries import FeedLinks
from garden.model.settings import Settings
from garden.rendering.body import media
from garden.rendering.body.scope import Scope

# Everything that may be in a URL already; spaces, quotes and letters beyond ASCII are encoded.
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


def ref_href(snapshot: Snapshot, base: str, scope: Scope, index: int) -> str:
    """Return where a reference in a shown body leads, empty if nowhere or if that must stay private (PB-4)."""
    ref = scope.document.refs[index]
    match scope.resolutions[index]:
        case Found(node=node, anchor=anchor, part=part):
            # A title that is not shown again has no element of its own in the body (TI-2).
            hidden = isinstance(part, Heading) and not part.shown
            wanted = None if hidden else anchor
            if wanted and node == scope.node and not scope.prefix:
                return "#" + quote(wanted, safe="")
            return node_href(snapshot, base, node, wanted)
        case FoundFile(path):
            address = file_href(snapshot, base, path)
            return address and address + media.fragment(ref.target)
        case FoundPage(url, part_of_page):
            return names.href(base, url, part_of_page)
        case LeftAlone():
            return _left_alone(snapshot, base, scope, ref)
        case Missing() | Unpublished():
            return ""


def _left_alone(snapshot: Snapshot, base: str, scope: Scope, ref: Ref) -> str:
    """Return a destination as the author wrote it, only made a valid URL (WL-13)."""
    address = quote(ref.raw, safe=_URL_CHARACTERS)
    return _from_elsewhere(snapshot, base, scope, address) if scope.prefix else address


def raw_address(snapshot: Snapshot, base: str, scope: Scope, written: str) -> str:
    """Return an address of the author's own HTML, escaped as it was typed (HT-2), complete on another page."""
    return escape(_from_elsewhere(snapshot, base, scope, unescape(written))) if scope.prefix else written


def _from_elsewhere(snapshot: Snapshot, base: str, scope: Scope, address: str) -> str:
    """Return an address that leads, from any page, to where `address` leads from the page of its note (EM-5)."""
    try:
        return urljoin(node_href(snapshot, base, scope.node), address)
    except ValueError:  # brackets in the wrong place
        return address


def feed_links(settings: Settings, urls: routes.FeedUrls) -> FeedLinks:
    """Return the addresses of a feed."""
    return FeedLinks(*(names.href(settings.base, url) for url in urls))


def absolute(settings: Settings, url: str) -> str:
    """Return the full address of `url`; below `settings.base` alone when the site has no address yet."""
    return names.href(settings.site_url.rstrip("/") or settings.base, url)


def canonical(settings: Settings, url: str) -> str:
    """Return the full address of `url`, empty when the site's own address is not known."""
    return absolute(settings, url) if settings.site_url else ""
