"""A vault with one of each problem that reading, linking or showing notes finds: a check reports each at its place, and nothing else."""

from pathlib import Path

from garden.authoring.checked_vault import CheckedVault
from garden.authoring.rules import check_vault
from garden.hosts.settings.configuration import settings_from
from garden.model.diagnostic import SEVERITIES
from garden.vault.scan import scan
from garden.vault.site import read_site
from tests.support.vault import write_vault

UP = "up:: [[start]]\n\n"
FRONT = "---\nsummary: s\ndate: 2020-01-01\n---\n"
UNIMPORTANT = frozenset(("note-orphan", "note-dead-end", "summary-missing", "date-missing"))
"""What notes have that say little."""

# `@` marks the place of the problem that a file has; it is not written into the file.
PLANTED: dict[str, dict[str, str | bytes]] = {
    "breadcrumbs-unreadable": {".obsidian/plugins/breadcrumbs/data.json": "@{"},
    "canvas-malformed": {"canvas.md": f"{UP}[[bad.canvas]]\n", "bad.canvas": "{@"},
    "embed-cycle": {"cycle.md": f"{UP}@![[cycle]]\n"},
    "embed-depth": {
        "deep0.md": f"{UP}![[deep1]]\n",
        **{f"deep{number}.md": f"{UP}![[deep{number + 1}]]\n" for number in range(1, 8)},
        "deep8.md": f"{UP}@![[deep9]]\n",
        "deep9.md": f"{UP}text\n",
    },
    "embed-unpublished": {"unpublished.md": f"{UP}@![[draft]]\n"},
    "encoding-invalid": {"encoding.md": b"up:: [[start]]\n\ncaf@\xe9\n"},
    "file-unread": {"page.rst": "@Title\n=====\n"},
    "header-pelican": {"header.md": f"@Title: A\nDate: 2020-01-01\n\n{UP}"},
    "hierarchy-cycle": {"above.md": "up:: @[[below]]\n", "below.md": "up:: [[above]]\n"},
    "hierarchy-self": {"self.md": f"{UP}same:: @[[self]]\n"},
    "image-unreadable": {"picture.md": f"{UP}![x](broken.png)\n", "broken.png": "@not an image"},
    "not-rendered": {"script.md": f"{UP}@```dataviewjs\ndv.list([1])\n```\n"},
    "note-ignored": {"templates/t.md": "@text\n", ".obsidian/templates.json": '{"folder": "templates"}'},
    "slug-conflict": {"one.md": f"---\nslug: taken\n---\n{UP}", "two.md": f"---\n@slug: taken\n---\n{UP}"},
    "slug-unsafe": {"unsafe.md": f"---\n@slug: ../x\n---\n{UP}"},
    "table-bar": {"bar.md": f"{UP}| a | b |\n|---|---|\n| @[[start|x]] | y |\n"},
    "vault-settings-unreadable": {".obsidian/app.json": "@{"},
    "view-invalid": {"invalid.md": f"{UP}@```breadcrumbs\ntype: strange\n```\n"},
    "view-missing": {
        "missing.md": f"{UP}@![[all.base#Nowhere]]\n",
        "all.base": "views:\n  - type: table\n    name: One\n",
    },
    "view-syntax": {"syntax.md": f"{UP}```dataview\nTABLE FROM @FROM\n```\n"},
    "view-today": {"today.md": f"{UP}@```dataview\nLIST WHERE file.day = date(today)\n```\n"},
    "view-type": {"type.md": f"{UP}```base\nviews:\n  - @type: map\n    name: M\n```\n"},
    "view-unlinked": {"lonely.canvas": '@{"nodes": [], "edges": []}'},
    "view-unsupported": {"function.md": f"{UP}```dataview\nLIST @strange(1)\n```\n"},
    "view-value": {
        "value.md": f'{UP}```dataview\nLIST @date("2020-01-01") + 3 WHERE file.name = "value"\n```\n'
    },
    "yaml-late": {"late.md": f"\n\n@---\ntitle: late\n---\n{UP}"},
    "yaml-unclosed": {"unclosed.md": "@---\ntitle: unclosed\n"},
}


def planted(path: str, text: str | bytes) -> tuple[bytes, str]:
    """Return the content of a file and the place of its problem, `path:line:column`, empty for none."""
    content = text if isinstance(text, bytes) else text.encode()
    before, mark, after = content.partition(b"@")
    lines = before.decode().split("\n")
    return before + after, f"{path}:{len(lines)}:{len(lines[-1]) + 1}" if mark else ""


def test_each_problem_is_reported_at_its_place_and_nothing_else(tmp_path: Path) -> None:
    """One line for each planted problem, and a symbolic link that leads out of the vault."""
    files: dict[str, str | bytes] = {
        "start.md": f"{FRONT}# Start\n",
        "draft.md": f"---\nstatus: draft\n---\n{UP}",
    }
    expected = {("out.md:1:1", "link-outside-vault")}
    for code, texts in PLANTED.items():
        assert code in SEVERITIES
        for path, text in texts.items():
            files[path], place = planted(path, text)
            expected |= {(place, code)} if place else set()
    root = write_vault(files, tmp_path / "vault")
    (tmp_path / "elsewhere.md").write_text("text\n")
    (root / "out.md").symlink_to(tmp_path / "elsewhere.md")
    settings = settings_from({})
    found = check_vault(CheckedVault(read_site(scan(root, settings), settings), "2026-03-01"))
    assert not [
        problem
        for problem in found
        if problem.code == "note-dead-end" and problem.place.path.endswith("canvas")
    ]
    told = [(str(problem.place), problem.code) for problem in found if problem.code not in UNIMPORTANT]
    assert sorted(told) == sorted(expected)
