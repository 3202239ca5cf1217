"""The rules of notes, one by one: every golden case is converted or built, and looked at."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.building import built
from tests.support.contract import check_contract
from tests.support.golden import check_case, files_of, load_cases, needs_a_build

CASES = load_cases()


def section_of(rule: str) -> str:
    """The folder of a rule: `wl` for `WL-6`."""
    return rule.rpartition("-")[0].lower()


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{rule}: {case['name']}") for rule, case in CASES])
def test_the_site_is_what_the_rule_says(case: dict[str, Any], tmp_path: Path) -> None:
    """A small vault has what the rule promises."""
    check_case(case, tmp_path)


@pytest.mark.parametrize("section", sorted({section_of(rule) for rule, _ in CASES}))
def test_the_vaults_of_a_section_together_keep_the_contract(section: str, tmp_path: Path) -> None:
    """Whatever the notes say, their whole pages in a built site are as they must be, and so are its other files."""
    files: dict[str, str | bytes] = {}
    dangling: set[str] = set()
    for number, (rule, case) in enumerate(CASES):
        if section_of(rule) == section and not needs_a_build(case):
            files |= {f"{number}/{name}": content for name, content in files_of(case).items()}
            dangling |= set(case.get("dangling", ()))
    site = built(files, tmp_path)
    assert len(site.pages) > len(files) / 2
    check_contract(site, frozenset(dangling))
