"""A vault that is linked again after any change is what linking it from nothing gives."""

import pickle
from collections.abc import Iterable, Mapping
from functools import cache
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from garden.linking.hierarchy.siblings import Siblings
from garden.linking.incremental.vault_changes import same_where_equal
from garden.linking.ledger.text import parse_ledger
from garden.linking.link_vault import Linking, link_vault
from garden.linking.resolving import near_names, resolve_all
from garden.linking.snapshot import Snapshot
from garden.model.names import VaultPath
from garden.model.note import Document
from garden.model.settings import EdgeSource, ParentPolicy, Settings
from garden.rendering.catalog import Catalog
from garden.rendering.renewed_catalog import renewed_catalog
from tests.property.test_changed_text import WITH_SOURCES, indexes, read
from tests.property.test_linking import EVERYTHING, notes, paths
from tests.support.effort import effort


def ordered(snapshot: Snapshot) -> dict[str, Any]:
    """All of a snapshot that can be compared, with the order of its mappings."""
    found = {}
    for name in snapshot.__struct_fields__:
        value = getattr(snapshot, name)
        if isinstance(value, Siblings):
            value = dict(value)
        found[name] = list(value.items()) if isinstance(value, Mapping) else value
    found["ledger"] = [(key, line, line.number) for key, line in snapshot.ledger.lines.items()]
    del found["locate"]
    return found


PATHS = ["a.md", "b.md", "c/c.md", "c/index.md", "d e.md", "x/a.md", "c/README.md", "f.base", "deep/er/g.md"]
FILES = ["drawing.svg", "c/drawing.svg", "a.png", "x/b.pdf"]
KEYS = [
    "title: a",
    "title: D-e",
    "title: “Quoted” name",
    "aliases: [b, Other name]",
    "aliases: [a, c/c]",
    "slug: wanted",
    "slug: b",
    "permalink: /",
    "status: draft",
    "status: hidden",
    "tags: [t, T/u]",
    "tags: [Tt]",
    "category: kinds",
    "author: Someone",
    "lang: de",
    "order: 2",
    "up: '[[b]]'",
    "up: [wanted]",
    "up: ['[[Hub]]', '[[nobody]]']",
    "excalidraw-plugin: parsed",
    "date: 2020-01-02",
]
PARTS = [
    "Words.",
    "[[a]], [[b#part]], [[c]], [[d-e]] and [[nobody]]",
    "[[Other name]] and [[wanted]] and [[hub]] and [[c/c]]",
    "[x](../a.md), [y](c/), [z]({filename}/c/c.md), [w]({tag}t), [v](/tags/t/), [u](..)",
    "![[drawing.svg]] ![[a.png]] ![[f.base]] ![](x/b.pdf)",
    "up:: [[Hub]]",
    "up:: [[d-e]]",
    "up:: [[c/c]], [[a]]",
    "next:: [[g]]",
    "## part",
    "## other\n\ntext ^one",
    "[[a#^one]] and [[#part]] and [[b#parts]] and [[er/g|g]]",
    "<p id='part'>raw</p>",
    "[[nobodi]] [[Othr name]] [[er]] [[deep]]",
    "#t and #Tt",
]


class RandomVault:
    """Some notes and files that change at random."""

    def __init__(self, seed: int, chosen: Settings) -> None:
        self._random = Random(seed)
        self._settings = chosen
        self._texts: dict[str, tuple[list[str], list[str]]] = {}
        self.notes: dict[VaultPath, Document] = {}
        self.files = [VaultPath(path) for path in self._random.sample(FILES, 2)]
        for path in self._random.sample(PATHS, 6):
            self._write(path, self._random.sample(KEYS, 2), self._random.choices(PARTS, k=3))

    def edit(self) -> None:
        """Change one thing."""
        path = self._random.choice(sorted(self._texts) or PATHS)
        keys, parts = self._texts.get(path, ([], []))
        match self._random.randrange(9):
            case 0:
                self._write(self._random.choice(PATHS), self._random.sample(KEYS, 2), parts)
            case 1 if len(self._texts) > 1:
                del self._texts[path], self.notes[VaultPath(path)]
            case 2 if path in self._texts:
                del self._texts[path], self.notes[VaultPath(path)]
                self._write(self._random.choice(PATHS), keys, parts)
            case 3:
                self.files = [VaultPath(path) for path in self._random.sample(FILES, 2)]
            case 4 | 5:
                self._write(path, [*keys, self._random.choice(KEYS)], parts)
            case 6 if keys:
                self._write(path, self._without_one(keys), parts)
            case 7 if parts:
                self._write(path, keys, self._without_one(parts))
            case _:
                at = self._random.randrange(len(parts) + 1)
                self._write(path, keys, [*parts[:at], self._random.choice(PARTS), *parts[at:]])

    def _without_one(self, lines: list[str]) -> list[str]:
        at = self._random.randrange(len(lines))
        return lines[:at] + lines[at + 1 :]

    def _write(self, path: str, keys: list[str], parts: list[str]) -> None:
        by_key = {line.partition(":")[0]: line for line in keys}
        text = "\n\n".join(parts)
        if path.endswith(".base"):
            by_key, text = {}, "views:\n  - type: table\n    name: All\n"
        if by_key:
            text = "\n".join(["---", *by_key.values(), "---", text])
        self._texts[path] = list(by_key.values()), parts
        self.notes[VaultPath(path)] = read(path, text, self._settings)


