"""Views of the hierarchy inside a note: what is in them, in which order, and where they end."""

import pytest

from garden.linking.answers import Node
from garden.model.note import Slot, SlotKind, Status
from garden.model.view import View, read_view, written_view
from garden.rendering.treeview import MOST_ENTRIES
from tests.unit.rendering.conftest import Vault


def view(**options) -> Slot:
    return Slot(SlotKind.VIEW, written_view(View(**options)))


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


def test_a_view_survives_being_written() -> None:
    """What a slot holds is what was asked for."""
    asked = View("mermaid", 'A "title"', ("down",), 1, 3, 4, "path", True, attributes=("field",), line=7)
    assert read_view(written_view(asked)) == asked


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
        ({"below": -1}, []),
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


def test_attributes_tell_the_relation(family: Vault) -> None:
    """The label of the field, and whether somebody has written it down."""
    family.note("top.md", view(fields=("down",), below=1, attributes=("field", "explicit", "round")))
    assert '<span class="view-attributes">Contains, implied</span>' in family.html("top.md")


def test_collapsed_lists_fold(family: Vault) -> None:
    """What is below is there, behind a summary."""
    family.note("top.md", view(fields=("down",), collapse=True))
    assert "<details><summary>1</summary>\n<ul>\n<li><a" in family.html("top.md")


def test_all_fields_meet_no_page_twice_on_a_path(family: Vault) -> None:
    """Up and down again is no way."""
    family.note("top.md", view())
    assert titles(family.html("top.md")) == ["b10", "b9", "leaf"]


def test_separate_fields_do_not_mix(vault: Vault) -> None:
    """Without merging, a path keeps to one field."""
    vault.note("a.md", view(fields=("down", "next"), merge=False), relations=["next:: [[n]]"])
    vault.note("n.md")
    vault.note("below-n.md", relations=["up:: [[n]]"])
    assert titles(vault.html("a.md")) == ["n"]


def test_a_picture_has_the_same_as_a_list(family: Vault) -> None:
    """Ids in it are those of its place, so that two pictures on a page keep theirs apart (HC-4)."""
    family.note("top.md", view(kind="mermaid", fields=("down",), line=3), title='A "quoted" <b>[x]')
    html = family.html("top.md")
    assert html.count("<svg") == 1
    assert titles(html) == ["b10", "b9", "leaf"]
    assert "\uf8ff" not in html
    assert "<b>[x]" not in html


def test_a_view_begins_where_it_is_told(family: Vault) -> None:
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


def test_a_view_in_an_embed_is_that_of_its_source(family: Vault) -> None:
    """It begins with the note that holds it (EM-5)."""
    family.note("b9.md", view(fields=("down",)), relations=["up:: [[top]]"])
    family.note("host.md", "![[b9]]")
    assert titles(family.html("host.md"))[-1] == "leaf"
    assert Node("note", "host.md") in family.snapshot().addresses
