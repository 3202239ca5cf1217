"""Links and typed relations in front matter (FM-11, FM-12, HI-2, HI-3)."""

import pytest

from garden.model.names import VaultPath
from garden.model.note import RefKind, Target
from garden.model.settings import ReadingSettings
from garden.reading.frontmatter.read import FrontMatter, read_front_matter
from garden.reading.source import read_source


def read(yaml: str, settings: ReadingSettings | None = None) -> FrontMatter:
    source = read_source(VaultPath("n.md"), f"---\n{yaml}\n---\nBody [[no]]".encode())
    return read_front_matter(source, settings or ReadingSettings())


def said(note: FrontMatter) -> list[str]:
    return [f"{problem.place.line}:{problem.place.column} {problem.code}" for problem in note.problems]


def found(note: FrontMatter) -> list[tuple[str, str, int, int]]:
    return [(ref.raw, ref.relation, ref.place.line, ref.place.column) for ref in note.meta.refs]


@pytest.mark.parametrize(
    ("yaml", "links"),
    [
        ('source: "[[a]]"', [("a", 2, 10)]),
        ("source: see [[a]] and [[b]]", [("a", 2, 13), ("b", 2, 23)]),
        ("'quoted': ['[[a]]', \"é𝒳 [[b]]\"]", [("a", 2, 13), ("b", 2, 25)]),
        ("deep: {x: [{y: '[[a]]'}]}", [("a", 2, 17)]),
        ("title: '[[a]]'", [("a", 2, 9)]),
        ("text: |\n  one [[a]]\n  two\n  [[b]]", [("a", 3, 7), ("b", 5, 3)]),
        ("text: >\n  [[a]]\n  [[a]]", [("a", 3, 3), ("a", 4, 3)]),
        ('text: "\\u00e9 [[é\\\\x]]"', [("é\\x", 2, 15)]),
        ("cover: '![[a.png]]'", [("a.png", 2, 9)]),
        ("text: '[[a [b] c]]'", [("a [b] c", 2, 8)]),
        ("text: '[[a [[b]] c]]'", [("b", 2, 12)]),
        ("text: '[[[b]]]'", [("b", 2, 9)]),
    ],
)
def test_links_in_any_property_text_count(yaml, links):
    """FM-11: however nested; the place is that of the `[[`."""
    note = read(yaml)
    assert (found(note), said(note)) == ([(raw, "", line, column) for raw, line, column in links], [])


@pytest.mark.parametrize("text", ["[[]]", "[[ ]]", "[[|x]]", "[[x", "[x]", "#word", "`x`", "[[a\\n]]"])
def test_anything_but_a_link_is_text(text):
    """WL-2, FM-12: property text is not Markdown and has no tags."""
    note = read(f'text: "{text}"')
    assert (found(note), note.meta.tags, said(note)) == ([], (), [])


def test_a_link_has_target_and_display():
    """WL-1: the forms of a wiki-link are the same as in text."""
    (ref,) = read("text: '[[ a.md#B#C | shown ]]'").meta.refs
    assert (ref.kind, ref.target, ref.display) == (RefKind.PROPERTY, Target("a", ("B", "C")), "shown")


def test_markdown_links_count_when_they_lead_into_the_vault():
    """FM-11, WL-13: external links and bare fragments ask the vault nothing."""
    note = read(
        "text: '[t](a%20b.md#c) [u](<x y.md>) [v](https://e.org/) [w](#f) [x](mailto:a@b) [y]({tag}z) [z](//e)'"
    )
    assert [(ref.kind, ref.raw, ref.target.path, ref.display) for ref in note.meta.refs] == [
        (RefKind.MARKDOWN, "a%20b.md#c", "a b", "t"),
        (RefKind.MARKDOWN, "x y.md", "x y", "u"),
    ]


@pytest.mark.parametrize(
    ("yaml", "links"),
    [
        ("up: [[x]]", [("x", 2, 5)]),
        ("up:  [[x]] # comment", [("x", 2, 6)]),
        ("up: [[a]], [[b]]", [("a", 2, 5), ("b", 2, 12)]),
        ("up: [[a]] [[b]]", [("a", 2, 5), ("b", 2, 11)]),
        ("up: [[a|b]]", [("a", 2, 5)]),
        ("up: [[a#b]]", [("a#b", 2, 5)]),
        ("up: [[a #b: c, {d}]]", [("a #b: c, {d}", 2, 5)]),
        ('up: [[the "x"]]', [('the "x"', 2, 5)]),
        ("up: ![[a]]", [("a", 2, 5)]),
        ("up:\n  - [[a]]\n  - [[b|c]]\n  - '[[d]]'", [("a", 3, 5), ("b", 4, 5), ("d", 5, 6)]),
        ("up: [[[a]], [[b #c]]]", [("a", 2, 6), ("b #c", 2, 13)]),
        ("up: ['[[a]]', \"[[b]]\"]", [("a", 2, 7), ("b", 2, 16)]),
        ("up: '\"[[a]]\", [[b]]'", [("a", 2, 7), ("b", 2, 15)]),
        ("up: '[t](a.md)'", [("a.md", 2, 6)]),
    ],
)
def test_relations_take_every_link(yaml, links):
    """HI-2, FM-11: text or list, quoted or not; quotes round a link are ignored."""
    note = read(yaml)
    assert (found(note), said(note)) == ([(raw, "up", line, column) for raw, line, column in links], [])


