"""What a build makes of a changed text, with what earlier ones have kept, is what a first build makes."""

from pathlib import Path
from random import Random
from typing import Any

import pytest

from garden.hosts.pelican import build_inputs
from garden.hosts.pelican.build_requests import ERRORS_EXIT_CODE
from garden.linking.relation import Node
from garden.publishing.kept import kept_site
from garden.publishing.kept.kept_site import KeptSite, WholeSite
from garden.publishing.site_writer import SiteWriter
from garden.publishing.written_site import WriteResult
from garden.rendering.files.search import words
from garden.vault.stored.kept_values import KeptValues, NewValues
from tests.property.test_rebuilding import EVERY_SOURCE, files_of
from tests.support.building import build
from tests.support.effort import effort
from tests.support.random_author import RandomAuthor

TEXTS = [
    "More words about nothing.",
    "Words with [[a]] in a line.",
    "`code` and **more**",
    "> A quotation.\n",
    "## A heading",
    "- [[b]] in a list\n- and [there](a.md)",
    "See [[a#A heading]] and ![[c]]",
    "A sentence.[^2]\n\n[^2]: Said here.",
]


DAMAGED = "[cache-damaged]"
_WITH_ERRORS = 4


class Kept:
    """Counts the builds that had to write changed texts alone."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.number = 0
        plain = KeptSite.write

        def write(kept: KeptSite, *arguments: Any) -> Any:
            found = plain(kept, *arguments)
            self.number += 1
            return found

        patch.setattr(KeptSite, "write", write)


def change_text(root: Path, random: Random) -> None:
    """Change the text of a note, most often not its links."""
    notes = sorted(path for path in root.rglob("*.md") if path.is_file())
    if notes:
        file = random.choice(notes)
        text = file.read_bytes()
        if text.count(b"[[") and random.random() < 0.15:
            # A link less, or one that leads nowhere.
            file.write_bytes(text.replace(b"[[", random.choice([b"", b"[[no "]), 1))
            return
        word = "".join(random.choices("aeiou", k=3))
        added = f"\n\n{random.choice(TEXTS)} {word} {random.random()}\n\n".encode()
        # What is put before the rest moves all of it.
        at = 0 if not text.startswith(b"---") and random.random() < 0.3 else len(text)
        file.write_bytes(text[:at] + added + text[at:])


def reported(log: str) -> list[str]:
    """The lines of a log that speak of notes."""
    return [line for line in log.splitlines() if " seconds" not in line and DAMAGED not in line]


def damage(file: Path, random: Random) -> None:
    """Change some bytes of a file, or cut it."""
    content = bytearray(file.read_bytes())
    if random.random() < 0.3:
        del content[random.randrange(len(content)) :]
    for _ in range(random.randrange(1, 400)):
        if content:
            content[random.randrange(len(content))] = random.randrange(256)
    file.write_bytes(content)


@pytest.mark.parametrize("seed", range(effort(1, 24)))
def test_what_was_kept_changes_nothing(tmp_path, seed, monkeypatch):
    """Byte for byte, a site that was built again after each change is a site built from nothing."""
    kept = Kept(monkeypatch)
    # So the search index of a few notes has as many parts as that of thousands.
    monkeypatch.setattr(words, "_PART", 80)
    random = Random(seed)
    author = RandomAuthor(tmp_path / "site", seed, notes=6)
    root, out = author.vault, tmp_path / "again" / "out"
    for number in range(12):
        if random.random() < 0.35:
            author.edit()
        for _ in range(random.randrange(1, 3)):
            change_text(root, random)
        if random.random() < 0.15:
            for file in (tmp_path / "again").rglob("site-*.sqlite"):
                damage(file, Random(random.random()))  # how much that draws depends on the size of the file
        chosen = {**author.chosen(), ERRORS_EXIT_CODE: _WITH_ERRORS}
        if seed % 3 == 1:
            chosen["GARDEN"] = {**EVERY_SOURCE, **chosen["GARDEN"]}
        again = build(root, out, chosen)
        if number % 3 == 2:
            fresh = tmp_path / "fresh" / str(number) / "out"
            first = build(root, fresh, chosen)
            assert again.exit_code == first.exit_code
            if first.exit_code in (0, _WITH_ERRORS):  # else the last site stays
                assert files_of(out) == files_of(fresh)
                assert reported(again.log) == reported(first.log)
    # Some of the longer series change links, settings or templates each time.
    assert kept.number or seed > 1


class Reused:
    """Counts the files that builds have taken over, and those that they have made again, after a change of more than texts."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.kept = self.made = 0
        plain = SiteWriter._kept

        def kept(writer: SiteWriter, made: WriteResult | None) -> bool:
            found = plain(writer, made)
            self.kept += found
            self.made += not found
            return found

        patch.setattr(SiteWriter, "_kept", kept)


