"""Decides from its properties where a note may appear; in doubt it is held back (PB-1, PB-1b).

Every reason to hold a note back is recorded (`HeldBack`), so that a build can report it. Of several keys the most
restrictive one counts.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from garden.model.diagnostic import Diagnostic
from garden.model.names import stem
from garden.model.note import HeldBack, HoldReason, Status
from garden.model.settings import ReadingSettings
from garden.reading.frontmatter.misspelling import LIKELY_TYPOS, Typo, has_two_typos, typo
from garden.reading.frontmatter.parsing.quoting import quoted
from garden.reading.frontmatter.parsing.yaml_nodes import YamlMapping, YamlNode, YamlScalar
from garden.reading.frontmatter.parsing.yaml_values import is_empty
from garden.reading.frontmatter.property import KNOWN_KEYS, Property
from garden.reading.frontmatter.statuses import (
    GateKey,
    gate_key,
    is_visibility,
    more_restrictive,
    single_text,
    status_of,
    status_word,
    withholding_status,
    yes_or_no,
)

# The keys of which misspelt forms are looked for.
_MISSPELT = (GateKey.STATUS, GateKey.PUBLISH, GateKey.PUBLISHED, GateKey.DRAFT, GateKey.PRIVATE)
_CHOICES = {
    GateKey.PUBLISHED: "false to hold it back, true or a date otherwise",
    GateKey.PRIVATE: "true to hold it back, false otherwise",
    GateKey.HIDDEN: "true to hide it, false otherwise",
    GateKey.VISIBILITY: "private to hold it back, hidden to hide it, public otherwise",
}
_TWO_TYPOS_FROM = 7  # letters: in shorter words two typos leave too many other words


class Publication(NamedTuple):
    """The status of a note, the reason if it is held back, and problems."""

    status: Status
    held: HeldBack | None
    problems: tuple[Diagnostic, ...]
    explicit: bool
    """Whether the front matter clearly says where the note may appear."""


class MisspeltGate(NamedTuple):
    """The key that a misspelt one is meant to be, and the status that its value asks for."""

    key: GateKey
    status: Status


class _Finding(NamedTuple):
    """The status that one property asks for."""

    status: Status
    reason: HoldReason
    written: str  # as in HeldBack
    problem: Diagnostic | None = None


def read_publication(properties: Sequence[Property], path: str, settings: ReadingSettings) -> Publication:
    """Return where the note at `path` with these properties may appear; of repeated keys only the last is given (FM-8)."""
    found = [
        finding
        for prop in properties
        for finding in (
            *_said(prop, settings),
            *_misspelt(prop, settings),
            *(_nested(prop, settings) if isinstance(prop.node, YamlMapping) else ()),
        )
    ]
    explicit = any(
        finding.reason is HoldReason.STATUS
        or (finding.reason is HoldReason.KEY and finding.status is Status.PUBLISHED)
        for finding in found
    )
    if not any(gate_key(prop.name) is GateKey.STATUS for prop in properties):
        found.append(_Finding(_default(path, settings), HoldReason.DEFAULT, ""))
    publication = _combined(found, explicit=explicit)
    if publication.status is Status.DRAFT:
        return publication
    unclear = [problem for prop in properties for problem in _unclear(prop, publication.status)]
    return publication._replace(problems=(*publication.problems, *unclear))


def _combined(found: Iterable[_Finding], *, explicit: bool) -> Publication:
    """Return the most restrictive of the statuses, and the first reason to hold the note back."""
    status, held = Status.PUBLISHED, None
    problems = []
    for finding in found:
        if finding.problem:
            problems.append(finding.problem)
        status = more_restrictive(status, finding.status)
        if finding.status is Status.DRAFT and held is None:
            held = HeldBack(finding.reason, finding.written)
    return Publication(status, held, tuple(problems), explicit)


def _default(path: str, settings: ReadingSettings) -> Status:
    """Return the status of a note that has none: that of its path in the settings, or else the default."""
    found = [status for below, status in settings.path_statuses if f"{path}/".startswith(f"{below}/")]
    # The last one counts, so that a folder in the settings wins over what Pelican's patterns find in a name.
    for pattern, whole in settings.path_patterns:
        match = re.match(pattern, path if whole else stem(path), re.IGNORECASE)
        named = match.groupdict() if match else {}
        found = [*(status for key, status in named.items() if key.lower() == "status" and status), *found]
    if not found:
        return Status(settings.default_status)
    return status_word(found[-1], settings.status_values) or Status.DRAFT


def _said(prop: Property, settings: ReadingSettings) -> Iterator[_Finding]:
    """Yield the statuses that one of the keys for publication asks for."""
    key = gate_key(prop.name)
    match key:
        case None:
            if prop.name == "permalink" and _is_false(prop.node):  # in Eleventy: no page
                yield _Finding(Status.DRAFT, HoldReason.KEY, _shown(prop))
        case GateKey.STATUS:
            status = status_of(prop.node, settings.status_values)
            if status is None:
                yield _unknown(prop, HoldReason.UNKNOWN_STATUS, "published, draft or hidden")
            else:
                yield _Finding(status, HoldReason.STATUS, _shown(prop))
        case GateKey.PUBLISH | GateKey.DRAFT:
            if is_empty(prop.node):
                return
            says = yes_or_no(single_text(prop.node) or "")
            if says is None:
                yield _unknown(prop, HoldReason.KEY, "true or false")
            else:
                is_held = says if key is GateKey.DRAFT else not says
                yield _Finding(Status.DRAFT if is_held else Status.PUBLISHED, HoldReason.KEY, _shown(prop))
        case _:
            asked = withholding_status(key, single_text(prop.node) or "", settings.status_values)
            if asked is not None:
                yield _Finding(asked, HoldReason.KEY, _shown(prop))


def _unclear(prop: Property, status: Status) -> Iterator[Diagnostic]:
    """Report a value that has no effect, but was clearly meant to have one, as in `private: treu`."""
    key = gate_key(prop.name)
    if key not in _CHOICES or is_empty(prop.node):
        return
    written = single_text(prop.node)
    if written is not None:
        is_date = key is GateKey.PUBLISHED and ("[[" in written or any(char.isdigit() for char in written))
        is_word = any(char.isalpha() for char in written)
        if is_date or not is_word or yes_or_no(written) is not None:
            return
        if key is GateKey.VISIBILITY and is_visibility(written):
            return
    result = "is published" if status is Status.PUBLISHED else "has a page"
    value = f", {quoted(written)}," if written is not None else ""
    yield Diagnostic(
        prop.place,
        "publication-unclear",
        f"the value of {quoted(prop.key)} is not known{value} and says nothing: the note {result}",
        f"write {_CHOICES[key]}",
    )


def _is_false(node: YamlNode) -> bool:
    """Say whether a value is exactly `false`: `no` or `0` may be an address."""
    return isinstance(node, YamlScalar) and node.plain and node.text.lower() == "false"


def _unknown(prop: Property, reason: HoldReason, choices: str) -> _Finding:
    """Return the finding that a value is not known, which holds the note back; `choices` are the known ones."""
    written = single_text(prop.node)
    value = quoted(written) if written else "an empty value" if is_empty(prop.node) else "this value"
    hint = f"write {choices}"
    if reason is HoldReason.UNKNOWN_STATUS:
        hint += '; GARDEN["status_values"] gives meaning to words of your own'
    problem = Diagnostic(
        prop.place,
        "status-unknown",
        f"the value of {quoted(prop.key)} is not known, {value}; the note is treated as a draft",
        hint,
    )
    held = written or "" if reason is HoldReason.UNKNOWN_STATUS else _shown(prop)
    return _Finding(Status.DRAFT, reason, held, problem)


def _misspelt(prop: Property, settings: ReadingSettings) -> Iterator[_Finding]:
    """Yield the status of a key that is a misspelt key for publication, if its value would hold the note back."""
    if prop.name in KNOWN_KEYS or prop.name in settings.relations or gate_key(prop.name):
        return
    text = single_text(prop.node)
    if not text:
        return
    meant = misspelt_gate(prop.name, text, settings.status_values)
    likely = _slip(prop.name, GateKey.STATUS) in LIKELY_TYPOS
    if meant is None and likely and _may_be_status(prop, settings):
        meant = MisspeltGate(GateKey.STATUS, Status.DRAFT)
    if meant is not None:
        what = f"{quoted(prop.key)} is not known; it is read as `{meant.key.value}`"
        written = f"{_shown(prop)}, taken for {meant.key.value}"
        yield _near(prop, what, meant.key, meant.status, written)


def misspelt_gate(name: str, text: str, own: tuple[tuple[str, str], ...]) -> MisspeltGate | None:
    """Return the meant key and status for a key in lower case, if it is misspelt and its value clearly holds the note back."""
    if name in KNOWN_KEYS or gate_key(name):
        return None
    for key in _MISSPELT:
        slip = _slip(name, key)
        asked = withholding_status(key, text, own) if slip else None
        if key in (GateKey.DRAFT, GateKey.PRIVATE) and slip not in LIKELY_TYPOS:
            continue  # `drift` is a word of its own
        if asked is not None:
            return MisspeltGate(key, asked)
    return None


def _nested(prop: Property, settings: ReadingSettings) -> Iterator[_Finding]:
    """Yield the statuses of keys for publication inside a mapping, such as Hugo's `params`."""
    mappings = [prop.node] if isinstance(prop.node, YamlMapping) else []
    for mapping in mappings:  # the list grows during the loop
        for key_node, node in mapping.pairs:
            if isinstance(node, YamlMapping):
                mappings.append(node)
            key = gate_key(key_node.text) if isinstance(key_node, YamlScalar) else None
            asked = withholding_status(key, single_text(node) or "", settings.status_values) if key else None
            if key and asked is not None:
                where = f"`{key.value}` is inside {quoted(prop.key)}"
                written = f"{key.value}: {single_text(node) or ''}, inside {prop.key}"
                yield _near(prop, where, key, asked, written)
                return


