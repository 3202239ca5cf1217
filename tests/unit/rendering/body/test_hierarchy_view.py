"""Views of the hierarchy inside a note: what is in them, in which order, and where they end."""

import pytest

from garden.linking.relation import Node
from garden.model.body import Slot, SlotKind
from garden.model.names import Folded
from garden.model.note import Status
from garden.model.views.hierarchy_view import (
    HasTag,
    HierarchyView,
    InFolder,
    LinksTo,
    Operator,
    ViewKind,
    ViewQuery,
)
from garden.reading.mermaid import ID_PREFIX
from garden.rendering.body.hierarchy_view import HierarchyViews
from garden.rendering.body.view_tree import MOST_ENTRIES, ViewTreeBuilder
from tests.support.vault import Vault


def view(**options) -> Slot:
    return Slot(SlotKind.VIEW, HierarchyView(**options))


@pytest.fixture
def family(vault: Vault) -> Vault:
    """A root with two children and a grandchild; one more child is hidden, one is a draft."""
    for name, parent in (("b10", "top"), ("b9", "top"), ("leaf", "b9")):
        vault.note(f"{name}.md", relations=[f"up:: [[{parent}]]"])
    vault.note("veiled.md", status=Status.HIDDEN, relations=["up:: [[top]]"])
    vault.note("draft.md", status=Status.DRAFT, relations=["up:: [[top]]"])
    return vault


def titles(html: str) -> list[str]:
    return [piece.partition("<")[0] for piece in html.split('/">')[1:]]


def test_a_tree_nests_what_the_fields_lead_to(family: Vault) -> None:
    """Hidden notes and drafts are not in it (PB-2, PB-3)."""
    family.note("top.md", view(fields=("down",), title="A <b>"))
    html = family.html("top.md")
    assert '<figcaption class="view-title">A &lt;b&gt;</figcaption>' in html
    assert titles(html) == ["b10", "b9", "leaf"]
    assert html.count("<ul>") == 2
    assert "veiled" not in html
    assert "draft" not in html


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({"below": 1}, ["b10", "b9"]),
        ({"above": 1}, ["leaf"]),
        ({"sort": "basename_natural"}, ["b9", "leaf", "b10"]),
        ({"descending": True}, ["b9", "leaf", "b10"]),
        ({"flat": True}, ["b10", "b9", "leaf"]),
    ],
)
def test_options_choose_and_order(family: Vault, options: dict[str, object], expected: list[str]) -> None:
    """Depth counts from the notes beside the first; numbers may count as numbers."""
    family.note("top.md", view(fields=("down",), **options))
    assert titles(family.html("top.md")) == expected


