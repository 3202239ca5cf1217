"""What is done to the tree when all text is known: emptied elements go, embeds become blocks, headings get ids and sections."""

import xml.etree.ElementTree as etree

from garden.model.body import NoteItem
from garden.model.names import Anchor, anchor, fold, heading_key, is_image
from garden.model.note import Block, Heading, RefKind
from garden.reading.syntax.blocks.raw_html import fit_into_outline
from garden.reading.syntax.boards import make_board
from garden.reading.syntax.engine.findings import Findings, FoundHeading
from garden.reading.syntax.engine.serialize import AFTER, BARE, BEFORE, ETX, RAW, STX, slot
from garden.reading.syntax.extra.abbreviations import mark_abbreviations
from garden.reading.syntax.extra.contents import fill_contents
from garden.reading.syntax.tree.directions import mark_directions
from garden.reading.syntax.tree.formulas import typeset
from garden.reading.syntax.tree.open_elements import close_open_elements
from garden.reading.syntax.tree.outline import read_outline

# The beginnings of slots.
_EMBED = f"{STX}embed-inline:"
_TAG_OPEN, _TAG_CLOSE = f"{STX}tag-open:", f"{STX}tag-close:"
# What may be between tags of one line.
_BETWEEN = " \t\n,;"
_CONTAINERS_THAT_MAY_GO = frozenset(("li", "ul", "ol", "blockquote", "p", BARE))


def finish(root: etree.Element, findings: Findings) -> None:
    """Finish the tree below `root`, once for each note, after the inline scan."""
    if findings.settings.outlines:
        findings.outline.extend(read_outline(root))
    typeset(findings)  # first: a formula without its content would seem to be nothing
    close_open_elements(root, findings)
    drop_emptied(root, findings)
    lift_embeds(findings)
    number_headings(findings)
    mark_blocks(findings)
    hide_title(root, findings)
    outline_headings(findings)
    make_board(root, findings)
    mark_abbreviations(root, findings)
    fill_contents(findings)
    report_unasked(findings)
    mark_directions(root, findings)
    fit_into_outline(findings)  # last: until here the author's tags are read as they are typed


def drop_emptied(root: etree.Element, findings: Findings) -> None:
    """Remove paragraphs that held nothing but comments or hierarchy lines, and what they leave empty."""
    hiding = [leaf for leaf in findings.leaves if leaf.hides and _is_empty(leaf.element)]
    for leaf in hiding:
        # Underlined hierarchy lines are not a heading: what is left is a line between two blocks.
        if leaf.has_fields and leaf.heading is not None:
            leaf.element.tag = "hr"
            leaf.heading = None
    findings.headings = [heading for heading in findings.headings if heading.element.tag != "hr"]
    emptied = [leaf.element for leaf in hiding if leaf.element.tag in _CONTAINERS_THAT_MAY_GO]
    if not emptied:
        return
    gone = {id(element) for element in emptied}
    rest = [child for child in root if id(child) not in gone]
    if len(rest) + len(gone) == len(root):
        root[:] = rest  # most are blocks of the note itself, which need no search for their parents
        return
    roots = [root, *(definition.element for definition in findings.footnotes.values())]
    parents = {id(child): parent for top in roots for parent in top.iter() for child in parent}
    while emptied:
        # All children that an element loses go at once: one by one would be quadratic.
        gone = {id(element) for element in emptied}
        losers = {id(parents[number]): parents[number] for number in gone if number in parents}
        for loser in losers.values():
            loser[:] = [child for child in loser if id(child) not in gone]
        emptied = [
            loser for loser in losers.values() if loser.tag in _CONTAINERS_THAT_MAY_GO and _is_empty(loser)
        ]


def lift_embeds(findings: Findings) -> None:
    """Make an embed that is a whole paragraph a block; make room for blocks next to text (EM-10).

    Several images of one paragraph stay in it, side by side.
    """
    embed = RefKind.EMBED  # Python looks members of an enumeration up slowly
    if not findings.html and not any(ref.kind is embed for ref in findings.refs):
        return
    for leaf in findings.leaves:
        element = leaf.element
        if leaf.kind != "paragraph" or not len(element):
            continue
        alone = not (element.text or "").strip() and all(
            child.tag == RAW and (child.text or "").startswith(_EMBED) and not (child.tail or "").strip()
            for child in element
        )
        if alone and not (len(element) > 1 and _are_images(findings, element)):
            for child in element:
                child.text = (child.text or "").replace("embed-inline", "embed-block", 1)
            if element.tag == "p":
                element.tag = BARE
        elif leaf.may_hold_blocks and element.tag == "p":
            element.tag = "div"
            element.set("class", "paragraph")


