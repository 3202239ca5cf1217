"""Reading and checking the settings about the hierarchy: relations, rules, sources, parents, tags."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from garden.hosts.settings.setting_values import (
    boolean,
    did_you_mean,
    listed_items,
    pairs,
    shown,
    text,
    whole_number,
)
from garden.linking.sources.formats import DateFormatError, Period, compile_format
from garden.model.errors import SettingsError
from garden.model.names import field_key
from garden.model.settings import (
    EDGE_SOURCES,
    GROUPS,
    MOST_ROUNDS,
    EdgeSource,
    ImpliedRelation,
    ParentPolicy,
    RelationField,
)


def relations(setting: str, value: object) -> tuple[RelationField, ...]:
    """Return the fields of the hierarchy; each inverse must be one of them."""
    found = tuple(_relation(setting, item) for item in listed_items(setting, value, "(name, label, inverse)"))
    names = [field_key(relation.name) for relation in found]
    for relation, name in zip(found, names, strict=True):
        if names.count(name) > 1:
            raise SettingsError(f'{setting} has "{relation.name}" twice')
        if field_key(relation.inverse) not in names:
            raise SettingsError(
                f'{setting}: the inverse of "{relation.name}", "{relation.inverse}", is not a relation itself'
                + did_you_mean(relation.inverse, names)
            )
    return found


def _relation(setting: str, item: object) -> RelationField:
    """Return a relation, written as name, label and inverse, possibly with its direction. Raises SettingsError."""
    if isinstance(item, RelationField):
        return item
    if not isinstance(item, Sequence) or isinstance(item, str) or len(item) not in (3, 4):
        raise SettingsError(f"{setting}: each relation is (name, label, inverse), not {shown(item)}")
    name, label, inverse, *rest = (text(f"each part of a relation in {setting}", part) for part in item)
    if not field_key(name):
        raise SettingsError(f"{setting}: {shown(name)} is not a name that a note can use")
    group = rest[0] if rest else ""
    if group and group not in GROUPS:
        raise SettingsError(f"{setting}: the direction of {shown(name)} must be one of {', '.join(GROUPS)}")
    return RelationField(name, label, inverse, group)


def implied_relations(setting: str, value: object) -> tuple[ImpliedRelation, ...]:
    """Return the rules for relations that follow from others."""
    return tuple(_rule(setting, item) for item in listed_items(setting, value, "(chain, relation)"))


def _rule(setting: str, item: object) -> ImpliedRelation:
    """Return a rule, written as a chain of relations and the one that it implies. Raises SettingsError."""
    if isinstance(item, ImpliedRelation):
        return item
    if not isinstance(item, Sequence) or isinstance(item, str) or len(item) not in (2, 3):
        raise SettingsError(
            f"{setting}: each rule is (chain, relation), optionally with a number of rounds, not {shown(item)}"
        )
    chain, closes, *rest = item
    if not isinstance(chain, list | tuple) or not chain:
        raise SettingsError(f"{setting}: a chain is a list of relations, not {shown(chain)}")
    names = tuple(text(f"each part of a chain in {setting}", name) for name in chain)
    rounds = whole_number(f"the number of rounds in {setting}", rest[0]) if rest else MOST_ROUNDS
    if rounds > MOST_ROUNDS:
        raise SettingsError(f"{setting}: a rule runs in at most {MOST_ROUNDS} rounds, not {rounds}")
    return ImpliedRelation(names, text(f"the relation that a rule in {setting} gives", closes), rounds=rounds)


def edge_sources(setting: str, value: object) -> tuple[EdgeSource, ...]:
    """Return the sources of relations: a name, or a pair of a name and a dictionary of options."""
    return tuple(_source(setting, item) for item in listed_items(setting, value, "names"))


def _source(setting: str, item: object) -> EdgeSource:
    """Return a source of relations, written as its name, or as its name and its options. Raises SettingsError."""
    if isinstance(item, EdgeSource):
        return item
    name, options = item if isinstance(item, list | tuple) and len(item) == 2 else (item, {})
    if name not in EDGE_SOURCES:
        raise SettingsError(
            f"{setting}: {shown(name)} is not a source{did_you_mean(str(name), EDGE_SOURCES)}; the sources are "
            + ", ".join(EDGE_SOURCES)
        )
    if not isinstance(options, Mapping):
        raise SettingsError(f'{setting}: the options of "{name}" must be a dictionary, not {shown(options)}')
    known = [name for name in EdgeSource.__struct_fields__ if name != "name"]
    values: dict[str, Any] = {}
    for option, written in options.items():
        what = f'"{option}" of "{name}" in {setting}'
        if option not in known:
            raise SettingsError(f"{what} is not known{did_you_mean(str(option), known)}")
        values[str(option)] = _OPTIONS.get(str(option), text)(what, written)
    return EdgeSource(str(name), **values)


def parent_policies(setting: str, value: object) -> tuple[tuple[str, ParentPolicy], ...]:
    """Return pairs of a pattern of names and what happens to parents whose names match it."""
    known = {policy.value: policy for policy in ParentPolicy}
    found = pairs(setting, value)
    for pattern, policy in found:
        if policy not in known:
            raise SettingsError(
                f'{setting}: "{pattern}" must be one of {", ".join(known)}, not {shown(policy)}'
            )
    return tuple((pattern, known[policy]) for pattern, policy in found)


def replacements(setting: str, value: object) -> tuple[tuple[str, str], ...]:
    """Return pairs of a regular expression and a replacement. Raises SettingsError if either is invalid."""
    found = pairs(setting, value)
    for pattern, replacement in found:
        try:
            re.compile(pattern)
            # The groups in a replacement are only checked when it is used, so it is used once: `|` also matches "".
            re.sub(f"(?:{pattern})|", replacement, "")
        except (re.error, IndexError) as error:
            raise SettingsError(
                f"{setting}: {shown(pattern)} is not a regular expression: {error}"
            ) from error
    return found


def tag_aliases(setting: str, value: object) -> tuple[tuple[str, str], ...]:
    """Return pairs of a variant and the tag that it stands for, both without `#`."""
    return tuple((variant.lstrip("#"), tag.lstrip("#")) for variant, tag in pairs(setting, value))


def _formats(setting: str, value: object) -> tuple[tuple[str, str], ...]:
    """Return the date format of each period, after trying it. Raises SettingsError."""
    found = pairs(setting, value)
    periods = [period.value for period in Period]
    for period, written in found:
        if period not in periods:
            raise SettingsError(f"{setting}: {shown(period)} is not one of {', '.join(periods)}")
        try:
            compile_format(Period(period), written)
        except DateFormatError as error:
            raise SettingsError(f"{setting}: {error}") from error
    return found


def _first_day(setting: str, value: object) -> str:
    if value not in ("monday", "sunday"):
        raise SettingsError(f'{setting} must be "monday" or "sunday", not {shown(value)}')
    return str(value)


_OPTIONS = {"formats": _formats, "patterns": replacements, "week_start": _first_day}

READERS = {
    "relations": relations,
    "implied_relations": implied_relations,
    "edge_sources": edge_sources,
    "missing_parents": parent_policies,
    "unpublished_parents": parent_policies,
    "hub_titles": replacements,
    "tag_aliases": tag_aliases,
    "breadcrumbs": boolean,
}
"""The settings of this module, each with the function that reads it."""
