"""Reads the front matter of a note, and finds the beginning of its body (FM)."""

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from garden.model.diagnostic import Diagnostic, Place
from garden.model.note import Field, HeldBack, HoldReason, Meta, Source, Status
from garden.model.settings import ReadingSettings
from garden.reading.frontmatter.outside import OutsideStatus, misspelt_outside, status_inside, status_outside
from garden.reading.frontmatter.parsing.cut import FrontMatterCut, cut_front_matter
from garden.reading.frontmatter.parsing.header import Pairs, begins_like_header, read_header
from garden.reading.frontmatter.parsing.plain_lines import read_plain_lines
from garden.reading.frontmatter.parsing.positions import Positions
from garden.reading.frontmatter.parsing.quoting import quoted
from garden.reading.frontmatter.parsing.rescue import Rescued, rescue, rescue_toml
from garden.reading.frontmatter.parsing.toml_nodes import read_toml
from garden.reading.frontmatter.parsing.yaml_nodes import YamlError, YamlMapping, YamlNode
from garden.reading.frontmatter.parsing.yaml_values import key_text
from garden.reading.frontmatter.properties import Properties, read_properties
from garden.reading.frontmatter.property import KNOWN_KEYS, compared
from garden.reading.frontmatter.statuses import gate_key, more_restrictive, withholding_status


class FrontMatter(Struct, frozen=True):
    """The meta data of a note, and its `body` with the line (1-based) on which it begins.

    `problems` are in the order of their places. With `explicit` the front matter clearly says where the note may
    appear, so that lines outside it are not searched for a status.
    """

    meta: Meta
    body: str
    body_line: int
    problems: tuple[Diagnostic, ...] = ()
    explicit: bool = False


class _Block(Struct, frozen=True):
    """The text before the body: its keys and values, the offset of the body, and problems."""

    pairs: Pairs
    positions: Positions
    start: int  # offsets of its content
    end: int
    body: int
    guarded: bool  # whether it has a status key that cannot be read
    problems: tuple[Diagnostic, ...]


def read_front_matter(source: Source, settings: ReadingSettings) -> FrontMatter:
    """Read the front matter of a note (FM-1 … FM-16) and cut it off; without front matter there are defaults."""
    block = _block(source, settings)
    if block is None:
        read = read_properties((), source, Positions(source.path, ""), settings, guarded=False)
        header = begins_like_header(source.text)
        outside = status_outside(source.text, settings.status_values, header=header)
        found = outside or misspelt_outside(source.text, settings.status_values)
        return _held_outside(source, FrontMatter(read.meta, source.text, 1), found, 1)
    read = read_properties(block.pairs, source, block.positions, settings, guarded=block.guarded)
    body_line = source.text.count("\n", 0, block.body) + 1
    problems = tuple(sorted((*block.problems, *read.problems)))
    front = FrontMatter(read.meta, source.text[block.body :], body_line, problems, read.explicit)
    settled = read.explicit or read.meta.status is Status.DRAFT
    return front if settled else _searched(source, settings, front, block, read)


def _searched(
    source: Source, settings: ReadingSettings, front: FrontMatter, block: _Block, read: Properties
) -> FrontMatter:
    """Hold a note back if a line that clearly does so is inside another property, or below the front matter."""
    first_line = source.text.count("\n", 0, block.start)
    known = frozenset(place.line - 1 - first_line for place in read.meta.places.values())
    inside = status_inside(source.text[block.start : block.end], settings.status_values, known)
    if inside is not None:
        return _held_outside(source, front, inside, first_line + 1)
    outside = status_outside(front.body, settings.status_values, after_front_matter=True)
    return _held_outside(source, front, outside, front.body_line)


def with_status_fields(
    source: Source, settings: ReadingSettings, front: FrontMatter, fields: Iterable[Field]
) -> FrontMatter:
    """Return `front` held back if a line of the body is an inline field such as `status:: draft`.

    A field inside a line or a list item is about that item; one with another value has no effect.
    """
    if front.explicit or front.meta.status is Status.DRAFT:
        return front
    for field in fields:
        key = gate_key(field.label)
        asked = withholding_status(key, field.value, settings.status_values) if key else None
        if asked is not None and _begins_line(
            front.body, field.place.line - front.body_line, field.place.column
        ):
            found = OutsideStatus(asked, f"{field.label}:: {field.value}", field.place.line - 1)
            return _held_outside(source, front, found, 1)
    return front


def _begins_line(body: str, number: int, column: int) -> bool:
    """Say whether nothing but marks of emphasis is before a column of a line; lines are counted from 0."""
    line = body.split("\n")[number]
    return not line[: column - 1].strip("*_")


