"""`<slug>/preview.html`: the preview of a page, which a link shows before it is followed."""

from html import escape
from typing import Final

from garden.linking.relation import Node
from garden.linking.resolving.resolution import FoundFile
from garden.model import names, routes
from garden.model.languages import direction
from garden.model.names import VaultPath
from garden.model.note import Document, RefKind
from garden.model.pages.page import Artifact
from garden.rendering.body.hrefs import file_href
from garden.rendering.catalog import Catalog
from garden.rendering.summaries import shortened

_LENGTH: Final = 320
"""The maximum number of characters of the first paragraph."""

_CHILDREN: Final = 5
"""The number of children named in the preview of a hub, which has no text."""


def preview(catalog: Catalog, node: Node) -> Artifact:
    """Return the preview of one page: trail, title, first paragraph, first image."""
    document = catalog.note(node)
    parts = [_trail(catalog, node), f"<h2>{_text(catalog.marked_title(node))}</h2>"]
    if document is None:
        parts.append(_children(catalog, node))
    else:
        first = document.opening.lstrip().partition("\n")[0]
        text = shortened(document.meta.summary or first, _LENGTH)
        parts.append(f"<p>{_text(text)}</p>" if text else "")
        parts.append(_first_image(catalog, document))
    language = catalog.language(node)
    frame = f'<article lang="{escape(language)}" dir="{direction(language)}">'
    content = f"{frame}{''.join(parts)}</article>\n"
    return Artifact(routes.beside(catalog.url(node), routes.PREVIEW), content.encode("utf-8", "replace"))


def _trail(catalog: Catalog, node: Node) -> str:
    titles = catalog.short_trail(node)
    return f'<p class="preview-trail">{_text(" › ".join(titles))}</p>' if titles else ""


def _children(catalog: Catalog, node: Node) -> str:
    children = catalog.branches.children.get(node, ())
    items = "".join(f"<li>{_text(catalog.title(child))}</li>" for child in children[:_CHILDREN])
    more = "<li>…</li>" if len(children) > _CHILDREN else ""
    return f"<ul>{items}{more}</ul>" if items else ""


def _first_image(catalog: Catalog, document: Document) -> str:
    """Return the HTML of the first image in a note that is published, empty if there is none."""
    resolutions = catalog.snapshot.resolutions.get(VaultPath(document.path), ())
    for ref, found in zip(document.refs, resolutions, strict=True):
        if ref.kind not in (RefKind.EMBED, RefKind.IMAGE) or not isinstance(found, FoundFile):
            continue
        href = file_href(catalog.snapshot, catalog.settings.base, found.path)
        if href and names.is_image(found.path):
            return _image(catalog, found.path, href, ref.display)
    return ""


def _image(catalog: Catalog, path: VaultPath, href: str, alt: str) -> str:
    """Return an image with its size; if it has variants, the smallest one."""
    picture = catalog.pictures.get(path)
    if picture and picture.variants:
        href = names.href(catalog.settings.base, picture.variants[0].url)
    size = f' width="{picture.width}" height="{picture.height}"' if picture else ""
    return f'<img src="{escape(href)}" alt="{escape(alt)}"{size} loading="lazy">'


def _text(text: str) -> str:
    return escape(text, quote=False)
