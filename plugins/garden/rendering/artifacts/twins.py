"""Notes as Markdown: `<slug>/index.md` beside each page, `<branch>/llms-full.txt` for a whole branch."""

import json
from collections.abc import MutableMapping
from typing import Final

from garden.linking.answers import Node
from garden.model.names import VaultPath
from garden.model.page import Artifact, Link, NotePage, Related
from garden.rendering.addresses import absolute
from garden.rendering.branchreading import branch_pages, text_file, twin_file
from garden.rendering.fill import Bodies, fill
from garden.rendering.library import Library
from garden.rendering.markdowntext import markdown_text

_MOST_CHARACTERS: Final = 2_000_000
"""Text of a branch after which no further note is begun."""

# What would end a link's text in Markdown.
_ESCAPES: Final = str.maketrans({char: "\\" + char for char in "\\[]<>"})


def note_text(library: Library, bodies: Bodies, path: VaultPath) -> str:
    """Return a note's body as Markdown, its links within the page complete: the text may stand elsewhere."""
    return markdown_text(fill(library.snapshot, bodies, path, library.settings, prefix="n:").html)


def twin(page: NotePage, body: str) -> Artifact:
    """Return a note as Markdown: title, date, tags and summary in front, its parents, its text `body`."""
    head = {
        "title": page.title,
        "date": page.date.iso if page.date else "",
        "tags": [tag.title for tag in page.tags],
        "summary": page.summary,
    }
    # JSON is YAML, and no title can break out of it.
    lines = [
        "---",
        *(f"{key}: {json.dumps(value, ensure_ascii=False)}" for key, value in head.items() if value),
    ]
    lines += ["---", "", f"# {_line(page.title)}", ""]
    for relation in page.relations:
        if relation.name == "up":
            lines += [
                f"{_line(relation.label)}:",
                "",
                *(f"- {_link(parent)}" for parent in relation.entries),
                "",
            ]
    text = "\n".join(lines) + "\n" + body
    return Artifact(twin_file(page.url), (text.rstrip("\n") + "\n").encode("utf-8", "replace"))


def branch_text(
    library: Library, bodies: Bodies, node: Node, known: MutableMapping[VaultPath, str]
) -> Artifact:
    """Return the text of a branch, its notes below each other in the order of its tree.

    `known` are texts of notes that were made for other branches; those of this one are added.
    """
    settings = library.settings
    pieces: list[str] = []
    size = left_out = 0
    for place, depth in branch_pages(library, node):
        if size > _MOST_CHARACTERS:
            left_out += 1
            continue
        text = ""
        if place.kind == "note":
            path = VaultPath(place.key)
            if path not in known:
                known[path] = note_text(library, bodies, path)
            text = known[path]
        level = "#" * min(depth + 1, 6)
        address = absolute(settings, library.url(place))
        piece = f"{level} {_line(library.title(place))}\n\n<{address}>\n\n{text}"
        pieces.append(piece.rstrip("\n") + "\n")
        size += len(piece)
    if left_out:
        pieces.append(f"({left_out} more notes of this branch are left out here.)\n")
    return Artifact(text_file(library.url(node)), "\n".join(pieces).encode("utf-8", "replace"))


def _link(link: Link | Related) -> str:
    title = _line(link.title)
    return f"[{title}]({link.href})" if link.href else title


def _line(text: str) -> str:
    return " ".join(text.split()).translate(_ESCAPES)
