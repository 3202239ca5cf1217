"""Whatever a view asks for, it answers as if the notes that are not published had never been written (VW-5, VW-6, PB-3)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Final

import pytest

from tests.support.built_site import BuiltSite
from tests.support.in_memory import SiteInMemory, written_in_memory

PRIVATE: Final = ("status: draft", "publish: false", "draft: true", "private: true", "status: sesame")
"""Ways not to be published; the last is a status that nobody has explained."""

PUBLIC: Final[Mapping[str, str]] = MappingProxyType(
    {
        "open/one.md": "---\nk: 1\ntags: [shared]\naliases: [uno]\ndate: 2024-02-01\nwith: '[[two]]'\n---\n[[two]]\n\n- [ ] task 📅 2024-02-02 #shared\n",
        "open/two.md": "---\nk: 2\ncreated: 2024-01-01\n---\n#shared/deep [[one]] ![[pic.png]]\n\nup:: [[one]]\n\n- item [k:: 3]\n",
        "three.md": "no properties, [[one]] and [[two|the second]]\n",
        "pic.png": "png",
    }
)
NODES: Final = (
    {"type": "file", "file": "zzfolder/deep/zzfile0.md"},
    {"type": "file", "file": "zzfolder/deep/zzfile1.md", "subpath": "#zzheading"},
    {"type": "file", "file": "zzfolder/zzfile.canvas"},
    {"type": "file", "file": "open/one.md"},
    {"type": "text", "text": "![[zzfile2]] ![[zzfile2#^zzblock]] [[zzalias]]"},
)
PLAN: Final = json.dumps(
    {
        "nodes": [
            {"id": str(at), "x": at * 100, "y": 0, "width": 90, "height": 90, **node}
            for at, node in enumerate(NODES)
        ],
        "edges": [{"id": str(at), "fromNode": "3", "toNode": str(at)} for at in (0, 1, 2, 4)],
    }
)
SHOWN: Final[Mapping[str, str]] = MappingProxyType(
    {
        "open/plan.canvas": PLAN,
        "open/board.md": "---\nkanban-plugin: board\n---\n\n## Lane\n\n- [ ] [[zzfile0]] ![[zzfile1]]\n",
        "open/drawn.excalidraw.md": "---\nexcalidraw-plugin: parsed\n---\n# Text Elements\nHello ^t\n\n## Embedded Files\n"
        '0123: [[zzname.png]]\n\n%%\n# Drawing\n```json\n{"type": "excalidraw", "elements": []}\n```\n%%\n',
        "shown.md": "![[plan.canvas]] ![[drawn.excalidraw]] ![[zzfolder/zzfile.canvas]] ![[zzfile0#zzheading]]\n",
    }
)
SECRETS: Final = (
    "title alias tag file folder task field body heading block key value card node name display item"
)
"""What the private notes are full of: `zz` and one of these words, which stand in nothing else."""


def private_notes() -> Iterator[tuple[str, str]]:
    """Yield notes that must leave no trace, in all ways of being private."""
    for number, state in enumerate(PRIVATE):
        text = (
            f"---\n{state}\ntitle: zztitle\naliases: [zzalias]\ntags: [zztag, shared, shared/zztag]\nk: 7\nzzkey: zzvalue\n"
            "date: 2031-05-06\nmodified: 2031-05-07\nup: '[[two]]'\nwith: '[[one]]'\n---\n# zzheading\n\n"
            "zzbody [[one|zzdisplay]] [[two]] ![[pic.png]] ![[zzname.png]] zzfield:: zzvalue\n\n#shared #zztag\n\n"
            "- [ ] zztask 📅 2024-02-02 #shared ^zzblock\n- zzitem [zzkey:: zzvalue]\n"
        )
        yield f"zzfolder/deep/zzfile{number}.md", text
        yield (
            f"zzfolder/zzfile-board{number}.md",
            f"---\n{state}\nkanban-plugin: board\n---\n\n## zzheading\n\n- [ ] zzcard [[one]]\n",
        )
    node = {"id": "a", "type": "text", "x": 0, "y": 0, "width": 9, "height": 9, "text": "zznode [[one]]"}
    plan = {"nodes": [node], "edges": [], "metadata": {"frontmatter": {"publish": False}}}
    yield "zzfolder/zzfile.canvas", json.dumps(plan)
    yield "zzname.png", "png"


LINKS: Final = (
    "[[zzfile0]]",
    "[[zzfolder/deep/zzfile1]]",
    "[[zzalias]]",
    "[[zztitle]]",
    "[[zzfile2#zzheading]]",
)
EXPRESSIONS: Final = (
    "file",
    "file.name",
    "file.path",
    "file.folder",
    "file.link",
    "file.tags",
    "file.etags",
    "file.inlinks",
    "file.outlinks",
    "length(file.inlinks)",
    "file.inlinks.file.name",
    "file.outlinks.zzkey",
    "file.aliases",
    "file.tasks",
    "file.lists.text",
    "file.frontmatter",
    "file.day",
    "date(today)",
    "k",
    "zzkey",
    "zzfield",
    "up",
    "down",
    "trail",
    "with",
    "row",
    "filter(file.inlinks, (l) => l.k = 7)",
    "map(file.inlinks, (l) => meta(l).path)",
)
SOURCES: Final = (
    "",
    "#shared",
    "#zztag",
    "#shared/zztag",
    '"zzfolder"',
    '"zzfolder/deep/zzfile0"',
    '"open"',
    "[[one]]",
    "outgoing([[zzfile0]])",
    "[[zzfile0]]",
    "[[zzalias]]",
    '-"open"',
    "!#shared and -[[one]]",
)
OF_A_LINK: Final = (
    "",
    ".file.name",
    ".file.path",
    ".file.tags",
    ".file.tasks.text",
    ".file.inlinks",
    ".file.outlinks",
    ".file.mtime",
    ".k",
    ".zzkey",
    ".title",
    ".file.frontmatter",
    ".up",
)
OF_TWO: Final = (
    "{} = {}",
    "{} < {}",
    "[{}] = [{}]",
    "contains([{}], {})",
    "meta({}).path = meta({}).path",
    "string({}) = display({})",
)


def dataview() -> Iterator[str]:
    """Yield queries of Dataview."""
    for source in SOURCES:
        rest = f"FROM {source}" if source else ""
        yield f"LIST {rest}"
        yield f"TASK {rest}"
        yield f"CALENDAR file.ctime {rest}"
        yield f"TABLE WITHOUT ID length(rows) {rest} GROUP BY k"
        yield f"TABLE WITHOUT ID l {rest} FLATTEN file.inlinks AS l"
        yield f"LIST {rest} WHERE any(file.inlinks, (l) => l.k = 7) OR k = 7 OR zzkey"
    for expression in EXPRESSIONS:
        yield f"TABLE WITHOUT ID {expression}"
        yield f'LIST WHERE contains(string({expression}), "zz")'
        yield f"TABLE WITHOUT ID rows.{expression} GROUP BY file.folder SORT length(rows)"
        yield f"LIST GROUP BY {expression}"
        yield f"TASK WHERE {expression} SORT {expression}"
    for link, field in product(LINKS, OF_A_LINK):
        yield f"TABLE WITHOUT ID {link}{field} LIMIT 1"
        yield f'LIST WHERE contains({link}{field}, "zz")'


def in_line() -> Iterator[str]:
    """Yield values in a line."""
    for link, field in product(LINKS, OF_A_LINK):
        yield f"`= {link}{field}`"
        yield f"`= length({link}{field})`"
    for one, other, how in product(LINKS, LINKS, OF_TWO):
        yield f"`= {how.format(one, other)}`"
    for expression in EXPRESSIONS:
        yield f"`= [[one]].{expression}`"


BASE_FILTERS: Final = (
    "true",
    'file.inFolder("zzfolder")',
    'file.hasTag("zztag")',
    'file.hasTag("shared")',
    'file.hasLink("one")',
    'file.hasLink("zzfile0")',
    'file.hasLink(link("zzalias"))',
    "k == 7",
    'note["zzkey"] == "zzvalue"',
    'file.hasProperty("zzkey")',
    'file.name.contains("zz")',
    'file.path.contains("zz")',
    'file.ext == "png"',
    "file.backlinks.length > 1",
    'file.backlinks.map(value.asFile().name).join().contains("zz")',
    'link("zzfile0").linksTo(file("one"))',
    'file("zzfolder/deep/zzfile0.md").hasTag("zztag")',
    "with == this",
    "file.mtime > date('2030-01-01')",
    "now() > date('2030-01-01')",
    '!file.hasTag("shared")',
)
BASE_FORMULAS: Final = (
    "file.backlinks",
    "file.links",
    "file.tags",
    "file.properties",
    "file.size",
    "now().toString()",
    'link("zzfile0")',
    'link("zzalias").asFile().name',
    'file("zzfile0").path',
    'file("zzfolder/deep/zzfile1.md").properties',
    'link("zzfile0") == link("zzalias")',
    'link("zzfile0") == file("zzfolder/deep/zzfile0.md")',
    '[link("zzfile0"), link("zzalias"), link("zztitle")].unique().length',
    'image("zzname.png")',
    'image(link("zzname.png"))',
    "up",
    "down",
    "trail",
)


def bases() -> Iterator[str]:
    """Yield bases."""
    for condition in BASE_FILTERS:
        yield f"filters: {json.dumps(condition)}"
        yield f"filters: {{not: [{json.dumps(condition)}]}}\nviews: [{{type: cards, image: with}}]"
        yield f"filters: {json.dumps(condition)}\nviews: [{{order: [file.name], groupBy: {{property: with}}, summaries: {{file.name: Unique}}}}]"
    for formula in BASE_FORMULAS:
        yield f"formulas: {{f: {json.dumps(formula)}}}\nviews: [{{order: [file.name, formula.f], sort: [{{property: formula.f}}], summaries: {{formula.f: Filled}}}}]"


TASKS: Final = (
    "",
    "path includes zz",
    "folder includes zzfolder",
    "tags include shared",
    "tags include zztag",
    "description includes zztask",
    "heading includes zzheading",
    "due 2024-02-02",
    "group by path",
    "group by tags",
    "group by heading",
    "happens before today",
    "sort by urgency",
    "(path includes zz) OR (path includes open)",
    "NOT (path includes open)",
)


def fences(language: str, queries: Iterable[str]) -> str:
    """Return a note with all these queries."""
    return "\n\n".join(f"```{language}\n{query}\n```" for query in queries)


def site(folder: Path, private: Iterable[tuple[str, str]] = ()) -> SiteInMemory:
    """Return a site of notes that ask for everything, whose vault also has these private notes."""
    asking = {
        "ask-dataview.md": fences("dataview", dataview()),
        "ask-in-line.md": "\n\n".join(in_line()),
        "ask-base.md": fences("base", bases()),
        "ask-tasks.md": fences("tasks", TASKS),
    }
    return written_in_memory({**PUBLIC, **SHOWN, **asking, **dict(private)}, folder)


def views_of(site: BuiltSite, note: str) -> str:
    """Return the body of a page, where all its views are."""
    body = site.pages[f"/{note}/"].body
    assert body is not None
    return body.html or ""


@pytest.fixture(scope="module")
def with_secrets(tmp_path_factory: pytest.TempPathFactory) -> SiteInMemory:
    """The site with private notes in its vault."""
    return site(tmp_path_factory.mktemp("secrets"), private_notes())


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> SiteInMemory:
    """The site of the same vault without them."""
    return site(tmp_path_factory.mktemp("public"))


@pytest.mark.parametrize("note", ["ask-dataview", "ask-in-line", "ask-base", "ask-tasks"])
def test_vw_6_views_answer_as_if_private_notes_did_not_exist(
    with_secrets: SiteInMemory, without: SiteInMemory, note: str
) -> None:
    """Not one character of any view is another."""
    shown, expected = views_of(with_secrets, note), views_of(without, note)
    assert "data-view=" in shown
    assert shown.split("data-view=") == expected.split("data-view=")


def test_pb_3_no_word_of_a_private_note_is_in_any_file(
    with_secrets: SiteInMemory, without: SiteInMemory
) -> None:
    """What public notes themselves say of them aside: no file has more of their words than without them."""
    for file in with_secrets.files:
        text = with_secrets.bytes_of(file).lower()
        told = without.bytes_of(file).lower() if file in without.files else b""
        for word in SECRETS.split():
            canary = f"zz{word}".encode()
            assert text.count(canary) <= told.count(canary), f"zz{word} in {file}"
