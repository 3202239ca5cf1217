"""A note gets another name: every link follows, and nothing else leads elsewhere."""

from pathlib import Path

import pytest
from msgspec.structs import replace

from garden.authoring.renaming import Renaming, RenamingError, plan_renaming
from garden.hosts.settings.configuration import settings_from
from garden.vault.scan import scan
from garden.vault.site import read_site
from tests.support.vault import write_vault


def planned(folder: Path, files: dict[str, str | bytes], old: str, new: str) -> Renaming:
    """Plan to rename a note in a vault of these files."""
    settings = replace(settings_from({}), preview=True)
    root = write_vault(files, folder)
    return plan_renaming(read_site(scan(root, settings), settings), old, new)


def texts(folder: Path, files: dict[str, str | bytes], old: str, new: str) -> dict[str, str]:
    """Return the new texts of the notes that change."""
    plan = planned(folder, files, old, new)
    assert plan.left == []
    return {path: note.text for path, note in plan.changed.items()}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[[old]] [[OLD|x]] ![[old#Part]] [[old#^b]]", "[[new]] [[new|x]] ![[new#Part]] [[new#^b]]"),
        ("[[sub/old]] [[old.md]] [[ old ]]", "[[sub/new]] [[new.md]] [[ new ]]"),
        ("`[[old]]` [[Alias]] [[other]] old", None),
        (
            "[x](sub/old.md) [y](<sub/old.md#part>) [z](./sub/old.md)",
            "[x](sub/new.md) [y](<sub/new.md#part>) [z](./sub/new.md)",
        ),
        ("[x]({filename}/sub/old.md) [y](/sub/old.md)", "[x]({filename}/sub/new.md) [y](/sub/new.md)"),
        ("up:: [[old]]\n\n| [[old\\|x]] |\n|---|\n", "up:: [[new]]\n\n| [[new\\|x]] |\n|---|\n"),
        (
            "---\nup: old\nsame: '[[old]]'\nx: [\"[[old|y]]\"]\n---\n",
            "---\nup: new\nsame: '[[new]]'\nx: [\"[[new|y]]\"]\n---\n",
        ),
        (
            "---\nup:\n  - \"[[old]]\"\n  - '[[other]]'\n---\n",
            "---\nup:\n  - \"[[new]]\"\n  - '[[other]]'\n---\n",
        ),
        ("---\nstatus: draft\n---\n[[old]]", "---\nstatus: draft\n---\n[[new]]"),
    ],
)
def test_every_link_follows(tmp_path, before, after):
    """In the form in which it is written; an alias leads to the note still."""
    files = {"a.md": before, "sub/old.md": "---\naliases: [Alias]\n---\n# Part\n\ntext ^b\n", "other.md": ""}
    assert texts(tmp_path / "vault", files, "sub/old.md", "sub/new.md") == (
        {} if after is None else {"a.md": after}
    )


CANVAS = r"""{
  "nodes":[
    {"id":"a","type":"file","file":"sub\/old.md","subpath":"#Part","x":0,"y":0,"width":9,"height":9},
    {"id":"b","type":"text","text":"old\nis [[old]], \u00e4 \ud83d\ude00 [[sub/old|x]] and\n[y](<sub/old.md>)","x":0,"y":0,"width":9,"height":9}
  ],
  "edges":[]
}"""


def test_a_canvas_follows_in_its_files_and_texts(tmp_path):
    """No other byte of it changes: neither its escapes nor its white space."""
    files = {"a.md": "[[x.canvas]]", "x.canvas": CANVAS, "sub/old.md": "# Part\n"}
    expected = (
        CANVAS.replace(r"sub\/old.md", "sub/ö new.md")
        .replace("[[old]]", r"[[\u00f6 new]]")
        .replace("[[sub/old|x]]", r"[[sub/\u00f6 new|x]]")
        .replace("<sub/old.md>", r"<sub/\u00f6 new.md>")
    )
    assert texts(tmp_path / "vault", files, "sub/old.md", "sub/ö new.md") == {"x.canvas": expected}


def test_the_properties_of_a_canvas_are_left_and_named(tmp_path):
    """They are in nobody's words: whoever writes them changes them."""
    canvas = '{"nodes":[],"metadata":{"frontmatter":{"up":"[[old]]"}}}'
    plan = planned(
        tmp_path / "vault", {"a.md": "[[x.canvas]]", "x.canvas": canvas, "old.md": ""}, "old.md", "new.md"
    )
    assert plan.changed == {}
    assert [place.path for place in plan.left] == ["x.canvas"]


