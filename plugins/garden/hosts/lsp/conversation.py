"""Conversion between our types and those of the protocol: positions in the editor's units, ranges, diagnostics, edits."""

import difflib
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from lsprotocol import types
from pygls.uris import from_fs_path, to_fs_path
from pygls.workspace import PositionCodec

from garden.authoring.fixes.note_text import NoteText
from garden.authoring.formats.context import HOMEPAGE
from garden.authoring.renaming import Renaming
from garden.hosts.lsp.completion import Proposal, Proposals
from garden.hosts.lsp.cursor import TypingContext, destination_span, end_of
from garden.hosts.lsp.navigation import Mention
from garden.hosts.lsp.open_vault import OpenVault
from garden.model.diagnostic import Diagnostic, Severity
from garden.model.names import VaultPath, is_note

_SEVERITIES: Final = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Hint,  # the least obtrusive one
}
_KINDS: Final = {
    TypingContext.NOTE: types.CompletionItemKind.Reference,
    TypingContext.FILE: types.CompletionItemKind.File,
    TypingContext.HEADING: types.CompletionItemKind.Struct,
    TypingContext.BLOCK: types.CompletionItemKind.Snippet,
    TypingContext.TAG: types.CompletionItemKind.Keyword,
    TypingContext.FIELD: types.CompletionItemKind.Field,
    TypingContext.PROPERTY: types.CompletionItemKind.Property,
}
_LINES: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
"""A line with its end, as editors count lines."""


class Conversation:
    """Converts what one editor and the server say to each other about one vault."""

    def __init__(self, vault: OpenVault, codec: PositionCodec) -> None:
        """`codec` counts columns as the editor does."""
        self._vault = vault
        self._codec = codec
        self._root = vault.root.resolve()

    def path(self, uri: str) -> VaultPath | None:
        """Return the path of the note with an editor's URI, None for a file that is not a note of the vault."""
        file = to_fs_path(uri)
        if file is None or not is_note(file):
            return None
        try:
            return VaultPath(Path(file).resolve().relative_to(self._root).as_posix())
        except ValueError:
            return None

    def uri(self, path: str) -> str:
        """Return the URI of a file in the vault."""
        return from_fs_path(str(self._root / path)) or ""

    def column(self, path: VaultPath, position: types.Position) -> int:
        """Return the column of a position in code points."""
        line = self._line(path, position.line)
        return self._codec.position_from_client_units([line], types.Position(0, position.character)).character

    def location(self, mention: Mention) -> types.Location:
        """Return the location of a mention."""
        start = mention.place.column - 1
        line = mention.place.line - 1
        is_text = is_note(mention.path)
        end = end_of(self._line(mention.path, line), start) if is_text else start
        return types.Location(self.uri(mention.path), self._range(mention.path, line, start, end))

    def diagnostic(self, problem: Diagnostic) -> types.Diagnostic:
        """Return a problem as editors show it."""
        path, line, start = VaultPath(problem.place.path), problem.place.line - 1, problem.place.column - 1
        message = f"{problem.message} ({problem.help})" if problem.help else problem.message
        return types.Diagnostic(
            self._range(path, line, start, end_of(self._line(path, line), start)),
            message,
            severity=_SEVERITIES[problem.severity],
            code=problem.code,
            code_description=types.CodeDescription(f"{HOMEPAGE}#{problem.code}"),
            source="garden",
            related_information=[
                types.DiagnosticRelatedInformation(
                    self.location(Mention(VaultPath(place.path), place)), "see here"
                )
                for place in problem.related
            ]
            or None,
        )

    def completions(
        self, path: VaultPath, position: types.Position, found: Proposals
    ) -> types.CompletionList:
        """Return proposals for the editor; each replaces what has been typed by its text, and closes a link."""
        line = self._line(path, position.line)
        column = self.column(path, position)
        closing = "" if line.startswith("]]", column) else "]]"
        in_link = found.typed.context in (
            TypingContext.NOTE,
            TypingContext.FILE,
            TypingContext.HEADING,
            TypingContext.BLOCK,
        )
        span = self._range(path, position.line, found.typed.start, column)
        items = [
            self._item(proposal, span, closing if in_link else "", number)
            for number, proposal in enumerate(found.found)
        ]
        return types.CompletionList(is_incomplete=found.is_cut, items=items)

    def nearest_fix(self, path: VaultPath, problem: Diagnostic) -> types.CodeAction | None:
        """Return the correction of a link to the nearest name, None if there is none."""
        document = self._vault.documents[path]
        ref = next((ref for ref in document.refs if ref.place == problem.place), None)
        span = destination_span(self._vault.text(path), ref) if ref and problem.nearest else None
        if ref is None or span is None:
            return None
        head, mark, part = ref.raw.partition("#")
        is_part = problem.code in ("block-missing", "heading-missing")
        new = f"{head}#{problem.nearest}" if is_part else f"{problem.nearest}{mark}{part}"
        edit = types.TextEdit(self._range(path, problem.place.line - 1, *span), new)
        return types.CodeAction(
            f"Change to “{new}”",
            kind=types.CodeActionKind.QuickFix,
            diagnostics=[self.diagnostic(problem)],
            edit=types.WorkspaceEdit({self.uri(path): [edit]}),
        )

    def renaming(self, plan: Renaming) -> types.WorkspaceEdit:
        """Return the edits and the renaming of the file that the editor has to make."""
        changes: list[types.TextDocumentEdit | types.CreateFile | types.RenameFile | types.DeleteFile] = [
            types.TextDocumentEdit(
                types.OptionalVersionedTextDocumentIdentifier(self.uri(path)), list(_line_edits(note))
            )
            for path, note in plan.changed.items()
        ]
        changes.append(types.RenameFile(self.uri(plan.old), self.uri(plan.new)))
        return types.WorkspaceEdit(document_changes=changes)

    def _item(self, proposal: Proposal, span: types.Range, closing: str, number: int) -> types.CompletionItem:
        return types.CompletionItem(
            proposal.label,
            kind=_KINDS[proposal.kind],
            detail=proposal.detail or None,
            # Editors sort by this text, so our order stays, and compare the next one with what is typed.
            sort_text=f"{number:04}",
            filter_text=proposal.label,
            text_edit=types.TextEdit(span, proposal.text + closing),
        )

    def _line(self, path: VaultPath, line: int) -> str:
        """Return a line of a note, empty if there is no such line."""
        lines = self._vault.text(path).split("\n", line + 1)
        return lines[line].rstrip("\r") if line < len(lines) else ""

    def _range(self, path: VaultPath, line: int, start: int, end: int) -> types.Range:
        """Return a range in one line in the editor's units; start and end are in code points."""
        text = self._line(path, line)
        first = self._codec.client_num_units(text[:start])
        last = self._codec.client_num_units(text[:end])
        return types.Range(types.Position(line, first), types.Position(line, last))


def _line_edits(note: NoteText) -> Iterator[types.TextEdit]:
    """Yield the edits of a note by whole lines: then no column has to be converted to the editor's units."""
    before, after = (_LINES.findall(text.lstrip("\ufeff")) for text in (note.original, note.text))
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    for kind, start, end, new_start, new_end in matcher.get_opcodes():
        if kind != "equal":
            span = types.Range(types.Position(start, 0), types.Position(end, 0))
            yield types.TextEdit(span, "".join(after[new_start:new_end]))
