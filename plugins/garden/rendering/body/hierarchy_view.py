"""Views of the hierarchy inside a note: the tree of the pages that fields lead to, as lists or as a picture (`view_tree`)."""

import re
from collections.abc import Callable, Sequence
from gettext import NullTranslations
from html import escape
from typing import Final

from garden.linking.relation import Node
from garden.linking.resolving.resolution import Resolution
from garden.linking.snapshot import Snapshot
from garden.model.markdown import address, line_text
from garden.model.views.hierarchy_view import HierarchyView, ViewKind
from garden.reading.mermaid import ID_PREFIX, picture
from garden.rendering.body.hrefs import node_href
from garden.rendering.body.view_tree import ViewEntry, ViewTree, build_view_tree

_UNSAFE_IN_PICTURE: Final = re.compile(r'["`#;<>&\\\n]')
"""Characters that end a text in the language of diagrams, or begin something in it."""

_LONGEST_IN_PICTURE: Final = 400
"""The maximum number of characters of a text in a diagram."""

Titles = Callable[[Node], str]
"""A function that returns the title of a page."""


class HierarchyViews:
    """Renders views; `labels` are the relations' labels by compared name, in the order of the settings."""

    def __init__(
        self,
        snapshot: Snapshot,
        base: str,
        titles: Titles,
        labels: dict[str, str],
        translation: NullTranslations,
    ) -> None:
        self._snapshot = snapshot
        self._base = base
        self._titles = titles
        self._labels = labels
        self._translation = translation
        self.not_drawn = ""
        """Why the last view could not be drawn as a picture, empty if it could or should not be."""

    def html(
        self, view: HierarchyView, start: Node, prefix: str, resolutions: Sequence[Resolution] = ()
    ) -> str:
        """Return the HTML of a view from `start` on; `prefix` keeps ids apart (HC-4).

        `resolutions` are those of the note that has the view.
        """
        tree = self._tree(view, start, resolutions)
        shown = self._shown(view, tree, prefix)
        if view.content:
            title = _text(view.title or self._titles(start))
            opened = " open" if view.content == "open" else ""
            return f'<details{opened}><summary class="view-title">{title}</summary>\n{shown}</details>'
        heading = f'<figcaption class="view-title">{_text(view.title)}</figcaption>\n' if view.title else ""
        return heading + shown

    def markdown(self, view: HierarchyView, start: Node, resolutions: Sequence[Resolution] = ()) -> str:
        """Return the Markdown of a view: its title and nested lists, for every kind of view."""
        tree = self._tree(view, start, resolutions)
        items = [self._markdown_item(entry, view) for entry in tree.entries]
        lines: list[str] = []
        waiting = [(entry, "") for entry in reversed(tree.listed)]
        while waiting:
            entry, indent = waiting.pop()
            lines.append(f"{indent}- {items[entry.number]}")
            if entry.below and not view.flat:
                indent += "  "
                waiting += [(child, indent) for child in reversed(entry.below)]
        if tree.is_cut and not view.flat:
            lines.append("- …")
        title = [f"**{line_text(view.title)}**\n"] if view.title else []
        return "\n".join([*title, *(lines or ["—"])])

    def _tree(self, view: HierarchyView, start: Node, resolutions: Sequence[Resolution]) -> ViewTree:
        return build_view_tree(self._snapshot, tuple(self._labels), view, start, resolutions)

    def _markdown_item(self, entry: ViewEntry, view: HierarchyView) -> str:
        href = node_href(self._snapshot, self._base, entry.node)
        title = line_text(self._titles(entry.node))
        shown = f"[{title}]({address(href)})" if href else title
        before, after = map(line_text, self._attributes(entry, view))
        return " ".join(filter(None, (before and f"{before}:", shown, after)))

    def _shown(self, view: HierarchyView, tree: ViewTree, prefix: str) -> str:
        """Return the HTML of a view; a diagram gets the list as well, for those who cannot see it."""
        if not tree.listed:
            return '<p class="view-empty">—</p>'
        # In a dense hierarchy a view shows each page many times, so the HTML of each entry is made once.
        items = [self._item(entry, view) for entry in tree.entries]
        out = ["<ul>\n"]
        self._nest(tree.listed, view, items, out)
        out.append("<li>…</li></ul>\n" if tree.is_cut and not view.flat else "</ul>\n")
        listed = "".join(out)
        return listed if view.kind is ViewKind.TREE else self._picture(view, tree.top, prefix, listed)

    def _nest(
        self, entries: Sequence[ViewEntry], view: HierarchyView, items: Sequence[str], out: list[str]
    ) -> None:
        """Add the items of a list, and of the lists in them: by recursion, since a view is at most twenty levels deep."""
        for entry in entries:
            if not entry.below or view.flat:
                out.append(f"<li>{items[entry.number]}</li>\n")
                continue
            before, after = "\n<ul>\n", "</ul>\n</li>\n"
            if view.collapse:
                count = len(entry.below)
                shown = self._translation.ngettext("%(num)s note", "%(num)s notes", count) % {"num": count}
                before = f"\n<details><summary>{_text(shown)}</summary>\n<ul>\n"
                after = "</ul>\n</details></li>\n"
            out.append(f"<li>{items[entry.number]}{before}")
            self._nest(entry.below, view, items, out)
            out.append(after)

    def _item(self, entry: ViewEntry, view: HierarchyView) -> str:
        """Return the HTML of one entry: a link to its page, between what the view shows before and after it."""
        href = node_href(self._snapshot, self._base, entry.node)
        title = _text(self._titles(entry.node))
        shown = f'<a class="internal" href="{escape(href)}">{title}</a>' if href else title
        before, after = self._attributes(entry, view)
        if before:
            before = f'<span class="view-attributes">{_text(before)}:</span> '
        return (
            f'{before}{shown} <span class="view-attributes">{_text(after)}</span>'
            if after
            else before + shown
        )

    def _attributes(self, entry: ViewEntry, view: HierarchyView) -> tuple[str, str]:
        """Return the text before and after the title of an entry."""
        gettext = self._translation.gettext
        said = {
            "field": self._labels.get(entry.relation, entry.relation),
            "explicit": gettext("implied") if entry.implied else gettext("explicit"),
        }
        names = [name for name in view.attributes if name in said]
        before = ""
        if view.prefix and "field" in names:
            names.remove("field")
            before = said["field"]
        return before, ", ".join(said[name] for name in names)

    def _picture(self, view: HierarchyView, top: ViewEntry, prefix: str, listed: str) -> str:
        """Return the picture and the same as a list, or only the list if the picture cannot be drawn."""
        numbers: dict[Node, int] = {top.node: 0}
        edges: dict[tuple[int, int, str], bool] = {}
        waiting = [top]
        for entry in waiting:
            for child in entry.below:
                number = numbers.setdefault(child.node, len(numbers))
                edges[numbers[entry.node], number, child.relation] = child.implied
                waiting.append(child)
        # A mind map grows from left to right.
        lines = [f"graph {view.direction if view.kind is ViewKind.MERMAID else 'LR'}"]
        lines += [f'  n{number}["{self._in_picture(node)}"]' for node, number in numbers.items()]
        with_field = "field" in view.attributes
        for (start, end, relation), implied in edges.items():
            label = f'|"{_safe(self._labels.get(relation, relation))}"|' if with_field else ""
            lines.append(f"  n{start} {'-.->' if implied else '-->'}{label} n{end}")
        svg, self.not_drawn = picture("\n".join(lines), view.title or self._titles(top.node))
        if not svg:
            return listed
        svg = svg.replace(ID_PREFIX, escape(f"{prefix}v{view.line}:"))
        return f"{svg}\n<details><summary>{_text(self._titles(top.node))}</summary>\n{listed}</details>"

    def _in_picture(self, node: Node) -> str:
        return _safe(self._titles(node))


def _safe(text: str) -> str:
    """Return a text as it may be in the language of diagrams."""
    return _UNSAFE_IN_PICTURE.sub(lambda character: f"#{ord(character[0])};", " ".join(text.split()))[
        :_LONGEST_IN_PICTURE
    ]


def _text(text: str) -> str:
    return escape(text, quote=False)