def test_bases_and_queries_follow(tmp_path):
    """Where they name the note: by a link, in a function, or where its path or name is compared."""
    base = """filters:
  or:
    - file.hasLink("old")
    - 'file.hasLink(link("sub/old.md")) && file.name != "older"'
    - "file.path == \\"sub/old.md\\""
    - file.basename == "old" || note.up == "old"
    - list(up).contains(link("[[old]]"))
views:
  - type: table
    name: old
"""
    query = '```dataview\nLIST FROM [[old]] OR "sub/old" WHERE file.name = "old" AND x = "old"\n```\n\n`[[old]]`\n'
    files = {"all.base": base, "q.md": f"> old\n\n{query}", "sub/old.md": "", "older.md": ""}
    found = texts(tmp_path / "vault", files, "sub/old.md", "sub/new.md")
    assert found == {
        "all.base": base.replace('hasLink("old")', 'hasLink("new")')
        .replace("sub/old.md", "sub/new.md")
        .replace('basename == "old"', 'basename == "new"')
        .replace("[[old]]", "[[new]]"),
        "q.md": "> old\n\n"
        + query.replace(
            'FROM [[old]] OR "sub/old" WHERE file.name = "old"',
            'FROM [[new]] OR "sub/new" WHERE file.name = "new"',
        ),
    }


def test_nope_a_name_that_would_break_a_base_is_not_written(tmp_path):
    """Its place is named."""
    base = 'filters: file.hasLink("old")\n'
    plan = planned(tmp_path / "vault", {"all.base": base, "old.md": ""}, "old.md", "a: b.md")
    assert plan.changed == {}
    assert [(str(place)) for place in plan.left] == ["all.base:1:24"]


def test_a_note_that_moves_keeps_its_own_links(tmp_path):
    """Links relative to its old folder are rewritten for the new one."""
    files: dict[str, str | bytes] = {
        "a/old.md": "[x](near.md) ![p](img/p.png) [[near]] [[#Part]] [s](#part) [self](old.md)\n\n# Part\n",
        "a/near.md": "[back](old.md)",
        "a/img/p.png": b"x",
    }
    assert texts(tmp_path / "vault", files, "a/old.md", "b/c/new.md") == {
        "a/near.md": "[back](../b/c/new.md)",
        "a/old.md": "[x](../../a/near.md) ![p](../../a/img/p.png) [[near]] [[#Part]] [s](#part) [self](new.md)\n\n# Part\n",
    }


def test_a_name_that_another_note_has_is_written_as_a_path(tmp_path):
    """Links to that other one still lead there: by its path, where the name would lead to the note that takes it."""
    files: dict[str, str | bytes] = {"old.md": "", "sub/new.md": "", "a.md": "[[old]] [[new]]"}
    assert texts(tmp_path / "one", files, "old.md", "deep/er/new.md") == {"a.md": "[[deep/er/new]] [[new]]"}
    assert texts(tmp_path / "two", files, "old.md", "new.md") == {"a.md": "[[new]] [[sub/new]]"}


def test_names_with_blanks_and_marks_are_written_so_that_they_are_read(tmp_path):
    """Encoded in a Markdown link, quoted in front matter."""
    files: dict[str, str | bytes] = {
        "old.md": "",
        "a.md": "---\nup: old\n---\n[x](old.md) [y](<old.md>)\r\nend",
    }
    assert texts(tmp_path / "vault", files, "old.md", "Is it: new?.md") == {
        "a.md": '---\nup: "[[Is it: new?]]"\n---\n[x](Is%20it%3A%20new%3F.md) [y](<Is it: new?.md>)\r\nend'
    }


def test_what_cannot_be_rewritten_is_reported(tmp_path):
    """A note that is not UTF-8 stays as it is, byte for byte."""
    files: dict[str, str | bytes] = {"old.md": "", "a.md": b"\xe9 [[old]]"}
    plan = planned(tmp_path / "vault", files, "old.md", "new.md")
    assert plan.changed == {}
    assert [str(place) for place in plan.left] == ["a.md:1:3"]


def test_a_place_that_is_taken_is_refused(tmp_path):
    """Nothing is written over; another case of the same name is free."""
    files: dict[str, str | bytes] = {"old.md": "", "new.md": "", "a.md": "[[old]]"}
    with pytest.raises(RenamingError, match=r"there is already a file new\.md"):
        planned(tmp_path / "vault", files, "old.md", "new.md")
    assert texts(tmp_path / "vault", files, "old.md", "Old.md") == {"a.md": "[[Old]]"}


@pytest.mark.parametrize(("old", "new"), [("old.md", "new.ipynb"), ("old.ipynb", "new.ipynb")])
def test_only_markdown_is_renamed(tmp_path, old, new):
    """The places of links in a notebook are not those in its file."""
    with pytest.raises(RenamingError, match="only Markdown notes"):
        planned(tmp_path / "vault", {"old.md": "", "old.ipynb": "{}"}, old, new)
