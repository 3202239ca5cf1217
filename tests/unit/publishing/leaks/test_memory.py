"""What the gate remembers spares time and changes no result, whatever happens to its file."""

from pathlib import Path

import pytest

from garden.model.diagnostic import Diagnostic
from garden.model.settings import Settings
from garden.publishing.leaks import search
from garden.publishing.leaks.gate import LeakGate, find_leaks
from garden.vault.scan import scan
from garden.vault.site import read_site
from tests.support.vault import write_vault
from tests.unit.publishing.leaks.leaking import lines, vault

CLEAN = "<p>We move.</p>\n<p>The third house</p>\n"


class Searching:
    """A vault, an output, a memory, and the files that the last search has opened."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.root = vault(folder)
        self.out = write_vault({f"{name}/index.html": CLEAN + name for name in "abc"}, folder / "out")
        self.memory = folder / "memory"
        self.opened: list[str] = []
        read = search.text_of

        def opening(file: Path, name: str) -> str:
            self.opened.append(name)
            return read(file, name)

        monkeypatch.setattr(search, "text_of", opening)

    def __call__(self) -> list[Diagnostic]:
        """Search, and see that a search without a memory finds the same."""
        settings = Settings(ignore=("template",))
        site = read_site(scan(self.root, settings, self.out), settings)
        whole = find_leaks(site, self.out)
        self.opened.clear()
        found = find_leaks(site, self.out, LeakGate(memory=self.memory))
        assert found == whole
        return found

    def write(self, name: str, text: str) -> None:
        """Write a file of the output."""
        write_vault({name: text}, self.out)


@pytest.fixture
def searching(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Searching:
    """A search that has been made once and found nothing."""
    made = Searching(tmp_path, monkeypatch)
    assert made() == []
    return made


def test_nothing_is_opened_when_nothing_has_changed(searching: Searching) -> None:
    """A second publish of the same site costs no search."""
    assert searching() == []
    assert searching.opened == []


def test_what_publishing_writes_into_the_vault_is_not_a_change(searching: Searching) -> None:
    """The ledger and the list of what is public are written after the search."""
    write_vault({"published.json": '{"format": "garden-published"}', "addresses.jsonl": ""}, searching.root)
    assert searching() == []
    assert searching.opened == []


def test_only_what_has_changed_is_opened(searching: Searching) -> None:
    """As long as the private sources are the same; a leak in it is found."""
    searching.write("b/index.html", CLEAN + "a house")
    assert searching() == []
    assert searching.opened == ["b/index.html"]
    searching.write("c/index.html", CLEAN + "a zebra")
    assert lines(searching()) == ["plans/Hush hush.md:13"]
    assert lines(searching()) == ["plans/Hush hush.md:13"]


def test_a_public_note_that_changes_makes_its_words_private_again(searching: Searching) -> None:
    """No file of the output has changed, and what it says is now a leak."""
    searching.write("a/index.html", "<p>Quarterly and on a retreat</p>")
    assert searching() == []
    write_vault({"On houses.md": "Nothing of it. ![[public.png]]"}, searching.root)
    assert "plans/Hush hush.md:2" in lines(searching())


def test_a_note_that_becomes_a_draft_is_searched_for_everywhere(searching: Searching) -> None:
    """Other private sources: all is searched again."""
    write_vault({"new.md": "---\nstatus: draft\n---\nThe third okapi"}, searching.root)
    searching.write("d.html", "an okapi")
    assert lines(searching()) == ["new.md:4"]


def test_a_line_of_many_pages_is_remembered_when_its_first_page_goes(searching: Searching) -> None:
    """The line was searched in the first file that had it; a public note excused it then."""
    for name in "abc":
        searching.write(f"{name}/index.html", f"{CLEAN}Quarterly\n{name}")
    assert searching() == []
    (searching.out / "a/index.html").unlink()
    write_vault({"On houses.md": "Nothing of it. ![[public.png]]"}, searching.root)
    assert any("b/index.html" in problem.message for problem in searching())


@pytest.mark.parametrize("damage", [b"", b"x", b"\0" * 400])
def test_a_damaged_memory_is_forgotten(searching: Searching, damage: bytes) -> None:
    """It begins with a hash of the rest."""
    whole = searching.memory.read_bytes()
    searching.memory.write_bytes(damage + whole[len(damage) + 1 :])
    searching.write("c/index.html", "a zebra")
    assert lines(searching()) == ["plans/Hush hush.md:13"]


def test_a_memory_that_cannot_be_written_is_none(searching: Searching) -> None:
    """Then each search is a whole one."""
    searching.memory.unlink()
    searching.memory.mkdir()
    searching.write("c/index.html", "a zebra")
    assert lines(searching()) == ["plans/Hush hush.md:13"]
