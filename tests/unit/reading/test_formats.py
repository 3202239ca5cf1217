"""Notes of other formats: notebooks, reStructuredText and HTML become notes like any other."""

import json
from pathlib import Path
from typing import Any

import pytest

from garden.hosts.settings.configuration import FORMATS
from garden.model.names import VaultPath
from garden.model.note import Document, Status
from garden.model.settings import ReadingSettings
from garden.reading.document import read_document
from garden.reading.formats import METADATA_END
from garden.reading.formats.html_to_markdown import markdown_of
from garden.reading.source import read_source
from garden.vault.note_files import note_content, note_hash
from tests.support.in_memory import SiteInMemory, written_in_memory

SETTINGS = ReadingSettings(formats=tuple(FORMATS.items()))
PNG = "iVBORw0KGgo="


def read(path: str, content: str | dict[str, Any]) -> Document:
    """Read a file as a note."""
    data = (content if isinstance(content, str) else json.dumps(content)).encode()
    source = read_source(VaultPath(path), data, SETTINGS.formats)
    return read_document(source, SETTINGS)


def cell(
    kind: str, source: str | list[str], *outputs: dict[str, Any], tags: tuple[str, ...] = ()
) -> dict[str, Any]:
    """A cell of a notebook."""
    made: dict[str, Any] = {"cell_type": kind, "source": source, "metadata": {"tags": list(tags)}}
    return made | ({"outputs": list(outputs), "execution_count": 1} if kind == "code" else {})


def notebook(*cells: dict[str, Any], **metadata: Any) -> dict[str, Any]:
    """A notebook of version 4."""
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": list(cells)}


def shown(data: dict[str, Any]) -> dict[str, Any]:
    """A stored output."""
    return {"output_type": "display_data", "data": data, "metadata": {}}


def html(document: Document) -> str:
    """The body of a note as far as it is text."""
    return "".join(str(part) for part in document.body.parts if isinstance(part, str))


def test_a_notebook_has_links_fields_code_and_outputs() -> None:
    """Markdown cells count like the text of any note; code has its language, and what it has printed is below it."""
    document = read(
        "a.ipynb",
        notebook(
            cell("raw", "---\ntitle: My notebook\ntags: [data]\n---"),
            cell("markdown", ["# Part\n", "\n", "up:: [[mlops]]\n", "\n", "See [[b]]. #tagged"]),
            cell(
                "code",
                "print(1)",
                {"output_type": "stream", "name": "stdout", "text": ["1\n", "\n", "<2>\n"]},
            ),
            language_info={"name": "python"},
        ),
    )
    assert document.title == "My notebook"
    assert [tag.name for tag in document.tags] == ["data", "tagged"]
    assert [(ref.relation, ref.target.path) for ref in document.refs] == [("up", "mlops"), ("", "b")]
    assert [heading.text for heading in document.headings] == ["Part"]
    assert "print" in html(document)
    assert "<pre>1&#10;\n&lt;2&gt;</pre>" in html(document).replace(' tabindex="0"', "")


@pytest.mark.parametrize(
    ("first", "status"),
    [
        (cell("raw", "---\nstatus: draft\n---\n"), Status.DRAFT),
        (cell("markdown", "---\nstatus: draft\n---\n"), Status.DRAFT),
        (cell("raw", "Title: X\nStatus: draft\n"), Status.DRAFT),
        (cell("markdown", "text"), Status.PUBLISHED),
    ],
)
def test_the_first_cell_may_be_front_matter(first: dict[str, Any], status: Status) -> None:
    """Raw or Markdown, between dashes, or raw as a header of Pelican's."""
    assert read("a.ipynb", notebook(first, cell("markdown", "more"))).meta.status is status


@pytest.mark.parametrize("damaged", ["", "{", "[]", '{"cells": 1}', '{"worksheets": []}', "\x00"])
def test_what_is_not_a_notebook_is_held_back(damaged: str) -> None:
    """It is named, and nothing of it is published."""
    document = read("a.ipynb", damaged)
    assert document.meta.status is Status.DRAFT
    assert [problem.code for problem in document.problems] == ["note-unreadable"]


