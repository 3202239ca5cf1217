"""Pages as Markdown: `<slug>/index.md` beside each, `<branch>/llms-full.txt` for a whole branch."""

import json
from typing import Final, NamedTuple

from garden.linking.relation import Node
from garden.model import routes
from garden.model.markdown import line_text
from garden.model.names import VaultPath
from garden.model.pages.entries import Related
from garden.model.pages.page import Artifact, NotePage
from garden.model.pages.panels import Relation
from garden.rendering.body.fill import Bodies
from garden.rendering.body.hrefs import absolute
from garden.rendering.body.markdown import ALONE, TextPosition, markdown_body
from garden.rendering.branches import BranchPlace
from garden.rendering.catalog import Catalog
from garden.rendering.files.branch.branch_pieces import BranchPiece, KnownPieces, nothing_known

_JSON: Final = json.JSONEncoder(ensure_ascii=False).encode

_MOST_CHARACTERS: Final = 2_000_000
"""When the text of a branch has more characters, no further note is added."""


def note_text(catalog: Catalog, bodies: Bodies, path: VaultPath, place: TextPosition = ALONE) -> str:
    """Return a note's body as Markdown; `place` is its place among several texts."""
    body = bodies(path)
    return markdown_body(
        catalog.snapshot,
        body,
        path,
        catalog.settings,
        translations=catalog.translations,
        place=place,
        bodies=bodies,
    )


def _head(page: NotePage) -> str:
    """Return the part above a note's text: title, date, tags and summary, its title, its parents."""
    head = {
        "title": page.title,
        "date": page.date.iso if page.date else "",
        "tags": [tag.title for tag in page.tags],
        "summary": page.summary,
    }
    # JSON is also YAML, and quotes any title safely.
    lines = [
        "---",
        *(f"{key}: {_JSON(value)}" for key, value in head.items() if value),
    ]
    lines += ["---", "", f"# {line_text(page.title)}", ""]
    for relation in page.relations:
        if relation.direction == "up":
            lines += [*_list(relation), ""]
    return "\n".join(lines) + "\n"


def _tail(page: NotePage) -> str:
    """Return the part below a page's text: its children, the next page, related pages."""
    shown = (
        relation for relation in page.relations if relation.direction != "up" and relation.name != "siblings"
    )
    return "".join("\n" + "\n".join(_list(relation)) + "\n" for relation in shown)


def markdown_page(page: NotePage, text: str) -> Artifact:
    """Return a page as Markdown: the text of its note, with the parts above and below it."""
    whole = (_head(page) + text).rstrip("\n") + "\n" + _tail(page)
    return Artifact(routes.beside(page.url, routes.MARKDOWN), whole.encode("utf-8", "replace"))


class BranchText(NamedTuple):
    """The text of a branch; `pieces` are those of its notes by their numbers."""

    artifact: Artifact
    pieces: dict[int, BranchPiece]


def branch_text(
    catalog: Catalog, bodies: Bodies, node: Node, known: KnownPieces = nothing_known
) -> BranchText:
    """Return the text of a branch, its notes below each other in the order of its tree."""
    pieces: dict[int, BranchPiece] = {}
    size = left_out = 0
    pages = catalog.shape(node).pages(node)
    for number, place in enumerate(pages):
        if size > _MOST_CHARACTERS:
            left_out = len(pages) - number
            break
        pieces[number] = known(number) or _piece(catalog, bodies, number, place)
        size += len(pieces[number].text)
    end = [f"({left_out} more notes of this branch are left out here.)\n"] if left_out else []
    content = "\n".join([*(piece.text for piece in pieces.values()), *end]).encode("utf-8", "replace")
    return BranchText(Artifact(routes.beside(catalog.url(node), routes.BRANCH_TEXT), content), pieces)


def _piece(catalog: Catalog, bodies: Bodies, number: int, place: BranchPlace) -> BranchPiece:
    """Return the text of one page of a branch below its title and address."""
    node, depth = place
    text = ""
    if node.kind == "note":
        text = note_text(catalog, bodies, VaultPath(node.key), TextPosition(depth, number))
    level = "#" * min(depth + 1, 6)
    address = absolute(catalog.settings, catalog.url(node))
    piece = f"{level} {line_text(catalog.title(node))}\n\n<{address}>\n\n{text}"
    return BranchPiece(piece.rstrip("\n") + "\n")


def _list(relation: Relation) -> list[str]:
    """Return the lines of a relation: its label and its pages."""
    return [f"{line_text(relation.label)}:", "", *map(_item, relation.entries)]


def _item(entry: Related) -> str:
    title = line_text(entry.title)
    link = f"[{title}]({entry.href})" if entry.href else title
    return f"- {link}: {line_text(entry.summary)}" if entry.summary else f"- {link}"
