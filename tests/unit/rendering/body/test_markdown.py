"""A note's body as Markdown: its gaps are filled as those of the page are."""

import pytest

from garden.linking.link_vault import link_vault
from garden.linking.relation import Node
from garden.model.body import Body
from garden.model.names import VaultPath
from garden.model.settings import ReadingSettings, Settings
from garden.reading.document import read_document
from garden.reading.source import read_source
from garden.rendering.body.markdown import TextPosition, markdown_body
from garden.rendering.catalog import Catalog
from garden.rendering.files.markdown_pages import branch_text

OTHERS = {
    "b.md": "---\ntitle: A | B\n---\n## Part",
    "draft.md": "---\nstatus: draft\n---\nsecret",
    "hidden.md": "---\nstatus: hidden\n---\nx",
    "child.md": "up:: [[a]]",
    "veiled.md": "---\nstatus: hidden\n---\nup:: [[a]]",
    "t.md": "#known",
}

CASES = {
    "links": ("[[b]] [[b#Part|it]] [[#Here]] [t](b.md)\n\n## Here", "[b](/b/) [it](/b/#part) [Here](/a/#here) [t](/b/)\n\n## Here"),
    "a link that leads nowhere": ("[[nowhere|here]] [[draft]]", "here draft"),
    "relative addresses": ("[t](some/thing/) <a href='deep/?a&amp;b'>u</a>", "[t](/a/some/thing/) <a href='/a/deep/?a&amp;b'>u</a>"),
    "links to other sites": ("[x](https://e.org/a-(b)/?c&d) <https://f.org>", "[x](https://e.org/a-%28b%29/?c&d) [https://f.org](https://f.org)"),
    "addresses of Pelican in HTML": ('<a href="{filename}/b.md">u</a> <a href="{filename}/no.md">v</a>', '<a href="/b/">u</a> <a href="{filename}/no.md">v</a>'),
    "tags": ("#known", "[#known](/tags/known/)"),
    "an embedded note is a link": ("![[b]]\n\n![[b#Part|it]]", "[A \\| B](/b/)\n\n[it](/b/#part)"),
    "nothing is told of what is not published": ("![[draft]]\n\nx", "not available\n\nx"),
    "missing": ("![[gone]]", "gone"),
    "files": ("![[p.png|alt]] ![[s.mp3]] ![q](p.png) ![[doc.pdf#page=2]]", "![alt](/p.png) [s.mp3](/s.mp3) ![q](/p.png) [doc.pdf](/doc.pdf#page=2)"),
    "footnotes": ("x[^k]\n\n[^k]: one [[b]]\n\n    two", "x[^1]\n\n[^1]: one [b](/b/)\n\n    two"),
    "a view": ("- ```breadcrumbs\n  type: tree\n  title: T\n  fields: [down]\n  show-attributes: [field]\n  ```", "- **T**\n\n  - [child](/child/) Contains"),
}  # fmt: skip


def written(notes: dict[str, str]) -> tuple[Catalog, dict[VaultPath, Body]]:
    """Read and link notes with some others and some files beside them."""
    documents = {}
    for path, text in (OTHERS | notes).items():
        document = read_document(read_source(VaultPath(path), text.encode()), ReadingSettings())
        documents[document.path] = document
    files = [VaultPath(name) for name in ("p.png", "s.mp3", "doc.pdf")]
    catalog = Catalog(link_vault(documents, files, Settings()), Settings())
    return catalog, {path: document.body for path, document in documents.items()}


@pytest.mark.parametrize("name", CASES)
def test_what_depends_on_other_notes_is_shown_as_on_the_page(name: str) -> None:
    """PB-3, PB-4: no more and no less."""
    text, expected = CASES[name]
    catalog, bodies = written({"a.md": text})
    made = markdown_body(
        catalog.snapshot,
        bodies[VaultPath("a.md")],
        VaultPath("a.md"),
        catalog.settings,
        bodies=bodies.__getitem__,
    )
    assert made == expected + "\n"
    assert "secret" not in made
    assert "veiled" not in made


def test_one_of_several_texts_stands_below_its_title() -> None:
    """Headings end at six levels, footnotes are kept apart; code stays as it is."""
    catalog, bodies = written({"a.md": "## One\n\n```sh\n# no [^1]\n```\n\n> ###### Six\n\nx[^n]\n\n[^n]: y"})
    path = VaultPath("a.md")
    place = TextPosition(depth=1, number=7)
    assert markdown_body(
        catalog.snapshot, bodies[path], path, catalog.settings, place=place, bodies=bodies.__getitem__
    ) == ("### One\n\n```sh\n# no [^1]\n```\n\n> ###### Six\n\nx[^7.1]\n\n[^7.1]: y\n")


def test_a_branch_as_text_is_made_of_its_notes() -> None:
    """In the order of the tree, each below its title."""
    catalog, bodies = written(
        {"top.md": "## Of top[^1]\n\n[^1]: f", "x.md": "up:: [[top]]\n\n## In x[^1]\n\n[^1]: g"}
    )
    text = branch_text(catalog, bodies.__getitem__, Node("note", "top.md")).artifact.content.decode()
    assert text == (
        "# top\n\n</top/>\n\n## Of top[^0.1]\n\n[^0.1]: f\n\n## x\n\n</x/>\n\n### In x[^1.1]\n\n[^1.1]: g\n"
    )
