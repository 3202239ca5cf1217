"""No note is a dead end, with or without a written hierarchy."""

from collections.abc import Callable
from pathlib import Path

from tests.build.conftest import ROOT, Build
from tests.support.built_site import BuiltSite
from tests.support.dead_ends import orientation
from tests.support.vault import write_vault

BLOG = {
    "2019-in-review.md": "---\ntitle: A year in review\ndate: 2019-12-31\n---\nNothing links here.",
    "lonely.md": "No date, no tag, no category, no link.",
    **{
        f"{topic}-{number}.md": (
            f"---\ntitle: {topic} part {number}\ndate: 2020-0{number}-01\ncategory: {topic}\n---\nText."
        )
        for topic in ("Gardens", "Rivers")
        for number in (1, 2, 3)
    },
    **{f"tagged-{number}.md": f"---\ntags: [letters]\n---\nLetter {number}." for number in (1, 2)},
    "papers/one.md": "In a folder.",
    "papers/deeper/two.md": "In a folder in it.",
    "with parent.md": "up:: [[Somewhere]]\n\nIn a hierarchy.",
}


def test_every_note_says_where_it_is_and_what_is_next(build: Callable[..., Build], tmp_path: Path) -> None:
    """On the shipped site and on a blog without a hierarchy; every recommendation has a reason, and none repeats."""
    for vault in (ROOT / "content", write_vault(BLOG, tmp_path / "blog")):
        done = build(vault, out=vault.name)
        assert done.code == 0, done.log
        found = orientation(BuiltSite(done.out, done.code, done.log))
        assert found.pages >= len(BLOG)
        assert found[1:] == ((), (), (), (), ())
