"""The notes that queries can see: only published ones (VW-5, VW-6).

`PublishedNotes` is all that evaluation gets. An unpublished note is in none of its mappings, and a link to one is a text.
Facts about a note are computed on demand, since most queries need little of most notes.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from functools import cached_property
from typing import Final

from garden.linking.note_groups import lineage
from garden.linking.relation import Node
from garden.linking.resolving.resolution import (
    Found,
    FoundFile,
    FoundPage,
    LeftAlone,
    Missing,
    Resolution,
    Unpublished,
)
from garden.linking.snapshot import Snapshot
from garden.model.body import Body, NoteItem
from garden.model.diagnostic import Place
from garden.model.names import Folded, VaultPath, fold, folder, is_view_file, stem
from garden.model.note import Date, Document, Ref, RefKind
from garden.model.target import split_wikilink, wiki_target
from garden.model.views.moments import Moment, moment
from garden.views.values import LinkValue, Value

NONE_LINK: Final = "none"
"""The kind of a link that leads nowhere, such as one to an unpublished note (`LinkValue.kind`)."""
_CREATED: Final = ("created", "date created")
_MODIFIED: Final = ("modified", "updated", "date modified")


class PublishedNote:
    """A published note, as queries see it."""

    def __init__(self, notes: "PublishedNotes", document: Document) -> None:
        self._notes = notes
        self._document = document
        self.path = document.path
        self.listed = document.listed

    @property
    def document(self) -> Document:
        """The document of the note."""
        return self._document

    @cached_property
    def name(self) -> str:
        """The file name without its ending."""
        return stem(self.path)

    @cached_property
    def folder(self) -> str:
        """The folder, empty for the vault's root."""
        return folder(self.path)

    @cached_property
    def link(self) -> LinkValue:
        """A link to the note."""
        return LinkValue("note", self.path, self.path, display=self.name)

    @cached_property
    def properties(self) -> Mapping[str, object]:
        """The front matter by lower-case key, values as YAML has them."""
        return {key.strip().lower(): value for key, value in self._document.meta.properties.items()}

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """All tags without `#`, each once, as typed."""
        return tuple(tag.name for tag in self._document.tags)

    @cached_property
    def tag_keys(self) -> frozenset[Folded]:
        """The tags and all that they are nested in, folded."""
        return frozenset(fold(level) for tag in self.tags for level in lineage(tag))

    @cached_property
    def links(self) -> list[Value]:
        """The links and embeds of the note, each target once, in the order of the text."""
        return self._links(lambda _: True)

    @cached_property
    def embeds(self) -> list[Value]:
        """The embeds of the note, each target once, in the order of the text."""
        return self._links(lambda ref: ref.kind in (RefKind.EMBED, RefKind.IMAGE))

    def _links(self, wanted: Callable[[Ref], bool]) -> list[Value]:
        """Return the references that are `wanted`, each target once, in the order of the text; addresses are left out."""
        found: dict[tuple[str, str], LinkValue] = {}
        for ref, resolution in zip(self._document.refs, self._notes.resolutions(self.path), strict=False):
            link = self._notes.link_of(ref, resolution) if wanted(ref) else None
            if link:
                found.setdefault(link.key, link)
        return list(found.values())

    @cached_property
    def linked(self) -> frozenset[str]:
        """The keys of the targets that this note links to, without headings."""
        return frozenset(link.key[0] for link in self.links if isinstance(link, LinkValue))

    @cached_property
    def backlinks(self) -> list[Value]:
        """Links to the listed notes that link to this one, in path order."""
        return [note.link for note in self._notes.linking_to(Node("note", self.path))]

    @cached_property
    def created(self) -> Moment | None:
        """When the note was created (VW-10)."""
        return self._first(_CREATED) or of_date(self._document.meta.date)

    @cached_property
    def modified(self) -> Moment | None:
        """When the note was last changed (VW-10)."""
        return self._first(_MODIFIED) or self.created

    def _first(self, keys: tuple[str, ...]) -> Moment | None:
        """Return the first of these properties that is a date."""
        for key in keys:
            value = self.properties.get(key)
            found = moment(str(value), needs_day=True) if value is not None else None
            if found:
                return found
        return None

    @property
    def items(self) -> tuple[NoteItem, ...]:
        """The items of its lists."""
        return self._notes.items(self.path) if self._document.items else ()

    def relation(self, name: str) -> list[Value] | None:
        """Return the pages that a relation leads to, for `trail` those above the note; None if there is no such relation."""
        return self._notes.relation(self.path, name)


