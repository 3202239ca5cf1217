"""What lies in a vault, and what is not read: links that lead out, and files that vanish."""

import os
from pathlib import Path

import pytest
from msgspec.structs import replace

from garden.model.names import VaultPath
from garden.model.note import Status
from garden.model.routes import RECORD
from garden.model.settings import Settings
from garden.vault.scan import VaultFiles, is_note_of_site, scan
from garden.vault.site import read_site
from garden.vault.stored.cache import Cache
from tests.support.vault import write_vault


def said(files: VaultFiles) -> list[str]:
    return [f"{problem.place.path} {problem.code}" for problem in files.problems]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A vault beside a folder of somebody else's."""
    write_vault(
        {"secret.md": "secret", "more/deep.md": "deep", "more/.git/config": "token"}, tmp_path / "outside"
    )
    return write_vault(
        {"a.md": "text", "sub/b.md": "text", ".hidden/c.md": "c", ".env": "token"}, tmp_path / "vault"
    )


@pytest.mark.parametrize(
    "target", ["../outside/secret.md", "/proc/self/environ", "../outside/none.md", ".env", ".hidden/c.md"]
)
@pytest.mark.parametrize("name", ["link.md", "link.png"])
def test_a_link_out_of_the_site_is_not_followed(root: Path, target: str, name: str) -> None:
    """It is neither a note nor an attachment, and is reported once, wherever it leads."""
    (root / name).symlink_to(target)
    files = scan(root, Settings())
    assert (list(files.notes), files.attachments) == (["a.md", "sub/b.md"], ())
    assert said(files) == [f"{name} link-outside-vault"]


def test_links_that_lead_to_one_another_out_of_the_vault_are_not_followed(root: Path) -> None:
    """Only where a link ends counts."""
    (root / "one.md").symlink_to("two.md")
    (root / "two.md").symlink_to("../outside/secret.md")
    assert said(scan(root, Settings())) == ["one.md link-outside-vault", "two.md link-outside-vault"]


def test_a_link_to_a_folder_is_not_followed(root: Path) -> None:
    """Neither out of the vault nor to a folder of it, whose notes would have two pages, nor above itself."""
    (root / "out").symlink_to("../outside")
    (root / "in").symlink_to("sub")
    (root / "sub/up").symlink_to("..")
    files = scan(root, Settings())
    assert list(files.notes) == ["a.md", "sub/b.md"]
    assert said(files) == ["in link-outside-vault", "out link-outside-vault", "sub/up link-outside-vault"]


def test_a_folder_that_the_author_names_may_be_linked(root: Path) -> None:
    """`linked_folders`: files and folders in it, but nothing hidden, and nothing beside it."""
    (root / "out").symlink_to("../outside/more")
    (root / "d.md").symlink_to("../outside/more/deep.md")
    (root / "e.txt").symlink_to("../outside/more/.git/config")
    (root / "f.md").symlink_to("../outside/secret.md")
    (root.parent / "outside/more/loop").symlink_to("..")
    files = scan(root, Settings(linked_folders=("../outside/more",)))
    assert list(files.notes) == ["a.md", "d.md", "out/deep.md", "sub/b.md"]
    assert files.attachments == ()
    assert said(files) == [
        "e.txt link-outside-vault",
        "f.md link-outside-vault",
        "out/loop link-outside-vault",
    ]


def test_a_link_to_a_file_of_the_vault_is_a_file(root: Path) -> None:
    """As long as it leads to what the site shows anyway."""
    (root / "c.md").symlink_to("sub/b.md")
    assert list(scan(root, Settings()).notes) == ["a.md", "c.md", "sub/b.md"]
    left_out = scan(root, Settings(ignore=("sub",)))
    assert (list(left_out.notes), said(left_out)) == (["a.md"], ["c.md link-outside-vault"])


def test_the_vault_itself_may_be_a_link(root: Path) -> None:
    """The folder that the author gives is theirs to choose."""
    (root.parent / "elsewhere").symlink_to(root)
    assert list(scan(root.parent / "elsewhere", Settings()).notes) == ["a.md", "sub/b.md"]


def test_what_is_not_a_file_is_reported(root: Path) -> None:
    """HC-9: a pipe and a link to nowhere stop no build."""
    os.mkfifo(root / "p.md")
    (root / "n.md").symlink_to("nowhere.md")
    (root / "n.png").symlink_to("nowhere.png")
    (root / "l.md").symlink_to("l.md")
    (root / "l.png").symlink_to("l.png")
    files = scan(root, Settings())
    assert said(files) == ["l.md note-unreadable", "n.md note-unreadable", "p.md note-unreadable"]


def test_a_note_that_vanishes_is_left_out_and_reported(root: Path) -> None:
    """HC-9: deleted between scanning and reading."""
    files = scan(root, Settings())
    (root / "a.md").unlink()
    site = read_site(files, Settings())
    assert list(site.snapshot.documents) == ["sub/b.md"]
    assert [f"{problem.place} {problem.code}" for problem in site.snapshot.diagnostics] == [
        "a.md:1:1 file-changed"
    ]
    assert list(site.files.notes) == ["sub/b.md"]


def test_a_note_that_changes_in_between_does_not_spoil_the_cache(root: Path, tmp_path: Path) -> None:
    """What is stored under the hash of a text is that text: else a draft could come back as published."""
    store = Cache(tmp_path / "cache.sqlite")
    (root / "a.md").write_text("---\nstatus: draft\n---\nsecret")
    files = scan(root, Settings())
    (root / "a.md").write_text("public")
    site = read_site(files, Settings(), store)
    assert site.snapshot.documents[VaultPath("a.md")].published
    assert site.files.notes != files.notes
    (root / "a.md").write_text("---\nstatus: draft\n---\nsecret")
    again = read_site(scan(root, Settings()), Settings(), store)
    assert not again.snapshot.documents[VaultPath("a.md")].published
    store.close()