OF_SETTINGS = ("_set", "_override", "_change_special")


@pytest.mark.parametrize("seed", range(effort(1, 40)))
def test_what_answers_have_not_changed_stays(tmp_path, seed, monkeypatch):
    """Byte for byte, whatever is renamed, moved, retagged, drafted, created, deleted or attached, with texts changed in between."""
    reused = Reused(monkeypatch)
    monkeypatch.setattr(words, "_PART", 80)
    random = Random(seed)
    author = RandomAuthor(tmp_path / "site", seed, notes=12)
    kinds, weights = zip(
        *((kind, weight) for weight, kind in author.kinds() if kind.__name__ not in OF_SETTINGS), strict=True
    )
    chosen = {
        **author.chosen(),
        ERRORS_EXIT_CODE: _WITH_ERRORS,
        "SITEURL": "https://example.org" * (seed % 2),
    }
    if seed % 3 == 1:
        chosen["GARDEN"] = {**EVERY_SOURCE, **chosen["GARDEN"]}
    root, out = author.vault, tmp_path / "again" / "out"
    for number in range(8):
        if random.random() < 0.3:
            change_text(root, random)
        else:
            while random.choices(kinds, weights)[0]() is None:
                pass
        again = build(root, out, chosen)
        if number % 4 == 3:
            fresh = tmp_path / "fresh" / str(number) / "out"
            first = build(root, fresh, chosen)
            assert again.exit_code == first.exit_code
            if first.exit_code in (0, _WITH_ERRORS):
                assert files_of(out) == files_of(fresh)
                assert reported(again.log) == reported(first.log)
    assert reused.kept


def test_a_title_concerns_only_who_shows_it(tmp_path, monkeypatch):
    """Of many pages, those are made again that name a note: also by builds that have kept changed texts meanwhile."""
    root, out = tmp_path / "vault", tmp_path / "again" / "out"
    root.mkdir()
    for number in range(30):
        (root / f"{number:02}.md").write_text(
            f"---\ntitle: Note {number}\n---\nup:: [[{number // 5:02}]]\n\nWords.\n"
        )
    build(root, out)
    for number, cited in enumerate((17, 12)):
        # Only now the page of that note shows what is above the one that cites it.
        with (root / "27.md").open("a") as text:
            text.write(f"\nSee [[{cited}]].\n")
        build(root, out)
        above = root / "05.md"
        above.write_text(above.read_text().replace("title: ", "title: Other "))
        reused = Reused(monkeypatch)
        assert build(root, out).exit_code == 0
        assert reused.kept >= 15
        build(root, tmp_path / f"fresh{number}" / "out")
        assert files_of(out) == files_of(tmp_path / f"fresh{number}" / "out")


def test_what_is_not_as_it_was_written_is_not_taken_over(tmp_path, monkeypatch):
    """A file that somebody has removed; and a site of which the record is older, since a build has ended before it was kept."""
    root, out = tmp_path / "vault", tmp_path / "again" / "out"
    root.mkdir()
    for name in "abcd":
        (root / f"{name}.md").write_text(f"---\ntitle: Note {name}\n---\nWords of {name}, and [[a]].\n")

    def with_title(name: str, title: str) -> None:
        note = root / f"{name}.md"
        note.write_text(f"---\ntitle: {title}\n---\nWords of {name}, and [[a]].\n")

    build(root, out)
    (out / "c" / "index.html").unlink()
    (out / "search" / "words-0.json").write_text("{}")
    with_title("b", "Other")
    build(root, out)
    build(root, tmp_path / "fresh0" / "out")
    assert files_of(out) == files_of(tmp_path / "fresh0" / "out")
    with_title("b", "Another")
    with monkeypatch.context() as patch:
        patch.setattr(WholeSite, "keep", _end)
        assert build(root, out).exit_code
    with_title("b", "Other")
    build(root, out)
    assert files_of(out) == files_of(tmp_path / "fresh0" / "out")


