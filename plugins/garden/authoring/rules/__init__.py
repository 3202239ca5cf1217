"""The rules that look at a whole vault when it is checked; a build does not run them.

Each is a function of a CheckedVault. What is wrong in a single note, or with a link, is found by reading and linking.
"""

from typing import Final

from garden.authoring.checked_vault import CheckedVault, Rule
from garden.authoring.rules.front_matter import (
    future_dates,
    missing_dates,
    missing_summaries,
    shared_titles,
    stale_marks,
)
from garden.authoring.rules.hierarchy import dead_ends, orphans
from garden.authoring.rules.secrets import secrets
from garden.authoring.rules.text import images_without_text, large_images, near_fields, skipped_headings
from garden.model.diagnostic import Diagnostic
from garden.publishing.problems import problems

RULES: Final = (
    Rule(("field-near",), near_fields),
    Rule(("title-shared",), shared_titles),
    Rule(("date-future",), future_dates),
    Rule(("summary-missing",), missing_summaries),
    Rule(("date-missing",), missing_dates),
    Rule(("todo-stale", "citation-stale"), stale_marks),
    Rule(("heading-skipped",), skipped_headings),
    Rule(("image-alt-missing",), images_without_text),
    Rule(("image-large",), large_images),
    Rule(("note-orphan",), orphans),
    Rule(("note-dead-end",), dead_ends),
    Rule(("secret-visible",), secrets),
)
"""All rules."""


def check_vault(vault: CheckedVault) -> list[Diagnostic]:
    """Return every problem of a vault, by place: those that a build reports, and those that the rules find."""
    found = set(problems(vault.site))
    for rule in RULES:
        found.update(rule.find(vault))
    return sorted(found)