LEDGER = """{"garden": "addresses", "version": 1}
{"note": "a.md", "address": "old-a/"}
{"note": "gone.md", "address": "gone/"}
{"tag": "t", "address": "tags/t/", "members": ["a.md"]}
{"hub": "hub", "address": "the-hub/", "members": ["a.md", "b.md"]}
"""


@pytest.mark.parametrize("written", ["", LEDGER], ids=["never published", "published"])
@pytest.mark.parametrize("chosen", [Settings(), WITH_SOURCES], ids=["typed links", "everything"])
@pytest.mark.parametrize("seed", range(effort(3, 1500)))
def test_linking_again_is_linking(seed, chosen, written):
    """Edit after edit, of names, relations, states, groups, parts, and files."""
    ledger = parse_ledger(written)
    vault = RandomVault(seed, chosen)
    linking = catalog = None
    for _ in range(8):
        linking = Linking(vault.notes, vault.files, chosen, ledger, before=linking)
        snapshot = linking.snapshot
        assert ordered(snapshot) == ordered(link_vault(vault.notes, vault.files, chosen, ledger))
        fresh = Catalog(snapshot, chosen)
        catalog = renewed_catalog(catalog, snapshot, {}) if catalog else fresh
        assert looked_up(catalog) == looked_up(fresh)
        for _ in range(Random(seed).randrange(1, 3)):
            vault.edit()


