"""The rules of notes, one by one: every golden case is written into memory or built, and looked at."""

from pathlib import Path
from typing import Any

import pytest

from tests.support.golden.cases import check_case, load_cases

CASES = load_cases()


@pytest.mark.parametrize("case", [pytest.param(case, id=f"{rule}: {case['name']}") for rule, case in CASES])
def test_the_site_is_what_the_rule_says(case: dict[str, Any], tmp_path: Path) -> None:
    """A small vault has what the rule promises."""
    check_case(case, tmp_path)