def test_an_attachment_concerns_only_who_shows_it(tmp_path, monkeypatch):
    """One that is new, another one under the same name, and one that is gone."""
    root, out = tmp_path / "vault", tmp_path / "again" / "out"
    root.mkdir()
    for number in range(20):
        (root / f"{number:02}.md").write_text(f"Words, and [[{number // 4:02}]].\n")
    (root / "03.md").write_text("![[drawing.svg]] and [[paper.pdf]]\n")
    build(root, out)
    for number, size in enumerate((10, 20, 0)):
        if size:
            shape = f"<svg xmlns='http://www.w3.org/2000/svg' width='{size}' height='{size}'/>"
            (root / "drawing.svg").write_text(shape)
            (root / "paper.pdf").write_text(f"%PDF {size}")
        else:
            (root / "drawing.svg").unlink()
        reused = Reused(monkeypatch)
        again = build(root, out)
        assert reused.kept >= 15
        first = build(root, tmp_path / f"fresh{number}" / "out")
        assert (again.exit_code, reported(again.log)) == (first.exit_code, reported(first.log))
        assert files_of(out) == files_of(tmp_path / f"fresh{number}" / "out")


@pytest.mark.parametrize("step", ["write", "keep"])
def test_a_build_that_ends_in_between_leaves_nothing_that_misleads(tmp_path, step, monkeypatch):
    """Whether it has put its files into place or not, the next one makes what a first build makes."""
    root, out = tmp_path / "vault", tmp_path / "again" / "out"
    root.mkdir()
    for name in "abc":
        (root / f"{name}.md").write_text(f"Words of {name}, and [[a]].\n")
    build(root, out)
    for number, file in enumerate(("a.md", "b.md")):
        with monkeypatch.context() as patch:
            patch.setattr(KeptSite, step, _end)
            (root / file).write_text(f"Words of {file[0]}, and [[a]].\n\nMore {number}.\n")
            assert build(root, out).exit_code
        (root / "c.md").write_text(f"Words of c, and [[a]].\n\nMore {number}.\n")
        build(root, out)
        build(root, tmp_path / f"fresh{number}" / "out")
        assert files_of(out) == files_of(tmp_path / f"fresh{number}" / "out")


def test_a_first_build_that_ends_in_between_leaves_nothing_that_misleads(tmp_path, monkeypatch):
    """What it has stored until then counts for nothing, and is replaced."""
    root, out = tmp_path / "vault", tmp_path / "again" / "out"
    root.mkdir()
    for name in "abc":
        (root / f"{name}.md").write_text(f"Words of {name}, and [[a]].\n")
    with monkeypatch.context() as patch:
        patch.setattr(NewValues, "finish", _end)
        assert build(root, out).exit_code
    assert [file.name[-4:] for file in (tmp_path / "again").rglob("site-*")] == [".new"]
    (root / "b.md").write_text("Words of b, and [[c]].\n")
    build(root, out)
    build(root, tmp_path / "fresh" / "out")
    assert files_of(out) == files_of(tmp_path / "fresh" / "out")
    assert [file.suffix for file in (tmp_path / "again").rglob("site-*")] == [".sqlite"]


def test_of_a_sentence_only_what_differs_is_stored(tmp_path, monkeypatch):
    """Not what all pages have asked, and not the hashes of all notes."""
    root, out = tmp_path / "vault", tmp_path / "again" / "out"
    root.mkdir()
    for number in range(50):
        (root / f"n{number}.md").write_text(f"Words of {number}.\n")
    build(root, out)
    stored: dict[str, Any] = {}
    plain = KeptValues.change

    def change(kept: KeptValues, values: Any) -> None:
        stored.update(values)
        plain(kept, stored.items())

    monkeypatch.setattr(KeptValues, "change", change)
    for number in range(3):
        (root / f"n{number}.md").write_text(f"Words of {number}, and more.\n")
        build(root, out)
        changed = [f"n{each}.md" for each in range(number + 1)]
        assert sorted(stored["newer hashes of notes"]) == changed
        pages = {unit.key for unit in stored["newer pages"]["text_questions"] if isinstance(unit, Node)}
        assert pages.issuperset(changed)
        assert len(pages) <= 3 * len(changed)  # others show the beginning of a note
        assert stored.keys().isdisjoint(("pages", "hashes of notes"))