def test_tags_of_cells_leave_out_what_they_name() -> None:
    """As nbconvert and Jupyter Book write them."""
    output = {"output_type": "stream", "text": "printed"}
    text = html(
        read(
            "a.ipynb",
            notebook(
                cell("code", "secret_1", output, tags=("remove_cell",)),
                cell("markdown", "secret_2", tags=("remove-cell",)),
                cell("code", "secret_3", output, tags=("remove_input",)),
                cell("code", "shown", {"output_type": "stream", "text": "secret_4"}, tags=("remove-output",)),
            ),
        )
    )
    assert "secret" not in text
    assert text.count("printed") == 1
    assert "shown" in text


def test_no_script_of_an_output_reaches_a_page() -> None:
    """A picture is taken before HTML, and HTML without what would run."""
    hostile = "<style>p{}</style><table onclick='x()'><tr><td>\n\n1</td></tr></table><script>alert(1)\n\n</script><script>x"
    text = html(
        read(
            "a.ipynb",
            notebook(
                cell("code", "a", shown({"text/html": hostile})),
                cell(
                    "code", "b", shown({"text/html": "<p>no</p>", "image/png": PNG, "text/plain": "a <plot>"})
                ),
                cell("code", "c", shown({"image/svg+xml": "<svg onload='alert(1)'/>"})),
                cell("code", "d", shown({"text/html": "<a href='javascript:alert(1)'>x</a>"})),
                cell("code", "e", {"output_type": "error", "traceback": ["\x1b[31mError\x1b[0m"]}),
            ),
        )
    )
    assert "<td>" in text
    assert f"data:image/png;base64,{PNG}" in text
    for gone in ("alert", "onclick", "<script", "<style", "<p>no", "\x1b", "javascript:"):
        assert gone not in text


def test_restructured_text_is_read_by_pelican() -> None:
    """Header, sections, links, code and lists; nothing that it names is read from the machine."""
    text = (
        "The title\n#########\n\n:date: 2024-02-03\n:tags: one, two\n:status: draft\n\nSection\n=======\n\n"
        "See `other <{filename}other.md>`_ and *this*, 2 * 3 [[no link]].\n\n- item\n- item\n\n"
        ".. code-block:: python\n\n    print(1)\n\n.. include:: /etc/passwd\n"
    )
    document = read("deep/a.rst", text)
    assert document.title == "The title"
    assert document.meta.status is Status.DRAFT
    assert document.meta.date is not None
    assert [tag.name for tag in document.tags] == ["one", "two"]
    assert [ref.raw for ref in document.refs] == ["{filename}other.md"]
    assert [heading.text for heading in document.headings] == ["Section"]
    assert "[[no link]]" in document.body.plain
    assert "root:" not in html(document)


def test_html_is_read_by_pelican() -> None:
    """Title and properties are those of its head."""
    text = (
        "<html><head><title>A page</title><meta name='tags' content='x'><meta name='status' content='hidden'></head>"
        "<body><h2>Part</h2><p>Text, <a href='{filename}b.md'>b</a></p><script>alert(1)</script></body></html>"
    )
    document = read("a.html", text)
    assert (document.title, document.meta.status) == ("A page", Status.HIDDEN)
    assert [ref.target.path for ref in document.refs] == ["{filename}b"]
    assert document.body.plain.startswith("Text, b")
    assert "alert" not in html(document)


@pytest.mark.parametrize(
    ("source", "markdown"),
    [
        ("<p>a *b* [c] #d</p>", "a \\*b\\* \\[c\\] \\#d\n"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "- a\n\n  - b\n\n- c\n"),
        ("<ol><li><p>a</p><p>b</p></li></ol>", "1. a\n\n   b\n"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "> a\n>\n> b\n"),
        ("<p><code>a`*b*</code></p>", "``a`*b*``\n"),
        ('<pre class="code python">x\n\n```y</pre>', "````python\nx\n\n```y\n````\n"),
        (
            "<table><tr><td>a &lt; b</td></tr></table>",
            "<div>\n<table><tr><td>a &lt; b</td></tr></table>\n</div>\n",
        ),
        ("</li></ul><p>stray", "stray\n"),
    ],
)
def test_html_becomes_markdown(source: str, markdown: str) -> None:
    """What Markdown has is written so, text is escaped, and what it has not stays HTML."""
    assert markdown_of(source) == markdown


