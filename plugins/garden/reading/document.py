"""Converts a Source to a Document.

A note is converted without regard to others: everything that depends on other notes is left as a slot (`body_parts`).
"""

import traceback
from hashlib import sha256
from pathlib import Path

from msgspec.structs import replace

from garden.model.body import Body, NoteItem
from garden.model.diagnostic import Diagnostic, Place
from garden.model.markdown import fenced
from garden.model.names import fold, is_view_file, stem
from garden.model.note import OPENING, Document, Field, Meta, Source, Status, Tag
from garden.model.settings import ReadingSettings
from garden.reading.body_parts import Footnotes, cut_parts
from garden.reading.frontmatter.read import FrontMatter, read_front_matter, with_status_fields
from garden.reading.frontmatter.titled_texts import shown_alone
from garden.reading.search_terms import note_terms, topics
from garden.reading.syntax.boards import board_text
from garden.reading.syntax.engine.findings import Findings
from garden.reading.syntax.engine.serialize import escape
from garden.reading.syntax.fences.highlighting import coloured_in
from garden.reading.syntax.markdown_adapter import convert
from garden.reading.syntax.tree.finish import found_blocks, found_headings, found_items
from garden.reading.typography import typographic

# The properties by which Obsidian's plugins mark their notes.
_DRAWING = "excalidraw-plugin"
_BOARD = "kanban-plugin"


def read_document(source: Source, settings: ReadingSettings, former: Body | None = None) -> Document:
    """Convert one note. The result depends only on its text and the settings, never on another note.

    Highlighted code that has not changed is taken from the `former` body.

    It never raises, so that a bug does not affect other notes (HC-9): a note that cannot be converted is shown as its
    source, with an error; if even its front matter cannot be read, it is a draft.
    """
    try:
        if is_view_file(source.path):
            from garden.reading.view_files import read_view_file  # few files are, as few notes are drawings

            return replace(read_view_file(source, settings), size=source.size)
        front = read_front_matter(source, settings)
    except Exception as error:  # noqa: BLE001 (whatever our own mistake raises)
        return Document(
            source.path,
            source.sha,
            stem(source.path),
            Meta(status=Status.DRAFT),
            problems=(_bug(source, error),),
        )
    try:
        is_drawing = any(key.lower() == _DRAWING for key in front.meta.properties)
        document = (
            _drawing(source, front, settings) if is_drawing else _converted(source, settings, front, former)
        )
        return replace(document, text_hash=_text_hash(front.body), size=source.size)
    except Exception as error:  # noqa: BLE001 (whatever our own mistake raises)
        body = Body((f'<pre tabindex="0">{escape(front.body)}</pre>',), markdown=(fenced(front.body),))
        title = front.meta.title or stem(source.path)
        return Document(
            source.path,
            source.sha,
            title,
            _without_titled_texts(front.meta),
            front.meta.refs,
            body=body,
            problems=(_bug(source, error),),
            text_hash=_text_hash(front.body),
        )


def _text_hash(text: str) -> str:
    """Return the hash of a text without the blank lines around it, empty for no text."""
    stripped = text.strip()
    # 64 bits are enough to distinguish the notes of a vault, and short enough for a file that people read.
    return sha256(stripped.encode("utf-8", "surrogatepass")).hexdigest()[:16] if stripped else ""


def _items_hash(items: tuple[NoteItem, ...]) -> str:
    """Return the hash of the items of lists, empty for none, by which a change that does not affect them is recognised."""
    written = "\n".join(
        [
            f"{item.mark}\0{item.line} {item.last_line} {item.parent} {item.block}\0{item.text}"
            for item in items
        ]
    )
    return sha256(written.encode("utf-8", "surrogatepass")).hexdigest()[:16] if items else ""


