"""What `garden serve` shows as published has, at no moment, a word of what is private."""

import os
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from itertools import islice
from pathlib import Path
from random import Random

import pytest

from garden.hosts.pelican.build_requests import LATER, RESIDENT, SHOWN
from garden.hosts.pelican.resident import resident_build
from tests.property.test_serving import Served
from tests.support.building import build
from tests.support.effort import effort
from tests.support.private_author import PrivateAuthor
from tests.support.private_vault import WORD


class Watched:
    """A folder with a site, and the canary words in each of its files; a file that has not changed is not read again."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._known: dict[str, tuple[tuple[int, int, int], AbstractSet[str]]] = {}

    def found(self, allowed: AbstractSet[str]) -> list[str]:
        """Return the words that should not be there, each with its file."""
        return [
            f"{word} in {path}" for path, words in self.look().items() for word in sorted(words - allowed)
        ]

    def look(self) -> Mapping[str, AbstractSet[str]]:
        """Return the words that are there, by their files."""
        seen = {}
        for folder, _, files in os.walk(self._root):
            for name in files:
                path = f"{folder}/{name}"
                try:
                    state = os.lstat(path)
                    version = state.st_mtime_ns, state.st_ino, state.st_size
                    before = self._known.get(path)
                    seen[path] = (
                        before
                        if before and before[0] == version
                        else (version, canaries(_name_and_content(path)))
                    )
                except OSError:
                    continue  # a build has replaced it meanwhile
        self._known = seen
        return {path: words for path, (_, words) in sorted(seen.items())}


def _name_and_content(path: str) -> bytes:
    return path.encode() + b"\n" + Path(path).read_bytes()


def canaries(content: bytes) -> AbstractSet[str]:
    """Return the canary words in something."""
    return {word.decode() for word in WORD.findall(content.lower())}


@pytest.mark.parametrize("seed", range(effort(1, 6)))
def test_nothing_private_is_shown_as_published_at_any_moment(tmp_path: Path, seed: int) -> None:
    """PB-3: neither before an edit has been followed, nor while it is, nor afterwards."""
    random = Random(seed)
    author = PrivateAuthor(tmp_path / "site" / "vault", seed)
    out = tmp_path / "published" / "out"
    watched = Watched(out)
    served = Served(author.root, out, author.settings, drafts=False)
    visible = author.vault.visible(drafts=False)
    assert watched.found(visible) == []
    for edit in islice(author.edits(), effort(18, 72)):
        words, paths = edit()
        now = author.vault.visible(drafts=False)
        allowed, visible = visible | now, now
        often = random.choice((0.0, 0.05, 0.3))

        def is_interrupted(
            allowed: AbstractSet[str] = allowed, often: float = often, words: str = words
        ) -> bool:
            assert watched.found(allowed) == [], words
            return random.random() < often

        if author.conf in paths:
            served.restart(author.settings)
        else:
            served.follow(paths, shown=True, is_interrupted=is_interrupted)
        assert watched.found(visible) == [], words


def test_the_name_of_a_new_draft_is_not_shown_where_it_is_embedded(tmp_path: Path) -> None:
    """PB-4: not even until it is linked, while the name of a note that is missing is shown as it is typed."""
    root, out = tmp_path / "vault", tmp_path / "out"
    root.mkdir()
    public, draft = root / "public.md", root / "zqbcdnx.md"
    public.write_text("First.\n")
    build(root, out, {RESIDENT: "yes"})
    resident = resident_build()
    assert resident is not None
    public.write_text("Second. ![[zqbcdnx]]\n")
    assert resident.show([public]) == SHOWN
    assert Watched(out).found(frozenset()) != []
    public.write_text("Third.\n")
    assert resident.complete(lambda: False) == "0"
    assert Watched(out).found(frozenset()) == []
    draft.write_text("---\nstatus: draft\n---\nA secret.\n")
    assert resident.show([draft]) == LATER
    public.write_text("Fourth. ![[zqbcdnx]]\n")
    assert resident.show([public]) == LATER
    assert resident.complete(lambda: False) == "0"
    assert Watched(out).found(frozenset()) == []
    public.write_text("Fifth. ![[zqbcdnx]]\n")
    assert resident.show([public]) == SHOWN
    assert Watched(out).found(frozenset()) == []
