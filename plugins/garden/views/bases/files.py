"""Files as values of bases, with their properties (BA-4, BA-8)."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

from garden.model.names import VaultPath, extension, fold, folder, stem
from garden.model.views.moments import moment
from garden.views.notes import PublishedNote, PublishedNotes
from garden.views.property_values import query_value
from garden.views.values import LinkValue, Value

_TAG_KEYS: Final = ("tags", "tag")


class TagText(str):
    """A tag, which is compared without `#` and case (BA-8)."""

    __slots__ = ()

    @property
    def key(self) -> str:
        """The key by which tags are compared."""
        return fold(self.removeprefix("#"))


@dataclass(frozen=True)
class FileValue:
    """A published file of the vault; `note` is None for an attachment."""

    files: "Files"
    path: VaultPath
    note: PublishedNote | None = None

    @cached_property
    def link(self) -> LinkValue:
        """A link to the file."""
        if self.note:
            return self.note.link
        return LinkValue("file", self.path, self.path, display=self.path.rsplit("/", 1)[-1])

    @cached_property
    def properties(self) -> "FileProperties":
        """The properties of the file, by folded name."""
        return FileProperties(self)

    def field(self, name: str) -> Value:
        """Return a field such as `file.name`, None if there is no such field."""
        compute = FILE_FIELDS.get(name)
        return compute(self) if compute else None


class FileProperties(Mapping[str, Value]):
    """The properties of a file; a relation of the hierarchy can be read like a property (BA-4)."""

    def __init__(self, file: FileValue) -> None:
        self._file = file

    @cached_property
    def _written(self) -> Mapping[str, Value]:
        """The properties in the front matter, by folded name."""
        note = self._file.note
        if note is None:
            return {}
        link = self._file.files.linker(note.path)
        found: dict[str, Value] = {}
        for key, value in note.document.meta.properties.items():
            converted = base_value(value, link)
            found[fold(key)] = _tags(converted) if fold(key) in _TAG_KEYS else converted
        return found

    def get(self, key: str, default: Any = None) -> Any:
        """Return a property or a relation, None if there is no such property."""
        folded = fold(key)
        if folded in self._written:
            return self._written[folded]
        found = self._file.note.relation(folded) if self._file.note else None
        return default if found is None else found

    def has(self, key: str) -> bool:
        """Say whether a property is written in the front matter."""
        return fold(key) in self._written

    def __getitem__(self, key: str) -> Value:
        return self._written[fold(key)]

    def __iter__(self) -> Iterator[str]:
        return iter(self._written)

    def __len__(self) -> int:
        return len(self._written)


@dataclass(frozen=True)
class HostValue:
    """The value of `this`: the note or file that the base is in. Its members are its properties, and `file`."""

    file: FileValue


class Files:
    """All published files."""

    def __init__(self, notes: PublishedNotes) -> None:
        self.notes = notes
        self._known: dict[str, FileValue] = {}
        self._matching: dict[tuple[str, tuple[str, ...]], tuple[FileValue, ...]] = {}

    def linker(self, path: VaultPath) -> Callable[[str], LinkValue]:
        """Return a function that makes links from texts, resolved from the note at `path`."""
        return lambda inner: self.notes.link(inner, path)

    def file(self, path: str) -> FileValue | None:
        """Return the published file at a path, None if there is none."""
        found = self._known.get(path)
        if found is None:
            note = self.notes.note(path)
            if note is None and not self.notes.has_file(path):
                return None
            found = self._known[path] = FileValue(self, VaultPath(path), note)
        return found

    def of_link(self, link: LinkValue) -> FileValue | None:
        """Return the file that a link leads to."""
        return self.file(link.target) if link.kind in ("note", "file") else None

    @cached_property
    def listed(self) -> tuple[FileValue, ...]:
        """All files that may be results (VW-5), in path order."""
        notes = [note.path for note in self.notes.listed_files]
        paths = sorted({*notes, *self.notes.files}, key=lambda path: (fold(path), path))
        found = (self.file(path) for path in paths)
        return tuple(file for file in found if file)

    def matching(self, name: str, arguments: tuple[str, ...]) -> tuple[FileValue, ...]:
        """Return the listed files for which `file.hasTag(…)` or `file.inFolder(…)` is true; all for another function."""
        key = (name, arguments)
        if key not in self._matching:
            found = self.listed
            if name == "hasTag":
                found = tuple(file for file in found if has_tag(file, arguments))
            elif name == "inFolder" and len(arguments) == 1:
                found = tuple(file for file in found if in_folder(file, arguments[0]))
            self._matching[key] = found
        return self._matching[key]


def has_tag(file: FileValue, tags: Iterable[str]) -> bool:
    """Say whether a file has one of these tags, or a tag nested in one (BA-14)."""
    return file.note is not None and any(fold(tag.removeprefix("#")) in file.note.tag_keys for tag in tags)


def in_folder(file: FileValue, name: str) -> bool:
    """Say whether a file is in a folder or below it; the empty name is the whole vault (BA-14)."""
    wanted = fold(name).strip("/")
    return not wanted or f"{fold(folder(file.path))}/".startswith(f"{wanted}/")


def base_value(value: object, link: Callable[[str], LinkValue]) -> Value:
    """Return a value of front matter, in which texts may be dates and links (FM-5)."""

    def meaning(text: str) -> Value:
        stripped = text.strip()
        if stripped.startswith("[[") and stripped.endswith("]]") and "]]" not in stripped[2:-2]:
            return link(stripped[2:-2])
        return moment(text, needs_day=True) or text

    return query_value(value, meaning, link)


def _tags(value: Value) -> Value:
    """Return the value of a property with tags, with each text in it as a tag."""
    if isinstance(value, str):
        return TagText(value)
    return (
        [TagText(item) if isinstance(item, str) else item for item in value]
        if isinstance(value, list)
        else value
    )


def _name(file: FileValue) -> Value:
    return file.note.name if file.note else file.path.rsplit("/", 1)[-1]


def _basename(file: FileValue) -> Value:
    return file.note.name if file.note else stem(file.path).rpartition(".")[0] or stem(file.path)


def _backlinks(file: FileValue) -> Value:
    """Return links to the listed notes that link to a file."""
    if file.note:
        return file.note.backlinks
    key = file.link.key[0]
    return [note.link for note in file.files.notes.listed if key in note.linked]


FILE_FIELDS: Final[Mapping[str, Callable[[FileValue], Value]]] = {
    "name": _name,
    "basename": _basename,
    "path": lambda file: file.path,
    "folder": lambda file: folder(file.path),
    "ext": lambda file: extension(file.path),
    "size": lambda file: file.note.document.size if file.note else file.files.notes.file_size(file.path),
    "file": lambda file: file,
    "link": lambda file: file.link,
    "tags": lambda file: [TagText(f"#{tag}") for tag in file.note.tags] if file.note else [],
    "links": lambda file: file.note.links if file.note else [],
    "embeds": lambda file: file.note.embeds if file.note else [],
    "backlinks": _backlinks,
    "properties": lambda file: file.properties,
    "ctime": lambda file: file.note.created if file.note else None,
    "mtime": lambda file: file.note.modified if file.note else None,
}
"""The fields of `file`, by name (BA-8)."""
