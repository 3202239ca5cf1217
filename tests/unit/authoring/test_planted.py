"""A vault with one of each problem: a check finds each at its place, and nothing else."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from garden.authoring.checked_vault import CheckedVault
from garden.authoring.rules import RULES, check_vault
from garden.authoring.silences import SELF_CODES, without_silenced
from garden.hosts.settings.configuration import settings_from
from garden.model.diagnostic import SEVERITIES, Diagnostic, Severity
from garden.vault.scan import scan
from garden.vault.site import read_site
from tests.support.vault import write_vault

UP = "up:: [[start]]\n\n"
FRONT = "---\nsummary: s\ndate: 2026-01-05\n"
SECRET = "ghp_" + "Zk3vQ9xL2mT7bR5wY8nC1dF6hJ4sP0aGe7uV"  # nobody's: made up

# In the text of a note `@` marks the place of the problem that the note has; it is not written into the file.
PLANTED = {
    "alias-conflict": {
        "ac1.md": "aliases: [shared]\n---\n",
        "ac2.md": "aliases: [shared]\n---\n",
        "ac3.md": "---\n@[[shared]]\n",
    },
    "block-duplicate": {"bd.md": "---\none ^same\n\ntwo @^same\n"},
    "block-missing": {"bm.md": "---\n@[[start#^gone]]\n"},
    "callout-unknown": {"cu.md": "---\n@> [!strange] x\n"},
    "citation-stale": {"cs.md": "modified: 2025-01-05\n@citation_needed: true\n---\n"},
    "comment-unclosed": {"cc.md": "---\ntext\n\n@%% open\n"},
    "date-future": {"df.md": "future"},
    "date-invalid": {"di.md": "@modified: soon\n---\n"},
    "date-missing": {"dm.md": "undated"},
    "embed-missing": {"em.md": "---\nsee @![[gone.png|a picture]]\n"},
    "fence-unclosed": {"fu.md": "---\n@```\ncode\n"},
    "field-near": {"fn.md": "---\n@perv:: [[start]]\n"},
    "field-not-link": {"fl.md": "---\n@same:: nothing\n"},
    "field-trailing-text": {"ft.md": "---\n@same:: [[start]] and more\n"},
    "footnote-undefined": {"fd.md": "---\ntext @[^1]\n"},
    "heading-missing": {"hm.md": "---\n@[[start#Gone]]\n"},
    "heading-skipped": {"hs.md": "---\n## One\n\n@#### Two\n"},
    "hub-generated": {"hg.md": "---\nup:: @[[unwritten]]\n"},
    "image-alt-missing": {"im.md": "---\n@![](lamp.png)\n"},
    "image-large": {"il.md": "---\n@![big](large.bmp)\n"},
    "key-near": {"kn.md": "@alises: x\n---\n"},
    "link-ambiguous": {"lc.md": "---\n@[[twin]]\n"},
    "link-site-missing": {"ls.md": "---\n@[gone](/gone/)\n"},
    "link-unpublished": {"lp.md": "---\n@[[draft]]\n"},
    "link-unresolved": {"lu.md": "---\n@[[nowhere at all]]\n"},
    "markdown-extension": {"me.md": "---\n@!!! note\n    text\n"},
    "math-unknown": {"mu.md": "---\n$@\\nosuchcommand$\n"},
    "name-shared": {"la/twin.md": "---\n", "lb/twin.md": "twin"},
    "note-dead-end": {"ne.md": "dead end"},
    "note-orphan": {"no.md": "orphan"},
    "publication-unclear": {"pu.md": "@private: treu\n---\n"},
    "secret-visible": {"sv.md": f"---\nthe key @{SECRET} works\n"},
    "single-colon": {"sc.md": "---\n@same: [[start]]\n"},
    "status-near": {"sn.md": "@staus: draft\n---\n"},
    "status-unknown": {"su.md": "@status: someday\n---\n"},
    "summary-missing": {"sm.md": "no summary"},
    "tag-invalid": {"ti.md": "tags: [@1984]\n---\n"},
    "tag-variants": {
        "tv1.md": "tags: [data-set]\n---\n",
        "tv2.md": "tags: [data-set]\n---\n",
        "tv3.md": "tags: [@dataset]\n---\n",
    },
    "title-shared": {"ts1.md": "title: Same title\n---\n", "ts2.md": "@title: Same title\n---\n"},
    "todo-stale": {"td.md": "modified: 2025-01-05\n@todo: compare\n---\n"},
    "yaml-duplicate-key": {"yd.md": "category: a\n@category: b\n---\n"},
    "yaml-malformed": {"ym.md": "category: *@\n---\n"},
    "html-unclosed": {"hu.md": "---\ntext <span>closed</span> @<details> open\n"},
    "silence-invalid": {"si.md": "@silence: {link-unresolved: }\n---\n"},
    "silence-unused": {"sl.md": "@silence: {link-unresolved: none}\n---\n"},
}
"""Of each id the notes that have it, from the lines after the usual front matter on."""

WHOLE = {
    "undated": f"---\nsummary: s\n---\n{UP}text\n",
    "no summary": f"---\ndate: 2026-01-05\n---\n{UP}text\n",
    "future": f"---\nsummary: s\n@date: 2027-01-01\n---\n{UP}text\n",
    "twin": f"@{FRONT}---\n{UP}text\n",
    "dead end": f"{FRONT}---\ntext\n",
    "orphan": f"{FRONT}---\nSee [[start]].\n",
}
"""Notes that must differ in what all others have: their problem is that of the whole note."""


def planted(texts: dict[str, str]) -> tuple[dict[str, str], str]:
    """Return whole notes and the place of their one problem, `path:line:column`."""
    notes, place = {}, ""
    for path, text in texts.items():
        whole = WHOLE.get(text) or FRONT + text.replace("---\n", f"---\n{UP}", 1) + (
            "" if text.endswith("open\n") else "\n"
        )
        if "@" not in whole:
            place = place or (f"{path}:1:1" if text in WHOLE else "")
        else:
            before = whole.partition("@")[0]
            place = f"{path}:{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"
        notes[path] = whole.replace("@", "", 1)
    return notes, place


def found_in(folder: Path, files: dict[str, str | bytes]) -> list[Diagnostic]:
    """Check a vault on a fixed day."""
    root = write_vault(files, folder)
    settings = settings_from({})
    site = read_site(scan(root, settings), settings)
    every = check_vault(CheckedVault(site, "2026-03-01"))
    return without_silenced(every, site.snapshot.documents).problems


def others() -> Iterator[tuple[str, str | bytes]]:
    """Yield the files that the planted notes need."""
    dead_end = "Where to go: [[ne]], [[draft]]\n"
    yield (
        "start.md",
        f"{FRONT}silence: {{link-unpublished: the draft is mentioned on purpose}}\n---\n# Start\n\n{dead_end}",
    )
    yield "draft.md", f"---\nstatus: draft\n---\n{UP}"
    yield "lamp.png", image(1, "PNG")
    yield "large.bmp", image(900, "BMP")


def image(size: int, kind: str) -> bytes:
    """Return a square black picture; one of 900 pixels has 2.4 MB as BMP."""
    content = BytesIO()
    Image.new("RGB", (size, size)).save(content, kind)
    return content.getvalue()


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> list[Diagnostic]:
    """All problems of the whole vault."""
    files: dict[str, str | bytes] = dict(others())
    for texts in PLANTED.values():
        files |= planted(texts)[0]
    return found_in(tmp_path_factory.mktemp("planted"), files)


def test_each_problem_is_found_at_its_place_and_nothing_else(found: list[Diagnostic]) -> None:
    """One line for each planted problem."""
    expected = {(planted(texts)[1], code) for code, texts in PLANTED.items()}
    assert {(str(problem.place), problem.code) for problem in found} == expected
    assert len(found) == len(expected)


def test_only_what_loses_something_is_an_error(found: list[Diagnostic]) -> None:
    """An ordinary vault passes a check."""
    errors = {problem.code for problem in found if problem.severity is Severity.ERROR}
    assert errors == {"yaml-malformed"}


def test_every_rule_is_planted() -> None:
    """What only a check finds is found here; the ids of a rule are those that it reports."""
    codes = {code for rule in RULES for code in rule.codes} | set(SELF_CODES)
    assert codes <= PLANTED.keys() <= SEVERITIES.keys()


def test_a_vault_without_problems_has_none(tmp_path: Path) -> None:
    """Nothing is reported about a small vault in which everything is in order."""
    files: dict[str, str | bytes] = {
        "start.md": f"{FRONT}---\n# Start\n\nRead [[one]] and [[two]].\n",
        "one.md": f"{FRONT}tags: [tea]\n---\n{UP}text\n\n## A\n\n### B\n\n## C\n",
        "two.md": f"{FRONT}tags: [tea]\ntodo: later\n---\n{UP}next:: [[one]]\n",
    }
    assert found_in(tmp_path / "vault", files) == []


def test_a_note_with_a_live_view_is_not_a_dead_end(tmp_path: Path) -> None:
    """What a query lists are links to other notes, wherever it is written."""
    files = {
        "query.md": "```dataview\nLIST\n```\n",
        "inline.md": "All: `= length(this.file.outlinks)`\n",
        "base.md": "![[all.base]]\n",
        "all.base": "views:\n  - type: table\n",
        "none.md": "text\n",
    }
    settings = settings_from({})
    site = read_site(scan(write_vault(files, tmp_path), settings), settings)
    found = [
        problem
        for problem in check_vault(CheckedVault(site, "2026-01-31"))
        if problem.code == "note-dead-end"
    ]
    assert [problem.place.path for problem in found] == ["none.md"]
