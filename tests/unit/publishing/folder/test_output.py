"""The output changes as a whole or not at all, and nothing in it goes that no build has written."""

import errno
import os
import random
import signal
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import NamedTuple, NoReturn

import pytest

from garden.model.errors import StorageError
from garden.model.names import SaveAs
from garden.publishing.folder import output, replacing, small_change, workspace
from garden.publishing.folder.memory import Memory
from garden.publishing.folder.output import Output
from garden.publishing.folder.record import RECORD, add_to_record, hash_of_file, parents, record_of
from garden.publishing.folder.staging import OutsideOutputError
from tests.support.effort import effort

Files = Mapping[str, str]

OLD = {
    "index.html": "home",
    "a/index.html": "a",
    "a/b/index.html": "b",
    "x": "file",
    "y/z": "below",
    "same": "same",
}
NEW = {
    "index.html": "Home",
    "a/index.html": "A",
    "c/index.html": "c",
    "x/w": "below",
    "y": "file",
    "same": "same",
}
PLAIN = {"index.html": "Home", "a/index.html": "A", "d/e/index.html": "e", "y/z": "below", "same": "same"}
"""Has no file where a folder was, and no folder where a file was."""

PRIVATE = {"index.html": "Home", "a/index.html": "A", "same": "same"}


class Place(NamedTuple):
    """An output and its cache."""

    root: Path
    cache: Path

    def build(self, files: Files, *, at_once: bool = False) -> list[str]:
        """Write a site of the given files; return what is reported, as `id name`."""
        with Output(self.root, self.cache) as output:
            for name, text in files.items():
                output.write(SaveAs(name), text.encode())
            problems = output.replace(at_once=at_once)
            output.remember("", (), 0, (0, 0, 0))
        return [
            f"{problem.code} {Path(problem.place.path).relative_to(self.root)}"
            for problem in problems
            if problem.code != "cache-damaged"
        ]

    def files(self) -> dict[str, str]:
        """What lies in the output, without its record; a link is shown as where it leads."""
        return {
            path.relative_to(self.root).as_posix(): f"→ {path.readlink()}"
            if path.is_symlink()
            else path.read_text()
            for path in sorted(self.root.rglob("*"))
            if (path.is_symlink() or path.is_file()) and path.name != RECORD
        }

    def put(self, name: str, text: str) -> Path:
        """Write a file as somebody else would."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
        return path

    def litter(self) -> list[str]:
        """What builds have left beside the output."""
        return [
            path.name for path in self.root.parent.iterdir() if path.name not in ("out", "cache", "outside")
        ]


@pytest.fixture
def place(tmp_path: Path) -> Place:
    """An output that is not there yet."""
    return Place(tmp_path / "out", tmp_path / "cache")


@pytest.fixture(params=[(-1, 0), (-1, 1000), (1000, 1000)], ids=["exchanged", "file by file", "few alone"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each way to replace a site."""
    for module, few in zip((small_change, replacing), request.param, strict=True):
        _limit(monkeypatch, module, few)


def _limit(monkeypatch: pytest.MonkeyPatch, module: ModuleType, few: int) -> None:
    """Let only so many files be few, whatever the size of the site."""
    monkeypatch.setattr(module, "are_few", lambda changes, files: changes <= few)


def test_a_site_takes_the_place_of_another(place: Place, way: None) -> None:
    """Files change, come and go, folders become files and files folders; nothing is left beside."""
    for files in (OLD, NEW, OLD, PRIVATE, NEW, {}, OLD):
        assert place.build(files) == []
        assert place.files() == files
        assert place.litter() == []


