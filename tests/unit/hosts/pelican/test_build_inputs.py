"""What makes a build do everything again, and what does not."""

from pathlib import Path

from garden.hosts.pelican.build_inputs import hash_besides_files
from garden.model.names import VaultPath
from garden.vault.scan import VaultFiles

LINE = '{{"address":"/{name}/","content":"{content}","note":"{name}.md"}}'


def hash_with(*notes: str, **contents: str) -> str:
    """The hash of a vault with these notes and this ledger, which gives the content of each by its name."""
    ledger = "\n".join(LINE.format(name=name, content=content) for name, content in contents.items())
    files = VaultFiles(Path(), {VaultPath(f"{name}.md"): "" for name in notes}, (), ledger=ledger)
    return hash_besides_files(files, {}, ())


def test_the_texts_of_the_ledger_count_only_where_a_note_may_have_moved() -> None:
    """Each publish writes down the texts of changed notes; the next one has to link nothing again for that (PB-6)."""
    assert hash_with("a", "b", a="11", b="22") == hash_with("a", "b", a="33", b="22")
    assert hash_with("a", "b", a="11") != hash_with("a", "b", a="11", b="22")
    # The line of "b" waits for the note that has its text.
    assert hash_with("a", a="11", b="22") != hash_with("a", a="11", b="44")
    assert hash_with("a", a="11", b="22") == hash_with("a", a="33", b="22")
    assert hash_with("a", a="11", b="22") != hash_with("a", a="22", b="22")


def test_a_damaged_line_of_the_ledger_counts_as_it_is() -> None:
    """It is reported by the build that reads it."""
    assert hash_with("a", a='11","note":"\\q","x":"') != hash_with("a", a="11")
