"""`llms.txt`: the site as a nested list of links for language models, shaped like its hierarchy."""

from collections.abc import Iterator
from functools import partial
from typing import Final

from garden.linking.relation import Node
from garden.model import routes
from garden.model.markdown import line_text
from garden.model.names import SaveAs
from garden.model.pages.page import Artifact
from garden.rendering.body.hrefs import absolute
from garden.rendering.catalog import Catalog

_INDENTED: Final = 8
"""The maximum number of levels by which a line is indented, since deep chains would have more spaces than text."""


def llms(catalog: Catalog) -> Artifact:
    """Return the list: all branches, then the notes outside any branch."""
    settings = catalog.settings
    lines = [f"# {line_text(settings.site_name)}", ""]
    if settings.description:
        lines += [f"> {line_text(settings.description)}", ""]
    lines.extend(_tree(catalog))
    loose = catalog.branches.loose
    if loose:
        lines.extend(("", "## Loose notes", "", *(_item(catalog, node) for node in loose)))
    return Artifact(SaveAs(routes.LLMS), ("\n".join(lines) + "\n").encode("utf-8", "replace"))


def _tree(catalog: Catalog) -> Iterator[str]:
    """Yield the lines of all branches, each page once, without recursion, since a branch may be very deep."""
    shape = catalog.branches
    waiting = list(reversed(shape.roots))
    while waiting:
        node = waiting.pop()
        yield "  " * min(shape.depths[node], _INDENTED) + _item(catalog, node)
        waiting.extend(reversed(shape.own_children(node)))


def _item(catalog: Catalog, node: Node) -> str:
    return catalog.part(node, partial(_line, catalog, node))


def _line(catalog: Catalog, node: Node) -> str:
    summary = catalog.summary(node)
    address = absolute(catalog.settings, catalog.url(node))
    text = f": {line_text(summary)}" if summary else ""
    return f"- [{line_text(catalog.title(node))}]({address}){text}"
