"""YAML scalars, types and hostile YAML (FM-4, FM-5, HC-10)."""

import pytest

from garden.model.names import VaultPath
from garden.model.settings import ReadingSettings
from garden.reading.frontmatter.read import FrontMatter, read_front_matter
from garden.reading.source import read_source
from tests.support.growth import grows_slowly, processor_seconds


def read(yaml: str) -> FrontMatter:
    return read_front_matter(
        read_source(VaultPath("n.md"), f"---\n{yaml}\n---\nBody".encode()), ReadingSettings()
    )


def said(note: FrontMatter) -> list[str]:
    return [f"{problem.place.line}:{problem.place.column} {problem.code}" for problem in note.problems]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("true", True),
        ("False", False),
        ("yes", "yes"),
        ("no", "no"),
        ("on", "on"),
        ("Off", "Off"),
        ("y", "y"),
        ("1:30:00", "1:30:00"),
        ("0123", "0123"),
        ("0o17", 15),
        ("0x1F", 31),
        ("-12", -12),
        ("+3", 3),
        ("1_000", "1_000"),
        ("1.10", 1.1),
        (".5", 0.5),
        ("1e3", 1000.0),
        ("1.2.3", "1.2.3"),
        ("[-1, ]", [-1]),
        ("", None),
        ("~", None),
        ("null", None),
        ("'null'", "null"),
        ('"1"', "1"),
        ("!!str 1", "1"),
        ("2023-01-17", "2023-01-17"),
        ("2023-01-17 09:30", "2023-01-17 09:30"),
        ("<<", "<<"),
        ("a\u2028b\x85c", "a\u2028b\x85c"),
        ("[1, a, {b: c}]", [1, "a", {"b": "c"}]),
        ("9" * 5000, "9" * 5000),
    ],
)
def test_scalars_follow_the_core_schema_of_yaml_1_2(written, value):
    """FM-4, FM-5: few texts are numbers or Booleans, dates stay text."""
    note = read(f"Key: {written}")
    assert (dict(note.meta.properties), said(note)) == ({"Key": value}, [])


def test_title_slug_aliases_and_tags_keep_their_characters():
    """FM-4: `1.10` is not `1.1`, and `yes` is not a Boolean."""
    note = read("title: 1.10\nslug: 0x10\naliases: [1.10, true]\ntags: [yes, 1e3]\n")
    meta = note.meta
    assert (meta.title, meta.slug, meta.aliases) == ("1.10", "0x10", ("1.10", "true"))
    assert [tag.name for tag in meta.tags] == ["yes", "1e3"]


def test_json_is_accepted():
    """FM-4: JSON is front matter too, with tabs and with escapes in pairs."""
    note = read('{\n\t"title": "a \\ud83d\\ude00\\/\\u00e9",\n\t"tags": ["x", "y"],\n\t"publish": true\n}')
    assert (note.meta.title, [tag.name for tag in note.meta.tags], said(note)) == ("a 😀/é", ["x", "y"], [])
    assert note.meta.places["tags"].line == 4
    assert note.meta.places["tags"].column == 2


def test_unknown_keys_keep_case_value_and_order():
    """FM-5: unknown keys are for the templates; nested mappings are kept."""
    note = read("Zeta: {B: [1, x]}\nalpha: é\n'quoted key': 1")
    assert list(note.meta.properties.items()) == [
        ("Zeta", {"B": [1, "x"]}),
        ("alpha", "é"),
        ("quoted key", 1),
    ]


def test_keys_have_places_in_code_points():
    """DG-3: columns count code points also behind characters of several bytes."""
    note = read("é𝒳: {a: b}\nTitle: x")
    assert {key: (place.line, place.column) for key, place in note.meta.places.items()} == {
        "é𝒳": (2, 1),
        "title": (3, 1),
    }


def test_anchors_and_aliases_work():
    """YAML anchors are part of YAML; a few of them are not a bomb."""
    note = read("author: &me Ann\neditors: [*me, Bob]")
    assert (note.meta.properties["editors"], said(note)) == (["Ann", "Bob"], [])


@pytest.mark.parametrize(
    ("yaml", "place"),
    [
        ("title: é𝒳: b: c", "2:10"),
        ("a: [1, 2", "3:1"),
        ("a: &x [*x]", "2:8"),
        ("a: *nobody", "2:4"),
        ("a: 𝒳\x07", "2:5"),
        ("just text", "2:1"),
        ("- a\n- b", "2:1"),
        ("a: b\n--- c", "3:1"),
        ("a: " + "[" * 100_000, "2:67"),
        ("a: " + "{b: " * 100_000, "2:256"),
        ("a:\n" + "- " * 100_000, "3:127"),
    ],
)
def test_malformed_yaml_is_reported_where_the_parser_stopped(yaml, place):
    """FM-9, HC-10: also deep nesting ends as one diagnostic; the note keeps its body."""
    note = read(yaml)
    assert (note.body, said(note)) == ("Body", [f"{place} yaml-malformed"])


def test_an_alias_bomb_is_malformed_yaml():
    """HC-10: aliases that multiply are refused before anything is multiplied."""
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 40)]
    note = read("title: T\n" + "\n".join(lines))
    assert [problem.code for problem in note.problems] == ["yaml-malformed"]
    assert note.meta.title == "T"


def test_a_deep_chain_of_aliases_is_malformed_yaml():
    """HC-10: nesting by aliases counts as nesting."""
    lines = [f"a{n}: &a{n} [*a{n - 1}]" for n in range(1, 1000)]
    note = read("a0: &a0 [x]\n" + "\n".join(lines))
    assert [problem.code for problem in note.problems] == ["yaml-malformed"]


@pytest.mark.parametrize(
    "unit",
    ["k{n}: v\n", "k: v\n", "up: '[[a]] x'\n", 'a{n}: "[[ \\\\x [[b\\\\c]]"\n', "x: [\n", "tags: a, b\n"],
)
def test_time_grows_with_size_alone(unit):
    """HC-10: eight times the front matter costs about eight times the time."""

    def seconds(count: int) -> float:
        yaml = "".join(unit.format(n=n) for n in range(count))
        return processor_seconds(lambda: read(yaml))

    assert grows_slowly(seconds, 300, 2400, most=30, noise=0.05)
