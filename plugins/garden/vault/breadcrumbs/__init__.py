"""Reads the settings of Breadcrumbs, a plugin of Obsidian, so that the site has the relations that its author sees there.

They are read before any note, since they say which fields are relations. Both formats are supported: that of version
4 (`edge_fields`, `edge_field_groups`, `implied_relations`, `explicit_edge_sources`) and the older hierarchies by
direction (`userHiers`, `hierarchies`). Relations, rules and sources in the author's Garden settings take precedence,
unless they are the defaults. docs/relations.md says what each key means and where that is documented.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import field_key
from garden.model.settings import (
    GROUPS,
    MOST_ROUNDS,
    RELATIONS,
    EdgeSource,
    ImpliedRelation,
    RelationField,
    Settings,
    field_groups,
)
from garden.vault.breadcrumbs.sources import read_sources
from garden.vault.breadcrumbs.values import json_list, json_object, json_text

FILE = ".obsidian/plugins/breadcrumbs/data.json"
"""The path of Breadcrumbs' settings in the vault."""

_OPPOSITE = {"up": "down", "down": "up", "same": "same", "next": "prev", "prev": "next"}
"""The directions, each with the opposite one."""

_IMPLIED_BEFORE_4 = {
    "sameParentIsSibling": (("up", "down"), "same"),
    "siblingsSiblingIsSibling": (("same", "same"), "same"),
    "siblingsParentIsParent": (("same", "up"), "up"),
    "parentsSiblingsIsParents": (("up", "same"), "up"),
    "parentsParentsIsParent": (("up", "up"), "up"),
    "cousinsIsSibling": (("up", "same", "down"), "same"),
    "same_parent_is_sibling": (("up", "down"), "same"),
    "same_sibling_is_sibling": (("same", "same"), "same"),
    "siblings_parent_is_parent": (("same", "up"), "up"),
    "parents_sibling_is_parent": (("up", "same"), "up"),
    "cousin_is_sibling": (("up", "same", "down"), "same"),
}
"""The rules for implied relations before version 4, by their names in its settings: a chain of directions, and what it implies."""


@dataclass(slots=True)
class _FoundSettings:
    """The content of the file."""

    groups: dict[str, str] = field(default_factory=dict)  # the direction of each field, empty for none
    members: dict[str, set[str]] = field(default_factory=dict)  # the fields of each group
    rules: list[ImpliedRelation] = field(default_factory=list)
    sources: list[EdgeSource] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)  # what is wrong in it


def breadcrumbs_file(root: Path) -> str:
    """Return the text of the vault's Breadcrumbs settings, empty when there are none."""
    try:
        return (root / FILE).read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""


def with_breadcrumbs(written: str, settings: Settings) -> tuple[Settings, tuple[Diagnostic, ...]]:
    """Return `settings` with the additions of Breadcrumbs' settings, and the problems with these.

    A file that cannot be read adds nothing and is reported once as `breadcrumbs-unreadable`.
    """
    if not written.strip() or not settings.breadcrumbs:
        return settings, ()
    try:
        data = json.loads(written.removeprefix("\ufeff"))
        found = _read(json_object(data))
    except (ValueError, RecursionError) as error:
        return settings, (_problem(str(error)),)
    relations = _relations(found, settings)
    rules = settings.implied_relations or tuple(_chains(found, relations))
    own = {source.name for source in settings.edge_sources}
    sources = (*settings.edge_sources, *(source for source in found.sources if source.name not in own))
    reading = replace(
        settings.reading,
        relations=tuple(field_key(relation.name) for relation in relations),
        field_groups=_field_groups(found, relations),
        outlines=True,
    )
    merged = replace(
        settings, reading=reading, relations=relations, implied_relations=rules, edge_sources=sources
    )
    return merged, (_problem("; ".join(found.complaints)),) if found.complaints else ()


def _read(data: Mapping[str, Any]) -> _FoundSettings:
    found = _FoundSettings()
    if "userHiers" in data or "hierarchies" in data:
        _read_hierarchies(data, found)
    else:
        _read_fields(data, found)
    found.sources += read_sources(data, found.complaints)
    return found


def _read_fields(data: Mapping[str, Any], found: _FoundSettings) -> None:
    """Read the format of version 4; missing keys have Breadcrumbs' defaults."""
    labels = [
        json_text(json_object(item).get("label")) for item in json_list(data.get("edge_fields", _LABELS))
    ]
    views = json_object(json_object(data.get("views", {})).get("page", {}))
    steps = json_object(json_object(views.get("prev_next", {})).get("field_group_labels", {}))
    shown = {
        "up": json_list(json_object(views.get("trail", {})).get("field_group_labels", ["ups"])),
        "down": ["downs"],
        "same": ["sames"],
        "next": json_list(steps.get("next", ["nexts"])),
        "prev": json_list(steps.get("prev", ["prevs"])),
    }
    members = found.members = {
        json_text(group.get("label")): {json_text(name) for name in json_list(group.get("fields", []))}
        for group in map(json_object, json_list(data.get("edge_field_groups", _GROUPS)))
    }
    for label in filter(field_key, labels):
        inside = (
            direction
            for direction, groups in shown.items()
            if any(label in members.get(json_text(group), ()) for group in groups)
        )
        found.groups.setdefault(label, next(inside, ""))
    rules = json_object(data.get("implied_relations", {})).get("transitive", _RULES)
    found.rules += filter(None, (_rule(json_object(rule), found) for rule in json_list(rules)))