def test_of_a_page_that_many_paths_meet_the_entry_is_made_once(
    vault: Vault, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A view of a dense hierarchy costs what is in it, not how often (HC-10)."""
    for number in range(12):
        parents = [f"up:: [[n{other}]]" for other in range(number)]
        slots = [view(fields=("down",), below=9)] if number == 0 else []
        vault.note(f"n{number}.md", *slots, relations=parents)
    asked: list[str] = []
    plain = HierarchyViews._item
    monkeypatch.setattr(
        HierarchyViews,
        "_item",
        lambda self, entry, view: asked.append(entry.node.key) or plain(self, entry, view),
    )
    html = vault.html("n0.md")
    assert html.count("<li>") > MOST_ENTRIES
    assert sorted(asked) == sorted(f"n{number}.md" for number in range(1, 12))


def test_attributes_name_the_relation(family: Vault) -> None:
    """The label of the field, and whether somebody has written it down."""
    family.note("top.md", view(fields=("down",), below=1, attributes=("field", "explicit", "round")))
    assert '<span class="view-attributes">Contains, implied</span>' in family.html("top.md")


def test_the_relation_can_come_first(family: Vault) -> None:
    """`field-prefix` moves it there, and nothing else."""
    family.note("top.md", view(fields=("down",), below=1, attributes=("field", "explicit"), prefix=True))
    assert '<li><span class="view-attributes">Contains:</span> <a' in family.html("top.md")
    assert '</a> <span class="view-attributes">implied</span>' in family.html("top.md")


@pytest.mark.parametrize(("content", "opened"), [("open", "<details open>"), ("closed", "<details>")])
def test_the_whole_can_fold(family: Vault, content: str, opened: str) -> None:
    """Its summary is the title, or that of the note that it begins with."""
    family.note("top.md", view(fields=("down",), content=content))
    assert f'{opened}<summary class="view-title">top</summary>\n<ul>' in family.html("top.md")
    family.note("b9.md", view(fields=("down",), content=content, title="<i>"), relations=["up:: [[top]]"])
    assert f'{opened}<summary class="view-title">&lt;i&gt;</summary>\n<ul>' in family.html("b9.md")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ((HasTag(Folded("t")),), ["b"]),
        ((HasTag(Folded("t/u")),), ["b"]),
        ((HasTag(Folded("absent")),), []),
        ((HasTag(Folded("t")), Operator.NOT), ["a", "c"]),
        ((InFolder(Folded("x")),), ["a", "c"]),
        ((InFolder(Folded("x/y")),), ["c"]),
        ((InFolder(Folded("")),), ["b", "a", "c"]),
        ((LinksTo("", 0),), ["a"]),
        ((LinksTo("", 1),), []),
        (
            (
                HasTag(Folded("t")),
                LinksTo("", 0),
                Operator.OR,
                InFolder(Folded("x/y")),
                Operator.NOT,
                Operator.AND,
            ),
            ["b", "a"],
        ),
    ],
)
def test_a_query_chooses(vault: Vault, query: ViewQuery, expected: list[str]) -> None:
    """By tag with nested ones, by folder with those below, by link; a page that is not a note is in no query."""
    vault.note("top.md", "[[target]]", "[[missing]]", view(fields=("down",), query=query, sort="path"))
    vault.note("target.md")
    vault.note("b.md", tags=["T/u"], relations=["up:: [[top]]"])
    vault.note("X/a.md", "[[target]]", relations=["up:: [[top]]"])
    vault.note("X/y/c.md", relations=["up:: [[top]]"])
    vault.note("hubbed.md", relations=["up:: [[hub]]"])
    vault.note("down.md", relations=["up:: [[top]]"], status=Status.DRAFT)
    found = titles(vault.html("top.md").partition("missing")[2])
    assert sorted(found) == sorted(expected)


def test_collapsed_lists_fold(family: Vault) -> None:
    """What is below is there, behind a summary."""
    family.note("top.md", view(fields=("down",), collapse=True))
    assert "<details><summary>1 note</summary>\n<ul>\n<li><a" in family.html("top.md")


def test_all_fields_meet_no_page_twice_on_a_path(family: Vault) -> None:
    """Up and down again is not a way."""
    family.note("top.md", view())
    assert titles(family.html("top.md")) == ["b10", "b9", "leaf"]


def test_a_mind_map_is_a_picture_from_left_to_right(family: Vault) -> None:
    """With the same as a list, like any picture."""
    family.note("top.md", view(kind=ViewKind.MARKMAP, fields=("down",), direction="TB"))
    mind_map = family.html("top.md")
    family.note("top.md", view(kind=ViewKind.MERMAID, fields=("down",), direction="LR"))
    assert mind_map == family.html("top.md")
    assert mind_map.count("<svg") == 1


def test_separate_fields_do_not_mix(vault: Vault) -> None:
    """Without merging, a path keeps to one field."""
    vault.note("a.md", view(fields=("down", "next"), merge=False), relations=["next:: [[n]]"])
    vault.note("n.md")
    vault.note("below-n.md", relations=["up:: [[n]]"])
    assert titles(vault.html("a.md")) == ["n"]


def test_a_picture_has_the_same_as_a_list(family: Vault) -> None:
    """Ids in it are those of its place, so that two pictures on a page keep theirs apart (HC-4)."""
    family.note("top.md", view(kind=ViewKind.MERMAID, fields=("down",), line=3), title='A "quoted" <b>[x]')
    html = family.html("top.md")
    assert html.count("<svg") == 1
    assert titles(html) == ["b10", "b9", "leaf"]
    assert ID_PREFIX not in html
    assert "<b>[x]" not in html


def test_a_view_begins_where_the_author_says(family: Vault) -> None:
    """The start is a reference like any other; one that leads nowhere shows nothing."""
    family.note("other.md", "[[b9]]", view(start=0, fields=("down",)))
    family.note("lost.md", "[[draft]]", view(start=0, fields=("down",)))
    assert titles(family.html("other.md"))[1:] == ["leaf"]
    assert "not available" in family.html("lost.md")


def test_hc_10_a_view_has_an_end(vault: Vault) -> None:
    """Of a large branch the first entries are shown; a diamond of diamonds does not multiply."""
    vault.note("top.md", view(fields=("down",)))
    for number in range(1000):
        vault.note(f"n{number}.md", relations=["up:: [[top]]"])
    wide = vault.html("top.md")
    assert wide.count("<li><a") == MOST_ENTRIES
    assert "<li>…</li>" in wide
    vault.note("d0.md", view(fields=("down",), below=20))
    for level in range(1, 20):
        for side in "lr":
            above = ["up:: [[d0]]"] if level == 1 else [f"up:: [[d{level - 1}{end}]]" for end in "lr"]
            vault.note(f"d{level}{side}.md", relations=above)
    assert vault.html("d0.md").count("<li><a") <= MOST_ENTRIES


def test_hc_10_a_full_view_looks_at_nothing_more(vault: Vault, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where every note is the parent of all later ones, the first few fill a view; the others cost nothing."""
    size = 60
    for number in range(size):
        above = [f"up:: [[n{parent}]]" for parent in range(number)]
        vault.note(f"n{number}.md", view(fields=("up", "down"), below=100), relations=above)
    looked_at = []
    look = ViewTreeBuilder._neighbours
    monkeypatch.setattr(
        ViewTreeBuilder,
        "_neighbours",
        lambda self, node, *rest: looked_at.append(node) or look(self, node, *rest),
    )
    html = vault.html("n5.md")
    assert html.count("<li><a") == MOST_ENTRIES
    assert len(looked_at) <= 2 + MOST_ENTRIES // (size - 2)


def test_a_group_that_is_full_leaves_room_for_the_next(vault: Vault) -> None:
    """Each field of a view that keeps them apart has its own entries."""
    above = [f"up:: [[a{number}]]" for number in range(250)]
    vault.note("top.md", view(fields=("down", "up"), merge=False), relations=above)
    for number in range(250):
        vault.note(f"a{number}.md")
        vault.note(f"b{number}.md", relations=["up:: [[top]]"])
    shown = titles(vault.html("top.md"))
    assert sum(title.startswith("b") for title in shown) == MOST_ENTRIES
    assert sum(title.startswith("a") for title in shown) == MOST_ENTRIES


def test_a_view_in_an_embed_is_that_of_its_source(family: Vault) -> None:
    """It begins with the note that holds it (EM-5)."""
    family.note("b9.md", view(fields=("down",)), relations=["up:: [[top]]"])
    family.note("host.md", "![[b9]]")
    assert titles(family.html("host.md"))[-1] == "leaf"
    assert Node("note", "host.md") in family.snapshot().addresses
