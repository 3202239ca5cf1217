"""The rules of notes, as `docs/notes/` lists them: a heading of level 3 has the id of a rule and what it is about."""

import re
from pathlib import Path

from tests.support.building import ROOT

NOT_YET = "(not yet)"
_RULE = re.compile(r"^### ([A-Z]{2}-\d+[a-z]?) (.+)$", re.MULTILINE)
_WHERE_CITED = ("plugins", "tests", "theme", "docs", "CONTRIBUTING.md", "README.md", "pelican.conf.py")
_TEXTS = frozenset(".py .md .yml .js .mjs .css .html .json".split())


def documented_rules() -> list[tuple[str, str]]:
    """Every rule as (id, what its heading says after the id), page by page."""
    pages = sorted((ROOT / "docs" / "notes").glob("*.md"))
    return [
        (rule, about) for page in pages for rule, about in _RULE.findall(page.read_text(encoding="utf-8"))
    ]


def rule_ids() -> set[str]:
    """The ids of all rules."""
    return {rule for rule, _ in documented_rules()}


def planned_ids() -> set[str]:
    """The ids of the rules that are decided and not built, as their headings say."""
    return {rule for rule, about in documented_rules() if about.endswith(NOT_YET)}


def cited_rules() -> list[tuple[str, str]]:
    """Every (file, rule id) where a file of the repository cites a rule, in the order of files."""
    groups = "|".join(sorted({rule.partition("-")[0] for rule in rule_ids()}))
    citation = re.compile(rf"(?<![\w-])(?:{groups})-\d+[a-z]?(?![\w-])")
    return [
        (file.relative_to(ROOT).as_posix(), rule)
        for file in _files()
        for rule in sorted(set(citation.findall(file.read_text(encoding="utf-8"))))
    ]


def _files() -> list[Path]:
    tops = [ROOT / name for name in _WHERE_CITED]
    found = [file for top in tops for file in ([top] if top.is_file() else top.rglob("*"))]
    return sorted(file for file in found if file.suffix in _TEXTS and "node_modules" not in file.parts)
