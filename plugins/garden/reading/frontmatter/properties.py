"""Interprets the keys of front matter (FM-3 … FM-10, FM-15, FM-16)."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import stem
from garden.model.note import Date, HeldBack, HoldReason, Meta, Source, Status, Tag, TitledText
from garden.model.settings import ReadingSettings
from garden.reading.frontmatter.dates import parse_date, stem_date
from garden.reading.frontmatter.links import PropertyLinks
from garden.reading.frontmatter.misspelling import nearest
from garden.reading.frontmatter.parsing.positions import Positions, ScalarText
from garden.reading.frontmatter.parsing.quoting import quoted
from garden.reading.frontmatter.parsing.yaml_nodes import YamlNode, YamlScalar
from garden.reading.frontmatter.parsing.yaml_values import is_empty, items, key_text, scalars, to_value
from garden.reading.frontmatter.property import ALT_KEYS, IMAGE_KEYS, KNOWN_KEYS, Property, compared
from garden.reading.frontmatter.publication import read_publication
from garden.reading.frontmatter.robots import robots_directives
from garden.reading.frontmatter.titled_texts import QUESTIONS, STEPS, titled_texts
from garden.reading.tags import is_tag

# The first one with a date counts (FM-15).
_DATE_KEYS = ("date", "created", "date created", "creation date")
_MODIFIED_KEYS = ("modified", "updated", "lastmod", "last_modified", "date modified")
_MERGED = frozenset(("tags", "tag", "aliases", "alias"))  # if one of them occurs twice, all values count
# The tags in a text: between commas, all of it, or between spaces.
_COMMA_PIECES = re.compile(r"[^,]+")
_WHOLE = re.compile(r".+", re.DOTALL)
_WORDS = re.compile(r"\S+")
_SPACE = re.compile(r"\s+")
_LINE_ENDS = re.compile(r"\s*\n\s*")
# At least two letters: `C:` is a drive, which is unsafe as an address (PB-5).
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,7}")  # BCP 47, or a locale like it


class Properties(NamedTuple):
    """The meta data from the properties of a note; `explicit` as in `Publication`."""

    meta: Meta
    problems: tuple[Diagnostic, ...]
    explicit: bool


def read_properties(
    pairs: Sequence[tuple[YamlNode, YamlNode]],
    source: Source,
    positions: Positions,
    settings: ReadingSettings,
    *,
    guarded: bool,
) -> Properties:
    """Return the meta data of the pairs of a front matter.

    With `guarded` there is a status key that could not be read, so the note is a draft (FM-9).
    """
    reader = _PropertyReader(pairs, source, positions, settings)
    return reader.read(guarded=guarded)


class _PropertyReader:
    """The properties of one note, without duplicates (FM-8)."""

    def __init__(
        self,
        pairs: Sequence[tuple[YamlNode, YamlNode]],
        source: Source,
        positions: Positions,
        settings: ReadingSettings,
    ) -> None:
        self.problems: list[Diagnostic] = []
        self._source = source
        self._positions = positions
        self._settings = settings
        self._last: dict[str, Property] = {}  # of each name the last one, by place
        self._all: list[Property] = []
        for key_node, value_node in pairs:
            key = key_text(key_node, source.text)
            name = compared(key, settings.relations)
            self._add(Property(key, name, value_node, positions.place(key_node.start)))

    def _add(self, prop: Property) -> None:
        """Add a property; report one of the same name before it."""
        earlier = self._last.pop(prop.name, None)
        if earlier is not None:
            self._problem(
                prop,
                "yaml-duplicate-key",
                f"the key {quoted(prop.key)} occurs twice; "
                + ("both values count" if self._merges(prop) else "the last value counts"),
                related=(earlier.place,),
            )
        self._last[prop.name] = prop
        self._all.append(prop)

    def _merges(self, prop: Property) -> bool:
        """Say whether all values of a key count if it occurs twice, and not only the last one."""
        return prop.name in _MERGED or prop.name in self._settings.relations

    def read(self, *, guarded: bool) -> Properties:
        """Return the meta data and problems of all properties."""
        links = PropertyLinks(self._source.text, self._positions)
        for prop in self._all:
            if prop.name in self._settings.relations:
                links.read_relation(prop.name, prop.node, prop.place)
            elif prop is self._last[prop.name] or self._merges(prop):
                links.read_property(prop.node, prop.place)
        publication = read_publication(tuple(self._last.values()), self._source.path, self._settings)
        self.problems += publication.problems
        unreadable = HeldBack(HoldReason.UNREADABLE, "") if guarded else None
        image_ref, image_address = self._image(links)
        meta = Meta(
            title=_LINE_ENDS.sub(" ", self._text("title")),
            slug=self._text("slug"),
            permalink=self._text("permalink"),
            url=self._address("url"),
            save_as=self._address("save_as"),
            status=Status.DRAFT if guarded else publication.status,
            held=publication.held or unreadable,
            date=self._date(*_DATE_KEYS)
            or stem_date(stem(self._source.path))
            or parse_date(self._settings.default_date),
            modified=self._date(*_MODIFIED_KEYS),
            summary=self._text("summary", "description"),
            image_ref=image_ref,
            image_address=image_address,
            image_alt=self._text(*ALT_KEYS),
            robots=robots_directives(self._text("robots"), self._text("noindex")),
            questions=self._titled_texts(QUESTIONS),
            steps=self._titled_texts(*STEPS),
            category=self._text("category"),
            authors=self._authors(),
            lang=self._language(),
            aliases=self._aliases(),
            tags=self._tags(),
            refs=tuple(links.refs),
            properties={prop.key: to_value(prop.node, self._source.text) for prop in self._last.values()},
            places={prop.key.strip().lower(): prop.place for prop in self._last.values()},
        )
        self.problems += links.problems
        self._report_near_keys({problem.place for problem in publication.problems})
        return Properties(meta, tuple(self.problems), explicit=publication.explicit)

    def _image(self, links: PropertyLinks) -> tuple[int | None, str]:
        """Return the note's picture (FM-17): the index of its reference, or an address; the first key counts."""
        for prop in self._filled(*IMAGE_KEYS):
            found = links.read_image(prop.node, prop.place)
            if found != (None, ""):
                return found
        return None, ""

    def _report_near_keys(self, reported: set[Place]) -> None:
        """Report unknown keys that look like known ones (FM-16), unless their place has a problem already."""
        for prop in self._last.values():
            # Keys that begin with an underscore are for a program or for the author only.
            known = (
                prop.name in KNOWN_KEYS or prop.name in self._settings.relations or prop.name.startswith("_")
            )
            near = "" if known or prop.place in reported else nearest(prop.name)
            if near:
                self._problem(
                    prop,
                    "key-near",
                    f"the key {quoted(prop.key)} is not known",
                    hint=f"did you mean `{near}`?",
                )

    def _filled(self, *names: str) -> list[Property]:
        """Return the properties of these names that have a value, in the order of the names."""
        last = self._last
        return [last[name] for name in names if name in last and not is_empty(last[name].node)]

    def _text(self, *names: str) -> str:
        """Return the text of the first of these properties that is a text, as typed (FM-4) and trimmed."""
        for name in names:
            prop = self._last.get(name)
            if prop is not None and isinstance(prop.node, YamlScalar) and not is_empty(prop.node):
                return prop.node.text.strip()
        return ""

    def _titled_texts(self, *names: str) -> tuple[TitledText, ...]:
        """Return the questions or steps of the first of these properties that has any (FM-19)."""
        found = (titled_texts(prop.name, prop.node) for prop in self._filled(*names))
        return next((items for items in found if items), ())

    def _address(self, name: str) -> str:
        """Return an address for the page; a value with a scheme is for the author's own purposes (TI-8)."""
        written = self._text(name)
        return "" if _SCHEME.match(written) or "://" in written else written

    def _language(self) -> str:
        """Return the language if it has the form of a language tag, by which catalogs of messages are looked up."""
        written = self._text("lang")
        return written if _LANGUAGE.fullmatch(written) else ""

    def _date(self, *names: str) -> Date | None:
        """Return the first of these properties that is a date; report those that are not."""
        dates = []
        for prop in self._filled(*names):
            date = parse_date(prop.node.text) if isinstance(prop.node, YamlScalar) else None
            if date is not None:
                dates.append(date)
            else:
                self._problem(
                    prop,
                    "date-invalid",
                    f"{quoted(prop.key)} is not an ISO date",
                    hint="write it like 2023-01-17 or 2023-01-17T09:30",
                )
        return dates[0] if dates else None

    def _tags(self) -> tuple[Tag, ...]:
        """Return the valid tags (FM-6)."""
        tags = []
        for prop in self._all:
            if prop.name not in ("tags", "tag"):
                continue
            for written, place in self._tag_texts(prop):
                name = _SPACE.sub("-", written.strip().removeprefix("#").strip()).rstrip("/")
                if is_tag(name):
                    tags.append(Tag(name, place))
                elif written.strip() not in ("", "#"):
                    problem = f"{quoted(written)} is not a valid tag"
                    self.problems.append(Diagnostic(place, "tag-invalid", problem))
        return tuple(tags)

    def _tag_texts(self, prop: Property) -> list[tuple[str, Place]]:
        """Return the items of a tag property as written, each with its place."""
        found = []
        for item in items(prop.node):
            if not isinstance(item, YamlScalar):
                found.append((key_text(item, self._source.text), prop.place))
            elif not is_empty(item):
                pieces = _WHOLE
                if item is prop.node:  # not in a list
                    pieces = _COMMA_PIECES if "," in item.text else _WORDS
                found += self._pieces(item, pieces, prop.place)
        return found

    def _pieces(self, item: YamlScalar, pieces: re.Pattern[str], key: Place) -> list[tuple[str, Place]]:
        """Return the pieces of a text, each with its place, or with that of the `key` where it is not found."""
        written = ScalarText(item.text, item.start, item.end, self._source.text)
        found = []
        for match in pieces.finditer(item.text):
            text = match[0].strip()
            if text:
                offset = written.offset(text, match.start() + match[0].index(text))
                found.append((text, key if offset is None else self._positions.place(offset)))
        return found

    def _aliases(self) -> tuple[str, ...]:
        """Return the aliases as typed, each once (FM-7)."""
        names: dict[str, None] = {}
        for prop in self._all:
            if prop.name in ("aliases", "alias"):
                names.update(dict.fromkeys(_split(prop.node, ",")))
        return tuple(names)

    def _authors(self) -> tuple[str, ...]:
        """Return the authors, each once; semicolons separate them if there are any, since names may contain commas."""
        names: dict[str, None] = {}
        for prop in self._filled("author", "authors"):
            separator = ";" if isinstance(prop.node, YamlScalar) and ";" in prop.node.text else ","
            names.update(dict.fromkeys(_split(prop.node, separator)))
        return tuple(names)

    def _problem(
        self,
        prop: Property,
        code: str,
        message: str,
        hint: str = "",
        related: tuple[Place, ...] = (),
    ) -> None:
        self.problems.append(Diagnostic(prop.place, code, message, hint, related))


def _split(node: YamlNode, separator: str) -> list[str]:
    """Return the texts of a list, or of one text split at `separator`; empty ones are dropped."""
    if isinstance(node, YamlScalar):
        texts = [] if is_empty(node) else node.text.split(separator)
    else:
        texts = [scalar.text for scalar in scalars(node) if not is_empty(scalar)]
    return [text.strip() for text in texts if text.strip()]
