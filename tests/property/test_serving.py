"""What `garden serve` keeps up to date is, after any edits, what a first build of the same notes gives."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from garden.hosts.pelican.process import LATER, STAYS, WHOLE
from garden.hosts.pelican.resident import Resident, staying
from garden.hosts.settings.configuration import PREVIEW_FOLDER
from tests.property.test_rebuilding import EVERY_SOURCE, files_of
from tests.support.building import build
from tests.support.effort import effort

NOTES = ["a.md", "b.md", "c/c.md", "c/d.md", "c/e.md", "index.md", "2024-01-02.md", "f/x y.md", "f/z.md"]
FILES = ["pic.png", "data.csv"]
LINKED = ["a", "b", "c", "d", "e", "x y", "z", "index", "other", "nobody", "MOC_x"]
FRONT = [
    "status: draft",
    "status: hidden",
    "title: Title {n}",
    "order: {n}",
    "tags: [t{n}, u/v]",
    "date: 2024-01-0{n}",
    "modified: 2024-02-0{n}",
    "category: K{n}",
    "authors: [A{n}]",
    "aliases: [other]",
    "slug: s{n}",
    "summary: Summary {n}",
    "lang: de",
]
LINES = [
    "up:: [[{a}]]",
    "same:: [[{a}]]",
    "next:: [[{a}]]",
    "prev:: [[{a}]]",
    "X:: [[{a}]]",
    "Words {n} about [[{a}]] and [[{b}|that]].",
    "![[{a}]]",
    "![[{a}#part]] and [[{b}#part]]",
    "## part\n\ntext {n} ^block",
    "#tag{n}",
    "- [[{a}]]\n  - [[{b}]]",
    "![[pic.png]] and [[data.csv]]",
    "```breadcrumbs\ntype: tree\n```",
    "k:: {n}",
    "- [ ] task {n} #t{n} [due:: 2024-01-0{n}]",
    "```dataview\nTABLE status FROM #t1\n```",
    "```dataview\nTABLE order, k, file.tags, up\n```",
    "```dataview\nTASK\n```",
    "`= [[{a}]].k` and `= length([[{b}]].file.inlinks)` and `= [[{b}#part]]`",
    "```dataview\nTABLE file.outlinks, file.size, file.day WHERE file.mtime <= date(today)\n```",
    "```dataview\nLIST file.lists.text WHERE up\n```",
    "```base\nviews:\n  - type: table\n    order: [file.name, order, k, file.tags, file.backlinks]\n```",
    "```tasks\nnot done\n```",
    "A footnote[^1].\n\n[^1]: Note {n} of [[{a}]].",
]


class Served:
    """A site as `garden serve` has it: built once, then kept up to date by the build that stays."""

    def __init__(self, root: Path, out: Path, chosen: Mapping[str, object]) -> None:
        self._root = root
        self._out = out
        self._chosen = {**chosen, PREVIEW_FOLDER: str(out), STAYS: "yes"}
        self._resident = self._built()

    def restart(self, chosen: Mapping[str, object]) -> None:
        """Begin again with other settings, as the server does when their file has changed."""
        self._chosen |= chosen
        self._resident = self._built()

    def follow(self, changed: list[str], *, shown: bool) -> None:
        """Bring the site up to date; not every change is shown before all else."""
        if shown:
            self._resident.show([(self._root / name).resolve() for name in changed])
        if self._resident.complete(lambda: False) == WHOLE:
            self._resident = self._built()

    def _built(self) -> Resident:
        build(self._root, self._out, self._chosen)
        resident = staying()
        assert resident is not None
        resident.prepare(lambda: False)
        return resident


class Author:
    """Somebody who changes files of a vault at random."""

    def __init__(self, root: Path, random: Random) -> None:
        self._root = root
        self._random = random
        for name in NOTES:
            if random.random() < 0.7:
                self._write(name)

    def edit(self) -> list[str]:
        """Change a file; return the names that have changed."""
        name = self._random.choice(NOTES + FILES)
        file = self._root / name
        choice: Callable[[str], list[str]] = self._write
        if file.exists():
            choice = self._random.choice([self._append, self._append, self._write, self._delete, self._move])
        return choice(name)

    def _write(self, name: str) -> list[str]:
        file = self._root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        if name in FILES:
            # The head of an image, which says how large it is.
            size = self._random.randbytes(1)
            file.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0" + size + b"\0\0\0\x05\x08\x02\0\0\0")
        else:
            front = self._some(FRONT, 0.15)
            file.write_text(
                f"---\n{front}\n---\n{self._some(LINES, 0.3)}\n" if front else self._some(LINES, 0.3)
            )
        return [name]

    def _append(self, name: str) -> list[str]:
        with (self._root / name).open("a") as file:
            file.write(f"\nMore words {self._random.random()}.\n")
        return [name]

    def _delete(self, name: str) -> list[str]:
        (self._root / name).unlink()
        return [name]

    def _move(self, name: str) -> list[str]:
        to = self._random.choice(FILES if name in FILES else NOTES)
        (self._root / to).parent.mkdir(parents=True, exist_ok=True)
        (self._root / name).rename(self._root / to)
        return [name, to]

    def _some(self, lines: list[str], share: float) -> str:
        chosen = [line for line in lines if self._random.random() < share]
        return (
            "\n\n".join(self._filled(line) for line in chosen)
            if lines is LINES
            else "\n".join(map(self._filled, chosen))
        )

    def _filled(self, line: str) -> str:
        links = {name: self._random.choice(LINKED) for name in "ab"}
        return line.format(n=self._random.randrange(1, 5), **links)


def change_footer(own: Path, random: Random) -> None:
    """Write the author's own foot of all pages, in the place of the theme's."""
    (own / "partials").mkdir(parents=True, exist_ok=True)
    (own / "partials" / "footer.html").write_text(f"<footer>Own {random.randrange(9)}</footer>\n")


@pytest.mark.parametrize("seed", range(effort(1, 12)))
def test_what_is_served_is_what_a_first_build_gives(tmp_path, seed):
    """Byte for byte, a preview that has followed every edit is a preview built from nothing."""
    own = tmp_path / "own"
    chosen: dict[str, object] = {"THEME_TEMPLATES_OVERRIDES": [str(own)]}
    if seed % 2:
        chosen["GARDEN"] = EVERY_SOURCE
    root = tmp_path / "vault"
    root.mkdir()
    random = Random(seed)
    change_footer(own, random)
    author = Author(root, random)
    served = Served(root, tmp_path / "served" / "out", chosen)
    for number in range(5):
        if random.random() < 0.3:
            change_footer(own, random)
        if random.random() < 0.3:
            chosen["SITENAME"] = f"Site {number}"
            served.restart(chosen)
        for _ in range(3):
            changed = [name for _ in range(random.randrange(1, 3)) for name in author.edit()]
            served.follow(changed, shown=random.random() < 0.7)
        fresh = tmp_path / f"fresh{number}" / "out"
        build(root, fresh, {**chosen, PREVIEW_FOLDER: str(fresh)})
        assert files_of(tmp_path / "served" / "out") == files_of(fresh)


def test_what_was_saved_while_all_was_being_read_is_served(tmp_path):
    """A server that finds nothing to build reads the notes later; a save interrupts that, and counts."""
    root, out, fresh = tmp_path / "vault", tmp_path / "served" / "out", tmp_path / "fresh" / "out"
    root.mkdir()
    (root / "a.md").write_text("First, and [[b]].\n")
    (root / "b.md").write_text("Another.\n")
    for _ in range(2):
        build(root, out, {PREVIEW_FOLDER: str(out), STAYS: "yes"})
    resident = staying()
    assert resident is not None
    answers = iter((False, False))
    with suppress(InterruptedError):
        resident.prepare(lambda: next(answers, True))
    (root / "a.md").write_text("Second, and [[b]].\n")
    assert resident.show([(root / "a.md").resolve()]) == LATER
    assert resident.complete(lambda: False) == "0"
    build(root, fresh, {PREVIEW_FOLDER: str(fresh)})
    assert files_of(out) == files_of(fresh)