def _near(prop: Property, what: str, key: GateKey, asked: Status, written: str) -> _Finding:
    """Return the finding that a misspelt or misplaced key asks for a status; `what` says what is wrong with it."""
    result = "hidden" if asked is Status.HIDDEN else "held back"
    problem = Diagnostic(
        prop.place,
        "status-near",
        f"{what}: the note is {result}",
        f"write `{key.value}` on a line of its own in the front matter, or rename the key if it means something else",
    )
    return _Finding(asked, HoldReason.NEAR, written, problem)


@lru_cache(maxsize=4096)
def _slip(name: str, key: GateKey) -> Typo | None:
    """Return the kind of typo that turns a key for publication into `name`; two typos count as a wrong letter."""
    if name == "state" and key is GateKey.STATUS:
        return Typo.WRONG
    found = typo(name, key.value)
    if found is Typo.ADDED:
        return None
    if found is None and len(key.value) >= _TWO_TYPOS_FROM and has_two_typos(name, key.value):
        return Typo.WRONG
    return found


def _may_be_status(prop: Property, settings: ReadingSettings) -> bool:
    """Say whether an unknown value may be meant as a status: a word, unlike the number in `stats: 5`."""
    text = single_text(prop.node) or ""
    return status_of(prop.node, settings.status_values) is None and any(char.isalpha() for char in text)


def _shown(prop: Property) -> str:
    """Return a property on one line, for a message."""
    return f"{prop.key}: {single_text(prop.node) or ''}".strip()
