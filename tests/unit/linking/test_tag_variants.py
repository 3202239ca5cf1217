"""Tags that are one."""

import time

from garden.model.settings import Settings


def aliases(**meant: str) -> Settings:
    """Return settings in which each first tag stands for the second."""
    return Settings(tag_aliases=tuple(meant.items()))


def test_a_variant_becomes_the_tag_that_is_meant(read):
    """Notes of both are on one page, called as the map calls it; each note has the tag once."""
    notes = {"a.md": "#notebooks and #Notebook", "b.md": "#NOTEBOOKS", "c.md": "#notebook"}
    snapshot = read(notes, aliases(notebooks="NoteBook"))
    assert [(key, entry.name, entry.notes) for key, entry in snapshot.tags.items()] == [
        ("notebook", "NoteBook", ("a.md", "b.md", "c.md"))
    ]
    assert [tag.name for tag in snapshot.documents["a.md"].tags] == ["NoteBook"]
    assert snapshot.tag_addresses == {"notebook": "tags/notebook/", "notebooks": "tags/notebook/"}


def test_nested_tags_follow(read):
    """What is nested in a variant is nested in the tag that is meant."""
    snapshot = read({"a.md": "#ml/ops", "b.md": "#ml"}, aliases(ml="learning"))
    assert list(snapshot.tags) == ["learning", "learning/ops"]
    assert snapshot.tag_addresses["ml/ops"] == "tags/learning/ops/"


def test_variants_are_proposed_once(read):
    """One info for a group of tags that differ in case, hyphens and plural; the rarest has the place."""
    notes = {
        "a.md": "#data-set",
        "b.md": "#data-set\n\n#class #clas #css #cs",
        "c.md": "x #Data_Sets",
        "d.md": "#as",
    }
    (problem,) = read(notes).diagnostics
    assert str(problem).startswith(
        'c.md:1:3: info [tag-variants] these tags look like the same tag: "data-set", "Data_Sets"'
    )
    assert problem.help == 'to merge them, add to GARDEN["tag_aliases"]: "Data_Sets": "data-set"'
    assert read(notes, aliases(Data_Sets="data-set")).diagnostics == ()


def test_tags_of_drafts_are_not_compared(read):
    """What is not published may be called anything."""
    assert read({"a.md": "#set", "b.md": "---\nstatus: draft\n---\n#sets"}).diagnostics == ()


def test_many_tags_are_compared_in_time(read):
    """The comparison is linear in the number of tags (HC-10)."""
    text = " ".join(f"#t{number}" for number in range(5000))
    begin = time.process_time()
    assert read({"a.md": text}).diagnostics == ()
    assert time.process_time() - begin < 5