def _read_hierarchies(data: Mapping[str, Any], found: _FoundSettings) -> None:
    """Read hierarchies of five directions, each with a list of fields."""
    before_4 = json_object(data.get("impliedRelations", {}))
    for item in map(json_object, json_list(data.get("userHiers", data.get("hierarchies")))):
        directions = json_object(item.get("dirs", item))
        names = {direction: _names(directions.get(direction, [])) for direction in GROUPS}
        for direction, fields in names.items():
            for name in fields:
                found.groups.setdefault(name, direction)
                opposite = names[_OPPOSITE[direction]]
                if opposite:
                    found.rules.append(ImpliedRelation((name,), opposite[0], reverse=True, rounds=1))
        rounds = {
            # Version 3 applied the rules for implied relations after adding all opposite relations.
            **{name: 2 for name, wanted in before_4.items() if wanted is True},
            **{
                name: json_object(wanted).get("rounds", 0)
                for name, wanted in json_object(item.get("implied_relationships", {})).items()
            },
        }
        for name, (chain, closes) in _IMPLIED_BEFORE_4.items():
            if all(names[direction] for direction in (*chain, closes)) and rounds.get(name):
                fields_of_chain = tuple(names[direction][0] for direction in chain)
                found.rules.append(
                    ImpliedRelation(fields_of_chain, names[closes][0], rounds=_rounds(rounds[name]))
                )
    custom = json_object(data.get("custom_implied_relations", {})).get("transitive", [])
    found.rules += filter(None, (_rule(json_object(rule), found) for rule in json_list(custom)))


def _rule(rule: Mapping[str, Any], found: _FoundSettings) -> ImpliedRelation | None:
    """Return a rule of the file, None for one that is turned off or incomplete."""
    chain = tuple(json_text(json_object(step).get("field")) for step in json_list(rule.get("chain", [])))
    closes = json_text(rule.get("close_field"))
    rounds = _rounds(rule.get("rounds", 1))
    if not rounds:
        return None
    if not chain or not all(chain) or not closes:
        found.complaints.append("a rule of `transitive` has steps without a field")
        return None
    return ImpliedRelation(chain, closes, rule.get("close_reversed") is True, rounds)


def _relations(found: _FoundSettings, settings: Settings) -> tuple[RelationField, ...]:
    """Return the fields of the file and of the settings; if both define one, that of the settings counts."""
    shipped = {field_key(relation.name): relation for relation in RELATIONS}
    own = {field_key(relation.name): relation for relation in settings.relations}
    opposites: dict[str, tuple[str, int]] = {}
    for rule in found.rules:
        if rule.reverse and len(rule.chain) == 1:
            opposites.setdefault(field_key(rule.chain[0]), (rule.closes, rule.rounds))
    merged: dict[str, RelationField] = {}
    for name, group in found.groups.items():
        key = field_key(name)
        known = own.get(key) or shipped.get(key)
        if key in own and own[key] != shipped.get(key):
            merged[key] = own[key] if own[key].group or key in GROUPS else replace(own[key], group=group)
            continue
        inverse, rounds = opposites.get(key, (known.inverse, 1) if known else ("", 1))
        label = known.label if known else name
        merged.setdefault(key, RelationField(name, label, inverse, "" if key in GROUPS else group, rounds))
    return (*merged.values(), *(relation for key, relation in own.items() if key not in merged))


def _field_groups(
    found: _FoundSettings, relations: tuple[RelationField, ...]
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the groups of the file, and in any case one for each of the five directions."""
    groups = dict(field_groups(relations))
    for label, members in found.members.items():
        keys = {field_key(name) for name in members}
        groups[label] = tuple(key for key in (field_key(one.name) for one in relations) if key in keys)
    return tuple(groups.items())


def _chains(found: _FoundSettings, relations: Iterable[RelationField]) -> Iterable[ImpliedRelation]:
    """Yield the rules, except those that only say that two relations are inverse, as the relations say already."""
    inverses = {field_key(relation.name): field_key(relation.inverse) for relation in relations}
    for rule in dict.fromkeys(found.rules):
        opposite = rule.reverse and len(rule.chain) == 1
        if not (opposite and inverses.get(field_key(rule.chain[0])) == field_key(rule.closes)):
            yield rule


def _rounds(value: object) -> int:
    """Return how often a rule is applied, 0 for anything that is not a positive number."""
    return min(value, MOST_ROUNDS) if isinstance(value, int) and value > 0 else 0


def _names(value: object) -> list[str]:
    """Return the fields of a direction, written as a list or as one text with commas."""
    items = value.split(",") if isinstance(value, str) else json_list(value)
    return [name for name in (json_text(item).strip() for item in items) if field_key(name)]


def _problem(message: str) -> Diagnostic:
    return Diagnostic(Place(FILE, 1, 1), "breadcrumbs-unreadable", f"Breadcrumbs' settings: {message}")


# The defaults of version 4.
_LABELS = [{"label": name} for name in ("up", "down", "same", "next", "prev")]
_GROUPS = [{"label": f"{name}s", "fields": [name]} for name in GROUPS]
_RULES = [
    {"chain": [{"field": name}], "close_field": opposite, "close_reversed": True, "rounds": 1}
    for name, opposite in _OPPOSITE.items()
]
