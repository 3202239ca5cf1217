"""Reading paths: chains of `next` and `prev`, however they are written."""

import json
import random

from msgspec.structs import replace

from garden.linking.relation import Node
from garden.model.names import VaultPath
from garden.model.note import OutlineItem, Status
from garden.model.settings import RELATIONS, EdgeSource, RelationField
from tests.support.vault import Vault


def chain_of(vault: Vault, name: str) -> list[str]:
    step = vault.catalog().paths.get(Node("note", f"{name}.md"))
    return [] if step is None else [node.key.removesuffix(".md") for node in step.chain]


def test_a_chain_has_a_place_for_each_note(vault: Vault) -> None:
    """It does not matter which end of a step is written."""
    vault.note("one.md", relations=["next:: [[two]]"])
    vault.note("two.md")
    vault.note("three.md", relations=["prev:: [[two]]"])
    path = vault.page("two.md").reading_path
    assert path is not None
    assert (path.position, path.length, path.first.title) == (2, 3, "one")
    assert path.previous is not None
    assert path.next is not None
    assert (path.previous.href, path.next.href) == ("/one/", "/three/")
    last = vault.page("three.md").reading_path
    assert last is not None
    assert (last.position, last.next) == (3, None)
    assert vault.page("two.md").relations[0].name == "next"


def test_a_branch_follows_the_first_way(vault: Vault) -> None:
    """The other way is a path of its own, if it goes on."""
    vault.note("a.md", relations=["next:: [[b]]", "next:: [[c]]"])
    vault.note("b.md")
    vault.note("c.md", relations=["next:: [[d]]"])
    vault.note("d.md")
    vault.note("alone.md")
    assert chain_of(vault, "a") == ["a", "b"]
    assert chain_of(vault, "c") == ["c", "d"]
    assert chain_of(vault, "alone") == []


def test_a_circle_begins_with_its_first_title(vault: Vault) -> None:
    """It ends before it would begin again."""
    for name, after in (("b", "c"), ("c", "a"), ("a", "b")):
        vault.note(f"{name}.md", relations=[f"next:: [[{after}]]"])
    assert chain_of(vault, "c") == ["a", "b", "c"]


def test_pb_2_hidden_notes_are_in_no_path(vault: Vault) -> None:
    """A hidden note ends the path before it."""
    vault.note("a.md", relations=["next:: [[b]]"])
    vault.note("b.md", relations=["next:: [[h]]"])
    vault.note("h.md", status=Status.HIDDEN, relations=["next:: [[c]]"])
    vault.note("c.md")
    assert chain_of(vault, "a") == ["a", "b"]
    assert chain_of(vault, "h") == chain_of(vault, "c") == []


def test_whatever_is_woven_every_note_has_one_place() -> None:
    """Chains are disjoint, and do not depend on the order in which notes are read."""
    chance = random.Random(7)
    for _ in range(30):
        steps = [(chance.randrange(12), chance.randrange(12)) for _ in range(chance.randrange(25))]
        found = []
        for order in (range(12), reversed(range(12))):
            vault = Vault()
            for number in order:
                after = [f"next:: [[n{end:02}]]" for start, end in steps if start == number]
                vault.note(f"n{number:02}.md", relations=after)
            paths = vault.catalog().paths
            assert all(step.chain[step.index] == node for node, step in paths.items())
            chains = {step.chain for step in paths.values()}
            assert sum(map(len, chains)) == len(paths)
            found.append(json.dumps(sorted(chains)))
        assert found[0] == found[1]


def test_relations_that_count_as_next_make_chains(vault: Vault) -> None:
    """The name of the field does not matter, its group does."""
    own = (RelationField("then", "Then", "after", "next"), RelationField("after", "After", "then", "prev"))
    vault.set(relations=(*RELATIONS, *own))
    vault.note("a.md", relations=["then:: [[b]]"])
    vault.note("b.md")
    vault.note("c.md", relations=["prev:: [[b]]"])
    assert chain_of(vault, "a") == ["a", "b", "c"]


def listing(vault: Vault, name: str, *items: str) -> None:
    """Add a list note."""
    vault.note(f"{name}.md", *(f"[[{item}]]" for item in items), properties={"BC-list-note-field": "down"})
    path = VaultPath(f"{name}.md")
    outline = tuple(OutlineItem(index, -1) for index in range(len(items)))
    vault.documents[path] = replace(vault.documents[path], outline=outline)


def test_a_list_note_is_read_in_its_order(vault: Vault) -> None:
    """Only where list notes are asked for; drafts and what has a path of its own are left out."""
    vault.note("p.md", relations=["next:: [[q]]"])
    vault.note("draft.md", status=Status.DRAFT)
    for name in "qxyz":
        vault.note(f"{name}.md")
    listing(vault, "list", "z", "p", "draft", "nothing", "x", "z", "y")
    listing(vault, "other", "y", "q")
    assert chain_of(vault, "x") == []
    vault.set(edge_sources=(EdgeSource("list-notes", ""),))
    assert chain_of(vault, "x") == ["z", "x", "y"]
    assert chain_of(vault, "p") == ["p", "q"]