@pytest.mark.parametrize(
    ("yaml", "names"),
    [
        ("up: Data Versioning", [("Data Versioning", 2, 5)]),
        ("up: [a, b c]", [("a", 2, 6), ("b c", 2, 9)]),
        ('up: [["a", "b"]]', [("a", 2, 8), ("b", 2, 13)]),
        ("up:\n  - 2024\n  - 1.10\n  - true", [("2024", 3, 5), ("1.10", 4, 5), ("true", 5, 5)]),
        ("up: '\"a\"'", [("a", 2, 7)]),
    ],
)
def test_relations_take_plain_names(yaml, names):
    """HI-2: a name without brackets is a target in front matter, with the characters as typed."""
    note = read(yaml)
    assert (found(note), said(note)) == ([(raw, "up", line, column) for raw, line, column in names], [])
    assert all(ref.plain_name for ref in note.meta.refs)


@pytest.mark.parametrize("yaml", ["up:", "up: ''", "up: []", "up: [~, '']", "up:\n  -"])
def test_an_empty_relation_is_nothing(yaml):
    """FM-5: no edge and no diagnostic."""
    assert (found(read(yaml)), said(read(yaml))) == ([], [])


@pytest.mark.parametrize(
    "value",
    [
        "https://e.org",
        "'[t](https://e.org)'",
        "'[[]]'",
        "'[[x'",
        "'[x]'",
        "'[t](#x)'",
        "{a: b}",
        "mailto:a@b.c",
    ],
)
def test_a_relation_without_a_link_is_reported(value):
    """HI-3: no edge, `field-not-link` at the key."""
    note = read(f"k: 1\nUp: {value}")
    assert (found(note), said(note)) == ([], ["3:1 field-not-link"])


def test_each_item_of_a_list_is_reported_alone():
    """HI-3: the good items of a list stay."""
    note = read("up:\n  - https://e.org\n  - '[[a]] and'\n  - b")
    assert [raw for raw, *_ in found(note)] == ["a", "b"]
    assert said(note) == ["2:1 field-not-link", "2:1 field-trailing-text"]


@pytest.mark.parametrize(
    "value", ["'[[a]] text'", "see [[a]]", "[[a]]]", "'[[a]]; [[a]]'", "[[a]] https://e.org"]
)
def test_text_beside_links_is_reported_and_ignored(value):
    """HI-3: `[[MOC_Git]]]` means `MOC_Git`."""
    note = read(f"up: {value}")
    assert {raw for raw, *_ in found(note)} == {"a"}
    assert said(note) == ["2:1 field-trailing-text"]


def test_an_external_link_beside_a_link_is_reported():
    """HI-3: the internal one counts."""
    note = read("up: '[[a]], [t](https://e.org)'")
    assert ([raw for raw, *_ in found(note)], said(note)) == (["a"], ["2:1 field-not-link"])


def test_relation_keys_are_compared_like_fields():
    """IF-4, HI-1: case, spaces and punctuation do not matter; the settings say which fields there are."""
    settings = ReadingSettings(relations=("up", "part-of", "x"))
    note = read("Part Of: a\nX: b\nsame: c\n'**up**': d", settings)
    assert [(raw, relation) for raw, relation, *_ in found(note)] == [
        ("a", "part-of"),
        ("b", "x"),
        ("d", "up"),
    ]


def test_real_lists_of_lists_stay_lists():
    """FM-11: only what looks like a wiki-link is one."""
    note = read('m: [[1, 2], [3, 4]]\nn: [["a", "b"]]\ntags: [a, b]')
    assert note.meta.properties["m"] == [[1, 2], [3, 4]]
    assert note.meta.properties["n"] == [["a", "b"]]
    assert (note.meta.properties["tags"], found(note)) == (["a", "b"], [])


def test_an_unquoted_link_is_kept_as_text():
    """FM-11: templates see the link as it is written."""
    note = read("related: [[a: b|c]]\nnested: {x: [[d]]}")
    assert dict(note.meta.properties) == {"related": "[[a: b|c]]", "nested": {"x": "[[d]]"}}


def test_code_points_for_internal_use_are_not_taken_for_syntax():
    """Text cannot forge what hides wiki-links from YAML."""
    note = read("a: \ufdd0x\ufdef\nb: [[y]]")
    assert dict(note.meta.properties) == {"a": "\ufffdx\ufffd", "b": "[[y]]"}
