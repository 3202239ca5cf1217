"""A view is evaluated again only when what it may look at has changed."""

from pathlib import Path

import pytest

from garden.linking.snapshot import Snapshot
from garden.model.body import Slot
from garden.model.names import VaultPath
from garden.model.settings import Settings
from garden.model.views.queries import LiveView
from garden.vault.scan import scan
from garden.vault.site import read_site
from garden.views.facts import EVERYTHING, changed_facts, facts_of
from tests.support.vault import write_vault

QUERIES = {
    "order": "```dataview\nTABLE order\n```",
    "inline field": "`= [[b]].rating`",
    "base": "```base\nviews:\n  - type: table\n    order: [file.name, note.order]\n```",
    "counted": "```dataview\nTABLE length(rows) GROUP BY order\n```",
    "tags": "```dataview\nLIST FROM #x\n```",
    "links": "```dataview\nTABLE length(file.inlinks)\n```",
    "items": "```dataview\nTASK\n```",
    "today": "```dataview\nTABLE date(today)\n```",
    "size": "```dataview\nTABLE file.size\n```",
    "tasks": "```tasks\nnot done\n```",
    "whole": "```dataview\nTABLE file\n```",
    "computed": "`= this[this.name]`",
    "part of a note": "`= [[b#part]]`",
}
NOTE = "---\norder: 1\ndate: 2024-01-01\n---\nrating:: 1\n\nwords\n\n[[c]] #x\n\n## part\n"


def linked(text: str, root: Path) -> tuple[Snapshot, dict[str, LiveView]]:
    """A vault with all queries and a note with this text."""
    others = {"c.md": "text", "d.md": "- item\n\n## part\n"}
    vault = write_vault({"a.md": "\n\n".join(QUERIES.values()), "b.md": text, **others}, root)
    site = read_site(scan(vault, Settings()), Settings())
    parts = site.body(VaultPath("a.md")).parts
    views = [part.value for part in parts if isinstance(part, Slot) and isinstance(part.value, LiveView)]
    return site.snapshot, dict(zip(QUERIES, views, strict=True))


@pytest.mark.parametrize(
    ("changed", "concerned"),
    [
        (("words", "more words"), ["size"]),
        (("order: 1", "order: 2"), ["order", "base", "counted"]),
        (("rating:: 1", "rating:: 2"), ["inline field"]),
        (("#x", "#y"), ["tags", "items", "tasks"]),
        (("[[c]]", "[[d]]"), ["links", "inline field", "items", "tasks"]),
        (("2024-01-01", "2024-01-02"), ["today", "tasks"]),
        (("## part", "## past"), []),
        (("words", "- [ ] task"), ["items", "tasks", "size", "inline field"]),
        (("order: 1", "status: draft"), ["all"]),
        (("order: 1", "aliases: [e]"), ["all"]),
    ],
)
def test_a_change_concerns_the_views_that_may_look_at_it(
    tmp_path: Path, changed: tuple[str, str], concerned: list[str]
) -> None:
    """Any change concerns those that may look at everything."""
    before, views = linked(NOTE, tmp_path / "before")
    after, _ = linked(NOTE.replace(*changed), tmp_path / "after")
    facts = changed_facts(before, after)
    if concerned == ["all"]:
        assert facts is None
        return
    assert facts is not None
    found = {name for name, view in views.items() if not facts.isdisjoint(facts_of(view))}
    assert found == {*concerned, "whole", "computed", "part of a note"}
    assert all((facts_of(views[name]) == {EVERYTHING}) is (name not in concerned) for name in found)


def test_no_change_concerns_no_view(tmp_path: Path) -> None:
    """Except for those that may look at everything: whoever asks knows that there is a change."""
    before, _ = linked(NOTE, tmp_path / "before")
    assert changed_facts(before, before) == {EVERYTHING}
