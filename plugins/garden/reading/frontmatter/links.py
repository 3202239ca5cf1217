"""Reads the links in property values and the relations of hierarchy fields (FM-11, HI-2, HI-3)."""

import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from garden.model.diagnostic import Diagnostic, Place
from garden.model.names import is_image
from garden.model.note import Ref, RefKind, Target
from garden.model.target import markdown_target, split_wikilink, wiki_target
from garden.reading.frontmatter.parsing.positions import Positions, ScalarText
from garden.reading.frontmatter.parsing.quoting import quoted
from garden.reading.frontmatter.parsing.yaml_nodes import YamlMapping, YamlNode, YamlScalar
from garden.reading.frontmatter.parsing.yaml_values import is_empty, items, scalars

_LINK = re.compile(
    r"""
    !?\[\[(?!\[)(?P<wiki>(?:[^\[\]\n]++|\[(?!\[)|\](?!\]))++)\]\]
    | !?\[(?P<text>[^\[\]]*+)\]\(
        (?P<dest><[^<>\n]*+>|[^\s()<>]*+(?:\([^\s()<>]*+\)[^\s()<>]*+)*+)
        (?:[ \t]+(?:"[^"\n]*+"|'[^'\n]*+'))?[ \t]*\)
    """,
    re.VERBOSE,
)
_EXTERNAL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//")
# An address that is written without a link; a name may contain a colon, too.
_ADDRESS = re.compile(r"<?(?:[A-Za-z][A-Za-z0-9+.-]*://|//|mailto:|tel:)")
_WEB = re.compile(r"https?://[^\s<>\"]+$")
_QUOTES = "\"'\u2018\u2019\u201c\u201d\u201e"
_SEPARATORS = " \t\n,\xa0" + _QUOTES


class _PropertyLink(NamedTuple):
    """A link in a text; `target` is None for one that does not lead into the vault."""

    start: int
    end: int
    kind: RefKind
    raw: str
    display: str
    target: Target | None


class PropertyLinks:
    """The links of one note's front matter, read property by property."""

    def __init__(self, file: str, positions: Positions) -> None:
        self.refs: list[Ref] = []
        self.problems: list[Diagnostic] = []
        self._file = file
        self._positions = positions

    def read_property(self, node: YamlNode, key: Place) -> None:
        """Collect every link in the texts of a property, at any depth (FM-11)."""
        for scalar in (node,) if isinstance(node, YamlScalar) else scalars(node):
            if "[" in scalar.text:
                self._take(scalar, list(_links(scalar.text)), key, "")

    def read_image(self, node: YamlNode, key: Place) -> tuple[int | None, str]:
        """Return the picture that a property names: the index of its reference, or its address on another site.

        It may be written as a link, which `read_property` has collected, or as a path. Any other value of such a
        property, for example a colour or a number, is not a picture.
        """
        scalar = next(iter(items(node)), None)
        if not isinstance(scalar, YamlScalar):
            return None, ""
        written = scalar.text.strip()
        found = next(_links(written), None)
        if found is None:
            if _WEB.match(written):
                return None, written
            if is_image(written) and not _EXTERNAL.match(written) and "[" not in written:
                self.refs.append(Ref(RefKind.IMAGE, markdown_target(quote(written)), written, key))
                return len(self.refs) - 1, ""
            return None, ""
        if found.target is None:
            return None, found.raw if _WEB.match(found.raw) else ""
        at = (at for at, ref in enumerate(self.refs) if ref.raw == found.raw and ref.target == found.target)
        return next(at, None), ""

    def read_relation(self, relation: str, node: YamlNode, key: Place) -> None:
        """Collect the targets of a hierarchy field (HI-2), and report values that are not targets (HI-3)."""
        for item in items(node):
            if isinstance(item, YamlMapping):
                self._problem(
                    key, "field-not-link", f"`{relation}` has a mapping, which does not name a note"
                )
                self.read_property(item, key)
            elif not is_empty(item):
                self._relation_item(relation, item, key)

    def _relation_item(self, relation: str, item: YamlScalar, key: Place) -> None:
        """Collect the links in one item of a hierarchy field, or its plain name."""
        found = list(_links(item.text))
        if not found:
            self._plain_name(relation, item, key)
            return
        self._take(item, found, key, relation)
        away = [link for link in found if link.target is None]
        if away:
            self._problem(
                key, "field-not-link", f"{quoted(away[0].raw)} in `{relation}` is not a note of this vault"
            )
        rest = _beside(item.text, found)
        if rest and len(away) < len(found):
            self._problem(
                key,
                "field-trailing-text",
                f"`{relation}` has more than links; {quoted(rest)} is ignored",
            )

    def _plain_name(self, relation: str, item: YamlScalar, key: Place) -> None:
        """Collect the name of a note without brackets, or report that it cannot be one."""
        name = item.text.strip()
        if len(name) > 1 and name[0] in _QUOTES and name[-1] in _QUOTES:
            name = name[1:-1].strip()
        split = None if "[" in name or "]" in name or _ADDRESS.match(name) else split_wikilink(name)
        if split is None:
            self._problem(
                key,
                "field-not-link",
                f"{quoted(item.text)} in `{relation}` is not a link to a note",
                hint="write it as [[name of a note]]",
            )
            return
        raw, display = split
        offset = ScalarText(item.text, item.start, item.end, self._file).offset(raw, item.text.find(raw))
        place = key if offset is None else self._positions.place(offset)
        target = wiki_target(raw)
        self.refs.append(Ref(RefKind.PROPERTY, target, raw, place, display, relation, plain_name=True))

    def _take(self, scalar: YamlScalar, found: list[_PropertyLink], key: Place, relation: str) -> None:
        """Collect the links that lead into the vault, with their places, or that of the `key` where one is not found."""
        written = ScalarText(scalar.text, scalar.start, scalar.end, self._file)
        for link in found:
            if link.target is not None:
                offset = written.offset(scalar.text[link.start : link.end], link.start)
                place = key if offset is None else self._positions.place(offset)
                self.refs.append(Ref(link.kind, link.target, link.raw, place, link.display, relation))

    def _problem(self, place: Place, code: str, message: str, hint: str = "") -> None:
        self.problems.append(Diagnostic(place, code, message, hint))


def _links(text: str) -> Iterator[_PropertyLink]:
    """Yield the wiki-links (WL-1, WL-2) and Markdown links (WL-13) of a text in order."""
    for match in _LINK.finditer(text):
        start, end = match.span()
        if match["wiki"] is not None:
            split = split_wikilink(match["wiki"])
            if split is not None:
                raw, display = split
                yield _PropertyLink(start, end, RefKind.PROPERTY, raw, display, wiki_target(raw))
            continue
        raw = match["dest"].removeprefix("<").removesuffix(">")
        # Only paths lead into the vault; `{filename}` and the like are Pelican's links.
        inside = raw and not _EXTERNAL.match(raw) and not raw.startswith(("#", "{"))
        target = markdown_target(raw) if inside else None
        yield _PropertyLink(start, end, RefKind.MARKDOWN, raw, match["text"], target)


def _beside(text: str, found: list[_PropertyLink]) -> str:
    """Return the text between the links in `text`, without separators and quotation marks."""
    ends = [0, *(link.end for link in found)]
    starts = [*(link.start for link in found), len(text)]
    gaps = (text[end:start].strip(_SEPARATORS) for end, start in zip(ends, starts, strict=True))
    return " ".join(gap for gap in gaps if gap)
