"""Work shared out among processes, forked or started afresh: these must find it in a module, so it is none of ours."""

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from operator import itemgetter

import pytest

from garden.hosts.settings.setting_values import texts
from garden.model.errors import SettingsError
from garden.model.settings import Settings
from garden.vault import parallel
from garden.vault.parallel import in_parallel
from garden.vault.pool import SharedWorkError
from garden.vault.scan import scan
from garden.vault.site import read_site
from garden.vault.stored.cache import Cache
from tests.support.patience import PATIENCE
from tests.support.vault import write_vault

ITEMS = tuple(range(40))


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> None:
    """As on systems that do not fork, with little to do."""
    monkeypatch.setattr(parallel, "_START", "spawn")
    monkeypatch.setattr(parallel, "WORTH_STARTING", len(ITEMS))
    monkeypatch.setattr("os.cpu_count", lambda: 2)


def test_started_processes_give_results_in_order(started: None) -> None:
    """What can be sent is shared; its results come in the order of the items."""
    shares = list(in_parallel(ITEMS, sorted, portable=True))
    assert len(shares) > 1
    assert [item for share in shares for item in share] == list(ITEMS)


def test_what_cannot_be_sent_is_done_here(started: None) -> None:
    """Work that needs what this process has made is not shared."""
    made_here: list[int] = []
    assert list(in_parallel(ITEMS, lambda share: made_here.extend(share) or len(share))) == [len(ITEMS)]
    assert made_here == list(ITEMS)


def test_a_mistake_of_the_author_comes_as_it_is(started: None) -> None:
    """An AuthorError is the author's to read, anything else a fault with its traceback."""
    with pytest.raises(SettingsError, match="each item of NAMES must be a string"):
        list(in_parallel(ITEMS, partial(texts, "NAMES"), portable=True))
    with pytest.raises(SharedWorkError, match="IndexError"):
        list(in_parallel(ITEMS, itemgetter(len(ITEMS)), portable=True))


def test_what_an_ended_process_leaves_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were the system to end one of the processes, the work is complete and in order all the same."""
    monkeypatch.setattr("os.cpu_count", lambda: 2)
    here = os.getpid()

    def work(share: Sequence[int]) -> list[int]:
        if os.getpid() != here and 20 in share:
            os.kill(os.getpid(), signal.SIGKILL)
        return list(share)

    if parallel._START == "fork":
        assert [item for share in in_parallel(ITEMS, work) for item in share] == list(ITEMS)


@pytest.mark.parametrize("start", sorted({parallel._START, "spawn"}))
def test_no_process_outlives_one_that_is_killed(start: str) -> None:
    """All processes of a pool end when the program is killed, whether they are working, waiting or just starting."""
    program = [sys.executable, "-m", "tests.support.pool_at_work", start]
    with subprocess.Popen(program, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        working = set()
        while len(working) < 2:
            working.add(process.stdout.readline() or pytest.fail("the program has ended by itself"))
        process.kill()
        # They have inherited the output, so it ends when the last of them has ended.
        process.communicate(timeout=PATIENCE)


def test_notes_are_read_the_same_by_started_processes(started: None, tmp_path) -> None:
    """A vault read by other processes is the vault read here."""
    notes = {
        f"n{number}.md": f"---\ntags: [t{number}]\n---\nA [[n{number + 1}]] and **text**." for number in ITEMS
    }
    vault = write_vault(notes, tmp_path / "vault")
    files = scan(vault, Settings(), tmp_path / "output")
    with closing(Cache(tmp_path / "spawned.sqlite")) as store:
        spawned = read_site(files, Settings(), store)
    parallel.WORTH_STARTING = len(ITEMS) + 1
    with closing(Cache(tmp_path / "here.sqlite")) as store:
        here = read_site(files, Settings(), store)
    assert spawned.snapshot.documents == here.snapshot.documents
    assert len(here.snapshot.documents) == len(ITEMS)
