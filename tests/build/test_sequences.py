"""Each sequence of changes is one in which a page would grow stale if a single condition of a later build were missing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from tests.property.test_kept_site import reported
from tests.property.test_rebuilding import files_of, save
from tests.support.building import build

Step = Mapping[str, str | None]

TABLE = "views:\n  - type: table\n    name: All\n"
PARENTS = {f"parent {number}.md": f"Words {number}.\n" for number in range(1, 5)}


def below(parent: str, text: str = "Words.", front: str = "") -> str:
    """Return the text of a note below another one: so it is not beside the notes at the top of the map."""
    return f"---\nup: '[[{parent}]]'\n{front}---\n{text}\n"


SEQUENCES: Mapping[str, Sequence[Step]] = {
    # Before, the home page was not worth suggesting: every page leads to it.
    "a note that is no longer the home page": (
        {
            **PARENTS,
            "cited.md": below("parent 1"),
            "home.md": below("parent 2", "[[cited]]", "dg-home: true\n"),
            "reader.md": below("parent 3", "[[cited]]"),
            "other.md": below("parent 4"),
        },
        {"other.md": below("parent 4", front="permalink: /\n")},
    ),
    # A view without a page of its own is in no list; its file stays the same.
    "a view that gets a page": (
        {
            "top.md": "Words.\n",
            "lists.md": below("top", f"```base\n{TABLE}```"),
            "beside.md": below("top"),
            "folder/shows.md": "![[view.base]]\n",
            "folder/links.md": "Words.\n",
            "folder/view.base": TABLE,
        },
        {"folder/links.md": "Words.\n\n[[view.base]]\n"},
    ),
    # The last build that linked the vault knew the same summary, but the page shows that of the build since then.
    "a text that is restored together with another title": (
        {"top.md": "Words.\n", "a.md": below("top", "First words."), "c.md": "Words.\n"},
        {"a.md": below("top", "Second words.")},
        {"c.md": "More words.\n"},
        {"a.md": below("top", "First words."), "c.md": "---\ntitle: Other\n---\nWords.\n"},
    ),
    # The page of a branch does not show the texts below it, but the branch as a whole does; a note cites a part that then
    # gets another address; a picture may be loaded from somewhere else.
    "texts that other files show": (
        {
            "top.md": "Words.\n",
            "a.md": below("top"),
            "b.md": below("top"),
            "below.md": below("a", "First words.\n\nMore words."),
            "cited.md": "# One\n\n## Part\n\n# Two\n\n## Part\n",
            "citing.md": "Words.\n",
            "long-name.md": below("top"),
            "other.md": "up:: [[long name]]\n",
        },
        {"below.md": below("a", "First words.\n\nLess words.")},
        {"citing.md": "[[cited#Two#Part]] and [[long name]]\n"},
        {"cited.md": "# One\n\n# Two\n\n## Part\n"},
        {"below.md": below("a", "Words. " * 1000)},
        {"a.md": below("top", "Other words.")},
        {"b.md": below("top", 'Words. <img src="https://example.net/picture.png" alt="A picture">')},
    ),
    "problems that stay, and some that are gone": (
        {
            "a.md": "Words. ![[b]]\n",
            "b.md": "Words. ![[a]]\n",
            "query.md": "```dataview\nLIST nonsense(1)\n```\n",
            "picture.md": "![](picture.png)\n",
            "picture.png": "No picture.",
            "silent.md": "---\nsilence:\n  link-unresolved: an example\n---\n[[nobody]]\n",
        },
        {"query.md": "```dataview\nLIST\n```\n"},
        {"b.md": "Words.\n"},
    ),
    # The home page is a note with a card of its own, and the feed has the first address of a note.
    "a text of a site with an address": (
        {
            "index.md": "---\ntitle: Welcome\n---\nWords.\n",
            "a.md": "---\ndate: 2024-01-01\n---\nFirst words.\n",
            "addresses.jsonl": '{"garden":"addresses","version":1}\n{"address":"/a/","first":"/b/","note":"a.md"}\n',
        },
        {"a.md": "---\ndate: 2024-01-01\n---\nOther words.\n"},
    ),
    # Each of them alone concerns pages that lead to none of them.
    "an icon, a draft that is published, a file, another heading": (
        {
            "top.md": "Words.\n",
            "lists.md": below("top", f"```base\n{TABLE}```"),
            "links.md": below("top", '```dataview\nTABLE file.outlinks FROM "folder/links"\n```'),
            "folder/draft.md": "---\nstatus: draft\n---\nRemarkable.\n",
            "folder/links/links.md": "[[named#Part]] [[paper.pdf]]\n",
            "folder/named.md": "## Part\n",
        },
        {"favicon.svg": "<svg xmlns='http://www.w3.org/2000/svg'/>"},
        {"folder/draft.md": "Remarkable.\n"},
        {"folder/paper.pdf": "%PDF"},
        {"folder/named.md": "## Other part\n"},
    ),
    # The lists show the author's card instead of one that is drawn.
    "an attachment that was in the place of a file of the site": (
        {"top.md": "Words.\n", "a.md": below("top", "![](card.png)"), "card.png": "No picture."},
        {"card.png": None},
    ),
    # Feed readers follow no redirect, so the feed is at its old address, too.
    "a feed that had another address": (
        {
            "a.md": "---\ndate: 2024-01-01\n---\nFirst words.\n",
            "addresses.jsonl": '{"garden":"addresses","version":1}\n{"old":["/old.json"],"page":"/feeds/all.json"}\n',
        },
        {"a.md": "---\ndate: 2024-01-01\n---\nOther words.\n"},
    ),
}
OWN_ADDRESS = {"SITEURL": "https://example.org"}
SETTINGS = {
    "a feed that had another address": OWN_ADDRESS,
    "a text of a site with an address": OWN_ADDRESS,
    "an attachment that was in the place of a file of the site": OWN_ADDRESS,
}


@pytest.mark.parametrize("name", SEQUENCES)
def test_the_last_build_gives_what_a_first_one_gives(tmp_path: Path, name: str) -> None:
    """Byte for byte, and with the same report."""
    root, out, fresh = tmp_path / "vault", tmp_path / "again" / "out", tmp_path / "fresh" / "out"
    for step in SEQUENCES[name]:
        save(root, step)
        again = build(root, out, SETTINGS.get(name))
    first = build(root, fresh, SETTINGS.get(name))
    assert (again.exit_code, reported(again.log)) == (first.exit_code, reported(first.log))
    assert files_of(out) == files_of(fresh)
