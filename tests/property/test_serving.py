"""What `garden serve` keeps up to date is, after any edits, what a first build of the same notes gives."""

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from random import Random

import pytest

from garden.hosts.pelican import resident as resident_module
from garden.hosts.pelican.build_requests import ERRORS_EXIT_CODE, LATER, RESIDENT, SHOWN, WHOLE
from garden.hosts.pelican.resident import resident_build
from garden.hosts.settings.configuration import PREVIEW_FOLDER
from garden.model.errors import AuthorError
from garden.model.settings import Settings
from tests.property.test_rebuilding import files_of
from tests.support.building import build
from tests.support.effort import effort
from tests.support.random_author import RandomAuthor

_WITH_ERRORS = 4


class Served:
    """A site as `garden serve` has it: built once, then kept up to date by the build that stays."""

    def __init__(self, root: Path, out: Path, chosen: Mapping[str, object], *, drafts: bool = True) -> None:
        self._root = root
        self._out = out
        self._drafts = drafts
        self.restart(chosen)

    @property
    def is_whole(self) -> bool:
        """Whether the last build has not failed."""
        return self._resident is not None

    def restart(self, chosen: Mapping[str, object]) -> None:
        """Begin again with other settings, as the server does when their file has changed."""
        self._chosen = {
            **chosen,
            **({PREVIEW_FOLDER: str(self._out)} if self._drafts else {}),
            RESIDENT: "yes",
            ERRORS_EXIT_CODE: _WITH_ERRORS,
        }
        self._build()

    def follow(
        self, changed: Iterable[Path], *, shown: bool, is_interrupted: Callable[[], bool] = lambda: False
    ) -> None:
        """Bring the site up to date; not every change is shown before all else, and another request may come meanwhile."""
        if self._resident is None:
            self._build()
            return
        try:
            if shown:
                self._resident.show(changed)
            with suppress(InterruptedError):
                self._resident.complete(is_interrupted)
            answer = self._resident.complete(lambda: False)
        except AuthorError:  # a whole build is to say it
            answer = WHOLE
        if answer == WHOLE:
            self._build()

    def _build(self) -> None:
        self._resident = None
        if build(self._root, self._out, self._chosen).exit_code in (0, _WITH_ERRORS):
            self._resident = resident_build()
            assert self._resident is not None
            self._resident.prepare(lambda: False)


@pytest.mark.parametrize("seed", range(effort(1, 12)))
def test_what_is_served_is_what_a_first_build_gives(tmp_path, seed):
    """Byte for byte, a preview that has followed every edit is a preview built from nothing."""
    random = Random(seed)
    author = RandomAuthor(tmp_path / "site", seed, notes=15)
    served = Served(author.vault, tmp_path / "served" / "out", author.chosen())
    for number in range(6):
        for _ in range(3):
            edit = author.edit()
            if edit.settings:
                served.restart(author.chosen())
            else:
                # Some edits are interrupted at any moment; others are not.
                often = random.choice((0.0, 0.02, 0.2))
                served.follow(
                    edit.paths,
                    shown=random.random() < 0.7,
                    is_interrupted=lambda often=often: random.random() < often,
                )
        fresh = tmp_path / f"fresh{number}" / "out"
        first = build(
            author.vault,
            fresh,
            {**author.chosen(), PREVIEW_FOLDER: str(fresh), ERRORS_EXIT_CODE: _WITH_ERRORS},
        )
        assert (first.exit_code in (0, _WITH_ERRORS)) == served.is_whole
        if served.is_whole:
            assert files_of(tmp_path / "served" / "out") == files_of(fresh)


@pytest.mark.parametrize("moments", range(4))
def test_what_was_saved_while_all_was_being_read_is_served(tmp_path, monkeypatch, moments):
    """A server that finds nothing to build reads the notes later; a save interrupts that, and is shown before all is done."""
    root, out, fresh = tmp_path / "vault", tmp_path / "served" / "out", tmp_path / "fresh" / "out"
    root.mkdir()
    (root / "a.md").write_text("First, and [[b]].\n")
    (root / "b.md").write_text("Another.\n")
    for _ in range(2):
        build(root, out, {PREVIEW_FOLDER: str(out), RESIDENT: "yes"})
    resident = resident_build()
    assert resident is not None
    answers = iter([False] * moments)
    with suppress(InterruptedError):
        resident.prepare(lambda: next(answers, True))
    (root / "a.md").write_text("Second, and [[b]].\n")
    assert resident.show([(root / "a.md").resolve()]) == SHOWN
    assert resident.complete(lambda: False) == "0"
    build(root, fresh, {PREVIEW_FOLDER: str(fresh)})
    assert files_of(out) == files_of(fresh)
    assert resident.show([tmp_path / "elsewhere.md"]) == LATER
    # The day on which notes are held back is a setting that changes by itself.
    monkeypatch.setattr(resident_module, "settings_from", lambda _: Settings(build_date="2024-01-02"))
    assert resident.complete(lambda: False) == WHOLE
