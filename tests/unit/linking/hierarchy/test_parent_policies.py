"""Parents that have no page: a hub, a name, or nothing."""

import pytest

from garden.linking.snapshot import Hub, Missing, Node, Unpublished
from garden.model.settings import ParentPolicy, Settings

DRAFT = "---\nstatus: draft\n---\n"


def missing(**policies: ParentPolicy) -> Settings:
    """Return settings with these policies for missing parents."""
    return Settings(missing_parents=tuple(policies.items()))


def test_a_label_stands_in_trails_only(read, related):
    """It has no page and no address; its children are siblings, and nobody is warned."""
    notes = {"a.md": "up:: [[MOC_Git]]", "b.md": "up:: [[moc_git]]", "c.md": "up:: [[a]]"}
    snapshot = read(notes, Settings(missing_parents=(("moc_*", ParentPolicy.LABEL),)))
    label = Node("label", "moc_git")
    assert snapshot.labels == {"moc_git": "Git"}
    assert snapshot.trails["note", "c.md"] == ((label, Node("note", "a.md")),)
    assert related(snapshot, "a.md", "up") == ["text:Git"]
    assert snapshot.siblings["note", "a.md"] == (Node("note", "b.md"),)
    assert label not in snapshot.addresses
    assert snapshot.hubs == {}
    assert snapshot.diagnostics == ()


def test_a_hidden_parent_leaves_nothing(read):
    """Neither a relation nor a warning: the author has decided."""
    snapshot = read({"a.md": "up:: [[Inbox]]"}, missing(Inbox=ParentPolicy.HIDE))
    assert snapshot.relations == {}
    assert snapshot.resolutions["a.md"] == (Missing(),)
    assert snapshot.diagnostics == ()


def test_the_first_pattern_that_fits_counts(read):
    """Patterns are compared without case; without one a page is made (HI-9)."""
    settings = Settings(missing_parents=(("MOC_Git", ParentPolicy.PAGE), ("moc_*", ParentPolicy.HIDE)))
    snapshot = read({"a.md": "up:: [[moc_git]], [[MOC_Data]], [[else]]"}, settings)
    assert list(snapshot.hubs) == ["else", "moc_git"]


def test_other_links_to_such_a_name_are_unresolved(read):
    """A link in the text is reported as always."""
    snapshot = read({"a.md": "up:: [[Inbox]]\n\n[[Inbox]]"}, missing(Inbox=ParentPolicy.HIDE))
    assert [problem.code for problem in snapshot.diagnostics] == ["link-unresolved"]


def test_an_unpublished_parent_is_hidden(read):
    """That is the default, with the usual warning (PB-4)."""
    snapshot = read({"a.md": "up:: [[b]]", "b.md": DRAFT})
    assert snapshot.relations == {}
    assert [problem.code for problem in snapshot.diagnostics] == ["link-unpublished"]


def test_an_unpublished_parent_may_keep_its_name(read, related):
    """Only the name as the published author wrote it appears, nothing of the note itself (PB-3)."""
    notes = {"a.md": "up:: [[secret plan]]", "Secret Plan.md": "---\nstatus: draft\ntitle: Merger\n---\n"}
    snapshot = read(notes, Settings(unpublished_parents=(("*", ParentPolicy.LABEL),)))
    assert related(snapshot, "a.md", "up") == ["text:secret plan"]
    assert snapshot.labels == {"secret plan": "secret plan"}
    assert snapshot.resolutions["a.md"] == (Unpublished(),)
    assert snapshot.diagnostics == ()


def test_an_unpublished_parent_may_have_a_page(read, related):
    """The page is a hub of the written name; links in the text still lead nowhere."""
    notes = {"a.md": "up:: [[plan]]\n\n[[plan]]", "plan.md": DRAFT + "words"}
    snapshot = read(notes, Settings(unpublished_parents=(("*", ParentPolicy.PAGE),)))
    assert related(snapshot, "a.md", "up") == ["hub:plan"]
    assert snapshot.addresses == {Node("hub", "plan"): "plan/", Node("note", "a.md"): "a/"}
    assert snapshot.resolutions["a.md"][1] == Unpublished()
    assert [problem.code for problem in snapshot.diagnostics] == ["hub-generated", "link-unpublished"]


@pytest.mark.parametrize("status", ["draft", "hidden"])
def test_only_listed_notes_give_names(read, status):
    """A parent that only such a note names has neither page nor label (PB-3)."""
    snapshot = read({"a.md": f"---\nstatus: {status}\n---\nup:: [[x]]"}, missing(x=ParentPolicy.LABEL))
    assert snapshot.labels == {}
    assert snapshot.trails == {}


@pytest.mark.parametrize(
    ("name", "case", "title"),
    [
        ("MOC_Python", "as-written", "Python"),
        ("MOC_data_science", "as-written", "data science"),
        ("MOC_data_science", "sentence", "Data science"),
        ("MOC_data_MLOps", "title", "Data MLOps"),
        ("MOC_", "as-written", "MOC_"),
    ],
)
def test_names_are_cleaned_without_a_new_identity(read, name, case, title):
    """The title changes; key and address are those of the written name."""
    settings = Settings(hub_titles=(("^MOC_", ""), ("_", " ")), hub_title_case=case)
    snapshot = read({"a.md": f"up:: [[{name}]]"}, settings)
    (hub,) = snapshot.hubs.values()
    assert hub == Hub(name.lower(), title, name if title != name else "")
    plain = read({"a.md": f"up:: [[{name}]]"})
    assert snapshot.addresses == plain.addresses


@pytest.mark.parametrize(
    "name", ["mlops", "MOC_Python", "Data Science", "C++", "Überblick", "tags", "a.b", "ﬁne"]
)
def test_a_written_note_takes_the_hubs_place(read, name):
    """Whoever writes the note breaks no link to the page: the address stays (HI-9)."""
    child = {"z.md": f"up:: [[{name}]]"}
    hub = read(child, Settings(hub_titles=(("_", " "),)))
    written = read({**child, f"{name}.md": "words"})
    (key,) = hub.hubs
    assert written.addresses["note", f"{name}.md"] == hub.addresses["hub", key]
    assert written.hubs == {}
