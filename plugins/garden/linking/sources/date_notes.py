"""Dated notes: days belong to weeks, weeks to months, months to quarters, quarters to years; and each follows the one before."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import pairwise

from garden.linking.relation import Node
from garden.linking.sources.edges import SourceEdge, SourceNotes, note_node
from garden.linking.sources.formats import Period, compile_format
from garden.model.diagnostic import Place
from garden.model.names import VaultPath, field_key, stem
from garden.model.settings import EdgeSource

_FINEST_FIRST = tuple(Period)


def date_notes(notes: SourceNotes, source: EdgeSource) -> Iterator[SourceEdge]:
    """Yield a relation from each dated note to the note of the next longer period that exists.

    With `next_field`, also yield one to the following note of the same kind of period, even if notes between them are
    missing. A week belongs to the month, quarter and year of its Thursday, as in ISO 8601; with `week_start` "sunday" it
    begins one day earlier.
    """
    up, following = field_key(source.field), field_key(source.next_field)
    dated = _dated(notes, source)
    periods = [period for period in _FINEST_FIRST if period in dated]
    for at, period in enumerate(periods):
        for start, node in dated[period].items():
            place = Place(node.key, 1, 1)
            for longer in periods[at + 1 :]:
                parent = dated[longer].get(_start_of(longer, period, start, source.week_start))
                if parent and up in notes.fields.names:
                    yield SourceEdge(node, up, parent, place)
                if parent:
                    break
        if following in notes.fields.names:
            for (_, node), (_, after) in pairwise(sorted(dated[period].items())):
                yield SourceEdge(node, following, after, Place(node.key, 1, 1))


def _dated(notes: SourceNotes, source: EdgeSource) -> dict[Period, dict[date, Node]]:
    """Return the note of every period by the first day of the period; of several, the first by path."""
    formats = [compile_format(Period(period), written) for period, written in source.formats]
    dated: dict[Period, dict[date, Node]] = {}
    for document in notes.documents:
        name = stem(VaultPath(document.path))
        for reader in formats:
            start = reader.read(name) if name[:1].isalnum() else None
            if start is not None:
                dated.setdefault(reader.period, {}).setdefault(start, note_node(document))
                break
    return dated


def _start_of(longer: Period, period: Period, start: date, week_start: str) -> date:
    """Return the first day of the longer period that contains the shorter `period` from `start` on."""
    if longer is Period.WEEK:
        # Where weeks begin on Sundays, a Sunday is in the week of the Monday that follows.
        if week_start == "sunday" and start.weekday() == 6:
            return start + timedelta(days=1)
        return start - timedelta(days=start.weekday())
    if period is Period.WEEK:
        start += timedelta(days=3)
    month = {Period.MONTH: start.month, Period.QUARTER: (start.month - 1) // 3 * 3 + 1}.get(longer, 1)
    return date(start.year, month, 1)