VAULT = {
    "a.md": "---\ntags: [t, T/u]\nlang: de\n---\n[[b]] [[Other]] [[wanted]] [[Shown title]] [[c/c#part]] [[solo hub]] [[folder]] [x](/a/)",
    "b.md": "---\nup: '[[a]]'\norder: 1\ncategory: kinds\nauthor: Someone\naliases: [Second]\ndate: 2020-01-02\n---\n[x]({tag}t) [[b]]",
    "c/c.md": "---\nup: ['[[a]]', '[[Solo hub]]']\norder: 2\naliases: [Other]\nslug: wanted\ndate: 2021-01-02\n---\n## part\n\n[[a]] [[b]]",
    "d.md": "---\nup: [Hub]\ntitle: A title\n---\nsame:: [[Shown title]]\n\nup:: [[d]]\n\n[[nobody]] [[c/c#parts]]",
    "e.md": "---\nup: ['[[Hub]]', '[[c]]']\nslug: b\nup:: wanted\n---\nnext:: [[d]]",
    "folder/index.md": "---\nstatus: hidden\nslug: my-note\n---\n[[a]]",
    "folder/f.md": "---\ntitle: Twin\ntags: [kind]\ncategory: kinds\n---\nWords.\n\nup:: [[f]]",
    "folder/g.md": "---\ntitle: Twin\ntags: [tt]\ncategory: kinds\n---\n[[f]] [[folder]] [[Other]]",
    "index.md": "Home.",
    "k.md": "---\ncategory: sole\n---\n",
    "l.md": "---\ncategory: sole\n---\n",
    "list.md": "---\nBC-list-note-field: up\n---\n- [[unwritten one]]\n  - [[g]]",
    "m.md": "---\nBC-list-note-field: down\n---\n- [[g]]\n  - [[b]]",
    "p.md": "---\nslug: b\n---\n[z]({filename}/z.md)",
    "t.md": "up:: [[Twin]]\n\nsame:: [[Other]], [[Second]]",
    "x.md": "---\ntitle: M\nup: '[[d]]'\n---\n## part",
    "y.md": "---\ntitle: N\nup: '[[e]]'\n---\n## part",
    "z.md": "---\ntitle: A\nup: ['[[d]]', '[[e]]']\n---\n",
}
CHANGES = [
    ("b.md", "order: 1", "order: 3"),
    ("b.md", "category: kinds", "category: sorts"),
    ("b.md", "author: Someone", "author: Nobody"),
    ("b.md", "date: 2020-01-02", "date: 2022-01-02"),
    ("b.md", "up: '[[a]]'", "up: '[[d]]'"),
    ("b.md", "up: '[[a]]'", "up: '[[unwritten]]'"),
    ("b.md", "---\nup", "---\ntitle: Shown title\nup"),
    ("b.md", "---\nup", "---\ntitle: Zzz\nup"),
    ("b.md", "---\nup", "---\nstatus: draft\nup"),
    ("b.md", "---\nup", "---\nstatus: hidden\nup"),
    ("b.md", "---\nup", "---\nlang: de\nup"),
    ("b.md", "---\nup", "---\nslug: ../x\nup"),
    ("b.md", "---\nup", "---\npermalink: /\nup"),
    ("b.md", "---\nup", "---\ndg-home: true\nup"),
    ("b.md", "---\nup", "---\nslug: d\nup"),
    ("a.md", "lang: de", "slug: b\nlang: de\ntranslation: true"),
    ("a.md", "tags: [t, T/u]", "tags: [T/u]"),
    ("a.md", "tags: [t, T/u]", "tags: [t, tt]"),
    ("a.md", "[[b]]", "[[b]] [[c]] [[d]]"),
    ("c/c.md", "aliases: [Other]", "aliases: [nobody]"),
    ("c/c.md", "slug: wanted", "slug: unwanted"),
    ("c/c.md", "## part", "## other part"),
    ("c/c.md", "## part", "<p id='parts'></p>\n\n## part"),
    ("d.md", "up: [Hub]", "up: [Other hub]"),
    ("d.md", "up: [Hub]", "summary: A line more.\nup: [Hub]"),
    ("d.md", "up: [Hub]", "summary: A line more."),
    ("d.md", "[[nobody]]", "[[nobody]] and [[no one]]"),
    ("e.md", "slug: b", "summary: A line more.\nslug: b"),
    ("e.md", "slug: b", "slug: c"),
    ("e.md", "slug: b", "slug: ../b"),
    ("folder/index.md", "slug: my-note", "slug: my note"),
    ("a.md", "tags: [t, T/u]", "tags: [other]"),
    ("c/c.md", ", '[[Solo hub]]'", ""),
    ("e.md", "next:: [[d]]", "next:: [[c/c]]"),
    ("folder/index.md", "status: hidden", "status: published"),
    ("list.md", "unwritten one", "a"),
    ("m.md", "[[b]]", "[[l]]"),
    ("b.md", "aliases: [Second]", "aliases: [Third]"),
    ("c/c.md", "aliases: [Other]", "aliases: [Hub]"),
    ("c/c.md", "Solo hub", "SOLO hub"),
    ("folder/f.md", "category: kinds", "summary: A line more.\ncategory: kinds"),
    ("p.md", "slug: b", "summary: A line more.\nslug: b"),
    ("x.md", "title: M", "title: O"),
    ("x.md", "title: M", "title: Part"),
    ("a.md", "lang: de", "title: Zebra\nlang: de"),
    ("b.md", "aliases: [Second]", "aliases: [Hub]"),
    ("k.md", "category: sole", "category: other"),
    ("d.md", "title: A title", "title: A tidy"),
    ("z.md", "", None),
    ("d.md", "up: [Hub]", "up: [HUB]"),
    ("k.md", "category: sole", "category: SOLE"),
    ("index.md", "Home.", "---\nstatus: hidden\n---\nHome."),
    ("folder/f.md", "tags: [kind]", "tags: [t]"),
    ("folder/f.md", "title: Twin", "title: Single"),
    ("folder/f.md", "category: kinds", "category: sorts"),
    ("folder/f.md", "Words.", "[[g]] [[b]]"),
    ("folder/g.md", "", None),
    ("folder/index.md", "", None),
    ("c/c.md", "", None),
    ("b.md", "", None),
]


@pytest.mark.parametrize("chosen", [Settings(), WITH_SOURCES], ids=["typed links", "everything"])
@pytest.mark.parametrize("change", CHANGES, ids=lambda change: f"{change[0]} {change[2]}")
def test_one_change_and_back(change, chosen):
    """Each fact that something depends on, changed alone: text in place of another, or the note deleted."""
    path, old, new = change
    texts = (VAULT[path], None if new is None else VAULT[path].replace(old, new, 1), VAULT[path])
    check([{**VAULT, path: text} for text in texts], chosen)


