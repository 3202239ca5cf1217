"""The front matter of a note: what it says and where the body begins (FM)."""

from dataclasses import dataclass

from garden.model.diagnostic import Diagnostic
from garden.model.note import Meta, Source
from garden.model.settings import ReadingSettings
from garden.reading.frontmatter.cut import FrontMatterCut, cut_front_matter
from garden.reading.frontmatter.positions import Positions
from garden.reading.frontmatter.properties import read_properties
from garden.reading.frontmatter.rescue import rescue
from garden.reading.frontmatter.yaml_nodes import YamlError, YamlMapping, YamlNode, read_yaml


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """A note cut in two: its meta data, and its `body` with the line (1-based) that it begins on.

    `problems` are in the order of their places.
    """

    meta: Meta
    body: str
    body_line: int
    problems: tuple[Diagnostic, ...] = ()


def read_front_matter(source: Source, settings: ReadingSettings) -> FrontMatter:
    """Read the front matter of a note (FM-1 … FM-12) and cut it off; a note without one has defaults."""
    cut = cut_front_matter(source.text)
    if cut is None:
        meta, _ = read_properties((), source, Positions(source.path, ""), settings, guarded=False)
        return FrontMatter(meta, source.text, 1)
    head = source.text[: cut.body]
    positions = Positions(source.path, head)
    problems = _boundary_problems(cut, positions)
    pairs: tuple[tuple[YamlNode, YamlNode], ...] = ()
    guarded = False
    try:
        pairs = _pairs(source.text[cut.start : cut.end], cut.start)
    except YamlError as error:
        problems.append(_malformed(error, positions))
        rescued = rescue(source.text[cut.start : cut.end], cut.start)
        pairs, guarded = rescued.pairs, rescued.guarded
    meta, found = read_properties(pairs, source, positions, settings, guarded=guarded)
    return FrontMatter(
        meta, source.text[cut.body :], head.count("\n") + 1, tuple(sorted((*problems, *found)))
    )


def _pairs(yaml: str, base: int) -> tuple[tuple[YamlNode, YamlNode], ...]:
    node = read_yaml(yaml, base)
    if node is None:
        return ()
    if isinstance(node, YamlMapping):
        return node.pairs
    raise YamlError(node.start, "no line `key: value`")


def _malformed(error: YamlError, positions: Positions) -> Diagnostic:
    return Diagnostic(
        positions.place(error.offset),
        "yaml-malformed",
        f"front matter is not valid YAML: {error.message}",
        help="a text with `: `, ` #`, quotes or brackets in it goes between double quotes",
    )


def _boundary_problems(cut: FrontMatterCut, positions: Positions) -> list[Diagnostic]:
    place = positions.place(cut.opening)
    problems = []
    if cut.late:
        problems.append(Diagnostic(place, "yaml-late", "front matter does not begin on the first line"))
    if not cut.closed:
        problems.append(Diagnostic(place, "yaml-unclosed", "front matter has no closing line `---`"))
    return problems