class PublishedNotes:
    """All published notes; hidden ones are in no list, but links to them work."""

    def __init__(
        self,
        snapshot: Snapshot,
        bodies: Callable[[VaultPath], Body],
        relations: frozenset[str],
        today: str = "",
    ) -> None:
        """`relations` are the compared names of hierarchy fields, `today` is the date that counts as today, if it is set."""
        self._notes = {
            path: PublishedNote(self, document)
            for path, document in snapshot.documents.items()
            if document.published
        }
        self._snapshot = snapshot
        self._bodies = bodies
        self._relations = relations
        self._today = today
        self._links: dict[tuple[VaultPath, str, str], LinkValue] = {}
        self._items: dict[VaultPath, tuple[NoteItem, ...]] = {}

    @cached_property
    def listed(self) -> tuple[PublishedNote, ...]:
        """The notes that results may come from (VW-5), in the order of VW-11."""
        return tuple(note for note in self.listed_files if not is_view_file(note.path))

    @cached_property
    def listed_files(self) -> tuple[PublishedNote, ...]:
        """The listed notes, and the bases, canvases and drawings that have pages, in the order of VW-11."""
        notes = (note for note in self._notes.values() if note.listed)
        return tuple(sorted(notes, key=lambda note: (fold(note.path), note.path)))

    @cached_property
    def positions(self) -> Mapping[str, int]:
        """The index of each listed note in `listed`, by path."""
        return {note.path: place for place, note in enumerate(self.listed)}

    @cached_property
    def by_folder(self) -> Mapping[str, list[VaultPath]]:
        """The paths of the listed notes by the fold of their folder."""
        found: dict[str, list[VaultPath]] = {}
        for note in self.listed:
            found.setdefault(fold(note.folder), []).append(note.path)
        return found

    def chosen(self, paths: Collection[str]) -> list[PublishedNote]:
        """Return the listed notes with these paths, in the order of `listed`."""
        places = (self.positions.get(path) for path in paths)
        return [self.listed[place] for place in sorted(place for place in places if place is not None)]

    def note(self, path: str) -> PublishedNote | None:
        """Return a published note, hidden ones included."""
        return self._notes.get(VaultPath(path))

    def of_link(self, link: LinkValue) -> PublishedNote | None:
        """Return the note that a link leads to."""
        return self._notes.get(VaultPath(link.target)) if link.kind == "note" else None

    @cached_property
    def now(self) -> Moment | None:
        """The time that counts as now (VW-9), None if no note has a date."""
        if self._today:
            return moment(self._today, needs_day=True)
        found = [
            when
            for note in self.listed
            for when in (of_date(note.document.meta.date), of_date(note.document.meta.modified))
            if when
        ]
        return max(found, default=None)

    @cached_property
    def files(self) -> tuple[VaultPath, ...]:
        """The paths of published attachments, sorted."""
        return tuple(sorted(self._snapshot.files))

    def has_file(self, path: str) -> bool:
        """Say whether an attachment is published."""
        return path in self._snapshot.files

    def file_size(self, path: VaultPath) -> int | None:
        """Return the size of a published attachment in bytes, None if it is not known."""
        return self._snapshot.sizes.get(path)

    def with_tag(self, tag: str) -> frozenset[str]:
        """Return the paths of listed notes with a tag or one nested in it."""
        entry = self._snapshot.tags.get(fold(tag))
        return frozenset(path for path in (entry.notes if entry else ()) if self._is_listed(path))

    def linking_to(self, node: Node) -> Iterator[PublishedNote]:
        """Yield the listed notes that link to a page, in path order."""
        sources = (backlink.source for backlink in self._snapshot.backlinks.get(node, ()))
        listed = (self._notes[path] for path in sources if self._is_listed(path))
        yield from sorted(listed, key=lambda note: (fold(note.path), note.path))

    def _is_listed(self, path: VaultPath) -> bool:
        note = self._notes.get(path)
        return note is not None and note.listed

    def resolutions(self, path: VaultPath) -> tuple[Resolution, ...]:
        """Return the resolutions of the references of a published note."""
        return self._snapshot.resolutions.get(path, ())

    def items(self, path: VaultPath) -> tuple[NoteItem, ...]:
        """Return the items of the lists of a published note."""
        if path not in self._items:
            self._items[path] = self._bodies(path).items if path in self._notes else ()
        return self._items[path]

    def link(self, inner: str, source: VaultPath, *, embed: bool = False) -> LinkValue:
        """Return the link `[[inner]]` as the note at `source` means it."""
        split = split_wikilink(inner)
        if split is None:
            # In queries, `[[]]` and `[[#]]` mean the note itself.
            note = self._notes.get(source)
            return note.link if note else LinkValue(NONE_LINK, fold(inner), inner)
        destination, display = split
        found = self._links.get((source, destination, display))
        if found is None:
            ref = Ref(RefKind.WIKILINK, wiki_target(destination), destination, Place(source, 1, 1), display)
            found = self._resolved(ref, self._snapshot.locate(source, ref))
            self._links[source, destination, display] = found
        if not display and not embed:
            return found
        return LinkValue(
            found.kind, found.target, found.text, found.subpath, found.anchor, display or found.display, embed
        )

    def link_of(self, ref: Ref, resolution: Resolution) -> LinkValue | None:
        """Return a reference of a note as a value; None for an address, and for an embed of nothing, whose name is not shown (PB-4)."""
        match resolution:
            case FoundPage() | LeftAlone():
                return None
            case Missing() | Unpublished() if ref.kind in (RefKind.EMBED, RefKind.IMAGE):
                return None
            case _:
                return self._resolved(ref, resolution)

    def _resolved(self, ref: Ref, resolution: Resolution) -> LinkValue:
        """Return the value of a reference; one to an unpublished note or file is a text that leads nowhere.

        If it has words of its own, readers see these and nothing else of its target (PB-4): no function may tell more.
        """
        path, _, subpath = ref.raw.partition("#")
        match resolution:
            case Found(node=node, anchor=anchor) if node.kind != "note" or VaultPath(node.key) in self._notes:
                name = stem(node.key) if node.kind == "note" else path
                display = ref.display or (f"{name} > {subpath}" if subpath else name)
                return LinkValue(node.kind, node.key, ref.raw, subpath, anchor, display)
            case FoundFile(path=file) if file in self._snapshot.files:
                return LinkValue("file", file, ref.raw, subpath, display=file.rsplit("/", 1)[-1])
            case _:
                shown = subpath if not ref.display else ""
                return LinkValue(NONE_LINK, fold(path), ref.display or ref.raw, shown, display=ref.display)

    def relation(self, path: VaultPath, name: str) -> list[Value] | None:
        """Return the pages that a relation of a published note leads to, None when it is not one."""
        if name != "trail" and name not in self._relations:
            return None
        node = Node("note", path)
        if name == "trail":
            steps = [step for trail in self._snapshot.trails.get(node, ()) for step in trail]
        else:
            edges = self._snapshot.relations.get(node, {}).get(name, ())
            steps = [edge.node for edge in edges if edge.node is not None]
        found = (self._page(step) for step in dict.fromkeys(steps))
        return [link for link in found if link]

    def _page(self, node: Node) -> LinkValue | None:
        """Return a link to a listed note or a hub, None for anything else."""
        if node.kind == "note":
            note = self._notes.get(VaultPath(node.key))
            return note.link if note and note.listed else None
        if node.kind == "hub":
            title = self._snapshot.title(node)
            return LinkValue("hub", node.key, title, display=title)
        return None


def of_date(date: Date | None) -> Moment | None:
    """Return a date of front matter as a value."""
    return moment(date.iso) if date else None
