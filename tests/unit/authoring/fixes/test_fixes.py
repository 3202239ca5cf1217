"""What is certain is corrected, and not a byte beside it."""

import subprocess
from pathlib import Path

import pytest

from garden.authoring.checked_vault import CheckedVault
from garden.authoring.fixes.all import FIXABLE, fixed_notes
from garden.authoring.fixes.certain import is_certain
from garden.authoring.fixes.note_text import Edit, FileChangedError, NoteText
from garden.authoring.rules import check_vault
from garden.hosts.settings.configuration import settings_from
from garden.linking.ledger.text import format_ledger
from garden.model.diagnostic import SEVERITIES
from garden.model.ledger import LEDGER_FILE, LedgerLine, LineKey, ledger_of
from garden.model.names import Url
from garden.vault.scan import scan
from garden.vault.site import read_site
from tests.support.vault import read_note, write_vault


def corrected(folder: Path, files: dict[str, str | bytes]) -> dict[str, bytes]:
    """Return the notes that are corrected, with their new bytes."""
    root = write_vault(files, folder)
    settings = settings_from({})
    site = read_site(scan(root, settings), settings)
    changed = fixed_notes(site, check_vault(CheckedVault(site, "2026-03-01"))).notes
    for note in changed.values():
        note.write()
    return {path: (root / path).read_bytes() for path in changed}


OTHERS: dict[str, str | bytes] = {
    "data versioning.md": "# Data versioning\n\n## Why it matters\n\n## Tools & tips\n",
    "new/moved.md": "text",
    "tags.md": "---\ntags: [data-set]\n---\n#data-set",
    "tags2.md": "#data-set",
}


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("up: [[tags]]", "up:: [[tags]]"),
        ("text\n\n**up**:[[tags]]", "text\n\n**up**::[[tags]]"),
        ("up:: [[tags]]]", "up:: [[tags]]"),
        ("up:: [[[tags]], [[new/moved]]]", "up:: [[tags]], [[new/moved]]"),
        ("---\nup: '[[tags]]]' # why\nx: 1\n---\n", None),
        ("---\nup: '[[tags]]]'\nx: 1\n---\n", "---\nup: '[[tags]]'\nx: 1\n---\n"),
        ("---\ndate: 2024/3/5\n---\n", "---\ndate: 2024-03-05\n---\n"),
        ('---\nDate:  "2024.03.05" # then\n---\n', '---\nDate:  "2024-03-05" # then\n---\n'),
        ("---\ndate: 2024-3-5 10:30\n---\n", "---\ndate: 2024-03-05 10:30\n---\n"),
        ("---\ndate: 05.03.2024\n---\n", None),
        ("---\ndate: 2024/13/5\n---\n", None),
        ("---\ndate: 202435\n---\n", None),
        ("a [[data-versioning|it]] b", "a [[data versioning|it]] b"),
        ("a [[Data versoning#Why it matters]] b", "a [[data versioning#Why it matters]] b"),
        ("a ![[old/moved]] b", "a ![[new/moved]] b"),
        ("[[data versioning#Why it maters|x]]", "[[data versioning#Why it matters|x]]"),
        ("[x](data%20versoning.md#why-it-matters)", "[x](data%20versioning.md#why-it-matters)"),
        ("| [[data versoning\\|x]] |\n|---|\n", "| [[data versioning\\|x]] |\n|---|\n"),
        ("`[[data versoning]]` [[data]] [[versions of data]]", None),
        ("#dataset and `#dataset` and #dataset #Dataset", "#data-set and `#dataset` and #data-set #data-set"),
        (
            "---\ntags: [x, dataset, '#dataset']\n---\n#dataset",
            "---\ntags: [x, data-set, '#data-set']\n---\n#data-set",
        ),
    ],
)
def test_what_is_certain_is_corrected(tmp_path: Path, before: str, after: str | None) -> None:
    """What could mean something else is left to the author."""
    expected = {} if after is None else {"a.md": after.encode()}
    assert corrected(tmp_path / "vault", {**OTHERS, "a.md": before}) == expected