def _are_images(findings: Findings, embeds: etree.Element) -> bool:
    """Say whether all embeds of a paragraph show images."""
    indexes = (int((child.text or "").removeprefix(_EMBED).rstrip(ETX)) for child in embeds)
    return all(is_image(findings.refs[index - findings.first_ref].target.path) for index in indexes)


def number_headings(findings: Findings) -> None:
    """Give every heading its id (AN-1), shift level 1 down (TI-2), and mark the sections (EM-4)."""
    taken = set(findings.raw_ids)
    repeats: dict[str, int] = {}
    for heading in findings.headings:
        heading.anchor = _free(
            Anchor(heading.wanted) if heading.wanted else anchor(heading.text), taken, repeats
        )
        heading.element.set("id", slot("id", heading.anchor))
        if heading.level == 1:
            heading.element.tag = "h2"
    # The heading with index n has the marks 2n, where its section begins, and 2n + 1, where it ends.
    for parent, numbers in _by_parent(findings.headings):
        open_sections: list[tuple[int, int]] = []  # (level, index of the heading)
        for number in numbers:
            heading = findings.headings[number]
            while open_sections and open_sections[-1][0] >= heading.level:
                _mark(heading.element, BEFORE, 2 * open_sections.pop()[1] + 1)
            _mark(heading.element, BEFORE, 2 * number)
            open_sections.append((heading.level, number))
        for _, number in reversed(open_sections):
            _mark(parent[-1], AFTER, 2 * number + 1)


def outline_headings(findings: Findings) -> None:
    """Give screen readers an outline without gaps, where the author left levels out (HC-2).

    Many notes begin with `###`: the element stays as it is written and looks so.
    """
    levels: list[int] = []  # those of the sections around a heading, from the outside in
    for heading in findings.headings:
        if not heading.shown:
            continue
        level = max(2, heading.level)
        while levels and levels[-1] >= level:
            levels.pop()
        levels.append(level)
        if len(levels) + 1 < level:
            heading.element.set("aria-level", slot("level", str(len(levels) + 1)))


def mark_blocks(findings: Findings) -> None:
    """Give every element with a block id its anchor, and mark where it begins and ends."""
    first_mark = 2 * len(findings.headings)  # those before it are of headings (`number_headings`)
    seen: set[str] = set()
    anchors: dict[int, Anchor] = {}
    for number, block in enumerate(findings.blocks):
        if block.id in seen:
            findings.report(
                "block-duplicate",
                block.place,
                f"the block id ^{block.id} is already used; the first block counts",
            )
            continue
        seen.add(block.id)
        if block.heading is not None:
            continue  # it is the section, whose marks and id it has
        _mark(block.element, BEFORE, first_mark + 2 * number)
        _mark(block.element, AFTER, first_mark + 2 * number + 1)
        if block.element.tag == BARE:
            block.element.tag = "div"
        # An element has one id: a second block id leads to the first one's. No heading's id has a colon.
        block.anchor = anchors.setdefault(id(block.element), Anchor(f"block:{block.id}"))
        if block.element.tag != RAW:
            block.element.set("id", slot("id", block.anchor))


def report_unasked(findings: Findings) -> None:
    """Name each construct of Python-Markdown's that the note has and the settings do not ask for (FT-9)."""
    for construct, at in findings.unasked.items():
        findings.report(
            "markdown-extension",
            at,
            f'"{construct}" of Python-Markdown is not in the setting `constructs`, so it is shown as typed',
            f'add "{construct}" to "constructs" in GARDEN to turn it on',
        )


def found_headings(findings: Findings, marks: dict[int, int]) -> tuple[Heading, ...]:
    """Return the headings with their sections as ranges of parts."""
    return tuple(
        Heading(
            found.level,
            found.text,
            heading_key(found.key_text or found.text),
            found.anchor or Anchor(""),
            findings.place(found.place),
            marks.get(2 * number, 0),
            marks.get(2 * number + 1, 0),
            found.shown,
            found.above,
            heading_key(found.typed),
            found.nested,
        )
        for number, found in enumerate(findings.headings)
    )


