"""The cache of notes: what is damaged there is never believed, and never ends a build."""

import pickle
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from garden.model.body import Body
from garden.model.note import Status
from garden.model.settings import Settings
from garden.vault.scan import scan
from garden.vault.site import Site, read_site
from garden.vault.stored import cache_folder
from garden.vault.stored.cache import Cache, pack, unpack_body, unpack_facts
from tests.support.effort import effort

NOTES = {
    f"n{i}.md": f"---\ntags: [t{i}]\n---\n# Note {i}\n\n[[n{i + 1}]] {'words ' * 50}\n" for i in range(20)
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A vault of twenty notes."""
    folder = tmp_path / "vault"
    folder.mkdir()
    for name, text in NOTES.items():
        (folder / name).write_text(text)
    return folder


def _read(root: Path, file: Path) -> tuple[Site, list[str]]:
    """Read a vault with a cache; return it, and the ids of what was wrong with the cache."""
    store = Cache(file)
    site = read_site(scan(root, Settings()), Settings(), store)
    bodies = [site.body(path) for path in site.files.notes]
    assert all(bodies)
    store.close()
    return site, [problem.code for problem in store.problems]


def test_what_was_stored_comes_back(root: Path, tmp_path: Path) -> None:
    """Facts and bodies of the second reading are those of the first."""
    file = tmp_path / "cache" / "documents.sqlite"
    first, problems = _read(root, file)
    second, again = _read(root, file)
    assert problems == again == []
    assert second.snapshot.documents == first.snapshot.documents
    assert [second.body(path) for path in NOTES] == [first.body(path) for path in NOTES]
    assert file.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("seed", range(effort(9, 30)))
def test_a_damaged_file_is_made_again_and_reported(root: Path, tmp_path: Path, seed: int) -> None:
    """Flipped bits, a page of zeros, half of it: the vault is read as if there were no cache."""
    file = tmp_path / "documents.sqlite"
    clean, _ = _read(root, file)
    chance = random.Random(seed)
    content = bytearray(file.read_bytes())
    if seed % 3 == 0:
        for _ in range(chance.choice([1, 30, 300])):
            content[chance.randrange(len(content))] ^= 1 << chance.randrange(8)
    elif seed % 3 == 1:
        page = chance.randrange(len(content) // 4096) * 4096
        content[page : page + 4096] = bytes(4096)
    else:
        del content[chance.randrange(len(content)) :]
    file.write_bytes(content)
    damaged, problems = _read(root, file)
    assert damaged.snapshot.documents == clean.snapshot.documents
    assert [damaged.body(path) for path in NOTES] == [clean.body(path) for path in NOTES]
    assert problems in ([], ["cache-damaged"])
    # The second time nothing is wrong any more.
    healed, problems = _read(root, file)
    assert healed.snapshot.documents == clean.snapshot.documents
    assert problems in ([], ["cache-damaged"])


def test_a_record_under_another_key_is_not_believed(root: Path, tmp_path: Path) -> None:
    """As a damaged index may give it."""
    file = tmp_path / "documents.sqlite"
    clean, _ = _read(root, file)
    connection = sqlite3.connect(file)
    rows = connection.execute("SELECT key, facts, body FROM document ORDER BY key").fetchall()
    shifted = [(row[1], row[2], other[0]) for row, other in zip(rows, rows[1:] + rows[:1], strict=True)]
    with connection:
        connection.executemany("UPDATE document SET facts = ?, body = ? WHERE key = ?", shifted)
    connection.close()
    damaged, problems = _read(root, file)
    assert damaged.snapshot.documents == clean.snapshot.documents
    assert problems == ["cache-damaged"]


@pytest.mark.parametrize("in_the_way", ["folder", "garbage", "other tables"])
def test_what_is_not_a_cache_is_replaced(root: Path, tmp_path: Path, in_the_way: str) -> None:
    """Whatever is where the file has to be."""
    file = tmp_path / "documents.sqlite"
    if in_the_way == "folder":
        (file / "below").mkdir(parents=True)
    elif in_the_way == "garbage":
        file.write_bytes(b"garbage" * 1000)
    else:
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("CREATE TABLE document (key, other)")
    assert _read(root, file)[1] == ["cache-damaged"]
    assert _read(root, file)[1] == []


def test_without_a_file_the_cache_is_in_memory(root: Path, tmp_path: Path) -> None:
    """A place that cannot be written costs time, and is reported."""
    (tmp_path / "file").write_text("no folder")
    site, problems = _read(root, tmp_path / "file" / "documents.sqlite")
    assert len(site.snapshot.documents) == len(NOTES)
    assert problems == ["cache-unusable"]


class Command:
    """What a hostile record would have made."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (print, ("run",))


@pytest.mark.parametrize(
    "record",
    [
        pickle.dumps(Command()),
        pickle.dumps(Path("x")),
        pickle.dumps(cache_folder.cache_folder),
        b"cgarden.model.errors\nPath\n.",
        b"cgarden.model.errors\nstorage_error\n.",
    ],
    ids=["print", "library", "function of ours", "imported by the model", "function of the model"],
)
def test_a_record_makes_nothing_but_notes(record: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    """Neither functions, nor classes that the model only imports, nor anything of other modules."""
    for unpack in (unpack_facts, unpack_body):
        with pytest.raises(pickle.UnpicklingError, match="is not a class of the model"):
            unpack(record)
    assert capsys.readouterr().out == ""


class _Pickled:
    """Pickled as Python 3.11.0 to 3.11.3 pickle a member of an enumeration: the call of `getattr` with these two."""

    def __init__(self, kind: type, name: str) -> None:
        self.attribute = (kind, name)

    def __reduce__(self) -> tuple[object, ...]:
        return getattr, self.attribute


def test_members_of_enumerations_come_back_from_every_python() -> None:
    """Also as older releases of Python 3.11 write them; no other attribute of a class can be had so."""
    assert unpack_body(pickle.dumps(_Pickled(Status, "DRAFT"))) is Status.DRAFT
    for kind, name in ((Status, "__subclasses__"), (Body, "__init__")):
        with pytest.raises(pickle.UnpicklingError, match="is not a member"):
            unpack_body(pickle.dumps(_Pickled(kind, name)))


def test_what_is_packed_is_unpacked(root: Path) -> None:
    """Every class of a note comes back."""
    document = read_site(scan(root, Settings()), Settings()).snapshot.documents["n1.md"]
    facts, body = pack(document)
    assert unpack_facts(facts) == document
    assert isinstance(unpack_body(body), Body)


def test_a_new_cache_is_left_out_of_git(tmp_path: Path) -> None:
    """The text of drafts is in it; a folder that was there is the author's own."""
    (tmp_path / "there").mkdir()
    assert (cache_folder.cache_folder(tmp_path / "new" / "cache").path / ".gitignore").read_text() == "*\n"
    assert not (cache_folder.cache_folder(tmp_path / "there").path / ".gitignore").exists()


def test_a_cache_that_cannot_be_written_is_a_passing_one(tmp_path: Path) -> None:
    """The build goes on with a temporary folder, and one sentence says so."""
    good = cache_folder.cache_folder(tmp_path / "cache")
    assert good == (tmp_path / "cache", ())
    (tmp_path / "file").write_text("no folder")
    path, problems = cache_folder.cache_folder(tmp_path / "file" / "cache")
    assert path.is_dir()
    assert not path.is_relative_to(tmp_path)
    assert [problem.code for problem in problems] == ["cache-unusable"]