def test_a_body_that_is_lost_is_read_again_only_from_the_same_text(root: Path) -> None:
    """A note that became a draft after it was linked keeps its new text to itself."""
    files = scan(root, Settings())
    site = replace(read_site(files, Settings()), _fresh={})
    assert site.body(VaultPath("a.md")).parts
    (root / "a.md").write_text("---\nstatus: draft\n---\nsecret")
    assert site.body(VaultPath("a.md")).parts == ()
    (root / "a.md").unlink()
    assert site.body(VaultPath("a.md")).parts == ()


@pytest.mark.parametrize(
    ("json", "given", "hard"),
    [
        ('{"strictLineBreaks": false}', None, True),
        ('{"strictLineBreaks": true}', None, False),
        ('{"strictLineBreaks": false}', False, False),
        ('{"strictLineBreaks": true}', True, True),
        ("{}", None, False),
    ],
)
def test_line_breaks_are_those_of_the_vault_unless_the_author_decides(
    root: Path, json: str, given: bool | None, hard: bool
) -> None:
    """`strictLineBreaks` is the default of `hard_line_breaks`, and a change of it reaches cached notes."""
    from garden.hosts.settings.configuration import settings_from

    write_vault({".obsidian/app.json": json, "a.md": "one\ntwo"}, root)
    settings = settings_from({"GARDEN": {"hard_line_breaks": given}})
    body = read_site(scan(root, settings), settings).body(VaultPath("a.md"))
    assert ("<br" in "".join(map(str, body.parts))) is hard


@pytest.mark.parametrize(
    ("text", "day", "status"),
    [
        ("---\ndate: 2024-01-02\n---\n", "2024-01-01", Status.DRAFT),
        ("---\ndate: 2024-01-02\n---\n", "2024-01-02", Status.PUBLISHED),
        ("---\ndate: 2024-01-02T23:00-08:00\n---\n", "2024-01-02", Status.PUBLISHED),
        ("---\ndate: soon\n---\n", "2024-01-02", Status.DRAFT),
        ("---\ndate: soon\n---\n", "", Status.PUBLISHED),
        ("---\nupdated: soon\n---\n", "2024-01-02", Status.PUBLISHED),
        ("---\nstatus: hidden\ndate: 2024-01-03\n---\n", "2024-01-02", Status.DRAFT),
        ("text", "2024-01-02", Status.PUBLISHED),
    ],
)
def test_notes_of_the_future_are_held_back(root: Path, text: str, day: str, status: Status) -> None:
    """WITH_FUTURE_DATES = False: until their day."""
    write_vault({"a.md": text}, root)
    settings = Settings(build_date=day)
    site = read_site(scan(root, settings), settings)
    assert site.snapshot.documents[VaultPath("a.md")].meta.status is status


def test_one_file_is_judged_as_all_are(root: Path) -> None:
    """Hidden, ignored, excluded, Pelican's own, in an output folder, a link: whatever the scan leaves out is no note by itself, either."""
    write_vault(
        {
            ".obsidian/app.json": '{"userIgnoreFilters": ["Private/", "/secret/"]}',
            **dict.fromkeys(
                ["a.md", "b/c.md", ".b/c.md", "Private/a.md", "a secret.md", "drafts/d.md", "drafts/e/f.md", "pages/g.md",
                 "site/h.md", "inner/i.md", "Templates/j.md", "b/k.txt", "b/.l.md", "x/y/z.md"], "Text."
            ),
            f"inner/{RECORD}": "",
        },
        root,
    )  # fmt: skip
    (root / "out.md").symlink_to("../outside/secret.md")
    (root / "linked").symlink_to(root / "b")
    (root / "same.md").symlink_to(root / "a.md")
    settings = Settings(
        ignore=("drafts/*",), excluded_folders=("Templates",), page_folders=("pages",), among_articles=True
    )
    output = root / "site"
    paths = [VaultPath(file.relative_to(root).as_posix()) for file in root.rglob("*") if file.is_file()]
    paths += [VaultPath("linked/c.md"), VaultPath("gone.md")]
    alone = {path for path in paths if is_note_of_site(root, path, settings, output)}
    assert alone == {*scan(root, settings, output).notes}
    assert {"a.md", "b/c.md", "same.md", "x/y/z.md"} <= alone
    assert len(alone) < len(paths) / 2


@pytest.mark.parametrize(
    ("properties", "is_shown"),
    [
        ("title: Public", True),
        ("status: draft", False),
        ("Status: Draft", False),
        ("draft: true", False),
        ("publish: false", False),
        ("published: no", False),
        ("date: 2999-01-01", False),
    ],
)
def test_a_new_note_that_is_held_back_is_not_shown_before_linking(
    root: Path, properties: str, *, is_shown: bool
) -> None:
    """PB-1: a draft has no page, not even until all notes are linked again; nor has a note that becomes one."""
    settings = Settings(build_date="2026-01-01")
    site = read_site(scan(root, settings), settings)
    for path in (VaultPath("new.md"), VaultPath("a.md")):
        (root / path).write_text(f"---\n{properties}\n---\nA secret.")
        assert (site.with_note(path) is not None) is is_shown
