"""The rules of notes in `docs/notes/` are what the code cites and what the golden cases prove."""

from tests.support.golden.cases import FOLDER, load_cases
from tests.support.rules import cited_rules, documented_rules, planned_ids, rule_ids


def test_a_rule_has_one_place() -> None:
    """No id belongs to two rules."""
    ids = [rule for rule, _ in documented_rules()]
    assert len(ids) == len(set(ids))
    assert len(ids) > 100  # the headings were found


def test_every_rule_has_a_golden_case() -> None:
    """What a page of rules states is proved by a case, unless its heading says that it is not built yet."""
    with_cases = {rule for rule, _ in load_cases()}
    assert sorted(rule_ids() - planned_ids() - with_cases) == []


def test_every_golden_case_is_of_a_rule() -> None:
    """A file of cases is named after a rule in `docs/notes/`: write the rule first."""
    assert sorted({rule for rule, _ in load_cases()} - rule_ids()) == []


def test_a_file_of_cases_is_in_the_folder_of_its_group() -> None:
    """`WL-6.yml` is found in `wl`."""
    for file in FOLDER.glob("*/*.yml"):
        assert file.parent.name == file.stem.partition("-")[0].lower()


def test_every_cited_rule_exists() -> None:
    """Whoever finds an id such as WL-6 in code, tests or documents finds the rule in `docs/notes/`."""
    cited = cited_rules()
    assert len(cited) > 100  # citations were found
    known = rule_ids()
    assert [(file, rule) for file, rule in cited if rule not in known] == []