LABELS = Settings(missing_parents=(("*", ParentPolicy.LABEL),))
LISTS = Settings(edge_sources=(EdgeSource("list-notes"),), reading=WITH_SOURCES.reading)
LIST = "---\nBC-list-note-field: down\ndown: ['[[a]]', '[[b]]']\n---\n"
SMALL = {
    "a parent without a page in another spelling": (
        LABELS,
        {"a.md": "up:: [[only a name]]", "b.md": "up:: [[only a name]]"},
        {"a.md": "up:: [[ONLY a name]]"},
    ),
    "another parent without a page": (
        LABELS,
        {"a.md": "up:: [[one]]", "b.md": "up:: [[one]]"},
        {"a.md": "up:: [[two]]"},
    ),
    "the order of a list in which notes are read": (
        LISTS,
        {"list.md": f"{LIST}- [[a]]\n- [[b]]", "a.md": "", "b.md": ""},
        {"list.md": f"{LIST}- [[b]]\n- [[a]]"},
    ),
    "another page two levels above": (
        Settings(),
        {"a.md": "", "b.md": "", "c.md": "up:: [[a]]", "d.md": "up:: [[c]]"},
        {"c.md": "up:: [[b]]"},
    ),
    "a note that stands for the folder above a folder": (
        Settings(),
        {"x/y/a.md": "", "z.md": ""},
        {"x.md": "---\ntitle: Other\n---\n"},
    ),
    "a note that asks to be the home page": (
        Settings(),
        {"a.md": "", "b.md": "[[a]]"},
        {"a.md": "---\ndg-home: true\n---\n"},
    ),
    "a note that gets the name of the home page": (
        Settings(home="start"),
        {"a.md": "", "b.md": "[[a]]"},
        {"a.md": "---\naliases: [start]\n---\n"},
    ),
    "one note more, among which a word is rare": (
        Settings(),
        {f"{number}.md": f"---\ntitle: {'Lantern' * (number < 3)} {number}\n---\n" for number in range(11)},
        {"a.md": ""},
    ),
    "a title with its words in another order": (
        Settings(),
        {"a.md": "---\ntitle: Lantern orchard\n---\n", "b.md": ""},
        {"a.md": "---\ntitle: Orchard lantern\n---\n"},
    ),
    "a tag that makes a place": (
        Settings(),
        {"a.md": "#one", "b.md": "#two", "c.md": "#one", "d.md": "", "e.md": ""},
        {"b.md": "#one"},
    ),
    "a category that makes a place": (
        Settings(),
        {"a.md": "---\ncategory: one\n---\n", "b.md": "", "c.md": ""},
        {"b.md": "---\ncategory: one\n---\n"},
    ),
}


@pytest.mark.parametrize("name", SMALL)
def test_one_change_of_a_small_vault(name):
    """What depends on a setting, or on there being nothing else."""
    chosen, before, change = SMALL[name]
    check([before, {**before, **change}, before], chosen)


def check(vaults: Iterable[Mapping[str, str | None]], chosen: Settings) -> None:
    """Link each of these vaults again after the one before it, and compare all that pages look up; None is a note that is deleted."""
    ledger = parse_ledger(LEDGER)
    linking = catalog = None
    from_nothing: dict[tuple[tuple[str, str | None], ...], dict[str, Any]] = {}
    for texts in vaults:
        notes = {
            VaultPath(name): own_copy(name, text, chosen) for name, text in texts.items() if text is not None
        }
        vault = tuple(texts.items())
        if vault not in from_nothing:
            from_nothing[vault] = ordered(link_vault(notes, [VaultPath("x.png")], chosen, ledger))
        linking = Linking(notes, [VaultPath("x.png")], chosen, ledger, before=linking)
        assert ordered(linking.snapshot) == from_nothing[vault]
        fresh = Catalog(linking.snapshot, chosen)
        catalog = renewed_catalog(catalog, linking.snapshot, {}) if catalog else fresh
        assert looked_up(catalog) == looked_up(fresh)


def own_copy(name: str, text: str, chosen: Settings) -> Document:
    """A note of a vault as if it had been read for it: equal to what others have, and no part of it the same object."""
    document: Document = pickle.loads(_stored(name, text, chosen))
    return document


@cache
def _stored(name: str, text: str, chosen: Settings) -> bytes:
    return pickle.dumps(read(name, text, chosen))