def test_a_build_that_another_one_has_overtaken_begins_again(tmp_path, monkeypatch):
    """What the other one has written in the meantime belongs to other texts."""
    root, out = tmp_path / "vault", tmp_path / "again" / "out"
    root.mkdir()
    for name in "ab":
        (root / f"{name}.md").write_text(f"Words of {name}.\n")
    build(root, out)
    plain = KeptSite.found

    def found(*arguments: Any, **facts: Any) -> KeptSite | None:
        result = plain(*arguments, **facts)
        monkeypatch.setattr(KeptSite, "found", plain)
        (root / "b.md").write_text("Other words.\n")
        build(root, out)
        (root / "b.md").write_text("Words of b.\n")
        return result

    monkeypatch.setattr(KeptSite, "found", found)
    (root / "a.md").write_text("Words of a.\n\nMore.\n")
    build(root, out)
    build(root, tmp_path / "fresh" / "out")
    assert files_of(out) == files_of(tmp_path / "fresh" / "out")


def test_what_was_damaged_is_reported_once(tmp_path):
    """A file of the cache that cannot be believed costs time, and one line of the report."""
    root, out = tmp_path / "vault", tmp_path / "again" / "out"
    root.mkdir()
    note = root / "a.md"
    note.write_text("Words.\n")
    build(root, out)
    (kept,) = (tmp_path / "again").rglob("site-*.sqlite")
    content = kept.read_bytes()
    for number, damaged in enumerate((b"garbage", content[: len(content) // 2], bytes(len(content)))):
        kept.write_bytes(damaged)
        for expected in (1, 0):
            note.write_text(f"Words.\n\nMore {number} {expected}.\n")
            assert build(root, out).log.count(DAMAGED) == expected
    build(root, tmp_path / "fresh" / "out")
    assert files_of(out) == files_of(tmp_path / "fresh" / "out")


def test_what_other_code_has_kept_is_not_read(tmp_path, monkeypatch):
    """Another version of the program may keep it in another form."""
    root, out = tmp_path / "vault", tmp_path / "again" / "out"
    root.mkdir()
    (root / "a.md").write_text("Words.\n")
    build(root, out)
    (kept,) = (tmp_path / "again").rglob("site-*.sqlite")
    KeptValues(kept).change([("state", ("one member", "more", "or less"))])
    monkeypatch.setattr(build_inputs, "code_version", lambda: "other")
    monkeypatch.setattr(kept_site, "kept_pages", _end)
    monkeypatch.setattr(kept_site, "_kept_notes", _end)
    assert not build(root, out).exit_code


def _end(*arguments: object) -> None:
    raise RuntimeError("the process has been ended")


@pytest.mark.parametrize("seed", range(5, 5 + effort(2, 24)))
def test_links_and_headings_between_strangers_are_followed(tmp_path, seed, monkeypatch):
    """Whatever a note cites, or is about, concerns pages that knew nothing of it; nothing is linked again."""
    kept = Kept(monkeypatch)
    random = Random(seed)
    root, out = tmp_path / "vault", tmp_path / "again" / "out"
    names = [f"note {number}" for number in range(16)]
    words = ["meadow", "river", "orchard", "harbour", "lantern", "cellar"]
    for number, name in enumerate(names):
        file = root / f"folder {number % 5}" / f"{name}.md"
        file.parent.mkdir(parents=True, exist_ok=True)
        title = f"{random.choice(words)} {random.choice(words)} {number}".capitalize()
        file.write_text(f"---\ntitle: {title}\n---\nIt is number {number}.\n\n## First part\n\nSo it is.\n")
    build(root, out)
    steps = 5
    for _ in range(steps):
        file = random.choice(sorted(root.rglob("*.md")))
        text = file.read_text()
        linked = text.rpartition("\nSee ")
        if linked[0] and random.random() < 0.3:
            text = linked[0]
        elif random.random() < 0.6:
            others = random.sample(names, k=random.randrange(1, 4))
            text += "\nSee " + " and ".join(
                f"[[{name}{random.choice(['', '#First part'])}]]" for name in others
            )
        else:
            text += f"\n\n## About the {random.choice(words)}\n\nMuch.\n"
        file.write_text(text + "\n")
        assert build(root, out).exit_code == 0
    assert kept.number == steps
    build(root, tmp_path / "fresh" / "out")
    assert files_of(out) == files_of(tmp_path / "fresh" / "out")
