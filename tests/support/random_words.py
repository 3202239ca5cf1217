"""What an author may write who does anything at all: names, properties, lines, files, settings, templates.

`{n}`, `{a}` and the like in a line are gaps: numbers, names of notes and of files.
"""

import base64
import json
from pathlib import Path
from random import Random
from typing import Any, Final

FOLDERS: Final = ("", "", "a/", "a/deep/", "b c/", "übung/", "2024/")
NAMES: Final = (
    "index", "home", "MOC_ai", "MOC_ops", "a", "A b", "c", "data-drift", "Data drift", "ünï", "x y", "MLOps (old)",
    "2024-01-02", "2024-01-03", "10 first", "10.1 second", "note.de", "tags", "q&a", "long title of a note",
)  # fmt: skip
UNWRITTEN: Final = ("nobody", "MOC_later", "b c/not yet")
FILES: Final = (
    "pic.png", "a/pic.png", "photo.jpg", "figure.svg", "data.csv", "talk.pdf", "song.mp3", "a/notes.txt",
)  # fmt: skip
VIEWS: Final = ("board.canvas", "a/table.base", "all.base", "plan.canvas")
NOTEBOOKS: Final = ("lab.ipynb", "a/lab two.ipynb")
SPECIAL: Final = (
    "robots.txt", "favicon.svg", "preamble.sty", ".obsidian/app.json", ".obsidian/plugins/breadcrumbs/data.json",
    "_headers", ".obsidian/types.json", ".obsidian/bookmarks.json",
)  # fmt: skip

FRONT: Final = (
    "status: draft", "status: hidden", "status: published", "publish: false", "title: Title {n}", "order: {n}",
    "tags: [t{n}, u/v]", "tags: t{n}", "date: 2024-01-0{n}", "modified: 2024-02-0{n}", "category: K{n}",
    "authors: [A{n}]", "aliases: [other, '{alias}']", "slug: s{n}", "summary: Summary {n}", "lang: de",
    "translation: '[[{a}]]'", "up: '[[{a}]]'", "maturity: {grown}", "citation_needed: true", "noindex: true",
    "rating: {n}", "permalink: /p{n}/", "dg-home: true", "silence: {link-unresolved: later}", "prompt: P {n}",
    "title: [broken", "redirect_from: /old{n}/", "date: tomorrow",
)  # fmt: skip
LINES: Final = (
    "up:: [[{a}]]", "up::[[{a}]], [[{b}]]", "up:[[{a}]]", "same:: [[{a}]]", "next:: [[{a}]]", "prev:: [[{a}]]",
    "X:: [[{a}]]", "down:: [[{a}]]", "Words {n} about [[{a}]] and [[{b}|that]].", "![[{a}]]", "![[{b}#part]]",
    "[[{a}#part]] and [[{b}#^block]] and [there]({b}.md).", "## part\n\ntext {n} ^block", "# Heading {n}",
    "## {a}\n\n### deeper {n}", "#tag{n} #t{n}/sub", "- [[{a}]]\n  - [[{b}]]", "![[{file}]] and [[{other}]]",
    "![alt]({file})", "![[{file}|100]]", "![[{view}]]", "[[{view}]] and [[{notebook}]]", "```breadcrumbs\ntype: tree\n```",
    "k:: {n}", "- [ ] task {n} #t{n} [due:: 2024-01-0{n}]", "- [x] done [[{a}]]", "> [!note] Of [[{a}]]\n> text {n}",
    "```dataview\nTABLE status FROM #t1\n```", "```dataview\nTABLE order, k, file.tags, up\n```",
    "```dataview\nTASK\n```", "`= [[{a}]].k` and `= length([[{b}]].file.inlinks)`",
    "```dataview\nTABLE file.outlinks, file.size, file.day WHERE file.mtime <= date(today)\n```",
    "```dataview\nLIST file.lists.text WHERE up\n```",
    "```base\nviews:\n  - type: table\n    order: [file.name, order, k, file.tags, file.backlinks]\n```",
    "```tasks\nnot done\n```", "A footnote[^1].\n\n[^1]: Note {n} of [[{a}]].", "$$x_{n} \\le \\R$$ and $a$",
    "todo:: {n}", "%%hidden [[{a}]]%%", "```mermaid\ngraph TD; A{n}-->B\n```", "| a | b |\n|---|---|\n| [[{a}]] | {n} |",
    "<div>[[{a}]]</div>", "```query\ntag:#t{n}\n```", "`code {n}`", "Words.\n\n---\n\nMore == {n} ==.",
    "<script>let a{n}</script>", "[[{a}|{b}]] [[#part]] [out](https://example.org/{n})", "^[inline [[{a}]]]",
)  # fmt: skip
SETTINGS: Final[dict[str, tuple[Any, ...]]] = {
    "SITENAME": ("One", "Two & more"),
    "DEFAULT_LANG": ("en", "de"),
    "TYPOGRIFY": (True, False),
    "AUTHOR": ("MLOps Garden", "Somebody else"),
    "link_text": ("as-typed", "title"),
    "child_order": ("title", "reading"),
    "default_status": ("published", "draft"),
    "missing_parents": ({}, {"*": "label"}, {"MOC_*": "page"}, {"*": "hide"}),
    "unpublished_parents": ({}, {"*": "label"}),
    "implied_relations": ([], [[["up", "same"], "up"]]),
    "edge_sources": ([], ["folder-names", "list-notes"], ["date-notes"]),
    "tag_aliases": ({}, {"t1": "t2"}),
    "tag_page_minimum": (2, 1),
    "alias_redirects": (False, True),
    "formats": ([], ["ipynb"]),
    "ignore": ([], ["a/deep/*"]),
    "recent": (8, 2),
    "feed_items": (20, 1),
    "maturity": ("maturity", ""),
    "stale_before": ("", "2024-02-03"),
    "books": (False, True),
    "search": (True, False),
    "raw_html": (True, False),
    "hard_line_breaks": (None, True),
    "menu_links": ({}, {"Me": "/me/"}),
    "hub_titles": ({}, {"^MOC_": "Hub: "}),
    "view_pages": ([], ["views"]),
    "provenance": ([], ["prompt"]),
    "home": ("", "home.md"),
    "severities": ({}, {"link-unresolved": "error"}),
    "math_macros": ({}, {"R": "\\mathbb{R}"}),
    "git_dates": ("missing", "off"),
    "nonsense": (None, None, 1),
}
OF_PELICAN: Final = frozenset(name for name in SETTINGS if name.isupper())
OVERRIDES: Final = {
    "templates/partials/footer.html": (
        "<footer>Own {n}</footer>\n",
        "<footer>{{{{ site.title }}}} {n}</footer>\n",
        "",
    ),
    "templates/partials/own.html": ("<p>{n}</p>",),
    "templates/tag.html": (
        "{{% extends '!theme/tag.html' %}}\n",
        "<p>{{{{ page.title }}}} {n}</p>",
        "{{% broken",
    ),
    "css/own.css": ("p {{ margin: {n}px }}\n", ""),
    "css/second.css": ("h1 {{ margin: {n}px }}\n",),
    "translations/en.po": (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Search"\nmsgstr "Find {n}"\n',
    ),
}
PICTURES: Final = {
    ".png": base64.b64decode(
        "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
    ),
    ".svg": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><rect width="%d" height="9"/></svg>',
}