def test_notes_of_other_formats_are_full_citizens(tmp_path: Path) -> None:
    """With an address, trail, backlinks and links by name and by file, from Markdown and back."""
    site: SiteInMemory = written_in_memory(
        {
            "a.md": "up:: [[book]]\n\nSee [[rest]], [it](page.html), {filename}x, [[book.ipynb]].",
            "book.ipynb": json.dumps(notebook(cell("markdown", "See [[a]] and [rest](rest.rst)."))),
            "rest.rst": "Rest\n####\n\nSee `a <{filename}a.md>`_.\n",
            "page.html": "<html><head><title>Page</title></head><body><p>Text.</p></body></html>",
        },
        tmp_path,
        {"GARDEN": {"formats": ["ipynb", "rst", "html"]}},
    )
    assert {"/a/", "/book/", "/rest/", "/page/"} <= set(site.pages)
    body = site.pages["/a/"].html
    for address in ("/rest/", "/page/", "/book/"):
        assert f'href="{address}"' in body
    assert 'href="/a/"' in site.pages["/rest/"].html
    assert 'href="/rest/"' in site.pages["/book/"].html


@pytest.mark.parametrize("ending", ["nbdata", "ipynb-meta"])
@pytest.mark.parametrize(
    "metadata", ["---\nTitle: Beside\nStatus: draft\n---\n", "Title: Beside\r\nStatus: draft\r\n"]
)
def test_metadata_beside_a_notebook(tmp_path: Path, ending: str, metadata: str) -> None:
    """Pelican's readers of notebooks take title and status from a file beside the notebook; a change of it is one of the note."""
    file = tmp_path / "a.ipynb"
    file.write_text(json.dumps(notebook(cell("markdown", "Text."))), encoding="utf-8")
    alone = note_hash(file)
    (tmp_path / f"a.{ending}").write_bytes(metadata.encode())
    source = read_source(VaultPath("a.ipynb"), note_content(file), SETTINGS.formats)
    document = read_document(source, SETTINGS)
    assert (document.title, document.meta.status) == ("Beside", Status.DRAFT)
    assert alone != note_hash(file) == source.sha


@pytest.mark.parametrize(
    ("metadata", "inside"), [("no metadata at all", "Text."), ("Title: A\n", "Title: B\nStatus: draft")]
)
def test_a_notebook_with_doubtful_metadata_is_held_back(metadata: str, inside: str) -> None:
    """What may say that a notebook is a draft is never overlooked."""
    data = metadata.encode() + METADATA_END + json.dumps(notebook(cell("raw", inside))).encode()
    source = read_source(VaultPath("a.ipynb"), data, SETTINGS.formats)
    assert [problem.code for problem in source.problems] == ["note-unreadable"]
    assert read_document(source, SETTINGS).meta.status is Status.DRAFT


def test_a_line_end_inside_a_text_of_a_notebook() -> None:
    """Some programs write line ends into the texts of a notebook as they are, and read them again."""
    text = json.dumps(notebook(cell("markdown", "One LINE two"))).replace(" LINE ", "\n")
    assert "One\ntwo" in html(read("a.ipynb", text))


def test_a_link_beside_a_notebook_is_not_followed(tmp_path: Path) -> None:
    """It could lead to a file that is not part of the vault."""
    (tmp_path / "secret").write_text("Title: Secret\n", encoding="utf-8")
    file = tmp_path / "a.ipynb"
    file.write_text(json.dumps(notebook()), encoding="utf-8")
    (tmp_path / "a.nbdata").symlink_to("secret")
    assert note_content(file) == file.read_bytes()
