"""Names that say where a note belongs."""

import pytest
from msgspec.structs import replace

from garden.model.settings import EdgeSource, Settings

DENDRON = Settings(edge_sources=(EdgeSource("dendron-names"),))
JOHNNY = Settings(edge_sources=(EdgeSource("johnny-decimal"),))


def test_a_dendron_name_has_its_parents_name_in_it(read, related):
    """In the documentation's example A.B.C belongs to A.B, and that to A.

    Source: README.md of github.com/SkepticMystic/breadcrumbs (version 4), «Dendron Notes».
    """
    snapshot = read({"A.md": "", "A.B.md": "", "A.B.C.md": ""}, DENDRON)
    assert related(snapshot, "A.B.C.md", "up") == ["A.B.md"]
    assert related(snapshot, "A.B.md", "up") == ["A.md"]
    assert related(snapshot, "A.md", "up") == []
    assert related(snapshot, "A.md", "down") == ["A.B.md"]


def test_missing_levels_are_hubs_up_to_a_note(read, related):
    """What is not written in between is not skipped: it is in the trail, as Breadcrumbs shows it.

    Source: src/graph/builders/explicit/dendron_note.ts of github.com/SkepticMystic/breadcrumbs.
    """
    snapshot = read({"A.md": "", "A.B.C.D.md": "", "A.B.C.E.md": "", "x.y.md": ""}, DENDRON)
    assert sorted(snapshot.hubs) == ["a.b", "a.b.c", "x"]
    (trail,) = snapshot.trails["note", "A.B.C.D.md"]
    assert [node.key for node in trail] == ["A.md", "a.b", "a.b.c"]
    assert related(snapshot, "a.b", "down", kind="hub") == ["hub:a.b.c"]


def test_the_note_of_the_same_folder_comes_first(read, related):
    """Several notes may have one name; another delimiter and another field may be set."""
    notes = {
        "x/a.md": "",
        "y/a.md": "",
        "y/a-b.md": "",
        "y/a-c.md": "---\nBC-dendron-note-field: same\n---\n",
    }
    source = replace(DENDRON.edge_sources[0], delimiter="-")
    snapshot = read(notes, Settings(edge_sources=(source,)))
    assert related(snapshot, "y/a-b.md", "up") == ["y/a.md"]
    assert related(snapshot, "y/a-c.md", "same") == ["y/a.md"]


def test_an_unpublished_level_ends_the_way_up(read, related):
    """A draft is not named, and nothing takes its place (PB-4)."""
    snapshot = read({"A.md": "", "A.B.md": "---\nstatus: draft\n---\n", "A.B.C.md": ""}, DENDRON)
    assert snapshot.relations == {}
    assert snapshot.hubs == {}


def test_numbers_are_a_hierarchy(read, related):
    """In the documentation's example the task 10.20.a belongs to project 10.20, and that to 10.

    Source: README.md of github.com/SkepticMystic/breadcrumbs (version 4), «Johnny Decimal Notes».
    """
    snapshot = read({"10 Work.md": "", "10.20 Project A.md": "", "10.20.a Task 1.md": ""}, JOHNNY)
    assert related(snapshot, "10.20.a Task 1.md", "up") == ["10.20 Project A.md"]
    assert related(snapshot, "10.20 Project A.md", "up") == ["10 Work.md"]


@pytest.mark.parametrize("name", ["10.30.b Task", "no number", "2023-01-17 day", "10.20"])
def test_a_number_without_a_note_above_gives_nothing(read, related, name):
    """What follows the number in the name of a missing note is not known, so it is neither link nor hub.

    Source: src/graph/builders/explicit/johnny_decimal_note.ts of github.com/SkepticMystic/breadcrumbs.
    """
    snapshot = read({"11 Other.md": "", f"{name}.md": ""}, JOHNNY)
    assert snapshot.relations == {}
    assert snapshot.hubs == {}


def test_a_category_belongs_to_its_area(read, related):
    """Johnny.Decimal's areas are called by their range of numbers (johnnydecimal.com)."""
    snapshot = read({"10-19 Life.md": "", "11 Me.md": "", "21 Work.md": ""}, JOHNNY)
    assert related(snapshot, "11 Me.md", "up") == ["10-19 Life.md"]
    assert related(snapshot, "21 Work.md", "up") == []


def test_a_category_may_belong_to_the_note_of_its_ten(read, related):
    """Where no note is called by a range, the one numbered 10 is the area of 11; it has none itself.

    Source: src/graph/builders/explicit/johnny_decimal_note.ts of github.com/michaelpporter/breadcrumbs.
    """
    snapshot = read({"10 Life.md": "", "11 Me.md": "", "20 Work.md": ""}, JOHNNY)
    assert related(snapshot, "11 Me.md", "up") == ["10 Life.md"]
    assert related(snapshot, "10 Life.md", "up") == related(snapshot, "20 Work.md", "up") == []


def test_numbers_are_not_dendron_names(read, related):
    """`12.01 Title` would make a page for a note called `12`.

    Source: src/graph/builders/explicit/dendron_note.ts of github.com/michaelpporter/breadcrumbs.
    """
    snapshot = read({"12.01 Title.md": "", "v1.2.md": ""}, DENDRON)
    assert list(snapshot.hubs) == ["v1"]


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("dendron-names", ["A.B", "A.C", "A.D.E"]),
        ("johnny-decimal", ["10.1 One", "10.2 Two", "10.3.a Three"]),
    ],
)
def test_names_of_one_level_can_be_siblings(read, related, source, names):
    """Notes that have the same name or number above them.

    Source: breadcrumbs-docs.michaelpporter.com, «Dendron Notes» and «Johnny Decimal Notes», Default Sibling Field.
    """
    settings = Settings(edge_sources=(EdgeSource(source, sibling_field="same"),))
    snapshot = read({f"{name}.md": "" for name in names}, settings)
    assert related(snapshot, f"{names[0]}.md", "same") == [f"{names[1]}.md"]
    assert related(snapshot, f"{names[2]}.md", "same") == []