class RandomWords:
    """Somebody who has something to say about everything."""

    def __init__(self, random: Random) -> None:
        self._random = random

    def text(self) -> bytes:
        """Return a whole note."""
        chosen = [line for line in FRONT if self._random.random() < 0.05]
        body = "\n\n".join(self.line() for _ in range(self._random.randrange(7)))
        front = "".join(f"{self.filled(line)}\n" for line in chosen)
        return (f"---\n{front}---\n{body}\n" if front else body).encode()

    def line(self) -> str:
        """Return some lines of a note that say one thing."""
        return self.filled(self._random.choice(LINES))

    def filled(self, line: str) -> str:
        """Return a line with its gaps filled."""
        links = {
            name: self._random.choice((*NAMES, *NAMES, *UNWRITTEN, "other", "moved/a", "a/a"))
            for name in "ab"
        }
        files = {name: self._random.choice((*FILES, "other.png")) for name in ("file", "other")}
        for name, value in {
            **links,
            **files,
            "n": str(self._random.randrange(1, 5)),
            "alias": self._random.choice(["x y", "Alias", "nobody"]),
            "grown": self._random.choice(["seedling", "evergreen", "stale"]),
            "view": self._random.choice(VIEWS),
            "notebook": self._random.choice(NOTEBOOKS),
        }.items():
            line = line.replace(f"{{{name}}}", value)
        return line

    def content(self, name: str) -> bytes:
        """Return what a file that is not a note may contain."""
        number = self._random.randrange(200)
        kind = Path(name).suffix
        one, other = (self._random.choice(NAMES) for _ in range(2))
        if kind == ".png":
            # The head of an image says how large it is.
            size = number.to_bytes(4)
            return (
                PICTURES[kind][:16] + size + PICTURES[kind][20:]
                if number % 2
                else PICTURES[kind] + bytes(number)
            )
        if kind == ".svg":
            return PICTURES[kind] % number
        if kind == ".canvas":
            nodes = [
                {
                    "id": "1",
                    "type": "file",
                    "file": f"{one}.md",
                    "x": number,
                    "y": 0,
                    "width": 200,
                    "height": 90,
                },
                {
                    "id": "2",
                    "type": "text",
                    "text": f"See [[{other}]] {number}",
                    "x": 0,
                    "y": 200,
                    "width": 99,
                    "height": 90,
                },
            ]
            return json.dumps(
                {"nodes": nodes, "edges": [{"id": "e", "fromNode": "1", "toNode": "2"}]}
            ).encode()
        if kind == ".base":
            return f"views:\n  - type: table\n    name: V{number}\n    order: [file.name, order, k, file.tags]\n".encode()
        if kind == ".ipynb":
            cells = [
                {"cell_type": "markdown", "metadata": {}, "source": [f"# Lab {number}\n", f"[[{one}]]"]},
                {
                    "cell_type": "code",
                    "metadata": {},
                    "source": ["1 + 1"],
                    "outputs": [],
                    "execution_count": number,
                },
            ]
            return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}).encode()
        return self._special(name, number)

    def _special(self, name: str, number: int) -> bytes:
        contents = {
            "robots.txt": f"User-agent: *\nDisallow: /{number}\n",
            "_headers": f"/*\n  X-Number: {number}\n",
            "preamble.sty": f"\\newcommand{{\\R}}{{{number}}}\n",
            ".obsidian/app.json": json.dumps(
                {"strictLineBreaks": bool(number % 2), "userIgnoreFilters": ["b c/"] if number % 3 else []}
            ),
            ".obsidian/types.json": json.dumps({"types": {"rating": "number"}}),
            ".obsidian/bookmarks.json": json.dumps({"items": []}),
            ".obsidian/plugins/breadcrumbs/data.json": json.dumps(
                {"edge_fields": [{"label": "up"}, {"label": "parent"}]}
            ),
        }
        return contents.get(name, f"content {number}\n").encode()