def found_blocks(findings: Findings, marks: dict[int, int]) -> tuple[Block, ...]:
    """Return the blocks with ids as ranges of parts; of two with one id the first."""
    first_mark = 2 * len(findings.headings)
    sections = {id(heading): 2 * number for number, heading in enumerate(findings.headings)}
    found = []
    for number, block in enumerate(findings.blocks):
        heading = block.heading
        if heading is None:
            mark, element_id = first_mark + 2 * number, block.anchor
        else:
            # A block id after a heading names its section; a heading that only repeats the title has no element.
            mark, element_id = sections.get(id(heading), -1), heading.anchor if heading.shown else None
        if mark in marks:
            place = findings.place(block.place)
            found.append(
                Block(block.id, element_id or Anchor(""), place, marks[mark], marks[mark + 1], block.wrap)
            )
    return tuple(found)


def found_items(findings: Findings) -> tuple[NoteItem, ...]:
    """Return the items of all lists, with what each says itself."""
    if not findings.items:
        return ()
    leaves = {id(leaf.element): leaf for leaf in findings.leaves}
    blocks = {id(block.element): block.id for block in reversed(findings.blocks)}
    found = []
    for item in findings.items:
        leaf = next((leaves[id(child)] for child in item.element if id(child) in leaves), None)
        text, last = ("", item.line)
        if leaf:
            text, last = (leaf.text.text if leaf.written is None else leaf.written), leaf.text.last_line
        block = blocks.get(id(item.element), "")
        found.append(NoteItem(item.mark, text, item.line, max(last, item.line), item.parent, block))
    return tuple(found)


def hide_title(root: etree.Element, findings: Findings) -> None:
    """Settle the title (TI-1); hide a level-1 heading that begins the body and repeats it (TI-2)."""
    index = next((index for index, block in enumerate(root) if not _is_preamble(block)), len(root))
    first = root[index] if index < len(root) else None
    heading = next((heading for heading in findings.headings if heading.element is first), None)
    if heading is None or heading.level != 1 or not heading.text:
        return
    findings.title = findings.title or heading.text
    if fold(heading.text) == fold(findings.title):
        heading.shown = False
        hidden = etree.Element(RAW)
        hidden.attrib.update(
            {name: value for name, value in heading.element.attrib.items() if name in (BEFORE, AFTER)}
        )
        root[index] = hidden


def _is_preamble(block: etree.Element) -> bool:
    """Say whether a block is nothing, or nothing but tags and fields: then it is not the first block (TI-1)."""
    if block.tag == RAW:
        return not (block.text or "").strip()  # what an HTML comment leaves
    if block.tag in ("ul", "ol", "li"):
        return not (block.text or "").strip() and all(_is_preamble(child) for child in block)
    if block.tag not in ("p", BARE) or (block.text or "").strip(_BETWEEN):
        return False
    in_tag = False
    for child in block:
        if child.tag == RAW and (child.text or "").startswith(_TAG_OPEN):
            in_tag = True
        elif child.tag == RAW and (child.text or "").startswith(_TAG_CLOSE):
            in_tag = False
        elif child.tag != "br" and child.get("class") != "field":
            return False
        if not in_tag and (child.tail or "").strip(_BETWEEN):
            return False
    return True


def _by_parent(headings: list[FoundHeading]) -> list[tuple[etree.Element, list[int]]]:
    """Return the elements that have headings as children, each with the indexes of its headings."""
    groups: dict[int, tuple[etree.Element, list[int]]] = {}
    for number, heading in enumerate(headings):
        groups.setdefault(id(heading.parent), (heading.parent, []))[1].append(number)
    return list(groups.values())


def _free(wanted: Anchor, taken: set[str], taken_before: dict[str, int]) -> Anchor:
    """Return an id, with a number if it is taken, and take it."""
    candidate = wanted
    while candidate in taken:
        # The count of each name continues where it stopped, so that ten thousand equal headings take linear time.
        taken_before[wanted] = taken_before.get(wanted, 0) + 1
        candidate = Anchor(f"{wanted}-{taken_before[wanted]}")
    taken.add(candidate)
    return candidate


def _mark(element: etree.Element, side: str, number: int) -> None:
    """Add a mark before or after an element; `side` is BEFORE or AFTER."""
    before = element.get(side)
    element.set(side, f"{before} {number}" if before else str(number))


def _is_empty(element: etree.Element) -> bool:
    return not len(element) and not (element.text or "").strip()