def looked_up(catalog: Catalog) -> dict[str, Any]:
    """What pages can look up in a catalog."""
    found: dict[str, Any] = {
        name: getattr(catalog, name)
        for name in ("listed", "nodes", "branches", "places", "order", "most_cited", "paths", "positions")
    }
    found["related"] = indexes(catalog.related_notes)
    found["number of notes"] = len(vars(catalog.related_notes)["_cites"])
    places = [node for node in catalog.places.shape.children if node.kind != "note"]
    for ask in (catalog.link, catalog.mention, catalog.title_order):
        found[ask.__name__] = {node: ask(node) for node in (*catalog.nodes, *places)}
    for ask_page in (catalog.summary, catalog.freshness):
        found[ask_page.__name__] = {node: ask_page(node) for node in catalog.nodes}
    found["card"] = {path: catalog.card(path) for path in catalog.listed}
    return found


@settings(deadline=None)
@given(st.data())
def test_linking_odd_vaults_again_is_linking_them(data):
    """Notes of odd names and properties come, go, and change."""
    chosen = data.draw(st.sampled_from([Settings(static=("a",)), EVERYTHING]))
    vault: dict[VaultPath, Document] = {}
    linking = None
    for _ in range(4):
        for note in data.draw(st.lists(notes(), max_size=3)):
            vault[note.path] = note
        for path in data.draw(st.lists(st.sampled_from(sorted(vault)), max_size=2) if vault else st.just([])):
            vault.pop(path, None)
        files = data.draw(st.lists(paths.map("{}.png".format) | paths, max_size=2))
        linking = Linking(vault, map(VaultPath, files), chosen, before=linking)
        assert ordered(linking.snapshot) == ordered(link_vault(vault, map(VaultPath, files), chosen))


@pytest.mark.parametrize("dead", [2, 4, 9])
def test_hints_do_not_depend_on_earlier_linkings(monkeypatch, dead):
    """Similar names are looked for only so often in a vault: as often in the next one, and for the same references first."""
    for module in (near_names, resolve_all):
        monkeypatch.setattr(module, "MOST_SEARCHES", 5)
    texts = {f"note-{n}.md": f"[[nothe-{n}]]" if n < dead else "Words." for n in range(9)}
    linking = None
    for number in range(6):
        texts["note-8.md"] = "[[nothe-1]]" if number % 2 else "Words."
        texts["note-0.md"] = f"[[nothe-0]] {number}" + " [[nothe-7]] [[nothe-8]]" * (number % 2)
        if number == 4:
            texts["notes-1.md"] = "Words."
        notes = {VaultPath(name): read(name, text) for name, text in texts.items()}
        linking = Linking(notes, [], Settings(), before=linking)
        assert ordered(linking.snapshot) == ordered(link_vault(notes, [], Settings()))


def test_other_settings_and_another_ledger_are_followed():
    """What was linked with others is no help."""
    notes = {VaultPath(name): read(name, text) for name, text in VAULT.items()}
    linking = None
    other = LEDGER.replace("gone/", "d/")
    for chosen, written in ((Settings(), LEDGER), (Settings(), other), (Settings(home="b"), other)):
        ledger = parse_ledger(written)
        linking = Linking(notes, [], chosen, ledger, before=linking)
        assert ordered(linking.snapshot) == ordered(link_vault(notes, [], chosen, ledger))


def test_files_that_come_and_go_are_followed():
    """Links by name and by path lead to another file of that name, or nowhere."""
    texts = {"a.md": "![[p.png]] [[d/p.png]] [x](p.png)", "d/b.md": "![[p.png]]"}
    notes = {VaultPath(name): read(name, text) for name, text in texts.items()}
    linking = None
    for files in (["p.png"], ["d/p.png", "p.png"], ["d/p.png"], [], ["p.png"]):
        linking = Linking(notes, map(VaultPath, files), Settings(), before=linking)
        assert ordered(linking.snapshot) == ordered(link_vault(notes, map(VaultPath, files), Settings()))


def test_what_is_equal_but_in_another_order_is_not_the_same():
    """Values that are equal are the former objects, in the present order."""
    one, other = ("a",), ("a",)
    assert same_where_equal({1: one, 2: "b"}, {1: other, 2: "b"})[1] is one
    former = {1: one, 2: "b"}
    assert same_where_equal(former, {1: other, 2: "b"}) is former
    assert list(same_where_equal(former, {2: "b", 1: other})) == [2, 1]
