"""Reads Breadcrumbs' settings for sources of relations besides typed links (`explicit_edge_sources`)."""

from collections.abc import Iterable, Mapping
from typing import Any

from garden.linking.sources.formats import DateFormatError, Period, compile_format
from garden.model.settings import EdgeSource
from garden.vault.breadcrumbs.values import json_object, json_text


def read_sources(data: Mapping[str, Any], complaints: list[str]) -> list[EdgeSource]:
    """Return the sources of relations besides typed links; those that a note asks for itself, such as list notes, are always on."""
    sources = json_object(data.get("explicit_edge_sources", {}))

    # Each source has a name of ours and one of Breadcrumbs, and one in the settings before version 4.
    def option(source: str, name: str, default: str) -> str:
        return json_text(json_object(sources.get(source, {})).get(name, default)) or default

    def source(ours: str, theirs: str, before_4: str) -> EdgeSource:
        return EdgeSource(
            ours,
            option(theirs, "default_field", json_text(data.get(f"{before_4}Field", "up"))),
            sibling_field=option(theirs, "default_sibling_field", ""),
            delimiter=option(theirs, "delimiter", json_text(data.get(f"{before_4}Delimiter", "."))),
        )

    found = [
        EdgeSource("folder-notes", ""),
        source("tag-notes", "tag_note", "tagNote"),
        EdgeSource("list-notes", "", option("list_note", "default_neighbour_field", "")),
        source("regex-notes", "regex_note", "regexNote"),
        source("traverse-notes", "traverse_note", "traverseNote"),
    ]
    if _is_on(sources, "dendron_note") or data.get("addDendronNotes") is True:
        found.append(source("dendron-names", "dendron_note", "dendronNote"))
    if _is_on(sources, "johnny_decimal_note"):
        found.append(source("johnny-decimal", "johnny_decimal_note", "johnnyDecimalNote"))
    dates = json_object(sources.get("date_note", {}))
    if _is_on(sources, "date_note") or data.get("addDateNotes") is True or any(_periods(dates)):
        found.append(_dates(dates, data, complaints))
    return found


def _periods(options: Mapping[str, Any]) -> Iterable[tuple[str, Mapping[str, Any]]]:
    """Yield the longer periods that are enabled, each with its options."""
    for period in ("week", "month", "quarter", "year"):
        longer = json_object(options.get(period, {}))
        if longer.get("enabled") is True:
            yield period, longer


def _dates(options: Mapping[str, Any], data: Mapping[str, Any], complaints: list[str]) -> EdgeSource:
    """Return the source for notes that are named after days and longer periods; formats that are not supported are left out."""
    formats = []
    if options.get("enabled") is True or data.get("addDateNotes") is True:
        formats.append(
            ("day", json_text(options.get("date_format", data.get("dateNoteFormat", "yyyy-MM-dd"))))
        )
    up = "up"
    for period, longer in _periods(options):
        formats.append((period, json_text(longer.get("date_format", ""))))
        up = json_text(longer.get("up_field", up))
    usable = []
    for period, written in formats:
        try:
            compile_format(Period(period), written)
            usable.append((period, written))
        except DateFormatError as error:
            complaints.append(str(error))
    following = json_text(options.get("default_field", data.get("dateNoteField", "next")))
    first = "sunday" if options.get("week_start") == "sunday" else "monday"
    return EdgeSource("date-notes", up, following, week_start=first, formats=tuple(usable))


def _is_on(sources: Mapping[str, Any], name: str) -> bool:
    return json_object(sources.get(name, {})).get("enabled") is True
