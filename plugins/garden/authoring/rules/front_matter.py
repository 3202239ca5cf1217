"""Rules about titles, dates, summaries and the marks of unfinished work in front matter."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from garden.authoring.checked_vault import CheckedVault
from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import fold, stem
from garden.model.note import Document

_DATE_KEYS: Final = ("date", "created", "date created", "creation date")
_USUAL: Final = (3, 4)  # if three of four notes have something, it is missing in the others
_FEWEST: Final = 4  # notes that must have it, so that it counts as usual
_STALE_AFTER: Final = timedelta(days=180)  # half a year: what has not been done by then has been forgotten
_MARKS: Final = (
    ("todo", "todo-stale"),
    ("citation_needed", "citation-stale"),
    ("citation-needed", "citation-stale"),
)
"""The properties that mark unfinished work, and the rule that each of them falls under."""

_NOTHING: Final = ("", "false", "no", "none", "0", "[]", "{}")
"""Values of these properties that mean that nothing is left to be done."""


def shared_titles(vault: CheckedVault) -> Iterator[Diagnostic]:
    """Find listed notes that share their title and language. If they share the file name, `name-shared` reports it."""
    by_title: dict[tuple[str, str], list[Document]] = {}
    for document in vault.listed:
        by_title.setdefault((fold(document.title), document.meta.lang), []).append(document)
    for several in by_title.values():
        first = several[0]
        for other in several[1:]:
            if fold(stem(other.path)) != fold(stem(first.path)):
                message = (
                    f'{first.path} also has the title "{other.title}": readers cannot tell them apart in lists '
                    "and search results"
                )
                related = (_title_place(first),)
                yield Diagnostic(
                    _title_place(other),
                    "title-shared",
                    message,
                    "make one of the titles more specific",
                    related,
                )


def future_dates(vault: CheckedVault) -> Iterator[Diagnostic]:
    """Find published notes that are dated later than the day of the check."""
    for document in vault.published:
        found = document.meta.date
        if found and found.iso[:10] > vault.today:
            message = f"this note is public, although its date, {found.iso[:10]}, is in the future"
            hint = "correct the date; `WITH_FUTURE_DATES = False` holds such notes back until then"
            yield Diagnostic(_place(document, _DATE_KEYS), "date-future", message, hint)


def missing_summaries(vault: CheckedVault) -> Iterator[Diagnostic]:
    """Find listed notes without a summary where most have one."""
    yield from _missing(vault, lambda document: bool(document.meta.summary), "summary-missing", "summary")


def missing_dates(vault: CheckedVault) -> Iterator[Diagnostic]:
    """Find listed notes without a date where most have one."""
    yield from _missing(vault, lambda document: document.meta.date is not None, "date-missing", "date")


def stale_marks(vault: CheckedVault) -> Iterator[Diagnostic]:
    """Find `todo` and `citation_needed` in published notes that nobody has changed for half a year."""
    oldest = (date.fromisoformat(vault.today) - _STALE_AFTER).isoformat()
    for document in vault.published:
        changed = document.meta.modified or document.meta.date
        if changed is None or changed.iso[:10] > oldest:
            continue
        for key, code in _MARKS:
            for place in _marked(document, key):
                message = f"`{key}` has not been dealt with since {changed.iso[:10]}"
                yield Diagnostic(place, code, message, "do it, or remove the key")


def _missing(
    vault: CheckedVault, has: Callable[[Document], bool], code: str, what: str
) -> Iterator[Diagnostic]:
    """Report the listed notes that lack something, if most have it; the home page needs neither date nor summary."""
    count = sum(map(has, vault.listed))
    part, whole = _USUAL
    if count < _FEWEST or count * whole < len(vault.listed) * part:
        return
    for document in vault.listed:
        if not has(document) and document.path != vault.site.snapshot.home:
            message = f"this note has no {what}, although {count} of {len(vault.listed)} notes do"
            yield Diagnostic(Place(document.path, 1, 1), code, message)


def _marked(document: Document, key: str) -> Iterator[Place]:
    """Yield the places at which a key of the note, in front matter or as an inline field, is set to anything but no."""
    for name, value in document.meta.properties.items():
        if (
            name.strip().lower() == key
            and str(value if value is not None else "").strip().lower() not in _NOTHING
        ):
            yield _place(document, (key,))
    for field in document.fields:
        if field.key == key and field.value.strip().lower() not in _NOTHING:
            yield field.place


def _title_place(document: Document) -> Place:
    return _place(document, ("title",))


def _place(document: Document, keys: Iterable[str]) -> Place:
    """Return the place of the first of these keys that the note has, or the beginning of the note."""
    places = document.meta.places
    return next((places[key] for key in keys if key in places), Place(document.path, 1, 1))