def test_a_system_that_neither_exchanges_folders_nor_removes_open_files(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """On Windows no file is linked needlessly, and the lock is removed when it is free."""
    monkeypatch.setattr(workspace, "_LOCK_STAYS", True)
    monkeypatch.setattr(replacing, "CAN_EXCHANGE", False)
    _limit(monkeypatch, replacing, -1)
    _limit(monkeypatch, small_change, -1)
    monkeypatch.delattr(os, "link")
    for site in (OLD, NEW):
        place.build(site)
        assert place.files() == site
        assert place.litter() == []


def test_the_record_depends_on_the_files_only(place: Place, tmp_path: Path, way: None) -> None:
    """However a site came about, its record is that of a first build (HC-7), and names nothing."""
    place.build(OLD)
    place.build(NEW)
    other = Place(tmp_path / "other", tmp_path / "other-cache")
    other.build(NEW)
    record = (place.root / RECORD).read_bytes()
    assert record == (other.root / RECORD).read_bytes()
    assert b"index" not in record


def test_what_is_the_same_is_not_touched(place: Place, way: None) -> None:
    """A file with the same bytes keeps its time, whatever it was made from."""
    place.build(OLD)
    before = (place.root / "same").stat().st_mtime_ns
    place.build(NEW)
    assert (place.root / "same").stat().st_mtime_ns == before


def test_files_of_others_stay(place: Place, way: None) -> None:
    """Neither a first build nor a later one removes or changes what it did not write."""
    others = {".git/HEAD": "ref", "CNAME": "example.org", "thesis/thesis.tex": "x", "a/mine.txt": "y"}
    for name, text in others.items():
        place.put(name, text)
    (place.root / "empty").mkdir()
    for files in (OLD, NEW, PRIVATE):
        assert place.build(files) == []
        assert place.files() == {**files, **others}
    assert (place.root / "empty").is_dir()


def _lose_memory(place: Place) -> Place:
    for file in place.cache.iterdir():
        file.write_bytes(b"garbage")
    return place


def _lose_record(place: Place) -> Place:
    (place.root / RECORD).unlink()
    return place


LOSSES: Mapping[str, Callable[[Place], Place]] = {
    "nothing": lambda place: place,
    "cache": lambda place: place._replace(cache=place.cache.with_name("new-cache")),
    "moved": lambda place: place._replace(root=place.root.rename(place.root.with_name("moved"))),
    "memory": _lose_memory,
    "record": _lose_record,
}


@pytest.mark.parametrize("loss", LOSSES)
def test_what_is_private_now_goes_whatever_is_lost(place: Place, way: None, loss: str) -> None:
    """A lost cache, a moved project or a damaged file never keeps a page public, nor costs a file of others."""
    place.put("CNAME", "example.org")
    place.build(NEW)
    place = LOSSES[loss](place)
    assert place.build(PRIVATE) == []
    assert place.files() == {**PRIVATE, "CNAME": "example.org"}


def test_a_list_from_before_there_were_records_counts(place: Place) -> None:
    """What an older version wrote, and listed in the cache only, goes too; what has changed since stays."""
    stat = {name: place.put(name, "old").stat() for name in ("gone.html", "changed.html")}
    listed = {name: [found.st_size, found.st_mtime_ns, "mark"] for name, found in stat.items()}
    place.cache.mkdir()
    memory = Output(place.root, place.cache)._memory_file
    memory.write_text(f'{{"files": {listed}}}'.replace("'", '"'))
    place.put("changed.html", "changed")
    place.build(PRIVATE)
    assert place.files() == {**PRIVATE, "changed.html": "changed"}


@pytest.mark.parametrize("name", ["index.html", "a", "c", "y/w", "x/w/v"])
def test_what_is_in_the_way_is_reported_and_stays(place: Place, way: None, name: str) -> None:
    """A file of others where a page or its folder has to be, or a folder where a file has to be."""
    place.put(name, "mine")
    found = place.build(NEW)
    assert len(found) == 1
    assert found[0].startswith("output-foreign")
    assert place.files()[name] == "mine"
    lacking = found[0].split()[1]
    assert place.files() == {**{known: text for known, text in NEW.items() if known != lacking}, name: "mine"}
    # It is told until it is mended.
    assert place.build(NEW) == found
    (place.root / name).unlink()
    if name in ("y/w", "x/w/v"):
        (place.root / name).parent.rmdir()
    assert place.build(NEW) == []


def test_a_file_of_others_with_our_bytes_is_taken_for_ours(place: Place) -> None:
    """So a folder whose record is lost heals by itself."""
    place.put("index.html", "home")
    assert place.build(OLD) == []
    place.build({})
    assert place.files() == {}


def test_what_others_have_changed_is_kept_aside(place: Place, way: None) -> None:
    """A page of ours that was changed is replaced, or goes; what it became is not lost."""
    place.build(OLD)
    for name in ("index.html", "a/b/index.html"):
        place.put(name, "minified")
    assert place.build(NEW) == ["output-changed a/b/index.html", "output-changed index.html"]
    assert place.files() == NEW
    kept = place.cache / "changed-by-others"
    assert (kept / "index.html").read_text() == (kept / "a/b/index.html").read_text() == "minified"


def test_links_are_never_followed(place: Place, way: None) -> None:
    """A link in the output, to a file, to nothing or to a folder, leads no writing and no removing out of it."""
    outside = place.root.parent / "outside"
    for name in ("kept", "a/index.html"):
        (outside / name).parent.mkdir(parents=True, exist_ok=True)
        (outside / name).write_text("precious")
    place.root.mkdir()
    (place.root / "index.html").symlink_to(outside / "kept")
    (place.root / "same").symlink_to(outside / "nothing")
    (place.root / "a").symlink_to(outside / "a")
    found = place.build(NEW)
    assert found == ["output-foreign a/index.html", "output-foreign index.html", "output-foreign same"]
    assert {path.name: path.read_text() for path in outside.rglob("*") if path.is_file()} == {
        "kept": "precious",
        "index.html": "precious",
    }
    assert len([text for text in place.files().values() if text.startswith("→")]) == 3


def test_a_folder_that_became_a_link_is_not_cleaned_through_it(place: Place) -> None:
    """Our files, moved away by their owner with a link in their place, are theirs now."""
    place.build(OLD)
    outside = place.root.parent / "outside"
    (place.root / "a").rename(outside)
    (place.root / "a").symlink_to(outside)
    place.build({"index.html": "home"})
    assert sorted(path.name for path in outside.rglob("*") if path.is_file()) == ["index.html", "index.html"]


@pytest.mark.parametrize("name", ["../x", "/x", "a/../../x"])
def test_nothing_is_made_outside(place: Place, name: str) -> None:
    """A name that leads out of the folder is refused (PB-5)."""
    with pytest.raises(OutsideOutputError), Output(place.root, place.cache) as output:
        output.write(SaveAs(name), b"x")


def test_a_build_that_fails_changes_nothing(place: Place) -> None:
    """An error while pages are made, such as one in a template, leaves the last site, and nothing beside it."""
    place.build(OLD)
    with suppress(ZeroDivisionError), Output(place.root, place.cache) as output:
        output.write(SaveAs("index.html"), b"new")
        raise ZeroDivisionError
    assert place.files() == OLD
    assert place.litter() == []


def _killed_at(step: int, build: Callable[[], object]) -> bool:
    """Run `build` in a process that ends without a word before its n-th change of files; False: it ended before."""
    child = os.fork()
    if child == 0:
        left = step

        def hook(event: str, arguments: tuple[object, ...]) -> None:
            nonlocal left
            is_writing = (
                event == "open" and isinstance(arguments[2], int) and arguments[2] & (os.O_WRONLY | os.O_RDWR)
            )
            if is_writing or event in (
                "os.rename",
                "os.remove",
                "os.rmdir",
                "os.mkdir",
                "os.link",
                "ctypes.dlsym",
            ):
                left -= 1
                if left < 0:
                    os._exit(9)

        sys.addaudithook(hook)
        build()
        os._exit(0)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the build is killed in a forked process")
@pytest.mark.parametrize("how", ["exchanged", "file by file", "few alone"])
@pytest.mark.parametrize(
    "others",
    [{}, {"CNAME": "example.org", ".git/HEAD": "ref", "a/x/y": "mine", "c/mine": "z"}],
    ids=["ours", "shared"],
)
def test_a_killed_build(place: Place, monkeypatch: pytest.MonkeyPatch, others: Files, how: str) -> None:
    """Killed before any step, in a quick run before each fifth: each file is old or new, and the next build gives what a clean one gives.

    Where the system can exchange folders, the site is old or new as a whole; what others have put there stays.
    """
    _limit(monkeypatch, replacing, 0)
    _limit(monkeypatch, small_change, 1000 if how == "few alone" else -1)
    if how == "file by file":
        monkeypatch.setattr(replacing, "exchange", lambda one, other: False)
    new = PLAIN if how == "few alone" else NEW
    step, states, is_killed = 0, set(), True
    while is_killed:
        place.build({})
        for name, text in others.items():
            place.put(name, text)
        place.build(OLD)
        is_killed = _killed_at(step, lambda: place.build(new))
        now = {name: text for name, text in place.files().items() if name not in others}
        for name, text in now.items():
            assert text in (OLD.get(name), new.get(name)), f"{name} is cut after step {step}"
        states.add("old" if now == OLD else "new" if now == new else "mixed")
        if any(now.get(name) == text != OLD.get(name) for name, text in new.items()):
            assert not now.keys() - new.keys(), (
                f"what is private is public beside what is new after step {step}"
            )
        # What was new is made private, or is not.
        later = PRIVATE if step % 2 else new
        place.build(later)
        assert place.files() == {**later, **others}, f"after step {step}"
        assert place.litter() == [], f"after step {step}"
        step += effort(5, 1)
    assert states == ({"old", "new"} if how == "exchanged" else {"old", "new", "mixed"})
    folders = {path.relative_to(place.root).as_posix() for path in place.root.rglob("*") if path.is_dir()}
    assert folders == {parent for path in (*later, *others) for parent in parents(path)}


def test_a_folder_of_others_that_cannot_be_moved_keeps_the_output(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Something may be mounted deep in it: then nothing is exchanged, and the site is there all the same."""
    place.build(OLD)
    for name in (".git/HEAD", "thesis/x"):
        place.put(name, "mine")
    number = place.root.stat().st_ino
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path.name == "thesis":
            raise OSError(errno.EBUSY, "busy")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    place.build(NEW, at_once=True)
    assert place.files() == {**NEW, ".git/HEAD": "mine", "thesis/x": "mine"}
    assert place.root.stat().st_ino == number
    assert place.litter() == []


def test_few_files_alone_are_noted_as_all_would_be(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """The record has the same bytes, whichever way the files have come; a link in the place of a folder leads nowhere."""
    place.build(OLD)
    monkeypatch.setattr(output, "Replacement", None)
    for files in (PLAIN, OLD, {}, PLAIN):
        place.build(files)
        other = Path(f"{place.root} whole")
        record_of({name: hash_of_file(place.root / name) for name in files}).write(other)
        assert (place.root / RECORD).read_bytes() == other.read_bytes()
    monkeypatch.undo()
    elsewhere = place.root.with_name("elsewhere")
    (place.root / "d").rename(elsewhere)
    (place.root / "d").symlink_to(elsewhere)
    place.build({**PLAIN, "d/e/index.html": "E"})
    assert (elsewhere / "e/index.html").read_text() == "e"


def test_what_has_been_put_into_place_beforehand_is_noted_as_all_would_be(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site follows pages that a server has shown before it: only what differs is looked at, and the record is the same."""
    place.build(OLD)
    monkeypatch.setattr(output, "Replacement", None)
    with Output(place.root, place.cache) as resident:
        for text in ("A", "AA"):
            assert resident.put(SaveAs("a/index.html"), text.encode(), text)
        assert resident.put(SaveAs("same"), b"Same", "Same")
    for files in ({**OLD, "a/index.html": "AA", "c": "new"}, {**PLAIN, "a/index.html": "B"}):
        with resident:
            for name, text in files.items():
                resident.write(SaveAs(name), text.encode())
            assert resident.replace() == []
            resident.remember("", (), 0, (0, 0, 0))
        assert place.files() == files
        other = Path(f"{place.root} whole")
        record_of({name: hash_of_file(place.root / name) for name in files}).write(other)
        assert (place.root / RECORD).read_bytes() == other.read_bytes()


def test_a_line_of_another_build_in_the_record_is_not_trusted(place: Place) -> None:
    """A build that was killed has left a file that no longer belongs there: it goes, although little else changes."""
    place.build(OLD)
    with Output(place.root, place.cache) as resident:
        add_to_record(place.root, [("left", sha256(b"private").hexdigest())])
        place.put("left", "private")
        assert resident.put(SaveAs("same"), b"Same", "Same")
        for name, text in OLD.items():
            resident.write(SaveAs(name), text.encode())
        assert resident.replace() == []
    assert place.files() == OLD


def test_of_a_large_site_a_tenth_is_few() -> None:
    """An exchange of folders would link and remove every file."""
    assert small_change.are_few(small_change.FEW, 0)
    assert small_change.are_few(1000, 10_000)
    assert not small_change.are_few(1001, 10_000)


def test_a_few_files_change_at_once_when_they_must(place: Place) -> None:
    """A site that is published is never half of one, however little changes; one that is the same stays as it is."""
    place.build(OLD)
    place.put("CNAME", "example.org")
    before = place.root.stat().st_ino
    place.build({**OLD, "index.html": "Home"}, at_once=True)
    after = place.root.stat().st_ino
    assert after != before
    place.build({**OLD, "index.html": "Home"}, at_once=True)
    assert place.root.stat().st_ino == after
    place.build(OLD)
    assert place.root.stat().st_ino == after
    assert place.files() == {**OLD, "CNAME": "example.org"}
    place.put(".keep", "")
    place.build(NEW, at_once=True)
    assert place.root.stat().st_ino == after


@pytest.mark.skipif(not hasattr(os, "fork"), reason="the build is killed in a forked process")
def test_builds_killed_at_any_moment(place: Place) -> None:
    """As a person or the system does it: the folder is old or new, and the next build heals it."""
    sites = [{f"{name}/index.html": f"{name} {version}" * 99 for name in range(100)} for version in range(2)]
    chance = random.Random(1)
    place.build(sites[0])
    for turn in range(effort(4, 12)):
        old, new = sites[turn % 2], sites[1 - turn % 2]
        child = os.fork()
        if child == 0:
            place.build(new)
            os._exit(0)
        time.sleep(chance.random() * 0.05)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        assert place.files() in (old, new)
        place.build(new)
        assert place.files() == new
        assert place.litter() == []


def test_a_full_disk_is_one_sentence(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    """What the system says is reported with the file and what to do; the last site stays."""
    place.build(OLD)

    def full(descriptor: int, content: bytes) -> NoReturn:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    with pytest.raises(StorageError, match=r"out/index\.html cannot be written: the disk is full"):
        place.build(NEW)
    assert place.files() == OLD


def test_a_file_that_the_system_writes_in_parts_is_whole(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A system may write less than it is given, as some do with gigabytes."""
    write = os.write
    monkeypatch.setattr(os, "write", lambda descriptor, content: write(descriptor, content[:3]))
    place.build(OLD)
    monkeypatch.undo()
    assert place.files() == OLD


@pytest.mark.parametrize("name", ["file", "file/below"])
def test_a_file_where_the_output_should_be_stays(tmp_path: Path, name: str) -> None:
    """It is not ours; nor is anything left beside it."""
    (tmp_path / "file").write_text("precious")
    with pytest.raises(
        StorageError, match=r"file is not a folder\. Choose another folder|it is not a folder"
    ):
        Place(tmp_path / name, tmp_path / "cache").build(NEW)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert (tmp_path / "file").read_text() == "precious"


def test_what_cannot_be_recorded_is_reported_and_costs_only_time(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk below the cache: the site is complete, and the next build takes nothing for granted."""

    def full(file: Path, content: object) -> None:
        raise StorageError(f"{file} cannot be written: the disk is full")

    monkeypatch.setattr("garden.publishing.folder.memory.write_sealed_json", full)
    with Output(place.root, place.cache) as output:
        output.write(SaveAs("index.html"), b"new")
        assert output.replace() == []
        [problem] = output.remember("", (), 0, (0, 0, 0))
    assert problem.code == "cache-unusable"
    assert "the disk is full" in problem.message
    assert place.files() == {"index.html": "new"}
    monkeypatch.undo()
    place.build(NEW)
    assert place.files() == NEW


def test_another_build_is_waited_for(place: Place) -> None:
    """Two builds at once: the second one begins when the first has ended, and finds what that has made."""
    place.build(OLD)
    ready, go = os.pipe()
    child = os.fork()
    if child == 0:
        with Output(place.root, place.cache) as output:
            os.write(go, b"!")
            for name, text in NEW.items():
                output.write(SaveAs(name), text.encode())
            output.replace()
            output.remember("", (), 0, (0, 0, 0))
        os._exit(0)
    os.read(ready, 1)
    waited: list[bool] = []
    with Output(place.root, place.cache, lambda: waited.append(True)) as output:
        assert output.before.files.keys() == NEW.keys()
    assert len(waited) <= 1
    assert os.waitpid(child, 0)[1] == 0
    assert place.files() == NEW
    assert place.litter() == []


def test_a_build_that_ends_while_the_next_one_begins_is_seen(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is remembered is read before the lock is asked for; whatever was written since is read again."""
    place.build(OLD)
    load = output.load_memory

    def load_before_another_build(file: Path) -> Memory:
        found = load(file)
        monkeypatch.setattr(output, "load_memory", load)
        place.build(NEW)
        return found

    monkeypatch.setattr(output, "load_memory", load_before_another_build)
    with Output(place.root, place.cache) as begun:
        assert begun.before.files.keys() == NEW.keys()


def test_a_file_of_the_same_size_and_time_is_copied_again(tmp_path: Path) -> None:
    """Programs that copy folders set times; what an author has taken out of a file must not stay public (PB-3)."""
    source = tmp_path / "plan.txt"
    place = Place(tmp_path / "out", tmp_path / "cache")
    changed = 0
    for text in ("Anna", "...."):
        before = changed
        while changed == before:  # the clock of a file system may stand still for some milliseconds
            source.write_text(text)
            os.utime(source, ns=(10**18, 10**18))
            changed = source.stat().st_ctime_ns
        with Output(place.root, place.cache) as output:
            output.copy(SaveAs("plan.txt"), source)
            output.replace()
            output.remember("", (), 0, (0, 0, 0))
        assert place.files() == {"plan.txt": text}