def test_nothing_else_changes_by_a_byte(tmp_path: Path) -> None:
    """Mark, line ends of all kinds, tabs, comments, order, spaces at the end of lines stay."""
    before = (
        b"\xef\xbb\xbf---\r\nz: 1  # last comes first\r\ntitle: 'It''s'\t\r\ndate: 2024/3/5\r\n---\r\n\r\n"
        b"text  \r\nup: [[tags]]\r\rold Mac \xe2\x80\xa8 line\nlast line without end"
    )
    after = before.replace(b"2024/3/5", b"2024-03-05").replace(b"up: ", b"up:: ")
    assert corrected(tmp_path / "vault", {**OTHERS, "a.md": before}) == {"a.md": after}


def test_a_note_that_is_not_utf_8_is_left(tmp_path: Path) -> None:
    """Its characters are a guess."""
    assert corrected(tmp_path / "vault", {**OTHERS, "a.md": b"\xe9\n\nup: [[tags]]\n"}) == {}


def test_of_two_that_could_be_meant_none_is_taken(tmp_path: Path) -> None:
    """Neither of two notes of one name, nor of two that are as near."""
    files: dict[str, str | bytes] = {
        **OTHERS,
        "b/moved.md": "x",
        "data-versioning-1.md": "x",
        "a.md": "[[old/moved]]",
    }
    assert corrected(tmp_path / "vault", files) == {}
    assert is_certain("versoning", "versioning", ["versioning", "other"])
    assert not is_certain("versoning", "versioning", ["versioning", "versoling"])
    assert not is_certain("chapter 1", "chapter 2", ["chapter 2"])
    assert not is_certain("cat", "car", ["car"])


def test_a_second_run_has_nothing_to_do(tmp_path: Path) -> None:
    """What has been corrected is not reported again."""
    files: dict[str, str | bytes] = {**OTHERS, "a.md": "---\ndate: 2024/3/5\n---\nup: [[tags]]\n\n#dataset\n"}
    assert corrected(tmp_path / "vault", files).keys() == {"a.md"}
    changed = (tmp_path / "vault" / "a.md").read_text()
    assert corrected(tmp_path / "vault", {**files, "a.md": changed}) == {}


def test_a_note_that_somebody_else_has_changed_is_left(tmp_path: Path) -> None:
    """What was typed in the meantime is not lost, and no file is left beside the note."""
    file = tmp_path / "a.md"
    file.write_text("one")
    note = NoteText(file)
    note.apply([Edit(0, 3, "two"), Edit(1, 2, "overlaps")])
    assert note.text == "two"
    file.write_text("three")
    with pytest.raises(FileChangedError):
        note.write()
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]
    assert file.read_text() == "three"


def test_what_can_be_fixed_are_problems() -> None:
    """Every id is one."""
    assert SEVERITIES.keys() >= FIXABLE


def test_links_to_a_former_name_follow_the_note(tmp_path: Path) -> None:
    """The history of the repository knows it, whatever the new name; what two notes were called is left."""
    root = write_vault({"old.md": "some text of its own\n", "other.md": "x"}, tmp_path / "vault")

    def git(*arguments: str) -> None:
        who = ("-c", "user.name=Ann", "-c", "user.email=a@example.org")
        subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)

    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "one")
    git("mv", "old.md", "entirely new.md")
    git("commit", "--quiet", "--message", "two")
    assert corrected(root, {"a.md": "[[old#x|y]] ![[Old]] [z](old.md) [[unknown]]\n"}) == {
        "a.md": b"[[entirely new#x|y]] ![[entirely new]] [z](entirely%20new.md) [[unknown]]\n"
    }


def test_the_ledger_knows_former_names_too(tmp_path: Path) -> None:
    """By the text of the note, as a redirect follows it."""
    text = "some text of its own"
    line = LedgerLine(LineKey("note", "old.md"), Url("old/"), content=read_note(text).text_hash)
    files = {"new.md": text, "a.md": "[[old]]", LEDGER_FILE: format_ledger(ledger_of([line]))}
    assert corrected(tmp_path / "vault", files) == {"a.md": b"[[new]]"}
