"""Pages, files and items of lists as objects with fields (DV-6, DV-7, DV-8)."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, ClassVar, Final, NamedTuple

from garden.linking.note_groups import lineage
from garden.model.body import NoteItem
from garden.model.names import VaultPath, field_key, fold
from garden.model.note import Field
from garden.model.views.moments import Moment, moment
from garden.reading.tags import TAG_CLASS
from garden.views.dataview.inline_values import field_value, property_value
from garden.views.notes import PublishedNote, PublishedNotes
from garden.views.values import LinkValue, Value

_DATE_IN_NAME: Final = re.compile(r"(\d{4})-(\d{2})-(\d{2})|(\d{4})(\d{2})(\d{2})")
_TAG: Final = re.compile(rf"(?:(?<=[\s(\[{{,;])|^)#({TAG_CLASS}+)", re.MULTILINE)
# The emoji of the plugin Tasks before a date, and the field of Dataview that each stands for. A variation selector may follow.
_SHORTHANDS: Final = (
    ("created", re.compile("\u2795\ufe0f?\\s*(\\d{4}-\\d{2}-\\d{2})")),
    ("start", re.compile("\U0001f6eb\ufe0f?\\s*(\\d{4}-\\d{2}-\\d{2})")),
    ("scheduled", re.compile("[\u23f3\u231b]\ufe0f?\\s*(\\d{4}-\\d{2}-\\d{2})")),
    ("due", re.compile("[\U0001f4c5\U0001f4c6\U0001f5d3]\ufe0f?\\s*(\\d{4}-\\d{2}-\\d{2})")),
    ("completion", re.compile("\u2705\ufe0f?\\s*(\\d{4}-\\d{2}-\\d{2})")),
)


class FieldRecord(Mapping[str, Value]):
    """An object whose fields are computed on demand; their names are compared as in IF-4."""

    field_functions: ClassVar[Mapping[str, Callable[[Any], Value]]] = {}
    """For each field that all records of a class have, the function that computes it from the record."""

    identity: tuple[str, ...] = ()
    """The kind and the place of the record, by which records are compared."""

    def __init__(self) -> None:
        self._known: dict[str, Value] = {}

    def get(self, key: str, default: Any = None) -> Any:
        """Return the value of a field, None if there is no such field."""
        if key in self._known:
            return self._known[key]
        compute = self.field_functions.get(key)
        value = compute(self) if compute else self._other(key)
        self._known[key] = value
        return value

    def _other(self, key: str) -> Value:
        """Return a field that is not in `field_functions`."""
        del key
        return None

    def __getitem__(self, key: str) -> Value:
        if key not in set(self):
            raise KeyError(key)
        return self.get(key)

    def __iter__(self) -> Iterator[str]:
        return iter(self.field_functions)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class PageRecord(FieldRecord):
    """A page: its fields, and `file`."""

    def __init__(self, pages: "Pages", note: PublishedNote) -> None:
        super().__init__()
        self.pages = pages
        self.note = note
        self.identity = ("page", note.path)

    @cached_property
    def fields(self) -> Mapping[str, Value]:
        """The fields of front matter, then those of the text outside tasks; several values of one field are a list (IF-6)."""
        found: dict[str, list[Value]] = {}
        for key, written in self.note.document.meta.properties.items():
            value = property_value(written, self.pages.linker(self.note.path))
            found.setdefault(field_key(key), []).append(value)
        items = self.note.items if self.note.document.fields else ()
        in_tasks = {line for item in items if item.mark for line in range(item.line, item.last_line + 1)}
        for each in self.note.document.fields:
            if each.place.line not in in_tasks:
                found.setdefault(each.key, []).append(self.pages.value_of(each))
        return {key: values[0] if len(values) == 1 else _flat(values) for key, values in found.items()}

    @cached_property
    def fields_on(self) -> Mapping[int, list[Field]]:
        """The inline fields by line."""
        found: dict[int, list[Field]] = {}
        for each in self.note.document.fields:
            found.setdefault(each.place.line, []).append(each)
        return found

    def _other(self, key: str) -> Value:
        name = field_key(key)
        return self.fields[name] if name in self.fields else self.note.relation(name)

    def __iter__(self) -> Iterator[str]:
        yield from self.fields
        if "file" not in self.fields:
            yield "file"

    @cached_property
    def list_items(self) -> "list[ItemRecord]":
        """The items of all lists of the page."""
        found: list[ItemRecord] = []
        for item in self.note.items:
            above = found[item.parent] if item.parent >= 0 else None
            found.append(ItemRecord(self, item, above))
            if above:
                above.children.append(found[-1])
        return found

    @cached_property
    def tasks(self) -> "list[TaskRecord]":
        """The tasks of the page, as results of their own."""
        return [TaskRecord(item) for item in self.list_items if item.item.mark]


class FileRecord(FieldRecord):
    """The field `file` of a page (DV-7)."""

    def __init__(self, page: PageRecord) -> None:
        super().__init__()
        self.page = page
        self.note = page.note
        self.identity = ("file", page.note.path)


class ItemRecord(FieldRecord):
    """An item of a list, with the fields that are written in it (DV-8)."""

    def __init__(self, page: PageRecord, item: NoteItem, above: "ItemRecord | None") -> None:
        self.page = page
        self.item = item
        self.above = above
        self.children: list[ItemRecord] = []
        super().__init__()
        self.identity = ("item", page.note.path, f"{item.line:09}")

    def get(self, key: str, default: Any = None) -> Any:
        """Return a field of the item."""
        return super().get(field_key(key) if key not in self.field_functions else key, default)

    def _has_line(self, line: int) -> bool:
        return self.item.line <= line <= self.item.last_line

    @cached_property
    def own_fields(self) -> Mapping[str, Value]:
        """The inline fields in the item, and the dates that are written with an emoji."""
        found: dict[str, list[Value]] = {}
        for line in range(self.item.line, self.item.last_line + 1):
            for each in self.page.fields_on.get(line, ()):
                found.setdefault(each.key, []).append(self.page.pages.value_of(each))
        for name, pattern in _SHORTHANDS:
            match = pattern.search(self.item.text)
            date = moment(match[1]) if match else None
            if date:
                found.setdefault(name, []).append(date)
        return {key: values[0] if len(values) == 1 else values for key, values in found.items()}

    def is_below(self, chosen: Container[int]) -> bool:
        """Say whether the item is nested in one of the records whose `id()` is in `chosen`."""
        above = self.above
        while above is not None:
            if id(above) in chosen:
                return True
            above = above.above
        return False

    def is_fully_completed(self) -> bool:
        """Say whether the item and all tasks nested in it are done."""
        own = self.item.mark in ("x", "X") or not self.item.mark
        return own and all(child.is_fully_completed() for child in self.children)

    @cached_property
    def section(self) -> LinkValue:
        """A link to the heading above the item, or to the page if there is none."""
        note = self.page.note
        above = [each for each in note.document.headings if each.place.line < self.item.line and each.shown]
        if not above:
            return note.link
        heading = above[-1]
        name = f"{note.name} > {heading.text}"
        return LinkValue("note", note.path, note.path, heading.text, heading.anchor, name)

    @cached_property
    def link(self) -> LinkValue:
        """A link to the block of the item if it has an id, otherwise to its section."""
        note = self.page.note
        block = next((each for each in note.document.blocks if each.id == self.item.block), None)
        if not self.item.block or block is None:
            return self.section
        return LinkValue("note", note.path, note.path, f"^{block.id}", block.anchor, note.name)

    def links(self) -> list[Value]:
        """Return the links in the item."""
        note = self.page.note
        refs = note.document.refs
        within = {index for index, ref in enumerate(refs) if self._has_line(ref.place.line)}
        return self.page.pages.links(note, within)

    def _other(self, key: str) -> Value:
        return self.own_fields.get(key)

    def tags(self) -> Iterator[str]:
        """Yield the tags in the item, each once.

        They are looked for in its text, since the note has each tag only at its first place; but only text that is a tag of
        the note is one, so `#` in code is not mistaken for a tag.
        """
        known = {fold(tag.name) for tag in self.page.note.document.tags}
        found: dict[str, str] = {}
        for match in _TAG.finditer(self.item.text) if known else ():
            if fold(match[1]) in known:
                found.setdefault(fold(match[1]), match[1])
        yield from (f"#{name}" for name in found.values())

    def __iter__(self) -> Iterator[str]:
        yield from self.field_functions
        yield from self.own_fields


PageRecord.field_functions = {"file": FileRecord}
_OF_FILE: Final[Mapping[str, Callable[[FileRecord], Value]]] = {
    "name": lambda file: file.note.name,
    "folder": lambda file: file.note.folder,
    "path": lambda file: file.note.path,
    "ext": lambda file: file.note.path.rpartition(".")[2],
    "link": lambda file: file.note.link,
    "size": lambda file: file.note.document.size,
    "ctime": lambda file: file.note.created,
    "cday": lambda file: file.note.created.day() if file.note.created else None,
    "mtime": lambda file: file.note.modified,
    "mday": lambda file: file.note.modified.day() if file.note.modified else None,
    "tags": lambda file: list(
        dict.fromkeys(f"#{level}" for tag in file.note.tags for level in reversed([*lineage(tag)]))
    ),
    "etags": lambda file: [f"#{tag}" for tag in file.note.tags],
    "inlinks": lambda file: file.note.backlinks,
    "outlinks": lambda file: file.page.pages.links(file.note, range(len(file.note.document.refs))),
    "aliases": lambda file: list(file.note.document.meta.aliases),
    "tasks": lambda file: list(file.page.tasks),
    "lists": lambda file: list(file.page.list_items),
    "frontmatter": lambda file: dict(file.note.document.meta.properties),
    "day": lambda file: _day(file.page),
}
"""The fields of `file`, by name (DV-7)."""
FileRecord.field_functions = _OF_FILE
_OF_ITEM: Final[Mapping[str, Callable[[ItemRecord], Value]]] = {
    "status": lambda record: record.item.mark or None,
    "checked": lambda record: record.item.mark not in ("", " "),
    "completed": lambda record: record.item.mark in ("x", "X"),
    "fullycompleted": ItemRecord.is_fully_completed,
    "text": lambda record: record.item.text,
    "visual": lambda record: record.item.text,
    "line": lambda record: record.item.line - 1,  # Dataview counts from 0
    "linecount": lambda record: record.item.last_line - record.item.line + 1,
    "path": lambda record: record.page.note.path,
    "section": lambda record: record.section,
    "tags": lambda record: list(record.tags()),
    "outlinks": ItemRecord.links,
    "link": lambda record: record.link,
    "children": lambda record: list(record.children),
    "subtasks": lambda record: list(record.children),  # as it was called once
    "task": lambda record: record.item.mark != "",
    "annotated": lambda record: bool(record.own_fields),
    "parent": lambda record: record.above.item.line - 1 if record.above else None,
    "blockid": lambda record: record.item.block or None,
}
"""The fields of an item, by name (DV-8)."""
ItemRecord.field_functions = _OF_ITEM


class TaskRecord(ItemRecord):
    """A task as a result of its own: it has the fields of its page as well (DV-8); `plain` is the same item without them."""

    def __init__(self, plain: ItemRecord) -> None:
        super().__init__(plain.page, plain.item, plain.above)
        self.children = plain.children
        self.plain = plain

    def _other(self, key: str) -> Value:
        return self.plain.own_fields[key] if key in self.plain.own_fields else self.page.get(key)


class DataRow(NamedTuple):
    """A row while a query runs."""

    id: Value  # what the first column shows
    data: Mapping[str, Any]  # its fields
    source: VaultPath  # the note that it comes from


class Pages:
    """The records of all published notes."""

    def __init__(self, notes: PublishedNotes) -> None:
        self.notes = notes
        self._records: dict[VaultPath, PageRecord] = {}

    def record(self, note: PublishedNote) -> PageRecord:
        """Return the record of a note."""
        found = self._records.get(note.path)
        if found is None:
            found = self._records[note.path] = PageRecord(self, note)
        return found

    @cached_property
    def rows(self) -> list[DataRow]:
        """A row for each listed note, in the order of VW-11."""
        return [DataRow(note.link, self.record(note), note.path) for note in self.notes.listed]

    def linker(self, path: VaultPath) -> Callable[[str, bool], LinkValue]:
        """Return a function that makes links from texts, resolved from the note at `path`."""
        return lambda inner, embed: self.notes.link(inner, path, embed=embed)

    def value_of(self, each: Field) -> Value:
        """Return the value of an inline field."""
        return field_value(each.raw, self.linker(VaultPath(each.place.path)))

    def links(self, note: PublishedNote, indexes: Iterable[int]) -> list[Value]:
        """Return the references of a note with these indexes as links, in the order of the text."""
        resolutions = self.notes.resolutions(note.path)
        refs = note.document.refs
        found = (self.notes.link_of(refs[index], resolutions[index]) for index in sorted(indexes))
        return [link for link in found if link]


def _flat(values: list[Value]) -> list[Value]:
    """Return several values of one field as one list; lists among them are replaced by their items."""
    return [item for value in values for item in (value if isinstance(value, list) else [value])]


def _day(page: PageRecord) -> Value:
    """Return the day that a page is about: a date in the field `date` or `day`, or in the file name."""
    for name in ("date", "day"):
        value = page.fields.get(name)
        if isinstance(value, Moment):
            return value.day()
    for match in _DATE_IN_NAME.finditer(page.note.name):
        pieces = [piece for piece in match.groups() if piece]
        found = moment("-".join(pieces))
        if found:
            return found
    return None
