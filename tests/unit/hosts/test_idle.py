"""The search index while notes are being written."""

import threading
from pathlib import Path

import pytest

from garden.hosts import idle
from garden.hosts.idle import IdleIndexing
from garden.indexing import Index, IndexingError

MADE = Index("mark", ())


class Engine:
    """Stands in for the index: remembers what it was asked."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.done = threading.Event()
        self.error: IndexingError | None = None
        monkeypatch.setattr(idle, "prepare", self.prepare)
        monkeypatch.setattr(idle, "install", self.install)

    def prepare(self, _output: object, _cache: object) -> Index | None:
        """Make an index."""
        self.asked.append("prepare")
        if self.error is not None:
            self.done.set()
            raise self.error
        return MADE

    def install(self, made: Index, _output: object, _cache: object) -> bool:
        """Put it into the site."""
        assert made is MADE
        self.asked.append("install")
        self.done.set()
        return True


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Engine:
    """An engine that costs nothing."""
    return Engine(monkeypatch)


def test_the_index_is_made_in_the_quiet_after_a_build(engine: Engine, tmp_path: Path) -> None:
    """Not during the build, and once for several builds in a row."""
    indexing = IdleIndexing(tmp_path, tmp_path, pytest.fail, quiet=0.2)
    for _ in range(3):
        with indexing.building():
            assert engine.asked == []
    assert engine.done.wait(10)
    assert engine.asked == ["prepare", "install"]
    indexing.close()


def test_files_are_not_moved_in_while_a_build_runs(engine: Engine, tmp_path: Path) -> None:
    """Both write the manifest."""
    indexing = IdleIndexing(tmp_path, tmp_path, pytest.fail, quiet=0.0)
    with indexing.building():
        waiting = threading.Thread(target=indexing._index)
        waiting.start()
        waiting.join(0.2)
        assert "install" not in engine.asked
    waiting.join(10)
    assert "install" in engine.asked
    indexing.close()


def test_a_system_without_the_engine_is_told_once(engine: Engine, tmp_path: Path) -> None:
    """And is not asked again on every save."""
    said: list[str] = []
    engine.error = IndexingError("the search index cannot be made: no program")
    indexing = IdleIndexing(tmp_path, tmp_path, said.append, quiet=0.0)
    with indexing.building():
        pass
    assert engine.done.wait(10)
    for _ in range(2):
        with indexing.building():
            pass
    indexing.close()
    assert len(said) == 1
    assert said[0].endswith("; the site works without it")


def test_after_the_end_nothing_begins(engine: Engine, tmp_path: Path) -> None:
    """Closing takes back what was planned."""
    indexing = IdleIndexing(tmp_path, tmp_path, pytest.fail, quiet=0.1)
    with indexing.building():
        pass
    indexing.close()
    assert not engine.done.wait(0.4)