def _held_outside(
    source: Source, front: FrontMatter, found: OutsideStatus | None, first_line: int
) -> FrontMatter:
    """Return `front` with the status that was found outside its front matter."""
    if found is None:
        return front
    result = "hidden" if found.status is Status.HIDDEN else "held back"
    problem = Diagnostic(
        Place(source.path, first_line + found.line, 1),
        "status-near",
        f"{quoted(found.written)} is not in the front matter, but probably meant to be: the note is {result}",
        "write it between two lines `---` at the top of the note, or write `status: published` there",
    )
    meta = front.meta
    held = meta.held or (HeldBack(HoldReason.NEAR, found.written) if found.status is Status.DRAFT else None)
    status = more_restrictive(meta.status, found.status)
    return replace(
        front,
        meta=replace(meta, status=status, held=held),
        problems=tuple(sorted((*front.problems, problem))),
    )


def _block(source: Source, settings: ReadingSettings) -> _Block | None:
    """Return the front matter, or Pelican's header (FM-13); None when there is neither."""
    cut = cut_front_matter(source.text)
    if cut is not None:
        return _cut_block(cut, source, settings)
    header = read_header(source.text)
    if header is None:
        return None
    pairs, body = header
    problem = Diagnostic(
        Place(source.path, 1, 1),
        "header-pelican",
        "the first lines are read as Pelican's header and are not shown",
    )
    positions = Positions(source.path, source.text[:body])
    return _Block(pairs, positions, body, body, body, False, (problem,))


def _cut_block(cut: FrontMatterCut, source: Source, settings: ReadingSettings) -> _Block | None:
    """Parse the text that was cut off; None if it is not front matter, which is only possible after blank lines."""
    positions = Positions(source.path, source.text[: cut.body])
    problems = _boundary_problems(cut, positions)
    written = source.text[cut.start : cut.end]
    rescued: Rescued | None = None
    try:
        pairs = read_toml(written, cut.start).pairs if cut.toml else _pairs(written, cut.start)
    except YamlError as error:
        problems.append(_malformed(error, positions, toml=cut.toml))
        rescued = rescue_toml(written, cut.start) if cut.toml else rescue(written, cut.start)
        pairs = rescued.pairs
    if cut.late and not _has_meaning(pairs, source, settings, rescued):
        return None
    guarded = rescued is not None and rescued.guarded
    return _Block(pairs, positions, cut.start, cut.end, cut.body, guarded, tuple(problems))


def _has_meaning(pairs: Pairs, source: Source, settings: ReadingSettings, rescued: Rescued | None) -> bool:
    """Say whether a block after blank lines is front matter: whether one of its keys has a meaning (FM-1).

    Malformed YAML counts as front matter only if it has a key that may hold the note back, so that no text is lost.
    """
    if rescued is not None:
        return rescued.guarded or any(gate_key(key_text(key, source.text)) for key, _ in pairs)
    names = {compared(key_text(key, source.text), settings.relations) for key, _ in pairs}
    return any(name in KNOWN_KEYS or name in settings.relations for name in names)


def _pairs(yaml: str, base: int) -> Pairs:
    """Return the keys and values of YAML at offset `base`. Raises YamlError."""
    node: YamlNode | None = read_plain_lines(yaml, base)
    if node is None:
        # Slow to import, and seldom needed.
        from garden.reading.frontmatter.parsing.yaml_tree import read_yaml

        node = read_yaml(yaml, base)
    if node is None:
        return ()
    if isinstance(node, YamlMapping):
        return node.pairs
    raise YamlError(node.start, "no line `key: value`")


def _malformed(error: YamlError, positions: Positions, *, toml: bool) -> Diagnostic:
    """Report front matter that the parser does not understand."""
    return Diagnostic(
        positions.place(error.offset),
        "yaml-malformed",
        f"front matter is not valid {'TOML' if toml else 'YAML'}: {error.message}",
        help="put the text in double quotation marks"
        if toml
        else "put text that contains `: `, ` #`, quotation marks or brackets in double quotation marks",
    )


def _boundary_problems(cut: FrontMatterCut, positions: Positions) -> list[Diagnostic]:
    """Report front matter that begins late or is never closed."""
    place = positions.place(cut.opening)
    mark = "+++" if cut.toml else "---"
    problems = []
    if cut.late:
        problems.append(Diagnostic(place, "yaml-late", "front matter does not begin on the first line"))
    if not cut.closed:
        problems.append(Diagnostic(place, "yaml-unclosed", f"front matter has no closing line `{mark}`"))
    return problems
