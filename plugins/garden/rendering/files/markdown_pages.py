"""Pages as Markdown: `<slug>/index.md` beside each, `<branch>/llms-full.txt` for a whole branch."""

import json
import re
from collections.abc import Callable
from typing import Final

from garden.linking.relation import Node
from garden.model import routes
from garden.model.names import Url, VaultPath
from garden.model.pages import Artifact, NotePage, Related, Relation
from garden.rendering.body.fill import Bodies, fill
from garden.rendering.body.hrefs import absolute
from garden.rendering.branch_reading import branch_pages
from garden.rendering.catalog import Catalog
from garden.rendering.files.markdown_text import line_text, markdown_text

_MOST_CHARACTERS: Final = 2_000_000
"""Text of a branch after which no further note is begun."""

_FENCE: Final = re.compile("`{3,}")
# Code in a line, or the mark of a footnote. Longer code is not looked through: a line may be a megabyte (HC-10).
_FOOTNOTE: Final = re.compile(r"(?<!\\)(`+)(?!`).{0,500}?(?<!`)\1(?!`)|\[\^(\d+)\]")
_HEADING: Final = re.compile("#{1,6}(?= )")


def note_text(catalog: Catalog, bodies: Bodies, path: VaultPath) -> str:
    """Return a note's body as Markdown, its links within the page complete: the text may stand elsewhere."""
    filled = fill(
        catalog.snapshot, bodies, path, catalog.settings, prefix="n:", translations=catalog.translations
    )
    return markdown_text(filled.html)


def twin_head(page: NotePage) -> str:
    """Return what stands above a note's text: title, date, tags and summary, its title, its parents."""
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
    lines += ["---", "", f"# {line_text(page.title)}", ""]
    for relation in page.relations:
        if relation.direction == "up":
            lines += [*_list(relation), ""]
    return "\n".join(lines) + "\n"


def twin_tail(page: NotePage) -> str:
    """Return what stands below a page's text: what it contains, what follows it, what it is related to."""
    shown = (
        relation for relation in page.relations if relation.direction != "up" and relation.name != "siblings"
    )
    return "".join("\n" + "\n".join(_list(relation)) + "\n" for relation in shown)


def twin(url: Url, head: str, text: str, tail: str) -> Artifact:
    """Return a page as Markdown: its text, with what stands above and below it."""
    whole = (head + text).rstrip("\n") + "\n" + tail
    return Artifact(routes.beside(url, routes.MARKDOWN), whole.encode("utf-8", "replace"))


def branch_text(catalog: Catalog, texts: Callable[[VaultPath], str], node: Node) -> Artifact:
    """Return the text of a branch, its notes below each other in the order of its tree."""
    settings = catalog.settings
    pieces: list[str] = []
    size = left_out = 0
    for number, (place, depth) in enumerate(branch_pages(catalog, node)):
        if size > _MOST_CHARACTERS:
            left_out += 1
            continue
        text = _in_branch(texts(VaultPath(place.key)), depth, number) if place.kind == "note" else ""
        level = "#" * min(depth + 1, 6)
        address = absolute(settings, catalog.url(place))
        piece = f"{level} {line_text(catalog.title(place))}\n\n<{address}>\n\n{text}"
        pieces.append(piece.rstrip("\n") + "\n")
        size += len(piece)
    if left_out:
        pieces.append(f"({left_out} more notes of this branch are left out here.)\n")
    return Artifact(
        routes.beside(catalog.url(node), routes.BRANCH_TEXT), "\n".join(pieces).encode("utf-8", "replace")
    )


def _in_branch(text: str, depth: int, number: int) -> str:
    """Return a note's text as one of several: headings below its title, footnotes told apart; code stays as it is."""

    def own(found: re.Match[str]) -> str:
        return found[0] if found[1] else f"[^{number}.{found[2]}]"

    lines = text.split("\n")
    fence = ""
    for at, line in enumerate(lines):
        # What is nested in a list or a quote does not begin at the margin.
        mark = _FENCE.match(line)
        if fence:
            fence = "" if line == fence else fence
        elif mark:
            fence = mark[0]
        else:
            heading = _HEADING.match(line)
            marks = "#" * min(len(heading[0]) + depth, 6) if heading else ""
            rest = line[heading.end() :] if heading else line
            lines[at] = marks + (_FOOTNOTE.sub(own, rest) if "[^" in rest else rest)
    return "\n".join(lines)


def _list(relation: Relation) -> list[str]:
    return [f"{line_text(relation.label)}:", "", *map(_item, relation.entries)]


def _item(entry: Related) -> str:
    title = line_text(entry.title)
    link = f"[{title}]({entry.href})" if entry.href else title
    return f"- {link}: {line_text(entry.summary)}" if entry.summary else f"- {link}"
