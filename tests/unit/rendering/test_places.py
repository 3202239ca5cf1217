"""Places: where notes belong that no hierarchy holds."""

from garden.linking.relation import Node
from garden.model.pages.page import NotePage
from garden.model.settings import ParentPolicy
from tests.support.vault import Vault


def way_to(page: NotePage) -> list[str]:
    """Return the titles of the way to a page."""
    return [link.title for link in page.place]


def beside(page: NotePage) -> list[str]:
    """Return the titles on the level of a page in the tree beside it."""
    level = page.tree
    while level and not any(node.current for node in level):
        level = level[0].children
    return [node.title for node in level]


def test_a_folder_is_the_place_of_its_notes(vault: Vault) -> None:
    """Trail and tree lead through it, and nothing of it is a relation."""
    for path in ("tools/git/a.md", "tools/git/b.md", "tools/c.md", "other/d.md"):
        vault.note(path)
    page = vault.page("tools/git/a.md")
    assert (way_to(page), beside(page)) == (["tools", "git"], ["a", "b"])
    assert [link.href for link in page.place] == ["/map/-/tools/", "/map/-/tools/git/"]
    assert (page.trails, page.relations) == ((), ())


def test_a_written_parent_comes_before_a_folder(vault: Vault) -> None:
    """One that is only a name, too: never two systems at once."""
    vault.set(missing_parents=(("name*", ParentPolicy.LABEL),))
    vault.note("tools/a.md", relations=["up:: [[Top]]"])
    vault.note("tools/b.md", relations=["up:: [[Name]]"])
    vault.note("tools/c.md")
    vault.note("d.md")
    assert way_to(vault.page("tools/a.md")) == []
    assert [link.title for link in vault.page("tools/b.md").trails[0].links] == ["Name"]
    assert beside(vault.page("tools/b.md")) == ["b"]
    assert beside(vault.page("tools/c.md")) == ["c"]


def test_a_note_stands_for_its_folder(vault: Vault) -> None:
    """As its index, by its name in it, or by its name beside it; it lists what is there."""
    for path in ("x/index.md", "x/a.md", "y/y.md", "y/b.md", "z.md", "z/c.md"):
        vault.note(path, title=path)
    assert way_to(vault.page("x/a.md")) == ["x/index.md"]
    assert way_to(vault.page("y/b.md")) == ["y/y.md"]
    assert way_to(vault.page("z/c.md")) == ["z.md"]
    assert way_to(vault.page("z.md")) == ["Map"]
    assert [entry.title for entry in vault.page("z.md").contents] == ["z/c.md"]


def test_without_folders_a_category_or_the_fullest_tag_is_the_place(vault: Vault) -> None:
    """A tag that most notes have says as little as one that no other note has."""
    for number in range(4):
        vault.note(f"c{number}.md", category="Essays", date=f"2020-01-0{4 - number}")
        vault.note(f"t{number}.md", tags=["all", "pair"] if number < 2 else ["all", f"own{number}"])
        vault.note(f"n{number}.md", tags=["all"])
    page = vault.page("c1.md")
    assert way_to(page) == ["Essays"]
    # Where each has a date, they stand in that order.
    assert beside(page) == ["c3", "c2", "c1", "c0"]
    assert way_to(vault.page("t1.md")) == ["pair"]
    assert way_to(vault.page("t2.md")) == ["Map"]
    assert way_to(vault.page("n1.md")) == ["Map"]


def test_a_folder_of_all_notes_says_nothing(vault: Vault) -> None:
    """It is left out, as if the vault began there."""
    vault.note("content/posts/a.md")
    vault.note("content/posts/sub/b.md")
    assert way_to(vault.page("content/posts/a.md")) == ["Map"]
    assert way_to(vault.page("content/posts/sub/b.md")) == ["sub"]


def test_titles_with_numbers_are_in_the_order_of_numbers(vault: Vault) -> None:
    """Chapter 2 comes before chapter 10."""
    for number in (10, 2, 1):
        vault.note(f"book/{number} chapter.md")
    vault.note("else.md")
    assert beside(vault.page("book/2 chapter.md")) == ["1 chapter", "2 chapter", "10 chapter"]


def test_the_tree_of_a_root_shows_the_other_roots(vault: Vault) -> None:
    """What is below it is listed on its page; a single root has no tree."""
    vault.note("a.md", relations=["up:: [[One]]"])
    assert vault.page("one", "hub").tree == ()
    vault.note("b.md", relations=["up:: [[Two]]"])
    assert beside(vault.page("one", "hub")) == ["One", "Two"]


def test_a_long_flat_place_costs_each_page_no_more_than_a_short_one(vault: Vault) -> None:
    """The tree is a window, and the pager has one step each way."""
    for number in range(300):
        vault.note(f"x/n{number:03}.md")
    vault.note("z.md")
    page = vault.page("x/n150.md")
    assert len(beside(page)) == 30
    step = vault.catalog().order[Node("note", "x/n150.md")]
    assert (step.previous, step.next) == (Node("note", "x/n149.md"), Node("note", "x/n151.md"))