def _drawing(source: Source, front: FrontMatter, settings: ReadingSettings) -> Document:
    """Return a note that the Excalidraw plugin has written; its text is the drawing's, and nothing of it is shown."""
    from garden.reading.drawings.drawing import UnreadableDrawingError, read_drawing_note
    from garden.reading.view_files import view_box

    front = replace(front, meta=_without_titled_texts(front.meta))
    place = front.meta.places.get(_DRAWING, Place(source.path, 1, 1))
    problem = Diagnostic(
        place, "not-rendered", "Excalidraw drawing: not rendered, because the settings turn drawings off"
    )
    if "excalidraw" in settings.views:
        try:
            document = read_drawing_note(source, front.body, front.meta, settings)
            return replace(document, problems=(*source.problems, *front.problems, *document.problems))
        except UnreadableDrawingError as error:
            problem = Diagnostic(place, "view-syntax", f"this drawing is not rendered: {error}")
    return Document(
        source.path,
        source.sha,
        front.meta.title or stem(source.path).removesuffix(".excalidraw"),
        front.meta,
        front.meta.refs,
        front.meta.tags,
        # Its source names the notes in it, perhaps unpublished ones.
        body=Body(view_box("Excalidraw drawing", "", "excalidraw"), has_views=True),
        problems=(*source.problems, *front.problems, problem),
        view="drawing",
    )


def _without_titled_texts(meta: Meta) -> Meta:
    """Return front matter without the questions and steps for search engines (FM-19), for a note whose text is not shown."""
    return replace(meta, questions=(), steps=())


def _typographic(meta: Meta, language: str) -> Meta:
    """Return the front matter with the typographic punctuation of `language` in the texts that readers see (FT-8)."""
    return replace(meta, title=typographic(meta.title, language), summary=typographic(meta.summary, language))


def _converted(
    source: Source, settings: ReadingSettings, front: FrontMatter, former: Body | None
) -> Document:
    """Return an ordinary note: its body converted, with everything that was found in it."""
    language = front.meta.lang or settings.site_language
    if settings.typography:
        front = replace(front, meta=_typographic(front.meta, language))
    board = "kanban" in settings.views and any(key.lower() == _BOARD for key in front.meta.properties)
    findings = Findings(
        source.path,
        settings,
        language,
        board=board,
        properties=front.meta.properties,
        title=front.meta.title,
        first_ref=len(front.meta.refs),
        coloured=coloured_in(former) if former else {},
    )
    converted = convert(board_text(front.body) if board else front.body, findings, front.body_line)
    front = with_status_fields(source, settings, front, findings.fields)
    parts, marks = cut_parts(converted.html, findings.views)
    footnotes = Footnotes(findings)
    parts = footnotes.number(parts)
    title = findings.title or stem(source.path)
    headings = found_headings(findings, marks)
    plain = "\n".join(findings.plain)
    words = plain.split()
    meta, unshown = shown_alone(front.meta, (title, plain, *(heading.text for heading in headings)))
    tags = _each_once((*meta.tags, *sorted(findings.tags, key=_place)))
    items = found_items(findings)
    return Document(
        path=source.path,
        sha=source.sha,
        title=title,
        meta=meta,
        refs=(*meta.refs, *findings.refs),
        tags=tags,
        fields=tuple(sorted(findings.fields, key=_place)),
        headings=headings,
        blocks=found_blocks(findings, marks),
        opening="\n".join(findings.plain[: findings.own_lines])[:OPENING],
        has_text=bool(words),
        words=len(words) + findings.unspaced_words,
        body=Body(
            parts,
            footnotes.texts(),
            findings.raw,
            footnotes.renumber(cut_parts(converted.markdown, findings.views)[0]),
            items,
            findings.has_views,
            plain,
            note_terms(
                plain,
                words,
                (meta.summary, *(heading.text for heading in headings)),
                topics(source.path, tags),
                (title, *meta.aliases),
                "\n".join(findings.code),
            ),
        ),
        problems=(*source.problems, *front.problems, *unshown, *sorted(findings.problems)),
        raw_ids=tuple(sorted(findings.raw_ids)),
        outline=tuple(findings.outline),
        items=_items_hash(items),
        view="kanban" if board else "",
    )


def _bug(source: Source, error: Exception) -> Diagnostic:
    """Report a mistake of ours with the line of code that it is in."""
    where = traceback.extract_tb(error.__traceback__)[-1]
    return Diagnostic(
        Place(source.path, 1, 1),
        "internal-error",
        f"this note cannot be converted: {type(error).__name__} in {Path(where.filename).name}:{where.lineno}: "
        f"{error}",
        "this is a bug in Garden; please report it with the note",
    )


def _place(found: Tag | Field) -> Place:
    return found.place


def _each_once(tags: tuple[Tag, ...]) -> tuple[Tag, ...]:
    """Return the first of the tags that are equal by fold."""
    first: dict[str, Tag] = {}
    for tag in tags:
        first.setdefault(fold(tag.name), tag)
    return tuple(first.values())
